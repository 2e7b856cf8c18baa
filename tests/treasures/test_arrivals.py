"""A list coming in step by step: killed anywhere it ends whole, stopped it stays, nobody waits."""

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from essor.kit.lists.life import ListGone
from essor.ledger.models import Entry
from essor.people.erasure import erase_person
from essor.treasures import jobs
from essor.treasures.actions.arrivals import (
    NothingToBring,
    ask_to_bring,
    begin_arrival,
    stop_arrival,
)
from essor.treasures.actions.lists import drop_list, keep_file
from essor.treasures.actions.treasures import Said, write_down
from essor.treasures.bringing.compare import compared
from essor.treasures.bringing.reading import read
from essor.treasures.jobs import bring_in
from essor.treasures.models import Arrival, Treasure, TreasureList
from essor.treasures.privacy import forget_lists
from tests.cast import NOW, Cast

LINES, STEP = 23, 5


class Killed(BaseException):
    """The worker's process is gone: nothing of it runs any more."""


@pytest.fixture
def steps(monkeypatch) -> None:
    """Steps of five lines, so that small lists have several."""
    monkeypatch.setattr(jobs, "A_STEP", STEP)


def at_once(rest: float) -> None:
    """Between two steps: nobody rests."""


def listed(cast: Cast, lines: int = LINES, more: str = "") -> TreasureList:
    rows = "".join(f"{n};Four {n}\n" for n in range(lines))
    file = read(f"id;nom\n{rows}{more}".encode(), name="fours.csv")
    return keep_file(territory=cast.valence, file=file, filename="fours.csv", by=cast.aicha, at=NOW)


def asked(cast: Cast, lines: int = LINES, more: str = "") -> Arrival:
    many = listed(cast, lines, more)
    return ask_to_bring(many=many, comparison=compared(many), by=cast.aicha, at=NOW)


def killed_after(steps: int) -> Callable[[float], None]:
    left = [steps]

    def rest(seconds: float) -> None:
        left[0] -= 1
        if not left[0]:
            raise Killed

    return rest


def names() -> list[str]:
    return sorted(Treasure.objects.values_list("name", flat=True))


def whole() -> list[str]:
    return sorted(f"Four {n}" for n in range(LINES))


def post(cast: Cast, many: TreasureList, where: str, **fields: str):
    address = f"/valence/treasures/lists/{many.public_id}/{where}"
    return cast.client("aicha").post(address, {"act": uuid.uuid4().hex, **fields})


@pytest.mark.parametrize("step", range(1, 6))
def test_worker_killed_after_any_step_leaves_nothing_twice_and_nothing_out(cast, steps, step):
    coming = asked(cast)
    with pytest.raises(Killed):
        bring_in(coming.public_id, between=killed_after(step))
    assert len(names()) == min(step * STEP, LINES)

    assert bring_in(coming.public_id, again=True, between=at_once) == "done"

    assert names() == whole()
    assert TreasureList.objects.get().result["counts"]["new"] == LINES


def test_worker_killed_within_a_step_leaves_nothing_of_that_step(cast, steps, monkeypatch):
    coming = asked(cast)
    begun = Treasure.objects.bulk_create

    def killed(treasures, **options):
        begun(treasures, **options)
        if Treasure.objects.count() > 2 * STEP:
            raise Killed
        return treasures

    with monkeypatch.context() as patch:
        patch.setattr(type(Treasure.objects), "bulk_create", lambda self, *a, **k: killed(*a, **k))
        with pytest.raises(Killed):
            bring_in(coming.public_id, between=at_once)
    coming.refresh_from_db()
    assert (len(names()), coming.done) == (2 * STEP, 2 * STEP)

    bring_in(coming.public_id, again=True, between=at_once)
    assert names() == whole()


def test_two_workers_at_one_list_bring_each_line_once(cast, steps):
    coming = asked(cast)
    other: list[str] = []

    def overtaken(rest: float) -> None:
        if not other:
            other.append(bring_in(coming.public_id, again=True, between=at_once))

    bring_in(coming.public_id, between=overtaken)

    assert other == ["done"]
    assert names() == whole()
    assert Entry.objects.filter(verb="treasures_brought_in").count() == 1


