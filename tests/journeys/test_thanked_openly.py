"""Thanked openly: a promise is kept, thanks are said in words, and the giver shows them."""

import re
import uuid

from django.test import Client

from essor.exchanges.models import Commitment
from essor.kit.models import Mail
from tests.cast import make_leader, make_need, make_project


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def test_chairs_came_and_the_project_says_thank_you(cast):
    # Omar brings chairs to a project that Farid leads, without an account.
    project = make_project(cast.valence, "La place aux banquets")
    make_leader(project, cast.farid)
    need = make_need(project)
    Client().post(
        f"/valence/needs/{need.public_id}/bring/",
        act(units="8", first_name="Omar", email="omar@example.org"),
    )
    answer = f"/valence/commitments/{Commitment.objects.get().public_id}/answer/"

    # The chairs came. Farid says so, and thanks him in his own words.
    farid = cast.client("farid")
    farid.post(answer, act(state="kept"))
    farid.post(answer, act(state="thanked", words="Huit chaises, quarante sourires."))

    # Omar reads it in his mail, and lets the project's page say it under the name he likes.
    mail = Mail.objects.filter(address="omar@example.org").order_by("-id").first()
    assert "quarante sourires" in mail.text
    phone = Client()
    page = phone.post(re.search(r"/l/\S+/", mail.text)[0], act(), follow=True)
    mine = page.redirect_chain[-1][0]
    seen = Client().get(f"/valence/projects/{project.public_id}/").content.decode()
    assert "quarante sourires" not in seen
    phone.post(f"{mine}thanks/", act(showing="named", name="Omar, du Diois"))

    # Everybody reads it, on the page and in the story.
    for page in ("", "story/"):
        seen = Client().get(f"/valence/projects/{project.public_id}/{page}").content.decode()
        assert "Omar, du Diois" in seen
