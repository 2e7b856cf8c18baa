"""Files of treasures: the file, the preview with its columns, coming in, the report."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.kit.lists.life import ListGone
from essor.kit.once import once
from essor.kit.progress import progress_card
from essor.kit.runs import GOING
from essor.kit.sheets import SheetRefused
from essor.territories.doors import door
from essor.treasures.actions.arrivals import NothingToBring, ask_to_bring, stop_arrival
from essor.treasures.actions.lists import drop_list, keep_file, map_list
from essor.treasures.bringing.compare import (
    BAD,
    CHANGED,
    DOUBTFUL,
    NEW,
    STAYS,
    Comparison,
    compared,
)
from essor.treasures.bringing.reading import Read, read
from essor.treasures.doors import a_list
from essor.treasures.forms.bringing import MappingForm, TreasureFileForm
from essor.treasures.jobs import bring_treasures_in
from essor.treasures.keeping import by
from essor.treasures.models import Arrival, TreasureList
from essor.treasures.rules import KEEPERS

SHOWN, UNKNOWN = 200, 20


@door(*KEEPERS)
def lists(request: HttpRequest) -> HttpResponseBase:
    """A file, read for its preview; the files of before."""
    form = TreasureFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            sent = form.cleaned_data["file"]
            file = read(
                sent.read(), name=sent.name or ""
            )  # before the transaction, which would hold everybody up meanwhile
            return once(request, lambda: _keep(request, form, file))
        except SheetRefused as refused:
            form.add_error("file", str(refused))
    before = TreasureList.objects.filter(territory=request.territory).exclude(  # type: ignore[attr-defined]
        state=TreasureList.State.DROPPED
    )
    context = {"form": form, "before": list(before.defer("table", "mapping")[:20])}
    return render(request, "treasures/lists.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, form: TreasureFileForm, file: Read) -> str:
    many = keep_file(
        territory=request.territory,  # type: ignore[attr-defined]
        file=file,
        filename=form.cleaned_data["file"].name or "",
        **by(request),
    )
    return address_of(many)


@door(*KEEPERS, opens=(a_list,))
def one_list(request: HttpRequest, treasures: TreasureList) -> HttpResponseBase:
    """What will come in; how far it is; afterwards, what came in."""
    if treasures.state == TreasureList.State.PREVIEW:
        return _preview(request, treasures, MappingForm(treasures))
    if treasures.state == TreasureList.State.COMING:
        coming = {"many": treasures, "run": _coming(treasures)}
        return render(request, "treasures/list_coming.html", coming)
    context = {"many": treasures, "partly": treasures.treasures.exists()}
    return render(request, "treasures/list_report.html", context)


@door(*KEEPERS, opens=(a_list,))
def arrival(request: HttpRequest, treasures: TreasureList) -> HttpResponseBase:
    """How far it is, polled; posted, what the columns mean, and to bring in what was shown."""
    if request.method != "POST":
        card, page = "treasures/_arrival.html", address_of(treasures)
        return progress_card(request, _coming(treasures), card, {"many": treasures}, page=page)
    if treasures.state != TreasureList.State.PREVIEW:
        return redirect(address_of(treasures))
    form = MappingForm(treasures, request.POST)
    if not form.is_valid():
        return _preview(request, treasures, form, status=422)
    shown = {name: treasures.mapping.get(name) for name in form.mapping}
    wanted = request.POST.get("then") == "bring"
    if wanted and shown != form.mapping:
        messages.warning(request, _("You changed something: look once more."))
    brings = compared(treasures) if wanted and shown == form.mapping else None
    try:
        return once(request, lambda: _map(request, treasures, form, brings))
    except NothingToBring:
        messages.info(request, _("No line of this file would change anything."))
    except ListGone:
        messages.info(request, _("This list was brought in or forgotten meanwhile."))
    return redirect(address_of(treasures))


def _map(
    request: HttpRequest, many: TreasureList, form: MappingForm, brings: Comparison | None
) -> str:
    source = form.cleaned_data["source"]
    mapped = map_list(many=many, mapping=form.mapping, source=source, **by(request))
    if brings is not None:
        coming = ask_to_bring(many=mapped, comparison=brings, **by(request))
        bring_treasures_in.enqueue(coming.public_id)
    return address_of(many)


def _coming(many: TreasureList) -> Arrival | None:
    return many.arrivals.filter(state__in=GOING).first()


@door(*KEEPERS, opens=(a_list,))
@require_POST
def arrival_end(request: HttpRequest, treasures: TreasureList) -> HttpResponseBase:
    """Stop it: what came in stays, and the list may be looked at once more."""

    def stop() -> str:
        coming = _coming(treasures)
        if coming is not None:
            coming.many = treasures
            stop_arrival(arrival=coming, **by(request))
        return address_of(treasures)

    return once(request, stop)


@door(*KEEPERS, opens=(a_list,))
@require_POST
def removal(request: HttpRequest, treasures: TreasureList) -> HttpResponseBase:
    try:
        drop_list(many=treasures, **by(request))
    except ListGone:
        return redirect(address_of(treasures))
    if treasures.treasures.exists():
        messages.success(request, _("The list was forgotten. What had come in stays."))
    else:
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
        "unknown": comparison.unknown[:UNKNOWN],
        "before": many.arrivals.first(),
    }
    return render(request, "treasures/list_preview.html", context, status=status)


def address_of(many: TreasureList) -> str:
    return reverse("treasures:list", args=[many.territory.slug, many.public_id])
