"""Erasing a person: afterwards nothing in the house leads back to them."""

import json
import logging
from datetime import timedelta

import pytest

from essor.challenges.actions import Host, Wording, word_challenge
from essor.evenings.models import (
    AccessNeed,
    Answer,
    Choice,
    ImportBatch,
    Question,
    Registration,
    Seat,
    Table,
    TableIdea,
    Wish,
)
from essor.evenings.privacy import remove_access_needs
from essor.exchanges.models import Commitment
from essor.kit import clock
from essor.kit.limits import spend
from essor.kit.mail import Letter, post
from essor.kit.models import Mail
from essor.kit.privacy import retentions
from essor.ledger.models import Entry
from essor.people.actions import give_consent, make_link, organisation_named
from essor.people.erasure import ErasedAlready, erase_person
from essor.people.export import as_data
from essor.people.models import Account, Organisation, Person
from essor.projects.models import Membership, Project, Sheet
from essor.territories.actions.roles import invite
from essor.territories.models import Role
from tests.cast import NOW, client_of, make_evening, make_registration, person
from tests.traces import everything_in_the_database

FIRST, LAST, MAIL, PHONE = "Canarinette", "Zéphyrine", "canari@zephyr.example", "0611223344"
FREE = "canari-libre"  # stands in every free text of their own
CANARIES = (FIRST, LAST, MAIL, PHONE, FREE, "Canari et fils", "Canaripolis", "26999")


@pytest.fixture
def zoe(cast) -> Person:
    """Somebody who did everything that leaves a trace."""
    zoe = person(FIRST, email=MAIL, last_name=LAST, phone=PHONE, commune="Canaripolis",
                 commune_code="26999", organisation=organisation_named("Canari et fils"))  # fmt: skip
    at = clock.now()
    client_of(zoe).get("/me/")
    Role.objects.create(person=zoe, territory=cast.valence, kind="facilitator", since=NOW)
    give_consent(person=zoe, purpose="news", wording="1", by=zoe, at=at)
    make_link(person=zoe, purpose="x", subject="", lasts=timedelta(days=1), by=zoe, at=at)
    invite(territory=cast.valence, kind="door", email=MAIL, by=cast.aicha, at=at)
    spend(f"link:{zoe.public_id}", limit=3, window=timedelta(hours=1), at=at)
    for about in (zoe.public_id, ""):
        post(Letter(address=MAIL, subject=f"Pour {FIRST}", text=FREE, person=about), at=at)
    take_part(cast, zoe)
    return zoe


def take_part(cast, zoe: Person) -> None:
    evening = make_evening(cast.valence)
    registration = Registration.objects.create(
        evening=evening, person=zoe, code="ZEPHYR", state="registered", state_at=NOW,
        registered_at=NOW, age_band="25-39", children=2, list_key="canari-libre-ligne",
    )  # fmt: skip
    challenge = evening.challenges.first()
    Choice.objects.create(registration=registration, challenge=challenge, rank=1)
    question = Question.objects.create(evening=evening, label="Végétarien ?")
    Answer.objects.create(registration=registration, question=question, value=FREE)
    AccessNeed.objects.create(registration=registration, accessible_table=True, words=FREE)
    Wish.objects.create(registration=registration, kind="together", name=FREE)
    friend = make_registration(evening, "Inès")
    Wish.objects.create(registration=friend, kind="together", name=f"{FIRST} {LAST}".upper())
    ImportBatch.objects.create(
        evening=evening, filename="liste.csv", digest="0" * 64, made_at=NOW, made_by=cast.aicha,
        table={"lines": [[FIRST, LAST, MAIL]]}, result={"added": [f"{FIRST} {LAST}"]},
    )  # fmt: skip
    project = Project.objects.create(territory=cast.valence, title="Consigne", created_at=NOW)
    Sheet.objects.create(project=project, leaders=f"{FIRST} {LAST} ({MAIL}, {PHONE}) et Denis")
    Membership.objects.create(project=project, person=zoe, part="table", since=NOW)
    table = Table.objects.create(evening=evening, number=1, phone_code="ACDEF", project=project)
    Seat.objects.create(table=table, registration=registration)
    TableIdea.objects.create(table=table, text=f"Appeler {MAIL.upper()}", at=NOW)
    Commitment.objects.create(
        territory=cast.valence, project=project, person=zoe, kind="skill", what=FREE,
        condition=FREE, state_at=NOW, created_at=NOW,
    )  # fmt: skip
    hosts = [Host(f"{FIRST} {LAST}", MAIL)]
    wording = Wording("Comment ?", "Vélos", context=f"Dit par {FIRST} {LAST}.", track="boost",
                      hosts=hosts)  # fmt: skip
    word_challenge(territory=cast.valence, wording=wording, by=zoe, at=NOW)


