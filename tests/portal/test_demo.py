"""The demonstration: an invented evening, roles to try, mails that stay here."""

import pytest
from django.core import checks
from django.test import Client
from django.urls import clear_url_caches, path

from essor.choosing.models import Vote
from essor.evenings.models import Evening, Registration
from essor.exchanges.models import Commitment, Introduction, Need, Suggestion, Thanks
from essor.harvest.models import Fate, Harvest, Idea
from essor.kit.mail import Letter, post
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.news.letters import written_each
from essor.people.models import Person
from essor.portal.checks import demonstration_stays_home
from essor.portal.demo import actions
from essor.portal.demo.actions import open_example, tonight
from essor.portal.demo.cast import PARTS
from essor.portal.demo.crowd import invent_crowd
from essor.portal.demo.moments import NotADemonstration, forget_example
from essor.portal.demo.projects_said import PROJECTS
from essor.portal.demo.start import prepare_demonstration
from essor.portal.demo.treasures import TREASURES
from essor.projects.models import LeaderAnswer, Project
from essor.support.models import Cohort, Finding, Mentor, ProjectFile, Recommendation
from essor.treasures.models import Correction, Treasure
from tests.cast import NOW
from tests.repo.matrix import undone


def test_crowd_is_the_same_for_the_same_seed_and_another_for_another():
    one = invent_crowd(50, facilitators=6, seed=1)
    assert one == invent_crowd(50, facilitators=6, seed=1)
    assert one != invent_crowd(50, facilitators=6, seed=2)


def test_crowd_has_distinct_names_and_distinct_choices():
    crowd = invent_crowd(400, facilitators=44, seed=2026)
    assert len({(one.first_name, one.last_name) for one in crowd}) == 400
    assert all(len(one.choices) == len(set(one.choices)) for one in crowd)
    assert sum(one.facilitator for one in crowd) == 44
    assert not any(one.choices for one in crowd if one.facilitator)


@pytest.fixture(scope="module")
def prepared(django_db_setup, django_db_blocker):
    """The example, prepared once on an empty house; each test takes back what it changed."""
    with django_db_blocker.unblock(), undone():
        yield prepare_demonstration(at=NOW).pk


@pytest.fixture
def example(prepared, db):
    return Evening.objects.get(pk=prepared)


def test_example_has_lively_treasures_that_answer_needs_and_a_digest_tells_of_it(example):
    here = Treasure.objects.filter(territory=example.territory, invented=True)
    assert here.count() == len(TREASURES)
    assert not here.filter(latitude=None).exists()
    assert here.filter(confirmed_at__isnull=False).count() >= 9
    assert set(Correction.objects.values_list("state", flat=True)) == {"taken", "waiting"}
    answered = Suggestion.objects.values_list("need__title", "treasure__name")
    assert ("Quelqu’un pour tenir nos comptes", "Experte-comptable à la retraite") in answered
    digest = Mail.objects.get(key__startswith="digest:example:")
    words = " ".join(written_each([digest.about], NOW)[0].text.split())
    assert "Un besoin : Quelqu’un pour tenir nos comptes" in words
    assert "c’est toujours vrai" in words


def test_example_thanks_for_what_was_kept_and_puts_people_in_touch(example):
    shown = Thanks.objects.filter(showing__in=["named", "unnamed"])
    assert shown.count() == 4
    assert Thanks.objects.filter(showing="").get().commitment.person.first_name == "Denis"

    endings = Introduction.objects.order_by("asked_at").values_list("ending", flat=True)
    assert list(endings) == ["made", "not_made", "made", ""]
    people = Person.objects.filter(introductions__isnull=False)
    assert all(each.invented for each in people)


def test_example_has_a_cohort_of_invented_projects_with_their_mentors(example):
    cohort = Cohort.objects.get()

    places = cohort.places.select_related("project")
    assert cohort.invented
    assert len(places) >= 6
    assert all(place.project.invented and place.why for place in places)
    mentors = Mentor.objects.select_related("person")
    assert all(mentor.person.invented for mentor in mentors)
    assert {mentor.is_ready for mentor in mentors} == {True, False}
    answers = set(Recommendation.objects.values_list("answer", flat=True))
    assert answers == set(Recommendation.Answer.values)
    assert ProjectFile.objects.filter(decision="none").count() == 2
    assert set(Finding.objects.values_list("kind", flat=True)) == set(Finding.Kind.values)
    prepare_demonstration(at=NOW)
    assert Cohort.objects.count() == 1


