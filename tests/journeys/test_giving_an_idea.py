"""An idea: from the poster's QR code to the address where its fate will be read."""

import re
import uuid

from django.test import Client
from django.utils.timezone import localdate

from essor.harvest.models import Harvest, Idea
from essor.kit.models import Mail


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def test_a_host_opens_a_harvest_and_a_passer_by_gives_two_ideas(cast):
    # Aïcha prepares a harvest, opens it and prints its poster.
    aicha = cast.client("aicha")
    details = act(title="Récolte de printemps", question="Que manque-t-il ici ?", fate_days=90,
                  show_ideas="on")  # fmt: skip
    desk = aicha.post("/valence/harvest/new/", details, follow=True)
    harvest = Harvest.objects.get()
    assert "Ouvrir la récolte" in desk.content.decode()
    aicha.post(f"/valence/harvest/{harvest.public_id}/moves/", act(to="open"))
    poster = aicha.get(f"/valence/harvest/{harvest.public_id}/poster/").content.decode()
    assert f"/idea/{harvest.code}" in poster
    assert "<svg" in poster

    # Somebody scans it at the market: one line, sent, no account and no name.
    phone = Client()
    form = phone.get(f"/idea/{harvest.code}/", follow=True)
    address = form.redirect_chain[-1][0]
    assert "Que manque-t-il ici ?" in form.content.decode()
    thanks = phone.post(address, act(text="  Une laverie de bocaux\n"), follow=True)
    assert "Merci" in thanks.content.decode()
    first = Idea.objects.get()
    assert (first.text, first.author, first.nameless) == ("Une laverie de bocaux", None, True)
    assert f"/valence/harvest/{harvest.public_id}/ideas/{first.public_id}/" in (
        thanks.content.decode()
    )

    # One more at once, this time to hear what becomes of it.
    phone.post(address, act(text="Des vélos à louer au village", first_name="Inès",
                            email="ines@example.org"))  # fmt: skip
    second = Idea.objects.latest("id")
    assert second.author.first_name == "Inès"
    assert (second.fates.get().due_on - localdate(second.said_at)).days == 90
    letter = Mail.objects.get(address="ines@example.org")
    assert "Des vélos à louer au village" in letter.text

    # At home she opens her mail on another device, reads it, and everybody else reads it too.
    laptop = Client()
    link = re.search(r"/l/\S+/", letter.text)[0]
    page = laptop.post(link, act(), follow=True).content.decode()
    assert "Des vélos à louer au village" in page
    assert "La suite" in page
    public = Client().get(f"/valence/harvest/{harvest.public_id}/").content.decode()
    assert public.index("Des vélos à louer") < public.index("Une laverie de bocaux")
    assert "Inès" not in public
