"""The records of processing and the impact assessment of a territory, made from the declarations."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from essor.kit.navigation import settings_tabs
from essor.kit.privacy import Basis, Declaration, Personal, Seen, declarations, retentions
from essor.territories.doors import HOST, door
from essor.territories.views.field_words import words_of

BASES = {
    Basis.CONSENT: _("consent"),
    Basis.EXPLICIT_CONSENT: _("explicit consent (health)"),
    Basis.TAKING_PART: _("what the person asked for"),
    Basis.LEGITIMATE: _("legitimate interest"),
}
CIRCLES = {
    Seen.ONESELF: _("the person alone"),
    Seen.HOSTS: _("hosts"),
    Seen.TEAM: _("the host team"),
    Seen.TABLE: _("the people of one table or project"),
    Seen.PUBLIC: _("everybody"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the register: fields that serve one purpose."""

    title: str
    fields: str
    use: Personal
    basis: str
    seen: str


@door(HOST)
def register(request: HttpRequest) -> HttpResponse:
    lines = [line for declaration in declarations() for line in _lines(declaration)]
    context = {
        "lines": lines,
        "health": [line for line in lines if line.use.health],
        "retentions": retentions(),
        "tabs": settings_tabs(request),
    }
    return render(request, "territories/privacy.html", context)


def _lines(declaration: Declaration) -> list[Line]:
    uses = dict.fromkeys(map(id, declaration.personal.values()))
    lines = []
    for key in uses:
        names = [name for name, use in declaration.personal.items() if id(use) == key]
        use = declaration.personal[names[0]]
        lines.append(
            Line(
                str(declaration.title),
                ", ".join(words_of(declaration.model, name) for name in names),
                use,
                str(BASES[use.basis]),
                str(CIRCLES[use.seen]),
            )
        )
    return lines
