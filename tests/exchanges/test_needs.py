"""What a project needs: written by its group, answered in parts, never promised twice."""

from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from essor.exchanges.actions.commitments import change_state, promise
from essor.exchanges.actions.needs import (
    Asked,
    NeedEnded,
    NothingNeeded,
    NotThatMany,
    TooFew,
    end_need,
    reword_need,
    write_need,
)
from essor.exchanges.models import Commitment, Need
from essor.exchanges.queries.needs import needs_of, of_project
from essor.exchanges.rules import is_of_the_group
from essor.ledger.models import Entry
from essor.people.erasure import erase_person
from essor.projects.models import Membership
from essor.territories.models import Theme
from tests.cast import NOW, make_need, make_project, person

CHAIRS = Asked("equipment", "Chaises pliantes", quantity=20, unit="chaises")


def bring(need: Need, units: int = 1, **fields) -> Commitment:
    """Somebody promises so many units."""
    who = fields.pop("person", None) or person("Inès")
    return promise(
        territory=need.territory, person=who, kind="resource", what="Chaises", need=need,
        units=units, by=who, at=NOW,
    )[0]  # fmt: skip


def held(need: Need) -> int:
    need.refresh_from_db()
    return need.held


def test_a_group_says_what_it_needs_with_a_public_line(cast):
    project = make_project(cast.valence)

    need = write_need(project=project, asked=CHAIRS, by=cast.denis, at=NOW)

    assert (need.territory, need.written_by, need.left) == (cast.valence, cast.denis, 20)
    line = Entry.objects.get(verb="need_written")
    assert (line.of_id, line.audience) == (need.public_id, "public")
    assert (line.part_of, line.data) == (project.public_id, {"kind": "equipment"})


def test_the_need_of_a_sheet_being_written_is_the_team_s(cast):
    project = make_project(cast.valence, published_at=None)

    write_need(project=project, asked=CHAIRS, by=cast.aicha, at=NOW)

    assert Entry.objects.get(verb="need_written").audience == "team"
    assert not needs_of(cast.valence).exists()


def test_a_need_says_what_it_is(cast):
    with pytest.raises(NothingNeeded):
        write_need(project=make_project(cast.valence), asked=Asked("skill", "  "), by=None, at=NOW)
    assert not Need.objects.exists()


def test_partial_answers_add_up(cast):
    need = make_need(make_project(cast.valence))

    first = bring(need, 8)
    bring(need, 7)

    assert (held(need), need.left, need.is_met) == (15, 5, False)
    assert (first.project, first.need, first.units) == (need.project, need, 8)
    assert Entry.objects.filter(verb="promised")[0].data["need"] == need.public_id


def test_more_than_is_missing_is_refused_and_nothing_is_kept(cast):
    need = make_need(make_project(cast.valence))
    bring(need, 18)

    with pytest.raises(NotThatMany) as refusal:
        bring(need, 3)

    assert refusal.value.left == 2
    assert (held(need), Commitment.objects.count()) == (18, 1)


def test_a_need_without_a_number_takes_everything(cast):
    need = make_need(make_project(cast.valence), quantity=None, unit="clients")
    bring(need, 30)
    bring(need, 12)

    assert (held(need), need.left, need.is_met) == (42, None, False)


@pytest.mark.parametrize("end", ["released", "lapsed"])
def test_what_is_released_or_lapses_may_be_brought_by_others(cast, end):
    need = make_need(make_project(cast.valence))
    commitment = bring(need, 20)

    change_state(commitment=commitment, state=end, by=cast.aicha, at=NOW)

    assert held(need) == 0
    assert bring(need, 20).units == 20


def test_a_lapsed_promise_comes_back_only_where_nobody_was_faster(cast):
    need = make_need(make_project(cast.valence))
    slow = bring(need, 5)
    change_state(commitment=slow, state="lapsed", by=cast.aicha, at=NOW)
    bring(need, 18)

    with pytest.raises(NotThatMany):
        change_state(commitment=slow, state="accepted", by=cast.aicha, at=NOW)
    slow.refresh_from_db()
    assert (slow.state, held(need)) == ("lapsed", 18)


