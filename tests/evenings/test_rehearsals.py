"""Rehearsals: a whole evening with invented people, seen by the team alone, gone without a trace."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from essor.challenges.models import Challenge
from essor.evenings.actions.conducting import start_phase, take_baton
from essor.evenings.actions.rehearsals import (
    AlreadyRehearsing,
    play_on,
    remove_rehearsal,
    start_rehearsal,
    stop_rehearsal,
)
from essor.evenings.actions.tables import sheet_of_table
from essor.evenings.jobs.rehearsals import look_after_rehearsals, play, play_rehearsal
from essor.evenings.models import Evening, Phase, Registration, Rehearsal, Table, TableIdea
from essor.exchanges.models import Commitment
from essor.kit import clock
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.news.rounds import _lines
from essor.people.models import Person
from essor.projects.actions.sheets import save_sheet
from essor.projects.models import Project
from essor.territories.models import Role, Territory
from tests.cast import NOW, Cast, make_evening

pytestmark = pytest.mark.django_db


class Watch:
    """The house's clock, moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def watch(monkeypatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(clock, "now", lambda: watch.now)
    return watch


@pytest.fixture
def evening(cast: Cast) -> Evening:
    return make_evening(cast.valence)


@pytest.fixture
def rehearsal(cast: Cast, evening: Evening, watch: Watch) -> Rehearsal:
    return start(cast, evening)


def start(cast: Cast, evening: Evening, minutes: int = 10, yours: int = 1) -> Rehearsal:
    return start_rehearsal(evening=evening, minutes=minutes, yours=yours, by=cast.aicha, at=NOW)


def play_through(rehearsal: Rehearsal, watch: Watch, *, until: timedelta = timedelta(hours=1)):
    """Steps of five seconds until the play ends; what each phase was, in order."""
    phases, end = [], watch.now + until
    while watch.now < end and play(rehearsal.public_id):
        phase = Evening.objects.select_related("phase").get(pk=rehearsal.practice_id).phase
        if phase and (not phases or phases[-1] != phase.kind):
            phases.append(phase.kind)
        watch.pass_(seconds=5)
    return phases


def url(evening: Evening, name: str, *more: str) -> str:
    return reverse(f"evenings:{name}", args=[evening.territory.slug, evening.public_id, *more])


# --- the play -----------------------------------------------------------------------------------


def test_whole_evening_is_played_in_its_minutes(rehearsal, evening, watch) -> None:
    Phase.objects.filter(evening=rehearsal.practice).delete()
    for order, kind in enumerate(Phase.Kind.values, 1):
        Phase.objects.create(evening=rehearsal.practice, kind=kind, minutes=1, order=order)
    began = watch.now
    assert play_through(rehearsal, watch) == Phase.Kind.values
    assert watch.now - began <= timedelta(minutes=10, seconds=30)
    rehearsal.refresh_from_db()
    practice = Evening.objects.get(pk=rehearsal.practice_id)
    assert (rehearsal.state, practice.state) == (Rehearsal.State.ENDED, Evening.State.OVER)
    registrations = practice.registrations.all()
    assert registrations.count() == 40
    assert registrations.filter(arrived_at=None).count() == 4  # left for the team's door
    assert registrations.filter(remote=True, arrived_at__isnull=False).count() == 6
    assert TableIdea.objects.filter(table__evening=practice).count() == 4 * 6
    tables = {table.number: table for table in practice.tables.all()}
    assert {n for n, table in tables.items() if table.done_at} == {2, 3, 4, 5, 6}
    assert tables[1].project is None  # the team's own
    assert Commitment.objects.filter(territory=rehearsal.stage).count() == 10
    assert all(table.pitched_at or table.pk == practice.pitching_id
               for n, table in tables.items() if n > 1)  # fmt: skip


