"""A commitment and its life: promised, accepted, kept, released, lapsed, thanked."""

from datetime import date, timedelta

import pytest

from essor.exchanges.actions.commitments import (
    MoveNotAllowed,
    NothingPromised,
    change_state,
    give_more_time,
    promise,
)
from essor.exchanges.forms.commitments import months_after
from essor.exchanges.models import Commitment
from essor.exchanges.queries.commitments import desk, late
from essor.exchanges.rules import public_sums
from essor.exchanges.states import MOVES, host_moves, may_become
from essor.kit.models import Mail
from essor.ledger.models import Entry
from tests.cast import NOW, make_project, person


def commit(cast, **fields) -> Commitment:
    """Denis promises two hours of bookkeeping a month to the territory."""
    fields.setdefault("territory", cast.valence)
    fields.setdefault("person", cast.denis)
    fields.setdefault("kind", "skill")
    fields.setdefault("what", "Comptabilité")
    fields.setdefault("at", NOW)
    return promise(by=fields["person"], **fields)[0]


def test_a_promise_is_kept_with_its_ledger_line_for_the_team(cast):
    project = make_project(cast.valence)

    commitment = commit(
        cast, project=project, quantity="2 h", until=date(2027, 6, 30), origin="evening:abc"
    )

    assert (commitment.state, commitment.project) == ("promised", project)
    line = Entry.objects.get(verb="promised")
    assert (line.by, line.room, line.audience) == (cast.denis.public_id, "evening:abc", "team")
    assert (line.part_of, line.data) == (project.public_id, {"kind": "skill"})


@pytest.mark.parametrize("kind", ["skill", "resource"])
def test_a_skill_or_resource_says_what_it_is(cast, kind):
    with pytest.raises(NothingPromised):
        commit(cast, kind=kind, what="   ")
    assert not Commitment.objects.exists()


def test_energy_needs_no_words(cast):
    assert commit(cast, kind="energy", what="").kind == "energy"


def test_whoever_promised_gets_one_mail_with_a_personal_link(cast):
    commitment, token = promise(
        territory=cast.valence, person=cast.denis, kind="energy", what="Coup de main",
        by=cast.denis, at=NOW,
    )  # fmt: skip

    mail = Mail.objects.get(address="denis@example.org")
    assert token in mail.text
    assert "Coup de main" in mail.text
    assert mail.kind == Mail.Kind.ANSWER
    assert commitment.person == cast.denis


def test_without_an_address_there_is_no_mail_and_no_trouble(cast):
    commit(cast, person=person("Inès"))

    assert set(Mail.objects.values_list("address", flat=True)) == {"aicha@example.org"}


def test_hosts_are_told_once_a_day_however_many_promise(cast):
    for _ in range(5):
        commit(cast)
    commit(cast, at=NOW + timedelta(days=1))

    assert Mail.objects.filter(address="aicha@example.org").count() == 2
    assert not Mail.objects.filter(address="hugo@example.org").exists()


@pytest.mark.parametrize("start", sorted(MOVES))
def test_the_table_of_moves_is_what_holds(cast, start):
    for end in MOVES:
        commitment = commit(cast)
        Commitment.objects.filter(pk=commitment.pk).update(state=start)
        commitment.refresh_from_db()
        if end in MOVES[start]:
            moved = change_state(
                commitment=commitment, state=end, words="Merci", by=cast.aicha, at=NOW
            )
            assert moved.state == end
            assert Entry.objects.filter(verb=end, of_id=commitment.public_id).exists()
        else:
            with pytest.raises(MoveNotAllowed):
                change_state(commitment=commitment, state=end, by=cast.aicha, at=NOW)


def test_releasing_belongs_to_whoever_promised(cast):
    commitment = commit(cast)

    assert may_become(commitment, "released")
    assert "released" not in host_moves(commitment)


def test_accepting_and_thanking_write_to_the_person_with_the_host_s_words(cast):
    commitment = commit(cast)
    change_state(
        commitment=commitment, state="accepted", words="Chloé appelle lundi", by=cast.aicha, at=NOW
    )
    change_state(commitment=commitment, state="kept", by=cast.aicha, at=NOW)
    change_state(commitment=commitment, state="thanked", words="Bravo", by=cast.aicha, at=NOW)

    texts = list(
        Mail.objects.filter(address="denis@example.org")
        .order_by("id")
        .values_list("text", flat=True)
    )
    assert len(texts) == 3
    assert "Chloé appelle lundi" in texts[1]
    assert "Bravo" in texts[2]


def test_mails_speak_the_language_of_the_person(cast):
    cast.denis.language = "en"
    cast.denis.save()

    commit(cast)

    assert Mail.objects.get(address="denis@example.org").subject == "Your commitment: thank you!"


def test_who_waits_and_who_waits_too_long(cast):
    commit(cast, at=NOW - timedelta(days=11))
    commit(cast, at=NOW - timedelta(days=9))
    commit(cast, territory=cast.jura)

    assert desk(cast.valence, show="to-answer", today=NOW.date()).count() == 2
    assert late(cast.valence, NOW) == 1


def test_what_was_taken_up_is_followed_up_from_its_day_on(cast):
    day = NOW.date()
    due = commit(cast, until=day)
    later = commit(cast, until=day + timedelta(days=1))
    commit(cast, until=day)  # still to answer
    for each in (due, later, commit(cast)):
        change_state(commitment=each, state="accepted", by=cast.aicha, at=NOW)

    assert list(desk(cast.valence, show="to-follow-up", today=day)) == [due]
    assert list(desk(cast.valence, show="to-follow-up", today=day + timedelta(days=1))) == [
        due,
        later,
    ]


def test_more_time_moves_the_day_with_its_line(cast):
    commitment = commit(cast, until=NOW.date())
    later = NOW.date() + timedelta(days=30)

    for _ in range(2):
        given = give_more_time(commitment=commitment, until=later, by=cast.aicha, at=NOW)

    assert given.until == later
    assert Entry.objects.filter(verb="given_more_time").count() == 1


def test_what_has_ended_gets_no_more_time(cast):
    commitment = commit(cast, until=NOW.date())
    change_state(commitment=commitment, state="released", by=cast.denis, at=NOW)

    with pytest.raises(MoveNotAllowed):
        give_more_time(commitment=commitment, until=None, by=cast.aicha, at=NOW)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 23), 1, date(2026, 12, 23)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 12, 31), 12, date(2028, 12, 31)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(day, months, then):
    assert months_after(day, months) == then


def test_nothing_below_ten_is_told_in_public():
    assert public_sums({"promised": 9}) is None
    assert public_sums({"promised": 4, "kept": 5}) is None
    assert public_sums({"promised": 10}).total == 10


def test_parts_are_told_together_or_not_at_all():
    assert public_sums({"kept": 12, "promised": 11, "released": 3}).parts == ()
    full = public_sums({"kept": 12, "promised": 6, "accepted": 5, "released": 6, "lapsed": 4})
    assert dict(full.parts) == {"kept": 12, "living": 11, "ended": 10}


@pytest.mark.parametrize("kept", range(16))
@pytest.mark.parametrize("ended", range(0, 16, 3))
def test_no_subtraction_gives_a_small_part_away(kept, ended):
    told = public_sums({"kept": kept, "promised": 14, "released": ended})

    assert told is not None
    known = dict(told.parts)
    if len(known) < 3:
        assert known == {}  # with the total alone nothing can be computed
    assert all(number >= 10 for number in known.values())
