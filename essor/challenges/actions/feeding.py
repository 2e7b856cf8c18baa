"""Which ideas feed a challenge, and what that makes of them."""

from collections.abc import Sequence
from datetime import datetime

from essor.challenges.models import Challenge, Feeding
from essor.challenges.states import DRAFT
from essor.harvest.actions.fates import Decision, decide_fates
from essor.harvest.models import Fate, Idea
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.models import Person

CHALLENGE, PROJECT = "challenge", "project"


class ElsewhereIdea(Exception):
    """An idea of another territory."""


class MergedAlready(Exception):
    """The challenge was merged into another one meanwhile."""


@action
def feed_challenge(
    *,
    challenge: Challenge,
    ideas: Sequence[Idea],
    by: Named | None,
    at: datetime,
    group: str = "",
    via: Challenge | None = None,
) -> list[Feeding]:
    """Tie ``ideas`` to the challenge for ever; those that feed it already are left as they are.

    Their fate says so once the challenge can be read by everybody: at once, or when it opens.
    Raises ``ElsewhereIdea``, and ``MergedAlready`` for a challenge that feeds another one now.
    """
    if Challenge.objects.filter(pk=challenge.pk).exclude(merged_into=None).exists():
        raise MergedAlready
    if any(idea.territory_id != challenge.territory_id for idea in ideas):
        raise ElsewhereIdea
    known = set(
        Feeding.objects.filter(challenge=challenge, ended_at=None).values_list("idea_id", flat=True)
    )
    fresh = [idea for idea in {idea.pk: idea for idea in ideas}.values() if idea.pk not in known]
    if not fresh:
        nothing_changed()
        return []
    feedings = Feeding.objects.bulk_create(
        Feeding(
            challenge=challenge,
            idea=idea,
            group=group[:120],
            via=via,
            by=by if isinstance(by, Person) else None,
            at=at,
        )
        for idea in fresh
    )
    record(by=by, at=at, verb="ideas_fed", of=challenge, territory=challenge.territory,
           audience=Audience.TEAM, data={"ideas": len(fresh)})  # fmt: skip
    if challenge.state != DRAFT:
        tell_fates(challenge, fresh, by=by, at=at)
    return feedings


@action
def release_ideas(
    *, challenge: Challenge, ideas: Sequence[Idea], by: Named | None, at: datetime
) -> int:
    """These ideas no longer feed the challenge; those that had it as their fate await one again."""
    ended = Feeding.objects.filter(challenge=challenge, idea__in=ideas, ended_at=None)
    count = ended.update(ended_at=at)
    if not count:
        nothing_changed()
        return 0
    back = [idea for idea in ideas if fed_by_fate(idea, challenge)]
    if back:
        decide_fates(ideas=back, decision=Decision(Fate.Kind.AWAITED), by=by, at=at)
    record(by=by, at=at, verb="ideas_released", of=challenge, territory=challenge.territory,
           audience=Audience.TEAM, data={"ideas": count})  # fmt: skip
    return count


def fed_by_fate(idea: Idea, challenge: Challenge) -> bool:
    """Whether the idea's present fate is this challenge."""
    return Fate.objects.filter(
        idea=idea, replaced_at=None, target_type=CHALLENGE, target_id=challenge.public_id
    ).exists()


@step
def tell_fates(
    challenge: Challenge, ideas: Sequence[Idea], *, by: Named | None, at: datetime
) -> None:
    """Let the fate of ``ideas`` say that they feed the challenge; projects stay projects."""
    gone_on = set(
        Fate.objects.filter(idea__in=ideas, replaced_at=None, kind=Fate.Kind.PROJECT).values_list(
            "idea_id", flat=True
        )
    )
    staying = [idea for idea in ideas if idea.pk not in gone_on]
    if staying:
        decision = Decision(
            Fate.Kind.CHALLENGE, target_type=CHALLENGE, target_id=challenge.public_id
        )
        decide_fates(ideas=staying, decision=decision, by=by, at=at)


def feeding_ideas(challenge: Challenge) -> list[Idea]:
    """The ideas that feed the challenge now."""
    return list(
        Idea.objects.filter(feedings__challenge=challenge, feedings__ended_at=None)
        .select_related("harvest", "territory")
        .order_by("feedings__at", "feedings__id")
    )


@action
def pass_on(
    *, challenges: Sequence[Challenge], project: Named, by: Named | None, at: datetime
) -> list[Fate]:
    """A table made a project of these challenges: the ideas that fed them became a project.

    Ideas whose fate is meanwhile something else keep it; the first project stays theirs.
    """
    keys = [challenge.public_id for challenge in challenges]
    ideas = list(
        Idea.objects.filter(
            fates__replaced_at=None, fates__target_type=CHALLENGE, fates__target_id__in=keys
        ).select_related("harvest", "territory")
    )
    if not ideas:
        nothing_changed()
        return []
    decision = Decision(Fate.Kind.PROJECT, target_type=PROJECT, target_id=project.public_id)
    return decide_fates(ideas=ideas, decision=decision, by=by, at=at)
