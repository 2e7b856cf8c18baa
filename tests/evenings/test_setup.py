"""Hosts set an evening up: details, room, running order, questions, opening and closing."""

from datetime import UTC, datetime, timedelta

import pytest

from essor.evenings.actions.evening import (
    Details,
    NotReady,
    PhaseOf,
    QuestionAnswered,
    QuestionOf,
    Room,
    change_details,
    create_evening,
    move_evening,
    set_challenges,
    set_phases,
    set_questions,
    set_room,
)
from essor.evenings.jobs.moves import tell_of_move
from essor.evenings.models import Answer, Evening
from essor.evenings.states import EVENING_MOVES, MoveRefused
from essor.kit.models import Mail
from essor.ledger.models import Audience, Entry
from tests.cast import NOW, Cast, make_challenge, make_evening, make_registration
from tests.evenings.answers import address

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)
FULL = Details(
    name="Soirée", date=DAY.date(), starts_at=DAY, place="Salle Jean-Vilar", capacity=100
)


def new_evening(cast: Cast, details: Details = FULL) -> Evening:
    return create_evening(territory=cast.valence, details=details, by=cast.aicha, at=NOW)


def last_verb(evening: Evening) -> str:
    return Entry.objects.filter(of_id=evening.public_id).latest("id").verb


def test_a_new_evening_is_a_draft_with_a_running_order(cast: Cast) -> None:
    evening = new_evening(cast)

    assert evening.state == Evening.State.DRAFT
    assert [p.kind for p in evening.phases.all()][:3] == ["welcome", "showcase", "warm_up"]
    assert sum(p.minutes for p in evening.phases.all()) == 210
    assert last_verb(evening) == "created"


def test_registration_opens_only_when_everything_is_there(cast: Cast) -> None:
    evening = new_evening(cast, Details(name="Soirée", date=DAY.date()))

    with pytest.raises(NotReady) as refused:
        move_evening(evening=evening, to="open", by=cast.aicha, at=NOW)

    assert refused.value.lacks == ["place", "starts_at", "capacity", "challenges"]


def test_opening_is_told_to_everybody(cast: Cast) -> None:
    evening = new_evening(cast)
    challenges = [make_challenge(cast.valence)]
    set_challenges(evening=evening, challenges=challenges, by=cast.aicha, at=NOW)

    opened = move_evening(evening=evening, to="open", by=cast.aicha, at=NOW)

    assert opened.state == Evening.State.OPEN
    line = Entry.objects.latest("id")
    assert (line.verb, line.audience, line.data["to"]) == ("moved", Audience.PUBLIC, "open")


@pytest.mark.parametrize(
    ("start", "end"),
    [(s, e) for s in EVENING_MOVES for e in EVENING_MOVES if e not in EVENING_MOVES[s] and s != e],
)
def test_a_move_that_is_not_in_the_table_is_refused(cast: Cast, start: str, end: str) -> None:
    evening = make_evening(cast.valence, state=start, place="Salle")

    with pytest.raises(MoveRefused):
        move_evening(evening=evening, to=end, by=cast.aicha, at=NOW)


def test_opening_again_by_hand_outranks_a_closing_time_that_passed(cast: Cast) -> None:
    evening = make_evening(
        cast.valence, state="closed", place="Salle", registration_closes_at=NOW - timedelta(1)
    )

    opened = move_evening(evening=evening, to="open", by=cast.aicha, at=NOW)

    assert opened.registration_closes_at is None


def test_moving_the_evening_writes_once_to_everybody_coming(cast: Cast) -> None:
    evening = make_evening(cast.valence, place="Salle A")
    for name, state in (("Inès", "registered"), ("Jules", "waiting"), ("Karim", "cancelled")):
        registration = make_registration(evening, name, state=state)
        registration.person.email = f"{registration.pk}@example.org"
        registration.person.save()
    details = Details(
        name=evening.name,
        date=evening.date,
        starts_at=evening.starts_at,
        place="Salle B",
        capacity=1,
    )

    moved = change_details(evening=evening, details=details, by=cast.aicha, at=NOW)
    told = [tell_of_move.call(moved.pk, moved.sequence) for _ in range(2)]

    assert (moved.sequence, told) == (1, [2, 2])
    assert Mail.objects.count() == 2
    assert all("Salle B" in mail.text for mail in Mail.objects.all())
    assert tell_of_move.call(moved.pk, 0) == 0


