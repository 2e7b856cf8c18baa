"""Territories, their brand, themes, spheres, host teams and invitations."""

import hashlib
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from essor.kit.ids import PublicIdField
from essor.people.models import Person, Sphere

hex_colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six digits."))


class Territory(models.Model):
    """Where a host team acts. Its words and colours are its own."""

    public_id = PublicIdField()
    slug = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=120)
    dynamic_name = models.CharField(max_length=80, default="Start-Up de Territoire")
    evening_name = models.CharField(max_length=80, blank=True)
    promise = models.CharField(max_length=160, blank=True)
    welcome = models.TextField(blank=True)
    primary = models.CharField(max_length=7, default="#1d1a38", validators=[hex_colour])
    accent = models.CharField(max_length=7, default="#f2a51c", validators=[hex_colour])
    logo = models.CharField(max_length=120, blank=True, help_text="path of the re-encoded image")
    language = models.CharField(max_length=5, default="fr")
    country = models.CharField(max_length=2, default="FR")
    department = models.CharField(max_length=20, blank=True)
    host_structure = models.CharField(max_length=200, blank=True)
    since = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    sources = models.JSONField(default=list, blank=True)
    listed = models.BooleanField(default=True)
    rehearsal = models.BooleanField(
        default=False,
        help_text="a throw-away copy to train on: closed to the public, in no list, sends no mail",
    )
    run_here = models.BooleanField(default=True, help_text="false: shown from public sources only")
    themes: models.ManyToManyField["Theme", Any] = models.ManyToManyField(
        "Theme", blank=True, related_name="chosen_by"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "territories"

    def __str__(self) -> str:
        return self.name

    @property
    def brand_version(self) -> str:
        """Changes with the colours, so that their style sheet may be kept for ever."""
        return hashlib.sha256(f"{self.primary}{self.accent}".lower().encode()).hexdigest()[:10]

    @property
    def logo_version(self) -> str:
        """Changes with the logo (its file has a new name each time)."""
        return self.logo.rpartition("/")[2].removesuffix(".png")


class Theme(models.Model):
    """Food, energy, ...: shared by the network (no territory) or a territory's own."""

    territory = models.ForeignKey(Territory, models.CASCADE, null=True, blank=True)
    code = models.SlugField(max_length=40)
    name_fr = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    order = models.PositiveSmallIntegerField(default=50)

    class Meta:
        ordering = ["order", "name_fr", "id"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "code"], name="theme_code"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(territory=None), name="theme_code_shared"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        english = (translation.get_language() or "fr").startswith("en")
        return (self.name_en if english else "") or self.name_fr


class SphereTarget(models.Model):
    """Which share of an evening a territory hopes for from one sphere, in percent."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="sphere_targets")
    sphere = models.ForeignKey(Sphere, models.CASCADE)
    percent = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["sphere__order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "sphere"], name="sphere_target_once"),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="sphere_target_max"),
        ]


class Role(models.Model):
    """What a person is trusted with in a territory (for a coordinator: in the whole network)."""

    class Kind(models.TextChoices):
        HOST = "host", _("host")
        FACILITATOR = "facilitator", _("facilitator")
        DOOR = "door", _("door")
        COMMITTEE = "committee", _("committee")
        SUPPORTER = "supporter", _("supporter")
        COORDINATOR = "coordinator", _("network coordinator")

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    territory = models.ForeignKey(
        Territory, models.CASCADE, null=True, blank=True, related_name="roles"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    since = models.DateTimeField()

    class Meta:
        ordering = ["kind", "since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "territory", "kind"], name="role_once"),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(territory=None),
                name="role_once_network",
            ),
            models.CheckConstraint(
                condition=models.Q(territory=None, kind="coordinator")
                | models.Q(territory__isnull=False) & ~models.Q(kind="coordinator"),
                name="role_place",
            ),
        ]


class Invitation(models.Model):
    """A link that offers a role to whoever receives it: single use, kept as a hash only."""

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="invitations")
    kind = models.CharField(max_length=20, choices=Role.Kind.choices)
    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
