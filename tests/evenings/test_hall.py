"""The hall: what reaches every phone, the silent time, marks and the idea to deepen, help, share-out."""

import pytest

from essor.evenings.actions.conducting import call_table, say, start_phase
from essor.evenings.actions.tables import (
    TooManyDots,
    ask_for_help,
    deepen_idea,
    mark_idea,
    note_idea,
)
from essor.evenings.models import Dot, Evening, Phase, Table, TableIdea
from essor.evenings.panels.screen import what_to_show, who_may_watch
from essor.evenings.privacy import forget_dots
from essor.evenings.queries.screen import encounter_ring, idea_cards
from essor.evenings.queries.tables import ideas_of, next_to_pitch, pitches_of, tables_with_progress
from essor.ledger.models import Entry
from tests.cast import NOW, Cast, make_evening, make_registration, make_table, sphere

MINE, HERS = "device-one", "device-two"


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


@pytest.fixture
def table(cast) -> Table:
    evening = make_evening(cast.valence, state=Evening.State.LIVE)
    for order, kind in enumerate((Phase.Kind.SILENT, Phase.Kind.SHARE), start=3):
        Phase.objects.create(evening=evening, kind=kind, minutes=10, order=order)
    ines = make_registration(evening, "Inès", sphere=sphere("citizen"))
    return make_table(evening, 7, people=(ines,))


def begin(table: Table, kind: str, cast: Cast) -> None:
    evening = table.evening
    start_phase(evening=evening, phase=evening.phases.get(kind=kind),
                seen=str(evening.phase_id or ""), by=cast.aicha, at=NOW)  # fmt: skip
    evening.refresh_from_db()


def say_idea(table: Table, text: str) -> TableIdea:
    return note_idea(table=table, text=text, by=None, at=NOW)


def texts(ideas) -> list[str]:
    return [idea.text for idea in ideas]


def test_in_the_silent_time_ideas_are_their_writers_alone(table, cast):
    before = say_idea(table, "Dite avant")
    begin(table, Phase.Kind.SILENT, cast)
    mine, hers = say_idea(table, "La mienne"), say_idea(table, "La sienne")

    assert texts(ideas_of(table, own=[mine.public_id])) == ["La mienne", "Dite avant"]
    assert texts(ideas_of(table)) == ["Dite avant"]
    assert [card.key for card in idea_cards(table.evening)] == [before.public_id]

    begin(table, Phase.Kind.SHARE, cast)
    assert texts(ideas_of(table)) == ["La sienne", "La mienne", "Dite avant"]
    assert hers.public_id in {card.key for card in idea_cards(table.evening)}


def test_a_browser_sees_its_own_silent_idea_and_another_one_does_not(table, cast):
    begin(table, Phase.Kind.SILENT, cast)
    address = f"/valence/evenings/{table.evening.public_id}/tables/{table.public_id}/"
    writer, neighbour = cast.client(None), cast.client(None)

    writer.post(f"{address}ideas/", {"text": "Un four à pain volant"})

    assert "Un four à pain volant" in writer.get(address).content.decode()
    seen = neighbour.get(address).content.decode()
    assert "Un four à pain volant" not in seen
    assert "1 idée attend la fin du silence" in seen


def test_a_device_gives_three_marks_and_takes_them_back(table):
    ideas = [say_idea(table, f"Idée {n}") for n in range(4)]
    for idea in ideas[:3]:
        mark_idea(idea=idea, device=MINE, marked=True, by=None, at=NOW)
    mark_idea(idea=ideas[0], device=MINE, marked=True, by=None, at=NOW)
    mark_idea(idea=ideas[0], device=HERS, marked=True, by=None, at=NOW)

    with pytest.raises(TooManyDots):
        mark_idea(idea=ideas[3], device=MINE, marked=True, by=None, at=NOW)
    mark_idea(idea=ideas[1], device=MINE, marked=False, by=None, at=NOW)
    mark_idea(idea=ideas[3], device=MINE, marked=True, by=None, at=NOW)

    assert {idea.text: idea.marks for idea in ideas_of(table)} == {
        "Idée 0": 2, "Idée 1": 0, "Idée 2": 1, "Idée 3": 1,
    }  # fmt: skip


def test_marks_say_neither_who_nor_which_device_and_go(table):
    idea = say_idea(table, "Une")
    mark_idea(idea=idea, device=MINE, marked=True, by=None, at=NOW)

    assert MINE not in Dot.objects.get().mark
    assert Entry.objects.get(verb="idea_marked").by == ""
    assert forget_dots(NOW) == 0
    assert forget_dots(NOW.replace(year=2027)) == 1


