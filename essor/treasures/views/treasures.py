"""Writing a treasure down, its page, confirming it, describing it anew, its end."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import resolve
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from essor.kit import clock
from essor.kit.limits import TooOften
from essor.kit.once import once
from essor.kit.rewording import WrittenMeanwhile
from essor.ledger.kept import kept
from essor.territories.doors import door
from essor.treasures.actions.remarks import (
    NothingCorrected,
    changes_between,
    propose_correction,
)
from essor.treasures.actions.treasures import (
    NotShown,
    change_treasure,
    confirm_treasure,
    end_treasure,
    restore_treasure,
)
from essor.treasures.doors import a_treasure
from essor.treasures.forms.treasures import ConfirmationForm, KeeperForm, TreasureForm, initial_of
from essor.treasures.keeping import by, keep, remember, spend_remark
from essor.treasures.letters import page_of
from essor.treasures.models import Correction, Treasure
from essor.treasures.queries.care import one_treasure
from essor.treasures.rules import KEEPERS, is_public, keeps_treasure
from essor.treasures.sentences import told


@kept
@door()
@never_cache
def new(request: HttpRequest) -> HttpResponseBase:
    """Anybody writes a treasure down, without an account."""
    posted = request.POST if request.method == "POST" else None
    territory = request.territory  # type: ignore[attr-defined]
    form, keeper = TreasureForm(territory, posted), KeeperForm(posted)
    if posted is None:
        form.initial.update({name: request.GET.get(name, "") for name in ("kind", "sphere")})
        form.initial["themes"] = request.GET.getlist("theme")
    if posted is not None and form.is_valid() and keeper.is_valid():
        try:
            answer = once(request, lambda: page_of(keep(request, territory, form.said, keeper)))
        except TooOften:
            form.add_error(None, _("That is a lot at once: nothing is lost, send it in a while."))
        else:
            return _remembered(request, answer)
    return _form_page(request, "treasures/new.html", form, keeper=keeper)


def _remembered(request: HttpRequest, answer: Any) -> HttpResponseBase:
    """A form sent twice may come back without the cookie of its first answer: its key proves it."""
    key = resolve(answer.url).kwargs["treasure"]
    treasure = Treasure.objects.select_related("keeper").filter(public_id=key).first()
    if treasure is not None:
        remember(request, treasure)
        if treasure.state == Treasure.State.WAITING:
            messages.info(request, _("Kept. It holds a web address: the team looks at it first."))
        else:
            messages.success(request, _("Thank you: one more treasure of the territory is known."))
    return answer  # type: ignore[no-any-return]


@kept
@door(opens=(a_treasure,))
def treasure(request: HttpRequest, treasure: Treasure) -> HttpResponse:
    """What it is, where, who confirmed it, where it is known from."""
    rights = request.rights  # type: ignore[attr-defined]
    told_of = one_treasure(treasure)
    context = told_of | {
        "treasure": treasure,
        "corrections": [(each, told(each)) for each in told_of["corrections"]],
        "at": clock.now(),
        "public": is_public(treasure),
        "mine": keeps_treasure(rights, treasure=treasure),
        "may_edit": _may_edit(request, treasure),
        "form": ConfirmationForm(),
    }
    return render(request, "treasures/treasure.html", context)


def _may_edit(request: HttpRequest, treasure: Treasure) -> bool:
    rights = request.rights  # type: ignore[attr-defined]
    return rights.any_of(*KEEPERS) or keeps_treasure(rights, treasure=treasure)


@door(opens=(a_treasure,))
@require_POST
def confirmation(request: HttpRequest, treasure: Treasure) -> HttpResponseBase:
    """It is still so; perhaps what it served for."""
    form = ConfirmationForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Keep it shorter: a sentence is enough."))
        return redirect(page_of(treasure))
    visitor = request.visitor  # type: ignore[attr-defined]

    def act() -> str:
        device = spend_remark(request, treasure.territory)
        confirm_treasure(
            treasure=treasure, person=visitor.recognised, device=device, **form.cleaned_data,
            **by(request),
        )  # fmt: skip
        messages.success(request, _("Thank you: others now see that it is still so."))
        return page_of(treasure)

    try:
        return once(request, act)
    except (NotShown, TooOften):
        messages.info(request, _("It cannot be confirmed now."))
    return redirect(page_of(treasure))


@door(opens=(a_treasure,))
@never_cache
def correction(request: HttpRequest, treasure: Treasure) -> HttpResponseBase:
    """The keeper and the team describe it anew; anybody else proposes it."""
    posted = request.POST if request.method == "POST" else None
    form = TreasureForm(treasure.territory, posted, treasure=treasure)
    if posted is not None and form.is_valid():
        try:
            return once(request, lambda: _corrected(request, treasure, form))
        except WrittenMeanwhile as news:
            form.tell(news)
        except NothingCorrected:
            form.add_error(None, _("Nothing is different yet: change what is wrong."))
        except TooOften:
            form.add_error(None, _("That is a lot at once: nothing is lost, send it in a while."))
    may_edit = _may_edit(request, treasure)
    return _form_page(
        request, "treasures/correction.html", form, treasure=treasure, may_edit=may_edit
    )


def _corrected(request: HttpRequest, treasure: Treasure, form: TreasureForm) -> str:
    said, keeps_point = form.said, form.keeps_point
    if _may_edit(request, treasure):
        form.look_again(treasure, initial_of)
        change_treasure(treasure=treasure, said=said, keeps_point=keeps_point, **by(request))
        messages.success(request, _("Changed. It counts as confirmed today."))
        return page_of(treasure)
    device = spend_remark(request, treasure.territory)
    propose_correction(
        treasure=treasure,
        reason=Correction.Reason.WRONG,
        words="",
        changes=changes_between(treasure, said, keeps_point=keeps_point),
        person=request.visitor.recognised,  # type: ignore[attr-defined]
        device=device,
        **by(request),
    )
    messages.success(request, _("Thank you. The team looks at your correction."))
    return page_of(treasure)


@door(*KEEPERS, opens=(a_treasure,), own=keeps_treasure)
@require_POST
def ending(request: HttpRequest, treasure: Treasure) -> HttpResponseBase:
    """It is no longer there, or there again."""

    def act() -> str:
        again = request.POST.get("do") == "back"
        (restore_treasure if again else end_treasure)(treasure=treasure, **by(request))
        return page_of(treasure)

    try:
        return once(request, act)
    except NotShown:
        messages.info(request, _("The team hides it: answer them on this page."))
    return redirect(page_of(treasure))


def _form_page(
    request: HttpRequest, template: str, form: TreasureForm, **more: Any
) -> HttpResponseBase:
    wrong = form.errors or (more.get("keeper") and more["keeper"].errors)
    return render(request, template, {"form": form, **more}, status=422 if wrong else 200)
