"""What goes wrong around money: forms that are late, two at once, links that ended, strangers."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from essor.exchanges.actions.needs import NotThatMany
from essor.kit import clock
from essor.kit.models import Mail
from essor.people.models import Person
from essor.projects.models import Project
from essor.support.actions.funders import Interests, Newcomer, leave_funders, say_interests
from essor.support.actions.pledges import Pledged, pledge
from essor.support.actions.private_rooms import (
    LineGone,
    LineSaid,
    MoreIsThere,
    PledgesStand,
    RoomClosed,
    close_room,
    drop_line,
    write_line,
)
from essor.support.actions.room_links import end_room_link, make_room_link
from essor.support.models import BudgetLine, Funder, Pledge, PrivateRoom, RoomLink
from tests.cast import NOW, TODAY, make_funder, make_leader, make_line, make_project, make_room
from tests.cast import person as somebody

FUNDERS = "/valence/support/funders/"
LISE = Newcomer("Lise", "lise@example.org")


def act(**fields: str) -> dict[str, str]:
    return {"act": uuid.uuid4().hex, **fields}


@pytest.fixture
def room(cast) -> PrivateRoom:
    project = make_project(cast.valence, "Le fournil")
    make_leader(project, cast.denis)
    return make_room(project)


@pytest.fixture
def line(room) -> BudgetLine:
    return make_line(room, needed=10_000, found=2_000)


def pledging(room: PrivateRoom) -> str:
    return f"/valence/support/projects/{room.project.public_id}/room/pledges/"


def partner(room: PrivateRoom) -> Client:
    """A partner's browser, with the room open by a secret link."""
    _link, token = make_room_link(
        room=room, name="Mme Martin", until=clock.today(), by=None, at=clock.now()
    )
    browser = Client()
    browser.post(f"/valence/support/r/{token}/", act())
    return browser


def form(line: BudgetLine, **fields: str) -> dict[str, str]:
    """What the page of a pledge held when it was opened."""
    day = clock.today() + timedelta(days=90)
    filled = {"form": "gift", "amount": "1 500", "line": str(line.pk), "until": str(day),
              "condition": "si le bail est signé", "first_name": "Lise",
              "email": "lise@example.org"}  # fmt: skip
    return act(**{**filled, **fields})