def test_marking_by_hand_waits_for_the_sharing(table, cast):
    begin(table, Phase.Kind.SILENT, cast)
    TableIdea.objects.create(table=table, text="Dite avant", at=NOW)
    idea = TableIdea.objects.get()
    address = f"/valence/evenings/{table.evening.public_id}/tables/{table.public_id}/"
    phone = cast.client(None)

    phone.post(f"{address}ideas/{idea.public_id}/mark/", {"marked": "yes"})
    assert not Dot.objects.exists()
    begin(table, Phase.Kind.SHARE, cast)
    phone.post(f"{address}ideas/{idea.public_id}/mark/", {"marked": "yes"})
    phone.post(f"{address}ideas/{idea.public_id}/mark/", {"marked": "yes"})

    assert Dot.objects.count() == 1
    assert 'aria-pressed="true"' in phone.get(address).content.decode()


def test_the_table_deepens_one_idea_and_its_sheet_recalls_it(table, cast):
    idea = say_idea(table, "Un four à pain volant")
    deepen_idea(idea=idea, by=cast.bruno, at=NOW)
    deepen_idea(idea=idea, by=cast.bruno, at=NOW)

    address = f"/valence/evenings/{table.evening.public_id}/tables/{table.public_id}/"
    assert Entry.objects.filter(verb="idea_chosen").count() == 1
    assert (
        "Un four à pain volant"
        in cast.client("bruno").get(f"{address}sheet/proposal/").content.decode()
    )


def test_a_table_that_needs_somebody_comes_first_for_the_conductor(table, cast):
    make_table(table.evening, 2)
    assert [each.number for each in tables_with_progress(table.evening)] == [2, 7]
    address = f"/valence/evenings/{table.evening.public_id}/tables/{table.public_id}/help/"

    cast.client("bruno").post(address, {"wanted": "yes"})
    assert [each.number for each in tables_with_progress(table.evening)] == [7, 2]
    page = cast.client("aicha").get(f"/valence/evenings/{table.evening.public_id}/conductor/")
    assert "attend quelqu" in page.content.decode()

    table.refresh_from_db()
    ask_for_help(table=table, wanted=False, by=cast.aicha, at=NOW)
    ask_for_help(table=table, wanted=False, by=cast.aicha, at=NOW)
    assert [entry.verb for entry in Entry.objects.filter(of_type="table").order_by("id")] == [
        "help_asked",
        "help_came",
    ]


def test_the_share_out_goes_from_table_to_table_once(table, cast):
    other = make_table(table.evening, 9, done_at=NOW)
    Table.objects.filter(pk=table.pk).update(done_at=NOW)
    evening = table.evening
    assert next_to_pitch(evening, pitches_of(evening)) == table

    evening = call_table(evening=evening, table=table, by=cast.aicha, at=NOW)
    assert evening.scene == Evening.Scene.PITCHES
    assert next_to_pitch(evening, pitches_of(evening)) == other
    evening = call_table(evening=evening, table=other, by=cast.aicha, at=NOW)
    assert next_to_pitch(evening, pitches_of(evening)) is None
    evening = call_table(evening=evening, table=None, by=cast.aicha, at=NOW)

    assert evening.pitching is None
    assert all(each.pitched_at == NOW for each in pitches_of(evening))
    assert (
        cast.client("aicha").get(f"/valence/evenings/{evening.public_id}/screen/now/").status_code
        == 200
    )


def test_every_phone_hears_the_phase_and_no_idea_travels(table, cast, rf):
    evening = table.evening
    stranger = rf.get("/live/", {"hall": "yes"})
    assert who_may_watch(stranger, evening.public_id) == "hall"
    Evening.objects.filter(pk=evening.pk).update(state=Evening.State.DRAFT)
    stranger.session, stranger.user = {}, type("Nobody", (), {"is_authenticated": False})()
    assert who_may_watch(stranger, evening.public_id) is None
    Evening.objects.filter(pk=evening.pk).update(state=Evening.State.LIVE)

    begin(table, Phase.Kind.SILENT, cast)
    say_idea(table, "Un secret")
    say(evening=evening, message="Il reste du gâteau", by=cast.aicha, at=NOW)
    entries = list(Entry.objects.filter(room=evening.room).order_by("id"))
    shown = what_to_show(evening.public_id, "hall", entries)

    assert list(shown) == [entries[-1].pk]
    told = shown[entries[-1].pk]
    assert told["tables"] == [7]
    assert told["hall"]["message"] == "Il reste du gâteau"
    assert told["hall"]["phase"] == evening.phase_id
    assert "Un secret" not in str(shown)


def test_the_ring_draws_what_is_ten_encounters_or_more(table, cast):
    evening = table.evening
    people = [
        make_registration(evening, f"C{n}", sphere=sphere("citizen"), arrived_at=NOW)
        for n in range(5)
    ]
    others = [
        make_registration(evening, f"E{n}", sphere=sphere("enterprise"), arrived_at=NOW)
        for n in range(2)
    ]
    lonely = make_registration(evening, "F", sphere=sphere("finance"), arrived_at=NOW)
    make_table(evening, 8, people=(*people, *others, lonely))

    ring = encounter_ring(evening)

    assert len(ring.nodes) == 3
    assert len(ring.arcs) == 1