def test_example_has_a_harvest_of_invented_ideas_with_their_sources(example):
    harvest = Harvest.objects.get()

    ideas = Idea.objects.filter(harvest=harvest).select_related("source")
    assert len(ideas) >= 120
    assert all(idea.invented and idea.source for idea in ideas)
    assert len({idea.source_id for idea in ideas}) == 7
    promised = Fate.objects.filter(idea__in=ideas, kind="awaited", due_on__isnull=False)
    assert promised.count() == len(ideas)
    assert promised.filter(due_on__lt=NOW.date()).exists()  # the desk shows what is late


def test_example_marks_everybody_as_invented(example):
    assert example.invented
    assert example.registrations.count() == 400
    assert not Person.objects.filter(registrations__evening=example, invented=False).exists()
    assert example.challenges.filter(invented=True).count() == example.challenges.count() == 23
    assert Entry.objects.filter(verb="example_opened").count() == 1


def test_example_prepared_twice_is_the_same_example(example):
    codes = list(Registration.objects.values_list("code", flat=True).order_by("code"))
    prepare_demonstration(at=NOW)
    assert list(Registration.objects.values_list("code", flat=True).order_by("code")) == codes
    assert Evening.objects.filter(invented=True).count() == 1


def test_example_is_always_tonight(example):
    later = NOW.replace(day=9)
    evening = open_example(by=None, at=later)
    assert evening.date == later.date()
    assert evening.starts_at == tonight(later)[0]


def test_example_under_way_is_not_moved(example):
    Evening.objects.filter(pk=example.pk).update(state=Evening.State.LIVE)
    assert open_example(by=None, at=NOW.replace(day=9)).date == NOW.date()


@pytest.mark.parametrize("address", ["/demo/", "/demo/mails/"])
def test_demo_pages_do_not_exist_outside_the_demonstration(db, client, settings, address):
    settings.DEMO = False
    assert client.get(address).status_code == 404


def test_check_refuses_a_demonstration_that_others_could_reach(settings):
    settings.DEMO, settings.ALLOWED_HOSTS = True, ["essor.example.org"]
    assert [error.id for error in demonstration_stays_home(None)] == ["essor.E001"]
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert demonstration_stays_home(None) == []
    settings.DEMO, settings.ALLOWED_HOSTS = False, ["essor.example.org"]
    assert demonstration_stays_home(None) == []


def test_demo_check_is_run_by_django():
    assert demonstration_stays_home in checks.registry.registry.get_checks()


@pytest.fixture
def demo(example, settings):
    """The demonstration's addresses switched on, with its people."""
    from django.urls import include

    import config.urls

    settings.DEMO = True
    demo_urls = path("demo/", include("essor.portal.demo.urls"))
    config.urls.urlpatterns.insert(0, demo_urls)
    clear_url_caches()
    yield example
    config.urls.urlpatterns.remove(demo_urls)
    clear_url_caches()


def test_taking_a_role_signs_in_as_that_invented_person(demo):
    browser = Client()
    browser.post("/demo/role/", {"part": "host"})
    assert browser.get("/valence-romans/desk/").status_code == 200
    browser.post("/demo/role/", {"part": ""})
    assert browser.get("/valence-romans/desk/").status_code == 404


def test_taking_a_role_leaves_the_page_one_was_on(demo):
    answer = Client().post("/demo/role/", {"part": "host", "next": "/valence-romans/desk/"})
    assert answer.url == "/valence-romans/desk/"
    answer = Client().post("/demo/role/", {"part": "host", "next": "https://elsewhere.example/"})
    assert answer.url == "/valence-romans/desk/"


@pytest.mark.parametrize("part", [part.code for part in PARTS] + [""])
def test_every_role_begins_on_a_page_that_opens_to_it(demo, part):
    browser = Client()
    answer = browser.post("/demo/role/", {"part": part}, follow=True)
    assert answer.status_code == 200, answer.redirect_chain


def test_participant_has_an_account_and_a_space_with_a_registration_and_a_promise(demo):
    browser = Client()
    ticket = browser.post("/demo/role/", {"part": "participant"}).url
    assert "/registrations/" in ticket or "/registration" in ticket
    assert browser.get(ticket).status_code == 200

    space = browser.get("/me/")

    assert space.status_code == 200
    assert "Denis" in space.content.decode()
    browser.post("/demo/role/", {"part": ""})
    assert browser.get("/me/").status_code == 302


