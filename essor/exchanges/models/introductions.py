"""Introductions: somebody puts two people in touch, and both must want it."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.exchanges.models.needs import Need
from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.projects.models import Project
from essor.territories.models import Territory
from essor.treasures.models import Treasure


class Introduction(models.Model):
    """Two people, why they should meet, who thought of it. Open until both agreed or time is over.

    An answer other than yes does not end it: whoever said yes could tell a refusal from silence by
    the day of the news. It may be taken back by whoever asked, and by either of the two before
    they answer; the other is not told by whom.
    """

    class Ending(models.TextChoices):
        MADE = "made", _("both agreed")
        NOT_MADE = "not_made", _("it did not come about")
        WITHDRAWN = "withdrawn", _("whoever asked took it back")

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="introductions")
    project = models.ForeignKey(
        Project, models.SET_NULL, null=True, blank=True, related_name="introductions"
    )
    need = models.ForeignKey(
        Need, models.SET_NULL, null=True, blank=True, related_name="introductions"
    )
    treasure = models.ForeignKey(
        Treasure, models.SET_NULL, null=True, blank=True, related_name="introductions"
    )
    above = models.CharField(
        max_length=40, blank=True, help_text="what of an upper room the second is: funder:public id"
    )
    introducer = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="introductions_thought_of"
    )
    why = models.CharField(max_length=400)
    quiet = models.BooleanField(
        default=False, help_text="nobody is written to: one of the two asked this introducer not to"
    )
    asked_at = models.DateTimeField()
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    followed_at = models.DateTimeField(
        null=True, blank=True, help_text="when both were asked what came of it"
    )

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["ending", "asked_at"], name="introduction_waits"),
            models.Index(fields=["territory", "-asked_at"], name="introduction_desk"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class IntroductionSide(models.Model):
    """One of the two: what they answered, how they may be reached, what came of it for them."""

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NOT_NOW = "not_now", _("not now")
        NEVER = "never", _("never from this person")

    class Outcome(models.TextChoices):
        MET = "met", _("we met")
        SOMETHING = "something", _("something came of it")
        NOTHING = "nothing", _("nothing came of it")

    public_id = PublicIdField()
    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="sides")
    person = models.ForeignKey(Person, models.CASCADE, related_name="introductions")
    called = models.CharField(
        max_length=120,
        blank=True,
        help_text="the name by which the introducer knows them; blank: whoever keeps the treasure",
    )
    invited = models.BooleanField(
        default=False, help_text="came by an address that the introducer wrote"
    )
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reach = models.CharField(
        max_length=254, blank=True, help_text="the address or number that the other gets"
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    word = models.CharField(max_length=200, blank=True, help_text="to whoever introduced them")
    outcome_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["introduction", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["introduction", "person"], name="introduction_of_two_people"
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def known_as(self) -> str:
        """How the introducer calls this one."""
        if self.called:
            return self.called
        treasure = self.introduction.treasure
        if treasure is None:
            return gettext("somebody of here")
        return gettext("whoever wrote down “%(treasure)s”") % {"treasure": treasure.name}

    @property
    def shown_as(self) -> str:
        """What the other side reads before both agreed: a first name, never more."""
        return self.person.first_name if self.called == self.person.name else self.known_as
