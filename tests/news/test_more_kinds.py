"""Needs, promises, treasures and evenings in the digest: what concerns whom, once, at its time."""

from datetime import UTC, datetime, timedelta

import pytest

from essor.evenings.actions.evening import move_evening
from essor.evenings.actions.near import say_evening_is_near, whose_day_is_near
from essor.exchanges import reminding
from essor.exchanges.actions.commitments import change_state, give_more_time, promise
from essor.exchanges.actions.needs import Asked, end_need, write_need
from essor.exchanges.actions.reminders import say_day_is_near
from essor.exchanges.matching.suggesting import suggest_in
from essor.exchanges.models import Commitment, Need
from essor.kit import clock
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.news.actions import choose_how
from essor.news.choices import places_of
from essor.news.models import Following, Told
from essor.news.rounds import run_at_once, run_round
from essor.people.models import Person
from essor.projects.models import Membership
from essor.treasures.actions.remarks import hide_treasure, show_treasure
from essor.treasures.actions.treasures import confirm_treasure, end_treasure
from essor.treasures.models import Treasure
from tests.cast import NOW, make_evening, make_need, make_project, make_treasure

LATER = NOW + timedelta(days=7)


@pytest.fixture
def on(monkeypatch):
    """Sets the clock of the house."""

    def set_clock(moment: datetime) -> datetime:
        monkeypatch.setattr(clock, "now", lambda: moment)
        monkeypatch.setattr(clock, "today", lambda: moment.date())
        return moment

    set_clock(NOW)
    return set_clock


def news_to(person: Person) -> list[str]:
    found = Mail.objects.filter(person=person.public_id, kind=Mail.Kind.NEWS).order_by("id")
    return [" ".join(mail.text.split()) for mail in found]


def followed(cast, person: Person) -> None:
    """``person`` wants to hear of what begins in Valence."""
    key = ("territory", cast.valence.public_id)
    choose_how(person=person, key=key, how=Following.How.WEEKLY, by=person, at=NOW - timedelta(1))


def wrote(cast, title: str = "Vingt chaises", project=None) -> Need:
    project = project or make_project(cast.valence, "Consigne")
    return write_need(project=project, asked=Asked("equipment", title), by=cast.aicha, at=NOW)


def kept_by(cast, who: str, name: str = "Presse à pommes", **fields) -> Treasure:
    fields.setdefault("created_at", NOW - timedelta(days=9))
    return make_treasure(cast.valence, name, keeper=cast.people[who], **fields)


def promised(cast, what: str = "Tenir la comptabilité", **fields) -> Commitment:
    fields.setdefault("at", NOW)
    made, _ = promise(
        territory=cast.valence, person=cast.denis, kind="skill", what=what, by=cast.denis, **fields
    )
    return made


def test_group_and_whoever_follows_the_territory_hear_what_a_project_needs(cast, on):
    project = make_project(cast.valence, "Consigne")
    Membership.objects.create(
        project=project, person=cast.denis, part="member", since=NOW - timedelta(1)
    )
    followed(cast, cast.elodie)
    wrote(cast, project=project)

    assert run_round(at=on(LATER)) == 2

    for who in (cast.denis, cast.elodie):
        assert "il a besoin de : « Vingt chaises »" in news_to(who)[0]
    assert news_to(cast.aicha) == news_to(cast.farid) == []


def test_need_that_ended_meanwhile_is_told_as_found_and_not_as_missing(cast, on):
    project = make_project(cast.valence, "Consigne")
    Membership.objects.create(
        project=project, person=cast.denis, part="member", since=NOW - timedelta(1)
    )
    end_need(need=wrote(cast, project=project), ending="found", by=cast.aicha, at=NOW)
    run_round(at=on(LATER))
    assert "trouvé : « Vingt chaises »" in news_to(cast.denis)[0]
    assert "a besoin" not in news_to(cast.denis)[0]


def test_need_that_my_treasure_may_answer_reaches_me_once_with_why(cast, on):
    kept_by(cast, "denis", "Experte-comptable à la retraite", kind="human", use="offered",
            description="Libre le mercredi.")  # fmt: skip
    make_need(make_project(cast.valence, "Épicerie"), "Tenir les comptes", kind="skill")
    suggest_in(cast.valence)

    assert run_round(at=on(LATER)) == 1
    suggest_in(cast.valence)
    assert run_round(at=on(LATER + timedelta(days=7))) == 0

    (text,) = news_to(cast.denis)
    assert "Un besoin : Tenir les comptes" in text
    assert "vous proposez « Experte-comptable à la retraite »" in text
    assert "libre le mercredi" in text


