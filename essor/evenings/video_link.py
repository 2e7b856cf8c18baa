"""The address where a remote table meets: any video service, checked, only ever a link.

Nothing of it is fetched or embedded: a browser goes there when somebody follows the link.
"""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

LONGEST = 300
_well_formed = URLValidator(schemes=["https"])


def video_link(text: str) -> str:
    """The link as it is kept; raises ``ValidationError`` that says what is wrong with it."""
    link = text.strip()
    if not link:
        return ""
    if "://" not in link and not link.startswith("//"):
        link = f"https://{link}"
    if not link.lower().startswith("https://"):
        raise ValidationError(_("Only a secure address (https://…) may be given to people."))
    if len(link) > LONGEST:
        raise ValidationError(_("This address is too long: ask the service for a shorter one."))
    try:
        _well_formed(link)
    except ValidationError:
        raise ValidationError(
            _("This is no web address. Copy the link of the meeting as the service gives it.")
        ) from None
    if "@" in urlsplit(link).netloc:
        raise ValidationError(_("Leave the name and the password out of the address."))
    return link
