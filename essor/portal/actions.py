"""Showing the real network: its public facts become territories, evenings, challenges, projects."""

from datetime import date, datetime
from typing import Any

from essor.challenges.models import Challenge
from essor.evenings.models import Evening
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.portal.facts import Fact, lasting_id, network_facts
from essor.portal.models import Solution
from essor.projects.models import Project
from essor.territories.models import Territory, Theme
from essor.treasures.models import Treasure

KIND_OF_RESOURCE = {
    "humaine": Treasure.Kind.HUMAN,
    "partenaire porteur": Treasure.Kind.HUMAN,
    "naturelle": Treasure.Kind.NATURAL,
    "lieu": Treasure.Kind.ECONOMIC,
    "équipement": Treasure.Kind.ECONOMIC,
    "financière": Treasure.Kind.ECONOMIC,
}
# The source's words on a project's state, as a stage of ours; what says less stays at the sheet.
STAGE_OF_STATUS = (
    ("accompagné", Project.Stage.INCUBATION),
    ("incubé", Project.Stage.INCUBATION),
    ("lauréat", Project.Stage.INCUBATION),
    ("groupe projet", Project.Stage.GROUP),
    ("en activité", Project.Stage.LAUNCHED),
    ("inauguré", Project.Stage.LAUNCHED),
    ("réalisé", Project.Stage.LAUNCHED),
    ("relancée", Project.Stage.LAUNCHED),
    ("à l'étude", Project.Stage.OPPORTUNITY),
)


@action
def load_network(*, by: Named | None, at: datetime) -> list[Territory]:
    """Make what ``data/network.json`` tells; what is there already is left as it is.

    Territories made so are ``run_here=False``: shown from public sources, run by nobody here.
    """
    facts = network_facts()
    themes = _themes(facts.themes)
    territories: dict[str, Territory] = {}
    made = []
    for item in facts.territories:
        territory, new = _territory(item, at)
        territories[item["id"]] = territory
        if new:
            made.append(territory)
            record(by=by, at=at, verb="listed", of=territory, territory=territory,
                   audience=Audience.PUBLIC)  # fmt: skip
    if not made:
        nothing_changed()
        return []
    fresh = {territory.pk for territory in made}
    for name, make in (
        ("events", _evening),
        ("challenges", _challenge),
        ("projects", _project),
        ("resources", _treasure),
    ):
        for item in getattr(facts, name):
            if territories[item["territory"]].pk in fresh:
                make(item, territories[item["territory"]], themes, at)
    titles = {item["id"]: item["name"] for item in facts.projects}
    for item in facts.lineages:
        _solution(item, territories, fresh, titles, at)
    return made


def _themes(names: dict[str, str]) -> dict[str, Theme]:
    return {
        code: Theme.objects.get_or_create(
            territory=None, code=code, defaults={"name_fr": name, "order": order}
        )[0]
        for order, (code, name) in enumerate(names.items())
    }


def _territory(item: Fact, at: datetime) -> tuple[Territory, bool]:
    return Territory.objects.get_or_create(
        slug=item["id"],
        defaults={
            "public_id": lasting_id("territory", item["id"]),
            "name": item["name"],
            "dynamic_name": item["brand"][:80],
            "country": item["country"],
            "department": item["department"] or "",
            "host_structure": item["structure"] or "",
            "since": item["sut_year"],
            "status": item["status"],
            "note": item.get("note") or "",
            "sources": item["sources"],
            "run_here": False,
            "created_at": at,
        },
    )


def _evening(item: Fact, territory: Territory, themes: dict[str, Theme], at: datetime) -> None:
    told = {"id", "territory", "date", "name", "sources", "participants", "participants_note"}
    Evening.objects.create(
        public_id=lasting_id("evening", item["id"]),
        territory=territory,
        name=item["name"],
        date=first_day(item["date"]) if item["date"] else None,
        date_said=(item["date"] or "") if len(item["date"] or "") < 10 else "",
        state=Evening.State.OVER,
        participants_said=item.get("participants"),
        participants_note=item.get("participants_note") or "",
        facts={key: value for key, value in item.items() if key not in told},
        sources=item["sources"],
        created_at=at,
    )


def first_day(text: str) -> date:
    """The first day of a date told as a year, a month or a day (``2022``, ``2022-06``)."""
    year, month, day = ([int(part) for part in text.split("-")] + [1, 1])[:3]
    return date(year, month, day)


def _challenge(item: Fact, territory: Territory, themes: dict[str, Theme], at: datetime) -> None:
    boosted = "booster" in item["kind"]
    challenge = Challenge.objects.create(
        public_id=lasting_id("challenge", item["id"]),
        territory=territory,
        question=item["title"],
        short=item["title"][:60],
        track=Challenge.Track.BOOST if boosted else Challenge.Track.IMAGINE,
        state=Challenge.State.CLOSED,
        year=item["year"],
        as_listed=item["kind"][:80],
        method=item["method"],
        sources=item["sources"],
        created_at=at,
    )
    challenge.themes.set(_theme_of(item, themes))
    if item["event"]:
        evening = Evening.objects.filter(public_id=lasting_id("evening", item["event"])).first()
        if evening:
            evening.challenges.add(challenge)


def _project(item: Fact, territory: Territory, themes: dict[str, Theme], at: datetime) -> None:
    project = Project.objects.create(
        public_id=lasting_id("project", item["id"]),
        territory=territory,
        title=item["name"],
        summary=item["description_fr"][:400],
        stage=stage_of(item["status"] or ""),
        condition=condition_of(item["status"] or ""),
        published_at=at,
        year=item["year"],
        status_as_said=item["status"] or "",
        legal_form=item["legal_form"] or "",
        sut_link=item["sut_link"],
        sut_link_note=item["sut_link_note"] or "",
        milestones=item["milestones"],
        sources=item["sources"],
        created_at=at,
    )
    project.themes.set(_theme_of(item, themes))


def stage_of(status: str) -> str:
    """Our stage for a source's words on a project; never further than they say."""
    return next((stage for word, stage in STAGE_OF_STATUS if word in status), Project.Stage.SHEET)


def condition_of(status: str) -> str:
    return Project.Condition.MERGED if status.startswith("fusionné") else Project.Condition.AWAKE


def _treasure(item: Fact, territory: Territory, themes: dict[str, Theme], at: datetime) -> None:
    Treasure.objects.create(
        public_id=lasting_id("treasure", item["id"]),
        territory=territory,
        name=item["name"],
        kind=KIND_OF_RESOURCE[item["kind"]],
        kind_as_said=item["kind"],
        description=item["description_fr"],
        sources=item["sources"],
        created_at=at,
        changed_at=at,
    )


def _solution(
    item: Fact,
    territories: dict[str, Territory],
    fresh: set[int],
    titles: dict[str, str],
    at: datetime,
) -> None:
    first = next(territories[place] for _, place, _ in item["nodes"] if place in territories)
    if first.pk not in fresh:
        return
    steps = []
    for key, place, year in item["nodes"]:
        where = territories[place].name if place in territories else place.strip("-")
        project = lasting_id("project", key) if key in titles else ""
        steps.append(
            {"name": titles.get(key, key), "place": where, "year": year, "project": project}
        )
    Solution.objects.create(
        public_id=lasting_id("solution", item["id"]),
        territory=first,
        name=item["solution"],
        spread=item["type"],
        note=item.get("note") or "",
        steps=steps,
        sources=item["sources"],
        created_at=at,
    )  # fmt: skip


def _theme_of(item: Fact, themes: dict[str, Theme]) -> list[Any]:
    return [themes[item["theme"]]] if item["theme"] else []
