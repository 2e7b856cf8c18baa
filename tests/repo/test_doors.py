"""Who may pass which door stands in ``docs/doors.md`` too.

The route matrix proves that a door does what its view declares; it cannot know that the view once
declared more. Two places must agree, so that a requirement taken away is seen and meant.
"""

import re
from pathlib import Path

from django.conf import settings

from essor.kit.doors import EVERYBODY, SIGNED_IN, Policy
from tests.repo.matrix import all_routes

WRITTEN = Path(settings.BASE_DIR) / "docs" / "doors.md"
OUR_DOORS = {route.name: route.policy for route in all_routes() if route.policy is not None}


def words_of(policy: Policy) -> str:
    """Whom a door opens to, as ``docs/doors.md`` says it."""
    if policy.name == SIGNED_IN:
        return "signed in"
    if policy.opens_to == EVERYBODY:
        return "everybody" if policy.name in {"everybody", "anybody"} else policy.name
    holder = ["whoever holds it"] if policy.own else []
    return ", ".join(sorted(policy.opens_to) + holder) or policy.name


def test_every_door_is_written_down_as_it_is():
    lines = re.findall(r"^- `([\w:]+)`: (.+)$", WRITTEN.read_text(), re.MULTILINE)
    as_it_is = {(name, words_of(policy)) for name, policy in OUR_DOORS.items()}
    missing = sorted(f"- `{name}`: {words}" for name, words in as_it_is - set(lines))
    too_many = sorted(f"- `{name}`: {words}" for name, words in set(lines) - as_it_is)
    assert not missing, "write in docs/doors.md:\n" + "\n".join(missing)
    assert not too_many, "take out of docs/doors.md:\n" + "\n".join(too_many)
    assert len(lines) == len(set(lines)), "a line stands twice"
