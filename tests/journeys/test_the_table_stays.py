"""The table stays, from the last phase of the evening to a letter answered a week later."""

import re
import uuid

from django.test import Client

from essor.evenings.jobs.day_after import write_to_everybody
from essor.evenings.models import Evening, Phase, Staying, Table, TableLetter
from essor.kit.models import Mail
from tests.cast import NOW, make_evening, make_registration, make_table


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def follow_link(mail: Mail) -> tuple[Client, str]:
    """The browser of whoever opens the personal link of a mail, and the page it leads to."""
    client = Client()
    link = re.search(r"/l/[\w-]+/|/link/[\w-]+/", mail.text)[0]
    return client, client.post(link, act()).url


def test_a_table_agrees_on_its_keeper_and_writes_a_week_later(cast):
    # Table 12 is at the thanks. Inès holds her registration, Omar left only an address.
    evening = make_evening(cast.valence, state=Evening.State.LIVE)
    evening.phase = Phase.objects.create(
        evening=evening, kind=Phase.Kind.THANKS, minutes=5, order=9
    )
    evening.save()
    guests = {name: make_registration(evening, name, arrived_at=NOW) for name in ("Ines", "Omar")}
    for name, each in guests.items():
        each.person.email = f"{name.lower()}@example.org"
        each.person.save()
    table = make_table(evening, 12, people=tuple(guests.values()), phone_code="KQRTA")
    here = f"/valence/evenings/{evening.public_id}/tables/{table.public_id}/"
    ines = Client()
    session = ines.session
    session["keys"] = {"registration": [guests["Ines"].public_id]}
    session.save()

    # Inès stays, and offers to keep the table together; the table's phone says that all agree.
    assert "Cette table continue" in ines.get(here).content.decode()
    ines.post(f"{here}together/", act(offers_to_keep="on"))
    phone = Client()
    phone.post(f"{here}key/", act(code="kqrta"))
    assert "se propose" in phone.get(f"{here}phone/").content.decode()
    phone.post(f"{here}keeper/", act(person=guests["Ines"].person.public_id))
    assert Table.objects.get().keeper == guests["Ines"].person

    # The day after, Omar's mail says who keeps the table, and its link lets him stay too.
    evening.state = Evening.State.OVER
    evening.save()
    write_to_everybody.func(evening.public_id, "")
    mail = Mail.objects.get(key__startswith="day-after:", address="omar@example.org")
    assert "Votre table a demandé à Ines de la garder ensemble" in mail.text
    omar, page = follow_link(mail)
    assert page == f"{here}together/"
    page = omar.post(page, act()).url

    # Inès writes; Omar reads it in a mail that has nobody's address, and answers on the page.
    mine = Staying.objects.get(person=guests["Ines"].person)
    ines.post(f"{here}together/{mine.public_id}/", act(text="On se revoit jeudi ?"))
    mail = Mail.objects.get(key__startswith="table-letter:", address="omar@example.org")
    assert "ines@example.org" not in mail.text
    assert "On se revoit jeudi ?" in omar.get(page).content.decode()
    omar.post(page, act(text="Jeudi, oui."))
    assert TableLetter.objects.count() == 2

    # Aïcha reads along and lets the table rest when its time is over.
    aicha = cast.client("aicha")
    assert "Jeudi, oui." in aicha.get(f"{here}together/").content.decode()
    aicha.post(f"{here}rest/", act(rests="yes"))
    assert omar.post(page, act(text="Encore ?")).status_code == 422
