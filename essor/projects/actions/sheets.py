"""Writing a project sheet: several phones, one text; nothing that was typed is ever dropped."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.projects.models import (
    LONGEST_TEXT,
    WRITABLE_FIELDS,
    Project,
    Sheet,
    SheetPhoto,
    SheetVariant,
)
from essor.territories.models import Territory, Theme


class NoSuchField(Exception):
    """The sheet has no field of that name."""


class TextTooLong(Exception):
    """A field holds at most ``LONGEST_TEXT`` characters; ``field`` says which one is longer."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class AlreadySettled(Exception):
    """Somebody else chose between the two texts meanwhile."""


class TooManyPhotos(Exception):
    """A sheet keeps at most ``MOST_PHOTOS`` photographs."""


MOST_PHOTOS = 12
KEEP_THEIRS, TAKE_MINE, KEEP_BOTH = "theirs", "mine", "both"


@dataclass(frozen=True, slots=True)
class Saved:
    """What a saving did: fields written, and fields where two texts now wait for a choice."""

    sheet: Sheet
    written: tuple[str, ...] = ()
    disputed: tuple[str, ...] = field(default=())


def mark_of(text: str) -> str:
    """A short mark of a text as it was loaded; it tells whether somebody changed it meanwhile."""
    return hashlib.sha256(plain(text).encode()).hexdigest()[:16]


def plain(text: str) -> str:
    """The text as kept: newlines as browsers do not send them, no blanks around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


@action
def open_sheet(
    *,
    territory: Territory,
    origin: str,
    by: Named | None,
    at: datetime,
    themes: tuple[Theme, ...] = (),
    track: str = Project.Track.IMAGINE,
    room: str = "",
) -> Project:
    """Make the project, not yet published, whose sheet will be written."""
    project = Project.objects.create(
        territory=territory, origin=origin[:200], track=track, created_at=at
    )
    project.themes.set(themes)
    Sheet.objects.create(project=project)
    record(by=by, at=at, verb="sheet_opened", of=project, territory=territory, room=room)
    return project


@action
def save_sheet(
    *,
    sheet: Sheet,
    texts: Mapping[str, str],
    marks: Mapping[str, str],
    by: Named | None,
    at: datetime,
    room: str = "",
) -> Saved:
    """Write ``texts`` (by field). ``marks`` says which text each was written over.

    Phones that write different fields never disturb each other. Where the field itself changed
    meanwhile, the text there stays and the new one is kept beside it as a variant to be settled.
    Raises ``NoSuchField`` and ``TextTooLong``.
    """
    _check(texts)
    project, sheet = sheet.project, lock(sheet)
    written, disputed = [], []
    for name, raw in texts.items():
        text, current = plain(raw), getattr(sheet, name)
        if text == current:
            continue
        if marks.get(name, mark_of("")) == mark_of(current):
            setattr(sheet, name, text)
            written.append(name)
        elif text and not _is_kept(sheet, name, text):
            SheetVariant.objects.create(sheet=sheet, field=name, text=text, at=at)
            disputed.append(name)
    if not written and not disputed:
        nothing_changed()
        return Saved(sheet)
    _save(sheet, written, at)
    record(
        by=by,
        at=at,
        verb="sheet_saved",
        of=project,
        territory=project.territory,
        audience=Audience.TABLE,
        room=room,
        data={"fields": written, "disputed": disputed, "version": sheet.version},
    )
    return Saved(sheet, tuple(written), tuple(disputed))


def _check(texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        if name not in WRITABLE_FIELDS:
            raise NoSuchField(name)
        if len(plain(text)) > LONGEST_TEXT:
            raise TextTooLong(name)


def _is_kept(sheet: Sheet, name: str, text: str) -> bool:
    """A phone that sends the same text again over the same old one has it kept already."""
    return sheet.variants.filter(field=name, text=text, settled_at=None).exists()


def _save(sheet: Sheet, written: list[str], at: datetime) -> None:
    sheet.version += 1
    sheet.saved_at = at
    sheet.save(update_fields=[*written, "version", "saved_at"])


@action
def settle_variant(
    *, variant: SheetVariant, choice: str, by: Named | None, at: datetime, room: str = ""
) -> Sheet:
    """Choose between the sheet's text and ``variant``: theirs, mine, or both one after the other.

    Raises ``AlreadySettled``. What is not chosen stays in the database with the variant.
    """
    sheet = lock(variant.sheet)
    variant = lock(variant)
    if variant.settled_at is not None:
        raise AlreadySettled
    current = getattr(sheet, variant.field)
    chosen = {
        KEEP_THEIRS: current,
        TAKE_MINE: variant.text,
        KEEP_BOTH: f"{current}\n{variant.text}".strip(),
    }[choice]
    _keep_what_is_left(sheet, variant, chosen)
    setattr(sheet, variant.field, chosen)
    _save(sheet, [variant.field], at)
    variant.settled_at = at
    variant.save(update_fields=["settled_at", "text"])
    record(
        by=by,
        at=at,
        verb="sheet_settled",
        of=sheet.project,
        territory=sheet.project.territory,
        audience=Audience.TABLE,
        room=room,
        data={"field": variant.field, "choice": choice},
    )
    return sheet


def _keep_what_is_left(sheet: Sheet, variant: SheetVariant, chosen: str) -> None:
    """The variant's row keeps the text that lost, so that it can still be found."""
    if chosen == variant.text:
        variant.text = getattr(sheet, variant.field)


@action
def add_photo(
    *,
    sheet: Sheet,
    file: str,
    width: int,
    height: int,
    by: Named | None,
    at: datetime,
    room: str = "",
) -> SheetPhoto:
    """Keep a photograph of the paper sheet; ``file`` names it in the files' storage.

    Raises ``TooManyPhotos``.
    """
    sheet = lock(sheet)
    if sheet.photos.count() >= MOST_PHOTOS:
        raise TooManyPhotos
    photo = SheetPhoto.objects.create(
        sheet=sheet, file=file, width=width, height=height, added_at=at
    )
    record(
        by=by,
        at=at,
        verb="photo_added",
        of=sheet.project,
        territory=sheet.project.territory,
        audience=Audience.TABLE,
        room=room,
        data={"photo": photo.public_id},
    )
    return photo
