"""The print page and its PDFs, before a plan and after one is published."""

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essor.evenings.models import Evening, Registration, Seat, Table
from essor.evenings.printing import render
from essor.evenings.queries.prints import badges_of, listed_people, table_pages
from essor.evenings.views.prints import PRINTS
from tests.cast import Cast, make_evening, make_registration, sphere


@pytest.fixture
def evening(cast: Cast) -> Evening:
    return make_evening(cast.valence, tables=3)


def come(evening: Evening, first: str, last: str = "", code: str = "citizen", **fields):
    registration = make_registration(evening, first, sphere=sphere(code), **fields)
    registration.person.last_name = last
    registration.person.save()
    return registration


def seat(evening: Evening, *tables: list[Registration]) -> None:
    """A published plan: the people of each table, in one round."""
    challenges = list(evening.challenges.order_by("short"))
    for number, people in enumerate(tables, start=1):
        table = Table.objects.create(evening=evening, number=number, phone_code=f"CODE{number}")
        table.challenges.set([challenges[number - 1]])
        Seat.objects.bulk_create(Seat(table=table, registration=each) for each in people)


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    words = []
    for page in document:
        text = page.get_textpage()
        words.append(text.get_text_bounded())
        text.close()
        page.close()
    document.close()
    return " ".join(" ".join(words).split())


def pdf(cast: Cast, evening: Evening, kind: str, who: str = "aicha"):
    url = reverse("evenings:print_file", args=["valence", evening.public_id, kind])
    return cast.client(who).get(url)


def page(cast: Cast, evening: Evening) -> str:
    url = reverse("evenings:prints", args=["valence", evening.public_id])
    return cast.client("aicha").get(url).content.decode()


def test_badges_before_a_plan_have_no_table(cast, evening):
    come(evening, "Inès", "Martin", "finance")
    (badge,) = badges_of(evening)
    assert (badge.first_name, badge.last_name, badge.table) == ("Inès", "Martin", "")
    assert badge.sphere.letter == sphere("finance").letter


def test_badges_after_a_plan_have_table_challenge_and_the_spheres_around_it(cast, evening):
    ines, ali = come(evening, "Inès", "Martin"), come(evening, "Ali", "Roy", "finance")
    seat(evening, [ines, ali])
    badge = badges_of(evening)[0]
    assert (badge.table, badge.challenge) == ("1", "Défi 1")
    assert badge.seats == (sphere("citizen").colour, sphere("finance").colour, "")


def test_badges_name_the_tables_of_later_rounds(cast, evening):
    ines = come(evening, "Inès")
    seat(evening, [ines], [])
    Seat.objects.create(table=evening.tables.get(number=2), registration=ines, round=2)
    assert badges_of(evening)[0].later == ("puis table 2",)


def test_badges_are_in_the_order_of_last_names_with_a_nameless_one_for_each_child(cast, evening):
    come(evening, "Zoé", "Abadie", children=1)
    come(evening, "Ali", "Roy")
    come(evening, "Parti", "Avant", state=Registration.State.CANCELLED)
    names = [(badge.first_name, badge.organisation) for badge in badges_of(evening)]
    assert names == [("Zoé", ""), ("Invité·e", "avec Zoé Abadie"), ("Ali", "")]


def test_qr_of_a_badge_names_the_evening_and_the_ticket_not_the_person(cast, evening, settings):
    registration = come(evening, "Inès", "Martin")
    address = badges_of(evening)[0].address
    assert address.startswith(settings.SITE_URL)
    assert evening.public_id in address
    assert registration.code in address
    assert registration.person.public_id not in address


def test_tables_before_a_plan_are_those_of_the_room(cast, evening):
    assert [(page.number, page.people, page.address) for page in table_pages(evening)] == [
        ("1", (), ""), ("2", (), ""), ("3", (), ""),
    ]  # fmt: skip


