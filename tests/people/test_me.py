"""My space: profile, data, agreements, leaving; with an account or by a personal link alone."""

import html
import json
import re

import pytest
from django.test import Client

from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.people.actions import give_consent
from essor.people.models import Consent, Person
from essor.territories.models import Role
from tests.cast import NOW, make_evening, make_registration, person, sphere

PROFILE = {"first_name": "Denis", "last_name": "Roux", "language": "en", "news": "on"}
PAGES = ["/me/", "/me/profile/", "/me/data/", "/me/data.json", "/me/erasure/"]


@pytest.mark.parametrize("address", PAGES)
def test_pages_of_oneself_stay_out_of_caches(cast, address):
    answer = cast.client("denis").get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_profile_is_rewritten_with_its_language_at_once(cast):
    client = cast.client("denis")
    told = {**PROFILE, "phone": "0611", "organisation": "Archer", "commune": "Romans-sur-Isère"}
    answer = client.post("/me/profile/", told)
    denis = Person.objects.get(pk=cast.denis.pk)
    assert (denis.last_name, denis.phone, denis.language) == ("Roux", "0611", "en")
    assert denis.organisation.name == "Archer"
    assert answer.cookies["essor_language"].value == "en"
    assert "What you gave" in client.get("/me/").content.decode()
    assert set(Entry.objects.values_list("verb", flat=True)) == {"rewritten", "reach_rewritten"}


def test_no_more_news_is_one_box_away(cast):
    without = {key: value for key, value in PROFILE.items() if key != "news"}
    cast.client("denis").post("/me/profile/", without)
    assert Person.objects.get(pk=cast.denis.pk).no_news


def test_profile_without_a_name_comes_back_with_everything_else(cast):
    answer = cast.client("denis").post("/me/profile/", {**PROFILE, "first_name": " "})
    assert answer.status_code == 422
    assert "Roux" in answer.content.decode()


def test_agreement_is_taken_back(cast):
    give_consent(person=cast.denis, purpose="news", wording="1", by=cast.denis, at=NOW)
    client = cast.client("denis")
    assert "/me/consents/news/withdrawal/" in client.get("/me/data/").content.decode()
    client.post("/me/consents/news/withdrawal/")
    assert Consent.objects.get().withdrawn_at is not None
    assert Entry.objects.filter(verb="withdrew_consent").count() == 1


def test_data_are_shown_in_words_and_taken_along_as_json(cast):
    client = cast.client("denis")
    page = client.get("/me/data/").content.decode()
    assert "Prénom" in page
    assert "first_name" not in page
    file = client.get("/me/data.json")
    assert "attachment" in file.headers["Content-Disposition"]
    assert json.loads(file.content)["people.person"][0]["email"] == "denis@example.org"


def test_data_are_words_not_codes(cast):
    """Days, yes and no, lists, languages: as people write them; the file keeps what machines read."""
    Person.objects.filter(pk=cast.denis.pk).update(sphere=sphere("citizen"), language="en")
    evening = make_evening(cast.valence)
    mine = make_registration(evening, "Denis", children=2)
    mine.person, mine.arrived_at = cast.denis, NOW
    mine.save(update_fields=["person", "arrived_at"])

    page = html.unescape(cast.client("denis").get("/me/data/").content.decode())

    values = re.findall(r"<dd>(.*?)</dd>", page)
    assert "Habitant·e" in values
    assert "English" in values
    assert "2 novembre 2026, 19\xa0h\xa000" in values
    assert not {"citizen", "en", "fr", "True", "False", "registered"} & set(values)