def test_being_kept_and_thanked_still_counts_once(cast):
    need = make_need(make_project(cast.valence))
    commitment = bring(need, 8)

    for state in ("accepted", "kept", "thanked"):
        change_state(commitment=commitment, state=state, words="Merci", by=cast.aicha, at=NOW)

    assert held(need) == 8
    assert of_project(need.project)[0].brought == 8


def test_no_less_is_asked_for_than_is_promised(cast):
    need = make_need(make_project(cast.valence))
    bring(need, 8)

    with pytest.raises(TooFew):
        reword_need(
            need=need, asked=Asked("equipment", "Chaises", quantity=7), by=cast.denis, at=NOW
        )
    reworded = reword_need(
        need=need, asked=Asked("equipment", "Tabourets", quantity=8), by=cast.denis, at=NOW
    )

    assert (reworded.title, reworded.left) == ("Tabourets", 0)
    assert Entry.objects.filter(verb="need_reworded").count() == 1


@pytest.mark.parametrize("ending", ["found", "dropped"])
def test_an_ended_need_takes_nothing_until_it_is_opened_again(cast, ending):
    need = make_need(make_project(cast.valence))
    end_need(need=need, ending=ending, by=cast.denis, at=NOW)

    with pytest.raises(NeedEnded):
        bring(need)
    end_need(need=need, ending="", by=cast.denis, at=NOW)

    assert bring(need).need == need
    verbs = Entry.objects.filter(of_id=need.public_id).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == [f"need_{ending}", "need_reopened"]


def test_a_sleeping_project_asks_for_nothing(cast):
    need = make_need(make_project(cast.valence, condition="asleep"))

    assert not needs_of(cast.valence).exists()
    with pytest.raises(NeedEnded):
        bring(need)


def test_the_database_itself_refuses_to_promise_twice(cast):
    need = make_need(make_project(cast.valence))

    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(held=21)


def test_whoever_is_erased_gives_back_what_they_held(cast):
    need = make_need(make_project(cast.valence))
    bring(need, 8, person=cast.denis)
    bring(need, 3)

    erase_person(person=cast.denis, by=cast.denis, at=NOW)

    assert held(need) == 3


@pytest.mark.django_db(transaction=True)
def test_the_last_unit_goes_to_one_of_many_who_want_it_at_once(cast):
    need = make_need(make_project(cast.valence), quantity=5)
    people = [person(f"P{n}") for n in range(8)]
    together, kept, refused = Barrier(len(people)), [], []

    def want(who) -> None:
        together.wait()
        try:
            kept.append(bring(Need.objects.get(pk=need.pk), 2, person=who))
        except NotThatMany as refusal:
            refused.append(refusal.left)
        finally:
            connection.close()

    threads = [Thread(target=want, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(kept), refused) == (2, [1] * 6)
    assert (held(need), Commitment.objects.count()) == (4, 2)


def test_the_list_is_narrowed_by_kind_theme_and_what_is_missing(cast):
    food = Theme.objects.order_by("id")[0]
    project, other = make_project(cast.valence), make_project(cast.valence, "Vélos")
    project.themes.add(food)
    chairs = make_need(project)
    accounts = make_need(other, "Comptabilité", kind="skill", quantity=1, unit="")
    bring(accounts)
    make_need(make_project(cast.jura))

    assert list(needs_of(cast.valence)) == [chairs]
    assert list(needs_of(cast.valence, show="met")) == [accounts]
    assert set(needs_of(cast.valence, show="all")) == {chairs, accounts}
    assert list(needs_of(cast.valence, show="all", kind="skill")) == [accounts]
    assert list(needs_of(cast.valence, show="all", theme=food.code)) == [chairs]


@pytest.mark.parametrize(
    ("part", "is_of_it"),
    [("table", True), ("member", True), ("follower", False), (None, False)],
)
def test_the_group_says_what_it_needs_not_whoever_follows(part, is_of_it):
    assert is_of_the_group(Membership(part=part) if part else None) is is_of_it
