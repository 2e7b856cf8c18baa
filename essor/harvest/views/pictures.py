"""Photographs of post-its and paper sheets, typed beside the picture by one person at a time."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.harvest.actions.lists import HarvestOver, NothingToBring, TooManyLines, read_paste
from essor.harvest.actions.sources import add_picture, lay_picture_aside, take_up_picture
from essor.harvest.doors import SCOUTS, a_harvest, a_picture, a_source
from essor.harvest.forms.bringing import LinesForm, PicturesForm
from essor.harvest.models import Harvest, Picture, Source
from essor.harvest.views.sources import by, list_address, source_address, source_page
from essor.kit.files import served
from essor.kit.once import once
from essor.kit.photos import NotAPhoto, Photo, TooHeavy, TooManyPixels, clean_photo
from essor.territories.doors import door

MOST_AT_ONCE = 20


@door(*SCOUTS, opens=(a_harvest, a_source))
@require_POST
def pictures(request: HttpRequest, harvest: Harvest, source: Source) -> HttpResponseBase:
    """Keep photographs of paper; one that cannot be read keeps none of them out."""
    form = PicturesForm(request.POST, request.FILES)
    sent = request.FILES.getlist("photos")[:MOST_AT_ONCE]
    if form.is_valid():
        photos = [photo for photo in (_clean(file, form) for file in sent) if photo]
        if photos:
            return once(request, lambda: _keep(request, source, photos))
    return source_page(request, source, pictures_form=form, status=422)


def _keep(request: HttpRequest, source: Source, photos: list[Photo]) -> str:
    for photo in photos:
        add_picture(source=source, photo=photo, **by(request))
    return source_address(source) + "#pictures"


def _clean(file: Any, form: PicturesForm) -> Photo | None:
    try:
        return clean_photo(file, size=file.size)
    except NotAPhoto:
        words = _("%(name)s is not a photograph that we can read: send a JPEG, PNG or WebP.")
    except TooHeavy:
        words = _("%(name)s is heavier than 15 MB: send it smaller.")
    except TooManyPixels:
        words = _("%(name)s has too many pixels: send it smaller.")
    form.add_error("photos", words % {"name": file.name})
    return None


@door(*SCOUTS, opens=(a_harvest, a_picture))
def picture(request: HttpRequest, harvest: Harvest, picture: Picture) -> HttpResponseBase:
    """The picture with the lines beside it; who types it is said before anybody begins."""
    form = LinesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _read(request, picture, form))
        except NothingToBring:
            form.add_error("text", _("Type or paste at least one line."))
        except TooManyLines:
            form.add_error("text", _("These are more lines than a picture holds."))
        except HarvestOver:
            form.add_error(None, _("This harvest is closed: open it again to bring ideas in."))
    me = request.rights.person  # type: ignore[attr-defined]
    mine = me is not None and picture.typed_by_id == me.pk
    context = {"harvest": harvest, "picture": picture, "form": form, "mine": mine}
    status = 422 if form.errors else 200
    return render(request, "harvest/picture.html", context, status=status)


def _read(request: HttpRequest, picture: Picture, form: LinesForm) -> str:
    source = picture.source or Source(harvest=picture.harvest)
    source.harvest = picture.harvest
    many = read_paste(source=source, text=form.cleaned_data["text"], picture=picture, **by(request))
    return list_address(many)


@door(*SCOUTS, opens=(a_harvest, a_picture))
@require_POST
def hands(request: HttpRequest, harvest: Harvest, picture: Picture) -> HttpResponseBase:
    """I type this one; or nobody needs to."""
    if request.POST.get("do") == "aside":
        lay_picture_aside(picture=picture, **by(request))
        messages.success(request, _("Set aside. The picture is kept."))
        return redirect(source_address(picture.source) if picture.source else _address(picture))
    take_up_picture(picture=picture, **by(request))
    return redirect(_address(picture))


@door(*SCOUTS, opens=(a_harvest, a_picture))
def picture_file(request: HttpRequest, harvest: Harvest, picture: Picture) -> FileResponse:
    return served(
        picture.file,
        content_type="image/jpeg",
        filename=f"{picture.public_id}.jpg",
        inline=True,
    )


def _address(picture: Picture) -> str:
    harvest = picture.harvest
    return reverse(
        "harvest:picture", args=[harvest.territory.slug, harvest.public_id, picture.public_id]
    )
