"""A field for words as people write them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from essor.kit.prepared import Prepared
from essor.kit.words import TextField, cleaned
from essor.people.models import Sphere

WEB_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)


class NameField(TextField):
    """Words as people write them: any script, emoji, apostrophes; no marks that turn the line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return cleaned(super().to_python(value))

    def validate(self, value: Any) -> None:
        """No web address: what is written here is repeated in a mail sent in our name."""
        super().validate(value)
        if WEB_ADDRESS.search(value):
            raise ValidationError(gettext("Write words only, without a web address."))


_coded = Prepared(lambda code: Sphere.objects.filter(code=code), str)


class SphereField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A sphere by its code; what everybody chooses is looked up by SQL written once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Sphere.objects.all(), to_field_name="code", **kwargs)

    def to_python(self, value: Any) -> Sphere | None:
        """Raises ``ValidationError`` for a code that no sphere has."""
        if value in self.empty_values:
            return None
        code = value.code if isinstance(value, Sphere) else str(value)
        found = _coded.first(code) if "\0" not in code else None
        if found is None:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": value},
            )
        return found
