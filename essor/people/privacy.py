"""What this room keeps of people."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from essor.kit.privacy import UNTIL_ERASURE, Basis, Leaving, Personal, Seen, declare, goes_after
from essor.people.models import Account, Consent, Organisation, Person, PersonalLink, Sphere

SPENT_LINKS = timedelta(days=30)

declare(
    Person,
    _("person"),
    subject="pk",
    leaving=Leaving.BLANK,
    personal={
        "first_name last_name": Personal(
            _("to welcome people by their name, on badges and lists"), UNTIL_ERASURE, Seen.TEAM
        ),
        "email": Personal(
            _("to send the ticket and what the person asked for"), UNTIL_ERASURE, Seen.HOSTS
        ),
        "phone": Personal(_("to reach somebody on the day"), UNTIL_ERASURE, Seen.HOSTS),
        "sphere organisation": Personal(
            _("to mix kinds of actors at each table"), UNTIL_ERASURE, Seen.TABLE
        ),
        "commune commune_code": Personal(
            _("to see which places are missing, in sums only"), UNTIL_ERASURE, Seen.HOSTS
        ),
        "language": Personal(_("to write in the right language"), UNTIL_ERASURE, Seen.ONESELF),
        "account": Personal(_("to sign in"), UNTIL_ERASURE, Seen.ONESELF),
    },
    plain="public_id invented no_news created_at erased_at",
)
declare(
    Account,
    _("account"),
    subject="person",
    personal={
        "email": Personal(_("to sign in by a code"), UNTIL_ERASURE, Seen.ONESELF),
        "last_login": Personal(
            _("to notice a sign-in by somebody else"), UNTIL_ERASURE, Seen.ONESELF,
            basis=Basis.LEGITIMATE,
        ),
    },
    plain="is_active created_at",
    keys="password",
)  # fmt: skip
declare(
    Consent,
    _("what the person agreed to"),
    subject="person",
    personal={
        "person purpose wording given_at withdrawn_at": Personal(
            _("to prove what was agreed to, in which words, and when it ended"),
            UNTIL_ERASURE,
            Seen.ONESELF,
            basis=Basis.CONSENT,
        )
    },
)
declare(
    PersonalLink,
    _("links sent to the person"),
    subject="person",
    personal={
        "person purpose subject": Personal(
            _("to open one page to one person without an account"),
            _("30 days after use or end"),
            Seen.ONESELF,
        )
    },
    plain="made_at expires_at used_at",
    keys="digest",
)
declare(Organisation, _("organisations"), plain="public_id name key sphere")
declare(Sphere, _("spheres"), plain="code name_fr name_en plural_fr plural_en colour letter order")


def remove_spent_links(before: datetime) -> int:
    gone, _ = PersonalLink.objects.filter(expires_at__lt=before).delete()
    return gone


goes_after(_("personal links that are used or too old"), SPENT_LINKS, remove_spent_links)
