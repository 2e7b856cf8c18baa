"""What this room keeps of people: whose ideas they are, who stands behind them, who sorted them."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from essor.harvest.models import (
    Fate,
    Group,
    GroupingRun,
    Hand,
    Harvest,
    Idea,
    IdeaList,
    IdeaVector,
    Picture,
    Placing,
    Report,
    SortingMove,
    Source,
    Support,
    Telling,
)
from essor.kit.lists.life import holding, let_lines_go
from essor.kit.privacy import (
    UNTIL_ERASURE,
    Basis,
    Leaving,
    Personal,
    Seen,
    also_forget,
    declare,
    goes_after,
    signed,
)
from essor.people.models import Person

declare(
    Harvest,
    _("harvests"),
    plain="public_id territory title question charter code state starts_on ends_on fate_days "
    "show_ideas look_first invented created_at",
)
declare(
    Source,
    _("where ideas were said"),
    **signed("gathered_by", _("to know whom to ask about a workshop")),
    plain="public_id harvest kind held_on created_at",
    mentions="label place",
)
declare(
    Idea,
    _("ideas"),
    **signed("author nameless", _("to tell the author what became of the idea")),
    plain="public_id territory harvest source key way origin builds_on state invented said_at",
    mentions="text detail correction hidden_why",
)
declare(
    Support,
    _("ideas that people stand behind"),
    subject="person",
    personal={
        "person device at": Personal(
            _("to tell supporters what became of the idea"),
            _("until the person leaves or asks for erasure"),
            Seen.TEAM,
        )
    },
    plain="idea",
)
declare(
    Picture,
    _("photographs of ideas on paper, without metadata"),
    **signed("added_by typed_by", _("to know whom to ask when a word is hard to read")),
    plain="public_id harvest source file width height state added_at typed_since",
)
declare(
    IdeaList,
    _("lists of ideas being read"),
    personal={
        "filename table result": Personal(
            _("to show a list of ideas before it is brought in"),
            _("30 days, then blanked"),
            Seen.TEAM,
        )
    },
    plain="public_id harvest source picture way digest mapping state made_by made_at applied_at",
)
declare(IdeaVector, _("what ideas mean, as numbers"), plain="idea vector")
declare(
    Group,
    _("groups of ideas"),
    plain="public_id harvest named_by_hand locked parked order reasons certainty merged_into "
    "removed version created_at",
    mentions="name",
)
declare(
    Placing,
    _("where ideas lie on the sorting table"),
    **signed("moved_by", _("to show the others who moved an idea")),
    plain="idea group order by_hand moved_at",
)
declare(
    SortingMove,
    _("moves on the sorting table"),
    **signed("by", _("to take a move back")),
    plain="public_id harvest kind undoes at undone_at before after",
)
declare(
    Hand,
    _("who is at the sorting table now"),
    subject="person",
    personal={
        "person holds seen_at": Personal(
            _("to show the others at the table who holds what"),
            _("one minute after the last sign"),
            Seen.TEAM,
        )
    },
    plain="harvest",
)
declare(
    GroupingRun,
    _("proposals of groups"),
    **signed("asked_by", _("to tell who asked for it")),
    plain="public_id harvest wanted light state progress beat_at summary closed_at asked_at "
    "ended_at",
)
declare(
    Fate,
    _("what became of ideas"),
    **signed("decided_by", _("to know who decided")),
    plain="public_id idea kind due_on target_type target_id merged_into decided_at replaced_at "
    "told_at",
    mentions="why",
)
declare(
    Report,
    _("reports of ideas"),
    subject="person",
    leaving=Leaving.BLANK,
    personal={
        "person device": Personal(
            _("to ask back and to answer"), UNTIL_ERASURE, Seen.HOSTS, Basis.LEGITIMATE
        )
    },
    plain="public_id idea reason state at settled_at",
    mentions="words decision appeal",
)


def strike_names_of_groups(person: Any, at: datetime) -> None:
    """Moves keep the names that groups had: an erased person's name goes from these too."""
    if not (person.first_name and person.last_name):
        return
    for move in SortingMove.objects.filter(kind__in=NAMING).iterator():
        struck = [_without(person.name, kept) for kept in (move.before, move.after)]
        if struck != [move.before, move.after]:
            SortingMove.objects.filter(pk=move.pk).update(before=struck[0], after=struck[1])


NAMING = [
    SortingMove.Kind.NAME,
    SortingMove.Kind.OPEN,
    SortingMove.Kind.MERGE,
    SortingMove.Kind.PROPOSAL,
    SortingMove.Kind.UNDO,
]


def _without(name: str, kept: Any) -> Any:
    """``kept`` (JSON) with ``name`` struck out of each of its texts."""
    if isinstance(kept, str):
        return re.sub(re.escape(name), "…", kept, flags=re.IGNORECASE)
    if isinstance(kept, list):
        return [_without(name, each) for each in kept]
    if isinstance(kept, dict):
        return {key: _without(name, each) for key, each in kept.items()}
    return kept


def _old_moves_go(before: datetime) -> int:
    return SortingMove.objects.filter(at__lt=before).delete()[0]


def _hands_go(before: datetime) -> int:
    return Hand.objects.filter(seen_at__lt=before).delete()[0]


also_forget(strike_names_of_groups)
goes_after(_("moves on the sorting table"), timedelta(days=90), _old_moves_go)
goes_after(_("who is at the sorting table now"), timedelta(minutes=1), _hands_go)
declare(
    Telling,
    _("who was told what became of an idea"),
    subject="person",
    personal={"person at": Personal(_("to tell nobody twice"), UNTIL_ERASURE, Seen.HOSTS)},
    plain="fate",
)


def forget_lists(before: datetime) -> int:
    """Lists of ideas older than ``before`` keep no line of anybody."""
    return let_lines_go(IdeaList.objects.all(), before)


def forget_in_lists(person: Person, at: datetime) -> None:
    """Lists that wait and name this person's address are forgotten whole."""
    for many in holding(IdeaList.objects.all(), person.email):
        many.let_go()


goes_after(_("the lines of lists of ideas"), timedelta(days=30), forget_lists)
also_forget(forget_in_lists)
