"""What matching keeps: how it read each offer, and which offers it suggests to which needs."""

from django.db import models
from django.db.models import Q

from essor.exchanges.models.commitments import Commitment
from essor.exchanges.models.needs import Need
from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.territories.models import Territory
from essor.treasures.models import Treasure

ONE_OFFER = Q(treasure__isnull=False, commitment=None) | Q(treasure=None, commitment__isnull=False)


class Reading(models.Model):
    """An offer as matching reads it: a treasure that is offered, or a promise to the territory.

    What is read of it never changes, only its row is replaced, whose number tells an index what is
    new. Open needs are compared with it until it is ``compared``. ``numbers``
    is a packed reading of ``essor.algos.matching``, true while its ``stamp`` is; ``seen_at`` the
    change of the offer that was read; ``digest`` tells whether its words changed since.
    """

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="+")
    treasure = models.OneToOneField(
        Treasure, models.CASCADE, null=True, blank=True, related_name="reading"
    )
    commitment = models.OneToOneField(
        Commitment, models.CASCADE, null=True, blank=True, related_name="reading"
    )
    stamp = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField()
    kind = models.CharField(max_length=20, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    numbers = models.BinaryField()
    compared = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["territory", "id"], name="reading_new")]
        constraints = [models.CheckConstraint(condition=ONE_OFFER, name="reading_of_one_offer")]


class Suggestion(models.Model):
    """An offer that may answer a need, and why. Declined, it is remembered and never shown again."""

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="+")
    need = models.ForeignKey(Need, models.CASCADE, related_name="suggestions")
    treasure = models.ForeignKey(
        Treasure, models.CASCADE, null=True, blank=True, related_name="suggestions"
    )
    commitment = models.ForeignKey(
        Commitment, models.CASCADE, null=True, blank=True, related_name="suggestions"
    )
    score = models.FloatField(help_text="0 to 1")
    reasons = models.JSONField(
        default=list, help_text="codes with their values, most telling first"
    )
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="to whoever offers it, in a digest"
    )
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["need", "-score", "id"]
        constraints = [
            models.CheckConstraint(condition=ONE_OFFER, name="suggestion_of_one_offer"),
            models.UniqueConstraint(fields=["need", "treasure"], name="suggestion_treasure_once"),
            models.UniqueConstraint(
                fields=["need", "commitment"], name="suggestion_commitment_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
