"""A project looks for who will carry it: called, answered without an account, found, handed over."""

import re
import uuid
from datetime import timedelta

from django.test import Client

from essor.kit import clock
from essor.kit.models import Mail
from essor.people.erasure import erase_person
from essor.people.models import Person
from essor.projects.models import LeaderAnswer
from tests.cast import make_project


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def mails_to(address: str) -> list[Mail]:
    return list(Mail.objects.filter(address=address).order_by("id"))


def test_somebody_is_recommended_answers_is_chosen_and_leaves(cast):
    project = make_project(cast.valence, "La conserverie")
    base = f"/valence/projects/{project.public_id}"
    aicha, today = cast.client("aicha"), clock.today()

    # Aïcha opens a call; the project says everywhere that a leader is wanted.
    aicha.post(
        f"{base}/leader/call/",
        act(why="L’étude dit oui.", asked="Deux jours par semaine, contrat hébergé.",
            opens_on=today, closes_on=today + timedelta(days=30), decided_by="Le groupe"),
    )  # fmt: skip
    for page in (f"{base}/", "/valence/projects/?show=leader-wanted"):
        assert "porteur recherché" in Client().get(page).content.decode()
    assert 'id="home-leaders"' in Client().get("/valence/").content.decode()

    # Paul knows somebody. He tells nothing about her, and gets a link to pass on.
    paul = Client()
    thanks = paul.post(
        f"{base}/lead/",
        act(**{"as": "somebody"}, words="Elle dirige une cuisine.", first_name="Paul",
            email="paul@example.org"),
        follow=True,
    ).content.decode()  # fmt: skip
    forward = re.search(r"/lead/\?from=\w+", thanks)[0]
    assert Person.objects.filter(first_name="Paul").count() == 1
    assert [mail.address for mail in Mail.objects.order_by("id")] == [
        "paul@example.org", "aicha@example.org",
    ]  # fmt: skip

    # Nadia opens the link, and answers for herself.
    nadia = Client()
    form = nadia.get(f"/valence/projects/{project.public_id}{forward}").content.decode()
    after = re.search(r'name="after" value="(\w+)"', form)[1]
    nadia.post(
        f"{base}/lead/",
        act(words="J’en rêve depuis dix ans.", first_name="Nadia", last_name="Benali",
            email="nadia@example.org", shows_name="on", after=after),
    )  # fmt: skip
    answer = LeaderAnswer.objects.get(kind="me")
    assert answer.after == LeaderAnswer.objects.get(kind="somebody")
    assert len(mails_to("aicha@example.org")) == 1, "hosts hear once a day"

    # Aïcha finds both on her desk, talks with Nadia, then chooses her: the call is over.
    desk = aicha.get("/valence/desk/").content.decode()
    assert "Nadia" in desk
    reply = f"{base}/lead/{answer.public_id}/reply/"
    aicha.post(reply, act(state="talking", words="Je vous appelle jeudi.", seen="new"))
    aicha.post(reply, act(state="chosen", words="Bienvenue !", seen="talking"))
    assert "Je vous appelle jeudi." in mails_to("nadia@example.org")[1].text
    assert "Bienvenue" in mails_to("nadia@example.org")[2].text
    assert "trouvé qui" in mails_to("paul@example.org")[-1].subject

    page = Client().get(f"{base}/").content.decode()
    assert "Nadia B." in page
    assert "porteur recherché" not in page
    assert "Nadia B. porte le projet" in page, "its story says so"

    # Two years later she hands it over: the project stays, and looks again.
    leadership = project.leaderships.get()
    aicha.post(f"{base}/leader/{leadership.public_id}/", act(until=clock.today()))
    page = Client().get(f"{base}/").content.decode()
    assert "porteur recherché" in page
    assert "Nadia B. a passé la main" in page

    # She asks to be forgotten: nobody can tell who it was, and the project is still there.
    erase_person(person=answer.person, by=None, at=clock.now())
    for address in (f"{base}/", f"{base}/story/", f"{base}/leader/", "/valence/desk/"):
        seen = aicha.get(address).content.decode()
        assert "Nadia" not in seen
        assert "Benali" not in seen
    assert "a passé la main" in Client().get(f"{base}/").content.decode()


def test_an_organisation_hosts_until_the_project_stands_alone(cast):
    project = make_project(cast.valence, "La conserverie")
    base = f"/valence/projects/{project.public_id}"
    aicha, today = cast.client("aicha"), clock.today()

    aicha.post(
        f"{base}/hosting/",
        act(name="La Fruitière", carries="Le contrat de Nadia",
            since=today - timedelta(days=300), until=today + timedelta(days=60)),
    )  # fmt: skip
    page = Client().get(f"{base}/").content.decode()
    assert "La Fruitière" in page
    assert "Le contrat de Nadia" in page

    hosting = project.hostings.get()
    aicha.post(
        f"{base}/hosting/{hosting.public_id}/",
        act(until=today, what_next="La coopérative est née et reprend le contrat."),
    )
    page = Client().get(f"{base}/").content.decode()
    assert "La Fruitière n’assure plus le portage" in page
    assert "La coopérative est née" in page
