"""Writing a table's sheet: step by step, photographs, the choice between two texts, handing in."""

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.evenings.actions.tables import hand_in_table, sheet_of_table
from essor.evenings.doors import a_photo, a_table, a_variant, an_evening
from essor.evenings.forms.sheets import StepForm
from essor.evenings.forms.tables import HandInForm, IdeaForm, PhotoForm
from essor.evenings.hall import hall_of
from essor.evenings.models import Evening, Table
from essor.evenings.queries.tables import challenges_of
from essor.evenings.table_rules import at_the_table
from essor.evenings.timer import timer_of
from essor.evenings.views.tables import phone_page, table_address
from essor.kit import clock
from essor.kit.once import once
from essor.kit.photos import NotAPhoto, TooHeavy, TooManyPixels, clean_photo, store_photo
from essor.projects.actions.projects import EmptySheet, first_line
from essor.projects.actions.sheets import (
    KEEP_BOTH,
    KEEP_THEIRS,
    TAKE_MINE,
    AlreadySettled,
    TextTooLong,
    TooManyPhotos,
    add_photo,
    mark_of,
    save_sheet,
    settle_variant,
)
from essor.projects.models import LONGEST_TEXT, SHEET_FIELDS, Sheet, SheetPhoto, SheetVariant
from essor.projects.sheet_words import FIELDS, STEPS, Step, after, answers_of, step_of, step_with
from essor.territories.doors import FACILITATOR, HOST, door

at_table = door(HOST, FACILITATOR, opens=(an_evening, a_table), own=at_the_table)


def origin_of(evening: Evening, table: Table) -> str:
    """Where the project was born, in words, for as long as its table is known."""
    return _("Table %(number)s, %(evening)s") % {"number": table.number, "evening": evening.name}


@at_table
def step(request: HttpRequest, evening: Evening, table: Table, step: str) -> HttpResponseBase:
    """One step of the sheet. Scripts save one field at a time and get the sheet's state back."""
    words = step_of(step)
    if words is None:
        raise Http404
    sheet = table.project.sheet if table.project else None
    form = StepForm(request.POST or None, step=words, sheet=sheet)
    if request.method == "POST" and form.is_valid():
        try:
            answer = once(request, lambda: _save(request, evening, table, form))
            return _state(table) if _wants_state(request) else answer
        except TextTooLong as long:
            form.add_error(long.field, _too_long())
    if request.method == "POST" and _wants_state(request):
        return JsonResponse({"errors": form.errors}, status=422)
    status = 422 if form.errors else 200
    return _step_page(request, evening, table, words, form, status=status)


