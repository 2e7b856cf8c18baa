"""Files of treasures: the file, the preview with its columns, bringing in, the report."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.kit.once import once
from essor.kit.sheets import MAX_MEGABYTES, SheetRefused
from essor.territories.doors import door
from essor.treasures.actions.lists import (
    ListGone,
    NothingToBring,
    bring_in,
    drop_list,
    map_list,
    read_file,
)
from essor.treasures.bringing.compare import BAD, CHANGED, DOUBTFUL, NEW, STAYS, compared
from essor.treasures.doors import a_list
from essor.treasures.forms.bringing import MappingForm, TreasureFileForm
from essor.treasures.keeping import by
from essor.treasures.models import TreasureList
from essor.treasures.rules import KEEPERS

SHOWN = 200


@door(*KEEPERS)
def lists(request: HttpRequest) -> HttpResponseBase:
    """A file, read for its preview; the files of before."""
    form = TreasureFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _read(request, form))
        except SheetRefused as refused:
            form.add_error("file", str(refused))
    before = TreasureList.objects.filter(territory=request.territory).exclude(  # type: ignore[attr-defined]
        state=TreasureList.State.DROPPED
    )
    context = {"form": form, "before": list(before.defer("table", "mapping")[:20])}
    return render(request, "treasures/lists.html", context, status=422 if form.errors else 200)


def _read(request: HttpRequest, form: TreasureFileForm) -> str:
    file = form.cleaned_data["file"]
    if (file.size or 0) > MAX_MEGABYTES * 1_000_000:
        raise SheetRefused("too_heavy", limit=MAX_MEGABYTES)
    many = read_file(
        territory=request.territory,  # type: ignore[attr-defined]
        data=file.read(),
        filename=file.name or "",
        **by(request),
    )
    return address_of(many)


@door(*KEEPERS, opens=(a_list,))
def one_list(request: HttpRequest, treasures: TreasureList) -> HttpResponseBase:
    """What will come in; afterwards, what came in."""
    if treasures.state == TreasureList.State.PREVIEW:
        return _preview(request, treasures, MappingForm(treasures))
    return render(request, "treasures/list_report.html", {"many": treasures})


@door(*KEEPERS, opens=(a_list,))
@require_POST
def arrival(request: HttpRequest, treasures: TreasureList) -> HttpResponseBase:
    """Keep what the columns mean; with the button that brings in, bring in what was shown."""
    if treasures.state != TreasureList.State.PREVIEW:
        return redirect(address_of(treasures))
    form = MappingForm(treasures, request.POST)
    if not form.is_valid():
        return _preview(request, treasures, form, status=422)
    shown = {name: treasures.mapping.get(name) for name in form.mapping}

    def act() -> str:
        source = form.cleaned_data["source"]
        mapped = map_list(many=treasures, mapping=form.mapping, source=source, **by(request))
        if request.POST.get("then") == "bring" and shown == form.mapping:
            bring_in(many=mapped, **by(request))
        elif request.POST.get("then") == "bring":
            messages.warning(request, _("You changed something: look once more."))
        return address_of(treasures)

    try:
        return once(request, act)
    except NothingToBring:
        messages.info(request, _("No line of this file would change anything."))
    except ListGone:
        messages.info(request, _("This list was brought in or forgotten meanwhile."))
    return redirect(address_of(treasures))


@door(*KEEPERS, opens=(a_list,))
@require_POST
def removal(request: HttpRequest, treasures: TreasureList) -> HttpResponseBase:
    try:
        drop_list(many=treasures, **by(request))
    except ListGone:
        return redirect(address_of(treasures))
    messages.success(request, _("The list was forgotten. Nothing came in."))
    return redirect(reverse("treasures:lists", args=[treasures.territory.slug]))


def _preview(
    request: HttpRequest, many: TreasureList, form: MappingForm, status: int = 200
) -> HttpResponseBase:
    comparison = compared(many)
    context = {
        "many": many,
        "form": form,
        "comparison": comparison,
        "named": "name" in many.mapping.get("columns", {}).values(),
        "shown": comparison.of(NEW, CHANGED)[:SHOWN],
        "bad": comparison.of(BAD)[:SHOWN],
        "doubts": comparison.doubts[:SHOWN],
        "stays": comparison.of(STAYS)[:SHOWN],
        "left": len(comparison.of(BAD, DOUBTFUL)),
    }
    return render(request, "treasures/list_preview.html", context, status=status)


def address_of(many: TreasureList) -> str:
    return reverse("treasures:list", args=[many.territory.slug, many.public_id])
