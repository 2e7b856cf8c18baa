"""Round tables by the hundred: the same drawing as ``<c-round-table>``, made in one go.

A component a seat would cost a hundred tables half a second; here each sphere is drawn once and
used at each seat. The letters come with the colours, and words stand beside every table.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from essor.kit import colours, drawing
from essor.people.models import Sphere

SMALLEST = 12
"""Seats are drawn as for a table of so many at least, so that tables look alike."""


@lru_cache(maxsize=64)
def places(count: int) -> tuple[tuple[str, str], ...]:
    """Where ``count`` seats stand, as SVG numbers."""
    return tuple((f"{seat.x:g}", f"{seat.y:g}") for seat in drawing.seats_around([None] * count))


@lru_cache(maxsize=64)
def radius(count: int) -> float:
    return drawing.seats_around([None] * max(1, count))[0].r


def sphere_symbols(spheres: Iterable[Sphere], seats: int) -> SafeString:
    """The drawing of each sphere's seat, and of a free one, to be used by ``round_table``."""
    r = radius(max(seats, SMALLEST))
    size = round(r * 1.25, 1)
    parts = [f'<circle id="seat-free" class="round-table__free" r="{r:g}"/>']
    parts += [
        f'<g id="seat-{sphere.pk}"><circle r="{r:g}" fill="{escape(sphere.colour)}"/>'
        f'<text class="sphere-letter" dy=".4" font-size="{size:g}" '
        f'fill="{colours.ink_on(sphere.colour)}">{escape(sphere.letter)}</text></g>'
        for sphere in spheres
    ]
    return mark_safe(  # noqa: S308 - escaped above
        f'<svg class="visually-hidden" width="0" height="0" aria-hidden="true">'
        f"<defs>{''.join(parts)}</defs></svg>"
    )


def round_table(number: str, seats: Sequence[Sphere | None]) -> SafeString:
    """The drawing of one table; decorative, because its words stand beside it."""
    used = "".join(
        f'<use href="#seat-{sphere.pk if sphere else "free"}" x="{x}" y="{y}"/>'
        for sphere, (x, y) in zip(seats, places(len(seats)), strict=True)
    )
    return mark_safe(  # noqa: S308 - numbers only
        '<svg class="round-table__drawing" viewBox="0 0 100 100" aria-hidden="true">'
        '<circle class="round-table__top" cx="50" cy="50" r="23"/>'
        f'{used}<text class="round-table__number" x="50" y="51">{int(number)}</text></svg>'
    )
