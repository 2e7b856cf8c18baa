"""The public board: filtered by links, the same number of queries whatever its length."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from essor.challenges.models import Challenge
from essor.challenges.queries import Board, Filters, board_of
from essor.kit.pieces import Tab
from essor.ledger.kept import kept
from essor.territories.doors import door
from essor.territories.models import Territory


@kept
@door()
def board(request: HttpRequest) -> HttpResponse:
    territory: Territory = request.territory  # type: ignore[attr-defined]
    asked = request.GET
    found = board_of(
        territory,
        Filters(asked.get("theme", ""), asked.get("track", ""), asked.get("state", "")),
        page=asked.get("page", "1"),
        with_drafts=request.rights.is_team,  # type: ignore[attr-defined]
    )
    return render(
        request,
        "challenges/board.html",
        {
            "board": found,
            "states": state_tabs(found),
            "tracks": track_tabs(found),
            "theme_links": theme_tabs(found),
            "page_query": found.filters.but().removeprefix("?") + "&",
            "counted_how": next((c.interest.how for c in found.cards if c.interest), ""),
        },
    )


def state_tabs(found: Board) -> list[Tab]:
    """Open and past challenges; one kind alone needs no tabs."""
    if not (found.counts["open"] and found.counts["past"]):
        return []
    labels = {"open": _("To take up"), "past": _("Past")}
    return [
        Tab(
            label,
            found.filters.but(state=state, theme="", track=""),
            found.filters.state == state,
            found.counts[state],
        )
        for state, label in labels.items()
    ]


def track_tabs(found: Board) -> list[Tab]:
    labels = {"": _("All"), **{track.value: track.label for track in Challenge.Track}}
    return [
        Tab(str(label), found.filters.but(track=track), found.filters.track == track)
        for track, label in labels.items()
    ]


def theme_tabs(found: Board) -> list[Tab]:
    chosen = found.filters.theme
    every = [Tab(_("All themes"), found.filters.but(theme=""), not chosen)]
    return every + [
        Tab(theme.name, found.filters.but(theme=theme.code), theme.code == chosen)
        for theme in found.themes
    ]
