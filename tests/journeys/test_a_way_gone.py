"""Where do you stand? Asked when a cohort opens, and again when it ends: the way a project has gone."""

import re
import uuid

from django.test import Client

from essor.kit.models import Mail
from tests.cast import make_leader, make_mentor, make_project


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def link_in(address: str) -> str:
    """The personal link of the latest mail to ``address``."""
    return re.search(r"/l/\S+/", Mail.objects.filter(address=address).latest("id").text)[0]


def test_a_project_sees_the_way_it_has_gone_in_a_cohort(cast):
    # Aïcha opens a cohort, takes two projects in, words one question anew and asks.
    aicha = cast.client("aicha")
    cohort = aicha.post(
        "/valence/support/cohorts/new/",
        act(name="Promotion 2027", starts_on="2027-03-15", ends_on="2027-12-15"),
    ).url
    oven = make_project(cast.valence, "Le fournil partagé")
    make_leader(oven, cast.denis)
    roofs = make_project(cast.valence, "Les toits citoyens")
    for project in (oven, roofs):
        aicha.post(f"{cohort}projects/", act(project=str(project.pk), why="Le moment est là"))
    aicha.post(
        "/valence/support/questions/weight/",
        act(label="Qu’est-ce qui vous empêche de dormir ?", name="Insomnie", place="9"),
    )
    play = f"{cohort}state-of-play/"
    aicha.post(f"{play}opening/", act())

    # Denis answers on his phone in the bus, keeps a draft at his stop, hands in at home.
    phone = Client()
    page = phone.post(link_in("denis@example.org"), act(), follow=True)
    here = page.redirect_chain[-1][0]
    assert "empêche de dormir" in page.content.decode()
    phone.post(here, act(seen="0", q_team="0", q_model="0", do="draft"))
    laptop = cast.client("denis")
    assert "checked" in laptop.get(here).content.decode()
    laptop.post(
        here, act(seen="1", q_team="0", q_model="0", q_asks="1", q_weight="Les prix", do="hand-in")
    )

    # Aïcha reads who stands where, who could help with prices, and who is silent: she calls them.
    make_mentor(cast.valence, cast.farid, offers="Prix et comptabilité d’un commerce")
    html = aicha.get(play).content.decode()
    assert "degré 1 sur 5" in html
    assert "Farid" in html
    assert "1 projet n’a pas répondu" in html
    silent = re.findall(r"/valence/support/standings/\w+/", html)
    aicha.post(silent[0], act(seen="0", q_team="3", do="hand-in"))
    assert "n’a pas répondu" not in aicha.get(play).content.decode()

    # Nine months later the same questions come back, in the same words.
    aicha.post(f"{play}end/", act())
    there = phone.post(link_in("denis@example.org"), act(), follow=True).redirect_chain[-1][0]
    assert there != here
    done = phone.post(there, act(seen="0", q_team="3", q_model="2", q_weight="Rien", do="hand-in"))

    # Denis sees the way: from one alone to a group in which each knows their part.
    mine = phone.get(done.url).content.decode()
    for words in (
        "Une personne seule", "Un groupe où chaque personne", "degré 1 sur 5", "degré 4 sur 5",
        "Insomnie", "Les prix", "Rien",
    ):  # fmt: skip
        assert words in mine
