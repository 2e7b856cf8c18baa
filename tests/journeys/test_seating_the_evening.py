"""Aïcha seats the evening: too few facilitators at first, then a plan, a move, and publishing."""

import re
from uuid import uuid4

from django.urls import reverse

from essor.evenings.actions.plans import plan_in_hand
from essor.evenings.jobs.plan_runs import compute
from essor.evenings.models import PlanRun, Registration, Seat
from tests.cast import Cast
from tests.factories.seating import make_ready_evening, registered, table_of


def test_aicha_seats_the_evening(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence, people=30, tables=5)
    Registration.objects.filter(evening=evening).update(facilitator=False)
    aicha = cast.client("aicha")
    aicha.cookies["essor_language"] = "fr"

    def url(name: str, *more: str) -> str:
        return reverse(f"evenings:{name}", args=["valence", evening.public_id, *more])

    def post(name: str, *more: str, **fields: str):
        return aicha.post(url(name, *more), {**fields, "act": uuid4()}, follow=True)

    def computed() -> str:
        post("plan_runs", seconds="2")
        PlanRun.objects.filter(state="waiting").update(seconds=0.3)
        compute(PlanRun.objects.first().public_id)
        page = aicha.get(url("plan")).content.decode()
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\xa0", " ")

    # Two people facilitate, four tables are needed: the page says so, and what would help.
    for number in (1, 2):
        post("plan_facilitation", registered(evening, number).public_id, facilitates="yes")
    refused = computed()
    assert "Il faut 4 tables, et 2 personnes seulement animent." in refused
    assert "Trouver 2 personnes de plus pour animer" in refused

    # She names three more; the plan comes, with its proof beside what chance gives.
    for number in (3, 4, 5):
        post("plan_facilitation", registered(evening, number).public_id, facilitates="yes")
    page = computed()
    assert "Univers par table" in page
    assert "hasard" in page

    # She looks at somebody, moves them, thinks again and undoes it.
    first, who = plan_in_hand(evening), registered(evening, 12)
    easy = aicha.get(url("plan_person", who.public_id)).context["easy"]
    post("plan_person", who.public_id, seen=first.public_id, table=easy[0].table.number)
    moved = plan_in_hand(evening)
    assert table_of(moved, who) == easy[0].table.number
    post("plan_steps", plan=first.public_id, seen=moved.public_id)
    assert plan_in_hand(evening) == first

    # She publishes: everybody has one seat, the one the plan says.
    post("plan_publication", plan=first.public_id, seen="")
    assert Seat.objects.filter(table__evening=evening).count() == 30
    seat = Seat.objects.get(registration=who)
    assert str(seat.table.number) == table_of(first, who)