def test_mailbox_shows_each_mail_and_its_html_alone(demo):
    mail = post(
        Letter(
            address="a@example.org", subject="Votre billet", text="Bonjour", html="<p>Bonjour</p>"
        ),
        at=NOW,
    )
    browser = Client()
    assert mail.state == Mail.State.SENT
    assert "Votre billet" in browser.get("/demo/mails/").content.decode()
    assert "Bonjour" in browser.get(f"/demo/mails/{mail.pk}/").content.decode()
    alone = browser.get(f"/demo/mails/{mail.pk}/html/")
    assert "sandbox" in alone.headers["Content-Security-Policy"]
    assert browser.get("/demo/mails/999/").status_code == 404


def test_example_plan_fits_the_room():
    assert actions.PEOPLE <= actions.CAPACITY <= actions.TABLES * 12


@pytest.mark.slow
@pytest.mark.one_database
def test_moments_follow_each_other(demo):
    browser = Client()
    browser.post("/demo/moment/", {"moment": "during"})
    demo.refresh_from_db()
    assert demo.state == Evening.State.LIVE
    assert demo.registrations.filter(arrived_at__isnull=False).count() == 366
    born = Project.objects.filter(table__evening=demo, published_at__isnull=False)
    assert born.count() == 6
    assert not born.filter(invented=False).exists()
    assert Commitment.objects.filter(origin=demo.room).count() == 60

    browser.post("/demo/moment/", {"moment": "after"})
    demo.refresh_from_db()
    assert demo.state == Evening.State.OVER
    assert Mail.objects.filter(key__startswith="day-after:").count() == 400
    assert Need.objects.get(title="Chaises pliantes", project__title__gt="").held == 12


def test_moment_out_of_turn_changes_nothing(demo):
    Client().post("/demo/moment/", {"moment": "after"})
    demo.refresh_from_db()
    assert demo.state == Evening.State.OPEN
    assert not Mail.objects.filter(key__startswith="day-after:").exists()


@pytest.mark.slow
@pytest.mark.one_database
def test_starting_again_forgets_what_was_tried(demo):
    browser = Client()
    browser.post("/demo/moment/", {"moment": "during"})
    Person.objects.create(first_name="Someone who tried", created_at=NOW)
    browser.post("/demo/moment/", {"moment": "before"})
    again = Evening.objects.get(invented=True)
    assert again.state == Evening.State.OPEN
    assert again.registrations.filter(arrived_at=None).count() == 400
    assert not Person.objects.filter(first_name="Someone who tried").exists()
    assert not Commitment.objects.filter(origin__startswith="evening:").exists()
    assert Project.objects.count() == 53 + len(PROJECTS)


def test_nobody_is_forgotten_outside_a_demonstration(demo, settings):
    settings.DEMO = False
    with pytest.raises(NotADemonstration):
        forget_example(evening=demo, by=None, at=NOW)
    assert Person.objects.filter(registrations__evening=demo).count() == 400


def test_error_page_before_sign_in_stands_in_the_demonstration(demo):
    answer = Client().get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400


def test_example_shows_what_ideas_became_and_two_votes(demo):
    now = Fate.objects.filter(idea__harvest__invented=True, replaced_at=None)
    kinds = set(now.values_list("kind", flat=True))
    assert kinds == {"awaited", "challenge", "later", "merged", "declined"}
    over, open_now = Vote.objects.order_by("state")
    assert (over.state, open_now.state) == ("closed", "open")
    assert len(over.result["chosen"]) == 10
    assert over.result["ballots"] == 164
    assert over.result["chosen"] != over.result["by_approval"]
    assert not over.ballots.exists()
    page = Client().get(f"/valence-romans/votes/{over.public_id}/").content.decode()
    assert "audacieux" in page
    became = Client().get("/valence-romans/harvest/outcomes/").content.decode()
    assert "attendent plus longtemps que promis" in became


def test_example_shows_who_leads_who_is_wanted_and_who_hosts(example, client):
    board = client.get("/valence-romans/projects/?show=leader-wanted").content.decode()
    assert "Le café des aidants" in board
    assert "La légumerie des cantines" in board
    leather = Project.objects.get(title="L’atelier du cuir à deux mains")
    page = client.get(f"/valence-romans/projects/{leather.public_id}/").content.decode()
    assert "Solange B." in page
    assert "Driss H. a passé la main" in page
    assert "elle reprend les salaires" in page
    waiting = LeaderAnswer.objects.get(state="new")
    assert waiting.after is not None
    assert all(each.person.invented for each in LeaderAnswer.objects.select_related("person"))
