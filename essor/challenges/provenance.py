"""Where a challenge comes from and what stands beside it elsewhere, as its pages show it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from essor.challenges.models import Challenge, Echo, Feeding
from essor.challenges.nearby import NearWork, Work, near_to, told, works_named
from essor.challenges.states import DRAFT
from essor.harvest.models import Group, Idea
from essor.harvest.rules import is_public
from essor.harvest.targets import Target
from essor.territories.models import Territory

CLOSEST = 8


@dataclass(frozen=True, slots=True)
class Provenance:
    """The ideas that feed a challenge. ``unseen``: fed it too, hidden or withdrawn since.

    ``gone`` are those that a split or merge took on to another challenge.
    """

    feedings: list[Feeding]
    unseen: int
    gone: int

    @property
    def count(self) -> int:
        return len(self.feedings) + self.unseen


def provenance_of(challenge: Challenge, *, for_team: bool) -> Provenance:
    """Which ideas feed it, as they were said, first come first: one query."""
    every = list(
        Feeding.objects.filter(challenge=challenge)
        .select_related("idea__source", "idea__harvest__territory", "via")
        .order_by("at", "id")
    )
    now = [feeding for feeding in every if feeding.ended_at is None]
    seen = [each for each in now if is_public(each.idea) or (for_team and _shown(each.idea))]
    still = {feeding.idea_id for feeding in now}
    gone = {feeding.idea_id for feeding in every} - still
    return Provenance(seen, len(now) - len(seen), len(gone))


def _shown(idea: Idea) -> bool:
    return idea.state == Idea.State.SHOWN


def challenges_fed_by(idea: Idea, *, for_team: bool) -> list[Feeding]:
    """The challenges that this idea feeds or fed, the latest first, but the one that its fate names."""
    found = Feeding.objects.filter(idea=idea).select_related("challenge__territory", "via")
    fate = idea.fates.filter(replaced_at=None, target_type="challenge").first()
    if fate is not None:
        found = found.exclude(ended_at=None, challenge__public_id=fate.target_id)
    if not for_team:
        found = found.exclude(challenge__state=DRAFT)
    return list(found.order_by("-at", "-id"))


def find_targets(keys: Collection[str]) -> dict[str, Target]:
    """Challenges by public id, as fates name them; drafts are nobody's business."""
    found = Challenge.objects.filter(public_id__in=keys).exclude(state=DRAFT)
    return {
        challenge.public_id: Target(
            challenge.question,
            reverse("challenges:challenge", args=[challenge.territory.slug, challenge.public_id]),
        )
        for challenge in found.select_related("territory").order_by("id")
    }


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Work that looks close: ``why`` in words, and what the team did about it, if anything."""

    work: Work
    why: str
    here: bool
    echo: Echo | None = None
    reason: dict[str, Any] = field(default_factory=dict)


def close_work(
    texts: Iterable[str], *, territory: Territory, besides: Collection[str] = ()
) -> list[NearWork]:
    """The work closest to any of ``texts`` (a question, the ideas behind it), closest first."""
    best: dict[tuple[str, str], NearWork] = {}
    for text in texts:
        for near in near_to(text, territory=territory, besides=besides):
            key = (near.work.kind, near.work.key)
            if key not in best or near.closeness > best[key].closeness:
                best[key] = near
    found = sorted(best.values(), key=lambda near: (-near.closeness, near.work.key))
    return found[:CLOSEST]


def texts_of(challenge: Challenge, ideas: Sequence[Idea]) -> list[str]:
    """What closeness to a challenge is measured on: its question, then each idea that feeds it."""
    return [f"{challenge.question} {challenge.short}", *(idea.words for idea in ideas)]


def elsewhere_of(challenge: Challenge, ideas: Sequence[Idea]) -> list[Elsewhere]:
    """What looks close now, with what was noted; what was noted and looks close no more, too."""
    besides = {challenge.public_id, *challenge.absorbed.values_list("public_id", flat=True)}
    close = close_work(texts_of(challenge, ideas), territory=challenge.territory, besides=besides)
    echoes = {(echo.kind, echo.work): echo for echo in challenge.echoes.select_related("by")}
    rows = [
        Elsewhere(
            near.work,
            near.why,
            near.here,
            echoes.pop((near.work.kind, near.work.key), None),
            {"code": near.reason.code, "values": dict(near.reason.values)},
        )
        for near in close
    ]
    works = works_named(echoes)
    return rows + [
        Elsewhere(works[key], _why(echo), works[key].territory == challenge.territory_id, echo)
        for key, echo in echoes.items()
        if key in works
    ]


def shown_elsewhere(challenge: Challenge) -> list[Elsewhere]:
    """What the team chose to name on the public page."""
    echoes = {(echo.kind, echo.work): echo for echo in challenge.echoes.filter(shown=True)}
    works = works_named(echoes) if echoes else {}
    return [
        Elsewhere(works[key], _why(echo), works[key].territory == challenge.territory_id, echo)
        for key, echo in echoes.items()
        if key in works
    ]


def _why(echo: Echo) -> str:
    return told(echo.reason["code"], echo.reason.get("values", {})) if echo.reason else ""


def ideas_in(group: Group) -> list[Idea]:
    """The ideas that lie in a group and may be read, in the order in which they lie."""
    return list(
        Idea.objects.filter(placing__group=group, state=Idea.State.SHOWN)
        .select_related("source", "harvest", "territory")
        .order_by("placing__order", "said_at", "id")
    )


def groups_to_word(territory: Territory) -> list[Group]:
    """Groups on the sorting tables with at least one idea that feeds no challenge yet."""
    return list(
        Group.objects.filter(
            harvest__territory=territory,
            merged_into=None,
            removed=False,
            parked=False,
            placings__idea__state=Idea.State.SHOWN,
            placings__idea__feedings=None,
        )
        .select_related("harvest")
        .distinct()
        .order_by("harvest", "order", "id")
    )
