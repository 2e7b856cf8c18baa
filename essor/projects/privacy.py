"""What this room keeps of people: who belongs to a project's group, and names in its sheet."""

from django.utils.translation import gettext_lazy as _

from essor.kit.privacy import Personal, Seen, declare
from essor.projects.models import (
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
    "invented origin status_as_said legal_form sut_link milestones sources created_at themes",
    mentions="title summary leader_words sut_link_note",
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
