"""PostgreSQL: statements that wait for company, and connections that are looked at, not asked."""

from contextlib import contextmanager, suppress

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from essor.kit import clock
from essor.kit.models import Receipt
from essor.kit.prepared import Prepared, together
from essor.kit.putting import put, put_soon, rewrite

pytestmark = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite is not far away"
)
of_scope = Prepared(lambda scope: Receipt.objects.filter(scope=scope).order_by("id"), str)


@pytest.fixture
def house(transactional_db):
    """The connection as a page process has it: from a pool of its own."""
    from essor.kit.postgres.base import DatabaseWrapper

    lent = connections["default"]
    options = {**lent.settings_dict["OPTIONS"], "pool": {"min_size": 1, "max_size": 1}}
    own = DatabaseWrapper({**lent.settings_dict, "OPTIONS": options}, "default")
    connections["default"] = own
    yield own
    own.close()
    own.close_pool()
    connections["default"] = lent


class GivenUp(Exception):
    """An act that is given up half way."""


@contextmanager
def given_up():
    """What is done inside is taken back, and the test goes on."""
    with suppress(GivenUp), transaction.atomic():
        yield
        raise GivenUp


def receipt(key, scope="/here/"):
    return Receipt(key=key, scope=scope, at=clock.now())


def keys(scope="/here/"):
    return [each.key for each in of_scope.all(scope)]


def test_row_put_soon_waits_for_the_commit_and_goes_with_it(house):
    with transaction.atomic():
        put_soon(receipt("a"))
        assert house.waiting
    assert keys() == ["a"]


@pytest.mark.parametrize(
    "look",
    [
        keys,
        lambda: list(Receipt.objects.values_list("key", flat=True)),
        lambda: list(Receipt.objects.values_list("key", flat=True).iterator()),
    ],
    ids=["known", "ORM", "step by step"],
)
def test_whoever_asks_sees_what_waited(house, look):
    with transaction.atomic():
        put_soon(receipt("a"))
        assert look() == ["a"]
        assert not house.waiting


def test_cursor_of_before_sends_what_waits_too(house):
    with transaction.atomic(), connection.cursor() as cursor:
        put_soon(receipt("a"))
        cursor.execute("SELECT count(*) FROM kit_receipt")
        assert cursor.fetchone() == (1,)
        put_soon(receipt("b"))
        cursor.executemany("DELETE FROM kit_receipt WHERE key = %s", [("b",), ("x",)])
    assert keys() == ["a"]


def test_rows_are_written_in_the_order_they_were_told(house):
    with transaction.atomic():
        put(first := receipt("a"))
        first.location = "/1/"
        rewrite(first, "location")
        first.location = "/2/"
        rewrite(first, "location")
        put_soon(receipt("b"))
    assert keys() == ["a", "b"]
    assert Receipt.objects.get(key="a").location == "/2/"


def test_inner_part_that_fails_takes_only_its_own_rows_along(house):
    with transaction.atomic():
        put_soon(receipt("before"))
        with given_up():
            put_soon(receipt("inside"))
        put_soon(receipt("after"))
    assert keys() == ["before", "after"]


def test_refused_row_inside_is_forgotten_and_the_rest_kept(house):
    with transaction.atomic():
        put(receipt("a"))
        with pytest.raises(IntegrityError), transaction.atomic():
            put(receipt("a"))
        put_soon(receipt("b"))
    assert keys() == ["a", "b"]


def test_inner_part_that_was_sent_is_taken_back_with_what_still_waits(house):
    with transaction.atomic():
        put_soon(receipt("before"))
        with given_up():
            put(receipt("sent"))
            put_soon(receipt("waits"))
    assert keys() == ["before"]


def twice(then):
    with transaction.atomic():
        put(receipt("a"))
        put_soon(receipt("b"))
        put_soon(receipt("a"))
        put_soon(receipt("c"))
        then()


@pytest.mark.parametrize(
    "then", [lambda: None, keys, lambda: Receipt.objects.count()], ids=["commit", "known", "ORM"]
)
def test_waiting_row_that_is_refused_keeps_nothing_and_says_so(house, then):
    with pytest.raises(IntegrityError, match="receipt_once"):
        twice(then)
    assert not keys()
    put(receipt("d"))
    assert keys() == ["d"]


def test_row_that_may_be_there_is_left_out(house):
    put(receipt("a"))
    with transaction.atomic():
        put_soon(receipt("a"), unless_there=True)
        put_soon(receipt("b"), unless_there=True)
    assert keys() == ["a", "b"]


def test_what_is_given_up_is_never_sent(house):
    with given_up():
        put_soon(receipt("a"))
    assert not house.waiting
    assert not keys()


def test_savepoint_around_nothing_is_not_made(house):
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        with transaction.atomic():
            pass
        keys()
    assert [each["sql"][:6] for each in asked.captured_queries] == ["SELECT"]


def test_outside_a_transaction_nothing_waits(house):
    put_soon(receipt("a"))
    assert not house.waiting
    assert keys() == ["a"]


def test_questions_asked_together_get_their_own_answers(house):
    for name in ("a", "b"):
        put(receipt(name, scope=f"/{name}/"))
    with transaction.atomic():
        put_soon(receipt("c", scope="/b/"))
        of_a, of_b, how_many = together(
            of_scope.asking("/a/"), of_scope.asking("/b/"), of_scope.counting("/b/")
        )
    assert [each.key for each in of_a] == ["a"]
    assert [each.key for each in of_b] == ["b", "c"]
    assert how_many == 2


def test_question_that_fails_among_others_is_told_and_the_connection_goes_on(house):
    wrong = of_scope.asking("/a/")
    with pytest.raises(ProgrammingError):
        together(of_scope.asking("/a/"), type(wrong)("SELECT nothing", [], wrong.read))
    put(receipt("a"))
    assert keys() == ["a"]


def ends(lent, number):
    """The server ends the connection ``number``, as when it restarts."""
    with lent.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
        assert cursor.fetchone() == (True,)


def test_connection_that_the_server_closed_is_lent_to_nobody(house):
    other = connections.create_connection("default")
    try:
        keys()
        dead = house.connection.info.backend_pid
        house.close()
        ends(other, dead)
        assert not keys()
        assert house.connection.info.backend_pid != dead
    finally:
        other.close()


def test_connection_of_a_moment_ago_is_lent_again(house):
    keys()
    used = house.connection
    house.close()
    assert not keys()
    assert house.connection is used
