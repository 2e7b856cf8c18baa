"""At the table: what everybody sees, the phone behind its code, the sheet, photographs, handing in."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from essor.evenings.actions.tables import NotNow, NoWords, hide_idea, note_idea, sheet_of_table
from essor.evenings.models import Choice, Evening, Table, TableIdea
from essor.evenings.queries.tables import spheres_around
from essor.evenings.table_rules import AFTERWARDS, phone_may_write
from essor.ledger.models import Entry
from essor.projects.actions.sheets import mark_of
from essor.projects.models import Project, SheetPhoto
from tests.cast import NOW, make_evening, make_registration, make_table, sphere

BLANK = mark_of("")


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


@pytest.fixture
def table(cast) -> Table:
    """Table 7 of an evening under way: Inès (citizen, first choice) and Omar (enterprise)."""
    evening = make_evening(cast.valence, state=Evening.State.LIVE)
    ines = make_registration(evening, "Inès", sphere=sphere("citizen"))
    omar = make_registration(evening, "Omar", sphere=sphere("enterprise"))
    table = make_table(evening, 7, people=(ines, omar), phone_code="KQRTA")
    Choice.objects.create(registration=ines, challenge=table.challenges.get(), rank=1)
    return table


def address(table: Table, more: str = "") -> str:
    return f"/valence/evenings/{table.evening.public_id}/tables/{table.public_id}/{more}"


@pytest.fixture
def phone(table) -> Client:
    """The facilitator's phone, without an account, which gave the table's code."""
    client = Client()
    answer = client.post(address(table, "key/"), act(code=" kqr ta "))
    assert answer.url == address(table, "phone/")
    return client


def test_everybody_sees_the_table_and_nobody_s_name(table, stranger):
    page = stranger.get(address(table)).content.decode()

    assert "Table 7" in page
    assert "Défi 1" in page
    assert "Je m’engage" in page
    for name in ("Inès", "Omar"):
        assert name not in page


def test_the_phone_shows_people_their_sphere_and_choice(table, phone):
    page = phone.get(address(table, "phone/")).content.decode()

    assert "Inès" in page
    assert "Omar" in page
    assert "1er vœu" in page


def test_the_phone_page_costs_the_same_for_two_people_and_for_twelve(table, phone):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert phone.get(address(table, "phone/")).status_code == 200
        return len(asked)

    two = cost()
    for number in range(10):
        registration = make_registration(table.evening, f"P{number}", sphere=sphere("finance"))
        table.seats.create(registration=registration)
        Choice.objects.create(registration=registration, challenge=table.challenges.get(), rank=2)

    assert cost() == two


def test_a_wrong_code_opens_nothing(table, stranger):
    answer = stranger.post(address(table, "key/"), act(code="ACDEF"))

    assert answer.status_code == 422
    assert "code de la table 7" in answer.content.decode()
    assert stranger.get(address(table, "phone/")).status_code == 404


def test_the_right_code_opens_nothing_once_the_evening_is_long_over_and_says_so(
    table, phone, stranger
):
    ended = NOW - AFTERWARDS - timedelta(minutes=1)
    Evening.objects.update(state="over", starts_at=ended - timedelta(hours=3), ends_at=ended)

    answer = stranger.post(address(table, "key/"), act(code="KQRTA"))

    assert answer.status_code == 422
    assert "ce code n’ouvre plus rien" in answer.content.decode()
    assert "pas le code de la table" not in answer.content.decode(), "the code was right"
    assert stranger.get(address(table, "phone/")).status_code == 404
    assert phone.get(address(table, "phone/")).status_code == 404, (
        "who had it writes no more either"
    )


def test_eight_wrong_codes_and_this_phone_waits(table, stranger):
    for _ in range(8):
        stranger.post(address(table, "key/"), act(code="ACDEF"))

    answer = stranger.post(address(table, "key/"), act(code="KQRTA"))
    assert answer.status_code == 422
    assert "Trop de codes" in answer.content.decode()
    assert Client().post(address(table, "key/"), act(code="KQRTA")).status_code == 302


def test_whoever_changes_phones_is_stopped_at_the_table(table):
    for _ in range(60):
        Client().post(address(table, "key/"), act(code="ACDEF"))

    answer = Client().post(address(table, "key/"), act(code="ACDEF"))
    assert "Trop de codes" in answer.content.decode()


def test_the_code_of_one_table_opens_no_other(table, phone):
    other = make_table(table.evening, 8)

    assert phone.get(address(other, "phone/")).status_code == 404


def test_the_phone_writes_until_the_night_after(cast):
    ended = NOW - timedelta(hours=20)
    evening = make_evening(
        cast.valence, state=Evening.State.OVER, starts_at=NOW - timedelta(hours=24), ends_at=ended
    )

    assert phone_may_write(evening, NOW)
    assert not phone_may_write(evening, ended + timedelta(hours=36))


def test_saving_a_step_leads_to_the_next_and_makes_one_project(table, phone):
    first = phone.post(address(table, "sheet/proposal/"), act(dream="Un verger"))
    second = phone.post(address(table, "sheet/people/"), act(partners="La mairie"))

    assert first.url == address(table, "sheet/people/")
    assert second.url == address(table, "sheet/resources/")
    project = Project.objects.get()
    assert (project.sheet.dream, project.sheet.partners) == ("Un verger", "La mairie")
    assert project.origin == "Table 7, Soirée de Valence"
    assert project.published_at is None


def test_a_script_saves_one_field_and_learns_what_is_kept(table, phone):
    answer = phone.post(
        address(table, "sheet/proposal/"),
        act(**{"dream": "Un verger", "mark-dream": BLANK}),
        headers={"accept": "application/json"},
    )

    state = answer.json()
    assert state["fields"]["dream"] == {"text": "Un verger", "mark": mark_of("Un verger")}
    assert (state["filled"], state["disputed"]) == (1, [])


def test_a_save_whose_answer_was_lost_is_one_save(table, phone):
    form = act(**{"dream": "Un verger", "mark-dream": BLANK})
    json = {"accept": "application/json"}
    phone.post(address(table, "sheet/proposal/"), form, headers=json)
    again = phone.post(address(table, "sheet/proposal/"), form, headers=json)

    assert again.json()["fields"]["dream"]["text"] == "Un verger"
    assert again.json()["disputed"] == []
    assert Entry.objects.filter(verb="sheet_saved").count() == 1


def test_two_phones_on_one_field_are_asked_to_choose(cast, table, phone):
    bruno = cast.client("bruno")
    page = address(table, "sheet/proposal/")
    phone.post(page, act(**{"dream": "Un verger", "mark-dream": BLANK}))

    answer = bruno.post(page, act(**{"dream": "Un potager", "mark-dream": BLANK}), follow=True)
    shown = answer.content.decode()
    assert "Un verger" in shown
    assert "Un potager" in shown
    variant = Project.objects.get().sheet.variants.get()
    phone.post(address(table, f"settlements/{variant.public_id}/"), act(choice="both"))

    assert Project.objects.get().sheet.dream == "Un verger\nUn potager"


def test_settling_after_somebody_else_shows_what_the_sheet_says(table, phone):
    page = address(table, "sheet/proposal/")
    phone.post(page, act(**{"dream": "Un verger", "mark-dream": BLANK}))
    phone.post(page, act(**{"dream": "Un potager", "mark-dream": BLANK}))
    variant = Project.objects.get().sheet.variants.get()
    where = address(table, f"settlements/{variant.public_id}/")

    phone.post(where, act(choice="theirs"))
    answer = phone.post(where, act(choice="mine"), follow=True)

    assert "entre-temps" in answer.content.decode()
    assert Project.objects.get().sheet.dream == "Un verger"
    assert phone.post(where, act(choice="nonsense")).status_code == 422


def test_a_text_that_is_too_long_comes_back_whole_with_a_message(table, phone):
    answer = phone.post(address(table, "sheet/proposal/"), act(dream="é" * 5001))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "trop long" in page
    assert "é" * 5001 in page


def test_there_is_no_step_of_another_name(table, phone):
    assert phone.get(address(table, "sheet/nonsense/")).status_code == 404


def photo(size=(80, 60), kind="JPEG") -> SimpleUploadedFile:
    file = BytesIO()
    mode = "1" if size[0] * size[1] > 10_000_000 else "RGB"
    Image.new(mode, size).save(file, kind)
    return SimpleUploadedFile("fiche.jpg", file.getvalue(), "image/jpeg")


def test_a_photo_is_kept_and_given_back_as_a_file(table, phone, stranger):
    answer = phone.post(address(table, "photos/"), act(photo=photo()))
    assert answer.status_code == 302

    kept = SheetPhoto.objects.get()
    assert (kept.width, kept.height) == (80, 60)
    where = address(table, f"photos/{kept.public_id}/")
    sent = phone.get(where)
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(sent.streaming_content).startswith(b"\xff\xd8")
    assert stranger.get(where).status_code == 404


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (SimpleUploadedFile("a.jpg", b"not a photo", "image/jpeg"), "pas une photo"),
        (
            SimpleUploadedFile(
                "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"
            ),
            "pas une photo",
        ),
        (photo((10_000, 6_000), "PNG"), "60 millions de pixels"),
        ("", "Choisissez ou prenez"),
    ],
    ids=["text", "svg", "60 megapixels", "nothing"],
)
def test_what_is_not_a_photo_is_refused_with_the_way_to_do_it_right(table, phone, file, message):
    answer = phone.post(address(table, "photos/"), act(photo=file))

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not SheetPhoto.objects.exists()


def test_handing_in_makes_a_project_whose_group_is_the_table(table, phone, stranger):
    phone.post(address(table, "sheet/proposal/"), act(proposal="La consigne\nUne laveuse"))

    page = phone.get(address(table, "handing-in/")).content.decode()
    assert 'value="La consigne"' in page
    phone.post(address(table, "handing-in/"), act(title="La consigne du verre"))

    table.refresh_from_db()
    project = table.project
    assert project.title == "La consigne du verre"
    assert table.done_at is not None
    assert {m.person.first_name for m in project.memberships.all()} == {"Inès", "Omar"}
    assert stranger.get(f"/valence/projects/{project.public_id}/").status_code == 200
    assert "La consigne du verre" in stranger.get(address(table)).content.decode()


def test_an_empty_sheet_is_not_handed_in_and_the_page_says_what_to_do(table, phone):
    answer = phone.post(address(table, "handing-in/"), act(title="Rien"))

    assert answer.status_code == 422
    assert "encore vide" in answer.content.decode()
    table.refresh_from_db()
    assert table.project is None


def test_the_public_project_page_tells_the_spheres_and_no_number_of_people(table, phone, stranger):
    phone.post(address(table, "sheet/proposal/"), act(proposal="La consigne"))
    phone.post(address(table, "handing-in/"), act(title=""))
    project = Project.objects.get()

    page = stranger.get(f"/valence/projects/{project.public_id}/").content.decode()

    assert "2 univers autour de la table" in page
    assert "2 personnes</strong>" not in page
    assert "suivent le projet" not in page


def test_a_sphere_stays_at_the_table_when_somebody_of_it_cancels_elsewhere(cast, table):
    other = make_evening(cast.valence)
    make_registration(other, "Ana", sphere=sphere("citizen"), state="cancelled")
    gone = make_registration(table.evening, "Léo", sphere=sphere("finance"), state="cancelled")
    table.seats.create(registration=gone)

    assert [each.code for each in spheres_around(table)] == ["citizen", "enterprise"]


def test_the_team_types_a_paper_sheet_weeks_later(cast, table):
    Evening.objects.update(state=Evening.State.OVER, starts_at=NOW - timedelta(days=30))
    aicha = cast.client("aicha")

    aicha.post(address(table, "sheet/proposal/"), act(proposal="Un verger"))
    aicha.post(address(table, "handing-in/"), act(title="Le verger"))

    table.refresh_from_db()
    assert table.project.title == "Le verger"


def test_an_idea_from_anybody_at_the_table_reaches_the_stream(table, stranger):
    answer = stranger.post(address(table, "ideas/"), act(text="  Un bus   bibliothèque "))

    assert answer.url == address(table) + "#ideas"
    assert TableIdea.objects.get().text == "Un bus bibliothèque"
    line = Entry.objects.get(verb="idea_said")
    assert line.room == f"evening:{table.evening.public_id}"
    assert "bus" not in str(line.data)


def test_ideas_are_limited_a_device_and_not_a_hall(table, stranger):
    for _ in range(40):
        stranger.post(address(table, "ideas/"), act(text="encore"))

    assert stranger.post(address(table, "ideas/"), act(text="trop")).status_code == 422
    assert Client().post(address(table, "ideas/"), act(text="à moi")).status_code == 302


def test_an_idea_says_something_and_has_its_time(table):
    with pytest.raises(NoWords):
        note_idea(table=table, text=" \n ", by=None, at=NOW)
    table.evening.state = Evening.State.OVER
    with pytest.raises(NotNow):
        note_idea(table=table, text="tard", by=None, at=NOW)


def test_a_hidden_idea_leaves_the_table_s_page_and_may_come_back(cast, table, stranger):
    idea = note_idea(table=table, text="Une bêtise", by=None, at=NOW)
    hide_idea(idea=idea, hidden=True, by=cast.aicha, at=NOW)
    assert "Une bêtise" not in stranger.get(address(table)).content.decode()

    hide_idea(idea=idea, hidden=False, by=cast.aicha, at=NOW)
    hide_idea(idea=idea, hidden=False, by=cast.aicha, at=NOW)

    assert "Une bêtise" in stranger.get(address(table)).content.decode()
    assert Entry.objects.filter(verb="idea_shown").count() == 1


def test_the_sheet_is_opened_once_with_the_themes_of_its_challenge(table):
    first = sheet_of_table(table=table, origin="Table 7", by=None, at=NOW)
    second = sheet_of_table(table=table, origin="Table 7", by=None, at=NOW)

    assert first == second
    assert Entry.objects.filter(verb="sheet_opened").count() == 1


def test_the_code_of_the_screen_leads_to_the_evening(cast, table, stranger):
    code = table.evening.welcome_code

    answer = stranger.get("/here/", {"code": code.lower()})
    assert answer.url == f"/valence/evenings/{table.evening.public_id}/here/"
    assert "Table 7" not in stranger.get("/here/").content.decode()
    assert stranger.get("/here/", {"code": "NOPE1"}).status_code == 422
    hidden = make_evening(cast.valence, state=Evening.State.DRAFT)
    assert stranger.get("/here/", {"code": hidden.welcome_code}).status_code == 422
