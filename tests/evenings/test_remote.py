"""Tables by video: what hosts set, who sees a link, who arrives how, what is counted where."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from essor.evenings.actions.door import check_in, welcome_walk_in
from essor.evenings.actions.door_seats import WalkIn
from essor.evenings.actions.evening import Room, set_room
from essor.evenings.actions.remote import CannotJoin, join_remotely, set_remote_tables
from essor.evenings.forms.door import OpenTableForm
from essor.evenings.jobs.remote import tell_remote_people
from essor.evenings.models import Evening, Registration, RoomTable, Seat
from essor.evenings.planning.problem import problem_document
from essor.evenings.queries.door import counts_of, list_for_the_door
from essor.evenings.queries.people_file import people_file
from essor.evenings.queries.prints import (
    badges_of,
    listed_people,
    table_pages,
    tables_in_the_hall,
)
from essor.evenings.queries.remote import videos_of
from essor.evenings.video_link import video_link
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.territories.doors import HOST
from tests.cast import NOW, Cast, make_evening, make_registration, make_table
from tests.evenings.answers import posted

pytestmark = pytest.mark.django_db
LINK = "https://visio.example.org/essor-5"


@pytest.fixture
def evening(cast: Cast) -> Evening:
    """Four tables in the hall and the fifth by video, seated: Inès far away, Jules in the hall."""
    evening = make_evening(cast.valence, state=Evening.State.LIVE, starts_at=NOW)
    RoomTable.objects.create(evening=evening, number=5, remote=True, link=LINK)
    ines = make_registration(evening, "Inès", remote=True)
    jules = make_registration(evening, "Jules")
    make_table(evening, 1, people=(jules,))
    make_table(evening, 5, people=(ines,), remote=True)
    return evening


def named(evening: Evening, first_name: str) -> Registration:
    return evening.registrations.select_related("person", "evening__territory").get(
        person__first_name=first_name
    )


def url(evening: Evening, name: str, *more: str) -> str:
    return reverse(f"evenings:{name}", args=["valence", evening.public_id, *more])


# --- links --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("", ""),
        (" https://visio.example.org/a?b=c#d ", "https://visio.example.org/a?b=c#d"),
        ("visio.example.org/salle", "https://visio.example.org/salle"),
    ],
)
def test_link_is_kept_as_it_was_meant(text: str, link: str) -> None:
    assert video_link(text) == link


@pytest.mark.parametrize(
    "text",
    [
        "http://visio.example.org/a",
        "javascript:alert(1)",
        "//visio.example.org/a",
        "https://me:secret@visio.example.org/",
        "https://visio example.org",
        "https://nowhere",
        "https://visio.example.org/" + "a" * 300,
        "demain à 18 h",
    ],
)
def test_link_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        video_link(text)


# --- what hosts set -----------------------------------------------------------------------------


def set_tables(evening: Evening, cast: Cast, links: dict[int, str], *, offered: bool = True):
    return set_remote_tables(evening=evening, offered=offered, links=links, by=cast.aicha, at=NOW)


def test_tables_by_video_come_go_and_return_to_the_hall(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    assert set_tables(evening, cast, {2: LINK, 7: LINK}).remote_offered
    assert remote_numbers(evening) == [2, 7]
    set_tables(evening, cast, {}, offered=False)
    assert remote_numbers(evening) == []
    assert list(evening.room_tables.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert not Evening.objects.get(pk=evening.pk).remote_offered
    assert Entry.objects.filter(verb="set_remote_tables").count() == 2


def test_a_table_of_the_hall_returns_there_whatever_its_number(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    set_tables(evening, cast, {4: LINK, 5: LINK})
    set_tables(evening, cast, {})
    assert list(evening.room_tables.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_a_table_beside_a_hall_that_became_smaller_goes_with_its_link(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    set_tables(evening, cast, {2: LINK, 4: LINK})
    set_room(evening=evening, room=Room(3, 2, 8), by=cast.aicha, at=NOW)
    set_tables(evening, cast, {})
    assert list(evening.room_tables.values_list("number", flat=True)) == [1, 2, 3]
    set_tables(evening, cast, {4: LINK})
    set_room(evening=evening, room=Room(4, 2, 8), by=cast.aicha, at=NOW)
    set_tables(evening, cast, {})
    assert list(evening.room_tables.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_cards_and_paper_are_printed_for_the_hall_only(cast: Cast, evening: Evening) -> None:
    assert [page.number for page in tables_in_the_hall(evening)] == ["1"]
    assert [page.number for page in table_pages(evening)] == ["1", "5"], "lists tell them all"
    evening.tables.all().delete()
    assert [page.number for page in tables_in_the_hall(evening)] == ["1", "2", "3", "4"]
    evening.room_tables.filter(remote=False).delete()
    page = cast.client("aicha").get(url(evening, "prints")).context
    assert not {each.kind: there for each, there in page["prints"]}["cards"]


def remote_numbers(evening: Evening) -> list[int]:
    return list(evening.room_tables.filter(remote=True).values_list("number", flat=True))


def test_a_smaller_hall_leaves_the_tables_by_video(cast: Cast, evening: Evening) -> None:
    set_room(evening=evening, room=Room(2, 2, 8), by=cast.aicha, at=NOW)
    assert list(evening.room_tables.values_list("number", flat=True)) == [1, 2, 5]
    page = cast.client("aicha").get(url(evening, "room")).context["form"]
    assert page.initial["tables"] == 2


def test_page_keeps_what_was_typed_and_says_what_is_wrong(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    sent = {
        "act": uuid4(), "table-TOTAL_FORMS": "3", "table-INITIAL_FORMS": "0",
        "table-0-number": "5", "table-0-link": LINK,
        "table-1-number": "5", "table-1-link": LINK + "b",
        "table-2-number": "", "table-2-link": LINK + "c",
    }  # fmt: skip
    answer = cast.client("aicha").post(url(evening, "remote_tables"), sent)
    assert answer.status_code == 422
    assert "Quelle table s’y retrouve" in answer.content.decode()
    assert LINK + "c" in answer.content.decode()
    sent["table-2-number"] = "6"
    answer = cast.client("aicha").post(url(evening, "remote_tables"), sent)
    assert "Cette table y est deux fois." in answer.content.decode()
    assert remote_numbers(evening) == []


def test_the_page_is_the_hosts(cast: Cast, evening: Evening) -> None:
    assert cast.client("aicha").get(url(evening, "remote_tables")).status_code == 200
    for name in ("bruno", "chloe", "hugo", None):
        assert cast.client(name).get(url(evening, "remote_tables")).status_code == 404


# --- answers ------------------------------------------------------------------------------------


def test_question_is_asked_only_where_it_is_offered(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    assert "À distance" not in Client().get(url(evening, "register")).content.decode()
    Client().post(url(evening, "register"), posted(evening, remote="yes"))
    assert not evening.registrations.get().remote
    offering = make_evening(cast.valence, remote_offered=True)
    assert "À distance" in Client().get(url(offering, "register")).content.decode()


def test_answer_may_change_both_ways(cast: Cast) -> None:
    evening = make_evening(cast.valence, remote_offered=True)
    ines = Client()
    ines.post(url(evening, "register"), posted(evening, remote="yes"))
    hers = evening.registrations.get()
    assert hers.remote
    page = url(evening, "answers", hers.public_id)
    assert ines.post(page, posted(evening, remote="")).status_code == 302
    assert not evening.registrations.get().remote
    ines.post(page, posted(evening, remote="yes"))
    assert evening.registrations.get().remote


def test_without_an_address_nobody_changes_to_a_distance(cast: Cast) -> None:
    evening = make_evening(cast.valence, remote_offered=True)
    jules = make_registration(evening, "Jules")
    answer = cast.client("aicha").post(
        url(evening, "answers", jules.public_id), posted(evening, remote="yes", first_name="Jules")
    )
    assert answer.status_code == 422
    assert "Nous n’avons pas votre adresse e-mail" in answer.content.decode()
    assert not evening.registrations.get().remote


def test_the_file_of_people_tells_who_is_at_a_distance(cast: Cast, evening: Evening) -> None:
    assert "À distance" not in people_file(evening, frozenset([HOST])).header
    evening.remote_offered = True
    file = people_file(evening, frozenset([HOST]))
    column = file.header.index("À distance")
    assert [line[column] for line in file.lines] == ["oui", ""]


# --- the plan -----------------------------------------------------------------------------------


def test_engine_is_told_who_and_which_tables(cast: Cast, evening: Evening) -> None:
    document = problem_document(evening)
    assert [(t["id"], t["remote"]) for t in document["tables"]][-2:] == [("4", False), ("5", True)]
    assert [p["remote"] for p in document["people"]] == [True, False]


# --- links are shown to those who sit there ------------------------------------------------------


def test_only_somebody_at_the_table_has_its_link(evening: Evening) -> None:
    assert [v.link for v in videos_of(named(evening, "Inès"))] == [LINK]
    assert videos_of(named(evening, "Jules")) == []
    evening.registrations.update(state=Registration.State.CANCELLED)
    assert videos_of(named(evening, "Inès")) == []


def test_changed_link_is_mailed_once_and_others_hear_nothing(cast: Cast, evening: Evening) -> None:
    ines, jules = named(evening, "Inès").person, named(evening, "Jules").person
    for person in (ines, jules):
        person.email = f"{person.first_name.lower()[:2]}@example.org"
        person.save()
    for _ in range(2):
        assert tell_remote_people.func(evening.pk) == 1
    assert [m.address for m in Mail.objects.all()] == [ines.email]
    set_tables(evening, cast, {5: LINK + "-new"})
    tell_remote_people.func(evening.pk)
    assert Mail.objects.count() == 2


def test_nobody_is_mailed_a_table_without_a_link(evening: Evening) -> None:
    evening.room_tables.filter(number=5).update(link="")
    named(evening, "Inès").person.__class__.objects.update(email="ines@example.org")
    assert tell_remote_people.func(evening.pk) == 0
    assert [v.link for v in videos_of(named(evening, "Inès"))] == [""]


# --- arriving -----------------------------------------------------------------------------------


def join(registration: Registration, **fields):
    return join_remotely(registration=registration, by=registration.person, at=NOW, **fields)


def test_somebody_at_a_distance_is_there_once(evening: Evening) -> None:
    ines = named(evening, "Inès")
    join(ines)
    join(named(evening, "Inès"))
    assert Registration.objects.get(pk=ines.pk).arrived_at == NOW
    assert Entry.objects.filter(verb="joined_remotely").count() == 1


@pytest.mark.parametrize("state", [Evening.State.DRAFT, Evening.State.OVER])
def test_nobody_joins_an_evening_that_is_not(evening: Evening, state: str) -> None:
    Evening.objects.filter(pk=evening.pk).update(state=state)
    with pytest.raises(CannotJoin):
        join(named(evening, "Inès"))


def test_nobody_joins_days_before(evening: Evening) -> None:
    Evening.objects.filter(pk=evening.pk).update(
        state=Evening.State.OPEN, starts_at=NOW + timedelta(days=1)
    )
    with pytest.raises(CannotJoin):
        join(named(evening, "Inès"))


def test_whoever_comes_to_the_hall_does_not_join_by_video(evening: Evening) -> None:
    with pytest.raises(CannotJoin):
        join(named(evening, "Jules"))


def test_strangers_cannot_say_that_somebody_is_there(evening: Evening) -> None:
    ines = named(evening, "Inès")
    answer = Client().post(url(evening, "presence", ines.public_id), {"act": uuid4()})
    assert answer.status_code == 404
    assert Registration.objects.get(pk=ines.pk).arrived_at is None


def test_whoever_comes_to_the_door_after_all_sits_in_the_hall(cast: Cast, evening: Evening) -> None:
    ines = named(evening, "Inès")
    check_in(registration=ines, by=cast.chloe, at=NOW)
    seat = Seat.objects.get(registration=ines)
    assert seat.table.number == 1
    assert not Registration.objects.get(pk=ines.pk).remote


def test_walk_ins_are_never_sent_to_a_table_by_video(cast: Cast, evening: Evening) -> None:
    for number in range(3):
        walk_in = WalkIn(f"Venu {number}")
        made = welcome_walk_in(evening=evening, walk_in=walk_in, by=cast.chloe, at=NOW)
        assert made.seats.get().table.number == 1


def test_counts_of_the_door_tell_hall_and_distance_apart(evening: Evening) -> None:
    join(named(evening, "Inès"))
    counts = counts_of(evening)
    assert (counts.arrived, counts.expected) == (0, 1)
    assert (counts.remote_arrived, counts.remote_expected) == (1, 1)


def test_door_without_network_knows_no_table_by_video(evening: Evening) -> None:
    listed = list_for_the_door(evening)
    assert [table[0] for table in listed["tables"]] == [1]
    assert {person[2]: person[5] for person in listed["people"]} == {"Inès": None, "Jules": 1}


def test_facilitator_of_one_side_does_not_open_a_table_of_the_other(evening: Evening) -> None:
    evening.registrations.update(facilitator=True)
    RoomTable.objects.create(evening=evening, number=6, remote=True)
    challenge = evening.challenges.first()

    def errors(number: int, who: str) -> list[str]:
        sent = {"number": number, "challenge": challenge.pk, "facilitator": named(evening, who).pk}
        return list(OpenTableForm(sent, evening=evening).errors)

    assert errors(6, "Inès") == errors(2, "Jules") == []
    assert errors(6, "Jules") == errors(2, "Inès") == ["facilitator"]


def test_badges_and_the_list_at_the_wall_are_the_halls(evening: Evening) -> None:
    assert [badge.first_name for badge in badges_of(evening)] == ["Jules"]
    assert [person.first_name for person in listed_people(evening)] == ["Jules"]


def test_big_screen_and_share_out_say_by_video(cast: Cast, evening: Evening) -> None:
    join(named(evening, "Inès"))
    evening.scene, evening.pitching = Evening.Scene.PITCHES, evening.tables.get(number=5)
    evening.pitching_since = NOW
    evening.save()
    page = cast.client("aicha").get(url(evening, "screen")).content.decode()
    assert "en visio" in page
    assert "1 personnes, dont 1 en visio" in page
    assert LINK not in page
    conductor = cast.client("aicha").get(url(evening, "conductor")).content.decode()
    assert "Ouvrir leur visio pour la salle" in conductor
