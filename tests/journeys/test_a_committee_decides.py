"""A committee decides: a banker from elsewhere, a mayor who stands aside, a go with its reasons."""

import re
import uuid

import pytest
from django.test import Client

from essor.kit.models import Mail
from tests.cast import make_leader, make_project


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def phone_of(address: str) -> Client:
    """A browser that followed the link of the latest mail to ``address``."""
    phone = Client()
    text = Mail.objects.filter(address=address).latest("id").text
    phone.post(re.search(r"/l/\S+/", text)[0], act(), follow=True)
    return phone


@pytest.mark.usefixtures("on_that_day")
def test_a_project_gets_its_go_from_a_committee_of_here_and_elsewhere(cast):
    # Denis's bakery has been studied. Aïcha calls a committee with Élodie, who is of her team.
    project = make_project(
        cast.valence, "Le fournil partagé", stage="opportunity", summary="Un four de village."
    )
    make_leader(project, cast.denis)
    aicha = cast.client("aicha")
    committee = aicha.post(
        "/valence/support/committees/new/",
        act(name="Comité de mars", on="2027-03-12", people=[cast.elodie.pk]),
    ).url

    # She invites a banker and a mayor, who have no account, and puts the project before them.
    for name, whom in (("Omar", "Une banque"), ("Paule", "La mairie")):
        aicha.post(
            f"{committee}members/",
            act(first_name=name, email=f"{name}@example.org".lower(), comes_from=whom),
        )
    file = aicha.post(f"{committee}files/", act(project=str(project.pk))).url

    # The mayor opens her mail: her commune rents the place out. She stands aside, and reads nothing.
    mayor = phone_of("paule@example.org")
    mayor.post(f"{file}declaration/", act(has="some", words="Ma commune loue le local"))
    closed = mayor.get(file).content.decode()
    assert "Vous vous retirez de ce dossier" in closed
    assert "Un groupe qui" not in closed

    # The banker has no interest, reads and speaks; so does Élodie, who disagrees.
    banker = phone_of("omar@example.org")
    banker.post(f"{file}declaration/", act(has="none"))
    banker.post(f"{file}voice/", act(kind="go", words="Le loyer est tenable"))
    elodie = cast.client("elodie")
    elodie.post(f"{file}declaration/", act(has="none"))
    elodie.post(f"{file}voice/", act(kind="sleep", words="Attendre le bail"))

    # Aïcha reads both, hears them at the table, and notes the decision with its reasons.
    html = aicha.get(file).content.decode()
    assert "Le loyer est tenable" in html
    assert "Attendre le bail" in html
    aicha.post(
        f"{file}decision/",
        act(outcome="go:feasibility", reasons="Le bail se signe en avril",
            public_words="Le comité dit oui"),
    )  # fmt: skip

    # Denis reads the reasons in his mail; on the page, who sat and who stood aside, not the voices.
    assert "Le bail se signe en avril" in Mail.objects.get(address="denis@example.org").text
    mine = cast.client("denis").get(file).content.decode()
    for words in ("Omar", "Une banque", "Paule", "s’est retiré", "Le bail se signe en avril"):
        assert words in mine
    for words in ("Attendre le bail", "Ma commune loue"):
        assert words not in mine
    project.refresh_from_db()
    assert project.stage == "feasibility"
