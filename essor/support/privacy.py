"""What this room keeps of people: mentors, and who decided what."""

from django.utils.translation import gettext_lazy as _

from essor.kit.privacy import Basis, Leaving, Personal, Seen, declare
from essor.support.models import (
    Cohort,
    CohortPlace,
    Committee,
    CommitteeMember,
    Contact,
    Finding,
    Mentor,
    Mentoring,
    Pause,
    ProjectFile,
    Recommendation,
    Reply,
    Voice,
)

declare(
    Cohort,
    _("cohorts"),
    plain="public_id territory name starts_on ends_on themes open_track takeoff_on takeoff_place "
    "invented created_at",
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
            _("until the person asks for erasure"),
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
            _("until the person asks for erasure"),
            Seen.TABLE,
            basis=Basis.CONSENT,
        )
    },
    plain="public_id project since ended_at",
)
declare(
    Recommendation,
    _("recommendations"),
    subject="written_by",
    leaving=Leaving.BLANK,
    personal={
        "written_by": Personal(
            _("to know whom to ask about a recommendation"),
            _("until the person asks for erasure"),
            Seen.TABLE,
        )
    },
    plain="public_id territory project until voice answer answered_at created_at",
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
            _("until the person asks for erasure"),
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
            _("until the person asks for erasure"),
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
            _("until the person asks for erasure"),
            Seen.TABLE,
            basis=Basis.LEGITIMATE,
        )
    },
    plain="file",
)
