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
    Solutions come also to territories that were listed before there were any.
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
    list_solutions(by=by, at=at)
    return made


@action
def list_solutions(*, by: Named | None, at: datetime) -> int:
    """Make the solutions that territories listed from public sources lack; how many.

    One belongs to the first of the network that it names, whoever runs that today. A territory that
    a team opened by itself under the same name is another one.
    """
    facts = network_facts()
    known = set(Solution.objects.values_list("public_id", flat=True))
    lacking = [each for each in facts.lineages if lasting_id("solution", each["id"]) not in known]
    names = {item["id"]: item["name"] for item in facts.territories}
    ids = {lasting_id("territory", key): key for key in names}
    listed = Territory.objects.filter(public_id__in=ids).order_by("id")
    territories = {ids[each.public_id]: each for each in listed}
    titles = {item["id"]: item["name"] for item in facts.projects}
    made = [
        _solution(item, first, names, titles, at)
        for item in lacking
        if (first := _first_of(item, names, territories)) is not None
    ]
    for solution in made:
        record(by=by, at=at, verb="solution_listed", of=solution, territory=solution.territory,
               audience=Audience.PUBLIC)  # fmt: skip
    if not made:
        nothing_changed()
    return len(made)


def _first_of(
    item: Fact, names: dict[str, str], territories: dict[str, Territory]
) -> Territory | None:
    """The territory where the solution is first at work in the network, if it is listed here."""
    first = next((place for _key, place, _year in item["nodes"] if place in names), "")
    return territories.get(first)


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
    first: Territory,
    names: dict[str, str],
    titles: dict[str, str],
    at: datetime,
) -> Solution:
    steps = []
    for key, place, year in item["nodes"]:
        where = names.get(place, place.strip("-"))
        project = lasting_id("project", key) if key in titles else ""
        steps.append(
            {"name": titles.get(key, key), "place": where, "year": year, "project": project}
        )
    return Solution.objects.create(
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