def test_work_that_another_worker_has_is_not_taken(cast):
    coming = asked(cast)
    assert begin_arrival(arrival=coming, by=None, at=NOW)
    assert bring_in(coming.public_id, between=at_once) == "not taken"
    assert bring_in("unknown", between=at_once) == "not taken"
    assert names() == []


@pytest.mark.django_db(transaction=True)
def test_others_write_between_any_two_steps(cast, steps):
    """Another connection, which never waits, writes a treasure down while the list comes in."""
    coming, far = asked(cast), []

    def write(number: int) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA busy_timeout = 0")
            else:
                cursor.execute("SET lock_timeout = '1ms'")
        try:
            said = Said(name=f"Autre {number}", kind="human")
            write_down(territory=cast.valence, said=said, keeper=None, by=None, at=NOW)
            far.append(Arrival.objects.get().done)
        finally:
            connections.close_all()

    def visited(rest: float) -> None:
        visitor = threading.Thread(target=write, args=(len(far),))
        visitor.start()
        visitor.join()

    assert bring_in(coming.public_id, between=visited) == "done"
    assert far == [5, 10, 15, 20, 23]
    assert len([name for name in names() if name.startswith("Autre")]) == 5


def test_stopped_list_keeps_what_came_in_and_comes_in_whole_later(cast, steps):
    coming = asked(cast)

    def stopped(rest: float) -> None:
        post(cast, coming.many, "arrival/end/")

    assert bring_in(coming.public_id, between=stopped) == "stopped"
    assert len(names()) == STEP
    page = cast.client("aicha").get(f"/valence/treasures/lists/{coming.many.public_id}/")
    assert "5 lignes sur 23 ont été traitées" in page.content.decode()

    many = TreasureList.objects.get()
    again = ask_to_bring(many=many, comparison=compared(many), by=cast.aicha, at=NOW)
    assert bring_in(again.public_id, between=at_once) == "done"
    assert names() == whole()
    counts = TreasureList.objects.get().result["counts"]
    assert (counts["known"], counts["new"]) == (STEP, LINES - STEP)


def test_list_stopped_before_any_worker_took_it_waits_as_it_was(cast):
    coming = asked(cast)
    post(cast, coming.many, "arrival/end/")
    coming.refresh_from_db()
    assert coming.state == "stopped"
    assert bring_in(coming.public_id, between=at_once) == "not taken"
    assert (names(), TreasureList.objects.get().state) == ([], "preview")


def test_stopping_a_silent_worker_ends_it_at_once(cast):
    coming = asked(cast)
    begin_arrival(arrival=coming, by=None, at=NOW)
    assert stop_arrival(arrival=coming, by=cast.aicha, at=NOW).state == "running"
    later = NOW + Arrival.SILENT + timedelta(seconds=1)
    assert stop_arrival(arrival=coming, by=cast.aicha, at=later).state == "stopped"
    assert stop_arrival(arrival=coming, by=cast.aicha, at=later).state == "stopped"
    drop_list(many=TreasureList.objects.get(), by=cast.aicha, at=later)


def test_broken_step_is_told_and_tried_once_more(cast, steps):
    coming = asked(cast)

    def broken(rest: float) -> None:
        raise RuntimeError("the disk is full")

    assert bring_in(coming.public_id, between=broken) == "failed"
    page = cast.client("aicha").get(f"/valence/treasures/lists/{coming.many.public_id}/")
    assert "Quelque chose a cassé" in page.content.decode()

    many = TreasureList.objects.get()
    again = ask_to_bring(many=many, comparison=compared(many), by=cast.aicha, at=NOW)
    assert bring_in(again.public_id, between=at_once) == "done"
    assert names() == whole()


