"""What this room keeps of people: mentors, funders and pledges, and who decided what."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

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
from essor.support.actions.room_links import KEPT, forget_links
from essor.support.models import (
    BudgetLine,
    Cohort,
    CohortPlace,
    Committee,
    CommitteeMember,
    Contact,
    Finding,
    Funder,
    KeyDate,
    Mentor,
    Mentoring,
    Pause,
    PlayQuestion,
    Pledge,
    PrivateRoom,
    ProjectFile,
    Recommendation,
    Reply,
    RoomFile,
    RoomLink,
    RoomOpening,
    Standing,
    StateOfPlay,
    Voice,
)

declare(
    Cohort,
    _("cohorts"),
    plain="public_id territory name starts_on ends_on themes open_track takeoff_on takeoff_place "
    "opening_told takeoff_told end_told invented created_at",
    mentions="offers",
)
declare(
    CohortPlace,
    _("places in a cohort"),
    plain="cohort project since taken_in_by until taken_out_by",
    mentions="why why_out",
)
declare(
    Mentor,
    _("mentors"),
    subject="person",
    personal={
        "person offers at_most asked_at agreed_at agreed_to left_at": Personal(
            _("to put a mentor and a project together"),
            UNTIL_ERASURE,
            Seen.TABLE,
            basis=Basis.CONSENT,
        )
    },
    plain="public_id territory",
)
declare(
    Mentoring,
    _("projects that a mentor accompanies"),
    subject="mentor__person",
    personal={
        "mentor why why_ended": Personal(
            _("to know who accompanies whom, and why those two"),
            UNTIL_ERASURE,
            Seen.TABLE,
            basis=Basis.CONSENT,
        )
    },
    plain="public_id project since ended_at",
)
declare(
    Recommendation,
    _("recommendations"),
    **signed("written_by", _("to know whom to ask about a recommendation"), Seen.TABLE),
    plain="public_id territory project until voice answer answered_at reminded reminded_in "
    "created_at",
    mentions="what details",
)
declare(
    Reply,
    _("answers to recommendations"),
    plain="recommendation answer by at",
    mentions="words",
)
declare(
    Contact,
    _("projects that somebody of the team holds"),
    subject="person",
    personal={
        "person": Personal(
            _("to know to whom a project’s group turns"),
            UNTIL_ERASURE,
            Seen.TABLE,
            basis=Basis.LEGITIMATE,
        )
    },
    plain="public_id project since until",
)
declare(
    Pause,
    _("pauses of a project"),
    plain="public_id project since until by ended_at",
    mentions="why",
)
declare(
    Finding,
    _("what was found to look after"),
    subject="person",
    personal={
        "person": Personal(
            _("to see early who carries too much"),
            _("as long as it holds, or until the person asks for erasure"),
            Seen.HOSTS,
            basis=Basis.LEGITIMATE,
        )
    },
    plain="public_id territory kind project since count share",
)
declare(Committee, _("committees"), plain="public_id territory name on place created_at")
declare(
    CommitteeMember,
    _("committees on which I sit"),
    subject="person",
    personal={
        "person comes_from named_at left_at": Personal(
            _("to know who decides on which day, and in whose name"),
            UNTIL_ERASURE,
            Seen.TABLE,
            basis=Basis.LEGITIMATE,
        )
    },
    plain="public_id committee reminded_at",
)
declare(
    ProjectFile,
    _("files before a committee"),
    plain="public_id committee project frozen_at seen decision decided_at decided_by",
    mentions="frozen reasons",
)
declare(
    Voice,
    _("voices in a committee"),
    subject="person",
    personal={
        "person kind words at": Personal(
            _("to know who decided and who stood aside"),
            UNTIL_ERASURE,
            Seen.TABLE,
            basis=Basis.LEGITIMATE,
        )
    },
    plain="file",
)
declare(
    PlayQuestion,
    _("questions of a state of play"),
    plain="territory key kind place name label options retired_at",
)
declare(
    StateOfPlay,
    _("states of play of cohorts"),
    plain="public_id cohort questions opened_at again_at",
)
declare(
    Standing,
    _("where a project stands, as I wrote it"),
    **signed("written_by", _("to know whom to ask about an answer"), Seen.TABLE),
    plain="public_id play project moment version asked_at saved_at handed_in_at reminded "
    "reminded_in recalled_at",
    mentions="written",
)
declare(
    Funder,
    _("what I would support"),
    subject="person",
    personal={
        "person about themes stages forms least most communes until showing shows_amounts agreed_to "
        "confirmed_at paused_at left_at": Personal(
            _("to put funders and projects together, as far as each funder chose"),
            UNTIL_ERASURE,
            Seen.TABLE,
            basis=Basis.CONSENT,
        )
    },
    plain="public_id territory created_at",
)
declare(
    Pledge,
    _("pledges to projects"),
    subject="commitment__person",
    personal={
        "form amount line funder": Personal(
            _("to let a project count on a pledge, and to thank"),
            UNTIL_ERASURE,
            Seen.TABLE,
        )
    },
    plain="commitment room near_told",
)
declare(
    PrivateRoom,
    _("private rooms of projects"),
    plain="public_id project sum_shown opened_at closed_at",
    mentions="words",
)
declare(
    BudgetLine,
    _("lines of a project’s budget"),
    plain="public_id room needed found held",
    mentions="label",
)
declare(KeyDate, _("key dates of a project"), plain="public_id room day", mentions="what")
declare(
    RoomFile,
    _("files for a project’s partners"),
    plain="public_id room file kind size added_at",
    mentions="title",
)
declare(
    RoomLink,
    _("secret links for partners"),
    plain="public_id room until made_by made_at revoked_at",
    mentions="name",
    keys="digest",
)
declare(RoomOpening, _("how often a secret link was opened"), plain="link at")


def give_euros_back(person: Person, at: datetime) -> None:
    """Their pledges go: what they held of budgets may be brought by somebody else."""
    held = Pledge.objects.filter(
        commitment__person=person, commitment__state__in=HOLDING, line__isnull=False
    )
    for line, amount in held.order_by("line", "id").values_list("line", "amount"):
        BudgetLine.objects.filter(pk=line).update(held=F("held") - (amount or 0))


def old_links_go(before: datetime) -> int:
    return forget_links(before=before, by=None, at=clock.now())


also_forget(give_euros_back)
goes_after(_("secret links of private rooms that ended"), KEPT, old_links_go)
