"""Post-its of a workshop: photographed, typed beside the picture, brought in once."""

import uuid
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from essor.harvest.models import Idea, Picture, Source
from tests.cast import make_harvest


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def a_photo(name: str = "mur.jpg") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (64, 48), "khaki").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue())


def test_a_wall_of_post_its_is_typed_by_one_person(cast):
    # Bruno held a workshop: he says where once, and photographs the wall.
    harvest = make_harvest(cast.valence)
    root = f"/valence/harvest/{harvest.public_id}/"
    bruno = cast.client("bruno")
    page = bruno.post(
        f"{root}sources/", act(label="Atelier MJC", kind="workshop", place="Valence"), follow=True
    )
    source = Source.objects.get()
    assert "Atelier MJC" in page.content.decode()
    pictures = f"{root}sources/{source.public_id}/pictures/"
    refused = bruno.post(pictures, act(photos=SimpleUploadedFile("notes.txt", b"bonjour")))
    assert refused.status_code == 422
    assert "notes.txt n’est pas une photo lisible" in refused.content.decode()
    bruno.post(pictures, act(photos=[a_photo(), a_photo("mur2.jpg")]))
    picture, other = Picture.objects.all()

    # He takes the first one up; Aïcha, who opens it, sees that and takes the other.
    beside = f"{root}pictures/{picture.public_id}/"
    bruno.post(f"{beside}hands/", act(do="type"))
    seen = cast.client("aicha").get(beside).content.decode()
    assert "Bruno saisit cette photo" in seen
    assert "<textarea" not in seen
    assert "<textarea" in bruno.get(beside).content.decode()
    image = bruno.get(f"{beside}picture.jpg")
    assert image.headers["Content-Type"] == "image/jpeg"
    assert b"".join(image.streaming_content).startswith(b"\xff\xd8")  # reading it closes it

    # What he typed comes in with the place said once; a stranger never sees the photograph.
    preview = bruno.post(beside, act(text="un four à pain\nun verger"), follow=True)
    arrival = preview.redirect_chain[-1][0] + "arrival/"
    bruno.post(arrival, act(twins="support", then="bring"))
    assert [(i.text, i.source, i.way) for i in Idea.objects.order_by("id")] == [
        ("un four à pain", source, "picture"),
        ("un verger", source, "picture"),
    ]
    picture.refresh_from_db()
    assert picture.state == Picture.State.TYPED
    assert cast.client(None).get(f"{beside}picture.jpg").status_code == 404

    # Typed once more by mistake, it doubles nothing.
    aicha = cast.client("aicha")
    aicha.post(f"{beside}hands/", act(do="type"))
    preview = aicha.post(beside, act(text="un verger\nun four à pain"), follow=True)
    assert "déjà entrées" in preview.content.decode()
    aicha.post(f"{root}pictures/{other.public_id}/hands/", act(do="aside"))
    other.refresh_from_db()
    assert other.state == Picture.State.ASIDE
    assert Idea.objects.count() == 2
