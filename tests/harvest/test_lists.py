"""Many ideas at once: everything is looked at first, nothing comes in twice or by half."""

import uuid

import pytest

from essor.harvest.actions.bringing_in import bring_in
from essor.harvest.actions.lists import (
    HarvestOver,
    NothingToBring,
    TooManyLines,
    drop_list,
    map_list,
    read_file,
    read_paste,
)
from essor.harvest.models import Idea, IdeaList, Support
from essor.kit.lists.life import ListGone
from essor.kit.sheets import SheetRefused, as_xlsx
from essor.ledger.models import Entry
from essor.people.erasure import erase_person
from essor.people.models import Person
from tests.cast import NOW, Cast, make_harvest, make_idea, make_source

pytestmark = pytest.mark.django_db
FILE = "Idée;Prénom;E-mail\nUn verger;Ana;ana@example.org\nUne laverie;;\n;Bob;\n".encode()


def paste(source, text: str) -> IdeaList:
    return read_paste(source=source, text=text, by=None, at=NOW)


def brought(many: IdeaList) -> IdeaList:
    return bring_in(many=many, by=None, at=NOW)


def file(harvest, data: bytes = FILE, name: str = "idees.csv") -> IdeaList:
    return read_file(harvest=harvest, source=None, data=data, filename=name, by=None, at=NOW)


def test_a_paste_comes_in_with_its_source_said_once(cast: Cast) -> None:
    source = make_source(make_harvest(cast.valence), held_on=NOW.date().replace(day=1))
    many = brought(paste(source, "- Un verger\n- Une laverie\n"))

    ideas = Idea.objects.order_by("id")
    assert [(idea.text, idea.source, idea.way) for idea in ideas] == [
        ("Un verger", source, "typed"),
        ("Une laverie", source, "typed"),
    ]
    assert {idea.said_at.day for idea in ideas} == {1}
    assert all(idea.fates.count() == 1 for idea in ideas)
    assert (many.state, many.table) == ("applied", {})
    line = Entry.objects.get(verb="ideas_brought_in")
    assert line.data["new"] == 2


def test_nothing_comes_in_twice(cast: Cast) -> None:
    source = make_source(make_harvest(cast.valence))
    brought(paste(source, "Un verger\nUne laverie"))
    many = brought(paste(source, "Une laverie\nUn verger\nDes vélos"))
    assert many.result["counts"] == {"new": 1, "twin": 0, "again": 0, "known": 2, "bad": 0}
    assert Idea.objects.count() == 3
    assert not Support.objects.exists()


@pytest.mark.parametrize(("twins", "ideas", "supports"), [("support", 2, 3), ("idea", 5, 0)])
def test_twins_become_supports_or_ideas_by_choice(
    cast: Cast, twins: str, ideas: int, supports: int
) -> None:
    harvest = make_harvest(cast.valence)
    make_idea(harvest, "Un verger")
    many = paste(make_source(harvest), "un verger !\nDes vélos\ndes vélos\nDES VÉLOS")
    many = map_list(many=many, columns={}, twins=twins, sheet=0, by=None, at=NOW)
    brought(many)
    assert (Idea.objects.count(), Support.objects.count()) == (ideas, supports)

    again = paste(many.source, "un verger !\nDes vélos\ndes vélos\nDES VÉLOS")
    again = map_list(many=again, columns={}, twins=twins, sheet=0, by=None, at=NOW)
    brought(again)
    assert (Idea.objects.count(), Support.objects.count()) == (ideas, supports)


def test_the_same_idea_a_hundred_times_is_one_idea_with_ninety_nine_behind(cast: Cast) -> None:
    brought(paste(make_source(make_harvest(cast.valence)), "Un verger\n" * 100))
    assert Idea.objects.get().supports.count() == 99


def test_the_same_file_twice_changes_nothing_and_a_longer_one_adds(cast: Cast) -> None:
    harvest = make_harvest(cast.valence)
    brought(file(harvest))
    people = Person.objects.count()
    assert brought(file(harvest)).result["counts"]["known"] == 2
    assert brought(file(harvest, FILE + "Des vélos;;\n".encode())).result["counts"]["new"] == 1
    assert Idea.objects.count() == 3
    assert Person.objects.count() == people
    assert Idea.objects.get(text="Un verger").author.email == "ana@example.org"


