"""What this room keeps of people: who wrote a treasure down, who confirmed or corrected it."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from essor.kit.lists.life import OPEN, holding, let_lines_go
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
from essor.kit.runs import GOING
from essor.people.models import Person
from essor.treasures.models import Arrival, Confirmation, Correction, Treasure, TreasureList

declare(
    Treasure,
    _("treasures"),
    **signed("keeper", _("to ask once a year whether the treasure is still so")),
    plain="public_id territory kind kind_as_said use quantity themes sphere commune commune_code "
    "latitude longitude precision state way origin brought_in_by as_brought sources invented "
    "created_at changed_at corrected_at confirmed_at asked_at",
    mentions="name description holder place hidden_why",
)
declare(
    Confirmation,
    _("treasures that people confirmed"),
    **signed("person device", _("to count each confirmation once")),
    plain="treasure at",
    mentions="served_for",
)
declare(
    Correction,
    _("corrections of treasures"),
    subject="person",
    leaving=Leaving.BLANK,
    personal={
        "person device": Personal(
            _("to ask back and to answer"), UNTIL_ERASURE, Seen.TEAM, Basis.LEGITIMATE
        ),
        "changes before": Personal(
            _("to show what was corrected"), _("until erasure of whoever proposed it"), Seen.TEAM
        ),
    },
    plain="public_id treasure reason state at settled_at settled_by",
    mentions="words answer",
)
declare(
    TreasureList,
    _("lists of treasures being read"),
    personal={
        "filename table result": Personal(
            _("to show a list of treasures before it is brought in"),
            _("30 days, then blanked"),
            Seen.TEAM,
        )
    },
    plain="public_id territory source digest signature mapping state made_by made_at applied_at",
)
declare(
    Arrival,
    _("lists of treasures coming in"),
    personal={
        "left": Personal(
            _("to say which lines stayed out"),
            _("until the list is in, 30 days at most"),
            Seen.TEAM,
        )
    },
    plain="public_id many state total done counts asked_by asked_at beat_at stop_asked_at ended_at",
)


def forget_lists(before: datetime) -> int:
    """Lists of treasures older than ``before`` keep no line of anybody."""
    old = TreasureList.objects.filter(made_at__lt=before)
    end_arrivals(old.filter(state=TreasureList.State.COMING), before)
    return let_lines_go(old, before)


def end_arrivals(lists: QuerySet[TreasureList], at: datetime) -> None:
    """Whatever still brings these lists in ends before its next step."""
    Arrival.objects.filter(many__in=lists, state__in=GOING).update(
        state=Arrival.State.STOPPED, ended_at=at, left=[]
    )


def forget_in_lists(person: Person, at: datetime) -> None:
    """Lists that wait and name this person's address are forgotten whole."""
    for many in holding(TreasureList.objects.filter(state__in=OPEN), person.email):
        end_arrivals(TreasureList.objects.filter(pk=many.pk), at)
        many.let_go()


def forget_in_corrections(person: Person, at: datetime) -> None:
    """What others proposed keeps no name or address of the person."""
    for word in filter(None, (person.email, person.name if person.last_name else "")):
        named = Correction.objects.filter(changes__icontains=word) | Correction.objects.filter(
            before__icontains=word
        )
        named.update(changes={}, before={})


goes_after(_("the lines of lists of treasures"), timedelta(days=30), forget_lists)
also_forget(forget_in_lists)
also_forget(forget_in_corrections)
