"""The day after, from the last phase to the mails and to what the host desk still asks for."""

import re
import uuid

from django.test import Client

from essor.evenings.jobs.day_after import write_to_everybody
from essor.evenings.models import Evening
from essor.kit.models import Mail
from tests.cast import NOW, make_evening, make_registration, make_table


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def test_everybody_hears_once_what_their_table_made(cast):
    # Two tables worked; table 1 handed its sheet in, table 2 left it on paper.
    evening = make_evening(cast.valence, state=Evening.State.LIVE)
    guests = {}
    for name in ("Ines", "Omar"):
        guests[name] = make_registration(evening, name, arrived_at=NOW)
        guests[name].person.email = f"{name.lower()}@example.org"
        guests[name].person.save()
    one = make_table(evening, 1, people=(guests["Ines"],))
    two = make_table(evening, 2, people=(guests["Omar"],))
    base = f"/valence/evenings/{evening.public_id}"
    aicha = cast.client("aicha")
    aicha.post(f"{base}/tables/{one.public_id}/sheet/proposal/", act(proposal="Le verger de tous"))
    aicha.post(f"{base}/tables/{one.public_id}/handing-in/", act(title=""))

    # The evening ends. The desk says what remains; Aïcha types the paper sheet of table 2.
    assert "partir une fois la soirée terminée" in aicha.get(f"{base}/day-after/").content.decode()
    aicha.post(f"{base}/conductor/ending/", act())
    assert "Table 2" in aicha.get("/valence/desk/").content.decode()
    aicha.post(f"{base}/tables/{two.public_id}/sheet/proposal/", act(proposal="Le bus des livres"))
    aicha.post(f"{base}/tables/{two.public_id}/handing-in/", act(title=""))

    # She reads the mail as they will, and sends. The job runs, even twice: one mail each.
    ready = aicha.get(f"{base}/day-after/").content.decode()
    assert "Le verger de tous" in ready
    assert "Envoyer 2 e-mails" in ready
    assert "n’a pas encore de fiche" not in ready
    aicha.post(f"{base}/day-after/", act())
    for _ in range(2):
        write_to_everybody.func(evening.public_id, cast.aicha.public_id)
    mails = Mail.objects.filter(key__startswith="day-after:")
    assert {mail.address for mail in mails} == {"ines@example.org", "omar@example.org"}
    assert mails.count() == 2
    omar = mails.get(address="omar@example.org")
    assert omar.subject.startswith("Ce que votre table a fait naître")
    assert omar.subject.endswith("Le bus des livres")

    # Omar follows the address in his mail: it is the project's, for life.
    address = re.search(r"/valence/projects/\w+/", omar.text)[0]
    assert "Le bus des livres" in Client().get(address).content.decode()
    assert "Table 2" not in aicha.get("/valence/desk/").content.decode()