def test_a_bad_line_is_explained_and_the_others_come_in(cast: Cast) -> None:
    many = brought(file(make_harvest(cast.valence)))
    assert many.result["left"] == [{"line": 4, "text": "", "why": "nothing"}]


def test_xlsx_is_read_as_well_and_its_day_and_place_are_kept(cast: Cast) -> None:
    harvest = make_harvest(cast.valence)
    data = as_xlsx(["Idée", "Atelier", "Date"], [["Un verger", "MJC", "02/03/2026"]], title="1")
    brought(file(harvest, data, "idees.xlsx"))
    idea = Idea.objects.get()
    assert (idea.source.label, idea.said_at.date().isoformat()) == ("MJC", "2026-03-02")


def test_what_cannot_be_read_or_comes_too_late_is_refused(cast: Cast) -> None:
    harvest = make_harvest(cast.valence)
    source = make_source(harvest)
    with pytest.raises(SheetRefused):
        file(harvest, b"%PDF-1.7 ...")
    with pytest.raises(NothingToBring):
        paste(source, " \n\n")
    with pytest.raises(TooManyLines) as many:
        paste(source, "\n".join(f"Idée {number}" for number in range(2_001)))
    assert many.value.lines == 2_001
    read = paste(source, "Un verger")
    harvest.state = "closed"
    harvest.save()
    with pytest.raises(HarvestOver):
        brought(read)
    assert not Idea.objects.exists()


def test_two_people_bringing_the_same_list_in_bring_it_once(cast: Cast) -> None:
    one = paste(make_source(make_harvest(cast.valence)), "Un verger")
    other = IdeaList.objects.get(pk=one.pk)
    brought(one)
    with pytest.raises(ListGone):
        brought(other)
    with pytest.raises(ListGone):
        drop_list(many=other, by=None, at=NOW)
    assert Idea.objects.count() == 1


def test_erasing_somebody_forgets_lists_that_wait_and_name_them(cast: Cast) -> None:
    data = "Idée;E-mail\nUn verger;denis@example.org\n".encode()
    many = file(make_harvest(cast.valence), data)
    erase_person(person=cast.denis, by=None, at=NOW)
    many.refresh_from_db()
    assert (many.table, many.state) == ({}, "dropped")


def test_the_pages_lead_from_the_file_to_the_ideas(cast: Cast) -> None:
    harvest = make_harvest(cast.valence)
    bruno = cast.client("bruno")  # a facilitator scouts
    data = "idée;idée;idée\nUn verger;Des vélos;\n;Une laverie;Un four\n".encode()
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = bruno.post(
        f"/valence/harvest/{harvest.public_id}/lists/",
        {"act": uuid.uuid4().hex, "file": SimpleUploadedFile("idees.csv", data)},
        follow=True,
    )
    assert "Quelle colonne contient les idées" in page.content.decode()
    arrival = page.redirect_chain[-1][0] + "arrival/"

    unsaid = bruno.post(arrival, {"act": uuid.uuid4().hex, "twins": "support", "then": "bring"})
    assert unsaid.status_code == 422
    columns = {f"column-{at}": "idea" for at in range(3)}
    said = {"act": uuid.uuid4().hex, "twins": "support", **columns}
    looked = bruno.post(arrival, {**said, "then": "look"}, follow=True).content.decode()
    assert "Apporter 4 idées" in looked
    assert not Idea.objects.exists()
    done = bruno.post(
        arrival, {**said, "act": uuid.uuid4().hex, "then": "bring"}, follow=True
    ).content.decode()
    assert "C’est fait" in done
    assert Idea.objects.count() == 4


def test_a_preview_costs_the_same_however_long(cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    source = make_source(make_harvest(cast.valence))
    aicha, counts = cast.client("aicha"), []
    for lines in (2, 300):
        many = paste(source, "\n".join(f"Idée {lines} {number}" for number in range(lines)))
        address = f"/valence/harvest/{source.harvest.public_id}/lists/{many.public_id}/"
        with CaptureQueriesContext(connection) as queries:
            aicha.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
