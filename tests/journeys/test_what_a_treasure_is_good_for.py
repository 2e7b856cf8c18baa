"""An inventory comes in, a need finds its answer there, its keeper hears of it in the week's digest."""

import re
import uuid
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from essor.exchanges.actions.needs import Asked, write_need
from essor.exchanges.jobs import suggest_offers
from essor.exchanges.models import Need
from essor.kit.models import Mail
from essor.news.letters import written_each
from essor.news.rounds import run_round
from essor.projects.models import Membership
from essor.treasures.jobs import bring_in
from essor.treasures.models import Arrival, Treasure, TreasureList
from tests.cast import NOW, make_project

INVENTORY = (
    "id;nom;genre;usage;description;ville\n"
    "1;Experte-comptable à la retraite;savoir-faire;proposée;Libre le mercredi;Romans-sur-Isère\n"
    "2;Vieux lavoir;patrimoine;;;Hostun\n"
    "3;Hangar à moitié vide;lieu;proposée;;Chabeuil\n"
    "4;;;;;\n"
)
LATER = NOW + timedelta(days=7)


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def test_a_treasure_of_a_file_answers_a_need_and_its_keeper_hears_of_it(cast):
    # Aïcha has an inventory that the town made. She looks at it, and brings it in.
    aicha = cast.client("aicha")
    file = SimpleUploadedFile("inventaire.csv", INVENTORY.encode(), content_type="text/csv")
    page = aicha.post("/valence/treasures/lists/", act(file=file), follow=True)
    told = page.content.decode()
    assert "ce qui va entrer" in told.lower()
    guessed = TreasureList.objects.get().mapping["columns"]
    columns = {f"column-{at}": kind for at, kind in guessed.items()}
    form = {**columns, "kind": "economic", "precision": "commune", "doubts": "without"}
    form |= {"source": "La ville (exemple)"}
    address = page.redirect_chain[-1][0]
    aicha.post(f"{address}arrival/", act(**form, then="look"))
    coming = aicha.post(f"{address}arrival/", act(**form, then="bring"), follow=True)
    assert "Les richesses arrivent" in coming.content.decode()

    # The worker brings it in; the page leads to what came in, and what stayed out.
    assert bring_in(Arrival.objects.get().public_id, between=lambda rest: None) == "done"
    assert "C’est fait" in aicha.get(address).content.decode()
    assert Treasure.objects.count() == 3
    accountant = Treasure.objects.get(name__startswith="Experte")
    assert (accountant.kind, accountant.use) == ("human", "offered")

    # Denis knows her: she wrote it down with him, and he keeps it from now on.
    Treasure.objects.filter(pk=accountant.pk).update(keeper=cast.denis)

    # The bakery looks for somebody to keep its books; Élodie is of its group.
    bakery = make_project(cast.valence, "Le fournil")
    Membership.objects.create(
        project=bakery, person=cast.elodie, part="member", since=NOW - timedelta(1)
    )
    asked = Asked("skill", "Quelqu’un pour tenir nos comptes")
    write_need(project=bakery, asked=asked, by=cast.elodie, at=NOW)
    suggest_offers.func()

    # On the need's page Élodie reads who might, and why; a stranger does not.
    need = Need.objects.get()
    address = f"/valence/needs/{need.public_id}/"
    shown = cast.client("elodie").get(address).content.decode()
    assert "Experte-comptable à la retraite" in shown
    assert "libre le mercredi" in shown
    assert "Experte-comptable" not in Client().get(address).content.decode()
    # She may ask to be put in touch from there.
    assert re.search(r"/introductions/of/\w+/new/\?need=\w+&amp;treasure=\w+", shown)

    # On the treasure's page everybody reads who may need it.
    page = Client().get(f"/valence/treasures/{accountant.public_id}/").content.decode()
    assert "Quelqu’un pour tenir nos comptes" in page

    # On Tuesday Denis hears of it, in one mail, with why, and where to answer.
    assert run_round(at=LATER) == 1
    letter = Mail.objects.get(kind=Mail.Kind.NEWS)
    words = written_each([letter.about], LATER)[0].text
    assert letter.address == "denis@example.org"
    assert "Quelqu’un pour tenir nos comptes" in words
    assert f"/valence/needs/{need.public_id}/" in words

    # It is not what they look for: Élodie says so, and nobody is asked again.
    refusal = re.search(r'action="(\S+/refusal/)"', shown)[1]
    assert (
        "ne sera plus proposé"
        in cast.client("elodie").post(refusal, act(), follow=True).content.decode()
    )
    suggest_offers.func()
    assert "Experte-comptable" not in cast.client("elodie").get(address).content.decode()
    assert run_round(at=LATER + timedelta(days=7)) == 0