def test_late_or_twice_is_the_same_as_once(rehearsal, watch) -> None:
    play(rehearsal.public_id)
    watch.pass_(seconds=40)
    for _ in range(3):
        play(rehearsal.public_id)
    here = rehearsal.practice.registrations.filter(arrived_at__isnull=False).count()
    lines = Entry.objects.filter(verb="arrived", territory=rehearsal.stage.public_id).count()
    assert (
        here
        == lines
        + rehearsal.practice.registrations.filter(remote=True, arrived_at__isnull=False).count()
    )
    assert here == 9  # 40 seconds of three minutes, 30 people, the last of them a little early


def test_who_takes_the_baton_moves_the_phases(cast, rehearsal, watch) -> None:
    play(rehearsal.public_id)
    practice = Evening.objects.get(pk=rehearsal.practice_id)
    take_baton(evening=practice, seen="", by=cast.aicha, at=watch.now)
    watch.pass_(minutes=30)
    assert play(rehearsal.public_id)
    practice.refresh_from_db()
    assert practice.phase.kind == Phase.Kind.WELCOME
    sheet = practice.phases.get(kind=Phase.Kind.SHEET)
    start_phase(evening=practice, phase=sheet, seen=str(practice.phase_id), by=cast.aicha,
                at=watch.now)  # fmt: skip
    watch.pass_(minutes=2)
    play(rehearsal.public_id)
    assert Project.objects.filter(territory=rehearsal.stage).count() == 5
    watch.pass_(hours=2)
    assert not play(rehearsal.public_id)
    rehearsal.refresh_from_db()
    assert rehearsal.state == Rehearsal.State.ENDED


def test_words_of_the_team_are_never_written_over(cast, rehearsal, watch) -> None:
    play(rehearsal.public_id)
    table = Table.objects.select_related("evening__territory").get(
        evening=rehearsal.practice, number=2
    )
    project = sheet_of_table(table=table, origin="", by=cast.bruno, at=watch.now)
    save_sheet(sheet=project.sheet, texts={"dream": "Mon rêve"}, marks={}, by=None, at=watch.now)
    play_through(rehearsal, watch)
    project.sheet.refresh_from_db()
    assert project.sheet.dream == "Mon rêve"
    assert project.sheet.proposal
    assert not project.sheet.variants.exists()


def test_one_step_asks_for_the_next_and_the_last_for_none(rehearsal, watch) -> None:
    from django_tasks_db.models import DBTaskResult

    assert play_rehearsal.func(rehearsal.public_id)
    assert DBTaskResult.objects.filter(run_after__gt=watch.now).count() == 1
    Rehearsal.objects.update(state=Rehearsal.State.STOPPED)
    assert not play_rehearsal.func(rehearsal.public_id)
    assert DBTaskResult.objects.count() == 1


def test_what_stands_still_is_taken_up_and_what_is_old_is_thrown_away(rehearsal, watch) -> None:
    assert look_after_rehearsals.func() == 0
    watch.pass_(minutes=1)
    assert look_after_rehearsals.func() == 1
    stop_rehearsal(rehearsal=rehearsal, by=rehearsal.started_by, at=watch.now)
    watch.pass_(hours=23)
    look_after_rehearsals.func()
    assert Rehearsal.objects.count() == 1
    watch.pass_(hours=2)
    look_after_rehearsals.func()
    assert Rehearsal.objects.count() == Territory.objects.filter(rehearsal=True).count() == 0


# --- one at a time ------------------------------------------------------------------------------


def test_one_rehearsal_of_an_evening_is_played_at_a_time(cast, evening, rehearsal) -> None:
    with pytest.raises(AlreadyRehearsing):
        start(cast, evening)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rehearsal.objects.create(
            evening=evening, stage=cast.jura, practice=make_evening(cast.jura),
            started_at=NOW, beat_at=NOW,
        )  # fmt: skip
    stop_rehearsal(rehearsal=rehearsal, by=cast.aicha, at=NOW)
    stop_rehearsal(rehearsal=rehearsal, by=cast.aicha, at=NOW)
    assert Entry.objects.filter(verb="rehearsal_stopped").count() == 1
    assert not play_on(rehearsal=rehearsal, by=None, at=NOW)
    start(cast, evening)


