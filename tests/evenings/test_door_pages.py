"""The pages of the door, as the people who stand there use them."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from essor.evenings.actions.door import check_in, mark_absent
from essor.evenings.actions.publication import publish_plan
from essor.evenings.at_door.live_room import live_room
from essor.evenings.at_door.page import reason_for, reason_of
from essor.evenings.models import AccessNeed, Evening, HeadCount, Registration, Seat, Table
from essor.evenings.queries.door import code_in
from essor.kit import clock
from essor.people.models import Person
from tests.cast import NOW, Cast, make_registration
from tests.factories.seating import make_plan, make_ready_evening, registered


def url(name: str, evening: Evening, *more: str) -> str:
    return reverse(f"evenings:{name}", args=[evening.territory.slug, evening.public_id, *more])


def words(answer) -> str:
    """What the page says, without its markup."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text.replace("\xa0", " "))


@pytest.fixture
def evening(cast: Cast) -> Evening:
    evening = make_ready_evening(cast.valence)
    publish_plan(plan=make_plan(evening, cast.aicha), seen="", by=cast.aicha, at=NOW)
    return evening


@pytest.fixture
def door(cast: Cast) -> Client:
    client = cast.client("chloe")
    client.cookies["essor_language"] = "fr"
    return client


def table_number(registration: Registration) -> int:
    return Seat.objects.get(registration=registration, round=1).table.number


@pytest.mark.parametrize(
    "typed",
    ["C0012", "c0012", " c0 012 ", "https://essor.example/valence/evenings/x/tickets/C0012/",
     "http://127.0.0.1:8000/a/evenings/b/tickets/C0012/?lang=fr"],
)  # fmt: skip
def test_code_is_read_from_what_is_typed_or_scanned(typed: str) -> None:
    assert code_in(typed) == "C0012"


@pytest.mark.parametrize("typed", ["", "abc", "!!", "https://example.org/"])
def test_no_code_is_read_from_nonsense(typed: str) -> None:
    assert code_in(typed) == ""


def test_scanned_ticket_lets_in_and_shows_name_and_table(evening: Evening, door: Client) -> None:
    who = registered(evening, 12)
    form = {"code": f"http://x/valence/evenings/y/tickets/{who.code}/", "act": uuid4()}

    shown = door.post(url("door_arrivals", evening), form, follow=True)

    assert "Bienvenue" in words(shown)
    assert "Invitée 12" in words(shown)
    assert f"Table {table_number(who)}" in words(shown)
    assert b"door-sign--welcome" in shown.content
    who.refresh_from_db()
    assert who.arrived_at is not None


def test_ticket_shown_twice_is_told_clearly(cast: Cast, evening: Evening, door: Client) -> None:
    who = registered(evening, 12)
    check_in(registration=who, by=cast.aicha, at=NOW)

    shown = door.post(
        url("door_arrivals", evening), {"code": who.code, "act": uuid4()}, follow=True
    )

    assert b"door-sign--again" in shown.content
    assert "Déjà arrivé·e" in words(shown)
    assert "à 19 h 00 par Aicha" in words(shown)


def test_double_tap_is_one_arrival_and_the_same_green_page(evening: Evening, door: Client) -> None:
    form = {"code": registered(evening, 12).code, "act": str(uuid4())}

    first, second = (door.post(url("door_arrivals", evening), form) for _ in range(2))

    assert first.url == second.url
    assert "was=" not in second.url


def test_unknown_code_keeps_what_was_typed(evening: Evening, door: Client) -> None:
    answer = door.post(url("door_arrivals", evening), {"code": "ZZZ99", "act": uuid4()})

    assert answer.status_code == 422
    assert "Pas de billet « ZZZ99 » pour cette soirée." in words(answer)
    assert b'value="ZZZ99"' in answer.content


