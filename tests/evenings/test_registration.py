"""Acts of registration: seats, twins, changes, cancelling and coming back, with their lines."""

from datetime import timedelta

import pytest

from essor.evenings.actions.evening import Details, change_details
from essor.evenings.actions.registration import (
    AlreadyRegistered,
    Coming,
    RegistrationClosed,
    TooLate,
    cancel_registration,
    change_answers,
    come_back,
    register,
    send_links,
)
from essor.evenings.models import AccessNeed, Evening, Registration
from essor.evenings.queries.seats import seats_taken
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.people.models import Consent
from tests.cast import NOW, Cast, make_evening, sphere

pytestmark = pytest.mark.django_db
State = Registration.State
LATER = NOW + timedelta(hours=1)


def coming(evening: Evening, first_name: str = "Inès", **fields) -> Coming:
    fields.setdefault("email", f"{first_name.lower()}@example.org")
    fields.setdefault("choices", tuple(evening.challenges.order_by("short")[:2]))
    fields.setdefault("sphere", sphere("citizen"))
    return Coming(first_name=first_name, **fields)


def come(evening: Evening, first_name: str = "Inès", **fields) -> Registration:
    return register(evening=evening, coming=coming(evening, first_name, **fields), by=None, at=NOW)


def verbs(registration: Registration) -> list[str]:
    lines = Entry.objects.filter(of_id=registration.public_id).order_by("id")
    return list(lines.values_list("verb", flat=True))


