"""Promises that were kept and thanked for, and people put in touch. All of it is invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import heapify, heappop, heappush

from essor.exchanges.actions.commitments import change_state, promise
from essor.exchanges.actions.introduction_care import end_what_waits
from essor.exchanges.actions.introductions import (
    About,
    Party,
    answer,
    introduce,
    say_what_came,
)
from essor.exchanges.actions.thanks import show_thanks
from essor.exchanges.models import Introduction
from essor.ledger.actions import Named, action, nothing_changed
from essor.people.models import Person
from essor.portal.demo.leading import somebody
from essor.portal.demo.life import person_of
from essor.portal.demo.support import ago
from essor.portal.facts import lasting_id
from essor.projects.models import Project
from essor.territories.models import Territory

Life = Iterator[int]
"""Something that goes on step by step: before each it says how many days ago that was."""
ENDS_AFTER = 32
DENIS = ("Denis", "Moulin")
"""The participant whom visitors of the demonstration may be."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise of so many days ago that was kept; thanked for where there are ``words``."""

    project: str
    who: tuple[str, str]
    kind: str
    what: str
    days: int
    words: str = ""
    showing: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two people whom the host asked so many days ago, why, and what each answered."""

    project: str
    first: tuple[str, str]
    second: tuple[str, str]
    why: str
    days: int
    answers: tuple[str, str] = ("", "")
    outcome: str = ""
    word: str = ""


KEPT = (
    Kept("cuir", ("Marcelle", "Jourdan"), "resource", "Une machine à coudre le cuir", 400,
         "Les quarante premiers sacs sont passés par elle.", "named", "Marcelle J., de Romans"),
    Kept("fournil", ("Karim", "Osmani"), "skill", "Trois matins pour monter la voûte", 200,
         "La voûte tient, et elle est belle. Merci pour ces trois matins !", "named", "Karim"),
    Kept("fournil", ("Paulette", "Mazet"), "resource", "Deux stères de châtaignier", 150,
         "Le premier pain a cuit à votre bois.", "unnamed"),
    Kept("toits", ("Étienne", "Roux"), "resource", "Un échafaudage pendant quinze jours", 110,
         "Un échafaudage, deux gymnases : merci.", "named", "Étienne"),
    Kept("batiment", ("Paulette", "Mazet"), "skill", "Relire le bail du hangar", 90,
         "Sans cette relecture, nous signions pour dix ans. Merci !", "private"),
    Kept("legumerie", DENIS, "skill", "Deux heures de comptabilité par mois", 40,
         "Les comptes sont clairs pour la première fois. Merci !"),
    Kept("fournil", ("Josette", "Ferrand"), "energy", "Tenir le four un samedi par mois", 30),
)  # fmt: skip
MEETINGS = (
    Meeting("fournil", ("Lucie", "Brunier"), ("Paulette", "Mazet"),
            "L’une cherche du bois sec toute l’année, l’autre en a plus qu’elle n’en brûle.", 70,
            ("yes", "yes"), "something", "Deux stères par mois, contre du pain."),
    Meeting("velo", ("Driss", "Haddad"), ("Maud", "Perrier"),
            "Un local se libère près de la coopérative.", 60, ("yes", "not_now")),
    Meeting("batiment", ("Samuel", "Vignon"), ("Naïma", "Cherfi"),
            "Deux coopératives naissent : autant relire les mêmes statuts ensemble.", 12,
            ("yes", "yes")),
    Meeting("aidants", ("Béatrice", "Morel"), DENIS,
            "Béatrice cherche quelqu’un qui tienne les comptes du café, une fois par trimestre.", 4,
            ("yes", "")),
)  # fmt: skip


@action
def exchange_example(*, territory: Territory, by: Named | None, at: datetime) -> int:
    """Keep, thank and introduce as hosts and leaders would; how many introductions there are."""
    if Introduction.objects.filter(territory=territory).exists():
        nothing_changed()
        return 0
    lives = [_keep(territory, said, at) for said in KEPT]
    lives += [_introduce(territory, said, at) for said in MEETINGS]
    _live_in_order([*lives, _ending(at)])
    return len(MEETINGS)


def _live_in_order(lives: list[Life]) -> None:
    """Let each go on when its day has come, so that the ledger reads in the order of time."""
    waiting = [(-next(life), n) for n, life in enumerate(lives)]
    heapify(waiting)
    while waiting:
        _days, n = heappop(waiting)
        days = next(lives[n], None)
        if days is not None:
            heappush(waiting, (-days, n))


def _ending(at: datetime) -> Life:
    """What was not agreed in thirty days ends, at noon."""
    for said in MEETINGS:
        if said.days > ENDS_AFTER:
            yield said.days - ENDS_AFTER
            end_what_waits(by=None, at=ago(at, said.days - ENDS_AFTER).replace(hour=12))


def _who(name: tuple[str, str], at: datetime) -> Person:
    return person_of("participant") if name == DENIS else somebody(*name, at)


def _project(key: str) -> Project:
    return Project.objects.get(public_id=lasting_id("project", f"example {key}"))


def _keep(territory: Territory, said: Kept, at: datetime) -> Life:
    """From the promise to the thanks, and the giver's word on them."""
    yield said.days
    person, host = _who(said.who, ago(at, said.days)), person_of("host")
    commitment, _token = promise(
        territory=territory, project=_project(said.project), person=person, kind=said.kind,
        what=said.what, by=person, at=ago(at, said.days),
    )  # fmt: skip
    yield said.days - 4
    change_state(commitment=commitment, state="accepted", by=host, at=ago(at, said.days - 4))
    yield said.days - 20
    change_state(commitment=commitment, state="kept", by=host, at=ago(at, said.days - 20))
    if said.words:
        yield said.days - 21
        change_state(
            commitment=commitment, state="thanked", words=said.words, by=host,
            at=ago(at, said.days - 21),
        )  # fmt: skip
    if said.showing:
        yield said.days - 23
        show_thanks(
            commitment=commitment, showing=said.showing, name=said.name, by=person,
            at=ago(at, said.days - 23),
        )  # fmt: skip


def _introduce(territory: Territory, said: Meeting, at: datetime) -> Life:
    """From the question to both to what came of it."""
    yield said.days
    asked = ago(at, said.days)
    people = [_who(name, asked) for name in (said.first, said.second)]
    first, second = (Party(person, called=person.name) for person in people)
    made = introduce(
        territory=territory, introducer=person_of("host"), first=first, second=second, why=said.why,
        about=About(project=_project(said.project)), by=person_of("host"), at=asked,
    )  # fmt: skip
    for days, person, word in zip((1, 3), people, said.answers, strict=True):
        if word:
            yield said.days - days
            answer(
                side=made.sides.get(person=person), answer=word, reach=person.email, by=person,
                at=ago(at, said.days - days),
            )  # fmt: skip
    if said.outcome:
        yield said.days - 25
        say_what_came(
            side=made.sides.get(person=people[0]), outcome=said.outcome, word=said.word,
            by=people[0], at=ago(at, said.days - 25),
        )  # fmt: skip
