"""Reports, decisions and appeals: always with a reason, never by a machine, the author told."""

import re
import uuid

import pytest
from django.test import Client

from essor.harvest.actions.ideas import Said, give_idea, withdraw_idea
from essor.harvest.actions.kindness import (
    NothingToAppeal,
    ReasonMissing,
    appeal,
    hide_idea,
    keep_idea,
    report_idea,
)
from essor.harvest.models import Idea, Report
from essor.kit.models import Mail
from essor.ledger.models import Entry
from tests.cast import NOW, Cast, make_harvest, make_idea

pytestmark = pytest.mark.django_db


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def reported(idea: Idea, device: str = "d1") -> Report:
    return report_idea(
        idea=idea, reason="hurts", words="", person=None, device=device, by=None, at=NOW
    )


def test_a_report_hides_nothing_and_counts_once_a_device(cast: Cast) -> None:
    idea = make_idea(make_harvest(cast.valence))
    assert reported(idea) == reported(idea)
    reported(idea, "d2")
    idea.refresh_from_db()
    assert idea.state == Idea.State.SHOWN
    assert idea.reports.count() == 2
    assert Entry.objects.filter(verb="idea_reported").count() == 2


def test_nobody_hides_without_a_reason(cast: Cast) -> None:
    idea = make_idea(make_harvest(cast.valence))
    with pytest.raises(ReasonMissing):
        hide_idea(idea=idea, why="  ", by=cast.aicha, at=NOW)
    idea.refresh_from_db()
    assert idea.state == Idea.State.SHOWN


def test_hiding_settles_the_reports_and_tells_the_author(cast: Cast) -> None:
    idea = make_idea(make_harvest(cast.valence), author=cast.denis)
    reported(idea)
    hide_idea(idea=idea, why="Elle nomme un voisin.", by=cast.aicha, at=NOW)
    report = idea.reports.get()
    assert (report.state, report.decision) == ("hidden", "Elle nomme un voisin.")
    letter = Mail.objects.get(address="denis@example.org")
    assert "Elle nomme un voisin." in letter.text


def test_keeping_settles_the_reports_and_writes_to_nobody(cast: Cast) -> None:
    idea = make_idea(make_harvest(cast.valence), author=cast.denis)
    reported(idea)
    keep_idea(idea=idea, why="", by=cast.aicha, at=NOW)
    keep_idea(idea=idea, why="", by=cast.aicha, at=NOW)
    assert idea.reports.get().state == Report.State.KEPT
    assert Entry.objects.filter(verb="idea_kept").count() == 1
    assert not Mail.objects.exists()


@pytest.mark.parametrize("decide", [keep_idea, hide_idea])
def test_what_its_author_took_back_never_shows_again_whatever_an_open_page_decides(
    cast: Cast, decide
) -> None:
    idea = make_idea(make_harvest(cast.valence), author=cast.denis)
    reported(idea)
    seen_before = Idea.objects.select_related("harvest__territory").get()
    withdraw_idea(idea=idea, by=cast.denis, at=NOW)
    decide(idea=seen_before, why="Elle nomme un voisin.", by=cast.aicha, at=NOW)
    idea.refresh_from_db()
    assert idea.state == Idea.State.WITHDRAWN
    assert not Mail.objects.exists()
    assert not Entry.objects.filter(verb__in=["idea_kept", "idea_hidden"]).exists()


def test_only_a_hidden_idea_is_appealed(cast: Cast) -> None:
    idea = make_idea(make_harvest(cast.valence), author=cast.denis)
    with pytest.raises(NothingToAppeal):
        appeal(idea=idea, words="Mais non", by=cast.denis, at=NOW)


def test_an_idea_that_waits_shows_once_somebody_looked(cast: Cast) -> None:
    harvest = make_harvest(cast.valence, look_first=True)
    idea = give_idea(harvest=harvest, said=Said(text="Un verger"), by=None, at=NOW)
    address = f"/valence/harvest/{harvest.public_id}/"
    assert Client().get(f"{address}ideas/{idea.public_id}/").status_code == 404
    aicha = cast.client("aicha")
    assert "Un verger" in aicha.get(f"{address}care/").content.decode()
    aicha.post(f"{address}ideas/{idea.public_id}/decision/", act(do="keep"))
    assert "Un verger" in Client().get(address).content.decode()


