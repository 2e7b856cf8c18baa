"""What projects need: the territory's list, one need, answering it."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.exchanges.actions.needs import NeedEnded, NotThatMany
from essor.exchanges.doors import a_need, of_its_group
from essor.exchanges.forms.needs import BringForm, nothing_missing
from essor.exchanges.models import Need
from essor.exchanges.promising import keep_promise
from essor.exchanges.queries import needs as queries
from essor.exchanges.queries.suggestions import for_need
from essor.exchanges.views.commitment import too_often
from essor.kit import clock
from essor.kit.limits import TooOften
from essor.kit.pieces import Tab
from essor.ledger.kept import kept
from essor.projects.stage_rail import tell_stages
from essor.projects.stages import way_of
from essor.territories.doors import door

A_PAGE = 9


@kept
@door()
def needs(request: HttpRequest) -> HttpResponse:
    """Every need of the territory's projects, with filters: found like projects."""
    territory = request.territory  # type: ignore[attr-defined]
    asked = {name: request.GET.get(name, "") for name in ("show", "kind", "theme")}
    asked["show"] = asked["show"] if asked["show"] in queries.SHOWS else "open"
    themes = queries.themes_in(territory)
    if asked["theme"] not in {each.code for each in themes}:
        asked["theme"] = ""
    found = queries.needs_of(territory, **asked)
    context = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "tabs": [
            Tab(str(label), _address(asked, show=key), current=key == asked["show"])
            for key, label in queries.SHOWS.items()
        ],
        "kinds": _kinds(asked, queries.kinds_in(territory, asked["show"])),
        "themes": [
            Tab(each.name, _address(asked, theme=each.code), current=each.code == asked["theme"])
            for each in themes
        ],
        "any_kind": _address(asked, kind=""),
        "any_theme": _address(asked, theme=""),
        "query": _address(asked)[1:] + "&",
        "today": clock.today(),
    }
    return render(request, "exchanges/needs.html", context)


def _address(asked: dict[str, str], **other: str) -> str:
    """The list with one filter changed; the others stay."""
    return "?" + urlencode({key: value for key, value in {**asked, **other}.items() if value})


def _kinds(asked: dict[str, str], here: set[str]) -> list[Tab]:
    return [
        Tab(str(kind.label), _address(asked, kind=kind.value), current=kind == asked["kind"])
        for kind in Need.Kind
        if kind in here or kind == asked["kind"]
    ]


@kept
@door(opens=(a_need,))
def need(request: HttpRequest, need: Need) -> HttpResponse:
    """One need, at its address for life; the group and the hosts see who promised."""
    rights = request.rights  # type: ignore[attr-defined]
    steers = rights.is_host or of_its_group(rights, need=need)
    promised = need.commitments.select_related("person").order_by("created_at", "id")
    tell_stages([need.project], way_of(need.territory))
    need.brought = queries.with_brought(Need.objects.filter(pk=need.pk)).get().brought  # type: ignore[attr-defined]
    context = {
        "need": need,
        "others": queries.beside(need),
        "steers": steers,
        "promised": list(promised) if steers else [],
        "suggested": for_need(need, promises=rights.is_host) if steers else [],
        "today": clock.today(),
    }
    return render(request, "exchanges/need.html", context)


@kept
@door(opens=(a_need,))
def answer(request: HttpRequest, need: Need) -> HttpResponse:
    """ "I bring": a promise of a part of it, or of all, without an account."""
    known = request.visitor.recognised  # type: ignore[attr-defined]
    initial = {"units": 1 if need.left is None else min(need.left, 1)}
    form = BringForm(request.POST or None, need=need, known=known, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return keep_promise(
                request, form, territory=need.territory, project_of=lambda: need.project
            )
        except TooOften as refusal:
            form.add_error(None, too_often(refusal))
        except NotThatMany as refusal:
            need.refresh_from_db()
            form.add_too_many(refusal.left)
        except NeedEnded:
            need.refresh_from_db()
            form.add_error(None, nothing_missing())
    status = 422 if form.is_bound else 200
    return render(request, "exchanges/bring.html", {"need": need, "form": form}, status=status)
