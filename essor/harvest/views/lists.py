"""Lists of ideas: the file, the preview with its columns, bringing in, the report."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.harvest.actions.bringing_in import bring_in
from essor.harvest.actions.lists import HarvestOver, NothingToBring, drop_list, map_list, read_file
from essor.harvest.bringing.compare import BAD, KNOWN, compared
from essor.harvest.doors import SCOUTS, a_harvest, a_list
from essor.harvest.forms.bringing import IdeaFileForm, MappingForm
from essor.harvest.models import Harvest, IdeaList
from essor.harvest.views.harvests import address_of
from essor.harvest.views.sources import by, list_address, sources_page
from essor.kit.lists.life import ListGone
from essor.kit.once import once
from essor.kit.sheets import SheetRefused
from essor.territories.doors import door

SHOWN = 200


@door(*SCOUTS, opens=(a_harvest,))
@require_POST
def lists(request: HttpRequest, harvest: Harvest) -> HttpResponseBase:
    """A spreadsheet, read for its preview."""
    form = IdeaFileForm(harvest, request.POST, request.FILES)
    if form.is_valid():
        try:
            return once(request, lambda: _read(request, harvest, form))
        except SheetRefused as refused:
            form.add_error("file", str(refused))
        except HarvestOver:
            form.add_error(None, _("This harvest is closed: open it again to bring ideas in."))
    return sources_page(request, harvest, file_form=form, status=422)


def _read(request: HttpRequest, harvest: Harvest, form: IdeaFileForm) -> str:
    file = form.cleaned_data["file"]
    many = read_file(
        harvest=harvest,
        source=form.cleaned_data["source"],
        data=file.read(),
        filename=file.name or "",
        **by(request),
    )
    return list_address(many)


@door(*SCOUTS, opens=(a_harvest, a_list))
def one_list(request: HttpRequest, harvest: Harvest, lines: IdeaList) -> HttpResponseBase:
    """What will come in; afterwards, what came in."""
    if lines.state == IdeaList.State.PREVIEW:
        return _preview(request, lines, MappingForm(lines))
    return render(request, "harvest/list_report.html", {"harvest": harvest, "many": lines})


@door(*SCOUTS, opens=(a_harvest, a_list))
@require_POST
def arrival(request: HttpRequest, harvest: Harvest, lines: IdeaList) -> HttpResponseBase:
    """Keep what the columns mean; with the button that brings in, bring in what was shown."""
    if lines.state != IdeaList.State.PREVIEW:
        return redirect(list_address(lines))
    form = MappingForm(lines, request.POST)
    if not form.is_valid():
        return _preview(request, lines, form, status=422)
    same_columns = _says_the_same(lines, form.values)

    def act() -> str:
        mapped = map_list(many=lines, **form.values, **by(request))
        if request.POST.get("then") == "bring" and same_columns:
            bring_in(many=mapped, **by(request))
        elif request.POST.get("then") == "bring":
            messages.warning(request, _("You changed the columns: look once more."))
        return list_address(lines)

    try:
        return once(request, act)
    except NothingToBring:
        messages.error(request, _("No line can come in. Say which column holds the ideas."))
    except HarvestOver:
        messages.error(request, _("This harvest is closed: open it again to bring ideas in."))
    except ListGone:
        messages.info(request, _("This list was brought in or forgotten meanwhile."))
    return redirect(list_address(lines))


def _says_the_same(many: IdeaList, values: dict[str, Any]) -> bool:
    """Whether the preview that was looked at is of these columns."""
    columns = {str(at): kind for at, kind in values["columns"].items() if kind}
    shown = many.mapping.get("columns", {})
    return bool(columns == shown and values["sheet"] == many.table.get("chosen", 0))


@door(*SCOUTS, opens=(a_harvest, a_list))
@require_POST
def removal(request: HttpRequest, harvest: Harvest, lines: IdeaList) -> HttpResponseBase:
    try:
        drop_list(many=lines, **by(request))
    except ListGone:
        return redirect(list_address(lines))
    messages.success(request, _("The list was forgotten. Nothing came in."))
    return redirect(address_of(harvest, "sources"))


def _preview(
    request: HttpRequest, many: IdeaList, form: MappingForm, status: int = 200
) -> HttpResponseBase:
    comparison = compared(many)
    ready = bool(many.mapping.get("columns")) or "lines" in many.table
    context = {
        "harvest": many.harvest,
        "many": many,
        "form": form,
        "comparison": comparison,
        "chosen": "idea" in many.mapping.get("columns", {}).values() or "lines" in many.table,
        "titled": "lines" in many.table or many.table["sheets"][many.table["chosen"]]["titled"],
        "ready": ready,
        "shown": [each for each in comparison.verdicts if each.kind not in (BAD, KNOWN)][:SHOWN],
        "bad": comparison.of(BAD)[:SHOWN],
    }
    return render(request, "harvest/list_preview.html", context, status=status)
