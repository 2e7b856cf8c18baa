"""Funders: what they would support, seen as far as they chose, paused or gone by one click."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essor.exchanges.models import Introduction
from essor.kit.models import Allowance, Mail
from essor.ledger.models import Entry
from essor.people.erasure import erase_person
from essor.projects.models import Project
from essor.support.actions.funders import (
    HasLeft,
    Interests,
    Newcomer,
    NoForm,
    confirm_funder,
    leave_funders,
    pause_funder,
    reword_interests,
    say_interests,
)
from essor.support.fitting import Candidate, Facet, Wish, fits
from essor.support.models import Funder
from essor.support.queries.funders import listed, matches_for, matches_of
from essor.territories.models import Theme
from tests.cast import (
    NOW,
    TODAY,
    make_funder,
    make_leader,
    make_line,
    make_need,
    make_project,
    make_room,
    person,
)

HERE = "/valence/support/funders/"
LISE = Newcomer("Lise", "lise@example.org", "Roche", "Fonds du lac")


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def said(*forms: str, **fields) -> Interests:
    return Interests(forms=forms or ("loan",), **fields)


def say(cast, who=LISE, interests=None, at=NOW) -> Funder:
    return say_interests(territory=cast.valence, who=who, said=interests or said(), by=None, at=at)


def words(matches) -> list[str]:
    return [reason for each in matches for reason in each.reasons]


@pytest.mark.usefixtures("on_that_day")
def test_somebody_without_account_is_found_only_once_the_address_is_proved(cast):
    funder = say(cast)
    assert list(listed(cast.valence, "ready", TODAY)) == []
    assert list(listed(cast.valence, "waiting", TODAY)) == [funder]
    letter = Mail.objects.get(address="lise@example.org").text
    token = next(word for word in letter.split() if "/l/" in word).split("/l/")[1].strip("/")

    browser = Client()
    browser.get(f"/l/{token}/")  # a scanner that fetches the address proves nothing
    assert list(listed(cast.valence, "ready", TODAY)) == []
    answer = browser.post(f"/l/{token}/", act())

    assert answer.url == f"{HERE}{funder.public_id}/"
    assert browser.get(answer.url).status_code == 200
    assert list(listed(cast.valence, "ready", TODAY)) == [funder]
    confirm_funder(funder=funder, by=None, at=NOW)
    assert Entry.objects.filter(verb="funder_confirmed").count() == 1


def test_a_signed_in_person_is_found_at_once(cast):
    assert list(listed(cast.valence, "ready", TODAY)) == []
    funder = say(cast, cast.denis)
    assert list(listed(cast.valence, "ready", TODAY)) == [funder]
    assert say(cast, cast.denis, said("gift")) == funder
    assert Funder.objects.get().forms == ["loan"]


def test_a_known_address_changes_nothing_and_gets_the_link_to_its_own_page(cast):
    funder = say(cast)

    later = NOW + timedelta(minutes=1)
    again = say(
        cast, Newcomer("Un autre", "LISE@example.org"), said("gift", showing="named"), later
    )

    again.refresh_from_db()
    assert (again, again.forms, again.showing) == (funder, ["loan"], "hosts")
    assert Mail.objects.filter(address="lise@example.org").count() == 2
    elsewhere = say_interests(territory=cast.jura, who=LISE, said=said(), by=None, at=NOW)
    assert elsewhere != funder


def test_what_is_said_is_kept_in_order_and_changed_once(cast):
    theme = Theme.objects.order_by("id")[0]
    funder = say(cast, cast.denis)

    for _ in range(2):
        reword_interests(
            funder=funder, by=None, at=NOW,
            said=said("skills", "gift", themes=(theme,), communes=" Romans ,, Die", stages=("landing", "x")),
        )  # fmt: skip

    funder.refresh_from_db()
    assert (funder.forms, funder.stages) == (["gift", "skills"], ["landing"])
    assert (funder.communes, list(funder.themes.all())) == ("Romans, Die", [theme])
    assert Entry.objects.filter(verb="interests_reworded").count() == 1
    with pytest.raises(NoForm):
        reword_interests(funder=funder, said=said("crypto"), by=None, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Funder.objects.update(least=5, most=4)


def test_who_pauses_is_suggested_to_nobody_until_they_go_on(cast):
    funder = make_funder(cast.valence, cast.denis)

    for _ in range(2):
        pause_funder(funder=funder, pausing=True, by=None, at=NOW)
    assert list(listed(cast.valence, "paused", TODAY)) == [funder]
    pause_funder(funder=funder, pausing=False, by=None, at=NOW)

    assert list(listed(cast.valence, "ready", TODAY)) == [funder]
    assert Entry.objects.filter(verb="funder_paused").count() == 1


def test_who_left_is_gone_and_may_come_back(cast):
    funder = make_funder(cast.valence, cast.denis)
    for _ in range(2):
        leave_funders(funder=funder, by=None, at=NOW)

    assert Entry.objects.filter(verb="funder_left").count() == 1
    assert cast.client("denis").get(f"{HERE}{funder.public_id}/").status_code == 404
    for act_of in (pause_funder, reword_interests):
        more = {"pausing": True} if act_of is pause_funder else {"said": said()}
        with pytest.raises(HasLeft):
            act_of(funder=funder, by=None, at=NOW, **more)
    confirm_funder(funder=funder, by=None, at=NOW)
    assert say(cast, cast.denis) != funder


def test_interests_end_with_their_day(cast):
    funder = make_funder(cast.valence, cast.denis, until=TODAY)

    assert list(listed(cast.valence, "ready", TODAY)) == [funder]
    assert list(listed(cast.valence, "ready", TODAY + timedelta(days=1))) == []


@pytest.mark.parametrize(
    ("wish", "candidate", "facets"),
    [
        (Wish(), Candidate(), []),
        (Wish(themes=frozenset("ab")), Candidate(themes=frozenset("bc")), [Facet.THEME]),
        (Wish(themes=frozenset("a")), Candidate(themes=frozenset("b"), forms=frozenset("l")), []),
        (Wish(stages=frozenset("s")), Candidate(stage="s"), [Facet.STAGE]),
        (Wish(themes=frozenset("a"), stages=frozenset("s")), Candidate(themes=frozenset("a"), stage="t"), []),
        (Wish(forms=frozenset(["loan"])), Candidate(forms=frozenset(["loan"])), [Facet.FORM]),
        (Wish(communes=frozenset(["die"])), Candidate(places=("place de la mairie die",)), [Facet.PLACE]),
        (Wish(communes=frozenset(["die"])), Candidate(places=("saint dizier",)), []),
        (Wish(least=5, most=9), Candidate(left=7), [Facet.AMOUNT]),
        (Wish(least=5), Candidate(themes=frozenset("a"), left=4), []),
        (Wish(themes=frozenset("a"), most=9), Candidate(themes=frozenset("a"), left=0), []),
        (Wish(themes=frozenset("a"), least=5), Candidate(themes=frozenset("a"), left=None), [Facet.THEME]),
    ],
)  # fmt: skip
def test_what_fits_and_why(wish, candidate, facets):
    assert [each.facet for each in fits(wish, candidate)] == facets


def test_each_suggestion_says_its_reasons_and_the_best_comes_first(cast):
    theme = Theme.objects.order_by("id")[0]
    plain, best = make_project(cast.valence, "Vélos"), make_project(cast.valence, "Fournil")
    make_need(plain, "Un prêt", kind="money", place="Romans-sur-Isère")
    make_need(best, "Un prêt", kind="money", place="Die")
    best.themes.add(theme)
    for hidden in ({"published_at": None}, {"condition": "asleep"}):
        make_need(make_project(cast.valence, "Caché", **hidden), "Un prêt", kind="money")
    make_need(make_project(cast.jura, "Ailleurs"), "Un prêt", kind="money")
    funder = make_funder(cast.valence, cast.denis, themes=[theme], communes="Die, Crest")

    found = matches_of([funder], cast.valence, inside=False)[funder.pk]

    assert [each.project for each in found] == [best, plain]
    assert found[0].reasons == [
        f"même thème\xa0: {theme.name}", "cherche ce qui est offert\xa0: un prêt",
        "dans un lieu nommé\xa0: Die",
    ]  # fmt: skip


def test_a_project_s_own_place_is_a_reason_too(cast):
    here = make_project(cast.valence, "Fournil", place="Vallée de Quint, Die")
    make_project(cast.valence, "Vélos", place="Saint-Dizier")
    funder = make_funder(cast.valence, cast.denis, forms=["gift"], communes="Die")

    (found,) = matches_of([funder], cast.valence, inside=False)[funder.pk]

    assert (found.project, found.reasons) == (here, ["dans un lieu nommé\xa0: Die"])


def test_amounts_are_known_inside_and_to_funders_only_where_everybody_sees_them(cast):
    project = make_project(cast.valence)
    room = make_room(project)
    make_line(room, needed=10_000, found=2_000)
    funder = make_funder(cast.valence, cast.denis, least=1_000, most=9_000)

    def reasons(inside: bool) -> list[str]:
        return words(matches_of([funder], cast.valence, inside=inside)[funder.pk])

    assert "ce qui manque est à sa portée" in reasons(True)
    assert reasons(False) == []
    type(room).objects.update(sum_shown="share")
    assert "ce qui manque est à sa portée" in reasons(False)


def test_a_project_sees_what_each_funder_agreed_to_and_no_more(cast):
    project = make_project(cast.valence)
    make_leader(project, cast.denis)
    make_line(make_room(project))
    shown = {"least": 1_000, "most": 9_000, "forms": ["loan"]}
    make_funder(cast.valence, person("Hortense"), showing="hosts", **shown)
    make_funder(cast.valence, person("Ulysse"), showing="unnamed", **shown)
    make_funder(cast.valence, person("Nadia"), showing="named", shows_amounts=True, **shown)
    make_funder(cast.valence, person("Paul"), showing="named", paused_at=NOW, **shown)
    make_funder(cast.valence, person("Marc"), showing="named", confirmed_at=None, **shown)

    page = cast.client("denis").get(f"/valence/support/projects/{project.public_id}/funders/")

    told = page.content.decode()
    assert "Nadia" in told
    assert "Quelqu’un du territoire" in told
    for hidden in ("Hortense", "Ulysse", "Paul", "Marc"):
        assert hidden not in told
    assert told.count("9\u202f000\xa0€") == 1
    unnamed, _named = sorted(
        matches_for(project, TODAY), key=lambda each: each.funder.showing != "unnamed"
    )
    assert "ce qui manque est à sa portée" not in unnamed.reasons


def test_the_introduction_needs_the_yes_of_both_and_hides_the_name(cast):
    project = make_project(cast.valence)
    make_leader(project, cast.denis)
    funder = make_funder(
        cast.valence, person("Ulysse", email="ulysse@example.org"), showing="unnamed"
    )
    browser = cast.client("denis")
    form = reverse("introductions:of_project", args=["valence", project.public_id])

    shown = browser.get(f"{form}?funder={funder.public_id}")
    assert shown.status_code == 200
    assert "Ulysse" not in shown.content.decode()
    answer = browser.post(
        f"{form}?funder={funder.public_id}",
        act(first=cast.denis.public_id, why="Il prête à des fournils"),
    )

    assert answer.status_code == 302
    made = Introduction.objects.get()
    assert {each.person for each in made.sides.all()} == {cast.denis, funder.person}
    assert made.ending == ""
    assert "Ulysse" not in browser.get(answer.url).content.decode()
    assert Mail.objects.filter(address="ulysse@example.org").count() == 1


def test_hosts_see_whom_a_funder_was_put_in_touch_with(cast):
    project, other = make_project(cast.valence, "Fournil"), make_project(cast.valence, "Vélos")
    for each in (project, other):
        make_need(each, "Un prêt", kind="money")
        make_leader(each, cast.denis)
    nadia, paul = (
        make_funder(cast.valence, person(name, email=f"{name}@example.org"), forms=["loan"])
        for name in ("nadia", "paul")
    )
    host = cast.client("aicha")
    form = reverse("introductions:of_project", args=["valence", project.public_id])
    ask = f"{form}?funder={nadia.public_id}"

    answer = host.post(ask, act(first=cast.denis.public_id, why="Elle prête à des fournils"))

    made = Introduction.objects.get()
    assert answer.status_code == 302
    assert made.above == f"funder:{nadia.public_id}"
    page = host.get(f"{HERE}{nadia.public_id}/").content.decode()
    assert f"/valence/introductions/{made.public_id}/" in page
    assert ask not in page, "they are asked already"
    again = reverse("introductions:of_project", args=["valence", other.public_id])
    assert f"{again}?funder={nadia.public_id}" in page
    assert f"{form}?funder={paul.public_id}" in host.get(HERE).content.decode()


def test_nobody_is_introduced_to_a_funder_who_is_hidden_paused_or_elsewhere(cast):
    project = make_project(cast.valence)
    make_leader(project, cast.denis)
    form = reverse("introductions:of_project", args=["valence", project.public_id])
    hidden = make_funder(cast.valence, person("A", email="a@example.org"))
    paused = make_funder(
        cast.valence, person("B", email="b@example.org"), showing="named", paused_at=NOW
    )
    away = make_funder(cast.jura, person("C", email="c@example.org"), showing="named")

    for funder in (hidden, paused, away):
        assert cast.client("denis").get(f"{form}?funder={funder.public_id}").status_code == 404
    assert cast.client("aicha").get(f"{form}?funder={hidden.public_id}").status_code == 200
    assert cast.client("aicha").get(f"{form}?funder={away.public_id}").status_code == 404


FORM = {
    "ways": ["loan", "skills"], "about": "", "least": "1 000", "most": "20 000", "communes": "",
    "until": "", "showing": "unnamed", "first_name": "Lise", "last_name": "Roche",
    "organisation": "", "email": "lise@example.org",
}  # fmt: skip


def test_anybody_says_it_from_the_public_page_once(cast):
    form = act(**FORM)

    answers = [Client().post(f"{HERE}new/", form) for _ in range(2)]

    assert [each.status_code for each in answers] == [302, 302]
    funder = Funder.objects.get()
    assert (funder.forms, funder.least, funder.most) == (["loan", "skills"], 1_000, 20_000)
    assert (funder.showing, funder.confirmed_at) == ("unnamed", None)
    assert Mail.objects.filter(address="lise@example.org").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ways": []}, "ways"),
        ({"ways": ["crypto"]}, "ways"),
        ({"least": "30 000"}, "most"),
        ({"most": "beaucoup"}, "most"),
        ({"until": "2020-01-01"}, "until"),
        ({"email": "lise"}, "email"),
        ({"first_name": ""}, "first_name"),
        ({"showing": ""}, "showing"),
        ({"about": "https://evil.example"}, "about"),
    ],
)
def test_wrong_input_comes_back_at_its_field(cast, wrong, field):
    answer = Client().post(f"{HERE}new/", act(**{**FORM, **wrong}))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert 'value="Roche"' in answer.content.decode()
    assert not Funder.objects.exists()


def test_an_address_is_not_flooded(cast):
    answers = [Client().post(f"{HERE}new/", act(**FORM)).status_code for _ in range(4)]

    assert answers == [302, 302, 302, 422]
    assert Mail.objects.filter(address="lise@example.org").count() == 3
    assert not Allowance.objects.filter(key__contains="lise").exists(), "counted, not kept"


def test_pausing_and_leaving_are_one_click_and_theirs(cast):
    funder = make_funder(cast.valence, cast.denis)
    page = f"{HERE}{funder.public_id}/"
    for name in (None, "farid", "hugo", "bruno"):
        for path in ("", "pause/", "departure/", "interests/"):
            assert cast.client(name).post(page + path, act()).status_code == 404
    assert cast.client("aicha").post(page + "pause/", act(pause="yes")).status_code == 404
    browser = cast.client("denis")

    browser.post(page + "pause/", act(pause="yes"))
    assert Funder.objects.get().paused_at
    assert "En pause" in browser.get(page).content.decode()
    browser.post(page + "pause/", act(pause="no"))
    browser.post(page + "interests/", act(**{**FORM, "about": "Les fours"}))
    assert Funder.objects.get().about == "Les fours"
    browser.post(page + "departure/", act())

    assert Funder.objects.get().left_at
    assert browser.get(page).status_code == 404


def test_erased_nothing_of_a_funder_remains(cast):
    make_funder(cast.valence, cast.denis, about="J’ai vendu ma boulangerie")

    erase_person(person=cast.denis, by=None, at=NOW)

    assert not Funder.objects.exists()


def test_the_list_costs_the_same_however_many_funders_and_projects(cast):
    theme = Theme.objects.order_by("id")[0]
    browser = cast.client("aicha")

    def fill(n: int) -> None:
        for i in range(n):
            project = make_project(cast.valence, f"Projet {i}")
            project.themes.add(theme)
            make_need(project, "Un prêt", kind="money")
            make_line(make_room(project))
            make_funder(cast.valence, person(f"F{i}"), themes=[theme])

    def queries(page: str) -> int:
        browser.get(page)
        with CaptureQueriesContext(connection) as counted:
            assert browser.get(page).status_code == 200
        return len(counted)

    fill(2)
    pages = [HERE, f"/valence/support/projects/{Project.objects.all()[0].public_id}/funders/"]
    few = [queries(page) for page in pages]
    fill(8)
    assert [queries(page) for page in pages] == few
    assert max(few) <= 14


def test_the_desk_counts_those_to_think_of_and_my_space_leads_to_my_page(cast):
    desk = cast.client("aicha")
    assert "support/funders/" not in desk.get("/valence/desk/").content.decode()
    mine = make_funder(cast.valence, cast.denis)
    make_funder(cast.valence, person("Paul"), paused_at=NOW)

    assert "1 personne soutiendrait un projet" in desk.get("/valence/desk/").content.decode()
    page = cast.client("denis").get("/me/").content.decode()
    assert f"{HERE}{mine.public_id}/" in page
    leave_funders(funder=mine, by=None, at=NOW)
    assert f"{HERE}{mine.public_id}/" not in cast.client("denis").get("/me/").content.decode()


def test_projects_known_from_public_sources_alone_are_suggested_to_nobody(cast):
    known = make_project(cast.valence, "Ailleurs", sut_link="born_at_event")
    make_need(known, "Un prêt", kind="money")
    funder = make_funder(cast.valence, cast.denis)

    assert matches_of([funder], cast.valence, inside=True)[funder.pk] == []
    Project.objects.filter(pk=known.pk).update(stage="group")
    assert len(matches_of([funder], cast.valence, inside=True)[funder.pk]) == 1
