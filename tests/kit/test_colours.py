"""The palette: every pair of ink and ground reads, and spheres differ for every kind of eye."""

import itertools
import re
from importlib import import_module
from pathlib import Path

import pytest

from essor.kit.colours import channels, contrast, ink_on, linear
from essor.kit.samples import SPHERES

STYLES = Path(__file__).resolve().parents[2] / "web" / "styles"
TEXT, LARGE_OR_MARK = 4.5, 3.0

INK_ON_GROUND = [
    (ink, ground)
    for ink, grounds in {
        "ink": "paper card sunk saffron saffron-tint leaf-tint coral-tint sky-tint violet-tint",
        "ink-2": "paper card sunk saffron-tint coral-tint",
        "on-night": "night night-2",
        "on-night-2": "night night-2",
        "saffron-ink": "saffron-tint card paper",
        "leaf-ink": "leaf-tint card paper",
        "coral-ink": "coral-tint card paper",
        "sky-ink": "sky-tint card paper",
        "violet-ink": "violet-tint card",
        "card": "leaf coral-ink violet-ink",
    }.items()
    for ground in grounds.split()
]
MARK_ON_GROUND = [
    ("edge", "card"),
    ("edge", "paper"),
    ("focus", "paper"),
    ("focus", "card"),
    ("focus", "coral-tint"),
    ("saffron", "night"),
    ("leaf", "card"),
    ("coral", "card"),
]

# What an eye without one kind of cone sees, in linear sRGB (Machado, Oliveira and Fernandes, 2009,
# severity 1.0).
EYES = {
    "every cone": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
APART = 0.1  # Oklab; a just noticeable difference is about 0.02


def token(name: str) -> str:
    found = re.search(rf"--{name}: (#[0-9a-f]{{6}});", (STYLES / "tokens.css").read_text())
    assert found, f"no token --{name}"
    return found[1]


def oklab(light: list[float]) -> tuple[float, float, float]:
    """Björn Ottosson's perceptual space: equal distances look equally far apart."""
    red, green, blue = light
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def as_seen(colour: str, eye: str) -> tuple[float, float, float]:
    light = [linear(channel) for channel in channels(colour)]
    seen = [sum(a * b for a, b in zip(row, light, strict=True)) for row in EYES[eye]]
    return oklab([min(1.0, max(0.0, channel)) for channel in seen])


def apart(one: str, other: str, eye: str) -> float:
    pairs = zip(as_seen(one, eye), as_seen(other, eye), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


@pytest.mark.parametrize(("ink", "ground"), INK_ON_GROUND)
def test_text_reads_on_its_ground(ink, ground):
    assert contrast(token(ink), token(ground)) >= TEXT


@pytest.mark.parametrize(("mark", "ground"), MARK_ON_GROUND)
def test_mark_shows_on_its_ground(mark, ground):
    assert contrast(token(mark), token(ground)) >= LARGE_OR_MARK


def test_contrast_of_black_and_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # WCAG's own example


@pytest.mark.parametrize("eye", EYES)
def test_spheres_differ_for_every_kind_of_eye(eye):
    for one, other in itertools.combinations(SPHERES, 2):
        distance = apart(one.colour, other.colour, eye)
        assert distance >= APART, f"{one.code} and {other.code}: {distance:.3f}"


def test_letter_of_a_sphere_reads_on_its_colour():
    for sphere in SPHERES:
        assert contrast(sphere.colour, ink_on(sphere.colour)) >= TEXT, sphere.code


def test_letters_of_spheres_are_all_different():
    assert len({sphere.letter for sphere in SPHERES}) == len(SPHERES)


def test_gallery_shows_the_spheres_that_territories_start_with():
    started_with = import_module("essor.people.migrations._spheres").SPHERES
    assert {(s.code, s.colour, s.letter) for s in SPHERES} == {
        (code, colour, letter) for code, _, _, _, _, colour, letter in started_with
    }


@pytest.mark.parametrize("file", sorted(STYLES.glob("*.css")), ids=lambda file: file.name)
def test_colours_are_written_in_tokens_only(file):
    if file.name == "tokens.css":
        return
    for number, line in enumerate(file.read_text().splitlines(), 1):
        written = re.findall(r"#[0-9a-fA-F]{3,8}\b(?!-)", re.sub(r'url\("[^"]*"\)', "", line))
        assert not [c for c in written if c not in {"#fff", "#000"}], f"{file.name}:{number}"
