"""Where ideas were said, told once for many; photographs of paper, each typed by one person."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from essor.harvest.models import Harvest, Picture, Source
from essor.kit.locks import lock
from essor.kit.photos import Photo, store_photo
from essor.ledger.actions import action, nothing_changed, record
from essor.people.models import Person


@dataclass(frozen=True, slots=True)
class SaidAt:
    """A workshop, a market stall, a class: what it was, where and when."""

    label: str
    kind: str = Source.Kind.WORKSHOP
    place: str = ""
    held_on: date | None = None


@action
def add_source(*, harvest: Harvest, said_at: SaidAt, by: Person | None, at: datetime) -> Source:
    """A place where ideas were said; the same one told again is the same."""
    known = Source.objects.filter(harvest=harvest, **asdict(said_at)).first()
    if known is not None:
        nothing_changed()
        known.harvest = harvest
        return known
    source = Source.objects.create(
        harvest=harvest, gathered_by=by, created_at=at, **asdict(said_at)
    )
    record(by=by, at=at, verb="source_added", of=source, territory=harvest.territory)
    return source


@action
def add_picture(*, source: Source, photo: Photo, by: Person | None, at: datetime) -> Picture:
    """Keep a clean photograph of post-its or of a sheet, to be typed beside it."""
    harvest = source.harvest
    picture = Picture.objects.create(
        harvest=harvest,
        source=source,
        file=store_photo(photo, folder="ideas"),
        width=photo.width,
        height=photo.height,
        added_by=by,
        added_at=at,
    )
    record(by=by, at=at, verb="picture_added", of=picture, territory=harvest.territory)
    return picture


@action
def take_up_picture(*, picture: Picture, by: Person, at: datetime) -> Picture:
    """Say that ``by`` types this picture now; taking it over from somebody else is a choice."""
    harvest = picture.harvest
    picture = lock(picture)
    picture.harvest = harvest
    if picture.typed_by_id == by.pk and picture.state == Picture.State.WAITING:
        nothing_changed()
        return picture
    picture.typed_by, picture.typed_since = by, at
    picture.state = Picture.State.WAITING
    picture.save(update_fields=["typed_by", "typed_since", "state"])
    record(by=by, at=at, verb="picture_taken_up", of=picture, territory=harvest.territory)
    return picture


@action
def lay_picture_aside(*, picture: Picture, by: Person | None, at: datetime) -> Picture:
    """Nothing to type on it, or it was typed elsewhere."""
    harvest = picture.harvest
    picture = lock(picture)
    picture.harvest = harvest
    if picture.state == Picture.State.ASIDE:
        nothing_changed()
        return picture
    picture.state = Picture.State.ASIDE
    picture.save(update_fields=["state"])
    record(by=by, at=at, verb="picture_laid_aside", of=picture, territory=harvest.territory)
    return picture
