"""I commit: from the card on the table to the thanks, without an account."""

import re
import uuid

from django.test import Client

from essor.evenings.models import Evening
from essor.exchanges.models import Commitment
from essor.kit.models import Mail
from tests.cast import make_evening, make_registration, make_table


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def test_a_promise_from_the_table_is_kept_and_thanked(cast):
    # Inès registered with an address. At the end of the evening she scans the card of table 3.
    evening = make_evening(cast.valence, state=Evening.State.LIVE)
    registration = make_registration(evening, "Inès")
    registration.person.email = "ines@example.org"
    registration.person.save()
    table = make_table(evening, 3, people=(registration,))
    form = f"/valence/evenings/{evening.public_id}/commitments/new/"
    phone = Client()
    assert (
        f'value="{table.public_id}"'
        in phone.get(f"{form}?table={table.public_id}").content.decode()
    )

    # Her phone does not know her: she gives her first name and address, and is recognised by them.
    thanks = phone.post(
        form,
        act(kind="skill", what="Comptabilité", quantity="2 h par mois", lasts="6",
            to=table.public_id, first_name="INES", email="ines@example.org"),
        follow=True,
    )  # fmt: skip
    assert "Merci" in thanks.content.decode()
    commitment = Commitment.objects.get()
    assert commitment.person == registration.person
    table.refresh_from_db()
    assert commitment.project == table.project
    assert commitment.project.published_at is None  # nobody handed the sheet in yet

    # Aïcha hears of it once, answers from the desk, and Inès reads her words.
    assert Mail.objects.filter(address="aicha@example.org").count() == 1
    aicha = cast.client("aicha")
    assert "Comptabilité" in aicha.get("/valence/commitments/").content.decode()
    answer = f"/valence/commitments/{commitment.public_id}/answer/"
    aicha.post(answer, act(state="accepted", words="Chloé vous appelle lundi."))
    assert (
        "Chloé vous appelle lundi."
        in Mail.objects.filter(person=registration.person.public_id).first().text
    )

    # It was kept; thanks close it.
    aicha.post(answer, act(state="kept"))
    aicha.post(answer, act(state="thanked", words="Grâce à vous, le budget tient."))
    commitment.refresh_from_db()
    assert commitment.state == "thanked"


def test_life_changes_and_a_promise_is_released_from_the_mail(cast):
    evening = make_evening(cast.valence, state=Evening.State.LIVE)
    form = f"/valence/evenings/{evening.public_id}/commitments/new/"
    Client().post(
        form,
        act(kind="resource", what="Un camion", first_name="Omar", email="omar@example.org"),
    )

    # Weeks later, on another device, Omar opens his mail.
    link = re.search(r"/l/\S+/", Mail.objects.get(address="omar@example.org").text)[0]
    laptop = Client()
    page = laptop.post(link, act(), follow=True)
    assert "Un camion" in page.content.decode()
    where = page.redirect_chain[-1][0]
    free = laptop.post(f"{where}release/", act(), follow=True)

    assert "Vous voilà libre" in free.content.decode()
    assert Commitment.objects.get().state == "released"
    assert "Un camion" not in cast.client("aicha").get("/valence/commitments/").content.decode()
