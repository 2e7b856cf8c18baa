"""Wording a challenge: the question, its track and hosts, where it comes from, its limits."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.challenges.actions import Host, Wording
from essor.challenges.lot import PROMPTS
from essor.challenges.models import Challenge
from essor.kit.pieces import CardLabel
from essor.kit.rewording import Rewording
from essor.kit.words import TextField
from essor.territories.models import Territory, Theme
from essor.territories.queries import selectable_themes

MOST_HOSTS, MOST_SOURCES = 8, 20
is_web_address = URLValidator(schemes=["http", "https"])


class WordingForm(Rewording):
    question = TextField(
        label=gettext_lazy("The question"),
        help_text=gettext_lazy("It begins with “Comment…”, in words that everybody uses."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    short = TextField(
        label=gettext_lazy("In two or three words"),
        help_text=gettext_lazy("For tables, badges and the big screen."),
        max_length=60,
    )
    track = forms.ChoiceField(
        label=gettext_lazy("Track"),
        choices=[
            (
                Challenge.Track.IMAGINE,
                CardLabel(
                    gettext_lazy("to imagine"), gettext_lazy("A problem; the table seeks answers.")
                ),
            ),
            (
                Challenge.Track.BOOST,
                CardLabel(
                    gettext_lazy("to boost"),
                    gettext_lazy("A project that exists comes to be helped by a table."),
                ),
            ),
        ],
        widget=forms.RadioSelect,
        initial=Challenge.Track.IMAGINE,
    )
    hosts = TextField(
        label=gettext_lazy("Who carries the project to boost"),
        help_text=gettext_lazy("One person a line: first name, last name, mail address."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    context = TextField(
        label=gettext_lazy("Where it comes from"),
        help_text=gettext_lazy("What people said, what is known, what was tried."),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    sources = TextField(
        label=gettext_lazy("Sources"),
        help_text=gettext_lazy("One a line: a name, then its web address."),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    themes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Themes"),
        queryset=Theme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    neighbours = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Challenges that may share a table with it"),
        queryset=Challenge.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("At most how many people"),
        help_text=gettext_lazy("Empty: as many as want to."),
        required=False,
        min_value=2,
        max_value=2000,
    )
    checks = forms.MultipleChoiceField(
        label=gettext_lazy("Six questions to ask yourselves"),
        choices=[(each.code, CardLabel(each.question, each.help)) for each in PROMPTS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        territory: Territory,
        challenge: Challenge | None = None,
        **kwargs: Any,
    ) -> None:
        if challenge is not None:
            kwargs.setdefault("initial", words_of(challenge))
        super().__init__(*args, **kwargs)
        others = Challenge.objects.filter(territory=territory).exclude(state=Challenge.State.CLOSED)
        if challenge is not None:
            kept = challenge.neighbours.values("pk")
            others = (others | Challenge.objects.filter(pk__in=kept)).exclude(pk=challenge.pk)
        self.fields["themes"].queryset = selectable_themes(territory)  # type: ignore[attr-defined]
        self.fields["neighbours"].queryset = others.order_by("short", "id")  # type: ignore[attr-defined]

    def clean_question(self) -> str:
        question = _on_one_line(self.cleaned_data["question"])
        if not question.endswith("?"):
            raise ValidationError(_("A challenge is a question: end it with a question mark."))
        return question

    def clean_hosts(self) -> list[Host]:
        lines = _lines(self.cleaned_data["hosts"])
        if len(lines) > MOST_HOSTS:
            raise ValidationError(_("At most %(n)s people.") % {"n": MOST_HOSTS})
        return [_host_of(line) for line in lines]

    def clean_sources(self) -> list[dict[str, str]]:
        lines = _lines(self.cleaned_data["sources"])
        if len(lines) > MOST_SOURCES:
            raise ValidationError(_("At most %(n)s sources.") % {"n": MOST_SOURCES})
        return [_source_of(line) for line in lines]

    def clean(self) -> None:
        super().clean()
        data = self.cleaned_data
        boost = data.get("track") == Challenge.Track.BOOST
        if boost and "hosts" in data and not data["hosts"]:
            self.add_error("hosts", _("Name at least one person who will be at the table."))

    @property
    def wording(self) -> Wording:
        """What was written, once valid."""
        data = self.cleaned_data
        return Wording(
            question=data["question"],
            short=_on_one_line(data["short"]),
            context=data["context"].strip(),
            track=data["track"],
            capacity=data["capacity"],
            checks=tuple(data["checks"]),
            sources=tuple(data["sources"]),
            themes=list(data["themes"]),
            neighbours=list(data["neighbours"]),
            hosts=data["hosts"],
        )


def words_of(challenge: Challenge) -> dict[str, Any]:
    """A challenge as its form shows it."""
    hosts = challenge.hosts.order_by("first_name", "last_name", "id")
    return {
        "question": challenge.question,
        "short": challenge.short,
        "track": challenge.track,
        "context": challenge.context,
        "capacity": challenge.capacity,
        "checks": challenge.checks,
        "themes": challenge.themes.all(),
        "neighbours": challenge.neighbours.all(),
        "hosts": "\n".join(f"{host.name} {host.email}".strip() for host in hosts),
        "sources": "\n".join(f"{each['label']} {each['url']}" for each in challenge.sources),
    }


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _host_of(line: str) -> Host:
    """``"Inès Martin ines@example.org"``, with commas, brackets or semicolons as people put them."""
    words = re.split(r"[\s,;<>()]+", line)
    email = next((word for word in words if "@" in word), "")
    name = _on_one_line(" ".join(word for word in words if word != email))[:200]
    if not name:
        raise ValidationError(_("Write a name on this line too: %(line)s") % {"line": line[:60]})
    if email:
        try:
            validate_email(email)
        except ValidationError as trouble:
            words_of_it = _("This mail address is not complete: %(email)s")
            raise ValidationError(words_of_it % {"email": email[:60]}) from trouble
    return Host(name, email.lower())


def _source_of(line: str) -> dict[str, str]:
    """``"Rue89, 2017 https://…"``; an address alone is its own name."""
    found = re.search(r"https?://\S+", line)
    url = found.group() if found else ""
    try:
        is_web_address(url)
    except ValidationError as trouble:
        words = _("Put a web address (https://…) on this line: %(line)s")
        raise ValidationError(words % {"line": line[:60]}) from trouble
    label = _on_one_line(line.replace(url, "")).strip(" -–:|,") or url.split("/")[2]
    return {"label": label[:200], "url": url}
