"""Ten minutes without network on twenty phones: what waited arrives once, in order, with its time.

The phones are clients that post as `web/parts/queue.js` does: in order, each act with its key and how
long it waited, and again where the answer was lost on the way.
"""

import random
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from essor.evenings.actions.evening import move_evening
from essor.evenings.models import Evening, Table, TableIdea
from essor.exchanges.models import Commitment
from essor.kit import clock
from essor.ledger.models import Entry
from tests.cast import NOW, Cast, make_evening, make_registration, make_table

pytestmark = pytest.mark.django_db
PHONES, CUT = 20, timedelta(minutes=10)


class Phone:
    """A phone at a table, with what it wrote while it had no network, in order."""

    def __init__(self, evening: Evening, table: Table, number: int) -> None:
        self.evening, self.table, self.number = evening, table, number
        self.client, self.waiting = Client(), []

    def address(self, *parts: str) -> str:
        return "/".join(["/valence/evenings", self.evening.public_id, *parts, ""])

    def write(self, minute: float) -> None:
        """An idea, later another one, then a promise."""
        name = f"Téléphone {self.number}"
        ideas = self.address("tables", self.table.public_id, "ideas")
        promise = {"kind": "energy", "first_name": name, "what": "", "consent": "on",
                   "email": f"phone{self.number}@example.org", "to": self.table.public_id}  # fmt: skip
        for what in ("première", "seconde"):
            self.keep(minute, ideas, {"text": f"{name}, {what} idée"})
        self.keep(minute + 1, self.address("commitments", "new"), promise)

    def keep(self, minute: float, address: str, fields: dict[str, str]) -> None:
        self.waiting.append((minute, address, fields, uuid4().hex))

    def send(self, now: float, *, lose_answer: bool) -> int:
        """The oldest act; a lost answer leaves it in the queue, to be sent again."""
        minute, address, fields, key = self.waiting[0]
        answer = self.client.post(
            address, fields, HTTP_ESSOR_QUEUE="1", HTTP_IDEMPOTENCY_KEY=key,
            HTTP_ESSOR_AGO=str(int((now - minute) * 60_000)),
        )  # fmt: skip
        if not lose_answer:
            self.waiting.pop(0)
        return answer.status_code


@pytest.fixture
def evening(cast: Cast, monkeypatch) -> Evening:
    monkeypatch.setattr(clock, "now", lambda: NOW + CUT)
    return make_evening(cast.valence, state=Evening.State.LIVE, starts_at=NOW)


@pytest.mark.parametrize("seed", range(2))
def test_twenty_phones_lose_nothing_and_say_nothing_twice(evening: Evening, seed: int) -> None:
    rng = random.Random(seed)
    tables = [make_table(evening, n, people=(make_registration(evening, f"P{n}"),))
              for n in range(1, 6)]  # fmt: skip
    phones = [Phone(evening, tables[n % 5], n) for n in range(PHONES)]
    for phone in phones:
        phone.write(rng.uniform(0, 8))
    while any(phone.waiting for phone in phones):
        phone = rng.choice([phone for phone in phones if phone.waiting])
        assert phone.send(CUT / timedelta(minutes=1), lose_answer=rng.random() < 0.4) == 200
    said = sorted(TableIdea.objects.values_list("text", flat=True))
    assert said == sorted(f"Téléphone {n}, {what} idée" for n in range(PHONES)
                          for what in ("première", "seconde"))  # fmt: skip
    promised = Commitment.objects.values_list("person__first_name", flat=True)
    assert sorted(promised) == sorted(f"Téléphone {n}" for n in range(PHONES))
    for phone in phones:
        mine = TableIdea.objects.filter(text__startswith=f"Téléphone {phone.number},")
        ordered = list(mine.order_by("id").values_list("text", flat=True))
        assert [text.split()[-2] for text in ordered] == ["première", "seconde"]


def end(evening: Evening, *, minute: float) -> None:
    """A host ends the evening so many minutes after it began."""
    at = NOW + timedelta(minutes=minute)
    move_evening(evening=evening, to=Evening.State.OVER, by=None, at=at)


def test_an_idea_said_before_the_end_comes_in_after_it_at_its_time(evening: Evening) -> None:
    phone = Phone(evening, make_table(evening, 1), 1)
    phone.write(2)
    end(evening, minute=5)
    assert phone.send(10, lose_answer=True) == 200
    assert phone.send(10, lose_answer=False) == 200, "sent again: the same act, the same answer"
    idea = TableIdea.objects.get()
    assert idea.text == "Téléphone 1, première idée"
    assert idea.at == NOW + timedelta(minutes=2)
    assert Entry.objects.get(verb="idea_said").at == idea.at


@pytest.mark.parametrize("ago", ["", "-5", "soon", "1e9", "299999", str(30 * 86_400_000)])
def test_what_says_no_credible_time_is_as_late_as_it_comes(evening: Evening, ago: str) -> None:
    """Said after the end, not said at all, or longer ago than any evening lasts."""
    phone = Phone(evening, make_table(evening, 1), 1)
    phone.write(2)
    end(evening, minute=5)
    address, fields, key = phone.waiting[0][1:]
    answer = phone.client.post(address, fields, HTTP_ESSOR_QUEUE="1", HTTP_IDEMPOTENCY_KEY=key,
                               HTTP_ESSOR_AGO=ago)  # fmt: skip
    assert answer.status_code == 422
    assert fields["text"] in answer.content.decode()
    assert not TableIdea.objects.exists()


def test_an_evening_that_ended_meanwhile_says_so_and_keeps_the_words(evening: Evening) -> None:
    phone = Phone(evening, make_table(evening, 1), 1)
    phone.write(6)
    end(evening, minute=5)
    ideas = phone.waiting[0]
    answer = phone.client.post(ideas[1], ideas[2], HTTP_ESSOR_QUEUE="1",
                               HTTP_IDEMPOTENCY_KEY=ideas[3], HTTP_ESSOR_AGO="240000")  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Les idées se récoltent pendant la soirée" in page
    assert "Téléphone 1, première idée" in page
    assert not TableIdea.objects.exists()
    # Nothing was taken, so the same act may be sent again once a host opens the evening anew.
    Evening.objects.filter(pk=evening.pk).update(state=Evening.State.LIVE)
    assert phone.send(10, lose_answer=False) == 200
    assert TableIdea.objects.get().text == "Téléphone 1, première idée"


def test_a_promise_comes_in_also_after_the_evening(evening: Evening) -> None:
    phone = Phone(evening, make_table(evening, 1), 1)
    phone.write(2)
    Evening.objects.filter(pk=evening.pk).update(state=Evening.State.OVER)
    phone.waiting = phone.waiting[-1:]
    assert phone.send(10, lose_answer=False) == 200
    assert Commitment.objects.get().person.first_name == "Téléphone 1"