def test_from_a_report_to_an_appeal_that_is_heard(cast: Cast) -> None:
    # Somebody reports without an account; nothing happens by itself.
    harvest = make_harvest(cast.valence)
    idea = make_idea(harvest, "Que M. Dupuis vende sa friche", author=cast.denis)
    root = f"/valence/harvest/{harvest.public_id}/"
    page = f"{root}ideas/{idea.public_id}/"
    assert Client().post(f"{page}report/", act()).status_code == 422
    Client().post(f"{page}report/", act(reason="names", words="C’est mon père."))
    assert Client().get(page).status_code == 200

    # Aïcha reads it and hides it: first she forgets the reason, and is asked for it.
    aicha = cast.client("aicha")
    assert "C’est mon père." in aicha.get(f"{root}care/").content.decode()
    unsaid = aicha.post(f"{page}decision/", act(do="hide", why=""), follow=True)
    assert "Dites pourquoi" in unsaid.content.decode()
    aicha.post(f"{page}decision/", act(do="hide", why="Une personne est nommée."))
    assert Client().get(page).status_code == 404
    assert "Dupuis" not in Client().get(root).content.decode()

    # Denis opens his mail without an account, reads why, and answers.
    link = re.search(r"/l/\S+/", Mail.objects.get(address="denis@example.org").text)[0]
    phone = Client()
    mine = phone.post(link, act(), follow=True).content.decode()
    assert "Une personne est nommée." in mine
    phone.post(f"{page}appeal/", act(words="Il est d’accord, demandez-lui."))
    assert "Il est d’accord" in aicha.get(f"{root}care/").content.decode()

    # She shows it again, and he hears of it.
    aicha.post(f"{page}decision/", act(do="keep", why="M. Dupuis nous l’a confirmé."))
    assert Client().get(page).status_code == 200
    assert Mail.objects.filter(address="denis@example.org").count() == 2
    assert idea.reports.filter(state="kept").exists()


def test_an_author_takes_an_idea_back_and_words_it_more_clearly(cast: Cast) -> None:
    idea = make_idea(make_harvest(cast.valence), "un verjé", author=cast.denis)
    page = f"/valence/harvest/{idea.harvest.public_id}/ideas/{idea.public_id}/"
    denis = cast.client("denis")
    denis.post(f"{page}correction/", act(correction="Un verger"))
    shown = Client().get(page).content.decode()
    assert "Un verger" in shown
    assert "un verjé" in shown
    denis.post(f"{page}withdrawal/", act())
    assert Client().get(page).status_code == 404
    assert "Reprise par son auteur" in denis.get(page).content.decode()


def test_the_charter_is_ours_or_the_team_s_own(cast: Cast) -> None:
    ours, own = make_harvest(cast.valence), make_harvest(cast.valence, charter="On se tutoie.")
    charter = "/valence/harvest/{}/charter/"
    assert "Une idée est un cadeau" in Client().get(charter.format(ours.public_id)).content.decode()
    said = Client().get(charter.format(own.public_id)).content.decode()
    assert "On se tutoie." in said
    assert "Une idée est un cadeau" not in said


def test_the_host_desk_says_what_waits_for_a_look(cast: Cast) -> None:
    idea = make_idea(make_harvest(cast.valence))
    aicha = cast.client("aicha")
    assert "Regards bienveillants" not in aicha.get("/valence/desk/").content.decode()
    reported(idea)
    reported(idea, "d2")
    assert "1 idée attend un regard" in aicha.get("/valence/desk/").content.decode()


def test_the_home_page_leads_to_the_field_while_a_harvest_is_open(cast: Cast) -> None:
    harvest = make_harvest(cast.valence)
    field = f"/valence/harvest/{harvest.public_id}/idea/"
    assert field in Client().get("/valence/").content.decode()
    harvest.state = "closed"
    harvest.save()
    reported(make_idea(harvest))  # an act: the kept page is made anew
    assert field not in Client().get("/valence/").content.decode()
