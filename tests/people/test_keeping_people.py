"""What is kept of people: their words, links and consents, each act once, and what a browser holds."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from essor.kit import clock
from essor.ledger.models import Entry
from essor.people import links
from essor.people.actions import (
    LinkRefused,
    choose_news,
    give_consent,
    link_of,
    make_link,
    make_links,
    organisation_named,
    person_of_account,
    read_link,
    rewrite_person,
    rewrite_reach,
    tell_address,
    use_link,
    welcome_person,
    withdraw_consent,
)
from essor.people.erasure import erase_person
from essor.people.export import as_data, kept_of
from essor.people.models import Account, Consent, Organisation, PersonalLink
from essor.people.sessions import SessionStore
from essor.people.text import cleaned, folded, name_in, same_name
from essor.people.visitor import MAX_KEYS, PERSON, Visitor
from tests.cast import NOW, Cast, make_harvest, make_idea, person, sphere

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def ines(db):
    return person("Inès", last_name="Martin", email="ines@example.org")


def verbs() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("verb", flat=True))


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("ines.martin@example.org", "Ines"), ("ines+essor@example.org", "Ines"),
        ("ZOE@example.org", "Zoe"), ("jean-éric@example.org", "Jean-éric"),
        ("ines.martin+a.b@x@y.org", "Ines"),
    ],
)  # fmt: skip
def test_whoever_gave_an_address_alone_is_called_by_its_beginning(address, name):
    assert name_in(address) == name


@given(st.text(max_size=40))
def test_folding_and_cleaning_twice_is_doing_it_once(text):
    assert folded(folded(text)) == folded(text)
    assert cleaned(cleaned(text)) == cleaned(text)


@given(st.text(st.characters(categories=["L", "M", "P", "Z"]), max_size=20))
def test_a_name_is_itself_however_it_is_spaced(name):
    assert same_name(name, f"  {name} ")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Zoé Müller", "ZOE  MULLER", True), ("O’Brien", "O'Brien", True), ("Zoé", "Zoé M", False),
        ("🌻", "🌻", True), ("🌻", "🌵", False), ("🌻", "Zoé", False),
    ],
)  # fmt: skip
def test_names_are_compared_without_accents_and_pictures_as_they_are(one, other, same):
    assert same_name(one, other) is same


# --- organisations and profiles ------------------------------------------------------------------


def test_an_organisation_is_made_once_however_it_is_written(db):
    first = organisation_named(" Scop Épi ", sphere("social_economy"))
    assert organisation_named("SCOP EPI", sphere("citizen")) == first
    assert (first.name, first.sphere.code) == ("Scop Épi", "social_economy")
    assert organisation_named("  ") is organisation_named("…") is None
    assert Organisation.objects.count() == 1


def test_somebody_is_welcomed_with_plain_words_and_rewritten_but_for_the_address(db):
    ines = welcome_person(
        first_name=" Inès ", last_name=" Martin ", email=" Ines@Example.ORG ", phone=" 06 ",
        organisation="Épi", commune=" Die ", commune_code="26113", by=None, at=NOW,
    )  # fmt: skip
    kept = (ines.name, ines.email, ines.phone, ines.commune, ines.commune_code)
    assert kept == ("Inès Martin", "ines@example.org", "06", "Die", "26113")
    rewrite_person(
        person=ines, first_name=" Agnès ", last_name="", sphere=sphere("citizen"),
        organisation="", commune="", commune_code="", by=None, at=LATER,
    )  # fmt: skip
    ines.refresh_from_db()
    assert (ines.first_name, ines.last_name, ines.organisation, ines.commune) == (
        "Agnès", "", None, ""
    )  # fmt: skip
    assert (ines.email, ines.sphere.code, ines.commune_code) == ("ines@example.org", "citizen", "")
    assert {line.by for line in Entry.objects.all()} == {ines.public_id}


def test_reach_news_and_address_are_each_told_once(ines):
    for _ in range(2):
        rewrite_reach(person=ines, phone=" 06 ", language="en", by=None, at=NOW)
        choose_news(person=ines, wanted=False, by=ines, at=NOW)
    ines.refresh_from_db()
    assert (ines.phone, ines.language, ines.no_news) == ("06", "en", True)
    choose_news(person=ines, wanted=True, by=ines, at=NOW)
    choose_news(person=ines, wanted=True, by=ines, at=NOW)
    ines.refresh_from_db()
    assert not ines.no_news
    assert verbs() == ["reach_rewritten", "chose_no_news", "chose_news"]
    assert Entry.objects.first().by == ines.public_id


def test_an_address_is_told_by_whoever_had_none_and_never_replaced(ines):
    omar = person("Omar")
    for who, email in ((ines, "x@example.org"), (omar, "  "), (omar, " Omar@Example.org ")):
        tell_address(person=who, email=email, by=None, at=NOW)
    for who in (ines, omar):
        who.refresh_from_db()
    assert (ines.email, omar.email) == ("ines@example.org", "omar@example.org")
    assert verbs() == ["told_address"]


def test_an_account_has_one_person_and_never_a_housemate(ines):
    account = ines.account
    type(ines).objects.filter(pk=ines.pk).update(account=None)
    first = person_of_account(account=account, by=None, at=NOW)
    assert first != ines
    assert person_of_account(account=account, by=None, at=LATER) == first
    assert (first.first_name, first.email, verbs()) == (
        "Ines", "ines@example.org", ["opened_account"]
    )  # fmt: skip


# --- consents ------------------------------------------------------------------------------------


def open_consents(who) -> set[str]:
    return set(who.consents.filter(withdrawn_at=None).values_list("purpose", flat=True))


def test_a_consent_is_given_once_taken_back_once_and_may_be_given_again(ines):
    for at in (NOW, LATER):
        give_consent(person=ines, purpose="news", wording="1", by=ines, at=at)
    for at in (LATER, LATER + timedelta(days=1)):
        withdraw_consent(person=ines, purpose="news", by=ines, at=at)
    ended = Consent.objects.get()
    assert (ended.given_at, ended.withdrawn_at) == (NOW, LATER)
    give_consent(person=ines, purpose="news", wording="2", by=ines, at=LATER)
    assert open_consents(ines) == {"news"}
    assert verbs() == ["consented", "withdrew_consent", "consented"]


def test_taking_one_consent_back_leaves_the_others_and_other_people_s(ines):
    omar = person("Omar")
    for who in (ines, omar):
        for purpose in ("news", "show_name"):
            give_consent(person=who, purpose=purpose, wording="1", by=who, at=NOW)
    withdraw_consent(person=ines, purpose="news", by=ines, at=LATER)
    assert (open_consents(ines), open_consents(omar)) == ({"show_name"}, {"news", "show_name"})


# --- links ---------------------------------------------------------------------------------------


@pytest.fixture
def purpose(monkeypatch):
    monkeypatch.setattr(links, "_purposes", {})
    for name in ("ticket", "other"):
        links.register_purpose(name, lambda request, link: "/", button="Ouvrir")


def a_link(who, *, lasts=None, purpose="ticket") -> str:
    return make_link(person=who, purpose=purpose, subject="abc", lasts=lasts, by=None, at=NOW)


def refusal(act, **how) -> str:
    with pytest.raises(LinkRefused) as refused:
        act(**how)
    return refused.value.reason


def test_a_link_opens_to_its_last_second_and_once(ines, purpose):
    token = a_link(ines, lasts=timedelta(hours=1))
    end = NOW + timedelta(hours=1)
    assert read_link(token=token, at=end - timedelta(seconds=1)).person == ines
    assert refusal(read_link, token=token, at=end) == "expired"
    used = use_link(token=token, purpose="ticket", by=None, at=NOW)
    assert (used.used_at, PersonalLink.objects.get().used_at) == (NOW, NOW)
    assert refusal(use_link, token=token, by=None, at=NOW) == "used"
    assert refusal(read_link, token=token, at=end) == "used", "used is said before expired"


def test_using_one_link_leaves_the_others(ines, purpose):
    kept, spent = a_link(ines), a_link(ines)
    use_link(token=spent, by=None, at=NOW)
    assert read_link(token=kept, at=NOW).used_at is None


def test_a_link_of_another_purpose_is_unknown_and_any_purpose_will_do_where_none_is_asked(
    ines, purpose
):
    token = a_link(ines, purpose="other")
    assert refusal(read_link, token=token, purpose="ticket", at=NOW) == "unknown"
    assert read_link(token=token, at=NOW).purpose == "other"
    assert refusal(read_link, token="x", at=NOW) == "unknown"


def test_links_for_many_are_made_in_their_order_each_to_its_person(ines, purpose):
    omar = person("Omar")
    assert make_links(wanted=[], by=None, at=NOW) == []
    wanted = [(ines, "ticket", "a"), (omar, "other", "b"), (ines, "ticket", "c")]
    tokens = make_links(wanted=wanted, by=None, at=NOW)
    found = [(each.person, each.purpose, each.subject) for each in map(link_of, tokens)]
    assert found == wanted
    assert verbs() == ["link_made"] * 3


# --- what a browser holds ------------------------------------------------------------------------


def browser(**session) -> Visitor:
    request = RequestFactory().get("/")
    request.session = session
    request.user = Account()
    return Visitor(request)


def test_a_browser_keeps_its_newest_keys_by_kind():
    visitor = browser()
    for number in range(MAX_KEYS + 5):
        visitor.give_key("table", f"t{number}")
    visitor.give_key("registration", "r")
    visitor.give_key("table", "t10")
    held = visitor.held("table")
    assert len(held) == MAX_KEYS
    assert (held[0], held[-2:]) == ("t5", ["t44", "t10"])
    assert visitor.holds("registration", "r")
    assert not visitor.holds("registration", "t10")
    assert not visitor.holds("table", "t4")


def test_a_browser_has_one_name_made_when_it_posts():
    visitor = browser()
    assert visitor.known_device == ""
    name = visitor.device
    assert (len(name), visitor.device, visitor.known_device) == (16, name, name)
    assert browser().device != name


def test_the_last_person_a_browser_acted_for_is_recognised(ines, monkeypatch):
    monkeypatch.setattr(Account, "is_authenticated", False)
    omar = person("Omar")
    visitor = browser(keys={PERSON: [ines.public_id, omar.public_id]})
    assert (visitor.recognised, visitor.person) == (omar, None)
    assert browser().recognised is None
    erase_person(person=omar, by=None, at=NOW)
    assert browser(keys={PERSON: [omar.public_id]}).recognised is None


def test_a_session_that_ran_out_this_second_is_no_session(db):
    store = SessionStore()
    store["keys"] = {"registration": ["a"]}
    store.save()
    kept = Session.objects.get()
    with clock.travelling() as now_is:
        now_is(kept.expire_date - timedelta(seconds=1))
        assert SessionStore(kept.session_key).get("keys") == {"registration": ["a"]}
        now_is(kept.expire_date)
        assert SessionStore(kept.session_key).get("keys") is None


# --- erasing and taking along --------------------------------------------------------------------


@pytest.mark.parametrize("written", ["Élodie Roy", "ÉLODIE ROY", "élodie roy", "ELO@Example.org"])
def test_others_words_lose_a_name_however_it_is_written(cast: Cast, written):
    who = person("Élodie", last_name="Roy", email="elo@example.org")
    idea = make_idea(make_harvest(cast.valence), f"Demander à {written}, qui sait")
    other = make_idea(make_harvest(cast.valence), "Demander à Élodie, qui sait")
    erase_person(person=who, by=None, at=NOW)
    idea.refresh_from_db()
    other.refresh_from_db()
    assert written not in idea.text
    assert idea.text.startswith("Demander à ")
    assert idea.text.endswith(", qui sait")
    assert other.text == "Demander à Élodie, qui sait", "a first name alone is anybody's"


def test_erasing_closes_the_person_s_browsers_and_no_others(cast: Cast):
    mine, other = cast.client("denis"), cast.client("bruno")
    holder, stranger = Client(), Client()
    for client, key in ((holder, cast.denis.public_id), (stranger, cast.bruno.public_id)):
        session = client.session
        session["keys"] = {"me": [key]}
        session.save()
    erase_person(person=cast.denis, by=cast.denis, at=NOW)
    left = set(Session.objects.values_list("session_key", flat=True))
    assert left == {other.session.session_key, stranger.session.session_key}
    assert mine.get("/me/").status_code == 302


def test_erasing_somebody_without_an_account_closes_no_stranger_s_browser(cast: Cast, ines):
    client = cast.client("denis")
    erase_person(person=ines, by=None, at=NOW)
    assert client.get("/me/").status_code == 200


def test_an_organisation_goes_with_its_last_person(cast: Cast, ines):
    omar = person("Omar")
    for who in (ines, omar):
        who.organisation = organisation_named("Épi")
        who.save()
    erase_person(person=ines, by=None, at=NOW)
    assert Organisation.objects.count() == 1
    erase_person(person=omar, by=None, at=NOW)
    assert Organisation.objects.count() == 0


def test_what_i_did_is_told_the_latest_first_and_only_what_i_did(ines):
    omar = person("Omar")
    give_consent(person=ines, purpose="news", wording="1", by=ines, at=NOW)
    give_consent(person=omar, purpose="news", wording="1", by=omar, at=NOW)
    withdraw_consent(person=ines, purpose="news", by=ines, at=LATER)
    kept = {each.kind: each for each in kept_of(ines)}
    assert [row["verb"] for row in kept["ledger.entry"].rows] == ["withdrew_consent", "consented"]
    assert "kit.mail" not in kept, "kinds of which nothing is kept are left out"
    assert len(kept["people.consent"].rows) == 1


def test_the_file_names_no_row_of_ours_and_no_blank(ines):
    give_consent(person=ines, purpose="news", wording="1", by=ines, at=NOW)
    data = as_data(ines)
    [me] = data["people.person"]
    assert me["first_name"] == "Inès"
    assert {"id", "phone", "sphere"}.isdisjoint(me)
    [consent] = data["people.consent"]
    assert {"id", "person"}.isdisjoint(consent)
    [words] = [each for each in kept_of(ines) if each.kind == "people.consent"]
    said = dict(words.in_words()[0])
    assert "news" not in said.values(), "people read words, not codes"
