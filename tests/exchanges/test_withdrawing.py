"""An open introduction is taken back kindly: who knew of it hears, who did not hears nothing."""

import uuid
from datetime import timedelta

import pytest

from essor.exchanges.actions.introduction_care import end_what_waits, remind_sides
from essor.exchanges.actions.introductions import (
    AskedAlready,
    IntroductionOver,
    Invited,
    Party,
    answer,
    introduce,
)
from essor.exchanges.actions.withdrawing import AnsweredAlready, stand_aside, withdraw
from essor.exchanges.models import Introduction, IntroductionSide
from essor.kit.models import Mail
from essor.kit.writers import write
from essor.ledger.models import Entry
from essor.people.models import Person
from tests.cast import NOW
from tests.exchanges.test_introduction_pages import phone_of

DAY = timedelta(days=1)


def asked(cast, *, at=NOW, by=None, first=None, second=None) -> Introduction:
    """Aïcha asks Farid and Denis."""
    return introduce(
        territory=cast.valence,
        introducer=by or cast.aicha,
        first=first or Party(cast.farid, called="Farid"),
        second=second or Party(cast.denis, called="Denis"),
        why="Une soudure, un atelier",
        by=by or cast.aicha,
        at=at,
    )


def side_of(introduction: Introduction, who) -> IntroductionSide:
    return introduction.sides.get(person=who)


def let_leave(*names: str) -> None:
    """The letters that ask these people are sent."""
    of_them = [f"{name}@example.org" for name in names]
    asking = Mail.objects.filter(key__startswith="introduction-asked:", address__in=of_them)
    assert asking.update(state=Mail.State.SENT) >= len(names)


def letters(kind: str) -> list[str]:
    found = Mail.objects.filter(key__startswith=f"introduction-{kind}:")
    return sorted(found.values_list("address", flat=True))


def text_of(kind: str, name: str) -> str:
    mail = Mail.objects.get(key__startswith=f"introduction-{kind}:", address=f"{name}@example.org")
    written = write("exchanges.introduction", mail.about, NOW)
    assert written is not None
    return written.subject + written.text


def test_only_who_had_been_written_to_hears_that_it_was_taken_back(cast):
    cast.denis.last_name = "Leblanc"
    cast.denis.save()
    introduction = asked(cast)
    let_leave("farid")

    withdraw(introduction=introduction, by=cast.aicha, at=NOW + DAY)

    assert letters("withdrawn") == ["farid@example.org"]
    assert letters("not_made") == []
    text = text_of("withdrawn", "farid")
    assert "Denis" in text
    assert "Leblanc" not in text
    assert "Aicha" not in text
    waiting = Mail.objects.get(key=f"introduction-asked:{side_of(introduction, cast.denis)}")
    assert write("exchanges.introduction", waiting.about, NOW) is None, "Denis never hears of it"


def test_taking_back_twice_is_once_with_one_line(cast):
    introduction = asked(cast)
    let_leave("farid", "denis")

    for _ in range(2):
        withdraw(introduction=introduction, by=cast.aicha, at=NOW + DAY)

    introduction.refresh_from_db()
    assert (introduction.ending, introduction.ended_at) == ("withdrawn", NOW + DAY)
    assert Entry.objects.filter(verb="introduction_withdrawn").count() == 1
    assert letters("withdrawn") == ["denis@example.org", "farid@example.org"]


def test_an_address_given_with_a_yes_is_forgotten_and_nothing_is_answered_any_more(cast):
    introduction = asked(cast)
    farid = side_of(introduction, cast.farid)
    answer(side=farid, answer="yes", reach="06 00 00 00 01", by=cast.farid, at=NOW)

    withdraw(introduction=introduction, by=cast.aicha, at=NOW + DAY)

    farid.refresh_from_db()
    assert farid.reach == ""
    with pytest.raises(IntroductionOver):
        answer(side=side_of(introduction, cast.denis), answer="yes", reach="x", by=None,
               at=NOW + DAY)  # fmt: skip
    assert remind_sides(by=None, at=NOW + 11 * DAY) == 0
    assert end_what_waits(by=None, at=NOW + 31 * DAY) == 0


@pytest.mark.parametrize("settled", ["made", "late"])
def test_what_is_settled_cannot_be_taken_back(cast, settled):
    introduction = asked(cast)
    if settled == "made":
        for who in (cast.farid, cast.denis):
            answer(side=side_of(introduction, who), answer="yes", reach="x", by=who, at=NOW)

    with pytest.raises(IntroductionOver):
        withdraw(introduction=introduction, by=cast.aicha, at=NOW + 30 * DAY)


