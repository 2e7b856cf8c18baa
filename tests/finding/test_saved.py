"""Searches kept by mail: who may, how often, what is told, and what is forgotten."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from essor.finding import digests
from essor.finding.actions import (
    MOST,
    TooManySearches,
    Wanted,
    ask_for_search,
    confirm_search,
    end_search,
    mark_told,
    save_search,
)
from essor.finding.links import page_of, results_of
from essor.finding.models import Page, SavedSearch, ToldFinding
from essor.finding.privacy import forget_traces, forget_unconfirmed
from essor.finding.rebuilding import rebuild
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.news import listening
from essor.news.actions import choose_how
from essor.news.kinds import EVERYTHING
from essor.people.erasure import erase_person
from essor.people.export import kept_of
from essor.people.models import Person
from tests.cast import NOW, Cast, make_need, make_project, person

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


def wanted(words: str = "verger", territory=None, kind: str = "") -> Wanted:
    return Wanted(words, territory, kind)


def saved(who: Person, words: str = "verger", territory=None, kind: str = "") -> SavedSearch:
    return save_search(wanted=wanted(words, territory, kind), person=who, by=who, at=NOW)


def found_on(day: int) -> None:
    """Everything that is indexed now was first found that many days after."""
    rebuild()
    Page.objects.update(since=NOW + timedelta(days=day))


def titles_for(who: Person, at=LATER) -> list[str]:
    return [item.words.split(" (")[0] for item in digests.items(digests.owed(at).get(who.pk, []))]


def test_somebody_signed_in_keeps_a_search_at_once(cast: Cast) -> None:
    browser = cast.client("denis")
    assert 'name="email"' not in browser.get("/search/saved/").content.decode()
    browser.post("/search/saved/", {"words": " un  verger ", "where": "jura", "kind": "project"})
    (search,) = SavedSearch.objects.all()
    assert (search.person, search.words, search.territory, search.kind) == (
        cast.denis, "un verger", cast.jura, "project",
    )  # fmt: skip
    assert search.confirmed_at is not None
    assert Entry.objects.filter(verb="search_saved", of_id=search.public_id).count() == 1
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [({"words": "", "email": "a@example.org"}, "words"), ({"words": "?!", "email": "a@example.org"}, "words"),
     ({"words": "verger", "email": "a@"}, "email"), ({"words": "verger"}, "email"),
     ({"words": "verger", "email": "a@example.org", "where": "nowhere"}, "where"),
     ({"words": "verger", "email": "a@example.org", "kind": "person"}, "kind")],
)  # fmt: skip
def test_what_is_not_well_said_is_told_at_its_field_and_nothing_is_lost(
    cast: Cast, said: dict[str, str], field: str
) -> None:
    answer = Client().post("/search/saved/", said)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not SavedSearch.objects.exists()
    assert not Mail.objects.exists()


def test_the_same_form_twice_is_one_search_and_one_mail(cast: Cast) -> None:
    browser = Client()
    said = {"words": "verger", "email": "nadia@example.org",
            "act": "6f1e0b0a-6a4b-4a8e-9d39-0d2b7c1a5c11"}  # fmt: skip
    first, second = (browser.post("/search/saved/", said) for _ in range(2))
    assert first.url == second.url == "/search/?q=verger"
    assert SavedSearch.objects.count() == Mail.objects.count() == 1
    assert Person.objects.filter(email="nadia@example.org").count() == 1


def test_an_address_is_written_to_three_times_a_day_at_most(cast: Cast) -> None:
    for n in range(3):
        Client().post("/search/saved/", {"words": f"verger {n}", "email": "Nadia@example.org"})
    refused = Client().post("/search/saved/", {"words": "haie", "email": "nadia@example.org"})
    assert refused.status_code == 422
    assert "réessayez demain" in refused.content.decode()
    assert Mail.objects.count() == 3
    other = Client().post("/search/saved/", {"words": "haie", "email": "omar@example.org"})
    assert other.status_code == 302


def test_the_house_sends_so_many_links_an_hour_whoever_asks(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "THE_HOUSE", 2)
    for n in range(3):
        Client().post("/search/saved/", {"words": "verger", "email": f"{n}@example.org"})
    assert Mail.objects.count() == 2
    assert not Person.objects.filter(email="2@example.org").exists()


def test_a_person_known_by_the_address_is_not_taken_for_whoever_typed_it(cast: Cast) -> None:
    search = ask_for_search(wanted=wanted(), email=cast.denis.email, language="fr", by=None, at=NOW)
    again = ask_for_search(
        wanted=wanted("haie"), email=cast.denis.email, language="fr", by=None, at=NOW
    )
    assert search.person != cast.denis
    assert again.person == search.person


def test_an_address_typed_as_words_is_not_mailed_on(cast: Cast) -> None:
    ask_for_search(wanted=wanted("gain https://evil.example verger"), email="a@example.org",
                   language="fr", by=None, at=NOW)  # fmt: skip
    assert "evil" not in Mail.objects.get().text + Mail.objects.get().html


def test_what_was_found_before_or_elsewhere_or_is_of_another_kind_is_no_news(cast: Cast) -> None:
    project = make_project(cast.valence, "Un verger partagé")
    make_need(project, "Bêches", details="pour le verger")
    make_project(cast.jura, "Verger bas")
    everywhere, here = saved(cast.denis), saved(cast.elodie, "vergers", cast.jura)
    needs, other = saved(cast.farid, "verger", None, "need"), saved(cast.bruno, "piscine")
    found_on(-1)
    assert digests.owed(LATER) == {}
    found_on(1)
    assert set(titles_for(everywhere.person)) == {"Un verger partagé", "Bêches", "Verger bas"}
    assert titles_for(here.person) == ["Verger bas"]
    assert titles_for(needs.person) == ["Bêches"]
    assert titles_for(other.person) == []


def test_all_words_must_stand_and_an_unlisted_territory_is_not_told_of(cast: Cast) -> None:
    make_project(cast.valence, "Un verger partagé")
    make_project(cast.jura, "Le verger des écoles")
    saved(cast.denis, "verger école")
    found_on(1)
    assert titles_for(cast.denis) == ["Le verger des écoles"]
    cast.jura.listed = False
    cast.jura.save()
    assert titles_for(cast.denis) == []
    saved(cast.elodie, "école", cast.jura)
    assert titles_for(cast.elodie) == ["Le verger des écoles"]


def test_what_is_hidden_before_the_mail_is_written_is_not_told(cast: Cast) -> None:
    project = make_project(cast.valence, "Un verger partagé")
    saved(cast.denis)
    found_on(1)
    keys = digests.owed(LATER)[cast.denis.pk]
    assert len(digests.items(keys)) == 1
    project.published_at = None
    project.save()
    assert digests.items(keys) == []


def test_at_most_ten_a_week_the_rest_comes_after(cast: Cast) -> None:
    for n in range(13):
        make_project(cast.valence, f"Verger {n}")
    saved(cast.denis)
    found_on(1)
    first = digests.owed(LATER)[cast.denis.pk]
    assert len(first) == 10
    digests.mark([(cast.denis.pk, key) for key in first], LATER)
    second = digests.owed(LATER)[cast.denis.pk]
    assert len(second) == 3
    assert not set(first) & set(second)


def test_the_database_holds_that_each_thing_is_told_once(cast: Cast) -> None:
    search = saved(cast.denis)
    mark_told(pairs=[(search.public_id, 7)], at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        mark_told(pairs=[(search.public_id, 7)], at=LATER)
    assert ToldFinding.objects.count() == 1
    mark_told(pairs=[("gone", 7)], at=LATER)
    assert Entry.objects.filter(verb="search_told").count() == 1


def test_nothing_from_a_territory_means_nothing_of_its_findings(cast: Cast) -> None:
    make_project(cast.valence, "Un verger partagé")
    make_project(cast.jura, "Verger bas")
    saved(cast.denis)
    choose_how(person=cast.denis, key=(EVERYTHING, cast.valence.public_id), how="none",
               by=cast.denis, at=NOW)  # fmt: skip
    found_on(1)
    assert titles_for(cast.denis) == ["Verger bas"]
    saved(cast.denis, "haie", cast.jura)
    assert digests.places(cast.denis) == [cast.jura.public_id]


def test_as_many_queries_for_many_searches_as_for_one(cast: Cast) -> None:
    make_project(cast.valence, "Un verger partagé")
    saved(cast.denis)
    found_on(1)
    with CaptureQueriesContext(connection) as one:
        digests.items(digests.owed(LATER)[cast.denis.pk])
    for n in range(8):
        saved(cast.elodie, f"verger {n}")
    with CaptureQueriesContext(connection) as many:
        digests.items(digests.owed(LATER)[cast.denis.pk])
    assert len(many) == len(one)


def test_more_than_twenty_are_refused_and_said(cast: Cast) -> None:
    for n in range(MOST):
        saved(cast.denis, f"mot{n}")
    with pytest.raises(TooManySearches):
        saved(cast.denis, "encore")
    assert saved(cast.denis, "mot3").words == "mot3"
    answer = cast.client("denis").post("/search/saved/", {"words": "encore"})
    assert answer.status_code == 422
    assert SavedSearch.objects.filter(person=cast.denis).count() == MOST


def test_confirming_twice_is_once_and_news_are_wanted_again(cast: Cast) -> None:
    search = ask_for_search(wanted=wanted(), email="n@example.org", language="en", by=None, at=NOW)
    Person.objects.filter(pk=search.person_id).update(no_news=True)
    search.refresh_from_db()
    for _ in range(2):
        confirm_search(search=search, by=None, at=LATER)
    assert search.confirmed_at == LATER
    assert not Person.objects.get(pk=search.person_id).no_news
    assert Entry.objects.filter(verb="search_saved").count() == 1


def test_ending_the_last_search_forgets_who_did_nothing_else(cast: Cast) -> None:
    first = ask_for_search(wanted=wanted(), email="n@example.org", language="fr", by=None, at=NOW)
    second = ask_for_search(wanted=wanted("haie"), email="n@example.org", language="fr", by=None,
                            at=NOW)  # fmt: skip
    end_search(search=first, by=None, at=LATER)
    assert Person.objects.filter(email="n@example.org").exists()
    end_search(search=second, by=None, at=LATER)
    assert not Person.objects.filter(email="n@example.org").exists()
    assert not Mail.objects.filter(address="n@example.org").exists()


def test_ending_a_search_leaves_whoever_takes_part_otherwise(cast: Cast) -> None:
    end_search(search=saved(cast.denis), by=cast.denis, at=LATER)
    cast.denis.refresh_from_db()
    assert cast.denis.erased_at is None
    assert Entry.objects.filter(verb="search_ended").count() == 1


def test_what_nobody_confirmed_is_forgotten_with_its_address(cast: Cast) -> None:
    ask_for_search(wanted=wanted(), email="n@example.org", language="fr", by=None, at=NOW)
    kept = saved(cast.denis)
    assert forget_unconfirmed(NOW) == 0
    assert forget_unconfirmed(LATER) == 1
    assert list(SavedSearch.objects.all()) == [kept]
    assert not Person.objects.filter(email="n@example.org").exists()


def test_traces_go(cast: Cast) -> None:
    mark_told(pairs=[(saved(cast.denis).public_id, 7)], at=NOW)
    assert forget_traces(NOW) == 0
    assert forget_traces(LATER) == 1


def test_export_names_searches_and_erasure_takes_them_along(cast: Cast) -> None:
    who = person("Nadia", email="nadia@example.org")
    search = saved(who, "verger")
    mark_told(pairs=[(search.public_id, 7)], at=NOW)
    rows = {each.kind: each.rows for each in kept_of(who)}
    assert rows["finding.savedsearch"][0]["words"] == "verger"
    assert "finding.toldfinding" in rows
    erase_person(person=who, by=None, at=LATER)
    assert not SavedSearch.objects.exists()
    assert not ToldFinding.objects.exists()


def test_a_search_is_ended_by_whoever_holds_its_address_only(cast: Cast) -> None:
    search = saved(cast.denis)
    own = page_of(search)
    assert Client().get(own[:-3] + "x/").status_code == 404
    assert Client().post(own[:-3] + "x/").status_code == 404
    page = Client().get(own)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert cast.denis.email not in page.content.decode()
    assert SavedSearch.objects.count() == 1
    act = {"act": "6f1e0b0a-6a4b-4a8e-9d39-0d2b7c1a5c11"}
    assert [Client().post(own, act).url for _ in range(2)] == ["/search/", "/search/"]
    assert not SavedSearch.objects.exists()


def test_results_of_a_search_are_where_it_looks(cast: Cast) -> None:
    assert results_of(saved(cast.denis, "un verger")) == "/search/?q=un+verger"
    here = saved(cast.denis, "un verger", cast.jura, "need")
    assert results_of(here) == "/jura/search/?q=un+verger&kind=need"


def test_my_space_lists_my_searches_and_nobody_elses(cast: Cast) -> None:
    saved(cast.denis, "verger", cast.jura, "project")
    saved(cast.elodie, "piscine")
    page = cast.client("denis").get("/me/news/").content.decode()
    assert "verger" in page
    assert "piscine" not in page
    assert "Terminer" in page
