"""How an upper room shows itself on a page of a lower one, without being imported by it.

The lower page names a slot (``"project"``); an upper room registers a function that takes the
request and the page's object and answers a rendered template name with its context, or ``None``.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Panel:
    """One thing to show: the template to render, with what it needs."""

    template: str
    context: dict[str, Any]


Maker = Callable[[HttpRequest, Any], Panel | None]
_makers: dict[str, list[tuple[int, str, Maker]]] = defaultdict(list)


def register(slot: str, maker: Maker, *, order: int = 50) -> None:
    """Hang ``maker`` in ``slot``; lower ``order`` comes first."""
    _makers[slot].append((order, f"{maker.__module__}.{maker.__qualname__}", maker))
    _makers[slot].sort(key=lambda entry: entry[:2])


def panels_for(slot: str, request: HttpRequest, subject: Any) -> list[Panel]:
    """The panels that have something to say about ``subject``, in order."""
    made = (maker(request, subject) for _, _, maker in _makers[slot])
    return [panel for panel in made if panel is not None]
