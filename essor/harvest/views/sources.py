"""Where ideas were said, and typing what was said there: one line an idea."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.harvest.actions.lists import (
    HarvestOver,
    NothingToBring,
    TooManyLines,
    read_paste,
)
from essor.harvest.actions.sources import add_source
from essor.harvest.bringing.lines import MOST_LINES
from essor.harvest.doors import SCOUTS, a_harvest, a_source
from essor.harvest.forms.bringing import IdeaFileForm, LinesForm, PicturesForm, SourceForm
from essor.harvest.models import Harvest, IdeaList, Source
from essor.harvest.queries.lists import lists_of, pictures_to_type, sources_of
from essor.harvest.rules import team_may_add
from essor.kit import clock
from essor.kit.once import once
from essor.territories.doors import door


@door(*SCOUTS, opens=(a_harvest,))
def sources(request: HttpRequest, harvest: Harvest) -> HttpResponseBase:
    """Every way to bring many ideas in, beginning with where they were said."""
    form = SourceForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        source = add_source(harvest=harvest, said_at=form.said_at, **by(request))
        return source_address(source)

    if request.method == "POST" and form.is_valid():
        return once(request, act)
    return sources_page(request, harvest, source_form=form, status=422 if form.errors else 200)


def sources_page(
    request: HttpRequest, harvest: Harvest, *, status: int = 200, **forms: Any
) -> HttpResponseBase:
    context = {
        "harvest": harvest,
        "sources": list(sources_of(harvest)),
        "lists": lists_of(harvest),
        "source_form": SourceForm(),
        "file_form": IdeaFileForm(harvest),
        "may_add": team_may_add(harvest),
        **forms,
    }
    return render(request, "harvest/sources.html", context, status=status)


@door(*SCOUTS, opens=(a_harvest, a_source))
def source(request: HttpRequest, harvest: Harvest, source: Source) -> HttpResponseBase:
    """Typing mode, a paste, or photographs; the next page shows what will come in."""
    form = LinesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _read(request, source, form))
        except NothingToBring:
            form.add_error("text", _("Type or paste at least one line."))
        except TooManyLines as refused:
            words = _("These are %(count)s lines: bring in %(most)s at a time.")
            form.add_error("text", words % {"count": refused.lines, "most": MOST_LINES})
        except HarvestOver:
            form.add_error(None, _("This harvest is closed: open it again to bring ideas in."))
    return source_page(request, source, form=form, status=422 if form.errors else 200)


def source_page(
    request: HttpRequest, source: Source, *, status: int = 200, **forms: Any
) -> HttpResponseBase:
    harvest = source.harvest
    context = {
        "harvest": harvest,
        "source": source,
        "form": LinesForm(),
        "pictures_form": PicturesForm(),
        "pictures": list(pictures_to_type(harvest).filter(source=source)),
        "idea_count": source.ideas.count(),
        "may_add": team_may_add(harvest),
        **forms,
    }
    return render(request, "harvest/source.html", context, status=status)


def _read(request: HttpRequest, source: Source, form: LinesForm) -> str:
    many = read_paste(source=source, text=form.cleaned_data["text"], **by(request))
    return list_address(many)


def source_address(source: Source) -> str:
    harvest = source.harvest
    return reverse(
        "harvest:source", args=[harvest.territory.slug, harvest.public_id, source.public_id]
    )


def list_address(many: IdeaList, page: str = "list") -> str:
    harvest = many.harvest
    return reverse(
        f"harvest:{page}", args=[harvest.territory.slug, harvest.public_id, many.public_id]
    )


def by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.rights.person, "at": clock.now()}  # type: ignore[attr-defined]
