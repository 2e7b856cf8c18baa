"""Choosing a project among thousands: by words of its title, without a script."""

import uuid

import pytest

from essor.projects.forms.finding import FEW, MOST
from essor.projects.models import Project
from tests.cast import NOW, make_project

HARVEST = "Récolte d’été"


def act() -> dict[str, str]:
    return {"act": uuid.uuid4().hex}


def many(territory, title="Verger numéro {}", count=FEW + 10) -> list[Project]:
    return Project.objects.bulk_create(
        Project(territory=territory, title=title.format(n), published_at=NOW, created_at=NOW)
        for n in range(count)
    )


@pytest.fixture
def joining(cast):
    """Posts the merger of a project, among many, with these fields."""
    project = make_project(cast.valence, "La nôtre")
    many(cast.valence)
    client, address = cast.client("aicha"), f"/valence/projects/{project.public_id}/stage/"

    def post(**fields: str):
        answer = client.post(
            address, {"move": "sheet:merged", "why": "Même idée", **fields, **act()}
        )
        project.refresh_from_db()
        return answer, project.merged_into

    post.look = lambda: client.get(address).content
    return post


def test_the_page_weighs_the_same_with_fifty_and_five_hundred(cast, joining):
    fifty = joining.look()
    many(cast.valence, "Jardin numéro {}", 450)
    five_hundred = joining.look()

    assert abs(len(five_hundred) - len(fifty)) < 10
    assert b'name="into_words"' in fifty
    assert b"Verger" not in fifty


def test_few_projects_stand_in_a_list(cast):
    project, other = make_project(cast.valence), make_project(cast.valence, "Eau")
    page = cast.client("aicha").get(f"/valence/projects/{project.public_id}/stage/")

    assert f'<option value="{other.pk}">Eau</option>' in page.content.decode()


@pytest.mark.parametrize(
    "words", [HARVEST, "recolte d'ete", "  RÉCOLTE  ", "https://example.org/valence/projects/{}/"]
)
def test_words_that_fit_one_project_choose_it(cast, joining, words):
    harvest = make_project(cast.valence, HARVEST)

    answer, joined = joining(into_words=words.format(harvest.public_id))

    assert answer.status_code == 302
    assert joined == harvest


def test_the_very_title_chooses_though_longer_ones_hold_it_too(cast, joining):
    orchard = make_project(cast.valence, "Verger")

    _answer, joined = joining(into_words="verger")

    assert joined == orchard


def test_words_that_fit_several_come_back_with_them_to_choose_from(cast, joining):
    _, other = (make_project(cast.valence, f"{HARVEST} {n}") for n in (1, 2))

    answer, joined = joining(into_words="récolte")
    page = answer.content.decode()

    assert (answer.status_code, joined) == (422, None)
    assert "Plusieurs projets conviennent" in page
    assert page.count('name="into" value=') == 2
    assert 'value="récolte"' in page, "what was typed stays"
    assert "Même idée" in page
    _, joined = joining(into_words="récolte", into_sought="récolte", into=str(other.pk))
    assert joined == other


def test_words_typed_anew_count_more_than_what_was_ticked_before(cast, joining):
    first, second = make_project(cast.valence, HARVEST), make_project(cast.valence, "Moulin")

    _, joined = joining(into_words="moulin", into_sought="récolte", into=str(first.pk))

    assert joined == second


def test_no_more_than_a_dozen_are_offered(joining):
    answer, joined = joining(into_words="verger")

    assert answer.content.decode().count('name="into" value=') == MOST
    assert joined is None


@pytest.mark.parametrize(
    "words", ["", "  ", "introuvable", "…", "/projects/nowhere1234/", "é" * 300]
)
def test_words_that_fit_nothing_say_so_at_the_field(joining, words):
    answer, joined = joining(into_words=words)

    assert (answer.status_code, joined) == (422, None)
    assert 'id="id_into_error"' in answer.content.decode()


def test_a_project_of_another_territory_or_no_longer_offered_is_not_found(cast, joining):
    abroad = make_project(cast.jura, HARVEST)

    for fields in ({"into_words": HARVEST}, {"into": str(abroad.pk)}):
        answer, joined = joining(**fields)
        assert (answer.status_code, joined) == (422, None)
