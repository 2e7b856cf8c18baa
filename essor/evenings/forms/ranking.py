"""Two or three challenges in order, chosen from lists that work without a script."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from essor.challenges.models import Challenge

RANKS = (1, 2, 3)


class Ranking(forms.Widget):
    """One list a rank: ``choices_1`` names the challenge put first, and so on."""

    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        return [data.get(f"{name}_{rank}", "") for rank in RANKS]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{rank}" in data for rank in RANKS)


class RankingField(forms.Field):
    """Two or three challenges in order, as a tuple; gaps close up, a challenge counts once."""

    widget = Ranking

    def __init__(self, challenges: list[Challenge], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.challenges = {challenge.public_id: challenge for challenge in challenges}

    def clean(self, value: Any) -> tuple[Challenge, ...]:
        chosen = [key for key in value or [] if key]
        if len(set(chosen)) < len(chosen):
            raise ValidationError(gettext("The same challenge has two places: keep one of them."))
        if not set(chosen) <= set(self.challenges):
            raise ValidationError(
                gettext("One of these challenges is no longer part of the evening: choose again.")
            )
        return tuple(self.challenges[key] for key in chosen)