def test_ticket_of_another_evening_is_not_known_here(
    cast: Cast, evening: Evening, door: Client
) -> None:
    elsewhere = make_registration(make_ready_evening(cast.valence, people=12, tables=2), "Zoé")

    answer = door.post(url("door_arrivals", evening), {"code": elsewhere.code, "act": uuid4()})

    assert answer.status_code == 422


def test_cancelled_ticket_is_red_and_a_human_decides(evening: Evening, door: Client) -> None:
    who = registered(evening, 12)
    Registration.objects.filter(pk=who.pk).update(state=Registration.State.CANCELLED)

    red = door.post(url("door_arrivals", evening), {"code": who.code, "act": uuid4()}, follow=True)
    green = door.post(
        url("door_person", evening, who.public_id), {"let_in": "yes", "act": uuid4()}, follow=True
    )

    assert b"door-sign--cancelled" in red.content
    assert "Inscription annulée" in words(red)
    assert b"door-sign--welcome" in green.content


def test_name_is_found_with_a_typing_mistake_and_let_in(evening: Evening, door: Client) -> None:
    Person.objects.filter(last_name="12").update(first_name="Philippe", last_name="Durand")

    found = door.get(url("door", evening), {"q": "philipe durant"})
    who = Registration.objects.get(person__last_name="Durand")
    green = door.post(url("door_person", evening, who.public_id), {"act": uuid4()}, follow=True)

    assert "Philippe Durand" in words(found)
    assert b"door-sign--welcome" in green.content


def test_search_while_typing_brings_the_finds_alone(evening: Evening, door: Client) -> None:
    part = door.get(url("door", evening), {"q": "invitee 13"}, headers={"HX-Request": "true"})

    assert b"<html" not in part.content
    assert "Invitée 13" in words(part)


def test_nobody_found_leads_to_a_walk_in(evening: Evening, door: Client) -> None:
    page = door.get(url("door", evening), {"q": "Personne"})

    assert "Personne de ce nom : « Personne »" in words(page) or "« Personne »" in words(page)
    assert url("door_walk_in", evening) in page.content.decode()


def test_walk_in_is_seated_with_a_reason_in_one_form(evening: Evening, door: Client) -> None:
    topic = evening.challenges.order_by("id").first()
    form = {"first_name": "Zoé", "challenge": topic.pk, "act": uuid4()}

    shown = door.post(url("door_walk_in", evening), form, follow=True)

    assert "Zoé" in words(shown)
    assert "1er vœu" in words(shown)
    assert "univers autour de la table" in words(shown)
    assert "Une autre table ?" in words(shown)


def test_walk_in_can_take_another_table(evening: Evening, door: Client) -> None:
    shown = door.post(
        url("door_walk_in", evening), {"first_name": "Zoé", "act": uuid4()}, follow=True
    )
    who = Registration.objects.get(person__first_name="Zoé")
    others = door.get(url("door_person", evening, who.public_id), {"others": "yes"})
    offer = others.context["offers"][0]
    assert "?others=yes" in shown.content.decode()

    door.post(url("door_seat", evening, who.public_id), {"table": offer.number, "act": uuid4()})
    bad = door.post(
        url("door_seat", evening, who.public_id), {"table": "x", "act": uuid4()}, follow=True
    )

    assert table_number(who) == offer.number
    assert "ne peut pas accueillir" in words(bad)
    assert bad.context["offers"], "whoever could not sit there sees where else"


def test_reason_on_the_sign_is_what_the_engine_would_say(cast: Cast, evening: Evening) -> None:
    told = {}
    for who in evening.registrations.filter(state="registered").select_related("person"):
        check_in(registration=who, by=cast.chloe, at=NOW)
    live = live_room(evening, NOW)
    for seat in Seat.objects.filter(table__evening=evening, round=1).select_related("table"):
        who = Registration.objects.get(pk=seat.registration_id)
        here, at = str(seat.table.number), clock.now()
        told[who.public_id] = reason_of(evening, who, seat, at)
        assert told[who.public_id] == reason_for(live, who.public_id, here)

    assert len(set(told.values())) > 1
    assert any("·" in reason for reason in told.values()), "somebody has a choice that is met"
    assert any("·" not in reason for reason in told.values()), "a facilitator pays for none"