def test_what_people_correct_meanwhile_stays(cast, steps):
    bring_in(asked(cast).public_id, between=at_once)
    rows = "".join(f"{n};Four à pain {n}\n" for n in range(LINES))
    file = read(f"id;nom\n{rows}".encode(), name="b.csv")
    many = keep_file(territory=cast.valence, file=file, filename="b.csv", by=None, at=NOW)
    coming = ask_to_bring(many=many, comparison=compared(many), by=None, at=NOW)

    def corrected(rest: float) -> None:
        Treasure.objects.filter(name="Four 22").update(corrected_at=NOW)

    bring_in(coming.public_id, between=corrected)

    assert "Four 22" in names()
    assert TreasureList.objects.get(filename="b.csv").result["counts"]["stays"] == 1


def test_same_file_while_it_comes_in_is_the_same_list(cast):
    coming = asked(cast)
    assert listed(cast) == coming.many
    with pytest.raises(ListGone):
        ask_to_bring(many=coming.many, comparison=compared(coming.many), by=None, at=NOW)
    with pytest.raises(ListGone):
        drop_list(many=coming.many, by=None, at=NOW)


def test_list_that_changes_nothing_is_not_asked_for(cast):
    bring_in(asked(cast).public_id, between=at_once)
    many = listed(cast)
    with pytest.raises(NothingToBring):
        ask_to_bring(many=many, comparison=compared(many), by=None, at=NOW)
    assert TreasureList.objects.get(pk=many.pk).state == "preview"


def test_progress_is_polled_and_leads_to_the_report(cast, steps):
    coming = asked(cast, more=";sans numéro\nx;\n")
    aicha, address = cast.client("aicha"), f"/valence/treasures/lists/{coming.many.public_id}/"
    shown: list[str] = []

    def looked(rest: float) -> None:
        shown.append(aicha.get(f"{address}arrival/", HTTP_HX_REQUEST="true").content.decode())

    assert 'value="0"' in aicha.get(address).content.decode()
    bring_in(coming.public_id, between=looked)

    assert 'value="20"' in shown[0]
    assert "5 lignes sur 25" in shown[0]
    ended = aicha.get(f"{address}arrival/", HTTP_HX_REQUEST="true")
    assert ended.headers["HX-Redirect"] == address
    assert aicha.get(f"{address}arrival/").url == address
    assert "ligne 26" in aicha.get(address).content.decode()


def test_neither_strangers_nor_other_hosts_see_or_stop_it(cast):
    coming = asked(cast)
    address = f"/valence/treasures/lists/{coming.many.public_id}/arrival/"
    for who in (None, "denis", "hugo"):
        assert cast.client(who).get(address).status_code == 404
        assert cast.client(who).post(f"{address}end/").status_code == 404
    assert Arrival.objects.get().state == "waiting"


def test_person_who_is_erased_is_gone_from_a_list_that_comes_in(cast, steps):
    coming = asked(cast, more="99;Écrire à denis@example.org\n")

    def erased(rest: float) -> None:
        erase_person(person=cast.denis, by=cast.denis, at=NOW)

    bring_in(coming.public_id, between=erased)

    assert not Treasure.objects.filter(name__contains="denis").exists()
    many = TreasureList.objects.get()
    assert (many.state, many.table, Arrival.objects.get().state) == ("dropped", {}, "stopped")


def test_list_that_nobody_brings_in_for_a_month_is_forgotten(cast):
    coming = asked(cast)
    forget_lists(NOW + timedelta(days=1))
    coming.refresh_from_db()
    assert (coming.state, TreasureList.objects.get().state) == ("stopped", "dropped")


def test_a_step_asks_as_often_for_five_lines_as_for_thirty(cast, monkeypatch):
    def queries_for(lines: int) -> int:
        Treasure.objects.all().delete()
        TreasureList.objects.all().delete()
        coming = asked(cast, lines=lines)
        with CaptureQueriesContext(connection) as seen:
            bring_in(coming.public_id, between=at_once)
        return len(seen)

    assert queries_for(5) == queries_for(30) <= 40
