"""Every write about thanks: saying them, and the giver's word on who may read them."""

from datetime import datetime

from essor.exchanges.models import Commitment, Thanks
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.models import Person

Showing = Thanks.Showing
TOLD = "thanked_openly"
"""The verb of the line by which a project's story tells of thanks."""


class NoWords(Exception):
    """Thanks are said in words."""


class NoName(Exception):
    """To be thanked by name, one says by which."""


class NotThanked(Exception):
    """Nobody has thanked for this promise yet."""


@step
def say_thanks(*, commitment: Commitment, words: str, by: Named | None, at: datetime) -> Thanks:
    """Keep the words of thanks for a locked commitment. Raises ``NoWords``."""
    words = " ".join(words.split())
    if not words:
        raise NoWords
    said_by = by if isinstance(by, Person) else None
    return Thanks.objects.create(
        commitment=commitment, words=words[:600], said_by=said_by, said_at=at
    )


@action
def show_thanks(
    *, commitment: Commitment, showing: str, by: Named | None, at: datetime, name: str = ""
) -> Thanks:
    """Let the thanks be read on the project's page, with a name or without, or keep them.

    It may change at any time; the story tells of it once. Raises ``NotThanked``, ``NoName``, and
    ``ValueError`` for a choice that is none.
    """
    showing, name = Showing(showing), " ".join(name.split())[:80]
    if showing == Showing.NAMED and not name:
        raise NoName
    commitment = lock(commitment)
    thanks = Thanks.objects.filter(commitment=commitment).first()
    if thanks is None:
        raise NotThanked
    name = name if showing == Showing.NAMED else ""
    if (thanks.showing, thanks.name) == (showing, name):
        nothing_changed()
        return thanks
    thanks.showing, thanks.name, thanks.answered_at = showing, name, at
    project = commitment.project
    first = thanks.is_open and thanks.told_at is None and project is not None
    if first:
        thanks.told_at = at
    thanks.save(update_fields=["showing", "name", "answered_at", "told_at"])
    record(
        by=by, at=at, verb="thanks_answered", of=commitment, territory=commitment.territory,
        audience=Audience.PERSON, part_of=project,
    )  # fmt: skip
    if first and project is not None:
        public = project.published_at is not None
        record(
            by=None, at=at, verb=TOLD, of=project, territory=commitment.territory,
            audience=Audience.PUBLIC if public else Audience.TEAM,
            data={"commitment": commitment.public_id},
        )  # fmt: skip
    return thanks