def _wants_state(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _too_long() -> str:
    return _("This text is too long: %(most)s characters at most.") % {"most": LONGEST_TEXT}


def _save(request: HttpRequest, evening: Evening, table: Table, form: StepForm) -> str:
    by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
    project = sheet_of_table(table=table, origin=origin_of(evening, table), by=by, at=at)
    saved = save_sheet(
        sheet=project.sheet, texts=form.texts, marks=form.marks, room=evening.room, by=by, at=at
    )
    if saved.disputed:
        return table_address(evening, table, "sheet", form.step.key) + "#two-texts"
    following = after(form.step)
    if following is None:
        return table_address(evening, table, "handing_in")
    return table_address(evening, table, "sheet", following.key)


def _state(table: Table) -> JsonResponse:
    """What is kept now: each field with its mark, and where two texts wait for a choice."""
    sheet = Sheet.objects.filter(project__table=table).first()
    texts = {field.name: getattr(sheet, field.name, "") for field in FIELDS}
    waiting = sheet.variants.filter(settled_at=None) if sheet else []
    return JsonResponse(
        {
            "fields": {name: {"text": text, "mark": mark_of(text)} for name, text in texts.items()},
            "filled": sheet.filled if sheet else 0,
            "disputed": sorted({variant.field for variant in waiting}),
        }
    )


def _step_page(
    request: HttpRequest,
    evening: Evening,
    table: Table,
    words: Step,
    form: StepForm,
    *,
    status: int,
) -> HttpResponse:
    sheet = table.project.sheet if table.project else None
    names = {field.name for field in words.fields}
    variants = list(sheet.variants.filter(settled_at=None, field__in=names)) if sheet else []
    context = {
        "evening": evening,
        "table": table,
        "step": words,
        "steps": STEPS,
        "next": after(words),
        "form": form,
        "fields": [form[field.name] for field in words.fields],
        "marks": [form[f"mark-{field.name}"] for field in words.fields],
        "variants": [
            (each, form[each.field].label, getattr(sheet, each.field)) for each in variants
        ],
        "filled": sheet.filled if sheet else 0,
        "of": len(SHEET_FIELDS),
        **hall_of(evening),
        "challenges": challenges_of(table),
    }
    return render(request, "evenings/sheet.html", context, status=status)


@door(HOST, FACILITATOR, opens=(an_evening, a_table, a_variant), own=at_the_table)
@require_POST
def settlement(
    request: HttpRequest, evening: Evening, table: Table, variant: SheetVariant
) -> HttpResponse:
    """Choose between two texts that two phones wrote for one field."""
    words = step_with(variant.field)
    choice = request.POST.get("choice", "")
    if choice not in {KEEP_THEIRS, TAKE_MINE, KEEP_BOTH}:
        form = StepForm(step=words, sheet=variant.sheet)
        return _step_page(request, evening, table, words, form, status=422)
    back = table_address(evening, table, "sheet", words.key)

    def act() -> str:
        by = request.visitor.person  # type: ignore[attr-defined]
        settle_variant(variant=variant, choice=choice, room=evening.room, by=by, at=clock.now())
        return back

    try:
        return once(request, act)
    except AlreadySettled:
        messages.info(request, _("Somebody else chose meanwhile: this is what the sheet says now."))
        return once(request, lambda: back)


@at_table
@require_POST
def photos(request: HttpRequest, evening: Evening, table: Table) -> HttpResponse:
    """A photograph of the paper sheet; what is not one is refused with the way to do it right."""
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        trouble = ""
        try:
            return once(request, lambda: _keep_photo(request, evening, table, form))
        except NotAPhoto:
            trouble = _(
                "This file is not a photograph we can read. Send a JPEG, PNG or WebP image."
            )
        except TooManyPixels as large:
            trouble = _(
                "This photograph has %(mega)s million pixels; 25 is the most. "
                "Choose the camera's normal size and take it again."
            ) % {"mega": large.megapixels}
        except TooHeavy:
            trouble = _("This file is heavier than 15 MB. Choose the camera's normal size.")
        except TooManyPhotos:
            trouble = _("Twelve photographs are kept already: that should do.")
        form.add_error("photo", trouble)
    return phone_page(request, evening, table, idea=IdeaForm(), photo=form, status=422)


def _keep_photo(request: HttpRequest, evening: Evening, table: Table, form: PhotoForm) -> str:
    by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
    sent = form.cleaned_data["photo"]
    photo = clean_photo(sent, size=sent.size)
    project = sheet_of_table(table=table, origin=origin_of(evening, table), by=by, at=at)
    add_photo(
        sheet=project.sheet,
        file=store_photo(photo, folder="sheets"),
        width=photo.width,
        height=photo.height,
        room=evening.room,
        by=by,
        at=at,
    )
    return table_address(evening, table, "phone") + "#photos"


@door(HOST, FACILITATOR, opens=(an_evening, a_table, a_photo), own=at_the_table)
def photo(
    request: HttpRequest, evening: Evening, table: Table, photo: SheetPhoto
) -> HttpResponseBase:
    """A photograph of this table's paper sheet, as a file of its own, for the table and the team."""
    if not default_storage.exists(photo.file):
        raise Http404
    response = FileResponse(
        default_storage.open(photo.file),
        as_attachment=True,
        filename=f"table-{table.number}-{photo.public_id}.jpg",
        content_type="image/jpeg",
    )
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@at_table
def handing_in(request: HttpRequest, evening: Evening, table: Table) -> HttpResponse:
    """Read the sheet again, name it, hand it in: it becomes a project with its address for life."""
    sheet = table.project.sheet if table.project else None
    initial = {"title": first_line(sheet.proposal or sheet.dream)[:200] if sheet else ""}
    form = HandInForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _hand_in(request, evening, table, form))
        except EmptySheet:
            form.add_error(
                None,
                _("The sheet is still empty: write a first sentence, or photograph the paper."),
            )
    return _handing_in_page(request, evening, table, sheet, form)


def _hand_in(request: HttpRequest, evening: Evening, table: Table, form: HandInForm) -> str:
    by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
    title, origin = form.cleaned_data["title"], origin_of(evening, table)
    hand_in_table(table=table, title=title, origin=origin, by=by, at=at)
    return table_address(evening, table, "phone")


def _handing_in_page(
    request: HttpRequest, evening: Evening, table: Table, sheet: Sheet | None, form: HandInForm
) -> HttpResponse:
    context: dict[str, Any] = {
        "evening": evening,
        "table": table,
        "form": form,
        "answers": answers_of(sheet),
        "blank": [f for f in FIELDS if f.name in SHEET_FIELDS and not getattr(sheet, f.name, "")],
        "photos": list(sheet.photos.all()) if sheet else [],
        "disputed": sheet.variants.filter(settled_at=None).exists() if sheet else False,
        "timer": timer_of(evening, clock.now()),
    }
    return render(request, "evenings/handing_in.html", context, status=422 if form.errors else 200)
