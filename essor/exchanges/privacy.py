"""What this room keeps of people: what they promised and needed."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from essor.exchanges.actions.introduction_care import close_those_of, forget_reach
from essor.exchanges.introducing import REACH_KEPT
from essor.exchanges.models import (
    Call,
    Commitment,
    Introduction,
    IntroductionSide,
    Need,
    Reading,
    Suggestion,
    Thanks,
)
from essor.exchanges.states import HOLDING
from essor.kit import clock
from essor.kit.privacy import (
    UNTIL_ERASURE,
    Basis,
    Personal,
    Seen,
    also_forget,
    declare,
    goes_after,
    signed,
)
from essor.people.models import Person

declare(
    Commitment,
    _("commitments"),
    subject="person",
    personal={
        "person kind what quantity until until_said condition": Personal(
            _("to bring a promise and a project together, and to thank"),
            UNTIL_ERASURE,
            Seen.TEAM,
        )
    },
    plain="public_id territory project need units state state_at reminded reminded_in due_told "
    "called_on call_again_on origin created_at",
)
declare(
    Call,
    _("calls about my promises"),
    subject="commitment__person",
    personal={
        "commitment on words again_on at": Personal(
            _("to know that somebody called, and what was agreed"),
            UNTIL_ERASURE,
            Seen.HOSTS,
            basis=Basis.LEGITIMATE,
        )
    },
    plain="by",
)
declare(
    Need,
    _("what projects need"),
    **signed("written_by", _("to know whom to ask about a need")),
    plain="public_id territory project kind quantity unit place until held ending ended_at matched created_at",
    mentions="title details condition",
)
declare(
    Reading,
    _("what offers mean, as numbers"),
    plain="territory treasure commitment stamp digest seen_at kind latitude longitude until numbers "
    "compared",
)
declare(
    Suggestion,
    _("offers suggested to needs"),
    plain="public_id territory need treasure commitment score reasons made_at told_at declined_at declined_by",
)


declare(
    Thanks,
    _("thanks for what I brought"),
    subject="commitment__person",
    personal={
        "showing name answered_at": Personal(
            _("to thank whoever kept a promise, as openly as they like"),
            _("until the person changes it or asks for erasure"),
            Seen.PUBLIC,
            Basis.CONSENT,
        )
    },
    plain="commitment said_by said_at told_at",
    mentions="words",
)


def give_units_back(person: Person, at: datetime) -> None:
    """Their promises go: what they held of needs may be brought by somebody else."""
    held = Commitment.objects.filter(person=person, need__isnull=False, state__in=HOLDING)
    for need, units in held.order_by("need", "id").values_list("need", "units"):
        Need.objects.filter(pk=need).update(held=F("held") - units)


also_forget(give_units_back)


declare(
    Introduction,
    _("introductions that I thought of"),
    **signed(
        "introducer",
        _("to say who puts two people in touch, and to tell them what came of it"),
        Seen.HOSTS,
    ),
    plain="public_id territory project need treasure above quiet asked_at ending ended_at followed_at",
    mentions="why",
)
declare(
    IntroductionSide,
    _("introductions to others"),
    subject="person",
    personal={
        "person called invited answer answered_at reminded_at": Personal(
            _("to put two people in touch who both want it"),
            _(
                "until the person asks for erasure; who came by an address that somebody wrote "
                "and did not answer is forgotten after 30 days"
            ),
            Seen.HOSTS,
        ),
        "outcome word outcome_at": Personal(
            _("to tell whoever introduced them what came of it"),
            UNTIL_ERASURE,
            Seen.HOSTS,
        ),
        "reach": Personal(
            _("to tell the other how to reach me, once both said yes"),
            _("one year"),
            Seen.ONESELF,
        ),
    },
    plain="public_id introduction",
)


def close_introductions(person: Person, at: datetime) -> None:
    """What waits for somebody who leaves, or was thought of by them, does not come about."""
    close_those_of(person=person, by=None, at=at)


def reach_goes(before: datetime) -> int:
    return forget_reach(before=before, by=None, at=clock.now())


also_forget(close_introductions)
goes_after(_("addresses that two people gave each other"), REACH_KEPT, reach_goes)
