"""The week's digest tells those who follow a project what it needs, found, and thanks for."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essor.exchanges import waiting
from essor.exchanges.actions.commitments import change_state, promise
from essor.exchanges.actions.needs import Asked, write_need
from essor.exchanges.actions.thanks import show_thanks
from essor.exchanges.digests import places
from essor.exchanges.models import Commitment
from essor.kit.models import Mail
from essor.news.rounds import run_round
from essor.projects.models import Leadership, Membership
from tests.cast import NOW, make_project, make_treasure, person

LATER = NOW + timedelta(days=7)
CHAIRS = Asked("equipment", "Chaises pliantes", quantity=20, unit="chaises")


@pytest.fixture
def project(cast):
    """Denis was at its table and follows it."""
    made = make_project(cast.valence, "Le four du village")
    since = NOW - timedelta(days=1)
    Membership.objects.create(project=made, person=cast.denis, part="table", since=since)
    return made


def digest_of(who) -> str:
    mails = Mail.objects.filter(person=who.public_id, kind=Mail.Kind.NEWS).order_by("id")
    return mails[len(mails) - 1].text if mails else ""


def bring(need, units: int):
    return promise(
        territory=need.territory, person=person("Omar"), kind="resource", what="Chaises",
        need=need, units=units, by=None, at=NOW,
    )[0]  # fmt: skip


def test_the_people_of_the_table_are_asked_for_what_is_still_missing(cast, project):
    bring(write_need(project=project, asked=CHAIRS, by=None, at=NOW), 8)

    assert run_round(at=LATER) == 2  # Aïcha, the host, hears that Omar waits for an answer

    text = digest_of(cast.denis)
    assert "Le four du village" in text
    assert "Chaises pliantes" in text
    assert "Omar" not in text
    assert "Omar, «\xa0Chaises\xa0»" in digest_of(cast.aicha)


def test_what_others_brought_meanwhile_is_not_asked_for(cast, project):
    bring(write_need(project=project, asked=CHAIRS, by=None, at=NOW), 20)

    run_round(at=LATER)

    assert digest_of(cast.denis) == ""


def test_what_a_sheet_being_written_needs_is_told_to_nobody(cast, project):
    type(project).objects.filter(pk=project.pk).update(published_at=None)
    project.refresh_from_db()
    write_need(project=project, asked=CHAIRS, by=None, at=NOW)

    assert run_round(at=LATER) == 0


def test_open_thanks_are_told_and_those_taken_back_are_not(cast, project):
    for name, showing in (("Lise", "named"), ("Zoé", "private")):
        kept = promise(
            territory=cast.valence, project=project, person=person(name), kind="skill",
            what=f"La voûte de {name}", by=None, at=NOW,
        )[0]  # fmt: skip
        change_state(commitment=kept, state="kept", by=None, at=NOW)
        kept = change_state(commitment=kept, state="thanked", words="Merci", by=None, at=NOW)
        show_thanks(commitment=kept, showing="named", name=name, by=None, at=NOW)
        show_thanks(commitment=kept, showing=showing, name=name, by=None, at=NOW)

    run_round(at=LATER)

    text = digest_of(cast.denis)
    assert "Merci à Lise" in text
    assert "Zoé" not in text


def test_places_name_each_territory_once_without_meeting_treasures_with_promises(cast):
    for territory in (cast.valence, cast.jura):
        for name in ("Verger", "Four", "Presse"):
            make_treasure(territory, name, keeper=cast.denis)
    for what in ("Une remorque", "Deux heures"):
        Commitment.objects.create(
            territory=cast.valence, person=cast.denis, what=what, created_at=NOW, state_at=NOW
        )
    Commitment.objects.create(
        territory=cast.jura, person=cast.aicha, what="Autre", created_at=NOW, state_at=NOW
    )
    with CaptureQueriesContext(connection) as asked:
        assert places(cast.denis) == [cast.jura.public_id, cast.valence.public_id]
    assert "OUTER JOIN" not in asked[0]["sql"]
    assert places(cast.aicha) == [cast.jura.public_id]
    assert places(cast.bruno) == []


def test_places_of_what_waits_are_those_of_hosts_and_leaders(cast):
    led = make_project(cast.jura)
    Leadership.objects.create(project=led, person=cast.denis, since=NOW.date())
    assert waiting.places(cast.denis) == [cast.jura.public_id]
    assert waiting.places(cast.aicha) == [cast.valence.public_id]
    assert waiting.places(cast.bruno) == []