def pledged(room: PrivateRoom, line: BudgetLine | None, amount: int, who: Person) -> Pledge:
    until = TODAY + timedelta(days=60)
    said = Pledged(form="loan", what="Un prêt", amount=amount, until=until)
    return pledge(room=room, person=who, said=said, line=line, by=who, at=NOW)[0]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run ``acts`` at the same moment, each on its connection; what each returned or raised."""
    together, ends = Barrier(len(acts)), [object()] * len(acts)

    def run(number: int) -> None:
        together.wait()
        try:
            ends[number] = acts[number]()
        except Exception as refusal:  # what was raised is what the test looks at
            ends[number] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_a_link_that_ended_takes_no_pledge_from_a_form_that_was_open(room, line):
    browser = partner(room)
    assert browser.get(pledging(room)).status_code == 200

    end_room_link(room_link=RoomLink.objects.get(), by=None, at=clock.now())

    assert browser.post(pledging(room), form(line)).status_code == 404
    assert not Pledge.objects.exists()


def test_a_room_that_closed_takes_no_pledge_of_its_leader_either(cast, room, line):
    browser = cast.client("denis")
    close_room(room=room, by=None, at=NOW)

    answer = browser.post(pledging(room), form(line))

    assert answer.status_code == 422
    assert "ne prend pas de promesse" in answer.content.decode()
    assert not Pledge.objects.exists()


@pytest.mark.parametrize("what", ["dropped", "complete"])
def test_a_line_that_is_gone_or_complete_is_said_at_its_field_and_nothing_is_lost(room, line, what):
    browser = partner(room)
    if what == "dropped":
        drop_line(line=line, by=None, at=NOW)
    else:
        pledged(room, line, 8_000, somebody("Nadia"))

    answer = browser.post(pledging(room), form(line))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["line"]
    assert "choisissez une autre ligne" in page
    assert "si le bail est signé" in page
    assert Pledge.objects.count() == (what == "complete")


def test_what_was_pledged_to_a_line_dropped_meanwhile_goes_where_it_is_most_useful(room, line):
    late = BudgetLine.objects.get(pk=line.pk)
    drop_line(line=line, by=None, at=NOW)

    made = pledged(room, late, 1_000, somebody("Lise"))

    assert (made.line, made.amount) == (None, 1_000)


def test_a_line_that_another_dropped_is_neither_worded_nor_dropped_again(room, line):
    late = BudgetLine.objects.get(pk=line.pk)
    drop_line(line=line, by=None, at=NOW)

    with pytest.raises(LineGone):
        write_line(room=room, said=LineSaid("Le four", 9, 1), line=late, by=None, at=NOW)
    with pytest.raises(LineGone):
        drop_line(line=late, by=None, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_a_line_lowered_while_somebody_pledges_never_asks_for_less_than_is_there(room, line):
    lise = somebody("Lise")

    ends = at_once(
        lambda: pledged(room, BudgetLine.objects.get(), 8_000, lise),
        lambda: write_line(
            room=room, said=LineSaid("Le four", 3_000, 2_000),
            line=BudgetLine.objects.get(), by=None, at=NOW,
        ),
    )  # fmt: skip

    line.refresh_from_db()
    refused = [type(each) for each in ends if isinstance(each, Exception)]
    assert refused in ([NotThatMany], [MoreIsThere])
    assert line.needed >= line.found + line.held
    assert line.held == sum(Pledge.objects.values_list("amount", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_line_dropped_while_somebody_pledges_goes_or_holds(room, line):
    lise, late = somebody("Lise"), BudgetLine.objects.get()

    ends = at_once(
        lambda: pledged(room, late, 1_000, lise),
        lambda: drop_line(line=line, by=None, at=NOW),
    )

    refused = [type(each) for each in ends if isinstance(each, Exception)]
    assert refused in ([], [PledgesStand])
    made = Pledge.objects.get()
    assert (made.line is None) == (not refused), "the pledge stands either way"
    assert BudgetLine.objects.count() == len(refused)


@pytest.mark.django_db(transaction=True)
def test_a_room_closed_while_somebody_pledges_keeps_the_pledge_or_refuses_it(room, line):
    lise = somebody("Lise")

    ends = at_once(
        lambda: pledged(room, BudgetLine.objects.get(), 1_000, lise),
        lambda: close_room(room=room, by=None, at=NOW),
    )

    refused = [type(each) for each in ends if isinstance(each, Exception)]
    assert refused in ([], [RoomClosed])
    line.refresh_from_db()
    assert line.held == 1_000 * (not refused)
    assert PrivateRoom.objects.get().closed_at == NOW


@pytest.mark.django_db(transaction=True)
def test_the_same_newcomer_twice_at_once_is_one_funder(cast):
    interests = Interests(forms=("loan",))

    def say() -> Funder:
        return say_interests(territory=cast.valence, who=LISE, said=interests, by=None, at=NOW)

    first, second = at_once(say, say)

    assert first == second == Funder.objects.get()
    assert Person.objects.filter(email=LISE.email).count() == 1


def test_a_funder_s_link_serves_once_and_leads_nowhere_once_they_left(cast):
    funder = say_interests(
        territory=cast.valence, who=LISE, said=Interests(forms=("loan",)), by=None, at=clock.now()
    )
    letter = Mail.objects.get(address=LISE.email).text
    link = next(word for word in letter.split() if "/l/" in word)
    path = "/l/" + link.split("/l/")[1]

    first, second = Client(), Client()
    assert first.post(path, act()).url == f"{FUNDERS}{funder.public_id}/"
    assert second.get(path).status_code == 410
    assert second.get(f"{FUNDERS}{funder.public_id}/").status_code == 404
    leave_funders(funder=funder, by=None, at=clock.now())

    assert first.get(f"{FUNDERS}{funder.public_id}/").status_code == 404
    assert first.get(path).status_code in {404, 410}


@pytest.mark.parametrize("name", [None, "bruno", "chloe", "elodie", "farid", "hugo", "denis"])
def test_who_is_no_host_sees_neither_the_list_nor_another_s_page(cast, name):
    funder = make_funder(cast.valence, somebody("Nadia"), about="Secret de Nadia")
    browser = cast.client(name)

    for page in (
        FUNDERS,
        f"{FUNDERS}{funder.public_id}/",
        f"/jura/support/funders/{funder.public_id}/",
    ):
        answer = browser.get(page)
        assert answer.status_code == 404
        assert "Nadia" not in answer.content.decode()
    assert cast.client("aicha").get(FUNDERS).status_code == 200, "it could leak"


def test_a_project_at_rest_is_suggested_to_nobody_and_takes_no_pledge(cast, room, line):
    make_funder(cast.valence, cast.farid, forms=["loan"], communes="Die")
    Project.objects.update(place="Die")
    mine = f"{FUNDERS}{Funder.objects.get().public_id}/"
    assert "Le fournil" in cast.client("farid").get(mine).content.decode()
    browser = partner(room)

    Project.objects.update(condition="stopped")

    assert "Le fournil" not in cast.client("farid").get(mine).content.decode()
    assert browser.post(pledging(room), form(line)).status_code in {404, 422}
    assert not Pledge.objects.exists()
