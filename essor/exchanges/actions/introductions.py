"""Every write of people about introductions: asking both, answering, saying what came of it."""

from dataclasses import dataclass
from datetime import datetime

from essor.exchanges.introducing import (
    A_DAY,
    A_DAY_EACH,
    A_DAY_INVITED,
    A_DAY_TERRITORY,
    A_MONTH,
    EACH_A_MONTH,
    SAME_PAIR,
    is_over,
    same_people,
)
from essor.exchanges.introduction_letters import post_asked, post_heard, post_made, post_met
from essor.exchanges.models import Introduction, IntroductionSide, Need
from essor.kit.limits import spend
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.actions import welcome_person
from essor.people.models import Person
from essor.projects.models import Project
from essor.territories.models import Territory
from essor.treasures.models import Treasure

Answer, Ending, Outcome = IntroductionSide.Answer, Introduction.Ending, IntroductionSide.Outcome


class SamePerson(Exception):
    """Nobody is introduced to themselves."""


class CannotBeAsked(Exception):
    """One of the two left no address, or was erased: no letter would reach them."""


class AskedAlready(Exception):
    """These two were asked lately, or know each other by an introduction: once is enough."""


class AskedEnough(Exception):
    """One of the two was asked several times this month and is left in peace."""


class NoWhy(Exception):
    """Both are told why; without a reason nobody can say yes."""


class NoWayToReach(Exception):
    """A yes says how the other may reach one."""


class IntroductionOver(Exception):
    """Both agreed already, or its time is over: nothing is to be answered any more."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody whom the introducer knows: the name and the address that they wrote."""

    first_name: str
    email: str


