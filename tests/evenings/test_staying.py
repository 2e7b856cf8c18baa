"""The table stays: opt-in, mails without addresses, one click to leave, a keeper, rest, first asked."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from essor.evenings.actions.staying import (
    NoAddress,
    NotAtThisTable,
    NothingWritten,
    Rests,
    agree_on_keeper,
    leave_table,
    rest_table,
    stay_at_table,
    write_to_table,
)
from essor.evenings.actions.tables import hand_in_table, sheet_of_table
from essor.evenings.models import Evening, Phase, Registration, Staying, Table, TableLetter
from essor.evenings.privacy import forget_keeper, forget_letters
from essor.evenings.queries.staying import candidates, people_who_stay, staying_at
from essor.evenings.staying_letters import leave_address
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.projects.actions.sheets import save_sheet
from essor.projects.first_asked import people_first_asked
from essor.projects.models import Membership
from tests.cast import NOW, Cast, make_evening, make_registration, make_table


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


@pytest.fixture
def table(cast) -> Table:
    """Inès, Omar and Zoé sit at table 7; the evening is at its thanks."""
    evening = make_evening(cast.valence, state=Evening.State.LIVE)
    evening.phase = Phase.objects.create(
        evening=evening, kind=Phase.Kind.THANKS, minutes=5, order=9
    )
    evening.save()
    people = [guest(evening, name) for name in ("Inès", "Omar", "Zoé")]
    return make_table(evening, 7, people=people)


def guest(evening: Evening, name: str) -> Registration:
    made = make_registration(evening, name, arrived_at=NOW)
    made.person.email, made.person.last_name = f"{name.lower()}@example.org", "Martin"
    made.person.save()
    return made


def seated(table: Table, name: str) -> Registration:
    return table.evening.registrations.get(person__first_name=name)


def stay(table: Table, name: str, **how) -> Staying:
    person = seated(table, name).person
    how.setdefault("offers_to_keep", False)
    return stay_at_table(table=table, person=person, by=person, at=NOW, **how)


def holder_of(registration: Registration) -> Client:
    """The browser in which this person registered."""
    client = Client()
    session = client.session
    session["keys"] = {"registration": [registration.public_id]}
    session.save()
    return client


def lines(verb: str) -> int:
    return Entry.objects.filter(verb=verb).count()


def test_staying_is_kept_once_and_confirmed_by_mail(table):
    stay(table, "Inès")
    stay(table, "Inès")
    assert Staying.objects.count() == lines("stays_at_table") == 1
    mail = Mail.objects.get()
    assert mail.address == "inès@example.org"
    assert "reste avec vous" in mail.subject
    assert "/leaving/" in mail.unsubscribe_url
    assert mail.kind == Mail.Kind.ANSWER


def test_nobody_stays_without_an_address_and_one_may_be_given_then(table):
    person = seated(table, "Omar").person
    person.email = ""
    person.save()
    with pytest.raises(NoAddress):
        stay_at_table(table=table, person=person, offers_to_keep=False, by=person, at=NOW)
    stay_at_table(
        table=table,
        person=person,
        offers_to_keep=False,
        email="Omar@Example.org",
        by=person,
        at=NOW,
    )
    person.refresh_from_db()
    assert person.email == "omar@example.org"


def test_a_letter_reaches_each_of_the_others_once_without_any_address(table):
    ines = stay(table, "Inès")
    stay(table, "Omar")
    stay(table, "Zoé")
    Mail.objects.all().delete()

    write_to_table(staying=ines, text="On se revoit jeudi ? https://piege.example", by=None, at=NOW)

    mails = Mail.objects.all()
    assert {each.address for each in mails} == {"omar@example.org", "zoé@example.org"}
    for mail in mails:
        others = {"inès@example.org", "omar@example.org", "zoé@example.org"} - {mail.address}
        assert not any(address in mail.text + mail.html + mail.subject for address in others)
        assert "On se revoit jeudi" in mail.text
        assert "piege.example" not in mail.text + mail.html
        assert "Inès M." in mail.subject
    assert lines("table_written") == 1


def test_whoever_left_is_written_to_no_more_and_may_come_back(table):
    ines, omar = stay(table, "Inès"), stay(table, "Omar", offers_to_keep=True)
    agree_on_keeper(table=table, person=omar.person, by=None, at=NOW)
    leave_table(staying=omar, by=None, at=NOW)
    leave_table(staying=omar, by=None, at=NOW)
    assert lines("left_table") == 1
    table.refresh_from_db()
    assert table.keeper is None
    Mail.objects.all().delete()
    write_to_table(staying=ines, text="Bonjour", by=None, at=NOW)
    assert not Mail.objects.exists()

    stay(table, "Omar")
    assert [each.person.first_name for each in staying_at(table)] == ["Inès", "Omar"]


def test_a_resting_table_writes_to_nobody_and_wakes_again(table, cast):
    ines = stay(table, "Inès")
    rest_table(table=table, rests=True, by=cast.aicha, at=NOW)
    with pytest.raises(Rests):
        write_to_table(staying=ines, text="Bonjour", by=None, at=NOW)
    rest_table(table=table, rests=False, by=cast.aicha, at=NOW)
    rest_table(table=table, rests=False, by=cast.aicha, at=NOW)
    write_to_table(staying=ines, text="Bonjour", by=None, at=NOW)
    assert lines("table_rests") == lines("table_awake") == 1


def test_a_letter_says_something(table):
    with pytest.raises(NothingWritten):
        write_to_table(staying=stay(table, "Inès"), text="  \n ", by=None, at=NOW)
    assert not TableLetter.objects.exists()


def test_the_keeper_sits_at_the_table_or_stays_there(table, cast):
    stay(table, "Zoé", offers_to_keep=True)
    names = [(each.person.first_name, each.offers) for each in candidates(table)]
    assert names == [("Zoé", True), ("Inès", False), ("Omar", False)]
    with pytest.raises(NotAtThisTable):
        agree_on_keeper(table=table, person=cast.denis, by=None, at=NOW)
    omar = seated(table, "Omar").person
    agree_on_keeper(table=table, person=omar, by=None, at=NOW)
    agree_on_keeper(table=table, person=omar, by=None, at=NOW)
    assert Table.objects.get().keeper == omar
    assert lines("keeper_agreed") == 1


def test_those_who_stay_follow_the_project_and_are_asked_first(table, cast):
    project = sheet_of_table(table=table, origin="Table 7", by=None, at=NOW)
    save_sheet(sheet=project.sheet, texts={"proposal": "Le verger"}, marks={}, by=None, at=NOW)
    stay(table, "Inès")
    walked_in = guest(table.evening, "Léa")
    stay_at_table(table=table, person=walked_in.person, offers_to_keep=True, by=None, at=NOW)
    agree_on_keeper(table=table, person=walked_in.person, by=None, at=NOW)
    table.refresh_from_db()
    hand_in_table(table=table, title="", by=None, at=NOW)
    Membership.objects.create(
        project=project, person=cast.denis, part=Membership.Part.FOLLOWER, since=NOW
    )
    followers = project.memberships.filter(follows=True).values_list(
        "person__first_name", flat=True
    )
    assert {"Inès", "Léa"} <= set(followers)
    assert [each.first_name for each in people_who_stay(project)] == ["Léa", "Inès"]
    asked = [each.first_name for each in people_first_asked(project)]
    assert asked[:2] == ["Léa", "Inès"]
    assert sorted(asked[2:]) == [
        "Omar",
        "Zoé",
    ]  # at the table; Denis, who only follows, comes later


def test_reads_cost_the_same_for_few_and_many(table, django_assert_num_queries):
    project = sheet_of_table(table=table, origin="Table 7", by=None, at=NOW)
    for count in (3, 12):
        while Staying.objects.count() < count:
            name = f"Ami {Staying.objects.count()}"
            who = guest(table.evening, name).person
            Staying.objects.create(table=table, person=who, since=NOW)
        with django_assert_num_queries(1):
            staying_at(table)
        with django_assert_num_queries(2):
            candidates(table)
        with django_assert_num_queries(3):
            people_first_asked(project)


def test_one_click_leaves_from_a_mail_without_a_session(table):
    staying = stay(table, "Inès")
    path = re.sub(r"^https?://[^/]+", "", leave_address(staying))
    strict = Client(enforce_csrf_checks=True)
    assert "Quitter cette table" in strict.get(path).content.decode()
    staying.refresh_from_db()
    assert staying.left_at is None
    assert strict.post(path).status_code == 200
    staying.refresh_from_db()
    assert staying.left_at is not None
    assert strict.post(path[:-3] + "xx/").status_code == 404


def test_erasing_a_keeper_and_old_letters(table):
    ines = stay(table, "Inès")
    agree_on_keeper(table=table, person=ines.person, by=None, at=NOW)
    write_to_table(staying=ines, text="Bonjour", by=None, at=NOW)
    forget_keeper(ines.person, NOW)
    assert Table.objects.get().keeper is None
    assert forget_letters(NOW) == 0
    assert forget_letters(NOW + timedelta(days=1)) == 1


def test_whose_browser_sees_what(table, cast):
    base = f"/valence/evenings/{table.evening.public_id}/tables/{table.public_id}/"
    ines, omar = stay(table, "Inès"), seated(table, "Omar")
    write_to_table(staying=ines, text="Mot secret", by=None, at=NOW)
    page = f"{base}together/{ines.public_id}/"

    assert "Mot secret" in cast.client("aicha").get(f"{base}together/").content.decode()
    for stranger in (Client(), holder_of(omar), cast.client("bruno")):
        assert "Mot secret" not in stranger.get(f"{base}together/").content.decode()
        assert stranger.get(page).status_code == 404
        assert stranger.post(page, {"text": "Bonjour"}).status_code == 404
    elsewhere = guest(table.evening, "Noé")
    table.evening.state = Evening.State.OVER
    table.evening.save()
    assert "Je reste joignable" in holder_of(omar).get(f"{base}together/").content.decode()
    assert "Je reste joignable" not in holder_of(elsewhere).get(f"{base}together/").content.decode()


def test_too_many_letters_a_day_are_refused_with_the_words_kept(table):
    client = holder_of(seated(table, "Inès"))
    base = f"/valence/evenings/{table.evening.public_id}/tables/{table.public_id}/together/"
    client.post(base, {"act": uuid.uuid4().hex})
    page = f"{base}{Staying.objects.get().public_id}/"
    for number in range(3):
        words = {"text": f"Mot {number}", "act": uuid.uuid4().hex}
        assert client.post(page, words).status_code == 302
    refused = client.post(page, {"text": "Encore", "act": uuid.uuid4().hex})
    assert refused.status_code == 422
    assert "Encore</textarea>" in refused.content.decode()
    assert TableLetter.objects.count() == 3
