"""How most objects are found behind their door, and whom the key of a personal link lets in."""

from django.test import RequestFactory

from essor.people.models import Person
from essor.people.visitor import Visitor
from essor.territories.doors import Rights, found_in, holder
from essor.territories.models import Territory
from essor.treasures.models import Treasure
from tests.cast import make_treasure


def rights(who: Person | None, territory: Territory, **keys: list[str]) -> Rights:
    request = RequestFactory().get("/")
    request.session = {"keys": keys}
    visitor = Visitor(request)
    visitor.__dict__["person"] = who
    return Rights(visitor, territory)


def test_found_object_lies_in_what_it_was_looked_up_in(cast, django_assert_num_queries):
    treasure = make_treasure(cast.valence, keeper=cast.denis)
    find = found_in(Treasure, "territory", "keeper")
    looking = rights(None, cast.valence)

    with django_assert_num_queries(1):
        found = find(looking, cast.valence, treasure.public_id)
        assert found == treasure
        assert found.territory is cast.valence
        assert found.keeper == cast.denis


def test_object_of_another_place_or_of_no_id_is_not_found(cast):
    treasure = make_treasure(cast.valence)
    find = found_in(Treasure, "territory")
    looking = rights(cast.aicha, cast.valence)

    assert find(looking, cast.valence, treasure.public_id) == treasure
    assert find(looking, cast.jura, treasure.public_id) is None
    assert find(looking, cast.valence, "nothing") is None
    assert find(looking, cast.valence, str(treasure.pk)) is None


def test_object_is_held_by_the_key_of_its_kind_and_by_its_persons_account(cast):
    treasure = make_treasure(cast.valence, keeper=cast.denis)
    holds = holder("treasure", "treasure", person="keeper_id")

    for who, keys, let_in in (
        (None, {"treasure": [treasure.public_id]}, True),
        (cast.denis, {}, True),
        (None, {"idea": [treasure.public_id]}, False),
        (cast.farid, {}, False),
        (None, {}, False),
    ):
        assert holds(rights(who, cast.valence, **keys), treasure=treasure) is let_in


def test_object_of_nobody_is_held_by_no_account(cast):
    treasure = make_treasure(cast.valence, keeper=None)
    holds = holder("treasure", "treasure", person="keeper_id")

    assert not holds(rights(cast.denis, cast.valence), treasure=treasure)
    assert not holds(rights(None, cast.valence), treasure=treasure)