@dataclass(frozen=True, slots=True)
class About:
    """What an introduction is for; ``above`` is what of an upper room the second is (``kind:id``)."""

    project: Project | None = None
    need: Need | None = None
    treasure: Treasure | None = None
    above: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two, with the name by which the introducer knows them (blank: by none)."""

    person: Person
    called: str = ""
    invited: bool = False


@action
def introduce(
    *,
    territory: Territory,
    introducer: Person,
    first: Party,
    second: Party | Invited,
    why: str,
    by: Named | None,
    at: datetime,
    about: About = About(),
) -> Introduction:
    """Ask both whether they want to be put in touch; each gets one letter.

    An introducer who is one of the two has said yes by asking. Where one of the two wants nothing
    from this introducer, nobody is written to, and it ends in thirty days like a silence. The same
    pair asked by the same person while they are asked: the open one comes back. Raises
    ``SamePerson``, ``CannotBeAsked``, ``NoWhy``, ``AskedAlready``, ``AskedEnough``, ``TooOften``.
    """
    why = " ".join(why.split())
    if not why:
        raise NoWhy
    lock(territory)
    if isinstance(second, Invited):
        limit = f"introduce-invited:{introducer.public_id}"
        spend(limit, limit=A_DAY_INVITED, window=A_DAY, at=at)
        second = _invited(second, introducer, at)
    parties = (first, second)
    _may_meet(parties)
    known = _asked_already(introducer, parties, at)
    if known is not None:
        nothing_changed()
        return known
    _not_too_often(territory, introducer, parties, at)
    made = Introduction.objects.create(
        territory=territory,
        project=about.project,
        need=about.need,
        treasure=about.treasure,
        above=about.above,
        introducer=introducer,
        why=why[:400],
        quiet=_unwanted(introducer, parties),
        asked_at=at,
    )
    _ask(made, parties, at)
    _record(made, "introduction_asked", by or introducer, at)
    return made


@step
def _invited(who: Invited, introducer: Person, at: datetime) -> Party:
    """Whoever has this address here, or a new person; the introducer learns neither which."""
    email = who.email.strip().lower()
    known = Person.objects.filter(email=email, erased_at=None).order_by("account", "id").last()
    person = known or welcome_person(
        first_name=who.first_name, email=email, language=introducer.language, by=introducer, at=at
    )
    return Party(person, called=who.first_name, invited=known is None)


def _may_meet(parties: tuple[Party, Party]) -> None:
    first, second = (each.person for each in parties)
    if first.pk == second.pk or (first.email and first.email == second.email):
        raise SamePerson
    if any(each.erased_at or not each.email for each in (first, second)):
        raise CannotBeAsked


def _asked_already(
    introducer: Person, parties: tuple[Party, Party], at: datetime
) -> Introduction | None:
    """The one that this introducer has open; raises ``AskedAlready`` for all others."""
    first, second = (each.person for each in parties)
    of_first = IntroductionSide.objects.filter(same_people(first)).values("introduction")
    of_second = IntroductionSide.objects.filter(same_people(second)).values("introduction")
    before = Introduction.objects.filter(pk__in=of_first).filter(pk__in=of_second)
    for each in before.order_by("-asked_at", "-id"):
        if each.introducer_id == introducer.pk and not is_over(each, at):
            return each
        if each.ending == Ending.WITHDRAWN and each.quiet:
            continue  # taken back before anybody heard of it
        if each.ending == Ending.MADE or at < each.asked_at + SAME_PAIR:
            raise AskedAlready
    return None


def _not_too_often(
    territory: Territory, introducer: Person, parties: tuple[Party, Party], at: datetime
) -> None:
    spend(f"introduce:{introducer.public_id}", limit=A_DAY_EACH, window=A_DAY, at=at)
    spend(f"introduce:{territory.public_id}", limit=A_DAY_TERRITORY, window=A_DAY, at=at)
    lately = IntroductionSide.objects.filter(
        introduction__asked_at__gt=at - A_MONTH, introduction__quiet=False
    ).exclude(introduction__introducer=introducer, person=introducer)
    for each in parties:
        asked = lately.filter(same_people(each.person)).count()
        if each.person != introducer and asked >= EACH_A_MONTH:
            raise AskedEnough


def _unwanted(introducer: Person, parties: tuple[Party, Party]) -> bool:
    """Whether one of the two said: never from this person."""
    people = same_people(*(each.person for each in parties))
    refused = IntroductionSide.objects.filter(people, answer=Answer.NEVER)
    return refused.filter(introduction__introducer=introducer).exists()


def _ask(made: Introduction, parties: tuple[Party, Party], at: datetime) -> None:
    """Both sides stand before either letter is written: each letter names the other."""
    sides = []
    for each in parties:
        side = IntroductionSide(
            introduction=made,
            person=each.person,
            called=each.called[:120],
            invited=each.invited,
        )
        if each.person.pk == made.introducer_id:
            side.answer, side.answered_at, side.reach = Answer.YES, at, each.person.email
        sides.append(side)
    for side in IntroductionSide.objects.bulk_create(sides):
        if not made.quiet and not side.answer:
            post_asked(side, at=at)


@action
def answer(
    *, side: IntroductionSide, answer: str, by: Named | None, at: datetime, reach: str = ""
) -> Introduction:
    """Keep what one of the two answers; the second yes tells both how to reach each other.

    Until then an answer may change; the introducer is told of none. *Never from this person* may be
    said and taken back at any time, and takes one's address back. Raises ``NoWayToReach``,
    ``IntroductionOver``, and ``ValueError`` for an answer that is none.
    """
    answer, reach = Answer(answer), reach.strip()
    if answer == Answer.YES and not reach:
        raise NoWayToReach
    introduction = lock(side.introduction)
    side = introduction.sides.get(pk=side.pk)
    kept_reach = reach[:254] if answer == Answer.YES else ""
    if (side.answer, side.reach) == (answer, kept_reach):
        nothing_changed()
        return introduction
    taken_back = side.answer == Answer.NEVER and answer == Answer.NOT_NOW
    if is_over(introduction, at) and answer != Answer.NEVER and not taken_back:
        raise IntroductionOver
    side.answer, side.answered_at, side.reach = answer, at, kept_reach
    side.save(update_fields=["answer", "answered_at", "reach"])
    _record(introduction, "introduction_answered", None, at)
    if not introduction.ending and introduction.sides.filter(answer=Answer.YES).count() == 2:
        end(introduction, Ending.MADE, at=at)
        for each in introduction.sides.all():
            post_met(each, at=at)
        post_made(introduction, at=at)
        _record(introduction, "introduction_made", None, at)
    return introduction


@action
def say_what_came(
    *, side: IntroductionSide, outcome: str, by: Named | None, at: datetime, word: str = ""
) -> IntroductionSide:
    """Keep what came of it for one of the two; it may change, and the introducer hears of it once.

    Raises ``IntroductionOver`` where the two were never put in touch, ``ValueError`` for an outcome
    that is none.
    """
    outcome, word = Outcome(outcome), " ".join(word.split())[:200]
    introduction = lock(side.introduction)
    side = introduction.sides.get(pk=side.pk)
    if introduction.ending != Ending.MADE:
        raise IntroductionOver
    if (side.outcome, side.word) == (outcome, word):
        nothing_changed()
        return side
    side.outcome, side.word, side.outcome_at = outcome, word, at
    side.save(update_fields=["outcome", "word", "outcome_at"])
    if introduction.introducer_id != side.person_id:
        post_heard(side, at=at)
    _record(introduction, "introduction_outcome", None, at)
    return side


@step
def end(introduction: Introduction, ending: Introduction.Ending, *, at: datetime) -> None:
    """Settle a locked introduction."""
    introduction.ending, introduction.ended_at = ending, at
    introduction.save(update_fields=["ending", "ended_at"])


def _record(introduction: Introduction, verb: str, by: Named | None, at: datetime) -> None:
    """Of whom it is stands in no line: who answered is nobody's to read."""
    record(
        by=by, at=at, verb=verb, of=introduction, territory=introduction.territory,
        audience=Audience.TEAM,
    )  # fmt: skip
