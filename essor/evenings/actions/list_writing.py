"""The rows that an imported list makes, in a number of queries that grows by hundreds of lines.

Steps of ``apply_list``, under the evening's lock; answers are written by the same
``write_answers`` as those of the registration page.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from essor.evenings.actions.answers import write_answers
from essor.evenings.listing.compare import Verdict
from essor.evenings.listing.line import Line
from essor.evenings.models import (
    AccessNeed,
    Answer,
    Choice,
    Evening,
    Registration,
    Wish,
)
from essor.evenings.queries.seats import seats_left
from essor.kit.ids import spoken_code_beside
from essor.ledger.actions import Named, record_each, step
from essor.people.models import Organisation, Person
from essor.people.text import folded

State = Registration.State
BATCH = 500
PERSON_FIELDS = [
    "first_name",
    "last_name",
    "email",
    "phone",
    "sphere",
    "organisation",
    "commune",
    "commune_code",
]
CHOICES = ("choice_1", "choice_2", "choice_3", "choices")


@step
def register_people(
    evening: Evening, verdicts: Sequence[Verdict], *, by: Named | None, at: datetime
) -> dict[int, str]:
    """Register the people of these lines in their order: with a seat while one is left, else on
    the waiting list. Returns the public ids by line number."""
    lines = [verdict.line for verdict in verdicts]
    organisations = organisations_of(lines)
    people = Person.objects.bulk_create(
        [_person(line, organisations, evening, at) for line in lines], batch_size=BATCH
    )
    codes = _free_codes(evening, len(lines))
    free = seats_left(evening)
    registrations = Registration.objects.bulk_create(
        [
            Registration(
                evening=evening,
                person=person,
                code=code,
                state=State.REGISTERED if place < free else State.WAITING,
                state_at=at,
                source=Registration.Source.LIST,
                surprise=line.coming.surprise,
                facilitator=line.facilitator,
                remote=line.coming.remote,
                age_band=line.coming.age_band,
                list_key=line.key,
                registered_at=at,
            )
            for place, (line, person, code) in enumerate(zip(lines, people, codes, strict=True))
        ],
        batch_size=BATCH,
    )
    pairs = list(zip(registrations, (line.coming for line in lines), strict=True))
    write_answers(pairs)
    record_each(by=by, at=at, verb="welcomed", of=((person, {}) for person in people))
    _record("registered", evening, registrations, by=by, at=at)
    return {
        line.number: registration.public_id
        for line, registration in zip(lines, registrations, strict=True)
    }


@step
def change_people(
    evening: Evening,
    verdicts: Sequence[Verdict],
    covered: frozenset[str],
    *,
    by: Named | None,
    at: datetime,
) -> dict[int, str]:
    """Bring registrations from earlier lists up to date in what the columns ``covered`` say.

    What the list has no column for stays as it was, and so do seat and code.
    """
    pairs = [(v.registration, v.line) for v in verdicts if v.registration is not None]
    organisations = organisations_of(line for _, line in pairs)
    for registration, line in pairs:
        _rewrite_person(registration.person, line, covered, organisations)
        _rewrite_registration(registration, line, covered)
    Person.objects.bulk_update(
        [registration.person for registration, _ in pairs],
        PERSON_FIELDS,
        batch_size=BATCH,
    )
    registrations = [registration for registration, _ in pairs]
    # A key that moved from one line to another must not meet its twin halfway.
    Registration.objects.filter(pk__in=[r.pk for r in registrations]).update(list_key="")
    Registration.objects.bulk_update(
        registrations,
        ["surprise", "facilitator", "remote", "age_band", "list_key"],
        batch_size=BATCH,
    )
    _rewrite_answers(pairs, covered)
    _record("changed_by_list", evening, registrations, by=by, at=at)
    return {line.number: registration.public_id for registration, line in pairs}


@step
def mark_facilitators(
    evening: Evening, verdicts: Sequence[Verdict], *, by: Named | None, at: datetime
) -> None:
    """People who registered by themselves and hold a table by this list; nothing else changes."""
    registrations = [v.registration for v in verdicts if v.registration is not None]
    Registration.objects.filter(pk__in=[r.pk for r in registrations]).update(facilitator=True)
    _record("changed_by_list", evening, registrations, by=by, at=at)


def organisations_of(lines: Iterable[Line]) -> dict[str, Organisation]:
    """The organisations that the lines name, by folded name, made where there is none."""
    wanted: dict[str, Organisation] = {}
    for line in lines:
        key = folded(line.coming.organisation)[:200]
        if key and key not in wanted:
            wanted[key] = Organisation(
                key=key, name=line.coming.organisation.strip()[:200], sphere=line.coming.sphere
            )
    known = _organisations(wanted)
    Organisation.objects.bulk_create(
        [each for key, each in wanted.items() if key not in known],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    return known if len(known) == len(wanted) else _organisations(wanted)


def _organisations(keys: Iterable[str]) -> dict[str, Organisation]:
    found = Organisation.objects.filter(key__in=list(keys))
    return {organisation.key: organisation for organisation in found}


def _person(
    line: Line, organisations: dict[str, Organisation], evening: Evening, at: datetime
) -> Person:
    coming = line.coming
    return Person(
        first_name=coming.first_name,
        last_name=coming.last_name,
        email=coming.email,
        phone=line.phone,
        sphere=coming.sphere,
        organisation=organisations.get(folded(coming.organisation)[:200]),
        commune=coming.commune,
        commune_code=coming.commune_code,
        language=evening.territory.language,
        created_at=at,
    )


def _rewrite_person(
    person: Person, line: Line, covered: frozenset[str], organisations: dict[str, Organisation]
) -> None:
    coming = line.coming
    person.first_name, person.last_name = coming.first_name, coming.last_name
    if coming.email:
        person.email = coming.email
    if "phone" in covered and line.phone:
        person.phone = line.phone
    if "organisation" in covered:
        person.organisation = organisations.get(folded(coming.organisation)[:200])
    if "sphere" in covered and coming.sphere is not None:
        person.sphere = coming.sphere
    if covered & {"commune", "postcode"} and coming.commune:
        person.commune, person.commune_code = coming.commune, coming.commune_code


def _rewrite_registration(registration: Registration, line: Line, covered: frozenset[str]) -> None:
    registration.list_key = line.key
    if "facilitator" in covered or line.facilitator:
        registration.facilitator = line.facilitator
    if "remote" in covered:
        registration.remote = line.coming.remote
    if "age" in covered:
        registration.age_band = line.coming.age_band
    if _covers_choices(covered):
        registration.surprise = line.coming.surprise


def _covers_choices(covered: frozenset[str]) -> bool:
    return bool(covered & set(CHOICES)) or any(key.startswith("challenge:") for key in covered)


def _rewrite_answers(pairs: Sequence[tuple[Registration, Line]], covered: frozenset[str]) -> None:
    """Replace the parts that the list speaks of: first what was, then what it says now."""
    ids = [registration.pk for registration, _ in pairs]
    if not ids:
        return
    questions = [int(key.partition(":")[2]) for key in covered if key.startswith("question:")]
    choices = _covers_choices(covered)
    if choices:
        Choice.objects.filter(registration__in=ids).delete()
    Answer.objects.filter(registration__in=ids, question__in=questions).delete()
    for kind in (Wish.Kind.TOGETHER, Wish.Kind.APART):
        if kind in covered:
            Wish.objects.filter(registration__in=ids, kind=kind).delete()
    if "access" in covered:
        AccessNeed.objects.filter(registration__in=ids).delete()
    write_answers([(registration, line.coming) for registration, line in pairs])


def _free_codes(evening: Evening, number: int) -> list[str]:
    """Drawn under the evening's lock, so that nobody else can take them meanwhile."""
    taken = set(evening.registrations.values_list("code", flat=True))
    return [spoken_code_beside(taken) for _ in range(number)]


def _record(
    verb: str,
    evening: Evening,
    registrations: Iterable[Registration],
    *,
    by: Named | None,
    at: datetime,
) -> None:
    record_each(
        by=by,
        at=at,
        verb=verb,
        of=(
            (registration, {"evening": evening.public_id, "state": registration.state})
            for registration in registrations
        ),
        territory=evening.territory,
        room=evening.room,
    )
