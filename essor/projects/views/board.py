"""The public board of a territory's projects."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.kit.pieces import Tab
from essor.ledger.kept import kept
from essor.projects import queries
from essor.projects.stage_rail import tell_stages
from essor.projects.stages import way_of
from essor.territories.doors import door

A_PAGE = 12


@kept
@door()
def board(request: HttpRequest) -> HttpResponse:
    territory = request.territory  # type: ignore[attr-defined]
    show, theme = request.GET.get("show", "all"), request.GET.get("theme", "")
    show = show if show in queries.FILTERS else "all"
    themes = queries.themes_on_board(territory)
    theme = theme if theme in {each.code for each in themes} else ""
    way = way_of(territory)
    projects = queries.board(territory, show=show, theme=theme, way=way)
    page = Paginator(projects, A_PAGE).get_page(request.GET.get("page"))
    tell_stages(page, way)
    query = urlencode({"show": show, "theme": theme}) + "&" if theme else f"show={show}&"
    context = {
        "page": page,
        "show": show,
        "theme": theme,
        "themes": themes,
        "tabs": _tabs(show, theme),
        "query": query,
    }
    return render(request, "projects/board.html", context)


def _tabs(show: str, theme: str) -> list[Tab]:
    """The board's filters as links; the theme that was chosen stays."""
    kept = {"theme": theme} if theme else {}
    return [
        Tab(str(label), "?" + urlencode({"show": key, **kept}), current=key == show)
        for key, (label, _narrow) in queries.FILTERS.items()
    ]