def test_tables_after_a_plan_have_people_challenge_code_and_address(cast, evening):
    ines = come(evening, "Inès", "Martin", facilitator=True)
    seat(evening, [ines])
    (page,) = table_pages(evening)
    assert [(p.name, p.facilitator) for p in page.people] == [("Inès Martin", True)]
    assert (page.challenges[0][0], page.code) == ("Défi 1", "CODE1")
    assert evening.tables.get().public_id in page.address


def test_who_cancelled_after_the_plan_is_on_no_list(cast, evening):
    ines, ali = come(evening, "Inès"), come(evening, "Ali")
    seat(evening, [ines, ali])
    ali.state = Registration.State.CANCELLED
    ali.save()
    assert [person.first_name for person in listed_people(evening)] == ["Inès"]
    assert [person.first_name for person in table_pages(evening)[0].people] == ["Inès"]


@pytest.mark.parametrize("kind", [each.kind for each in PRINTS])
def test_everything_is_printed_before_and_after_a_plan(cast, evening, kind):
    people = [come(evening, f"P{n}", "Roy") for n in range(4)]
    before = pdf(cast, evening, kind)
    seat(evening, people[:2], people[2:])
    after = pdf(cast, evening, kind)
    for answer in (before, after):
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF")
        assert answer["Content-Type"] == "application/pdf"
    assert before.content != after.content


def test_paper_speaks_the_language_of_the_territory(cast, evening):
    assert "Notre rêve" in text_of(pdf(cast, evening, "sheets").content)
    cast.valence.language = "en"
    cast.valence.save()
    assert "Our dream" in text_of(pdf(cast, evening, "sheets").content)


def test_list_by_name_shows_who_comes_and_where_they_sit(cast, evening):
    seat(evening, [], [come(evening, "Inès", "O’Brien")])
    text = text_of(pdf(cast, evening, "names").content)
    assert "O’Brien, Inès" in text
    assert "2" in text


def test_codes_of_the_phones_are_on_the_list_of_facilitators_alone(cast, evening):
    seat(evening, [come(evening, "Inès", facilitator=True)])
    for each in PRINTS:
        text = text_of(pdf(cast, evening, each.kind).content).replace(" ", "")
        assert ("CODE1" in text) is (each.kind == "facilitators"), each.kind


def test_server_without_fonts_says_so_on_the_page(cast, evening, tmp_path, monkeypatch):
    come(evening, "Inès")
    monkeypatch.setattr(render, "FONTS", tmp_path)
    answer = pdf(cast, evening, "badges")
    assert answer.status_code == 302
    assert answer.url == reverse("evenings:prints", args=["valence", evening.public_id])


def test_unknown_print_is_not_found(cast, evening):
    assert pdf(cast, evening, "posters").status_code == 404


@pytest.mark.parametrize("who", ["bruno", "chloe", "denis", "hugo"])
def test_only_hosts_print(cast, evening, who):
    assert pdf(cast, evening, "facilitators", who).status_code == 404


def test_page_says_what_waits_for_people_and_for_a_plan(cast, evening):
    empty = page(cast, evening)
    assert "personne n’est encore inscrit" in empty
    assert "quand le plan sera publié" in empty
    seat(evening, [come(evening, "Inès")])
    full = page(cast, evening)
    assert "quand le plan sera publié" not in full
    assert full.count(".pdf") == len(PRINTS)


def test_page_names_the_people_whose_letters_cannot_be_drawn(cast, evening):
    come(evening, "王小明")
    come(evening, "محمد")
    shown = page(cast, evening)
    assert "王小明" in shown
    assert "محمد" not in shown


@pytest.mark.parametrize("read", [badges_of, table_pages, listed_people])
def test_number_of_queries_is_the_same_for_two_and_for_forty_people(cast, evening, read):
    counts = []
    for people in (2, 38):
        Table.objects.all().delete()
        everybody = [come(evening, f"P{n}") for n in range(people)]
        seat(evening, everybody[::2], everybody[1::2])
        with CaptureQueriesContext(connection) as queries:
            read(Evening.objects.select_related("territory").get())
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 7