# --- nobody else sees it ------------------------------------------------------------------------


def test_team_comes_in_and_nobody_else(cast, rehearsal, watch) -> None:
    play(rehearsal.public_id)
    practice = rehearsal.practice
    for page in ("evening", "here"):
        for name in ("aicha", "bruno", "chloe"):
            assert cast.client(name).get(url(practice, page)).status_code == 200
        for name in ("hugo", "denis", "farid", None):
            assert cast.client(name).get(url(practice, page)).status_code == 404
    assert cast.client("chloe").get(url(practice, "door")).status_code == 200
    assert cast.client("bruno").get(url(practice, "conductor")).status_code == 404


def test_code_of_the_screen_opens_it_to_a_phone_without_an_account(rehearsal, watch) -> None:
    practice, phone = rehearsal.practice, Client()
    code = f"{reverse('here:code')}?code={practice.welcome_code}"
    assert "répétition" in phone.get(code).content.decode()
    assert phone.get(url(practice, "here")).status_code == 404  # looking opens nothing
    assert phone.post(code).url == url(practice, "here")
    assert phone.get(url(practice, "here")).status_code == 200
    assert Client().get(url(practice, "here")).status_code == 404


def test_screen_of_a_rehearsal_leads_to_its_code(cast, rehearsal, watch) -> None:
    from essor.evenings.views.screen import _entry

    assert _entry(rehearsal.practice).endswith(f"?code={rehearsal.practice.welcome_code}")
    assert _entry(rehearsal.evening).endswith("/here/")


def test_no_list_figure_digest_or_search_meets_it(cast, evening, rehearsal, watch) -> None:
    play_through(rehearsal, watch)
    assert Project.objects.filter(territory=rehearsal.stage, published_at__isnull=False).exists()
    for address in ("/", "/valence/", "/valence/evenings/", "/valence/projects/"):
        page = cast.client("denis").get(address, follow=True).content.decode()
        assert rehearsal.stage.slug not in page
        assert rehearsal.practice.name not in page
    assert not Commitment.objects.filter(territory=cast.valence).exists()
    lines = _lines(0, Entry.objects.latest("id").pk)
    assert rehearsal.stage.public_id not in {line.territory for line in lines}
    from essor.challenges.nearby import _public as challenges
    from essor.projects.nearby import _public as projects

    assert not projects().filter(territory=rehearsal.stage).exists()
    assert not challenges().filter(territory=rehearsal.stage).exists()


def test_band_says_on_each_page_that_all_is_invented(cast, evening, rehearsal) -> None:
    page = cast.client("aicha").get(url(rehearsal.practice, "desk")).content.decode()
    assert "rehearsal-band" in page
    assert url(evening, "rehearsals") in page
    assert "rehearsal-band" not in cast.client("aicha").get(url(evening, "desk")).content.decode()


def test_nobody_gets_a_mail_not_even_who_types_an_address(cast, rehearsal, watch) -> None:
    play(rehearsal.public_id)
    practice, phone = rehearsal.practice, Client()
    phone.post(f"{reverse('here:code')}?code={practice.welcome_code}")
    sent = {"act": uuid4(), "kind": "energy", "first_name": "Vrai", "email": "vrai@example.org",
            "what": "", "consent": "on"}  # fmt: skip
    phone.post(url(practice, "commitment"), sent)
    assert Commitment.objects.filter(person__email="vrai@example.org").exists()
    play_through(rehearsal, watch)
    assert Mail.objects.count() == 0


# --- thrown away --------------------------------------------------------------------------------


