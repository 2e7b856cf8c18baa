"""The week's digest and its settings: what stands in it, when it is due, who may choose."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.news.actions import choose_how
from essor.news.links import choices_address, leaving_of
from essor.news.models import DigestRound, Following, Told
from essor.news.rounds import run_at_once, run_round
from essor.news.timing import due_day
from essor.people.models import Person
from essor.projects.actions.moves import change_stage
from essor.projects.models import Membership
from tests.cast import NOW, client_of, make_project

LATER = NOW + timedelta(days=7)


def project_of(cast, *names: str, title: str = "Consigne"):
    project = make_project(cast.valence, title)
    for name in names:
        Membership.objects.create(
            project=project, person=cast.people[name], part="table", since=NOW - timedelta(days=1)
        )
    return project


def moves_on(project, cast, why: str = "Le groupe s’est réuni trois fois.", at=NOW) -> None:
    change_stage(project=project, stage="group", condition="awake", why=why, by=cast.aicha, at=at)


def news_to(person) -> list[Mail]:
    return list(Mail.objects.filter(person=person.public_id, kind=Mail.Kind.NEWS).order_by("id"))


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (datetime(2026, 11, 24, 5, 59, tzinfo=UTC), date(2026, 11, 17)),
        (datetime(2026, 11, 24, 6, 0, tzinfo=UTC), date(2026, 11, 24)),
        # Clocks go back on 25 October and forward on 28 March: seven in the morning stays seven.
        (datetime(2026, 10, 20, 5, 0, tzinfo=UTC), date(2026, 10, 20)),
        (datetime(2026, 10, 27, 5, 0, tzinfo=UTC), date(2026, 10, 20)),
        (datetime(2027, 3, 30, 5, 0, tzinfo=UTC), date(2027, 3, 30)),
        (datetime(2026, 12, 20, 12, 0, tzinfo=UTC), date(2026, 12, 15)),
    ],
)
def test_a_digest_is_due_on_tuesday_morning_by_the_wall_clock(at, due):
    assert due_day(at) == due


def test_the_text_stands_in_the_mail_grouped_by_project_with_one_click_to_leave(cast):
    moves_on(project_of(cast, "denis"), cast)
    moves_on(project_of(cast, "denis", title="Verger"), cast, "Un terrain est trouvé.")
    assert run_round(at=LATER) == 1
    (mail,) = news_to(cast.denis)
    for words in ("Consigne", "Verger", "Le groupe s’est réuni trois fois.", "Un terrain"):
        assert words in mail.text
    assert "/news/" in mail.unsubscribe_url
    assert choices_address(cast.denis).split(":")[2] in mail.text


def test_nothing_new_sends_nothing_and_twice_is_once(cast):
    assert run_round(at=LATER) == 0
    moves_on(project_of(cast, "denis"), cast, at=LATER + timedelta(days=1))
    assert run_round(at=LATER + timedelta(days=7)) == 1
    assert run_round(at=LATER + timedelta(days=7)) == 0
    assert run_round(at=LATER + timedelta(days=14)) == 0
    assert Entry.objects.filter(verb="digest_told").count() == 1


def test_a_server_asleep_for_weeks_sends_one_digest(cast):
    project = project_of(cast, "denis")
    moves_on(project, cast)
    for week in range(4):
        condition = ("asleep", "awake")[week % 2]
        change_stage(project=project, stage="group", condition=condition, why=f"Semaine {week}",
                     by=cast.aicha, at=NOW + timedelta(weeks=week))  # fmt: skip
    assert run_round(at=NOW + timedelta(weeks=8)) == 1
    (mail,) = news_to(cast.denis)
    assert mail.text.index("Semaine 3") < mail.text.index("Semaine 0")
    assert DigestRound.objects.count() == 1


def test_a_round_that_was_broken_off_goes_on_with_those_not_told(cast):
    moves_on(project_of(cast, "denis", "elodie", "farid"), cast)
    assert run_round(at=LATER, most=1) == 1
    assert DigestRound.objects.get().ended_at is None
    assert run_round(at=LATER) == 2
    assert [len(news_to(cast.people[name])) for name in ("denis", "elodie", "farid")] == [1, 1, 1]


def test_whoever_had_their_mails_of_the_week_hears_next_week(cast, settings):
    settings.MAIL_BUDGET_PER_WEEK = 0
    moves_on(project_of(cast, "denis"), cast)
    assert run_round(at=LATER) == 0
    settings.MAIL_BUDGET_PER_WEEK = 2
    assert run_round(at=LATER + timedelta(weeks=1)) == 1
    assert "trois fois" in news_to(cast.denis)[0].text


def followers_of(project, how_many: int) -> list[Person]:
    people = [
        Person.objects.create(first_name=f"Personne{number}", email=f"p{number}@example.org",
                              created_at=NOW)
        for number in range(how_many)
    ]  # fmt: skip
    for person in people:
        Membership.objects.create(
            project=project, person=person, part="table", since=NOW - timedelta(days=1)
        )
    return people


def test_a_round_asks_the_database_as_much_for_twelve_people_as_for_forty(cast):
    asked = {}
    for week, many in enumerate((12, 40)):
        Person.objects.filter(first_name__startswith="Personne").delete()
        project = project_of(cast, title=f"Projet {week}")
        followers_of(project, many)
        at = NOW + timedelta(weeks=2 * week)
        moves_on(project, cast, at=at)
        with CaptureQueriesContext(connection) as queries:
            assert run_round(at=at + timedelta(days=7)) == many
        asked[many] = len(queries)
    assert asked[12] == asked[40]


def test_letters_written_together_say_to_each_their_own_in_their_language(cast):
    consigne, verger = project_of(cast, "denis"), project_of(cast, "elodie", title="Verger")
    moves_on(consigne, cast)
    moves_on(verger, cast, "Un terrain est trouvé.")
    Person.objects.filter(pk=cast.elodie.pk).update(language="en")
    choose_how(person=cast.elodie, key=("project", verger.public_id), how=Following.How.WEEKLY,
               by=cast.elodie, at=NOW)  # fmt: skip
    assert run_round(at=LATER) == 2
    (his,), (hers,) = news_to(cast.denis), news_to(cast.elodie)
    assert "Bonjour Denis" in his.text
    assert "Consigne" in his.text
    assert "Verger" not in his.text
    assert "Hello Elodie" in hers.text
    assert "Un terrain est trouvé." in hers.text
    assert "Consigne" not in hers.text
    (ways_out,) = [leaving_of(token) for token in re.findall(r"news/(\S+?)/leaving/", hers.text)]
    assert ways_out == (cast.elodie, ("project", verger.public_id))
    assert "/leaving/" not in his.text


def test_two_people_of_one_address_share_its_mails_of_the_week(cast, settings):
    settings.MAIL_BUDGET_PER_WEEK = 1
    Person.objects.filter(pk=cast.elodie.pk).update(email=cast.denis.email)
    moves_on(project_of(cast, "denis", "elodie"), cast)
    assert run_round(at=LATER) == 1
    assert run_round(at=LATER + timedelta(weeks=1)) == 1
    assert [len(news_to(each)) for each in (cast.denis, cast.elodie)] == [1, 1]
    assert not Mail.objects.filter(state=Mail.State.HELD).exists()


def test_at_once_is_a_mail_of_its_own_and_not_in_the_digest_again(cast):
    project = project_of(cast, "denis")
    key = ("project", project.public_id)
    choose_how(person=cast.denis, key=key, how=Following.How.AT_ONCE, by=cast.denis, at=NOW)
    moves_on(project, cast)
    assert run_at_once(at=NOW + timedelta(minutes=1)) == 0, "a line rests before it is told"
    assert run_at_once(at=NOW + timedelta(minutes=10)) == 1
    assert run_round(at=LATER) == 0
    assert Told.objects.get().at_once


@pytest.mark.parametrize(
    ("audience", "told"), [("public", 1), ("table", 1), ("team", 0), ("person", 0)]
)
def test_lines_are_read_by_those_whom_they_are_for(cast, audience, told):
    project = project_of(cast, "denis")
    Entry.objects.create(at=NOW, verb="photo_added", of_type="project", of_id=project.public_id,
                         territory=cast.valence.public_id, audience=audience)  # fmt: skip
    assert run_round(at=LATER) == told


def test_somebody_who_merely_follows_does_not_read_what_is_for_the_table(cast):
    project = project_of(cast)
    Membership.objects.create(project=project, person=cast.denis, part="follower", since=NOW)
    Entry.objects.create(at=NOW, verb="photo_added", of_type="project", of_id=project.public_id,
                         territory=cast.valence.public_id, audience="table")  # fmt: skip
    assert run_round(at=LATER) == 0


def test_settings_open_from_the_mail_without_an_account_and_count(cast, client):
    project = project_of(cast, "denis")
    address = choices_address(cast.denis).removeprefix("http://127.0.0.1:8000")
    address = address[address.index("/news/") :]
    assert "Consigne" in client.get(address).content.decode()
    data = {f"everything-{cast.valence.public_id}": "weekly",
            f"territory-{cast.valence.public_id}": "none",
            f"project-{project.public_id}": "none"}  # fmt: skip
    assert client.post(address, data).status_code == 302
    moves_on(project, cast)
    assert run_round(at=LATER) == 0
    assert not Membership.objects.get(person=cast.denis).follows


def test_a_made_up_address_opens_nothing_and_a_wrong_choice_is_told(cast, client):
    assert client.get("/news/abc:def:ghi/choices/").status_code == 404
    project_of(cast, "denis")
    mine = client_of(cast.denis)
    answer = mine.post(reverse("news:mine"), {f"everything-{cast.valence.public_id}": "hourly"})
    assert answer.status_code == 422


def test_the_page_costs_the_same_for_one_project_and_for_twenty(
    cast, django_assert_max_num_queries
):
    """Each room that can say what one follows asks once, however much that is."""
    mine = client_of(cast.denis)
    project_of(cast, "denis", title="Projet 0")
    for more in (0, 19):
        for number in range(1, more + 1):
            project_of(cast, "denis", title=f"Projet {number}")
        with django_assert_max_num_queries(16):
            page = mine.get(reverse("news:mine")).content.decode()
    assert page.count("Projet 1") >= 11