@pytest.mark.parametrize("closed", ["declined", "found", "hidden", "silent", "of the group"])
def test_need_near_my_offer_is_not_told_where_there_is_nothing_to_ask(cast, on, closed):
    treasure = kept_by(cast, "denis", "Experte-comptable", kind="human", use="offered")
    need = make_need(make_project(cast.valence), "Tenir les comptes", kind="skill")
    suggest_in(cast.valence)
    if closed == "declined":
        need.suggestions.update(declined_at=NOW)
    elif closed == "found":
        Need.objects.update(ending="found")
    elif closed == "hidden":
        Treasure.objects.filter(pk=treasure.pk).update(state=Treasure.State.HIDDEN)
    elif closed == "silent":
        key = ("everything", cast.valence.public_id)
        choose_how(person=cast.denis, key=key, how="none", by=cast.denis, at=NOW)
    else:
        Membership.objects.create(project=need.project, person=cast.denis, part="member", since=NOW)
    run_round(at=on(LATER))
    assert news_to(cast.denis) == []


def test_my_promise_kept_is_told_and_taken_up_and_thanked_come_by_their_own_letter(cast, on):
    made = promised(cast)
    for state in ("accepted", "kept", "thanked"):
        change_state(commitment=made, state=state, by=cast.aicha, at=NOW, words="Merci Denis")
        made.refresh_from_db()

    run_round(at=on(LATER))

    (text,) = news_to(cast.denis)
    assert text.count("il est tenu") == 1
    assert "Merci Denis" not in text
    for state in ("accepted", "thanked"):
        letter = Mail.objects.get(key=f"{state}:{made.public_id}")
        assert (letter.address, "Merci Denis" in letter.text) == ("denis@example.org", True)