def test_what_nobody_heard_of_may_be_asked_again_and_what_somebody_read_may_not(cast):
    first = asked(cast)
    withdraw(introduction=first, by=cast.aicha, at=NOW)
    second = asked(cast, at=NOW + DAY)
    assert second != first
    let_leave("farid")  # the letters of both introductions to Farid
    withdraw(introduction=second, by=cast.aicha, at=NOW + DAY)

    with pytest.raises(AskedAlready):
        asked(cast, at=NOW + 2 * DAY)


def test_one_who_was_asked_takes_it_back_for_both_and_nobody_is_told_by_whom(cast):
    introduction = asked(cast)
    let_leave("farid", "denis")
    answer(side=side_of(introduction, cast.farid), answer="yes", reach="06", by=cast.farid, at=NOW)

    stand_aside(side=side_of(introduction, cast.denis), by=cast.denis, at=NOW + DAY)

    introduction.refresh_from_db()
    assert introduction.ending == "not_made"
    assert letters("withdrawn") == ["farid@example.org"]
    assert letters("not_made") == ["aicha@example.org"]
    assert "Denis" not in text_of("not_made", "aicha")
    line = Entry.objects.filter(of_type="introduction").latest("id")
    assert (line.verb, line.by) == ("introduction_answered", "")
    assert not IntroductionSide.objects.exclude(reach="").exists()


def test_where_the_other_asked_it_counts_as_not_now_and_stays_silent(cast):
    introduction = asked(cast, by=cast.farid, first=Party(cast.farid, called="Farid"))
    let_leave("denis")

    stand_aside(side=side_of(introduction, cast.denis), by=cast.denis, at=NOW + DAY)

    introduction.refresh_from_db()
    assert introduction.ending == ""
    assert letters("withdrawn") == letters("not_made") == []
    assert remind_sides(by=None, at=NOW + 11 * DAY) == 0


@pytest.mark.parametrize("word", ["yes", "never"])
def test_whoever_answered_changes_the_answer_instead(cast, word):
    introduction = asked(cast)
    denis = side_of(introduction, cast.denis)
    answer(side=denis, answer=word, reach="06", by=cast.denis, at=NOW)

    with pytest.raises(AnsweredAlready):
        stand_aside(side=denis, by=cast.denis, at=NOW + DAY)


def test_an_invited_stranger_gets_the_last_letter_and_is_then_forgotten(cast):
    introduction = asked(cast, second=Invited("Zoé", "zoe@example.org"))
    let_leave("zoe")
    withdraw(introduction=introduction, by=cast.aicha, at=NOW + DAY)

    assert "Farid" in text_of("withdrawn", "zoe")
    assert Person.objects.filter(email="zoe@example.org").exists()
    end_what_waits(by=None, at=NOW + 31 * DAY)
    assert not Person.objects.filter(email="zoe@example.org").exists()


def test_the_button_is_whose_who_asked_alone(cast, monkeypatch):
    monkeypatch.setattr("essor.kit.clock.now", lambda: NOW)
    introduction = asked(cast, by=cast.bruno)
    page = f"/valence/introductions/{introduction.public_id}/"
    act = {"act": uuid.uuid4().hex}

    assert cast.client("aicha").get(page).status_code == 200
    for name in ("aicha", "denis", "hugo", None):
        assert cast.client(name).post(f"{page}withdrawal/", act).status_code == 404
    assert "withdrawal/" not in cast.client("aicha").get(page).content.decode()
    bruno = cast.client("bruno")
    assert f"{page}withdrawal/" in bruno.get(page).content.decode()
    for _ in range(2):
        assert bruno.post(f"{page}withdrawal/", act).url == page
    told = bruno.get(page).content.decode()
    assert "Elle a été reprise" in told
    assert "withdrawal/" not in told


def test_one_side_takes_it_back_from_the_link_without_an_account(cast, monkeypatch):
    monkeypatch.setattr("essor.kit.clock.now", lambda: NOW)
    introduction = asked(cast)
    side, other = (side_of(introduction, who) for who in (cast.denis, cast.farid))
    page = f"/valence/introductions/sides/{side.public_id}/"
    act = {"act": uuid.uuid4().hex}

    assert phone_of(other).post(f"{page}withdrawal/", act).status_code == 404
    denis = phone_of(side)
    assert "withdrawal/" in denis.get(page).content.decode()
    for _ in range(2):
        assert denis.post(f"{page}withdrawal/", act).url == page

    assert "n’est plus ouverte" in denis.get(page).content.decode()
    introduction.refresh_from_db()
    assert introduction.ending == "not_made"
