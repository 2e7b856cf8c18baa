"""An idea given, stood behind, corrected beside its own words, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from essor.harvest.letters import post_given
from essor.harvest.models import LONGEST_IDEA, Fate, Harvest, Idea, Source, Support
from essor.harvest.rules import takes_ideas, team_may_add
from essor.harvest.words import key_of, says_something, tidy
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.actions import make_link
from essor.people.models import Person

LINK = "idea"
"""The purpose of the personal link that opens one's idea."""


class NotTaken(Exception):
    """The harvest takes no ideas now."""


class NothingSaid(Exception):
    """There is nothing to read in it."""


class TooLong(Exception):
    """More than ``LONGEST_IDEA`` characters; ``characters`` says how many there are."""

    def __init__(self, characters: int) -> None:
        super().__init__(characters)
        self.characters = characters


class NotShown(Exception):
    """Nobody stands behind an idea that is hidden or withdrawn."""


@dataclass(frozen=True, slots=True)
class Said:
    """One idea as it was said. ``origin`` names what it came from, so that it comes in once."""

    text: str
    detail: str = ""
    author: Person | None = None
    nameless: bool = False
    source: Source | None = None
    builds_on: Idea | None = None
    way: str = Idea.Way.PHONE
    origin: str = ""
    at: datetime | None = None


@action
def give_idea(*, harvest: Harvest, said: Said, by: Named | None, at: datetime) -> Idea:
    """Keep one idea for ever in its own words, with the day by which it gets its answer.

    What came in before from the same ``origin`` is found, not doubled. The author is mailed the
    address where its fate will be read. Raises ``NotTaken``, ``NothingSaid``, ``TooLong``.
    """
    if not (takes_ideas(harvest) if said.way == Idea.Way.PHONE else team_may_add(harvest)):
        raise NotTaken
    text, detail = tidy(said.text), tidy(said.detail)
    if not says_something(text):
        raise NothingSaid
    if len(text) > LONGEST_IDEA or len(detail) > LONGEST_IDEA:
        raise TooLong(max(len(text), len(detail)))
    if said.origin:
        known = Idea.objects.filter(harvest=harvest, origin=said.origin).first()
        if known is not None:
            nothing_changed()
            return known
    idea = keep_ideas(harvest=harvest, all_said=[said], at=at)[0]
    audience = Audience.PUBLIC if idea.state == Idea.State.SHOWN else Audience.TEAM
    _line("idea_given", idea, by=by or idea.author, at=at, audience=audience)
    if idea.author is not None and idea.author.email:
        post_given(idea, token=personal_link(idea, by=by, at=at), at=at)
    return idea


@step
def keep_ideas(*, harvest: Harvest, all_said: Sequence[Said], at: datetime) -> list[Idea]:
    """Write ideas with the fate each awaits, in a few queries; a job computes what they mean."""
    state = Idea.State.WAITING if harvest.look_first else Idea.State.SHOWN
    ideas = Idea.objects.bulk_create(
        [
            Idea(
                territory=harvest.territory,
                harvest=harvest,
                source=said.source,
                text=tidy(said.text),
                detail=tidy(said.detail),
                key=key_of(said.text),
                author=said.author,
                nameless=said.nameless,
                way=said.way,
                origin=said.origin,
                builds_on=said.builds_on,
                state=state if said.way in (Idea.Way.PHONE, Idea.Way.MAIL) else Idea.State.SHOWN,
                invented=harvest.invented,
                said_at=said.at or at,
            )
            for said in all_said
        ],
        batch_size=500,
    )
    due_on = localdate(at) + timedelta(days=harvest.fate_days)
    Fate.objects.bulk_create(
        [Fate(idea=idea, due_on=due_on, decided_at=at) for idea in ideas], batch_size=500
    )
    return ideas


@action
def support_idea(
    *,
    idea: Idea,
    by: Named | None,
    at: datetime,
    person: Person | None = None,
    device: str = "",
) -> Support:
    """Stand behind an idea instead of writing it again; twice is once. Raises ``NotShown``.

    ``device`` counts whoever gave no name; somebody who gives a name later on the same device
    stands there with it, not beside it.
    """
    harvest, idea = idea.harvest, lock(idea)
    idea.harvest = harvest
    if idea.state != Idea.State.SHOWN:
        raise NotShown
    mine = Support.objects.filter(idea=idea)
    if person is not None:
        known = mine.filter(person=person).first()
        unnamed = mine.filter(person=None, device=device).first() if device else None
        if known is None and unnamed is not None:
            unnamed.person = person
            unnamed.save(update_fields=["person"])
            _line("idea_supported", idea, by=by or person, at=at)
            return unnamed
    else:
        known = mine.filter(device=device).first()
    if known is not None:
        nothing_changed()
        return known
    made = Support.objects.create(idea=idea, person=person, device=device, at=at)
    _line("idea_supported", idea, by=by or person, at=at, audience=Audience.PUBLIC)
    return made


@action
def unsupport_idea(
    *, idea: Idea, by: Named | None, at: datetime, person: Person | None = None, device: str = ""
) -> None:
    """No longer stand behind it; where one did not, nothing changes."""
    mine = Support.objects.filter(idea=idea)
    gone, _ = (mine.filter(person=person) if person else mine.filter(device=device)).delete()
    if not gone:
        nothing_changed()
        return
    _line("idea_unsupported", idea, by=by or person, at=at)


@action
def correct_idea(*, idea: Idea, correction: str, by: Named | None, at: datetime) -> Idea:
    """Write a clearer wording beside the words as they were said, which stay. Blank takes it away.

    Raises ``TooLong``.
    """
    harvest = idea.harvest
    idea = lock(idea)
    idea.harvest, idea.territory = harvest, harvest.territory
    words = tidy(correction)
    if len(words) > LONGEST_IDEA:
        raise TooLong(len(words))
    if words == idea.text:
        words = ""
    if words == idea.correction:
        nothing_changed()
        return idea
    idea.correction = words
    idea.save(update_fields=["correction"])
    _line("idea_corrected", idea, by=by, at=at)
    return idea


@action
def withdraw_idea(*, idea: Idea, by: Named | None, at: datetime) -> Idea:
    """Its author takes it back: it leaves every page; withdrawing twice is withdrawing once."""
    harvest = idea.harvest
    idea = lock(idea)
    idea.harvest, idea.territory = harvest, harvest.territory
    if idea.state == Idea.State.WITHDRAWN:
        nothing_changed()
        return idea
    idea.state = Idea.State.WITHDRAWN
    idea.save(update_fields=["state"])
    _line("idea_withdrawn", idea, by=by or idea.author, at=at)
    return idea


@step
def personal_link(idea: Idea, *, by: Named | None, at: datetime) -> str:
    assert idea.author is not None
    return make_link(person=idea.author, purpose=LINK, subject=idea.public_id, by=by, at=at)


def _line(
    verb: str,
    idea: Idea,
    *,
    by: Named | None,
    at: datetime,
    audience: Audience = Audience.TEAM,
) -> None:
    harvest = idea.harvest
    record(
        by=by,
        at=at,
        verb=verb,
        of=idea,
        territory=harvest.territory,
        audience=audience,
        data={"harvest": harvest.public_id},
    )
