"""The example's harvest: invented ideas from seven sources, ready to be sorted and worded."""

from datetime import datetime, timedelta

from essor.harvest.actions.ideas import Said, keep_ideas
from essor.harvest.models import Harvest, Idea, Source, Support
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.portal.demo.actions import EXAMPLE
from essor.portal.demo.said import SAID, SaidAt
from essor.portal.facts import lasting_id
from essor.territories.models import Territory

HARVEST_ID = lasting_id("harvest", "example")
CODE = "RECLT"
WAYS = {Source.Kind.ONLINE: Idea.Way.PHONE, Source.Kind.SCHOOL: Idea.Way.PICTURE}
EACH_SUPPORTED = 5
"""One idea out of so many has people who stand behind it."""


@action
def gather_example(*, by: Named | None, at: datetime) -> Harvest:
    """Make the example's harvest with its invented ideas; found as it is on the second call."""
    known = Harvest.objects.filter(public_id=HARVEST_ID).first()
    if known is not None:
        nothing_changed()
        return known
    harvest = Harvest.objects.create(
        public_id=HARVEST_ID,
        territory=Territory.objects.get(slug=EXAMPLE),
        title="Récolte d’idées 2026",
        question="Que manque-t-il ici pour bien vivre, et qui pourrait le faire naître ?",
        code=CODE,
        state=Harvest.State.OPEN,
        fate_days=90,
        invented=True,
        created_at=at - timedelta(days=110),
    )
    count = sum(_bring(harvest, place, at) for place in SAID)
    _stand_behind(harvest, at)
    record(by=by, at=at, verb="example_gathered", of=harvest, territory=harvest.territory,
           audience=Audience.PUBLIC, data={"ideas": count})  # fmt: skip
    return harvest


def _bring(harvest: Harvest, place: SaidAt, at: datetime) -> int:
    """The ideas of one place, a quarter of an hour apart, with lasting public ids."""
    held = at - timedelta(days=place.days_ago)
    source = Source.objects.create(
        public_id=lasting_id("source", f"example {place.label}"),
        harvest=harvest,
        kind=place.kind,
        label=place.label,
        place=place.place,
        held_on=held.date(),
        created_at=held,
    )
    ideas = keep_ideas(
        harvest=harvest,
        all_said=[
            Said(
                text=text,
                nameless=True,
                source=source,
                way=WAYS.get(Source.Kind(place.kind), Idea.Way.TYPED),
                at=held + timedelta(minutes=15 * number),
            )
            for number, text in enumerate(place.ideas)
        ],
        at=held,
    )
    for idea in ideas:
        idea.public_id = lasting_id("idea", f"example {place.label} {idea.text}")
    Idea.objects.bulk_update(ideas, ["public_id"])
    return len(ideas)


def _stand_behind(harvest: Harvest, at: datetime) -> None:
    """Invented supports, without persons: one to seven for one idea out of five."""
    ideas = list(Idea.objects.filter(harvest=harvest).order_by("id"))[::EACH_SUPPORTED]
    Support.objects.bulk_create(
        Support(idea=idea, device=f"example-{number}-{each}", at=at)
        for number, idea in enumerate(ideas)
        for each in range(1 + number % 7)
    )