def test_a_change_that_moves_nothing_writes_to_nobody(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    details = Details(name="Autre nom", date=evening.date, starts_at=evening.starts_at, capacity=41)

    assert change_details(evening=evening, details=details, by=None, at=NOW).sequence == 0


def test_the_room_grows_and_shrinks_and_knows_its_stairs(cast: Cast) -> None:
    evening = make_evening(cast.valence, tables=2)
    room = Room(tables=5, seats_min=5, seats_max=9, hard_to_reach=frozenset({4}))

    set_room(evening=evening, room=room, by=cast.aicha, at=NOW)
    assert [(t.number, t.accessible) for t in evening.room_tables.all()] == [
        (1, True),
        (2, True),
        (3, True),
        (4, False),
        (5, True),
    ]
    set_room(evening=evening, room=Room(1, 5, 9), by=cast.aicha, at=NOW)
    assert [t.number for t in evening.room_tables.all()] == [1]
    assert last_verb(evening) == "set_room"


def test_the_phase_under_way_stays_under_way(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    evening.phase = evening.phases.get(kind="sheet")
    evening.save()

    set_phases(
        evening=evening, phases=[PhaseOf("sheet", 50), PhaseOf("thanks", 5)], by=None, at=NOW
    )

    evening.refresh_from_db()
    assert (evening.phase.kind, evening.phase.minutes) == ("sheet", 50)


def test_an_answered_question_neither_goes_nor_changes_its_kind(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    set_questions(evening=evening, questions=[QuestionOf("Repas ?")], by=None, at=NOW)
    question = evening.questions.get()
    Answer.objects.create(
        registration=make_registration(evening), question=question, value="végétarien"
    )

    for wanted in ([], [QuestionOf("Repas ?", kind="yes_no", pk=question.pk)]):
        with pytest.raises(QuestionAnswered):
            set_questions(evening=evening, questions=wanted, by=None, at=NOW)
    reworded = [QuestionOf("Quel repas ?", pk=question.pk)]
    set_questions(evening=evening, questions=reworded, by=None, at=NOW)

    assert evening.questions.get().label == "Quel repas ?"
    assert Answer.objects.exists()


def test_a_host_prepares_an_evening_from_the_pages(cast: Cast) -> None:
    host = cast.client("aicha")
    make_challenge(cast.valence, "Cantines")
    details = {"name": "Soirée du 26", "date": "2026-11-26", "starts": "18:30", "ends": "00:30",
               "place": "Salle Jean-Vilar", "capacity": "120"}  # fmt: skip

    desk = host.post("/valence/evenings/new/", details, follow=True)
    evening = Evening.objects.get()
    assert "Soirée du 26" in desk.content.decode()
    assert evening.ends_at - evening.starts_at == timedelta(hours=6)

    room = {"tables": "12", "seats_min": "6", "seats_max": "10", "rounds": "1", "hard_to_reach": ""}
    host.post(address(evening, "room"), room)
    chosen = [challenge.public_id for challenge in cast.valence.challenges.all()]
    host.post(address(evening, "challenges"), {"challenges": chosen})
    host.post(address(evening, "moves"), {"to": "open"})

    evening.refresh_from_db()
    assert evening.state == Evening.State.OPEN
    assert evening.room_tables.count() == 12


@pytest.mark.parametrize(
    ("page", "data", "told"),
    [
        ("room", {"tables": "3", "hard_to_reach": "7"}, "Il n’y a pas de table 7"),
        ("room", {"seats_min": "9", "seats_max": "4"}, "plus petit que le minimum"),
        ("room", {"hard_to_reach": "la 3"}, "séparés par des virgules"),
        ("details", {"name": ""}, "Ce champ est obligatoire"),
        ("details", {"date": "2026-11-26", "ends": "22:00"}, "Indiquez aussi le début"),
    ],
)
def test_a_mistake_in_the_settings_is_told_at_its_field(cast, page, data, told) -> None:
    evening = make_evening(cast.valence)

    answer = cast.client("aicha").post(address(evening, page), data)

    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_running_order_and_questions_are_changed_on_their_pages(cast: Cast) -> None:
    evening, host = make_evening(cast.valence), cast.client("aicha")
    order = {"phase-TOTAL_FORMS": "2", "phase-INITIAL_FORMS": "2",
             "phase-0-position": "2", "phase-0-kind": "sheet", "phase-0-minutes": "40",
             "phase-1-position": "1", "phase-1-kind": "welcome", "phase-1-minutes": "15",
             "phase-1-title": "Buffet"}  # fmt: skip
    asked = {"question-TOTAL_FORMS": "1", "question-INITIAL_FORMS": "0",
             "question-0-label": "Comment venez-vous ?", "question-0-kind": "one_of",
             "question-0-options": "à vélo\nen bus\nen bus\n"}  # fmt: skip

    host.post(address(evening, "running-order"), order)
    host.post(address(evening, "questions"), asked)

    assert [str(p) for p in evening.phases.all()] == ["Buffet", "fiche projet"]
    assert evening.questions.get().options == ["à vélo", "en bus"]
    refused = host.post(address(evening, "questions"), {**asked, "question-0-options": "une seule"})
    assert refused.status_code == 422


def test_the_desk_says_what_to_do_next(cast: Cast) -> None:
    evening = make_evening(cast.valence, state="draft", capacity=100, tables=2)

    page = cast.client("aicha").get(address(evening, "desk")).content.decode()

    assert "Date, lieu et nombre de personnes" in page
    assert "100 personnes peuvent venir, mais les tables n’en accueillent que 24" in page


def test_opening_too_early_from_the_desk_is_told(cast: Cast) -> None:
    evening = make_evening(cast.valence, state="draft", capacity=0)

    answer = cast.client("aicha").post(address(evening, "moves"), {"to": "open"}, follow=True)

    assert "Il manque quelque chose" in answer.content.decode()
    evening.refresh_from_db()
    assert evening.state == Evening.State.DRAFT


def test_each_settings_page_leads_to_the_others_and_to_the_desk(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    host = cast.client("aicha")

    for here in ("details", "challenges", "room", "room/remote", "running-order", "questions"):
        page = host.get(address(evening, here)).content.decode()
        assert f'href="{address(evening, here)}" aria-current="page"' in page
        assert f'href="{address(evening, "running-order")}"' in page
        assert f'href="{address(evening, "desk")}"' in page


def test_the_room_says_what_it_holds_beside_who_comes(cast: Cast) -> None:
    evening = make_evening(cast.valence, tables=2)
    evening.room_tables.create(number=9, remote=True)
    make_registration(evening)
    make_registration(evening, "Loin", remote=True)

    page = cast.client("aicha").get(address(evening, "room")).content.decode()

    assert f"{2 * evening.seats_min} à {2 * evening.seats_max}" in page  # the one by video apart
    assert "1 personne inscrite en salle" in page


def test_the_running_order_says_when_it_ends(cast: Cast) -> None:
    evening = new_evening(cast)
    Evening.objects.filter(pk=evening.pk).update(ends_at=DAY + timedelta(hours=3))

    page = cast.client("aicha").get(address(evening, "running-order")).content.decode()

    assert "210 minutes" in page
    assert "de 19 h 00 à 22 h 30" in page.replace("\xa0", " ")
    assert "après la fin que vous avez annoncée" in page


def steps_on_the_desk(cast: Cast, evening: Evening) -> str:
    page = cast.client("aicha").get(address(evening, "desk")).content.decode()
    return page[page.index('<ol class="steps">') : page.index("</ol>")]


@pytest.mark.parametrize(
    ("state", "leads_to", "no_longer_to"),
    [
        ("draft", ("details", "challenges", "room"), ("plan", "print")),
        ("open", ("missing", "plan", "print"), ("challenges",)),
        ("closed", ("plan", "print"), ("missing",)),
        ("live", ("conductor",), ("plan", "room")),
        ("over", ("day-after",), ("plan", "missing", "room")),
    ],
)
def test_what_comes_next_follows_the_evening(cast, state, leads_to, no_longer_to) -> None:
    evening = make_evening(cast.valence, state=state, tables=2)

    steps = steps_on_the_desk(cast, evening)

    for name in leads_to:
        assert f'href="{address(evening, name)}"' in steps
    for name in no_longer_to:
        assert f'href="{address(evening, name)}"' not in steps


def test_each_move_says_what_it_did_and_once(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    host = cast.client("aicha")
    once = {"to": "closed", "act": "5b0c1f0e-6a3e-4b8e-9d0a-3f1f6f1f2a77"}

    host.post(address(evening, "moves"), once)
    page = host.post(address(evening, "moves"), once, follow=True).content.decode()

    assert page.count("On peut encore faire entrer du monde") == 1


def test_an_end_before_the_doors_open_is_told_at_its_field(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    details = {"name": "Soirée", "date": "2026-11-26", "starts": "18:30", "capacity": "80"}
    host = cast.client("aicha")

    refused = host.post(address(evening, "details"), {**details, "ends": "17:00"})
    after_midnight = host.post(address(evening, "details"), {**details, "ends": "00:30"})

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["ends"]
    assert after_midnight.status_code == 302


def test_after_an_evening_without_tables_its_mail_is_still_on_the_desk(cast: Cast) -> None:
    evening = make_evening(cast.valence, state="over", tables=0)
    host, there = cast.client("aicha"), address(evening, "day-after")
    assert there not in host.get("/valence/desk/").content.decode(), "nobody came"

    make_registration(evening)

    assert there in host.get("/valence/desk/").content.decode()
