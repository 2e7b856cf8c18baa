"""The day after: one mail each, honest whatever is known, never twice, within the budget."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essor.evenings.actions.day_after import NotOverYet, write_day_after
from essor.evenings.actions.tables import hand_in_table, sheet_of_table
from essor.evenings.jobs.day_after import write_to_everybody
from essor.evenings.models import Evening
from essor.evenings.queries.day_after import day_after
from essor.exchanges.actions.commitments import change_state, promise
from essor.kit.mail import Letter, post
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.projects.actions.sheets import save_sheet
from tests.cast import NOW, make_evening, make_registration, make_table, person


def guest(evening: Evening, name: str, *, came: bool = True, **fields):
    """Somebody with an address who registered, and came."""
    registration = make_registration(evening, name, arrived_at=NOW if came else None, **fields)
    registration.person.email = f"{name.lower()}@example.org"
    registration.person.save()
    return registration


@pytest.fixture
def evening(cast) -> Evening:
    """Inès at table 1 (handed in), Omar at table 2 (no sheet), Zoé without a table, Léo absent."""
    evening = make_evening(cast.valence, state=Evening.State.OVER)
    one = make_table(evening, 1, people=(guest(evening, "Ines"),))
    make_table(evening, 2, people=(guest(evening, "Omar"),))
    guest(evening, "Zoe")
    guest(evening, "Leo", came=False)
    project = sheet_of_table(table=one, origin="Table 1", by=None, at=NOW)
    texts = {"proposal": "La consigne du verre\nUne laveuse partagée"}
    save_sheet(sheet=project.sheet, texts=texts, marks={}, by=None, at=NOW)
    hand_in_table(table=one, title="", by=None, at=NOW)
    return evening


def write_all(evening: Evening) -> int:
    return write_day_after(evening=evening, recipients=day_after(evening).to_write, by=None, at=NOW)


def mail_to(name: str) -> Mail:
    return Mail.objects.get(address=f"{name}@example.org", key__startswith="day-after:")


def test_each_reads_what_is_true_for_them(evening):
    assert write_all(evening) == 4

    assert "La consigne du verre" in mail_to("ines").subject
    assert "/valence/projects/" in mail_to("ines").text
    assert "pas encore parvenue" in mail_to("omar").text
    assert "ne savons pas à quelle table" in mail_to("zoe").text
    assert "Nous ne vous avons pas vu" in mail_to("leo").text
    assert "La consigne" not in mail_to("omar").text


def test_sending_twice_writes_once(evening):
    write_all(evening)

    assert write_all(evening) == 0
    assert Mail.objects.filter(key__startswith="day-after:").count() == 4
    assert Entry.objects.filter(verb="day_after_written").count() == 1


def test_whoever_registers_an_address_later_is_written_to_alone(evening):
    write_all(evening)
    guest(evening, "Anna")

    assert write_all(evening) == 1
    assert mail_to("anna")


def test_promises_are_repeated_with_a_personal_link_and_released_ones_are_not(cast, evening):
    ines = evening.registrations.get(person__first_name="Ines").person
    keep = {"territory": cast.valence, "person": ines, "kind": "skill", "origin": evening.room}
    promise(**keep, what="Comptabilité", by=ines, at=NOW)
    gone, _ = promise(**keep, what="Un camion", by=ines, at=NOW)
    change_state(commitment=gone, state="released", by=ines, at=NOW)

    write_all(evening)

    text = mail_to("ines").text
    assert "Comptabilité" in text
    assert "/l/" in text
    assert "Un camion" not in text


def test_whoever_promised_without_registering_is_written_to_as_well(cast, evening):
    paul = person("Paul", email="paul@example.org")
    promise(
        territory=cast.valence, person=paul, kind="energy", what="Coup de main",
        origin=evening.room, by=paul, at=NOW,
    )  # fmt: skip

    write_all(evening)

    assert "Coup de main" in mail_to("paul").text


def test_no_mail_without_address_or_against_a_wish_or_after_cancelling(cast, evening):
    make_registration(evening, "Sans", arrived_at=NOW)
    silent = guest(evening, "Silence").person
    silent.no_news = True
    silent.save()
    guest(evening, "Parti", came=False, state="cancelled")
    guest(evening, "Attend", came=False, state="waiting")

    known = day_after(evening)
    write_all(evening)

    assert (known.without_address, known.want_no_news) == (1, 1)
    written = set(Mail.objects.values_list("address", flat=True))
    assert written.isdisjoint({"silence@example.org", "parti@example.org", "attend@example.org"})


def test_nobody_is_called_absent_when_the_door_counted_nobody(cast):
    evening = make_evening(cast.valence, state=Evening.State.OVER)
    guest(evening, "Ines", came=False)

    assert day_after(evening).recipients[0].situation == "no_table"


def test_the_weekly_budget_of_news_holds(settings, evening):
    settings.MAIL_BUDGET_PER_WEEK = 1
    earlier = NOW - timedelta(days=2)
    post(Letter("ines@example.org", "Des nouvelles", "…", news=True), at=earlier)

    write_all(evening)

    assert mail_to("ines").state == Mail.State.HELD
    assert mail_to("omar").state == Mail.State.QUEUED


def test_each_mail_says_how_to_want_no_more_and_that_address_works(evening, stranger):
    write_all(evening)
    mail = mail_to("zoe")
    assert mail.unsubscribe_url in mail.text
    path = mail.unsubscribe_url.partition("/news/")[2]

    who = evening.registrations.get(person__first_name="Zoe").person
    stranger.get(f"/news/{path}")
    who.refresh_from_db()
    assert not who.no_news
    stranger.post(f"/news/{path}")
    who.refresh_from_db()
    assert who.no_news
    stranger.post(f"/news/{path}", {"news": "yes"})
    who.refresh_from_db()
    assert not who.no_news
    assert stranger.get("/news/forged:token/").status_code == 404


def test_nothing_leaves_before_the_evening_is_over(evening):
    evening.state = Evening.State.LIVE
    evening.save()
    with pytest.raises(NotOverYet):
        write_all(evening)


def test_gathering_costs_the_same_for_four_people_and_for_fifty(evening):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            day_after(evening)
        return len(asked)

    four = cost()
    table = evening.tables.first()
    for number in range(46):
        table.seats.create(registration=guest(evening, f"P{number}"))

    assert cost() == four


def test_the_job_writes_everybody_in_batches_and_may_run_twice(cast, evening):
    for number in range(60):
        guest(evening, f"P{number}")
    run = write_to_everybody.func

    assert run(evening.public_id, cast.aicha.public_id) == 64
    assert run(evening.public_id, cast.aicha.public_id) == 0


def test_the_host_previews_each_situation_before_sending(cast, evening):
    aicha = cast.client("aicha")
    page = f"/valence/evenings/{evening.public_id}/day-after/"

    assert "La consigne du verre" in aicha.get(page, {"as": "project"}).content.decode()
    assert "pas encore parvenue" in aicha.get(page, {"as": "no_sheet"}).content.decode()
    assert "Envoyer 4 e-mails" in aicha.get(page).content.decode()
    assert not Mail.objects.filter(key__startswith="day-after:").exists()
    answer = aicha.post(page, {"act": uuid.uuid4().hex})

    assert answer.status_code == 302


def test_the_host_desk_lists_what_remains(cast, evening):
    desk = cast.client("aicha").get("/valence/desk/").content.decode()

    assert "e-mail du lendemain" in desk
    assert "n’a pas rendu sa fiche" in desk
