"""What is read of a territory: its themes, team and invitations, and whether a place lies in it."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.kit.colours import contrast
from essor.kit.doors import EVERYBODY
from essor.territories.actions.roles import (
    LastHost,
    accept_invitation,
    end_role,
    invite,
    token_of,
    withdraw_invitation,
)
from essor.territories.doors import HOST, REHEARSAL, Rights, door, may_pass, may_rehearse
from essor.territories.models import Role, SphereTarget, Territory, Theme
from essor.territories.outlines import BAND, Outline, departments_of
from essor.territories.queries import (
    first_steps,
    open_invitations,
    selectable_themes,
    team_of,
    themes_of,
)
from essor.territories.rules import MARK, TEXT, accent_ink_misfit, accent_on_primary_misfit
from essor.territories.slugs import LONGEST, SHORTEST, is_reserved, suggested_slug
from tests.cast import NOW, Cast, sphere

DAY = timedelta(days=1)


# --- themes and team -----------------------------------------------------------------------------


def test_the_network_s_themes_stand_before_one_s_own_and_nobody_else_s_is_there(cast: Cast):
    own = [
        Theme.objects.create(territory=cast.valence, code=code, name_fr=name, order=order)
        for code, name, order in (("b", "Bois", 2), ("a", "Argile", 2), ("z", "Zinc", 1))
    ]
    Theme.objects.create(territory=cast.jura, code="sapin", name_fr="Sapin")
    found = list(selectable_themes(cast.valence))
    shared = list(Theme.objects.filter(territory=None).order_by("order", "name_fr", "id"))
    assert found == [*shared, own[2], own[1], own[0]]
    assert list(themes_of(cast.valence)) == found, "nothing is chosen yet: all of them"
    cast.valence.themes.set([own[0]])
    assert list(themes_of(cast.valence)) == [own[0]]


def test_a_team_stands_by_what_it_does_then_by_how_long(cast: Cast):
    for name, days in (("denis", 1), ("gaelle", 2)):
        Role.objects.create(
            person=cast.people[name], territory=cast.valence, kind="host", since=NOW - days * DAY
        )
    assert [role.person.first_name for role in team_of(cast.valence)] == [
        "Gaelle", "Denis", "Aicha", "Bruno", "Chloe", "Elodie", "Farid"
    ]  # fmt: skip


def test_invitations_that_may_still_be_accepted_are_listed_and_no_others(cast: Cast):
    def offer(territory=cast.valence):
        return invite(territory=territory, kind="door", email="", by=cast.aicha, at=NOW)

    open_one, used, withdrawn = offer(), offer(), offer()
    offer(cast.jura)
    accept_invitation(territory=cast.valence, token=token_of(used.public_id), by=cast.denis, at=NOW)
    withdraw_invitation(invitation=withdrawn, by=cast.aicha, at=NOW)

    assert list(open_invitations(cast.valence, at=NOW)) == [open_one]
    assert list(open_invitations(cast.valence, at=open_one.expires_at)) == []


def test_the_first_steps_are_done_one_by_one(cast: Cast):
    def done() -> list[bool]:
        return [step.done for step in first_steps(cast.valence)]

    Role.objects.filter(territory=cast.valence).exclude(kind="host").delete()
    assert done() == [False] * 4
    cast.valence.promise = "Une mine d’or"
    assert done() == [False] * 4, "a welcome as well"
    cast.valence.welcome = "Entrez"
    cast.valence.themes.set(Theme.objects.all()[:1])
    SphereTarget.objects.create(territory=cast.valence, sphere=sphere("citizen"), percent=40)
    assert done() == [True, True, True, False]
    Role.objects.create(person=cast.denis, territory=cast.valence, kind="door", since=NOW)
    assert done() == [True] * 4


def test_only_the_last_host_must_stay(cast: Cast):
    for kind in ("facilitator", "door"):
        end_role(role=cast.valence.roles.get(kind=kind), by=None, at=NOW)
    with pytest.raises(LastHost):
        end_role(role=cast.valence.roles.get(kind="host"), by=None, at=NOW)
    assert set(cast.valence.roles.values_list("kind", flat=True)) == {
        "host", "committee", "supporter"
    }  # fmt: skip


# --- doors ---------------------------------------------------------------------------------------


class Visiting:
    """A visitor with an account, keys, or neither."""

    def __init__(self, person=None, keys: tuple = ()) -> None:
        self.person, self.keys = person, keys

    def holds(self, kind: str, public_id: str) -> bool:
        return (kind, public_id) in self.keys


def test_a_rehearsal_is_there_for_the_team_and_for_who_has_its_code(cast: Cast):
    key = (REHEARSAL, cast.valence.public_id)
    for person, keys, enters in (
        (cast.aicha, (), True), (cast.farid, (), True), (cast.gaelle, (), True),
        (cast.hugo, (), False), (cast.denis, (), False), (None, (), False),
        (None, (key,), True), (cast.denis, (key,), True),
        (None, ((REHEARSAL, cast.jura.public_id),), False),
        (None, (("table", cast.valence.public_id),), False),
    ):  # fmt: skip
        assert may_rehearse(Rights(Visiting(person, keys), cast.valence)) is enters
    assert not may_rehearse(Rights(Visiting(None, (key,)), None))


def test_roles_count_where_they_are_held_and_a_coordinator_s_everywhere(cast: Cast):
    here = {name: Rights(Visiting(cast.people[name]), cast.valence) for name in cast.people}
    assert [name for name, rights in here.items() if rights.is_host] == ["aicha"]
    assert [name for name, rights in here.items() if rights.is_team] == ["aicha", "bruno", "chloe"]
    assert here["gaelle"].roles == {"coordinator"}
    assert here["hugo"].roles == here["denis"].roles == frozenset()
    assert Rights(Visiting(cast.hugo), cast.jura).is_host


def test_a_door_says_whom_it_opens_to():
    def view(request):
        raise NotImplementedError

    public, hosts, own = door()(view), door(HOST)(view), door(own=lambda rights: True)(view)
    named = door(HOST, name="the jury")(view)
    assert public.policy.opens_to == EVERYBODY
    assert (public.policy.name, public.policy.own) == ("everybody", False)
    assert (hosts.policy.name, hosts.policy.opens_to) == ("host", {"host"})
    assert (own.policy.own, own.policy.opens_to) == (True, frozenset())
    assert named.policy.name == "the jury"


def test_one_passes_by_role_or_because_it_is_one_s_own(cast: Cast):
    policy = door(HOST)(lambda request: None).policy
    host, other = (Rights(Visiting(who), cast.valence) for who in (cast.aicha, cast.denis))
    assert may_pass(host, policy, None, {})
    assert not may_pass(other, policy, None, {})
    assert may_pass(other, policy, lambda rights, thing: thing == "mine", {"thing": "mine"})
    assert not may_pass(other, policy, lambda rights, thing: thing == "mine", {"thing": "theirs"})


# --- places --------------------------------------------------------------------------------------


def outline(*rings: list[tuple[int, int]]) -> Outline:
    bands = defaultdict(list)
    points = [point for ring in rings for point in ring]
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
            for band in range(min(y1, y2) // BAND, max(y1, y2) // BAND + 1):
                bands[band].append((x1, y1, x2, y2))
    xs, ys = zip(*points, strict=True)
    return Outline((min(xs), min(ys), max(xs), max(ys)), dict(bands))


def square(west: int, south: int, side: int) -> list[tuple[int, int]]:
    return [(west, south), (west + side, south), (west + side, south + side), (west, south + side)]


COUNTRY = outline(square(0, 0, 1000), square(400, 400, 200))
"""A square country with a square hole in its middle."""


@given(st.integers(-50, 1050), st.integers(-50, 1050))
def test_a_place_lies_inside_the_border_and_outside_of_holes(x, y):
    inside = 0 < x < 1000 and 0 < y < 1000
    in_hole = 400 < x < 600 and 400 < y < 600
    on_a_border = {x, y} & {0, 400, 600, 1000}
    if not on_a_border:
        assert COUNTRY.holds(x, y) is (inside and not in_hole)
        assert COUNTRY.surrounds(x, y) is inside


@given(st.integers(-1200, 1200), st.integers(-1200, 1200))
def test_a_slanted_border_is_followed(x, y):
    diamond = outline([(0, -1000), (1000, 0), (0, 1000), (-1000, 0)])
    if abs(abs(x) + abs(y) - 1000) > 1:
        assert diamond.holds(x, y) is (abs(x) + abs(y) < 1000)


def test_a_territory_abroad_or_without_departments_is_in_none_of_ours():
    assert departments_of(Territory(country="BE", department="26")) == ()
    assert departments_of(Territory(country="FR", department="")) == ()


# --- colours and addresses -----------------------------------------------------------------------

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
def test_a_second_colour_that_is_refused_comes_with_one_that_is_taken(colour):
    misfit = accent_ink_misfit(colour)
    if misfit is not None:
        assert misfit.contrast < misfit.needed == TEXT
        assert misfit.instead is not None
        assert accent_ink_misfit(misfit.instead) is None


@given(COLOURS, st.sampled_from(["#1d1a38", "#000000", "#0b3d2e", "#7a1f1f"]))
def test_a_second_colour_beside_the_first_stands_out_or_is_replaced(accent, primary):
    misfit = accent_on_primary_misfit(accent, primary)
    assert (misfit is None) == (contrast(accent, primary) >= MARK)
    if misfit is not None and misfit.instead is not None:
        assert accent_on_primary_misfit(misfit.instead, primary) is None
        assert accent_ink_misfit(misfit.instead) is None


@given(st.text(max_size=80))
def test_a_suggested_address_can_be_typed(name):
    slug = suggested_slug(name)
    assert len(slug) <= LONGEST
    assert slug == slug.strip("-").lower()
    assert all(char.isascii() and (char.isalnum() or char in "-_") for char in slug)
    assert suggested_slug(slug) == slug


def test_an_address_of_two_letters_is_too_short_and_one_of_three_is_not():
    assert SHORTEST == 3
    assert is_reserved("ab")
    assert not is_reserved("abc")
    assert is_reserved("admin")