def test_sign_does_not_read_the_whole_room(
    cast: Cast, evening: Evening, door: Client, django_assert_max_num_queries
) -> None:
    who = registered(evening, 12)
    check_in(registration=who, by=cast.chloe, at=NOW)

    with django_assert_max_num_queries(22) as queries:
        shown = door.get(url("door_person", evening, who.public_id))

    assert shown.context["offers"] == []
    assert not [each for each in queries if "evenings_wish" in each["sql"]]


def test_walk_in_without_a_name_keeps_the_rest(evening: Evening, door: Client) -> None:
    topic = evening.challenges.order_by("id").first()
    form = {"first_name": "", "last_name": "Durand", "challenge": topic.pk, "act": uuid4()}

    answer = door.post(url("door_walk_in", evening), form)

    assert answer.status_code == 422
    assert b'value="Durand"' in answer.content
    assert not Person.objects.filter(last_name="Durand").exists()


def test_full_room_says_so_and_offers_two_ways(evening: Evening, door: Client) -> None:
    Evening.objects.filter(pk=evening.pk).update(seats_max=3)

    full = door.post(url("door_walk_in", evening), {"first_name": "Zoé", "act": uuid4()})
    form = {"first_name": "Zoé", "without_seat": "yes", "act": uuid4()}
    let_in = door.post(url("door_walk_in", evening), form, follow=True)

    assert full.status_code == 422
    assert "Aucune table n’a de place libre" in words(full)
    assert b'value="Zo\xc3\xa9"' in full.content
    assert "Bienvenue" in words(let_in)


def test_wrong_person_is_undone(cast: Cast, evening: Evening, door: Client) -> None:
    who = registered(evening, 12)
    check_in(registration=who, by=cast.chloe, at=NOW)

    page = door.post(url("door_departure", evening, who.public_id), {"act": uuid4()}, follow=True)

    assert "Invitée 12 compte comme non arrivé·e" in words(page)
    who.refresh_from_db()
    assert who.arrived_at is None


def test_absence_frees_the_seat_and_can_be_taken_back(evening: Evening, door: Client) -> None:
    who = registered(evening, 12)
    address = url("door_absence", evening, who.public_id)

    told = door.post(address, {"absent": "yes", "act": uuid4()}, follow=True)
    back = door.post(address, {"absent": "no", "act": uuid4()}, follow=True)

    assert "la place est libre" in words(told)
    assert "Pas encore là" in words(back)


def test_tables_tell_whose_facilitator_is_missing_and_close(
    cast: Cast, evening: Evening, door: Client
) -> None:
    page = words(door.get(url("door_tables", evening)))
    table = Table.objects.filter(evening=evening, state=Table.State.OPEN).first()
    full = door.post(url("door_closure", evening, table.public_id), {"act": uuid4()}, follow=True)

    assert "animateur·rice pas encore là" in page
    assert "est fermée" in words(full) or "ouvrez-en d’abord une autre" in words(full)


@pytest.mark.usefixtures("on_that_day")
def test_seats_are_freed_from_a_time(evening: Evening, door: Client) -> None:
    door.post(url("door_free_seats", evening), {"from_when": "18:45", "act": uuid4()})
    page = words(door.get(url("door_tables", evening)))
    door.post(url("door_free_seats", evening), {"from_when": "", "act": uuid4()})
    bad = door.post(
        url("door_free_seats", evening), {"from_when": "bientôt", "act": uuid4()}, follow=True
    )

    evening.refresh_from_db()
    assert "À 18 h 45, les places" in page
    assert evening.seats_freed_at is None
    assert "18:45" in words(bad)


