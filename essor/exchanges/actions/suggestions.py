"""Suggestions kept as they were found, and those that somebody knows to be none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import IntegrityError
from django.db.models import QuerySet

from essor.algos.matching import Match
from essor.exchanges.matching.things import keys
from essor.exchanges.models import Need, Reading, Suggestion
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.models import Person
from essor.territories.models import Territory

A_WRITE = 500
TOLD = ("kind", "subject", "near", "dates", "meaning")
"""Reasons that are kept; shared words are looked up when shown, so that no text is kept twice."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a need: among some offers, or (None) among all of them."""

    need: Need
    digest: str
    matches: Sequence[Match]
    among: Collection[str] | None = None
    KEPT: ClassVar[int] = 6


@action
def keep_suggestions(
    *,
    territory: Territory,
    found: Sequence[Found],
    fresh: Sequence[Reading],
    by: Named | None,
    at: datetime,
) -> int:
    """Keep the best of what was found for each need; how many are new. Declined ones stay so.

    ``fresh`` are the readings with which all open needs were compared now.
    """
    territory = lock(territory)
    unread(Suggestion.objects.filter(territory=territory, declined_at=None)).delete()
    made = sum(_keep(each, territory, at) for each in found)
    for each in found:
        Need.objects.filter(pk=each.need.pk).update(matched=each.digest)
    for start in range(0, len(fresh), A_WRITE):
        some = [each.pk for each in fresh[start : start + A_WRITE]]
        Reading.objects.filter(pk__in=some).update(compared=True)
    if made:
        record(by=by, at=at, verb="suggested", of=territory, territory=territory,
               audience=Audience.TEAM, data={"new": made})  # fmt: skip
    else:
        nothing_changed()
    return made


def unread(suggestions: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    """Those of ``suggestions`` whose offer is none any more: it has no reading."""
    return suggestions.filter(treasure__reading=None, commitment__reading=None)


def _keep(found: Found, territory: Territory, at: datetime) -> int:
    mine = Suggestion.objects.filter(need=found.need)
    known = {_thing(each): each for each in mine}
    matches = {each.offer: each for each in found.matches}
    wanted = {
        name: each.score
        for name, each in known.items()
        if found.among is not None and name not in found.among and each.declined_at is None
    } | {
        name: each.score
        for name, each in matches.items()
        if name not in known or known[name].declined_at is None
    }
    best = set(sorted(wanted, key=lambda name: (-wanted[name], name))[: Found.KEPT])
    over = [
        each.pk for name, each in known.items() if each.declined_at is None and name not in best
    ]
    Suggestion.objects.filter(pk__in=over).delete()
    new = [name for name in best if name in matches and name not in known]
    Suggestion.objects.bulk_create(
        _suggestion(found.need, territory, matches[name], at) for name in sorted(new)
    )
    for name in best & matches.keys() & known.keys():
        told = {"score": matches[name].score, "reasons": _reasons(matches[name])}
        if any(getattr(known[name], field) != value for field, value in told.items()):
            Suggestion.objects.filter(pk=known[name].pk).update(**told)
    return len(new)


def _thing(suggestion: Suggestion) -> str:
    if suggestion.treasure_id:
        return f"t{suggestion.treasure_id}"
    return f"c{suggestion.commitment_id}"


def _suggestion(need: Need, territory: Territory, match: Match, at: datetime) -> Suggestion:
    treasure, commitment = keys([match.offer], "t"), keys([match.offer], "c")
    return Suggestion(
        territory=territory,
        need=need,
        treasure_id=next(iter(treasure), None),
        commitment_id=next(iter(commitment), None),
        score=match.score,
        reasons=_reasons(match),
        made_at=at,
    )


def _reasons(match: Match) -> list[dict[str, Any]]:
    told = [each for each in match.reasons if each.code in TOLD]
    return [
        {"code": each.code} | {key: _plain(value) for key, value in each.values.items()}
        for each in sorted(told, key=lambda each: TOLD.index(each.code))
    ]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


@step
def mark_suggestions_told(*, keys: Collection[str], at: datetime) -> None:
    """Whoever offers them heard of these suggestions (public ids), in a digest.

    Raises ``IntegrityError`` where one was told before.
    """
    fresh = Suggestion.objects.filter(public_id__in=keys, told_at=None)
    if fresh.update(told_at=at) != len(set(keys)):
        raise IntegrityError("a suggestion was told before")


@action
def decline_suggestion(*, suggestion: Suggestion, by: Person | None, at: datetime) -> Suggestion:
    """ "Not a match": it is never shown again for this need; twice is once."""
    need = suggestion.need
    suggestion = lock(suggestion)
    suggestion.need = need
    if suggestion.declined_at is not None:
        nothing_changed()
        return suggestion
    suggestion.declined_at, suggestion.declined_by = at, by
    suggestion.save(update_fields=["declined_at", "declined_by"])
    Need.objects.filter(pk=need.pk).update(matched="")  # the next best one takes its place
    record(by=by, at=at, verb="suggestion_declined", of=need, territory=need.territory,
           audience=Audience.TEAM, part_of=need.project)  # fmt: skip
    return suggestion
