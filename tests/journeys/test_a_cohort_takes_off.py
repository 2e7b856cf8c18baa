"""Nine months together: a cohort, a mentor who agrees, advice that gets its answer."""

import re
import uuid

from django.test import Client

from essor.kit.models import Mail
from tests.cast import make_leader, make_project


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def link_in(address: str) -> str:
    """The personal link of the latest mail to ``address``."""
    return re.search(r"/l/\S+/", Mail.objects.filter(address=address).latest("id").text)[0]


def test_a_project_joins_a_cohort_and_finds_its_mentor(cast):
    # Denis leads a project that has been studied. Aïcha opens a cohort and takes it in.
    project = make_project(cast.valence, "Le fournil partagé", stage="feasibility")
    make_leader(project, cast.denis)
    aicha = cast.client("aicha")
    cohort = aicha.post(
        "/valence/support/cohorts/new/",
        act(name="Promotion 2027", starts_on="2027-03-15", ends_on="2027-12-15",
            takeoff_on="2027-12-10", takeoff_place="Théâtre de Romans"),
    ).url  # fmt: skip
    aicha.post(f"{cohort}projects/", act(project=str(project.pk), why="Le local est trouvé"))

    # She asks Omar, a baker, who reads his mail on the train and agrees.
    aicha.post(
        "/valence/support/mentors/new/",
        act(first_name="Omar", email="omar@example.org", offers="Le métier du pain", at_most="1"),
    )
    phone = Client()
    page = phone.post(link_in("omar@example.org"), act(), follow=True)
    omar = page.redirect_chain[-1][0]
    phone.post(f"{omar}agreement/", act())

    # She puts the two together, and says why: both read it.
    aicha.post(f"{omar}projects/", act(project=str(project.pk), why="Son four tourne depuis 2019"))
    for address in ("omar@example.org", "denis@example.org"):
        text = Mail.objects.filter(address=address).latest("id").text
        assert "Son four tourne depuis 2019" in text

    # Denis sees his mentor on the project's page; a passer-by sees the cohort and its evening.
    mine = cast.client("denis").get(f"/valence/projects/{project.public_id}/").content.decode()
    assert "Omar" in mine
    theirs = Client().get(cohort).content.decode()
    assert "Le fournil partagé" in theirs
    assert "Théâtre de Romans" in theirs
    assert "Omar" not in theirs

    # Omar recommends one act. Denis reads it in his mail and answers: they are blocked.
    phone.post(
        f"/valence/support/projects/{project.public_id}/recommendations/",
        act(what="Écrire le prix de revient d’un kilo"),
    )
    laptop = Client()
    support = laptop.post(link_in("denis@example.org"), act(), follow=True).content.decode()
    answer = re.search(r"/valence/support/recommendations/\w+/", support)[0]
    laptop.post(answer, act(answer="blocked", words="Le loyer n’est pas signé"))

    # Omar hears of it at once, and so does whoever of the team looks at what is blocked.
    text = Mail.objects.filter(address="omar@example.org").latest("id").text
    assert "Le loyer n’est pas signé" in text
    blocked = aicha.get("/valence/support/recommendations/?show=blocked").content.decode()
    assert "Écrire le prix de revient" in blocked