def test_opening_a_table_from_the_page(evening: Evening, door: Client) -> None:
    evening.room_tables.create(number=9)
    topic = evening.challenges.first()
    form = {"number": "9", "challenge": topic.pk, "act": uuid4()}

    door.post(url("door_tables", evening), form)
    again = door.post(url("door_tables", evening), {**form, "act": uuid4()})

    assert Table.objects.get(evening=evening, number=9).state == Table.State.OPEN
    assert again.status_code == 422


def test_counts_stand_beside_the_check_ins_of_their_time(
    cast: Cast, evening: Evening, door: Client
) -> None:
    check_in(registration=registered(evening, 12), by=cast.chloe, at=NOW)
    mark_absent(registration=registered(evening, 13), absent=True, by=cast.chloe, at=NOW)

    door.post(url("door_count", evening), {"people": "3", "how": "rang par rang", "act": uuid4()})
    bad = door.post(url("door_count", evening), {"people": "-4", "how": "", "act": uuid4()})
    page = words(door.get(url("door_count", evening)))

    assert "2 de plus que le pointage" in page
    assert "rang par rang" in page
    assert "Chloe" in page
    assert bad.status_code == 422
    assert HeadCount.objects.count() == 1


def test_door_sees_neither_addresses_nor_access_needs(
    cast: Cast, evening: Evening, door: Client
) -> None:
    who = registered(evening, 12)
    Person.objects.filter(pk=who.person_id).update(email="canari@example.org", phone="0600000000")
    AccessNeed.objects.create(registration=who, accessible_table=True, words="canari en fauteuil")
    check_in(registration=who, by=cast.chloe, at=NOW)

    pages = [
        door.get(url("door", evening), {"q": "Invitée 12"}),
        door.get(url("door_person", evening, who.public_id)),
        door.get(url("door_tables", evening)),
        door.get(url("door_count", evening)),
    ]

    assert "Invitée 12" in words(pages[0])
    for page in pages:
        assert "canari" not in page.content.decode()
        assert "0600000000" not in page.content.decode()


def test_door_of_an_evening_that_is_over_is_closed(evening: Evening, door: Client) -> None:
    Evening.objects.filter(pk=evening.pk).update(state=Evening.State.OVER)

    page = door.post(
        url("door_arrivals", evening),
        {"code": registered(evening, 12).code, "act": uuid4()},
        follow=True,
    )

    assert "L’accueil est fermé" in words(page)


@pytest.mark.parametrize("name", ["door", "door_tables", "door_count"])
def test_door_pages_cost_the_same_queries_for_few_and_many(
    cast: Cast, door: Client, name: str, django_assert_max_num_queries
) -> None:
    few = make_ready_evening(cast.valence, people=12, tables=2)
    many = make_ready_evening(cast.valence, people=80, tables=12, challenges=8)
    counts = []
    for evening in (few, many):
        publish_plan(plan=make_plan(evening, cast.aicha), seen="", by=cast.aicha, at=NOW)
        evening.registrations.filter(facilitator=True).update(arrived_at=NOW)
        door.get(url(name, evening), {"q": "invitee"})
        with django_assert_max_num_queries(20) as queries:
            door.get(url(name, evening), {"q": "invitee"})
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_desk_leads_to_the_plan_and_the_door(cast: Cast, evening: Evening, door: Client) -> None:
    check_in(registration=registered(evening, 12), by=cast.chloe, at=NOW)

    for_host = cast.client("aicha").get(url("desk", evening)).content.decode()
    for_door = door.get(url("desk", evening))

    assert url("plan", evening) in for_host
    assert url("door", evening) in for_host
    assert url("door", evening) in for_door.content.decode()
    assert url("plan", evening) not in for_door.content.decode()
    assert "1 présents sur 24 inscrits" in words(for_door)


def test_ticket_scanned_by_a_plain_camera_leads_to_the_door(evening: Evening, door: Client) -> None:
    who = registered(evening, 12)

    page = door.get(url("ticket_code", evening, who.code))

    assert url("door_person", evening, who.public_id) in page.content.decode()
