"""The evening begins: Chloé holds the door, from the first ticket to a count both agree on."""

from uuid import uuid4

from django.urls import reverse

from essor.evenings.actions.publication import publish_plan
from essor.evenings.models import HeadCount, Registration, Seat, Table
from tests.cast import NOW, Cast
from tests.factories.seating import make_plan, make_ready_evening, registered


def test_chloe_holds_the_door(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence, people=26, tables=6)
    publish_plan(plan=make_plan(evening, cast.aicha), seen="", by=cast.aicha, at=NOW)
    chloe = cast.client("chloe")
    chloe.cookies["essor_language"] = "fr"

    def url(name: str, *more: str) -> str:
        return reverse(f"evenings:{name}", args=["valence", evening.public_id, *more])

    def post(name: str, *more: str, **fields: str):
        return chloe.post(url(name, *more), {**fields, "act": uuid4()}, follow=True)

    # A ticket is scanned: green, with the table. Shown again: already here.
    ines = registered(evening, 12)
    green = post("door_arrivals", code=f"http://x/valence/evenings/y/tickets/{ines.code}/")
    assert "door-sign--welcome" in green.content.decode()
    again = post("door_arrivals", code=ines.code.lower())
    assert "door-sign--again" in again.content.decode()

    # Somebody without a ticket is found by a badly typed name.
    found = chloe.get(url("door"), {"q": "invitee 13"})
    assert registered(evening, 13).public_id in found.content.decode()
    post("door_person", registered(evening, 13).public_id)

    # Zoé did not register: a first name and a challenge, and she sits.
    topic = evening.challenges.order_by("id").first()
    post("door_walk_in", first_name="Zoé", challenge=str(topic.pk))
    zoe = Registration.objects.get(person__first_name="Zoé")
    assert topic in Seat.objects.get(registration=zoe).table.challenges.all()

    # A facilitator does not come: the table closes, its people sit elsewhere.
    table = Table.objects.filter(evening=evening, state="open").order_by("-number").first()
    sat = list(table.seats.values_list("registration_id", flat=True))
    post("door_closure", table.public_id)
    assert not Seat.objects.filter(registration__in=sat, table=table).exists()
    assert Seat.objects.filter(registration__in=sat, round=1).count() == len(sat)

    # Three are here by check-in; two people count by head, and both counts stay.
    post("door_count", people="3", how="à deux, rang par rang")
    post("door_count", people="5", how="depuis la scène")
    count = chloe.get(url("door_count"))
    assert count.context["counts"].arrived == 3
    assert [head.difference for head in count.context["heads"]] == [2, 0]
    assert HeadCount.objects.count() == 2
