"""From "call me when you have something" to a pledge that is kept, and thanked for."""

import re
import uuid
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from essor.kit import clock
from essor.kit.models import Mail
from tests.cast import make_leader, make_need, make_project


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def link_in(address: str) -> str:
    """The personal link of the latest mail to ``address``."""
    return re.search(r"/l/\S+/", Mail.objects.filter(address=address).latest("id").text)[0]


def test_a_funder_meets_a_project_pledges_and_keeps_their_word(cast):
    # Denis leads a bakehouse that looks for a loan. Lise once said "call me": she writes it down.
    project = make_project(cast.valence, "Le fournil partagé")
    make_leader(project, cast.denis)
    make_need(project, "Un prêt pour le four", kind="money", quantity=1, unit="")
    lise, later = Client(), str(clock.today() + timedelta(days=90))
    lise.post(
        "/valence/support/funders/new/",
        act(ways=["loan"], about="J’ai vendu ma boulangerie", showing="unnamed", least="1000",
            most="8000", first_name="Lise", last_name="Roche", email="lise@example.org"),
    )  # fmt: skip
    mine = lise.post(link_in("lise@example.org"), act(), follow=True)
    assert "Le fournil partagé" in mine.content.decode()

    # Denis sees that somebody fits, without a name, and asks to be put in touch. Both say yes.
    denis = cast.client("denis")
    page = denis.get(f"/valence/support/projects/{project.public_id}/funders/").content.decode()
    assert "Quelqu’un du territoire" in page
    assert "Roche" not in page
    key = re.search(r"\?funder=(\w+)", page)[1]
    form = reverse("introductions:of_project", args=["valence", project.public_id])
    denis.post(f"{form}?funder={key}", act(first=cast.denis.public_id, why="Vous savez les fours"))
    side = lise.post(link_in("lise@example.org"), act(), follow=True).redirect_chain[-1][0]
    lise.post(side, act(answer="yes", reach="06 12 34 56 78"))
    assert "06 12 34 56 78" in Mail.objects.filter(address="denis@example.org").latest("id").text

    # He opens a private room, tells what he needs, and makes her a link of her own.
    room = f"/valence/support/projects/{project.public_id}/room/"
    denis.post(f"{room}words/", act(words="Un second four avant l’été", sum_shown="room"))
    denis.post(f"{room}lines/", act(label="Le four", needed="8000", found="3000"))
    denis.post(f"{room}links/", act(name="Lise Roche", until=later))
    shown = denis.get(f"{room}links/").content.decode()
    secret = re.search(r"/valence/support/r/[\w-]+/", shown)[0]

    # She reads it on another device, and pledges what is missing, on a condition.
    phone = Client()
    inside = phone.post(secret, act(), follow=True)
    assert "Un second four avant l’été" in inside.content.decode()
    line = re.search(r'<option value="(\d+)"', phone.get(f"{room}pledges/").content.decode())[1]
    pledged = phone.post(
        f"{room}pledges/",
        act(form="loan", amount="5 000", line=line, condition="si le bail est signé", until=later,
            first_name="Lise", last_name="Roche", email="lise@example.org"),
    )  # fmt: skip
    assert "pas un paiement" in phone.get(pledged.url).content.decode()

    # Denis hears at once, confirms, and months later says that it was kept, and thank you.
    letter = Mail.objects.filter(address="denis@example.org").latest("id")
    assert "si le bail est signé" in letter.text
    answer = f"/valence/support/pledges/{pledged.url.rstrip('/').rsplit('/', 1)[1]}/"
    for fields in ({"state": "accepted", "words": "Signons mardi"}, {"state": "kept"}):
        denis.post(answer, act(**fields))
    denis.post(answer, act(state="thanked", words="Le four est là, grâce à vous"))
    thanks = Mail.objects.filter(address="lise@example.org").latest("id")
    assert "Le four est là, grâce à vous" in thanks.text

    # Nothing of it stood in public; once the link has ended, the room is closed to her phone too.
    public = cast.client(None).get(f"/valence/projects/{project.public_id}/").content.decode()
    assert "8\u202f000" not in public
    ending = re.search(r"/valence/support/projects/\w+/room/links/\w+/ending/", shown)[0]
    denis.post(ending, act())
    assert phone.get(room).status_code == 404
