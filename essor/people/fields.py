"""A field for words as people write them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from essor.people.text import cleaned

WEB_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)


class NameField(forms.CharField):
    """Words as people write them: any script, emoji, apostrophes; no marks that turn the line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return cleaned(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        """No web address: what is written here is repeated in a mail sent in our name."""
        super().validate(value)
        if WEB_ADDRESS.search(value):
            raise ValidationError(gettext("Write words only, without a web address."))
