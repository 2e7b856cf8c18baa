"""Roles by invitation: a link for one person, kept as a hash, used once; a host always remains."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from essor.kit import clock
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.territories.actions.roles import (
    InvitationRefused,
    LastHost,
    RoleNotOffered,
    accept_invitation,
    end_role,
    invite,
    read_invitation,
    token_of,
    withdraw_invitation,
)
from essor.territories.models import Invitation, Role
from tests.cast import client_of, person


@pytest.fixture
def offered(cast):
    return invite(
        territory=cast.valence, kind="facilitator", email="", by=cast.aicha, at=clock.now()
    )


def address(invitation):
    return f"/{invitation.territory.slug}/join/{token_of(invitation.public_id)}/"


def roles_of(who, territory):
    return sorted(
        Role.objects.filter(person=who, territory=territory).values_list("kind", flat=True)
    )


def test_host_makes_a_link_sees_it_again_and_nobody_else_does(cast):
    client = cast.client("aicha")
    answer = client.post("/valence/team/", {"kind": "door"})
    made = Invitation.objects.get()
    assert answer.headers["Location"] == f"/valence/team/#{made.public_id}"
    for _ in range(2):
        assert address(made) in client.get("/valence/team/").content.decode()
    assert cast.client("bruno").get("/valence/team/").status_code == 404
    assert not Mail.objects.exists()


def test_token_is_in_no_table(cast, offered):
    token = token_of(offered.public_id)
    assert token not in str(Invitation.objects.values()) + str(list(Entry.objects.values()))


def test_invitation_with_an_address_is_mailed_there(cast):
    cast.client("aicha").post("/valence/team/", {"kind": "host", "email": " Zoe@Example.org "})
    mail = Mail.objects.get()
    assert mail.address == "zoe@example.org"
    assert "Aicha" in mail.text
    assert "équipe d’animation" in mail.text
    assert address(Invitation.objects.get()) in mail.text


def test_a_network_role_is_not_offered(cast):
    assert cast.client("aicha").post("/valence/team/", {"kind": "coordinator"}).status_code == 422
    with pytest.raises(RoleNotOffered):
        invite(territory=cast.valence, kind="coordinator", email="", by=cast.aicha, at=clock.now())


def test_stranger_sees_what_is_offered_and_signs_in_to_come_back(cast, stranger, offered):
    page = stranger.get(address(offered))
    assert "animateur·rice de table" in page.content.decode()
    assert f"next={quote(address(offered), safe='/')}" in page.content.decode()
    answer = stranger.post(address(offered))
    assert answer.headers["Location"].startswith("/account/login/?next=")
    assert Invitation.objects.get().accepted_at is None


def test_looking_gives_nothing_and_pressing_gives_the_role(cast, offered):
    client = cast.client("denis")
    client.get(address(offered))
    assert roles_of(cast.denis, cast.valence) == []
    answer = client.post(address(offered))
    assert answer.headers["Location"] == "/valence/"
    assert roles_of(cast.denis, cast.valence) == ["facilitator"]
    line = Entry.objects.get(verb="joined")
    assert (line.by, line.data) == (cast.denis.public_id, {"role": "facilitator"})


def test_invitation_serves_one_person(cast, offered):
    cast.client("denis").post(address(offered))
    second = cast.client("hugo").post(address(offered))
    assert second.status_code == 410
    assert "déjà été acceptée" in second.content.decode()
    assert roles_of(cast.hugo, cast.valence) == []


def test_double_press_is_one_role_and_the_same_answer(cast, offered):
    client, press = cast.client("denis"), {"act": "7b1d6c1e-2f3a-4c52-9d0e-1f2a3b4c5d6e"}
    answers = [client.post(address(offered), press).headers["Location"] for _ in range(2)]
    assert answers == ["/valence/", "/valence/"]
    assert Entry.objects.filter(verb="joined").count() == 1


def test_whoever_accepted_before_is_led_on(cast, offered):
    client = cast.client("denis")
    client.post(address(offered))
    page = client.get(address(offered)).content.decode()
    assert "Vous avez déjà accepté" in page
    assert 'href="/valence/"' in page


def test_expired_invitation_says_so_and_whom_to_ask(cast, offered):
    Invitation.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    page = cast.client("denis").post(address(offered))
    assert page.status_code == 410
    assert "trop ancienne" in page.content.decode()
    assert "Aicha" in page.content.decode()
    assert roles_of(cast.denis, cast.valence) == []


def test_invitation_opens_nothing_in_another_territory(cast, offered):
    elsewhere = address(offered).replace("/valence/", "/jura/")
    assert cast.client("denis").post(elsewhere).status_code == 404
    with pytest.raises(InvitationRefused, match="unknown"):
        read_invitation(territory=cast.jura, token=token_of(offered.public_id), at=clock.now())


@pytest.mark.parametrize("token", ["x", "A" * 32, "é" * 9, "../../team"])
def test_forged_invitation_is_unknown_and_leads_on(cast, token):
    page = cast.client("denis").get(f"/valence/join/{quote(token, safe='')}/")
    assert page.status_code == 404


def test_withdrawn_invitation_gives_nothing(cast, offered):
    answer = cast.client("aicha").post(f"/valence/team/invitations/{offered.public_id}/withdrawal/")
    assert answer.headers["Location"] == "/valence/team/"
    page = cast.client("denis").post(address(offered))
    assert page.status_code == 410
    assert "retirée" in page.content.decode()
    assert Entry.objects.filter(verb="invitation_withdrawn").count() == 1


def test_accepted_invitation_cannot_be_withdrawn(cast, offered):
    accept_invitation(
        territory=cast.valence, token=token_of(offered.public_id), by=cast.denis, at=clock.now()
    )
    offered.refresh_from_db()
    with pytest.raises(InvitationRefused, match="used"):
        withdraw_invitation(invitation=offered, by=cast.aicha, at=clock.now())
    url = f"/valence/team/invitations/{offered.public_id}/withdrawal/"
    assert cast.client("aicha").post(url).status_code == 409


def test_withdrawing_twice_is_withdrawing_once(cast, offered):
    for _ in range(2):
        withdraw_invitation(invitation=offered, by=cast.aicha, at=clock.now())
    assert Entry.objects.filter(verb="invitation_withdrawn").count() == 1


def test_role_held_already_is_kept(cast, offered):
    accept_invitation(
        territory=cast.valence, token=token_of(offered.public_id), by=cast.bruno, at=clock.now()
    )
    assert roles_of(cast.bruno, cast.valence) == ["facilitator"]


def test_team_page_lists_everybody_with_a_fixed_number_of_queries(
    cast, django_assert_max_num_queries
):
    client = cast.client("aicha")
    with django_assert_max_num_queries(12):
        client.get("/valence/team/")
    for number in range(30):
        who = person(f"Membre {number:02}", email=f"m{number}@example.org")
        Role.objects.create(person=who, territory=cast.valence, kind="door", since=clock.now())
        invite(territory=cast.valence, kind="door", email="", by=cast.aicha, at=clock.now())
    with django_assert_max_num_queries(12):
        page = client.get("/valence/team/").content.decode()
    assert page.count("Membre") >= 30
    assert page.index("Aicha") < page.index("Bruno")


def test_host_removes_a_role_after_a_page_that_asks(cast):
    role = Role.objects.get(person=cast.chloe)
    url = f"/valence/team/roles/{role.pk}/removal/"
    client = cast.client("aicha")
    assert "Chloe" in client.get(url).content.decode()
    assert client.post(url).headers["Location"] == "/valence/team/"
    assert roles_of(cast.chloe, cast.valence) == []
    assert Entry.objects.get(verb="role_ended").data == {"role": "door"}
    assert client_of(cast.chloe).get("/valence/team/").status_code == 404


def test_last_host_cannot_leave(cast):
    client = cast.client("aicha")
    answer = client.post("/valence/team/leaving/", {"role": "host"})
    assert answer.status_code == 409
    assert "au moins une personne" in answer.content.decode()
    role = Role.objects.get(person=cast.aicha)
    assert client.post(f"/valence/team/roles/{role.pk}/removal/").status_code == 409
    assert roles_of(cast.aicha, cast.valence) == ["host"]
    with pytest.raises(LastHost):
        end_role(role=role, by=cast.aicha, at=clock.now())


def test_host_leaves_once_another_one_is_there(cast):
    Role.objects.create(person=cast.denis, territory=cast.valence, kind="host", since=clock.now())
    answer = cast.client("aicha").post("/valence/team/leaving/", {"role": "host"})
    assert answer.headers["Location"] == "/valence/"
    assert roles_of(cast.aicha, cast.valence) == []


def test_hosts_elsewhere_do_not_count_as_hosts_here(cast):
    Role.objects.create(person=cast.aicha, territory=cast.jura, kind="host", since=clock.now())
    with pytest.raises(LastHost):
        end_role(role=Role.objects.get(person=cast.aicha, territory=cast.valence), by=None,
                 at=clock.now())  # fmt: skip


def test_facilitator_gives_back_the_own_role_and_no_other(cast):
    client = cast.client("bruno")
    client.post("/valence/team/leaving/", {"role": "host"})
    assert roles_of(cast.aicha, cast.valence) == ["host"]
    client.post("/valence/team/leaving/", {"role": "facilitator"})
    assert roles_of(cast.bruno, cast.valence) == []


def test_link_that_cannot_be_shown_any_more_says_what_to_do(cast, offered, settings):
    settings.SECRET_KEY = "changed"
    page = client_of(cast.aicha).get("/valence/team/").content.decode()
    assert "Retirez-le et faites-en un nouveau" in page
    assert "/join/" not in page
