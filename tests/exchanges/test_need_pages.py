"""The pages of needs: the territory's list, one need, saying it, answering it."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from essor.exchanges.models import Commitment, Need
from essor.kit.models import Mail
from essor.people.visitor import PERSON
from essor.projects.models import Membership, Project
from tests.cast import NOW, make_need, make_project

LIST = "/valence/needs/"


def bring(**fields: str) -> dict[str, str]:
    return {"act": uuid.uuid4().hex, "units": "8", "first_name": "Inès", **fields}


def saying(**fields: str) -> dict[str, str]:
    return {
        "act": uuid.uuid4().hex, "kind": "equipment", "title": "Chaises pliantes",
        "quantity": "20", "unit": "chaises", **fields,
    }  # fmt: skip


def join(project: Project, who, part: str = "member") -> None:
    Membership.objects.create(project=project, person=who, part=part, since=NOW)


def at(need: Need, page: str = "") -> str:
    return f"{LIST}{need.public_id}/{page}"


def test_a_stranger_brings_a_part_and_the_rest_stays_open(cast, stranger):
    need = make_need(make_project(cast.valence))

    page = stranger.post(
        at(need, "bring/"), bring(email="ines@example.org", what="En bon état"), follow=True
    )

    commitment = Commitment.objects.get()
    assert page.redirect_chain[-1][0] == f"/valence/commitments/{commitment.public_id}/"
    assert (commitment.units, commitment.quantity, commitment.what) == (
        8,
        "8 chaises",
        "En bon état",
    )
    assert "8 chaises" in Mail.objects.get(address="ines@example.org").text
    assert "8 chaises sur 20" in stranger.get(LIST).content.decode()


def test_whoever_is_recognised_answers_in_two_taps(cast, stranger):
    need = make_need(make_project(cast.valence), "Un hangar", quantity=1, unit="", kind="premises")
    session = stranger.session
    session["keys"] = {PERSON: [cast.denis.public_id]}
    session.save()
    assert "Denis" in stranger.get(at(need, "bring/")).content.decode()

    stranger.post(at(need, "bring/"), {"act": uuid.uuid4().hex})

    commitment = Commitment.objects.get()
    assert (commitment.person, commitment.what, commitment.kind) == (
        cast.denis,
        "Un hangar",
        "resource",
    )


def test_too_many_says_how_many_are_missing_and_loses_nothing(cast, stranger):
    need = make_need(make_project(cast.valence), held=18)

    page = stranger.post(at(need, "bring/"), bring(units="3", what="Presque neuves"))

    assert page.status_code == 422
    html = page.content.decode()
    assert "Il en manque encore 2." in html
    assert "Presque neuves" in html
    assert not Commitment.objects.exists()


def test_the_same_answer_twice_is_one_answer(cast, stranger):
    need = make_need(make_project(cast.valence))
    form = bring()

    first, second = (stranger.post(at(need, "bring/"), form) for _ in range(2))

    assert first.url == second.url
    need.refresh_from_db()
    assert need.held == 8


def test_a_need_that_others_met_thanks_and_leads_on(cast, stranger):
    need = make_need(make_project(cast.valence), held=20)

    page = stranger.post(at(need, "bring/"), bring(units="1"))

    assert page.status_code == 422
    assert LIST in page.content.decode()
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    ("units", "words"), [("", "Dites combien"), ("x", "nombre entier"), ("0", "à partir de 1")]
)
def test_bad_numbers_are_said_at_their_field(cast, stranger, units, words):
    need = make_need(make_project(cast.valence))

    page = stranger.post(at(need, "bring/"), bring(units=units))

    assert page.status_code == 422
    assert words in page.content.decode()


def test_money_is_said_to_be_a_pledge(cast, stranger):
    need = make_need(
        make_project(cast.valence), "Fonds de départ", kind="money", quantity=5000, unit="euros"
    )

    assert "pas un paiement" in stranger.get(at(need, "bring/")).content.decode()
    stranger.post(at(need, "bring/"), bring(units="200"))

    assert Commitment.objects.get().kind == "money"


def test_a_member_of_the_group_says_words_and_ends_a_need(cast):
    project = make_project(cast.valence)
    join(project, cast.denis)
    denis = cast.client("denis")

    answer = denis.post(f"{LIST}of/{project.public_id}/new/", saying(until="2099-06-30"))
    need = Need.objects.get()
    assert answer.url == at(need)
    denis.post(at(need, "wording/"), saying(title="Tabourets", until="2099-06-30"))
    denis.post(at(need, "ending/"), {"act": uuid.uuid4().hex, "ending": "found"})

    need.refresh_from_db()
    assert (need.title, need.ending, need.written_by) == ("Tabourets", "found", cast.denis)


@pytest.mark.parametrize("who", ["hugo", "bruno", None])
def test_whoever_is_not_of_the_group_is_told_not_found(cast, who):
    need = make_need(make_project(cast.valence))
    browser = cast.client(who)

    for path in (f"{LIST}of/{need.project.public_id}/new/", at(need, "wording/")):
        assert browser.get(path).status_code == 404


def test_a_need_asks_for_no_less_than_is_promised(cast):
    need = make_need(make_project(cast.valence), held=8)

    page = cast.client("aicha").post(at(need, "wording/"), saying(quantity="7"))

    assert page.status_code == 422
    assert "8 sont déjà promis" in page.content.decode()


def test_names_of_those_who_promise_are_for_the_group_and_the_hosts(cast, stranger):
    need = make_need(make_project(cast.valence))
    join(need.project, cast.denis)
    Client().post(at(need, "bring/"), bring(first_name="Zoé"))

    assert "Zoé" in cast.client("denis").get(at(need)).content.decode()
    assert "Zoé" in cast.client("aicha").get(at(need)).content.decode()
    assert "Zoé" not in cast.client("hugo").get(at(need)).content.decode()
    assert "Zoé" not in stranger.get(at(need)).content.decode()


def test_the_project_page_shows_what_it_needs(cast, stranger):
    need = make_need(make_project(cast.valence))

    page = stranger.get(f"/valence/projects/{need.project.public_id}/").content.decode()

    assert "Chaises pliantes" in page
    assert at(need, "bring/") in page


def test_the_need_of_a_sheet_being_written_does_not_exist_for_others(cast, stranger):
    need = make_need(make_project(cast.valence, published_at=None))

    assert cast.client("aicha").get(at(need)).status_code == 200
    assert stranger.get(at(need)).status_code == 404


def test_the_list_costs_as_much_for_thirty_needs_as_for_one(cast, stranger):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as spent:
            page = cast.client("hugo").get(f"{LIST}?show=all").content.decode()
        assert "Chaises" in page
        return len(spent)

    make_need(make_project(cast.valence))
    one = queries()
    for n in range(29):
        make_need(make_project(cast.valence, f"Projet {n}"), kind="skill")

    assert queries() == one


def test_a_need_tells_what_its_project_is_and_what_else_it_looks_for(cast, stranger):
    project = make_project(cast.valence, "Fournil", summary="Un four pour trois villages.")
    need = make_need(project, place="Hostun", condition="Rendues propres")
    make_need(project, "Un four d’occasion", quantity=1, unit="")
    make_need(project, "Trouvé déjà", ending="found")
    make_need(make_project(cast.valence, "Vélos"), "Des pneus")

    page = stranger.get(at(need)).content.decode()

    assert "Un four pour trois villages." in page
    assert "dots__now" in page
    assert "<dd>Hostun</dd>" in page
    assert "<dd>Rendues propres</dd>" in page
    assert "Un four d’occasion" in page
    assert "Trouvé déjà" not in page
    assert "Des pneus" not in page


@pytest.mark.usefixtures("made_anew")
def test_a_need_costs_the_same_whatever_else_its_project_looks_for(cast, stranger):
    project = make_project(cast.valence)
    need = make_need(project)
    make_need(project, "Une table")
    with CaptureQueriesContext(connection) as few:
        stranger.get(at(need))
    for number in range(9):
        make_need(project, f"Besoin {number}")

    with CaptureQueriesContext(connection) as many:
        page = stranger.get(at(need)).content.decode()

    assert len(many) == len(few)
    assert page.count("Besoin ") == 4
