"""Funders and business angels: what they are interested in, and what they pledge to projects."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from essor.exchanges.models import Commitment
from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.support.models.private_rooms import BudgetLine, PrivateRoom
from essor.territories.models import Territory, Theme


class Form(models.TextChoices):
    """In which form somebody supports a project."""

    GIFT = "gift", _("a gift")
    LOAN = "loan", _("a loan")
    CAPITAL = "capital", _("capital")
    GUARANTEE = "guarantee", _("a guarantee")
    PURCHASE = "purchase", _("a promise to buy")
    SKILLS = "skills", _("skills and time")


class Funder(models.Model):
    """Somebody who would support projects: in which form, where, how much, until when.

    Nothing is shown to anybody but hosts before they proved their address. Paused or gone, they
    are suggested to nobody.
    """

    class Showing(models.TextChoices):
        HOSTS = "hosts", _("the host team alone")
        UNNAMED = "unnamed", _("projects too, without my name")
        NAMED = "named", _("projects too, with my name")

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="funders")
    person = models.ForeignKey(Person, models.CASCADE, related_name="funding_here")
    about = models.CharField(max_length=400, blank=True)
    themes = models.ManyToManyField(Theme, blank=True)
    stages = models.JSONField(default=list, blank=True, help_text="keys of the house's stages")
    forms = models.JSONField(default=list, help_text="values of ``Form``")
    least = models.PositiveIntegerField(null=True, blank=True)
    most = models.PositiveIntegerField(null=True, blank=True)
    communes = models.CharField(max_length=300, blank=True, help_text="names, between commas")
    until = models.DateField(null=True, blank=True)
    showing = models.CharField(max_length=10, choices=Showing.choices, default=Showing.HOSTS)
    shows_amounts = models.BooleanField(default=False)
    agreed_to = models.CharField(max_length=20, help_text="the version of the words")
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="when the address was proved"
    )
    paused_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["territory", "left_at"], name="funder_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "person"], condition=Q(left_at=None), name="funder_once"
            ),
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(least__lte=F("most")),
                name="funder_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The organisation where there is one, with the person."""
        firm = self.person.organisation
        return f"{self.person.name} ({firm})" if firm else self.person.name


class Pledge(models.Model):
    """What makes a commitment a funder's: its form, its amount, which line of the budget it brings.

    Its life is the commitment's own (``exchanges/states.py``).
    """

    commitment = models.OneToOneField(Commitment, models.CASCADE, related_name="pledge")
    room = models.ForeignKey(PrivateRoom, models.CASCADE, related_name="pledges")
    line = models.ForeignKey(
        BudgetLine, models.SET_NULL, null=True, blank=True, related_name="pledges"
    )
    funder = models.ForeignKey(
        Funder, models.SET_NULL, null=True, blank=True, related_name="pledges"
    )
    form = models.CharField(max_length=10, choices=Form.choices)
    amount = models.PositiveIntegerField(null=True, blank=True, help_text="euros; blank: no money")
    near_told = models.DateField(
        null=True, blank=True, help_text="the day of which the project was told that it is near"
    )

    class Meta:
        ordering = ["commitment__created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=1), name="pledge_of_something"
            )
        ]

    def __str__(self) -> str:
        return str(self.commitment)

    @property
    def territory(self) -> Territory:
        return self.commitment.territory
