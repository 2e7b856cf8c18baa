"""Which themes a territory works with, and which spheres it hopes to see at its evenings."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.kit.rewording import Rewording
from essor.kit.words import TextField
from essor.people.models import Sphere
from essor.territories.models import SphereTarget, Territory, Theme
from essor.territories.queries import selectable_themes

MOST_NEW = 20


class ThemesForm(Rewording):
    themes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Themes"),
        queryset=Theme.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    new = TextField(
        label=gettext_lazy("Themes of your own"),
        help_text=gettext_lazy("One a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        kwargs.setdefault("initial", self.words_of(territory))
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = selectable_themes(territory)  # type: ignore[attr-defined]

    @staticmethod
    def words_of(territory: Territory) -> dict[str, Any]:
        """The themes as they stand."""
        return {"themes": territory.themes.all()}

    def clean_new(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["new"].splitlines() if line.strip()]
        if len(names) > MOST_NEW:
            raise forms.ValidationError(_("At most twenty new themes at once."))
        for name in names:
            if len(name) > 80:
                raise forms.ValidationError(
                    _("“%(name)s…” is too long: a theme has at most 80 signs.")
                    % {"name": name[:30]}
                )
        return names


class SphereTargetsForm(Rewording):
    """One number a sphere, in percent of an evening; empty says nothing about that sphere."""

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spheres = list(Sphere.objects.all())
        self.hoped = _hoped(territory)
        self.initial = self.words_of(territory)
        for sphere in self.spheres:
            self.fields[sphere.code] = forms.IntegerField(
                label=sphere.plural,
                min_value=0,
                max_value=100,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def words_of(self, territory: Territory) -> dict[str, Any]:
        """The shares as they stand."""
        hoped = _hoped(territory)
        return {sphere.code: hoped.get(sphere.pk) for sphere in self.spheres}

    def rows(self) -> Iterator[tuple[Sphere, forms.BoundField]]:
        for sphere in self.spheres:
            yield sphere, self[sphere.code]

    @property
    def percents(self) -> dict[Sphere, int]:
        return {sphere: self.cleaned_data[sphere.code] or 0 for sphere in self.spheres}


def _hoped(territory: Territory) -> dict[int, int]:
    targets = SphereTarget.objects.filter(territory=territory)
    return dict(targets.values_list("sphere_id", "percent"))
