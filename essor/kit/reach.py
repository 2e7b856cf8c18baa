"""The field for an e-mail address, as people type and paste it."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from essor.kit.words import cleaned

TELEPHONE = re.compile(r"\+?[\d(][\d ().\-/]{5,}")
SURROUNDED = re.compile(r"^(?:mailto:)?[<\"'(]*|[>\"'),;.]*$", re.IGNORECASE)


def looks_like_an_address(value: str) -> None:
    """Raises ``ValidationError`` that says what is wrong with it, and how it would be right."""
    if TELEPHONE.fullmatch(value):
        raise ValidationError(_("This is a telephone number: write an e-mail address."))
    if _is_right(value):
        return
    meant = value.replace(",", ".").replace(";", ".")
    if meant != value and _is_right(meant):
        raise ValidationError(
            _("Is it %(meant)s? A dot stands there, no comma.") % {"meant": meant}
        )
    name, at, house = value.rpartition("@")
    if not at or not name:
        raise ValidationError(
            _("The @ or what stands before it is missing, as in lise@example.org.")
        )
    if "." not in house:
        words = _("The end of the address is missing: %(house)s.fr, %(house)s.org…")
        raise ValidationError(words % {"house": house or "example"})
    raise ValidationError(_("This e-mail address is not complete: look at each letter."))


def _is_right(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


class AddressField(forms.EmailField):
    """An e-mail address without what comes along when it is typed on a phone or pasted: spaces,
    brackets, a last comma. What is wrong is said so that it can be put right."""

    default_validators = [looks_like_an_address]

    def to_python(self, value: Any) -> str:
        said = cleaned(super().to_python(value) or "")
        return said if TELEPHONE.fullmatch(said) else SURROUNDED.sub("", said.replace(" ", ""))
