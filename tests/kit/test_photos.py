"""Photographs: decoded and encoded again, metadata gone, everything else refused in plain words."""

import resource
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from essor.kit.photos import (
    LONGEST_SIDE,
    NotAPhoto,
    TooHeavy,
    TooManyPixels,
    clean_photo,
    store_photo,
)

ORIENTATION, CAMERA, GPS = 0x0112, 0x0110, 0x8825


def image_file(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **save) -> BytesIO:
    file = BytesIO()
    Image.new("RGB", size, "#f2a51c").save(file, kind, **save)
    file.seek(0)
    return file


def photo_with_metadata() -> BytesIO:
    exif = Image.Exif()
    exif[CAMERA] = "Telephone de Denis"
    exif[ORIENTATION] = 6  # lying on its side
    exif.get_ifd(GPS)[1] = "N"
    return image_file(exif=exif)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_of_each_kind_becomes_a_jpeg(kind):
    photo = clean_photo(image_file(kind))

    again = Image.open(BytesIO(photo.data))
    assert again.format == "JPEG"
    assert (photo.width, photo.height) == again.size == (60, 40)


def test_metadata_is_removed_after_turning_the_photo_upright():
    sent = photo_with_metadata()
    assert b"Telephone de Denis" in sent.getvalue()

    photo = clean_photo(sent)

    assert b"Telephone de Denis" not in photo.data
    assert not Image.open(BytesIO(photo.data)).getexif()
    assert (photo.width, photo.height) == (40, 60)


def test_what_hides_behind_the_image_is_lost():
    sent = BytesIO(image_file().getvalue() + b"<script>alert(1)</script>")

    assert b"script" not in clean_photo(sent).data


def test_a_transparent_image_is_flattened():
    file = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(file, "PNG")
    file.seek(0)

    assert Image.open(BytesIO(clean_photo(file).data)).mode == "RGB"


def test_a_large_photo_is_made_smaller_and_stays_in_proportion():
    photo = clean_photo(image_file(size=(4000, 3000)))

    assert (photo.width, photo.height) == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 not an image",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"\xff\xd8\xff\xe0 broken jpeg",
    ],
    ids=["empty", "pdf", "svg", "gif", "damaged"],
)
def test_what_is_not_a_photo_is_refused(content):
    with pytest.raises(NotAPhoto):
        clean_photo(BytesIO(content))


def test_a_photo_cut_off_on_its_way_is_refused():
    whole = image_file(size=(600, 400)).getvalue()

    with pytest.raises(NotAPhoto):
        clean_photo(BytesIO(whole[: len(whole) // 2]))


def test_sixty_megapixels_are_refused_before_they_are_decoded():
    file = BytesIO()
    Image.new("1", (10_000, 6_000)).save(file, "PNG")
    file.seek(0)

    with pytest.raises(TooManyPixels) as refusal:
        clean_photo(file)

    assert refusal.value.megapixels == 60


def test_a_heavy_file_is_refused_by_its_size():
    with pytest.raises(TooHeavy):
        clean_photo(image_file(), size=16 * 1024 * 1024)


def test_a_stored_photo_has_a_name_of_our_own():
    name = store_photo(clean_photo(image_file()), folder="photos")

    assert name.startswith("photos/")
    assert name.endswith(".jpg")
    assert default_storage.exists(name)


def test_a_photo_that_finds_no_room_leaves_nothing_half_written():
    photo = clean_photo(image_file(size=(800, 800)))
    store_photo(photo, folder="full")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            store_photo(photo, folder="full")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    kept = [file.stat().st_size for file in Path(default_storage.path("full")).iterdir()]
    assert kept == [len(photo.data)]
