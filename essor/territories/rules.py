"""Which colours a territory may choose: what is written on them must stay readable (WCAG 2.2 AA)."""

from dataclasses import dataclass

from essor.kit.colours import PAPER, contrast, ink_on, nearest

TEXT, MARK = 4.5, 3.0


@dataclass(frozen=True, slots=True)
class Misfit:
    """A colour that does not do: its contrast, what is needed, and the nearest that does."""

    contrast: float
    needed: float
    instead: str | None


def primary_misfit(primary: str, accent: str = "") -> Misfit | None:
    """Light text stands on the main colour everywhere: None where it can be read.

    What is proposed instead goes with ``accent`` too, when that is possible.
    """
    found = contrast(primary, PAPER)
    if found >= TEXT:
        return None

    def suits(colour: str) -> bool:
        return contrast(colour, PAPER) >= TEXT

    def suits_both(colour: str) -> bool:
        return suits(colour) and contrast(colour, accent) >= MARK

    instead = nearest(primary, suits_both) if accent else None
    return Misfit(found, TEXT, instead or nearest(primary, suits))


def accent_ink_misfit(accent: str) -> Misfit | None:
    """Buttons carry text on the second colour: None where the house's inks can be read on it."""
    found = contrast(accent, ink_on(accent))
    if found >= TEXT:
        return None
    instead = nearest(accent, lambda colour: contrast(colour, ink_on(colour)) >= TEXT)
    return Misfit(found, TEXT, instead)


def accent_on_primary_misfit(accent: str, primary: str) -> Misfit | None:
    """Buttons stand on the main colour: None where the second colour stands out from it."""
    if contrast(accent, primary) >= MARK:
        return None

    def suits(colour: str) -> bool:
        return contrast(colour, primary) >= MARK and contrast(colour, ink_on(colour)) >= TEXT

    return Misfit(contrast(accent, primary), MARK, nearest(accent, suits))
