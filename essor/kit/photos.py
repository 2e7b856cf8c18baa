"""Photographs that people send: decoded, turned upright, encoded again, without their metadata.

What is kept is never what was sent: a file that only claims to be an image, one that hides
something behind the image, or the place where it was taken do not survive the way through here.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from essor.kit.files import store

MOST_PIXELS = 25_000_000
MOST_BYTES = 15 * 1024 * 1024
LONGEST_SIDE = 2_800
"""Pixels: an A3 sheet of handwriting stays readable."""
LOGO_SIDE = 480
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 82


class NotAPhoto(Exception):
    """The file is not a JPEG, PNG or WebP image, or it is damaged."""


class TooManyPixels(Exception):
    """More than 25 million pixels; ``megapixels`` says how many."""

    def __init__(self, megapixels: int) -> None:
        super().__init__(megapixels)
        self.megapixels = megapixels


class TooHeavy(Exception):
    """More than 15 MB."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A clean JPEG, with its size in pixels."""

    data: bytes
    width: int
    height: int


def clean_photo(file: BinaryIO, *, size: int = 0) -> Photo:
    """Read ``file`` and give back what may be kept of it.

    ``size`` is the file's length in bytes, when known. The number of pixels is read before they
    are decoded. Raises ``NotAPhoto``, ``TooManyPixels``, ``TooHeavy``.
    """
    upright = _decoded(file, "RGB", size=size)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = BytesIO()
    # A new image from the pixels alone: no EXIF, no colour profile, no comment comes along.
    bare = Image.frombytes("RGB", upright.size, upright.tobytes())
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Photo(out.getvalue(), *bare.size)


def clean_logo(file: BinaryIO, *, size: int = 0) -> Photo:
    """Like ``clean_photo``, for a sign: a small PNG that keeps what is transparent."""
    picture = _decoded(file, "RGBA", size=size)
    picture.thumbnail((LOGO_SIDE, LOGO_SIDE))
    out = BytesIO()
    bare = Image.frombytes("RGBA", picture.size, picture.tobytes())
    bare.save(out, "PNG", optimize=True)
    return Photo(out.getvalue(), *bare.size)


def _decoded(file: BinaryIO, mode: str, *, size: int) -> Image.Image:
    """The pixels of ``file``, turned upright; their number is read before they are decoded."""
    if size > MOST_BYTES:
        raise TooHeavy
    try:
        with Image.open(file, formats=FORMATS) as image:
            _check_pixels(image.width * image.height)
            return ImageOps.exif_transpose(image).convert(mode)
    except Image.DecompressionBombError as bomb:
        raise TooManyPixels(MOST_PIXELS // 1_000_000 * 4) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as trouble:
        raise NotAPhoto from trouble


def _check_pixels(pixels: int) -> None:
    if pixels > MOST_PIXELS:
        raise TooManyPixels(pixels // 1_000_000)


def store_photo(photo: Photo, *, folder: str, ending: str = "jpg") -> str:
    """Keep ``photo`` in ``folder``; the name is what models remember."""
    return store(photo.data, folder=folder, ending=ending)
