"""Registering, changing one's answers, cancelling, coming back."""

from dataclasses import dataclass, field
from datetime import datetime

from essor.challenges.models import Challenge
from essor.evenings.actions.answers import write_answers
from essor.evenings.actions.waiting import fill_free_seats
from essor.evenings.consents import WORDING
from essor.evenings.letters import (
    post_cancelled,
    post_changed,
    post_new_link,
    post_registered,
    post_twin,
)
from essor.evenings.models import (
    AccessNeed,
    Evening,
    Question,
    Registration,
)
from essor.evenings.queries.earlier import earlier_of, free_code, of_address, same_person, with_code
from essor.evenings.queries.seats import counting_taken, seats_left
from essor.evenings.rules import answers_may_change, may_cancel, registration_open
from essor.evenings.states import REGISTRATION_MOVES, check_move
from essor.kit.ids import new_spoken_code
from essor.kit.locks import lock, lock_and_ask
from essor.kit.putting import put
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.people.actions import give_consents, rewrite_person, welcome_person, withdraw_consent
from essor.people.models import Consent, Person, Sphere

State = Registration.State


class RegistrationClosed(Exception):
    """Registration is not open (any more, or not yet)."""


class AlreadyRegistered(Exception):
    """This signed-in person has a registration, which is told to nobody but themself."""

    def __init__(self, registration: Registration) -> None:
        super().__init__(registration.public_id)
        self.registration = registration


class TooLate(Exception):
    """The evening has begun: answers and coming are no longer changed on a page."""


@dataclass(frozen=True, slots=True)
class Coming:
    """What somebody says who wants to come, already checked by a form.

    ``choices``: challenges of the evening, dearest first. ``answers``: own questions with what
    was answered, blank ones left out. ``together``, ``apart``: names. ``consents``: purposes.
    """

    first_name: str
    last_name: str = ""
    email: str = ""
    sphere: Sphere | None = None
    organisation: str = ""
    commune: str = ""
    commune_code: str = ""
    choices: tuple[Challenge, ...] = ()
    surprise: bool = False
    remote: bool = False
    accessible_table: bool = False
    access_words: str = ""
    together: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    age_band: str = ""
    children: int = 0
    answers: tuple[tuple[Question, str], ...] = ()
    consents: frozenset[str] = field(default=frozenset({Consent.Purpose.EVENING.value}))
    language: str = "fr"


@action
def register(
    *,
    evening: Evening,
    coming: Coming,
    by: Named | None,
    at: datetime,
    person: Person | None = None,
    source: str = Registration.Source.PAGE,
) -> Registration:
    """Register somebody: with a seat while one is left, else on the waiting list.

    ``person`` is given for a signed-in person who registers themself. The same address and name
    a second time makes a *twin*: it looks like any registration, takes no seat, and the letter
    leads to the earlier one, so that a page never tells who is registered. Raises
    ``RegistrationClosed`` for whoever comes by the page when registration is not open, and
    ``AlreadyRegistered`` for a signed-in person who is.
    """
    who = _told(person, coming, at) if person else _welcome(coming, by=by, at=at)
    evening, earlier, taken, code = _locked(evening, who)
    if source == Registration.Source.PAGE and not registration_open(evening, at):
        raise RegistrationClosed
    _refuse_second(evening, person)
    state = State.REGISTERED if taken < evening.capacity else State.WAITING
    registration = Registration(
        evening=evening,
        person=who,
        code=code,
        state=State.TWIN if earlier else state,
        state_at=at,
        source=source,
        twin_of=earlier,
        twin_waits=bool(earlier) and state == State.WAITING,
        surprise=coming.surprise,
        remote=coming.remote,
        age_band=coming.age_band,
        children=coming.children,
        registered_at=at,
    )
    put(registration)
    write_answers([(registration, coming)])
    give_consents(person=who, purposes=coming.consents, wording=WORDING, by=who, at=at,
                  known=person is not None)  # fmt: skip
    _line("registered", registration, by=by or who, at=at)
    if earlier:
        post_twin(registration, at=at)
    else:
        post_registered(registration, at=at)
    return registration


@action
def change_answers(
    *, registration: Registration, coming: Coming, by: Named | None, at: datetime
) -> Registration:
    """Replace what was answered; seat and code stay. Raises ``TooLate``."""
    registration = lock(registration)
    if not answers_may_change(registration):
        raise TooLate
    registration.surprise, registration.children = coming.surprise, coming.children
    registration.age_band, registration.remote = coming.age_band, coming.remote
    registration.save(update_fields=["surprise", "children", "age_band", "remote"])
    who = _told(registration.person, coming, at)
    for part in (registration.choices, registration.answers, registration.wishes):
        part.all().delete()
    AccessNeed.objects.filter(registration=registration).delete()
    write_answers([(registration, coming)])
    _consents(who, coming.consents, at=at)
    _line("changed_answers", registration, by=by or who, at=at)
    post_changed(registration, at=at)
    return registration


