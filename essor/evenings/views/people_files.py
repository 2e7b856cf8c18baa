"""Files of people to take out: the participants, the lines that an import left out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from essor.evenings.doors import a_list, an_evening
from essor.evenings.listing.problems import Problem
from essor.evenings.listing.reading import chosen
from essor.evenings.models import Evening, ImportBatch
from essor.evenings.queries.people_file import people_file as people_of
from essor.kit.sheets import as_csv, as_xlsx
from essor.territories.doors import DOOR, FACILITATOR, HOST, door

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door(HOST, DOOR, FACILITATOR, opens=(an_evening,))
def people_file(request: HttpRequest, evening: Evening, kind: str) -> HttpResponse:
    made = people_of(evening, request.rights.roles)  # type: ignore[attr-defined]
    name = f"{slugify(evening.name)}-{evening.date or ''}"
    if kind == "csv":
        return _download(as_csv(made.header, made.lines), f"{name}.csv", "text/csv; charset=utf-8")
    if kind == "xlsx":
        return _download(as_xlsx(made.header, made.lines, title=_("People")), f"{name}.xlsx", XLSX)
    raise Http404


@door(HOST, opens=(an_evening, a_list))
def list_left(request: HttpRequest, evening: Evening, batch: ImportBatch) -> HttpResponse:
    """The lines that were left out with the reason, to correct and import again."""
    left = batch.result.get("left", [])
    reasons = {
        entry["line"]: " ".join(
            str(Problem(kept["kind"], kept["code"], kept["values"]))
            for kept in entry.get("problems", [])
        )
        for entry in batch.result.get("lines", [])
    }
    titles = chosen(batch)["header"] if batch.table else []
    header = [*titles, _("Line of your file"), _("Why it was left out")]
    lines = [[*each["cells"], each["line"], reasons.get(each["line"], "")] for each in left]
    data = as_xlsx(header, lines, title=_("Left out"))
    return _download(data, f"{slugify(batch.filename)}-{_('left-out')}.xlsx", XLSX)


def _download(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
