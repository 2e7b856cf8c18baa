"""Opening a territory, and changing how it presents itself."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from essor.kit.photos import Photo, store_photo
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.people.models import Person, Sphere
from essor.territories.models import Role, SphereTarget, Territory, Theme
from essor.territories.slugs import is_reserved, suggested_slug


class SlugTaken(Exception):
    """Another territory has this address."""


class SlugReserved(Exception):
    """Essor needs this address for itself."""


class TooManyPercent(Exception):
    """The hoped shares of an evening are more than the whole; ``total`` says how many percent."""

    def __init__(self, total: int) -> None:
        super().__init__(total)
        self.total = total


@dataclass(frozen=True, slots=True)
class Identity:
    """How a territory names and shows itself; colours as ``#rrggbb``, checked by the form."""

    name: str
    dynamic_name: str
    evening_name: str = ""
    promise: str = ""
    welcome: str = ""
    language: str = "fr"
    primary: str = "#1d1a38"
    accent: str = "#f2a51c"

    @classmethod
    def of(cls, territory: Territory) -> "Identity":
        return cls(**{each.name: getattr(territory, each.name) for each in fields(cls)})


@action
def open_territory(
    *, identity: Identity, slug: str, founder: Person, by: Named | None, at: datetime
) -> Territory:
    """Make the territory with ``founder`` as its first host. Raises ``SlugTaken``, ``SlugReserved``."""
    if is_reserved(slug):
        raise SlugReserved
    try:
        with transaction.atomic():
            territory = Territory.objects.create(slug=slug, created_at=at, **asdict(identity))
    except IntegrityError as clash:
        raise SlugTaken from clash
    Role.objects.create(person=founder, territory=territory, kind=Role.Kind.HOST, since=at)
    record(by=by or founder, at=at, verb="opened", of=territory, territory=territory,
           audience=Audience.PUBLIC)  # fmt: skip
    return territory


@action
def rewrite_identity(
    *, territory: Territory, identity: Identity, by: Named | None, at: datetime
) -> Territory:
    """Change the words and colours; the address stays, printed codes lead there."""
    changed = {
        name: value for name, value in asdict(identity).items() if getattr(territory, name) != value
    }
    if not changed:
        nothing_changed()
        return territory
    for name, value in changed.items():
        setattr(territory, name, value)
    territory.save(update_fields=list(changed))
    record(by=by, at=at, verb="rewritten", of=territory, territory=territory,
           data={"fields": sorted(changed)})  # fmt: skip
    return territory


@action
def set_logo(
    *, territory: Territory, logo: Photo | None, by: Named | None, at: datetime
) -> Territory:
    """Keep a cleaned logo, or none; the file that it replaces goes once this is kept."""
    old = territory.logo
    if not old and logo is None:
        nothing_changed()
        return territory
    territory.logo = store_photo(logo, folder="logos", ending="png") if logo else ""
    territory.save(update_fields=["logo"])
    if old:
        transaction.on_commit(lambda: default_storage.delete(old))
    record(by=by, at=at, verb="logo_set" if logo else "logo_removed", of=territory,
           territory=territory)  # fmt: skip
    return territory


@action
def choose_themes(
    *,
    territory: Territory,
    themes: Iterable[Theme],
    new_names: Iterable[str],
    by: Named | None,
    at: datetime,
) -> list[Theme]:
    """Choose among the network's themes and one's own; ``new_names`` are made the territory's own."""
    chosen = {theme.pk: theme for theme in themes}
    for name in new_names:
        code = suggested_slug(name)[:40]
        if not code:
            continue
        shared = Theme.objects.filter(territory=None, code=code).first()
        theme = (
            shared
            or Theme.objects.get_or_create(
                territory=territory, code=code, defaults={"name_fr": name.strip()[:80]}
            )[0]
        )
        chosen[theme.pk] = theme
    if set(chosen) == set(territory.themes.values_list("pk", flat=True)):
        nothing_changed()
    else:
        territory.themes.set(chosen.values())
        record(by=by, at=at, verb="themes_chosen", of=territory, territory=territory,
               data={"themes": sorted(theme.code for theme in chosen.values())})  # fmt: skip
    return list(chosen.values())


@action
def set_sphere_targets(
    *, territory: Territory, percents: Mapping[Sphere, int], by: Named | None, at: datetime
) -> None:
    """Say which share of an evening is hoped for from each sphere; 0 says nothing about one.

    Raises ``TooManyPercent`` when they add up to more than 100.
    """
    wanted = {sphere.pk: percent for sphere, percent in percents.items() if percent}
    if sum(wanted.values()) > 100:
        raise TooManyPercent(sum(wanted.values()))
    targets = SphereTarget.objects.filter(territory=territory)
    if wanted == dict(targets.values_list("sphere_id", "percent")):
        nothing_changed()
        return
    targets.delete()
    SphereTarget.objects.bulk_create(
        SphereTarget(territory=territory, sphere_id=sphere, percent=percent)
        for sphere, percent in sorted(wanted.items())
    )
    record(by=by, at=at, verb="spheres_hoped", of=territory, territory=territory)
