"""The ledger names people by a public id only; an erased person's becomes a pseudonym."""

from django.utils.translation import gettext_lazy as _

from essor.kit.privacy import Basis, Personal, Seen, declare
from essor.ledger.models import Entry

declare(
    Entry,
    _("what happened, one line each"),
    personal={
        "by of_id": Personal(
            _("to show what happened and who did it"),
            _("as long as the territory; a pseudonym after erasure"),
            Seen.TEAM,
            basis=Basis.LEGITIMATE,
        )
    },
    plain="at verb of_type part_of territory room audience data",
)