def test_one_tap_takes_everything(cast, evening, rehearsal, watch) -> None:
    before = {Person: 8, Challenge: 3, Evening: 1, Territory: 2}
    play_through(rehearsal, watch)
    stage = rehearsal.stage.public_id
    assert Entry.objects.filter(territory=stage).count() > 50
    client, page = cast.client("aicha"), url(evening, "rehearsal_removal")
    act = {"act": uuid4(), "rehearsal": rehearsal.public_id}
    assert client.post(page, act).status_code == client.post(page, act).status_code == 302
    assert {model: model.objects.count() for model in before} == before
    assert not Entry.objects.filter(territory=stage).exists()
    for model in (Rehearsal, Registration, Table, Project, Commitment, TableIdea):
        assert not model.objects.exists()
    assert Role.objects.filter(person=cast.aicha).count() == 1
    assert Entry.objects.filter(verb="rehearsal_removed").count() == 1


def test_people_known_elsewhere_stay(cast, rehearsal, watch) -> None:
    play(rehearsal.public_id)
    Registration.objects.create(
        evening=rehearsal.practice, person=cast.denis, code="DENIS", state="registered",
        state_at=NOW, registered_at=NOW,
    )  # fmt: skip
    remove_rehearsal(rehearsal=rehearsal, by=cast.aicha, at=NOW)
    assert Person.objects.filter(pk=cast.denis.pk).exists()


# --- the host's page ----------------------------------------------------------------------------


def test_host_starts_sees_and_stops(cast, evening, watch) -> None:
    aicha = cast.client("aicha")
    assert url(evening, "rehearsals") in aicha.get(url(evening, "desk")).content.decode()
    act = {"act": uuid4(), "minutes": "5", "yours": "2"}
    for _ in range(2):
        assert aicha.post(url(evening, "rehearsals"), act).status_code == 302
    rehearsal = Rehearsal.objects.get()
    assert (rehearsal.minutes, rehearsal.yours) == (5, 2)
    play(rehearsal.public_id)
    page = aicha.get(url(evening, "rehearsals")).content.decode()
    first = Table.objects.get(evening=rehearsal.practice, number=1)
    assert first.phone_code in page
    assert rehearsal.practice.welcome_code in page
    watch.pass_(minutes=2)
    assert "Personne ne joue" in aicha.get(url(evening, "rehearsals")).content.decode()
    again = {"act": uuid4(), "minutes": "5", "yours": "2"}
    aicha.post(url(evening, "rehearsals"), again)
    assert Rehearsal.objects.count() == 1
    aicha.post(url(evening, "rehearsal_end", rehearsal.public_id), {"act": uuid4()})
    rehearsal.refresh_from_db()
    assert rehearsal.state == Rehearsal.State.STOPPED


def test_wrong_length_is_told_at_its_field(cast, evening) -> None:
    answer = cast.client("aicha").post(
        url(evening, "rehearsals"), {"act": uuid4(), "minutes": "700", "yours": "1"}
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["minutes"]


def test_page_costs_the_same_whatever_was_played(cast, evening, rehearsal, watch,
                                                 django_assert_max_num_queries) -> None:  # fmt: skip
    play(rehearsal.public_id)
    with django_assert_max_num_queries(28):
        cast.client("aicha").get(url(evening, "rehearsals"))


@pytest.mark.parametrize("name", ["bruno", "chloe", "hugo", "denis", None])
def test_nobody_but_hosts_rehearses(cast, evening, rehearsal, name) -> None:
    client = cast.client(name)
    assert client.get(url(evening, "rehearsals")).status_code == 404
    named = {"act": uuid4(), "rehearsal": rehearsal.public_id}
    assert client.post(url(evening, "rehearsal_removal"), named).status_code == 404
    ended = client.post(url(evening, "rehearsal_end", rehearsal.public_id), {"act": uuid4()})
    assert ended.status_code == 404
    assert Rehearsal.objects.get().state == Rehearsal.State.PLAYING
