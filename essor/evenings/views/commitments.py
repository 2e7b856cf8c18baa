"""Committing at an evening: to one's table's project, another table's, or the territory."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from essor.evenings.actions.tables import sheet_of_table
from essor.evenings.doors import an_evening, find_table
from essor.evenings.models import Evening, Registration, Table
from essor.evenings.views.here import my_registration, table_of
from essor.evenings.views.sheets import origin_of
from essor.exchanges.forms.commitments import CommitmentForm
from essor.exchanges.promising import keep_promise
from essor.exchanges.views.commitment import promise_page, too_often
from essor.kit import clock
from essor.kit.limits import TooOften
from essor.people.models import Person
from essor.people.text import folded
from essor.projects.models import Project
from essor.territories.doors import door


@door(opens=(an_evening,))
def commitment(request: HttpRequest, evening: Evening) -> HttpResponse:
    """The page "I commit" of an evening, without an account."""
    registration = my_registration(request, evening)
    known = registration.person if registration else request.visitor.recognised  # type: ignore[attr-defined]
    form = CommitmentForm(
        request.POST or None, targets=_targets(evening, request.POST.get("to", "")), known=known
    )
    if request.method == "POST" and form.is_valid():
        table = find_table(request.rights, evening, form.cleaned_data["to"])  # type: ignore[attr-defined]
        try:
            return keep_promise(
                request,
                form,
                territory=evening.territory,
                project_of=lambda: _project(evening, table),
                origin=evening.room,
                twin=lambda first_name, email: _twin(evening, first_name, email),
            )
        except TooOften as refusal:
            form.add_error(None, too_often(refusal))
    form.offer(_targets(evening))
    wanted = find_table(request.rights, evening, request.GET.get("table", ""))  # type: ignore[attr-defined]
    wanted = wanted or table_of(registration)
    form.initial["to"] = wanted.public_id if wanted else ""
    return promise_page(request, form, evening=evening, table=wanted)


def _targets(evening: Evening, only: str | None = None) -> list[tuple[str, str]]:
    """The territory and the tables to choose from; ``only`` the one that was sent, to check it."""
    tables = evening.tables.prefetch_related("challenges").order_by("number")
    found = tables if only is None else tables.filter(public_id=only)
    named = [(table.public_id, table_in_words(table)) for table in (found if only != "" else [])]
    return [("", _("to the territory: where it is most useful")), *named]


def table_in_words(table: Table) -> str:
    """``Table 12: Consigne du verre``; challenges must have been fetched."""
    challenges = " + ".join(challenge.short for challenge in table.challenges.all())
    words = _("Table %(number)s") % {"number": table.number}
    return f"{words} · {challenges}" if challenges else words


def _project(evening: Evening, table: Table | None) -> Project | None:
    """The table's project; its sheet is opened where nobody has begun to write it yet."""
    if table is None:
        return None
    table.evening = evening
    return sheet_of_table(table=table, origin=origin_of(evening, table), by=None, at=clock.now())


def _twin(evening: Evening, first_name: str, email: str) -> Person | None:
    """Whoever registered for this evening under the same first name and address.

    It opens nothing to the browser that says so: the promise is kept under that person, who hears
    of it by mail and may release it.
    """
    found = Registration.objects.filter(evening=evening, person__email=email).exclude(
        state__in=[Registration.State.CANCELLED, Registration.State.TWIN]
    )
    names = {
        folded(each.person.first_name): each.person
        for each in found.select_related("person").order_by("id")
    }
    return names.get(folded(first_name))
