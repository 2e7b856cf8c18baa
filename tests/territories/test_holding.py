"""What a team does to one invitation, role or share leaves everybody else's as they were."""

from datetime import timedelta

import pytest
from django.db import connection

from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.people.models import Sphere
from essor.territories.actions.roles import (
    LASTS,
    InvitationRefused,
    accept_invitation,
    end_role,
    invite,
    token_of,
    withdraw_invitation,
)
from essor.territories.actions.territory import (
    TooManyPercent,
    choose_themes,
    set_logo,
    set_sphere_targets,
)
from essor.territories.models import Invitation, Role, Theme
from essor.territories.queries import hosts_with_address
from tests.cast import NOW, Cast, person

pytestmark = pytest.mark.django_db


def offer(cast: Cast, kind: str = "facilitator") -> Invitation:
    return invite(territory=cast.valence, kind=kind, email="", by=cast.aicha, at=NOW)


def accept(cast: Cast, invitation: Invitation, name: str = "denis", *, at=NOW) -> Role:
    token = token_of(invitation.public_id)
    return accept_invitation(territory=cast.valence, token=token, by=cast.people[name], at=at)


# Invitations


def test_using_or_withdrawing_one_invitation_leaves_the_others_as_they_were(cast):
    used, withdrawn, kept = offer(cast), offer(cast), offer(cast, "door")
    accept(cast, used)
    withdraw_invitation(invitation=withdrawn, by=cast.aicha, at=NOW)
    kept.refresh_from_db()
    assert (kept.accepted_at, kept.accepted_by, kept.withdrawn_at) == (None, None, None)
    used.refresh_from_db()
    assert (used.accepted_by, used.withdrawn_at) == (cast.denis, None)
    assert accept(cast, kept).kind == "door"  # the one that was asked for, not the first made


@pytest.mark.parametrize(("wait", "serves"), [(LASTS - timedelta(seconds=1), True), (LASTS, False)])
def test_an_invitation_serves_to_the_last_second_of_its_time(cast, wait, serves):
    offered = offer(cast)
    if serves:
        assert accept(cast, offered, at=NOW + wait).kind == "facilitator"
    else:
        with pytest.raises(InvitationRefused, match="expired"):
            accept(cast, offered, at=NOW + wait)


def test_the_first_of_two_who_press_at_once_has_the_role(cast):
    offered, first = offer(cast), iter([True])

    def before_it_is_used(execute, sql, params, many, context):
        """Farid accepts when Denis has read the invitation and not used it yet."""
        if sql.startswith("UPDATE") and Invitation._meta.db_table in sql and next(first, False):
            accept(cast, offered, "farid")
        return execute(sql, params, many, context)

    with (
        connection.execute_wrapper(before_it_is_used),
        pytest.raises(InvitationRefused, match="used"),
    ):
        accept(cast, offered, "denis")
    assert not Role.objects.filter(person=cast.denis).exists()


def test_withdrawing_again_keeps_the_first_day(cast):
    offered = offer(cast)
    withdraw_invitation(invitation=offered, by=cast.aicha, at=NOW)
    again = withdraw_invitation(invitation=offered, by=cast.aicha, at=NOW + timedelta(days=1))
    assert again.withdrawn_at == NOW


def test_a_link_without_an_address_is_mailed_to_nobody_and_cannot_be_guessed(cast):
    offered = offer(cast)
    assert len(token_of(offered.public_id)) == 32  # 24 bytes
    assert not Mail.objects.exists()


# Roles


def test_ending_a_role_ends_that_one_alone_and_once(cast):
    role = Role.objects.get(person=cast.bruno)
    before = Role.objects.count()
    for _ in range(2):
        end_role(role=Role(pk=role.pk, person=cast.bruno, territory=cast.valence, kind=role.kind),
                 by=cast.aicha, at=NOW)  # fmt: skip
    assert Role.objects.count() == before - 1
    assert not Role.objects.filter(person=cast.bruno).exists()
    assert Entry.objects.filter(verb="role_ended").count() == 1


def test_the_only_coordinator_may_leave_the_network(cast):
    end_role(role=Role.objects.get(person=cast.gaelle), by=cast.gaelle, at=NOW)
    assert not Role.objects.filter(kind="coordinator").exists()


def test_letters_to_hosts_go_to_those_of_this_territory_who_can_be_reached(cast):
    for email, erased in (("", None), ("gone@example.org", NOW)):
        other = person("Jo", email=email, erased_at=erased)
        Role.objects.create(person=other, territory=cast.valence, kind="host", since=NOW)
    assert list(hosts_with_address(cast.valence)) == [cast.aicha]


# Identity


def test_taking_away_a_logo_that_is_none_leaves_no_line(cast):
    set_logo(territory=cast.valence, logo=None, by=cast.aicha, at=NOW)
    assert not Entry.objects.exists()


def test_a_theme_of_the_same_name_elsewhere_is_not_ours(cast):
    theirs = Theme.objects.create(territory=cast.jura, code="filiere-bois", name_fr="Leur bois")
    (ours,) = choose_themes(
        territory=cast.valence, themes=[], new_names=["Filière bois", "… ?"], by=cast.aicha, at=NOW
    )
    assert ours != theirs
    assert (ours.territory, ours.name_fr) == (cast.valence, "Filière bois")


def test_shares_hoped_for_replace_this_territorys_and_no_others(cast):
    citizens, firms = Sphere.objects.get(code="citizen"), Sphere.objects.get(code="enterprise")

    def hope(territory, **percents: int) -> None:
        said = {Sphere.objects.get(code=code): each for code, each in percents.items()}
        set_sphere_targets(territory=territory, percents=said, by=cast.aicha, at=NOW)

    def hoped(territory) -> dict[int, int]:
        return dict(territory.sphere_targets.values_list("sphere_id", "percent"))

    hope(cast.jura, citizen=30)
    hope(cast.valence, citizen=60, enterprise=40)  # a hundred is just right
    hope(cast.valence, citizen=60, enterprise=40)
    assert Entry.objects.filter(verb="spheres_hoped").count() == 2
    assert hoped(cast.valence) == {citizens.pk: 60, firms.pk: 40}
    hope(cast.valence, enterprise=50, citizen=0)
    assert (hoped(cast.valence), hoped(cast.jura)) == ({firms.pk: 50}, {citizens.pk: 30})
    with pytest.raises(TooManyPercent):
        hope(cast.valence, citizen=51, enterprise=50)
