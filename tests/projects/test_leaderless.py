"""A sheet that names nobody who would lead calls for a leader by itself, and says so to the hosts."""

import uuid
from datetime import timedelta

import pytest

from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.projects.actions.leading import end_search, name_leader
from essor.projects.actions.projects import hand_in
from essor.projects.actions.sheets import add_photo, open_sheet, save_sheet
from essor.projects.leading import leads, open_call
from essor.projects.models import LeaderCall, Project
from essor.projects.rules import names_nobody
from tests.cast import NOW, TODAY, make_leader

SHEET = {"proposal": "Une consigne du verre"}


def draft(cast, **texts: str) -> Project:
    project = open_sheet(territory=cast.valence, origin="Table 3", by=None, at=NOW)
    if texts:
        save_sheet(sheet=project.sheet, texts=texts, marks={}, by=None, at=NOW)
    return project


def handed_in(cast, **texts: str) -> Project:
    return hand_in(project=draft(cast, **{**SHEET, **texts}), people=[], by=None, at=NOW)


def letters() -> list[Mail]:
    return list(Mail.objects.filter(address="aicha@example.org").order_by("id"))


@pytest.mark.parametrize(
    "said", ["", " ", "?", "…", "Aucun", "à définir", "Personne !", "n'a personne"]
)
def test_what_names_nobody(cast, said):
    sheet = draft(cast, **SHEET, leaders=said).sheet
    sheet.refresh_from_db()

    assert names_nobody(sheet) is (said != "n'a personne")


def test_a_sheet_without_leaders_opens_a_call_that_everybody_can_answer(cast):
    project = handed_in(cast)

    call = open_call(project)
    assert (call.why, call.asked, call.opens_on, call.closes_on) == ("", "", TODAY, None)
    assert Project.objects.get(pk=project.pk).seeks_leader
    line = Entry.objects.get(verb="leader_wanted")
    assert (line.audience, line.data["by_itself"]) == ("public", True)
    page = cast.client(None).get(f"/valence/projects/{project.public_id}/").content.decode()
    assert "Personne ne le porte" in page
    answering = cast.client(None).get(f"/valence/projects/{project.public_id}/lead/")
    assert answering.status_code == 200


def test_hosts_hear_once_a_day_however_many_sheets_come_in(cast):
    first, _second = handed_in(cast), handed_in(cast)

    (letter,) = letters()
    assert str(first) in letter.subject
    assert "leader-wanted" in letter.text
    hand_in(project=draft(cast, **SHEET), people=[], by=None, at=NOW + timedelta(days=1))
    assert len(letters()) == 2


@pytest.mark.parametrize("leaders", ["Marie et Jo", "Personne, sauf Marie"])
def test_a_sheet_that_names_somebody_calls_nobody(cast, leaders):
    project = handed_in(cast, leaders=leaders)

    assert open_call(project) is None
    assert not project.leader_wanted
    assert letters() == []


def test_a_photograph_alone_may_name_a_leader_that_we_cannot_read(cast):
    project = draft(cast)
    add_photo(sheet=project.sheet, file="sheets/a.jpg", width=1, height=1, by=None, at=NOW)

    hand_in(project=project, people=[], by=None, at=NOW)

    assert open_call(project) is None


def test_somebody_named_before_handing_in_leads_and_no_call_opens(cast):
    project = draft(cast, **SHEET)
    make_leader(project, cast.denis)

    hand_in(project=project, people=[cast.denis], by=None, at=NOW)

    assert open_call(project) is None


def test_handing_in_again_never_reopens_a_search_that_was_ended(cast):
    project = handed_in(cast)
    end_search(project=project, by=cast.aicha, at=NOW)

    hand_in(project=project, people=[cast.denis], by=None, at=NOW + timedelta(days=1))

    assert LeaderCall.objects.get().ending == "dropped"
    assert not Project.objects.get(pk=project.pk).leader_wanted


def test_the_call_is_closed_by_a_host_in_one_tap_or_by_naming_who_leads(cast):
    ended, found = handed_in(cast), handed_in(cast)
    page = f"/valence/projects/{ended.public_id}/leader/"

    answer = cast.client("aicha").post(f"{page}search-ending/", {"act": uuid.uuid4().hex})
    name_leader(
        project=found, person=cast.denis, since=TODAY, shows_name=False, by=cast.aicha, at=NOW
    )

    assert answer.status_code == 302
    assert open_call(ended) is None
    assert open_call(found) is None
    assert leads(cast.denis, found)
