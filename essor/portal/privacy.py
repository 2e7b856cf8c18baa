"""What this room keeps of people: nothing; solutions name organisations, as public sources do."""

from django.utils.translation import gettext_lazy as _

from essor.kit.privacy import declare
from essor.portal.models import Solution

declare(
    Solution,
    _("solutions that public sources tell of"),
    plain="public_id territory name spread note steps sources created_at",
)
