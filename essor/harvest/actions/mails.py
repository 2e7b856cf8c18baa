"""An idea that came by mail: into which harvest, by whom, once."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from essor.harvest.actions.ideas import Said, give_idea
from essor.harvest.mailed import Mailed
from essor.harvest.models import Harvest, Idea, Source
from essor.kit.limits import mark_of, spend
from essor.ledger.actions import Named, action, nothing_changed, step
from essor.people.actions import welcome_person
from essor.people.models import Person

A_DAY, AN_ADDRESS = timedelta(days=1), 30


class NoHarvest(Exception):
    """Neither the address nor the subject names a harvest that is open, and more than one is."""


@action
def take_mail(*, mailed: Mailed, by: Named | None, at: datetime) -> Idea:
    """Keep the idea of a mail; the same message again is the same idea.

    Raises ``NoHarvest``, ``TooOften`` for one address, and what ``give_idea`` raises.
    """
    harvest = _harvest(mailed)
    known = Idea.objects.filter(harvest=harvest, origin=mailed.origin).first()
    if known is not None:
        nothing_changed()
        return known
    spend(f"mailed:{mark_of(mailed.address)}", limit=AN_ADDRESS, window=A_DAY, at=at)
    source, _ = Source.objects.get_or_create(
        harvest=harvest,
        kind=Source.Kind.MAIL,
        defaults={"label": str(Source.Kind.MAIL.label), "created_at": at},
    )
    author = _author(harvest, mailed, at)
    said = Said(
        text=mailed.text,
        detail=mailed.detail,
        author=author,
        nameless=author is None,
        source=source,
        way=Idea.Way.MAIL,
        origin=mailed.origin,
    )
    return give_idea(harvest=harvest, said=said, by=author, at=at)


def _harvest(mailed: Mailed) -> Harvest:
    """The harvest whose code is named, else the only one that is open."""
    gathering = Harvest.objects.select_related("territory").filter(state=Harvest.State.OPEN)
    named = gathering.filter(code__in=mailed.codes).first()
    if named is not None:
        return named
    found = list(gathering.filter(invented=False)[:2])
    if mailed.codes or len(found) != 1:
        raise NoHarvest
    return found[0]


@step
def _author(harvest: Harvest, mailed: Mailed, at: datetime) -> Person | None:
    """Whoever wrote to this harvest from this address before, else a new person."""
    try:
        validate_email(mailed.address)
    except ValidationError:
        return None
    known = Person.objects.filter(
        email=mailed.address, ideas__harvest=harvest, ideas__way=Idea.Way.MAIL, erased_at=None
    ).first()
    name = mailed.name.split(" ")[0] or mailed.address.split("@")[0]
    return known or welcome_person(first_name=name[:80], email=mailed.address, by=None, at=at)