def test_register_keeps_every_answer(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    question = evening.questions.create(label="Comment venez-vous ?", order=1)

    made = come(
        evening,
        organisation="Le Moulin",
        accessible_table=True,
        access_words="boucle magnétique",
        together=("Jules",),
        apart=("Hervé",),
        age_band="25-39",
        children=2,
        answers=((question, "à vélo"),),
        consents=frozenset({"evening", "news"}),
    )

    assert made.state == State.REGISTERED
    assert [c.challenge.short for c in made.choices.all()] == ["Défi 1", "Défi 2"]
    assert made.answers.get().value == "à vélo"
    assert made.person.organisation.name == "Le Moulin"
    assert made.access_need.accessible_table
    assert {(w.kind, w.name) for w in made.wishes.all()} == {
        ("together", "Jules"),
        ("apart", "Hervé"),
    }
    wordings = made.person.consents.values_list("purpose", "wording")
    assert set(wordings) == {("evening", "2026-11"), ("news", "2026-11")}
    assert verbs(made) == ["registered"]
    assert Entry.objects.get(of_id=made.public_id).room == evening.room


def test_past_the_capacity_people_wait_and_have_no_ticket_in_the_mail(cast: Cast) -> None:
    evening = make_evening(cast.valence, capacity=1)
    come(evening)

    waiting = come(evening, "Jules")

    assert waiting.state == State.WAITING
    mail = Mail.objects.get(address="jules@example.org")
    assert waiting.code not in mail.text
    assert mail.attachments == []


def test_no_capacity_means_nobody_has_a_seat(cast: Cast) -> None:
    assert come(make_evening(cast.valence, capacity=0)).state == State.WAITING


@pytest.mark.parametrize("state", ["draft", "closed", "live", "over"])
def test_only_an_open_evening_takes_people_by_its_page(cast: Cast, state: str) -> None:
    evening = make_evening(cast.valence, state=state)

    with pytest.raises(RegistrationClosed):
        come(evening)

    assert not Registration.objects.exists()
    assert not Mail.objects.exists()


def test_the_closing_time_closes_and_the_team_may_still_add(cast: Cast) -> None:
    evening = make_evening(cast.valence, registration_closes_at=NOW)

    with pytest.raises(RegistrationClosed):
        come(evening)
    made = register(
        evening=evening,
        coming=coming(evening),
        source=Registration.Source.TEAM,
        by=cast.aicha,
        at=NOW,
    )

    assert made.state == State.REGISTERED


def test_the_same_person_twice_is_a_twin_without_a_seat(cast: Cast) -> None:
    evening = make_evening(cast.valence, capacity=2)
    first = come(evening, "Inès", last_name="Müller", email="Ines@Example.org")

    twin = come(evening, "INES", last_name="muller", email="ines@example.org")

    assert (twin.state, twin.twin_of) == (State.TWIN, first)
    assert twin.shown_state == State.REGISTERED
    assert evening.registrations.filter(state=State.REGISTERED).count() == 1
    first.person.refresh_from_db()
    assert first.person.first_name == "Inès"
    told = Mail.objects.order_by("id").last()
    assert first.code in told.text
    assert twin.code not in told.text


def test_a_twin_of_a_full_evening_looks_as_if_it_waited(cast: Cast) -> None:
    evening = make_evening(cast.valence, capacity=1)
    come(evening)

    assert come(evening).shown_state == State.WAITING


def test_a_household_shares_an_address(cast: Cast) -> None:
    evening = make_evening(cast.valence)

    both = [come(evening, name, email="maison@example.org") for name in ("Inès", "Jules")]

    assert {each.state for each in both} == {State.REGISTERED}


def test_a_signed_in_person_registers_once(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    details = coming(evening, "Denis", email="denis@example.org")
    made = register(evening=evening, coming=details, person=cast.denis, by=cast.denis, at=NOW)

    with pytest.raises(AlreadyRegistered) as known:
        register(evening=evening, coming=details, person=cast.denis, by=cast.denis, at=NOW)

    assert made.person == cast.denis
    assert known.value.registration == made


def test_changing_answers_replaces_them_and_keeps_seat_and_code(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    made = come(evening, accessible_table=True, together=("Jules",))
    third = evening.challenges.get(short="Défi 3")

    changed = change_answers(
        registration=made,
        coming=coming(evening, "Inés", choices=(third,), consents=frozenset({"evening"})),
        by=None,
        at=LATER,
    )

    assert (changed.code, changed.state) == (made.code, State.REGISTERED)
    assert [c.challenge for c in changed.choices.all()] == [third]
    assert not changed.wishes.exists()
    assert not AccessNeed.objects.exists()
    assert changed.person.email == "inès@example.org"
    assert verbs(made) == ["registered", "changed_answers"]
    assert Mail.objects.count() == 2


def test_unticking_news_withdraws_that_consent_only(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    made = come(evening, consents=frozenset({"evening", "news"}))

    change_answers(registration=made, coming=coming(evening), by=None, at=LATER)

    still = Consent.objects.filter(person=made.person, withdrawn_at=None)
    assert [consent.purpose for consent in still] == ["evening"]


@pytest.mark.parametrize("state", ["live", "over"])
def test_answers_do_not_change_once_the_evening_began(cast: Cast, state: str) -> None:
    made = come(make_evening(cast.valence))
    Evening.objects.update(state=state)

    with pytest.raises(TooLate):
        change_answers(
            registration=Registration.objects.get(),
            coming=coming(made.evening),
            by=None,
            at=LATER,
        )


def test_cancelling_gives_the_seat_to_who_waited_longest_and_writes_to_both(cast: Cast) -> None:
    evening = make_evening(cast.valence, capacity=1)
    first, second, third = (come(evening, name) for name in ("Inès", "Jules", "Karim"))

    for _ in range(2):
        cancel_registration(registration=first, by=None, at=LATER)

    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == (State.REGISTERED, State.WAITING)
    assert verbs(first) == ["registered", "cancelled"]
    assert verbs(second) == ["registered", "promoted"]
    assert Mail.objects.filter(address="jules@example.org").count() == 2
    assert Mail.objects.filter(address="inès@example.org").count() == 2


def test_cancelling_a_twin_leaves_the_registration_that_counts(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    first = come(evening)
    twin = come(evening)

    cancel_registration(registration=twin, by=None, at=LATER)

    first.refresh_from_db()
    assert first.state == State.REGISTERED


def test_a_twin_goes_with_the_registration_that_is_cancelled(cast: Cast) -> None:
    """Else whoever registered twice would read "registered" where they had given their seat back."""
    evening = make_evening(cast.valence)
    first, twin = come(evening), come(evening)
    assert twin.state == State.TWIN

    cancel_registration(registration=first, by=None, at=LATER)

    twin.refresh_from_db()
    assert (twin.state, twin.twin_of, twin.shown_state) == (State.CANCELLED, None, State.CANCELLED)
    assert verbs(twin) == ["registered", "cancelled"]
    assert come_back(registration=twin, by=None, at=LATER).state == State.REGISTERED


def test_a_twin_reads_the_seat_that_the_waiting_one_was_given(cast: Cast) -> None:
    evening = make_evening(cast.valence, capacity=1)
    seated, first = come(evening, "Jules"), come(evening)
    twin = come(evening)
    assert (first.state, twin.shown_state) == (State.WAITING, State.WAITING)

    cancel_registration(registration=seated, by=None, at=LATER)

    twin.refresh_from_db()
    assert twin.shown_state == State.REGISTERED


def test_a_cancelled_person_comes_back_behind_those_who_wait(cast: Cast) -> None:
    evening = make_evening(cast.valence, capacity=1)
    first, second = come(evening), come(evening, "Jules")
    cancel_registration(registration=first, by=None, at=LATER)

    back = come_back(registration=first, by=None, at=LATER)

    second.refresh_from_db()
    assert (back.state, second.state) == (State.WAITING, State.REGISTERED)
    assert verbs(first) == ["registered", "cancelled", "came_back"]


@pytest.mark.parametrize("capacity", [9, 1])
def test_whoever_registered_anew_meanwhile_comes_back_to_the_same_one_seat(
    cast: Cast, capacity: int
) -> None:
    evening = make_evening(cast.valence, capacity=capacity)
    first = come(evening)
    cancel_registration(registration=first, by=None, at=LATER)
    second = come(evening)

    back = come_back(registration=first, by=None, at=LATER)

    assert (back.state, back.twin_of) == (State.TWIN, second)
    assert back.shown_state == (State.REGISTERED if capacity > 1 else State.WAITING)
    assert seats_taken(evening) == 1


def test_a_twin_that_was_cancelled_comes_back_as_a_twin_or_alone_as_itself(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    first, twin = come(evening), come(evening)
    cancel_registration(registration=twin, by=None, at=LATER)
    letters = Mail.objects.count()

    assert come_back(registration=twin, by=None, at=LATER).state == State.TWIN
    assert seats_taken(evening) == 1
    assert Mail.objects.count() == letters + 1  # leads to the first one, again

    cancel_registration(registration=twin, by=None, at=LATER)
    cancel_registration(registration=first, by=None, at=LATER)
    assert come_back(registration=twin, by=None, at=LATER).state == State.REGISTERED
    assert seats_taken(evening) == 1


def test_coming_back_after_closing_is_refused(cast: Cast) -> None:
    made = come(make_evening(cast.valence))
    cancel_registration(registration=made, by=None, at=LATER)
    Evening.objects.update(state=Evening.State.CLOSED)

    with pytest.raises(RegistrationClosed):
        come_back(registration=Registration.objects.get(), by=None, at=LATER)


def test_more_seats_go_to_the_waiting_list_in_order(cast: Cast) -> None:
    evening = make_evening(cast.valence, capacity=1)
    people = [come(evening, name) for name in ("Inès", "Jules", "Karim", "Lina")]
    details = Details(name=evening.name, date=evening.date, starts_at=evening.starts_at, capacity=3)

    change_details(evening=evening, details=details, by=cast.aicha, at=LATER)

    states = [Registration.objects.get(pk=each.pk).state for each in people]
    assert states == [State.REGISTERED] * 3 + [State.WAITING]


def test_links_are_sent_again_to_the_address_only(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    come(evening)
    before = Mail.objects.count()

    assert send_links(evening=evening, email="inès@example.org", by=None, at=LATER) == 1
    assert send_links(evening=evening, email="nobody@example.org", by=None, at=LATER) == 0

    assert Mail.objects.count() == before + 1
