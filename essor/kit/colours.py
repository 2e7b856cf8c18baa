"""Colours as numbers: contrast between two of them, and which ink reads best on a colour."""

from collections.abc import Callable

INK, PAPER = "#1f1b33", "#fffdf8"


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of ``#rrggbb``, each from 0 to 1."""
    digits = colour.lstrip("#")
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def linear(channel: float) -> float:
    """An sRGB channel as an amount of light (IEC 61966-2-1)."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Relative luminance, 0 for black to 1 for white (WCAG 2.2)."""
    red, green, blue = (linear(channel) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2); text wants 4.5, large text and marks 3."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def ink_on(colour: str) -> str:
    """The house's dark or light ink, whichever reads better on ``colour``."""
    return max((INK, PAPER), key=lambda ink: contrast(ink, colour))


def nearest(colour: str, suits: Callable[[str], bool]) -> str | None:
    """The colour closest to ``colour`` that ``suits``, made darker or lighter step by step.

    The hue stays: each step mixes in one hundredth of black or of white. None where nothing suits.
    """
    steps = (step / 100 for step in range(101))
    candidates = (
        mixed(colour, other, share) for share in steps for other in ("#000000", "#ffffff")
    )
    return next((each for each in candidates if suits(each)), None)


def mixed(colour: str, other: str, share: float) -> str:
    """``colour`` with ``share`` (0 to 1) of ``other`` in it."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round((a + (b - a) * share) * 255):02x}" for a, b in pairs)
