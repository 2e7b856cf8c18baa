"""Put in touch: from a need to two people who met, with the consent of both."""

import re
import uuid

import pytest
from django.test import Client

from essor.exchanges.models import Introduction, IntroductionSide
from essor.kit.models import Mail
from essor.projects.models import Membership
from tests.cast import NOW, make_leader, make_need, make_project, person


@pytest.fixture
def at_noon(monkeypatch):
    monkeypatch.setattr("essor.kit.clock.now", lambda: NOW)


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def opened(mail: Mail) -> tuple[Client, str, str]:
    """A phone on which the link of a mail was opened: it, the page's address, its words."""
    link = re.search(r"/l/\S+/", mail.text)[0]
    phone = Client()
    page = phone.post(link, act(), follow=True)
    return phone, page.redirect_chain[-1][0], page.content.decode()


def test_a_member_knows_a_welder_and_both_say_yes(cast, at_noon):
    # Denis is of the group of the cargo bikes, which Inès leads and which needs a welder.
    project = make_project(cast.valence, "Vélos cargo")
    ines = person("Inès", email="ines@example.org", last_name="Martin")
    make_leader(project, ines)
    Membership.objects.create(project=project, person=cast.denis, part="member", since=NOW)
    need = make_need(project, "Souder deux cadres", kind="skill", quantity=1, unit="")
    denis = cast.client("denis")
    page = denis.get(f"/valence/needs/{need.public_id}/").content.decode()
    form = re.search(r'/valence/introductions/of/[^"]+', page)[0]

    # He knows one, who has never heard of this house.
    thanks = denis.post(
        form,
        act(first=ines.public_id, second="invited", first_name="Omar", email="omar@ailleurs.example",
            why="Omar soude depuis vingt ans, et voudrait transmettre."),
        follow=True,
    ).content.decode()  # fmt: skip
    assert "Merci" in thanks

    # Omar opens his mail on his phone, without an account, and says yes.
    asked = Mail.objects.get(address="omar@ailleurs.example")
    assert "Omar soude depuis vingt ans" in asked.text
    assert "ines@example.org" not in asked.text
    phone, side, words = opened(asked)
    assert "Inès" in words
    assert "ines@example.org" not in words
    phone.post(side, act(answer="yes", reach="06 00 00 00 07"))
    assert "06 00 00 00 07" not in thanks
    assert Mail.objects.filter(address="ines@example.org").count() == 1

    # Inès says yes too: only now each learns how to reach the other.
    laptop, her_side, _words = opened(Mail.objects.get(address="ines@example.org"))
    met = laptop.post(her_side, act(answer="yes", reach="ines@example.org"), follow=True)
    assert "06 00 00 00 07" in met.content.decode()
    assert "ines@example.org" in phone.get(side).content.decode()

    # Three weeks later one tap says what came of it, and Denis hears it.
    phone.post(f"{side}outcome/", act(outcome="something", word="Deux cadres soudés"))
    heard = Mail.objects.get(key__startswith="introduction-heard:")
    assert heard.address == "denis@example.org"
    assert "Deux cadres soudés" in heard.text
    assert "Deux cadres soudés" in denis.get("/me/").content.decode()

    # The host desk counts it, and shows no address.
    desk = cast.client("aicha").get("/valence/introductions/").content.decode()
    assert "Omar" in desk
    assert "06 00 00 00 07" not in desk


def test_somebody_wants_nothing_from_this_person_and_nobody_is_told(cast, at_noon):
    project = make_project(cast.valence)
    for who in (cast.farid, cast.denis):
        Membership.objects.create(project=project, person=who, part="member", since=NOW)
    host = cast.client("aicha")
    form = f"/valence/introductions/of/{project.public_id}/new/"
    given = {"first": cast.farid.public_id, "second": cast.denis.public_id, "why": "Un atelier"}

    host.post(form, act(**given))
    phone, side, _words = opened(Mail.objects.get(address="denis@example.org"))
    said = phone.post(side, act(answer="never"), follow=True).content.decode()

    assert "Personne ne l’apprend" in said
    assert IntroductionSide.objects.get(person=cast.denis).answer == "never"
    shown = host.get(f"/valence/introductions/{Introduction.objects.get().public_id}/")
    assert "les deux sont sollicités" in shown.content.decode().lower()
