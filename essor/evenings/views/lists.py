"""Lists of people: the file, the preview with its columns, the import, the report."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.evenings.actions.list_tickets import send_list_tickets
from essor.evenings.actions.lists import (
    EveningOver,
    NothingToImport,
    apply_list,
    drop_list,
    map_list,
    read_list,
)
from essor.evenings.doors import a_list, an_evening
from essor.evenings.forms.lists import FileForm, MappingForm
from essor.evenings.listing.compare import Comparison
from essor.evenings.listing.reading import (
    chosen,
    comparison_of,
    earlier_import,
    known_of,
    table_of,
)
from essor.evenings.listing.summary import Summary, open_words
from essor.evenings.models import Evening, ImportBatch
from essor.evenings.queries.lists import lists_of, report_of
from essor.kit import clock
from essor.kit.lists.life import ListGone
from essor.kit.once import once
from essor.kit.sheets import SheetRefused
from essor.territories.doors import HOST, door


@door(HOST, opens=(an_evening,))
def lists(request: HttpRequest, evening: Evening) -> HttpResponseBase:
    sent = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if sent else FileForm()
    if sent and form.is_valid():
        try:
            return once(
                request, lambda: address(_read(request, evening, form.cleaned_data["file"]))
            )
        except SheetRefused as refused:
            form.add_error("file", str(refused))
        except EveningOver:
            form.add_error(None, _("This evening is over: nobody is registered any more."))
    context = {"evening": evening, "form": form, "lists": lists_of(evening)}
    status = 422 if form.is_bound else 200
    return render(request, "evenings/lists.html", context, status=status)


@door(HOST, opens=(an_evening, a_list))
def one_list(request: HttpRequest, evening: Evening, batch: ImportBatch) -> HttpResponse:
    if batch.state == ImportBatch.State.APPLIED:
        context = {"evening": evening, "batch": batch, "report": report_of(batch)}
        return render(request, "evenings/list_report.html", context)
    if batch.state == ImportBatch.State.DROPPED:
        return render(request, "evenings/list_dropped.html", {"evening": evening, "batch": batch})
    comparison = comparison_of(batch, today=clock.today())
    return _preview(request, batch, comparison, _form(batch, comparison))


@door(HOST, opens=(an_evening, a_list))
@require_POST
def list_columns(request: HttpRequest, evening: Evening, batch: ImportBatch) -> HttpResponseBase:
    """Keep what the columns mean; with the button that imports, import where nothing changed."""
    if batch.state != ImportBatch.State.PREVIEW:
        return redirect(address(batch))
    comparison = comparison_of(batch, today=clock.today())
    form = _form(batch, comparison, request.POST)
    if not form.is_valid():
        return _preview(request, batch, comparison, form, status=422)
    values = form.values(batch.mapping)
    if request.POST.get("then") == "import" and not changed(batch, values):
        return _import(request, batch)
    if request.POST.get("then") == "import":
        messages.warning(request, _("You changed the columns: look once more, then import."))
    return once(request, lambda: address(map_list(batch=batch, **values, **_by(request))))


@door(HOST, opens=(an_evening, a_list))
@require_POST
def list_removal(request: HttpRequest, evening: Evening, batch: ImportBatch) -> HttpResponseBase:
    back = reverse("evenings:lists", args=[evening.territory.slug, evening.public_id])
    try:
        drop_list(batch=batch, **_by(request))
    except ListGone:
        return redirect(address(batch))
    messages.success(request, _("The list was forgotten. Nobody was imported."))
    return redirect(back)


@door(HOST, opens=(an_evening, a_list))
@require_POST
def list_tickets(request: HttpRequest, evening: Evening, batch: ImportBatch) -> HttpResponseBase:
    def act() -> str:
        people = send_list_tickets(batch=batch, **_by(request))
        messages.success(request, _("%(count)s tickets are on their way.") % {"count": people})
        return address(batch)

    return once(request, act)


def address(batch: ImportBatch) -> str:
    evening = batch.evening
    return reverse(
        "evenings:list", args=[evening.territory.slug, evening.public_id, batch.public_id]
    )


def changed(batch: ImportBatch, values: dict[str, Any]) -> bool:
    """Whether the form says something else than what the preview showed."""
    now: dict[str, Any] = batch.mapping
    columns = {str(column): key for column, key in values["columns"].items() if key}
    return bool(
        columns != now.get("columns", {})
        or values["challenges"] != now.get("challenges", {})
        or values["spheres"] != now.get("spheres", {})
        or values["all_facilitate"] != now.get("all_facilitate", False)
        or values["sheet"] != batch.table["chosen"]
    )


def _read(request: HttpRequest, evening: Evening, file: Any) -> ImportBatch:
    return read_list(evening=evening, data=file.read(), filename=file.name or "", **_by(request))


def _import(request: HttpRequest, batch: ImportBatch) -> HttpResponseBase:
    try:
        return once(request, lambda: address(apply_list(batch=batch, **_by(request))))
    except NothingToImport:
        messages.error(request, _("No line can be imported. Say which column holds the names."))
    except EveningOver:
        messages.error(request, _("This evening is over: nobody is registered any more."))
    except ListGone:
        messages.info(request, _("This list was already imported or forgotten."))
    return redirect(address(batch))


def _form(batch: ImportBatch, comparison: Comparison, data: Any = None) -> MappingForm:
    return MappingForm(
        data,
        table=table_of(batch),
        mapping=batch.mapping,
        known=known_of(batch.evening, batch.mapping),
        words=open_words(comparison),
        sheets=[sheet["name"] for sheet in batch.table["sheets"]],
        chosen=batch.table["chosen"],
    )


def _preview(
    request: HttpRequest,
    batch: ImportBatch,
    comparison: Comparison,
    form: MappingForm,
    status: int = 200,
) -> HttpResponse:
    table = table_of(batch)
    context = {
        "evening": batch.evening,
        "batch": batch,
        "form": form,
        "service": chosen(batch)["service"],
        "has_titles": table.header_line is not None,
        "summary": Summary(comparison),
        "counts": comparison.counts,
        "seats_left": comparison.seats_left,
        "earlier": earlier_import(batch),
    }
    return render(request, "evenings/list_preview.html", context, status=status)


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.visitor.person, "at": clock.now()}  # type: ignore[attr-defined]
