"""Funders and business angels: saying what one would support, proving one's address, pausing, leaving."""

from dataclasses import dataclass
from datetime import date, datetime

from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.people.actions import welcome_person
from essor.people.models import Person
from essor.projects.models import Project
from essor.support.funder_letters import post_funder_asked
from essor.support.models import Form, Funder
from essor.territories.models import Territory, Theme

WORDING = "2026-11"
"""The version of the words to which a funder agrees (``support/new_funder.html``)."""
STAGES = tuple(Project.Stage.values)


class NoForm(Exception):
    """A funder says at least one form of support."""


class HasLeft(Exception):
    """Somebody who left is no funder here any more."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Whoever writes without an account."""

    first_name: str
    email: str
    last_name: str = ""
    organisation: str = ""
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Interests:
    """What a funder would support; empty lists and blanks mean: anything."""

    forms: tuple[str, ...]
    about: str = ""
    themes: tuple[Theme, ...] = ()
    stages: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    communes: str = ""
    until: date | None = None
    showing: str = Funder.Showing.HOSTS
    shows_amounts: bool = False

    def values(self) -> dict[str, object]:
        """The fields of a ``Funder``, without its themes. Raises ``NoForm``."""
        forms = [each for each in Form.values if each in self.forms]
        if not forms:
            raise NoForm
        return {
            "forms": forms,
            "about": " ".join(self.about.split())[:400],
            "stages": [each for each in STAGES if each in self.stages],
            "least": self.least,
            "most": self.most,
            "communes": ", ".join(_names(self.communes))[:300],
            "until": self.until,
            "showing": Funder.Showing(self.showing),
            "shows_amounts": self.shows_amounts,
        }


def _names(communes: str) -> list[str]:
    return [name for each in communes.split(",") if (name := " ".join(each.split()))]


@action
def say_interests(
    *,
    territory: Territory,
    who: Person | Newcomer,
    said: Interests,
    by: Named | None,
    at: datetime,
) -> Funder:
    """Keep what somebody would support. A newcomer gets a link to prove the address.

    Somebody who is here already keeps what they said, and a newcomer with a known address gets the
    link to it: nobody changes in another's name. Raises ``NoForm``.
    """
    values = said.values()
    lock(territory)
    email = who.email.strip().lower()
    known = _known(territory, who)
    if known is not None:
        if isinstance(who, Person):
            nothing_changed()
        else:
            post_funder_asked(known, by=by, at=at)
        return known
    person = who if isinstance(who, Person) else welcome_person(
        first_name=who.first_name, last_name=who.last_name, email=email, by=by, at=at,
        organisation=who.organisation, language=who.language,
    )  # fmt: skip
    proved = isinstance(who, Person)
    funder = Funder.objects.create(
        territory=territory, person=person, agreed_to=WORDING, created_at=at,
        confirmed_at=at if proved else None, **values,
    )  # fmt: skip
    funder.themes.set(said.themes)
    _record(funder, "interests_said", by or person, at)
    if not proved:
        post_funder_asked(funder, by=by, at=at)
    return funder


def _known(territory: Territory, who: Person | Newcomer) -> Funder | None:
    """The funder here who is this person, or has this address."""
    here = Funder.objects.filter(territory=territory, left_at=None, person__erased_at=None)
    if isinstance(who, Person):
        return here.filter(person=who).first()
    return here.filter(person__email=who.email.strip().lower()).order_by("id").first()


@action
def reword_interests(*, funder: Funder, said: Interests, by: Named | None, at: datetime) -> Funder:
    """Change what one would support, and who sees it. Raises ``NoForm`` and ``HasLeft``."""
    values = said.values()
    funder = _here(funder)
    same = all(getattr(funder, name) == value for name, value in values.items())
    if same and set(funder.themes.all()) == set(said.themes):
        nothing_changed()
        return funder
    for name, value in values.items():
        setattr(funder, name, value)
    funder.save(update_fields=list(values))
    funder.themes.set(said.themes)
    _record(funder, "interests_reworded", by, at)
    return funder


@action
def confirm_funder(*, funder: Funder, by: Named | None, at: datetime) -> Funder:
    """The address is proved: they opened the link that went there. Twice is the same."""
    funder = lock(funder)
    if funder.left_at is not None or funder.confirmed_at is not None:
        nothing_changed()
        return funder
    funder.confirmed_at = at
    funder.save(update_fields=["confirmed_at"])
    _record(funder, "funder_confirmed", by, at)
    return funder


@action
def pause_funder(*, funder: Funder, pausing: bool, by: Named | None, at: datetime) -> Funder:
    """Be suggested to nobody for now, or again. Raises ``HasLeft``."""
    funder = _here(funder)
    if (funder.paused_at is not None) == pausing:
        nothing_changed()
        return funder
    funder.paused_at = at if pausing else None
    funder.save(update_fields=["paused_at"])
    _record(funder, "funder_paused" if pausing else "funder_back", by, at)
    return funder


@action
def leave_funders(*, funder: Funder, by: Named | None, at: datetime) -> Funder:
    """No funder here any more; what they pledged stays theirs to keep or take back."""
    funder = lock(funder)
    if funder.left_at is not None:
        nothing_changed()
        return funder
    funder.left_at = at
    funder.save(update_fields=["left_at"])
    _record(funder, "funder_left", by, at)
    return funder


def _here(funder: Funder) -> Funder:
    funder = lock(funder)
    if funder.left_at is not None:
        raise HasLeft
    return funder


def _record(funder: Funder, verb: str, by: Named | None, at: datetime) -> None:
    record(by=by, at=at, verb=verb, of=funder, territory=funder.territory, audience=Audience.TEAM)
