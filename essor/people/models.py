"""Persons with or without an account, organisations, spheres, consent and personal links."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.kit.ids import PublicIdField


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, **fields: Any) -> "Account":
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_unusable_password()
        account.save(using=self._db)
        # allauth keeps addresses apart; the first code that comes back confirms this one.
        account.emailaddress_set.create(email=account.email, primary=True, verified=False)  # type: ignore[attr-defined]
        return account


class Account(AbstractBaseUser):
    """What lets a person sign in: an address that receives codes, and perhaps passkeys."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return self.email


class Sphere(models.Model):
    """A kind of actor (citizen, enterprise, ...), with a colour and a letter of its own."""

    code = models.SlugField(max_length=30, unique=True)
    name_fr = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    plural_fr = models.CharField(max_length=60)
    plural_en = models.CharField(max_length=60)
    colour = models.CharField(max_length=7)
    letter = models.CharField(max_length=1)
    order = models.PositiveSmallIntegerField(default=50)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return (
            self.name_en if (translation.get_language() or "fr").startswith("en") else self.name_fr
        )

    @property
    def plural(self) -> str:
        english = (translation.get_language() or "fr").startswith("en")
        return self.plural_en if english else self.plural_fr


class Organisation(models.Model):
    """A firm, association, public body, cooperative or school, as people name it."""

    public_id = PublicIdField()
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, unique=True, help_text="the name, folded, to find twins")
    sphere = models.ForeignKey(Sphere, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who took part. An address is optional and may be shared by a household."""

    public_id = PublicIdField()
    account = models.OneToOneField(Account, models.SET_NULL, null=True, blank=True)
    first_name = models.CharField(max_length=200)
    last_name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True, db_index=True)
    phone = models.CharField(max_length=30, blank=True)
    sphere = models.ForeignKey(Sphere, models.PROTECT, null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True)
    commune = models.CharField(max_length=80, blank=True)
    commune_code = models.CharField(max_length=5, blank=True)
    language = models.CharField(max_length=5, default="fr")
    invented = models.BooleanField(default=False, help_text="made up for a demonstration")
    no_news = models.BooleanField(default=False, help_text="asked to receive no news by mail")
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["first_name", "last_name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        if self.erased_at:
            return gettext("somebody who left")
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def short_name(self) -> str:
        """First name with the last name's initial: what other participants see."""
        if self.erased_at or not self.last_name:
            return self.name
        return f"{self.first_name} {self.last_name[:1]}.".strip()


class Consent(models.Model):
    """What a person agreed to, in which words (version), when, and when it was withdrawn."""

    class Purpose(models.TextChoices):
        EVENING = "evening", _("organise the evening")
        NEWS = "news", _("hear what becomes of the ideas")
        SHOW_NAME = "show_name", _("show my first name on the screen")
        CONTACT = "contact", _("be put in touch through the platform")

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    wording = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-given_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="consent_one_open",
            )
        ]


class PersonalLink(models.Model):
    """A link sent to one person: single use, short-lived, kept as a hash only."""

    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=30)
    subject = models.CharField(max_length=16, blank=True, help_text="public id the link opens")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
