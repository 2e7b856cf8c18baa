"""Taking part by letters first and with an account later: one person, once they have said so."""

import pytest
from django.test import Client

from essor.evenings.models import Registration
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.people.actions import person_of_account
from essor.people.earlier import HasOwn, NotTheirs, known_earlier, take_up
from essor.people.erasure import erase_person
from essor.people.models import Account, Person
from essor.territories.models import Role
from tests.cast import NOW, client_of, make_evening, make_registration, person

ADDRESS = "lea@example.org"


@pytest.fixture
def registration(cast) -> Registration:
    """Léa came to an evening by her address alone."""
    registration = make_registration(make_evening(cast.valence), "Léa")
    Person.objects.filter(pk=registration.person_id).update(email=ADDRESS, last_name="Roche")
    registration.refresh_from_db()
    return registration


@pytest.fixture
def account(db) -> Account:
    account = Account.objects.create_user(ADDRESS)
    account.emailaddress_set.update(verified=True)
    return account


@pytest.fixture
def begun(account) -> Person:
    """The person that Léa's account begins with."""
    return person_of_account(account=account, by=None, at=NOW)


def says(client: Client, known: Person, **more: str):
    told = {"person": known.public_id, **more}
    return client.post("/me/earlier/", told, follow=True).content.decode()


def test_her_space_names_who_is_known_at_her_address(registration, begun):
    page = client_of(begun).get("/me/").content.decode()
    assert "Léa Roche" in page
    assert "C’est moi" in page


def test_what_she_gave_before_is_hers_once_she_has_said_so(registration, account, begun):
    client = client_of(begun)
    page = says(client, registration.person)
    account.refresh_from_db()
    assert account.person == registration.person
    assert not Person.objects.filter(pk=begun.pk).exists()
    assert registration.public_id in page
    assert "C’est moi" not in page
    assert Entry.objects.get(verb="taken_up").by == registration.person.public_id
    assert not Entry.objects.filter(by=begun.public_id).exists()


def test_mails_of_the_account_follow(registration, account, begun):
    mail = Mail.objects.create(address=ADDRESS, person=begun.public_id, subject="Code", queued_at=NOW,
                               next_at=NOW)  # fmt: skip
    take_up(account=account, person=registration.person.public_id, by=begun, at=NOW)
    mail.refresh_from_db()
    assert mail.person == registration.person.public_id


def test_erasing_the_account_erases_what_was_before(registration, account, begun):
    take_up(account=account, person=registration.person.public_id, by=begun, at=NOW)
    known = Person.objects.get(pk=registration.person_id)
    erase_person(person=known, by=known, at=NOW)
    assert not Person.objects.filter(email=ADDRESS).exists()
    assert not Account.objects.filter(email=ADDRESS).exists()


def test_the_same_press_twice_is_one(registration, begun):
    client, key = client_of(begun), "7b1c5b34-5f0e-4c0a-9a53-0d2ff1f6a001"
    says(client, registration.person, act=key)
    says(client, registration.person, act=key)
    assert Entry.objects.filter(verb="taken_up").count() == 1


def test_a_household_keeps_its_people_apart(registration, account, begun):
    other = person("Noé", email="").pk
    Person.objects.filter(pk=other).update(email=ADDRESS)
    take_up(account=account, person=registration.person.public_id, by=begun, at=NOW)
    assert [each.first_name for each in known_earlier(account)] == ["Noé"]
    with pytest.raises(HasOwn):
        take_up(account=account, person=Person.objects.get(pk=other).public_id,
                by=Person.objects.get(pk=registration.person_id), at=NOW)  # fmt: skip


def test_an_address_that_was_not_proved_shows_nobody(registration, account, begun):
    account.emailaddress_set.update(verified=False)
    assert known_earlier(account) == []
    assert "Léa Roche" not in client_of(begun).get("/me/").content.decode()
    with pytest.raises(NotTheirs):
        take_up(account=account, person=registration.person.public_id, by=begun, at=NOW)


@pytest.mark.parametrize("whose", ["another address", "an account", "erased"])
def test_nobody_else_is_taken_up(registration, account, begun, whose):
    known = registration.person
    if whose == "another address":
        Person.objects.filter(pk=known.pk).update(email="noe@example.org")
    elif whose == "an account":
        Person.objects.filter(pk=known.pk).update(account=Account.objects.create_user("x@y.org"))
    else:
        erase_person(person=known, by=None, at=NOW)
    page = says(client_of(begun), Person.objects.get(pk=known.pk))
    account.refresh_from_db()
    assert account.person == begun
    assert "Plus personne d’autre" in page


def test_an_account_that_holds_a_role_stays_as_it_is(cast, registration, account, begun):
    Role.objects.create(person=begun, territory=cast.valence, kind="host", since=NOW)
    assert "C’est moi" not in client_of(begun).get("/me/").content.decode()
    page = says(client_of(begun), registration.person)
    account.refresh_from_db()
    assert account.person == begun
    assert "restent séparés" in page


def test_an_account_that_did_something_stays_as_it_is(registration, account, begun):
    Entry.objects.create(
        at=NOW, verb="proposed", by=begun.public_id, of_type="idea", audience="team"
    )
    with pytest.raises(HasOwn):
        take_up(account=account, person=registration.person.public_id, by=begun, at=NOW)


def test_without_an_account_the_page_leads_back(registration):
    assert Client().post("/me/earlier/").headers["Location"].startswith("/account/login/")


def test_a_link_to_one_s_data_takes_nothing_up(registration, account):
    client = Client()
    session = client.session
    session["keys"] = {"me": [registration.person.public_id]}
    session.save()
    assert client.post("/me/earlier/", {"person": registration.person.public_id}).status_code == 302
    account.refresh_from_db()
    assert not Person.objects.filter(account=account).exists()