@action
def cancel_registration(
    *, registration: Registration, by: Named | None, at: datetime
) -> Registration:
    """Free the seat and give it to whoever waited longest; cancelling twice is cancelling once.

    Whoever registered twice comes neither time: the twins of what is cancelled go with it.
    """
    evening = lock(registration.evening)
    registration = lock(registration)
    registration.evening = evening
    if registration.state == State.CANCELLED:
        nothing_changed()
        return registration
    if not may_cancel(registration):
        raise TooLate
    was_twin = registration.state == State.TWIN
    for each in (registration, *registration.twins.order_by("id")):
        each.evening = evening
        _cancel(each, at)
        _line("cancelled", each, by=by or registration.person, at=at)
    if not was_twin:
        post_cancelled(registration, at=at)
    fill_free_seats(evening=evening, by=by, at=at)
    return registration


@action
def come_back(*, registration: Registration, by: Named | None, at: datetime) -> Registration:
    """Register again after cancelling, with the same answers and code, behind those who wait.

    Whoever registered anew meanwhile has one seat all the same: this one becomes its twin.
    """
    evening = lock(registration.evening)
    registration = lock(registration)
    registration.evening = evening
    if registration.state != State.CANCELLED:
        nothing_changed()
        return registration
    if not registration_open(evening, at):
        raise RegistrationClosed
    earlier = earlier_of(evening, registration.person)
    seat = State.REGISTERED if seats_left(evening) else State.WAITING
    state = State.TWIN if earlier else seat
    check_move(REGISTRATION_MOVES, registration.state, state)
    registration.state, registration.state_at = state, at
    registration.twin_of = earlier
    registration.twin_waits = bool(earlier) and seat == State.WAITING
    registration.save(update_fields=["state", "state_at", "twin_of", "twin_waits"])
    _line("came_back", registration, by=by or registration.person, at=at)
    if earlier:
        post_twin(registration, at=at)
    else:
        post_registered(registration, at=at)
    return registration


@action
def send_links(*, evening: Evening, email: str, by: Named | None, at: datetime) -> int:
    """Mail a new personal link for each registration of this address; none is none."""
    found = evening.registrations.exclude(state=State.TWIN).filter(person__email=email)
    sent = 0
    for registration in found.select_related("person").order_by("id"):
        registration.evening = evening
        _line("asked_for_link", registration, by=by or registration.person, at=at)
        post_new_link(registration, at=at)
        sent += 1
    if not sent:
        nothing_changed()
    return sent


def _cancel(registration: Registration, at: datetime) -> None:
    """A twin that is cancelled leaves the earlier registration as it is."""
    if registration.state == State.TWIN:
        registration.twin_of = None
    else:
        check_move(REGISTRATION_MOVES, registration.state, State.CANCELLED)
    registration.state, registration.state_at = State.CANCELLED, at
    registration.save(update_fields=["state", "state_at", "twin_of"])


def _welcome(coming: Coming, *, by: Named | None, at: datetime) -> Person:
    return welcome_person(
        first_name=coming.first_name,
        last_name=coming.last_name,
        email=coming.email,
        sphere=coming.sphere,
        organisation=coming.organisation,
        commune=coming.commune,
        commune_code=coming.commune_code,
        language=coming.language,
        by=by,
        at=at,
    )


def _told(who: Person, coming: Coming, at: datetime) -> Person:
    """Somebody we know told about themself once more."""
    return rewrite_person(
        person=who,
        first_name=coming.first_name,
        last_name=coming.last_name,
        sphere=coming.sphere,
        organisation=coming.organisation,
        commune=coming.commune,
        commune_code=coming.commune_code,
        by=who,
        at=at,
    )


def _refuse_second(evening: Evening, person: Person | None) -> None:
    known = evening.registrations.filter(person=person).first() if person else None
    if known:
        raise AlreadyRegistered(known)


def _locked(evening: Evening, who: Person) -> tuple[Evening, Registration | None, int, str]:
    """The evening, locked; the living registration of the same address and name; how many seats
    are taken; a free code, which nobody else can take meanwhile."""
    drawn = new_spoken_code()
    locked, (same_address, taken, known) = lock_and_ask(
        evening,
        of_address.asking(evening.pk, who.email),
        counting_taken(evening),
        with_code.asking(evening.pk, drawn),
    )
    locked.territory = evening.territory
    code = free_code(locked) if known else drawn
    return locked, same_person(same_address, who), taken, code


def _consents(who: Person, wanted: frozenset[str], *, at: datetime) -> None:
    """Give what is new and end what was unticked; the evening's own lasts with the coming."""
    give_consents(person=who, purposes=wanted, wording=WORDING, by=who, at=at)
    open_now = who.consents.filter(withdrawn_at=None).values_list("purpose", flat=True)
    for purpose in sorted(set(open_now) - wanted - {Consent.Purpose.EVENING.value}):
        withdraw_consent(person=who, purpose=purpose, by=who, at=at)


def _line(verb: str, registration: Registration, *, by: Named, at: datetime) -> None:
    evening = registration.evening
    record(
        by=by,
        at=at,
        verb=verb,
        of=registration,
        territory=evening.territory,
        room=evening.room,
        data={"evening": evening.public_id, "state": registration.state},
    )
