"""Cohorts: preparing one, projects in and out, what strangers and hosts see."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from essor.ledger.models import Entry
from essor.projects.models import Project
from essor.support.actions.cohorts import (
    AlreadyIn,
    CohortWords,
    EndsBeforeItStarts,
    NoReason,
    NotIn,
    NotPublished,
    prepare_cohort,
    reword_cohort,
    take_in,
    take_out,
)
from essor.support.models import Cohort, CohortPlace
from essor.territories.models import Theme
from tests.cast import NOW, make_cohort, make_project

SPRING, WINTER = date(2027, 3, 15), date(2027, 12, 15)


def words(**fields) -> CohortWords:
    return CohortWords(
        **{"name": "Promotion 2027", "starts_on": SPRING, "ends_on": WINTER, **fields}
    )


def act(**fields) -> dict[str, str]:
    return {"act": uuid.uuid4().hex, **fields}


def join(cohort: Cohort, project: Project, **fields) -> CohortPlace:
    fields = {"why": "Il lui faut neuf mois", "by": None, "at": NOW, **fields}
    return take_in(cohort=cohort, project=project, **fields)


def test_a_cohort_is_prepared_with_its_dates_themes_and_ledger_line(cast):
    food = Theme.objects.filter(territory=None)[0]

    cohort = prepare_cohort(
        territory=cast.valence, words=words(themes=[food], takeoff_on=WINTER), by=cast.aicha, at=NOW
    )

    assert list(cohort.themes.all()) == [food]
    assert (cohort.open_track, cohort.takeoff_on) == (True, WINTER)
    line = Entry.objects.get(verb="cohort_prepared")
    assert (line.by, line.audience) == (cast.aicha.public_id, "public")


def test_a_cohort_that_ends_before_it_starts_is_refused_also_by_the_database(cast):
    backwards = words(starts_on=WINTER, ends_on=SPRING)
    with pytest.raises(EndsBeforeItStarts):
        prepare_cohort(territory=cast.valence, words=backwards, by=None, at=NOW)
    cohort = make_cohort(cast.valence)
    with pytest.raises(EndsBeforeItStarts):
        reword_cohort(cohort=cohort, words=backwards, by=None, at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_cohort(cast.valence, starts_on=WINTER, ends_on=SPRING)


def test_the_same_words_again_change_nothing(cast):
    food = Theme.objects.filter(territory=None)[0]
    same = words(themes=[food])
    cohort = prepare_cohort(territory=cast.valence, words=same, by=None, at=NOW)

    reword_cohort(cohort=cohort, words=same, by=None, at=NOW)
    assert not Entry.objects.filter(verb="cohort_reworded").exists()
    reword_cohort(cohort=cohort, words=words(themes=[]), by=None, at=NOW)

    assert Entry.objects.filter(verb="cohort_reworded").count() == 1
    assert not cohort.themes.exists()


def test_taking_in_and_out_keeps_who_when_why(cast):
    cohort, project = make_cohort(cast.valence), make_project(cast.valence)

    join(cohort, project, why=" Mûr ", by=cast.aicha)
    place = take_out(
        cohort=cohort, project=project, why="Ils ont déménagé", by=cast.bruno,
        at=NOW + timedelta(days=40),
    )  # fmt: skip

    assert (place.why, place.taken_in_by, place.since) == ("Mûr", cast.aicha, NOW)
    assert (place.why_out, place.taken_out_by) == ("Ils ont déménagé", cast.bruno)
    verbs = Entry.objects.filter(of_id=cohort.public_id).order_by("id")
    assert [line.verb for line in verbs] == ["cohort_joined", "cohort_left"]
    assert {line.part_of for line in verbs} == {project.public_id}


def test_a_project_that_left_may_come_back_and_both_stays_are_kept(cast):
    cohort, project = make_cohort(cast.valence), make_project(cast.valence)
    join(cohort, project)
    take_out(cohort=cohort, project=project, why="Pause", by=None, at=NOW)

    join(cohort, project, why="De retour")

    assert [place.why for place in cohort.places.all()] == ["Il lui faut neuf mois", "De retour"]


def test_each_refusal_of_taking_in_and_out(cast):
    cohort, project = make_cohort(cast.valence), make_project(cast.valence)
    with pytest.raises(NoReason):
        join(cohort, project, why="  ")
    with pytest.raises(NotPublished):
        join(cohort, make_project(cast.valence, "Feuille", published_at=None))
    with pytest.raises(NotPublished):
        join(cohort, make_project(cast.jura, "Ailleurs"))
    with pytest.raises(NotIn):
        take_out(cohort=cohort, project=project, why="x", by=None, at=NOW)
    join(cohort, project)
    with pytest.raises(AlreadyIn):
        join(cohort, project)
    with pytest.raises(NoReason):
        take_out(cohort=cohort, project=project, why=" ", by=None, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        CohortPlace.objects.create(cohort=cohort, project=project, since=NOW, why="x")


def test_a_host_prepares_a_cohort_and_takes_a_project_in_from_the_pages(cast):
    project, aicha = make_project(cast.valence, "La recyclerie"), cast.client("aicha")

    page = aicha.post(
        "/valence/support/cohorts/new/",
        act(name="Promotion 2027", starts_on="2027-03-15", ends_on="2027-12-15",
            takeoff_on="2027-12-10", takeoff_place="Théâtre de Romans", open_track="on"),
        follow=True,
    )  # fmt: skip
    here = page.redirect_chain[-1][0]
    assert "Théâtre de Romans" in page.content.decode()
    aicha.post(f"{here}projects/", act(project=str(project.pk), why="Un local est trouvé"))

    assert "Un local est trouvé" in aicha.get(here).content.decode()
    public = cast.client(None).get(here).content.decode()
    assert "La recyclerie" in public
    assert "Un local est trouvé" not in public


def test_wrong_days_are_said_at_their_field_and_nothing_is_lost(cast):
    page = cast.client("aicha").post(
        "/valence/support/cohorts/new/",
        act(name="Promotion 2027", starts_on="2027-12-15", ends_on="2027-03-15",
            takeoff_on="2027-01-01"),
    )  # fmt: skip

    html = page.content.decode()
    assert page.status_code == 422
    assert "Elle finit avant de commencer" in html
    assert "décollent après avoir commencé" in html
    assert 'value="Promotion 2027"' in html
    assert not Cohort.objects.exists()


def test_the_same_form_twice_is_one_place(cast):
    cohort, project = make_cohort(cast.valence), make_project(cast.valence)
    form, aicha = act(project=str(project.pk), why="Mûr"), cast.client("aicha")

    answers = [aicha.post(f"/valence/support/cohorts/{cohort.public_id}/projects/", form)
               for _ in range(2)]  # fmt: skip

    assert answers[0].url == answers[1].url
    assert CohortPlace.objects.count() == 1


def test_two_hosts_take_the_same_project_out_and_the_second_is_told(cast):
    cohort, project = make_cohort(cast.valence), make_project(cast.valence)
    join(cohort, project)
    out = f"/valence/support/cohorts/{cohort.public_id}/projects/{project.public_id}/"
    cast.client("aicha").post(out, act(why="Ils s’arrêtent"))

    page = cast.client("aicha").post(out, act(why="Ils ont déménagé"))

    assert page.status_code == 422
    assert "a déjà quitté la promotion" in page.content.decode()
    assert "Ils ont déménagé" in page.content.decode()


def test_a_project_of_no_cohort_has_no_door_to_leave_it(cast):
    cohort, project = make_cohort(cast.valence), make_project(cast.valence)
    out = f"/valence/support/cohorts/{cohort.public_id}/projects/{project.public_id}/"

    assert cast.client("aicha").get(out).status_code == 404


@pytest.mark.parametrize("who", ["hugo", "bruno", "denis", None])
def test_only_hosts_change_cohorts(cast, who):
    cohort, browser = make_cohort(cast.valence), cast.client(who)
    here = f"/valence/support/cohorts/{cohort.public_id}/"

    for path in ("/valence/support/cohorts/new/", f"{here}wording/", f"{here}projects/"):
        assert browser.get(path).status_code == 404
    assert "Prendre un projet" not in browser.get(here).content.decode()


def test_pages_cost_the_same_for_one_project_and_for_thirty(cast, made_anew):
    cohort, aicha = make_cohort(cast.valence), cast.client("aicha")
    here = f"/valence/support/cohorts/{cohort.public_id}/"
    asked = []
    for count in (1, 29):
        for number in range(count):
            join(cohort, make_project(cast.valence, f"Projet {count}-{number}"))
        aicha.get(here)
        with CaptureQueriesContext(connection) as page:
            html = aicha.get(here).content.decode()
        asked.append(len(page))

    assert html.count("member__title") == 30
    assert asked[0] == asked[1]


def test_a_projects_page_says_its_cohort_to_everybody(cast):
    cohort, project = make_cohort(cast.valence), make_project(cast.valence)
    join(cohort, project)

    html = cast.client(None).get(f"/valence/projects/{project.public_id}/").content.decode()

    assert "Promotion 2027" in html
    assert "Aucun mentor" not in html
