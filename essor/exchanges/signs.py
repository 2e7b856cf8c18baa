"""What promises and needs say of a project's life: a sign each time that one moves."""

from essor.exchanges.states import State
from essor.projects.silences import lives_by

NEEDED = ("need_written", "need_reworded", "need_found", "need_dropped", "need_reopened")
PROMISED = ("promised", State.ACCEPTED, State.KEPT, State.THANKED, "given_more_time")
"""Not those that go: a promise released or lapsed says nothing of the project's own life."""

lives_by(*NEEDED, *PROMISED)
