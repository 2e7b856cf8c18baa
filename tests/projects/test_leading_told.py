"""Who hears of a search, and that an erased leader is gone from everywhere that people see."""

import json
from datetime import timedelta

from essor.kit.models import Mail
from essor.news.rounds import run_round
from essor.people.erasure import erase_person
from essor.people.export import as_data
from essor.people.models import Person
from essor.projects.actions.hosting import begin_hosting, end_hosting
from essor.projects.actions.leader_answers import answer_search, choose_leader
from essor.projects.actions.leading import (
    CallWords,
    call_for_leader,
    end_leadership,
    end_search,
    name_leader,
)
from essor.projects.actions.projects import follow
from essor.projects.models import Membership, Project
from tests.cast import NOW, TODAY, make_project, person
from tests.traces import everything_in_the_database

LATER = NOW + timedelta(days=7)
CALL = CallWords("L’étude dit oui", "Deux jours par semaine", TODAY)
NAME = ("Zéphyrine", "Canari", "zephyrine.canari@example.org")


def followed(cast) -> Project:
    """A project that Denis follows since yesterday."""
    project = make_project(cast.valence)
    follow(project=project, person=cast.denis, by=cast.denis, at=NOW - timedelta(days=1))
    return project


def digest_of(who: Person) -> str:
    assert run_round(at=LATER) >= 1
    return Mail.objects.get(person=who.public_id, kind=Mail.Kind.NEWS).text


def chosen(project: Project, cast) -> Person:
    """Zéphyrine answers the project's search and is chosen."""
    first, last, email = NAME
    who = person(first, last_name=last)
    Person.objects.filter(pk=who.pk).update(email=email)
    who.refresh_from_db()
    answer, _token = answer_search(
        project=project, person=who, kind="me", words=f"Moi, {first} {last}.", shows_name=True,
        by=who, at=NOW,
    )  # fmt: skip
    choose_leader(answer=answer, words="Bienvenue", by=cast.aicha, at=NOW)
    return who


def test_followers_hear_that_a_leader_is_wanted_with_what_is_asked(cast):
    call_for_leader(project=followed(cast), words=CALL, by=cast.aicha, at=NOW)
    assert "cherche qui le portera. Deux jours par semaine" in digest_of(cast.denis)


def test_followers_hear_that_somebody_was_found_and_never_who(cast):
    project = followed(cast)
    call_for_leader(project=project, words=CALL, by=cast.aicha, at=NOW)
    chosen(project, cast)
    text = digest_of(cast.denis)
    assert "il a trouvé qui le portera." in text
    assert "Zéphyrine" not in text, "a mail that left cannot forget a name"


def test_followers_hear_that_a_leader_left_and_that_the_search_ended(cast):
    project = followed(cast)
    for who in (cast.bruno, cast.chloe):
        term = name_leader(
            project=project, person=who, since=TODAY, shows_name=True, by=cast.aicha, at=NOW
        )
    first = project.leaderships.order_by("id")[0]
    end_leadership(leadership=first, until=TODAY, by=cast.aicha, at=NOW)
    end_leadership(leadership=term, until=TODAY, by=cast.aicha, at=NOW)
    end_search(project=project, by=cast.aicha, at=NOW)
    text = digest_of(cast.denis)
    assert "une des personnes qui le portaient a passé la main." in text
    assert "il cherche qui le portera." in text
    assert "il ne cherche plus de porteur" in text


def test_followers_hear_who_hosts_and_what_comes_next(cast):
    project = followed(cast)
    hosting = begin_hosting(
        project=project, name="La Fruitière", carries="le contrat", since=TODAY, by=cast.aicha,
        at=NOW,
    )  # fmt: skip
    end_hosting(
        hosting=hosting, until=TODAY, what_next="Une coopérative www.spam.example",
        by=cast.aicha, at=NOW,
    )  # fmt: skip
    text = digest_of(cast.denis)
    assert "La Fruitière en assure le portage. le contrat" in text
    assert "La Fruitière n’en assure plus le portage. Une coopérative […]" in text


def test_an_erased_leader_is_gone_from_pages_exports_letters_lists_and_every_table(cast):
    project = followed(cast)
    call_for_leader(project=project, words=CALL, by=cast.aicha, at=NOW)
    who = chosen(project, cast)
    follow(project=project, person=who, by=who, at=NOW)
    own = json.dumps(as_data(who), ensure_ascii=False, default=str)
    assert "Moi, Zéphyrine Canari." in own, "the export holds what they gave"

    erase_person(person=who, by=None, at=NOW)

    base, aicha = f"/valence/projects/{project.public_id}", cast.client("aicha")
    pages = (f"{base}/", f"{base}/story/", f"{base}/leader/", "/valence/desk/", "/valence/")
    seen = " ".join(aicha.get(page).content.decode() for page in pages)
    digest = digest_of(cast.denis)
    export = json.dumps(as_data(cast.aicha), ensure_ascii=False, default=str)
    left = "\n".join([seen, digest, export, everything_in_the_database()])
    for trace in (*NAME, who.public_id):
        assert trace not in left
    assert not Mail.objects.filter(address=NAME[2]).exists(), "nothing is queued to them"
    assert not Membership.objects.filter(person=who).exists()
    project.refresh_from_db()
    assert project.seeks_leader
    assert "Porteur recherché" in seen