def test_a_day_that_i_accepted_is_told_at_once_and_only_once(cast, on):
    made = promised(cast, until=NOW.date() + timedelta(days=10))
    change_state(commitment=made, state="accepted", by=cast.aicha, at=NOW)
    told = []
    for hour in range(0, 14 * 24, 6):
        now = on(NOW + timedelta(hours=hour))
        for each in reminding.whose_day_is_near(now):
            say_day_is_near(commitment=each, by=None, at=now)
        if run_at_once(at=on(now + timedelta(minutes=30))):
            told.append(hour // 24)
        run_round(at=now)

    assert told == [6]
    (text,) = news_to(cast.denis)
    assert "sa date approche : 12 novembre 2026" in text


def test_a_day_that_moved_is_told_again_and_one_that_passed_is_not(cast, on):
    made = promised(cast, until=NOW.date() + timedelta(days=2))
    change_state(commitment=made, state="accepted", by=cast.aicha, at=NOW)
    assert say_day_is_near(commitment=made, by=None, at=NOW)
    assert not say_day_is_near(commitment=made, by=None, at=NOW)
    give_more_time(commitment=made, until=NOW.date() + timedelta(days=30), by=cast.aicha, at=NOW)
    assert run_at_once(at=on(NOW + timedelta(hours=1))) == 0
    assert say_day_is_near(commitment=made, by=None, at=NOW + timedelta(days=28))
    slept = NOW + timedelta(days=40)
    assert not say_day_is_near(commitment=made, by=None, at=slept)
    told = Mail.objects.filter(person=cast.denis.public_id, kind=Mail.Kind.NEWS).count()
    run_at_once(at=on(slept))
    run_round(at=slept)
    assert Mail.objects.filter(person=cast.denis.public_id, kind=Mail.Kind.NEWS).count() == told


def test_night_and_promises_that_nobody_took_up_bring_no_mail(cast, on):
    waiting = promised(cast, until=NOW.date() + timedelta(days=1))
    taken = promised(cast, "Prêter un barnum", until=NOW.date() + timedelta(days=1))
    change_state(commitment=taken, state="accepted", by=cast.aicha, at=NOW)
    night = NOW.replace(hour=2) + timedelta(days=1)
    assert reminding.whose_day_is_near(night) == []
    assert reminding.whose_day_is_near(night.replace(hour=9)) == [taken]
    assert not say_day_is_near(commitment=waiting, by=None, at=NOW)


def test_keeper_hears_that_a_treasure_was_confirmed_or_is_gone(cast, on):
    treasure = kept_by(cast, "denis")
    for device in ("a", "b"):
        confirm_treasure(
            treasure=treasure, served_for="", person=None, device=device, by=None, at=NOW
        )
    end_treasure(treasure=treasure, by=cast.bruno, at=NOW)

    assert run_round(at=on(LATER)) == 1

    (text,) = news_to(cast.denis)
    assert text.count("c’est toujours vrai") == 1
    assert "(× 2)" in text
    assert "elle n’est plus là" in text


def test_keeper_of_a_hidden_treasure_hears_why_at_once_and_nobody_else_does(cast, on):
    treasure = kept_by(cast, "denis")
    key = ("treasure", treasure.public_id)
    choose_how(person=cast.farid, key=key, how="weekly", by=cast.farid, at=NOW - timedelta(1))
    hide_treasure(treasure=treasure, why="Cela nomme une voisine.", by=cast.aicha, at=NOW)

    assert run_at_once(at=on(NOW + timedelta(hours=1))) == 1

    assert "Cela nomme une voisine." in news_to(cast.denis)[0]
    run_round(at=on(LATER))
    assert (len(news_to(cast.denis)), news_to(cast.farid)) == (1, [])


def test_treasure_shown_again_before_anybody_was_told_is_not_said_to_be_hidden(cast, on):
    treasure = kept_by(cast, "denis")
    hide_treasure(treasure=treasure, why="Par erreur.", by=cast.aicha, at=NOW)
    show_treasure(treasure=treasure, by=cast.aicha, at=NOW)
    assert run_at_once(at=on(NOW + timedelta(hours=1))) == 0
    run_round(at=on(LATER))
    assert "Par erreur" not in news_to(cast.denis)[0]


def test_nobody_hears_of_what_they_did_themselves(cast, on):
    treasure = kept_by(cast, "denis")
    end_treasure(treasure=treasure, by=cast.denis, at=NOW)
    wrote(cast)
    followed(cast, cast.aicha)
    assert run_round(at=on(LATER)) == 0


def test_followers_of_a_territory_hear_that_an_evening_opens_and_is_near_once_each(cast, on):
    followed(cast, cast.denis)
    evening = make_evening(
        cast.valence, state="closed", place="Salle", date=NOW.date() + timedelta(days=24)
    )
    move_evening(evening=evening, to="open", by=cast.aicha, at=NOW)
    texts = []
    for day in range(30):
        now = on(NOW + timedelta(days=day))
        for each in whose_day_is_near(now):
            say_evening_is_near(evening=each, by=None, at=now)
        run_round(at=now + timedelta(hours=3))

    texts = news_to(cast.denis)
    assert [text.count("les inscriptions sont ouvertes pour le") for text in texts] == [1, 0]
    assert [text.count("c’est bientôt") for text in texts] == [0, 1]
    assert Entry.objects.filter(verb="evening_near").count() == 1
    assert news_to(cast.farid) == []


def test_evening_that_closed_or_passed_meanwhile_is_not_said_to_be_open(cast, on):
    followed(cast, cast.denis)
    evening = make_evening(cast.valence, state="closed", place="Salle")
    move_evening(evening=evening, to="open", by=cast.aicha, at=NOW)
    move_evening(evening=evening, to="closed", by=cast.aicha, at=NOW)
    assert run_round(at=on(LATER)) == 0


@pytest.mark.parametrize(
    ("first", "change"),
    [
        (datetime(2026, 10, 20, tzinfo=UTC), "back"),
        (datetime(2027, 3, 23, tzinfo=UTC), "forward"),
    ],
)
def test_hours_that_change_make_one_digest_a_week(cast, on, first, change):
    """Looked at every ten minutes around the night in which the clocks change; news each day."""
    treasure = kept_by(cast, "denis", created_at=first - timedelta(days=30))
    days = []
    for tick in range(15 * 24 * 6):
        now = first + timedelta(minutes=10 * tick)
        if tick % 144 == 0:
            confirm_treasure(
                treasure=treasure, served_for="", person=None, device=str(tick), by=None, at=now
            )
        at_seven = now.hour in {4, 5, 6, 7}
        if at_seven and run_round(at=now):
            days.append((now.date() - first.date()).days)
    assert days == [0, 7, 14]
    lines = list(Told.objects.values_list("line", flat=True))
    assert len(lines) == len(set(lines))


def test_server_asleep_for_a_week_wakes_with_one_digest_of_everything(cast, on):
    treasure, made = kept_by(cast, "denis"), promised(cast, until=NOW.date() + timedelta(days=4))
    change_state(commitment=made, state="accepted", by=cast.aicha, at=NOW)
    confirm_treasure(treasure=treasure, served_for="", person=None, device="d", by=None, at=NOW)
    change_state(commitment=made, state="kept", by=cast.aicha, at=NOW)

    woken = on(NOW + timedelta(days=11))
    mails = [
        (run_round(at=woken + timedelta(hours=n)), run_at_once(at=woken + timedelta(hours=n)))
        for n in range(30)
    ]

    assert mails == [(1, 0)] + [(0, 0)] * 29
    assert "il est tenu" in news_to(cast.denis)[0]
    assert "c’est toujours vrai" in news_to(cast.denis)[0]


def test_settings_offer_my_treasures_and_promises_beside_projects(cast):
    kept_by(cast, "denis")
    promised(cast)
    (place,) = places_of(cast.denis)
    assert {each.key[0] for each in place.things} == {"treasure", "commitment"}