def found(canaries, text: str) -> list[str]:
    return [canary for canary in canaries if canary.lower() in text.lower()]


def test_everything_of_the_person_is_gone_from_database_files_logs_and_mails(zoe, settings, caplog):
    traces = (*CANARIES, zoe.public_id)
    assert found(traces, everything_in_the_database()) == list(traces)  # they could be found
    account = zoe.account_id
    with caplog.at_level(logging.DEBUG):
        erase_person(person=zoe, by=None, at=clock.now())
    left = everything_in_the_database()
    lines = [line for line in left.splitlines() if found(traces, line)]
    assert lines == []
    assert found(traces, caplog.text) == []
    files = [path for path in settings.DATA.rglob("*") if path.is_file()]
    assert [path for path in files if found(traces, path.read_text(errors="replace"))] == []
    assert not Mail.objects.filter(address=MAIL).exists()
    assert not Account.objects.filter(pk=account).exists()
    assert not Organisation.objects.filter(name="Canari et fils").exists()


def test_what_others_wrote_keeps_its_words_but_the_name(zoe):
    erase_person(person=zoe, by=None, at=clock.now())
    assert Sheet.objects.get().leaders == "[…] ([…], […]) et Denis"


def test_numbers_stay_true(zoe):
    before = Registration.objects.count(), Seat.objects.count(), Entry.objects.count()
    erase_person(person=zoe, by=None, at=clock.now())
    after = Registration.objects.count(), Seat.objects.count(), Entry.objects.count()
    assert after[:2] == before[:2]
    assert after[2] == before[2] + 1  # nothing of what happened is lost
    gone = Person.objects.get(pk=zoe.pk)
    assert Entry.objects.filter(by=gone.public_id).exists()
    assert gone.name == "quelqu’un qui est parti"


def test_somebody_else_of_the_house_keeps_everything(cast, zoe):
    sister = person("Lila", email="")
    sister.email = MAIL
    sister.save()
    post(Letter(address=MAIL, subject="Pour Lila", text="x", person=sister.public_id),
         at=clock.now())  # fmt: skip
    erase_person(person=zoe, by=None, at=clock.now())
    sister.refresh_from_db()
    assert (sister.first_name, sister.email) == ("Lila", MAIL)
    assert Mail.objects.filter(person=sister.public_id).count() == 1


def test_erased_once_is_erased(zoe):
    erase_person(person=zoe, by=None, at=clock.now())
    with pytest.raises(ErasedAlready):
        erase_person(person=zoe, by=None, at=clock.now())


def test_export_holds_what_the_person_gave_and_nobody_elses_name(cast, zoe):
    data = as_data(zoe)
    text = json.dumps(data, ensure_ascii=False, default=str)
    assert found(CANARIES, text) == list(CANARIES)
    assert data["people.person"][0]["first_name"] == FIRST
    assert data["exchanges.commitment"][0]["what"] == FREE
    assert "Inès" not in text
    assert "Aicha" not in text


def test_export_of_another_person_holds_nothing_of_this_one(cast, zoe):
    text = json.dumps(as_data(cast.denis), ensure_ascii=False, default=str)
    assert found([LAST, MAIL, PHONE], text) == []


def test_what_has_had_its_time_goes_by_itself(cast, zoe):
    late = clock.now() + timedelta(days=400)
    for retention in retentions():
        retention.act(late - retention.after)
    assert not AccessNeed.objects.exists()
    assert not Wish.objects.exists()
    assert not Mail.objects.exclude(text="").exists()
    assert ImportBatch.objects.get().table == {}


def test_access_needs_stay_until_seven_days_after_the_evening(cast, zoe):
    keep = next(each for each in retentions() if each.act is remove_access_needs)
    evening = AccessNeed.objects.get().registration.evening
    midnight = clock.now().replace(year=evening.date.year, month=evening.date.month,
                                   day=evening.date.day, hour=0)  # fmt: skip
    keep.act(midnight + timedelta(days=7) - keep.after)
    assert AccessNeed.objects.exists()
    keep.act(midnight + timedelta(days=8) - keep.after)
    assert not AccessNeed.objects.exists()
