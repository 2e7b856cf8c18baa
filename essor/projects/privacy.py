"""What this room keeps of people: who belongs to a group, who leads, who offered to; sheets."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from essor.kit.privacy import UNTIL_ERASURE, Basis, Leaving, Personal, Seen, also_forget, declare
from essor.people.models import Person
from essor.projects.actions.leading import project_first, stop_leading
from essor.projects.models import (
    Hosting,
    LeaderAnswer,
    LeaderCall,
    Leadership,
    Membership,
    Project,
    Sheet,
    SheetPhoto,
    SheetVariant,
    StageChange,
    TerritoryStage,
)

declare(
    Project,
    _("projects"),
    plain="public_id territory stage condition track leader_wanted merged_into published_at year "
    "invented origin place status_as_said legal_form sut_link milestones sources created_at themes",
    mentions="title summary sut_link_note",
)
declare(
    Sheet,
    _("project sheets"),
    plain="project version saved_at handed_in_at",
    mentions="dream proposal people_helped leaders partners resources_human resources_material "
    "resources_financial first_steps set_aside",
)
declare(
    SheetVariant,
    _("other wordings of a sheet"),
    plain="public_id sheet field at settled_at",
    mentions="text",
)
declare(
    SheetPhoto,
    _("photographs of paper sheets, without metadata"),
    plain="public_id sheet file width height added_at",
)
declare(
    Membership,
    _("part in a project's group"),
    subject="person",
    personal={
        "person part follows since": Personal(
            _("to tell people what becomes of their project"),
            _("until the person leaves or asks for erasure"),
            Seen.TABLE,
        )
    },
    plain="project",
)
declare(
    StageChange,
    _("moves of a project"),
    plain="project stage condition into by at",
    mentions="why proof",
)
declare(
    TerritoryStage,
    _("stages of a territory’s projects"),
    plain="territory key like place name why actions helpers proof retired_at",
)
declare(
    LeaderCall,
    _("calls for a leader"),
    plain="public_id project opens_on closes_on ending ended_at ended_by created_at",
    mentions="why asked decided_by",
)
declare(
    LeaderAnswer,
    _("answers to a search for a leader"),
    subject="person",
    personal={
        "person kind words shows_name": Personal(
            _("to call back whoever could carry a project, or knows somebody"),
            UNTIL_ERASURE,
            Seen.HOSTS,
        )
    },
    plain="public_id project call after state state_at settled_by created_at",
    mentions="words",
)
declare(
    Leadership,
    _("who carried a project, and when"),
    subject="person",
    leaving=Leaving.BLANK,
    personal={
        "person": Personal(
            _("to know who carries a project"),
            _("until the person asks for erasure; the dates stay, without anybody"),
            Seen.TEAM,
        ),
        "shows_name": Personal(
            _("to show the first name on the project’s page, for whoever agreed"),
            UNTIL_ERASURE,
            Seen.PUBLIC,
            basis=Basis.CONSENT,
        ),
    },
    plain="public_id project since until call",
)
declare(
    Hosting,
    _("organisations that carry contracts for a project"),
    plain="public_id project name since until ended_at created_at",
    mentions="carries what_next",
)


def projects_stay(person: Person, at: datetime) -> None:
    """What they carried stays, and looks for a leader where nobody else leads it."""
    today = timezone.localdate(at)
    mine = Leadership.objects.filter(person=person, until=None).select_related("project__territory")
    for each in mine.order_by("project", "id"):
        project, term = project_first(each.project, each)
        term.project = project
        stop_leading(leadership=term, until=max(today, term.since), by=None, at=at)


also_forget(projects_stay)