def test_erasing_asks_first_then_erases_and_signs_out(cast):
    client = cast.client("denis")
    assert client.post("/me/erasure/").status_code == 422
    assert Person.objects.get(pk=cast.denis.pk).erased_at is None
    answer = client.post("/me/erasure/", {"sure": "on"})
    assert answer.headers["Location"] == "/me/farewell/"
    assert Person.objects.get(pk=cast.denis.pk).erased_at is not None
    assert client.get("/me/").headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "Vous êtes seul·e dans l’équipe d’animation de Valence"),
        ("en", "You are the only host of Valence"),
    ],
)
def test_the_only_host_of_a_territory_names_another_before_erasing(cast, language, told):
    client = cast.client("aicha")
    client.cookies["essor_language"] = language
    answer = client.post("/me/erasure/", {"sure": "on"})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Person.objects.get(pk=cast.aicha.pk).erased_at is None
    assert client.get("/valence/desk/").status_code == 200, "still signed in, still host"

    Role.objects.create(person=cast.bruno, territory=cast.valence, kind="host", since=NOW)
    assert client.post("/me/erasure/", {"sure": "on"}).headers["Location"] == "/me/farewell/"
    assert Person.objects.get(pk=cast.aicha.pk).erased_at is not None


def test_host_of_another_territory_does_not_count_when_the_only_one_leaves(cast):
    """Hugo is host of Jura: that leaves Valence without a host all the same."""
    assert cast.client("aicha").post("/me/erasure/", {"sure": "on"}).status_code == 422
    assert cast.client("bruno").post("/me/erasure/", {"sure": "on"}).status_code == 302


def open_by_mail(client: Client) -> None:
    """The link of the newest mail, opened and pressed."""
    token = Mail.objects.latest("id").text.split("/l/")[1].split("/")[0]
    client.post(f"/l/{token}/")


def test_without_an_account_a_mailed_link_shows_and_erases(db, stranger):
    ines = person("Inès")
    Person.objects.filter(pk=ines.pk).update(email="ines@example.org")
    assert stranger.get("/me/data/").status_code == 302
    stranger.post("/me/data/link/", {"email": "Ines@example.org"})
    open_by_mail(stranger)
    assert "Inès" in stranger.get("/me/data/").content.decode()
    stranger.post("/me/erasure/", {"sure": "on"})
    assert Person.objects.get(pk=ines.pk).erased_at is not None
    assert stranger.get("/me/data/").status_code == 302


def test_a_data_link_of_somebody_else_opens_nothing_beside_an_open_account(cast):
    """Their own data under the other's link would be taken for the other's, and erased perhaps."""
    ines = person("Inès", last_name="Martin")
    Person.objects.filter(pk=ines.pk).update(email="ines@example.org")
    cast.client(None).post("/me/data/link/", {"email": "ines@example.org"})
    found = re.search(r"/l/[^/\s]+/", Mail.objects.get().text)
    address, denis = found.group(), cast.client("denis")

    for answer in (denis.get(address), denis.post(address)):
        page = answer.content.decode()
        assert "Ce lien est pour Inès" in page
        assert "Denis" in page
        assert "Martin" not in page

    denis.post("/account/logout/", {"next": address})
    assert denis.post(address).headers["Location"] == "/me/data/"
    assert "Martin" in denis.get("/me/data/").content.decode()


def test_asking_tells_nobody_which_addresses_are_known(cast, stranger):
    answers = [
        stranger.post("/me/data/link/", {"email": email}, follow=True).content
        for email in ("denis@example.org", "nobody@example.org")
    ]
    assert b"Regardez dans vos messages" in answers[0]
    assert [len(answer) for answer in answers] == [len(answers[0])] * 2
    assert [mail.address for mail in Mail.objects.all()] == ["denis@example.org"]


def test_everybody_of_a_shared_address_gets_a_link_of_their_own(db, stranger):
    for name in ("Inès", "Malo"):
        who = person(name)
        Person.objects.filter(pk=who.pk).update(email="famille@example.org")
    stranger.post("/me/data/link/", {"email": "famille@example.org"})
    assert sorted(mail.text.split(",")[0] for mail in Mail.objects.all()) == [
        "Bonjour Inès", "Bonjour Malo"
    ]  # fmt: skip


def test_links_are_limited_by_address(cast, stranger):
    answers = [
        stranger.post("/me/data/link/", {"email": "denis@example.org"}).status_code
        for _ in range(5)
    ]
    assert answers == [302, 302, 302, 422, 422]


def test_hosts_read_their_records_and_assessment(cast):
    page = cast.client("aicha").get("/valence/settings/privacy/").content.decode()
    assert "7 jours après la soirée" in page
    assert "consentement explicite" in page
    assert cast.client("bruno").get("/valence/settings/privacy/").status_code == 404
