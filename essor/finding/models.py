"""The index: which stems stand on which public page; and searches that people keep by mail.

The index can be made again at any time (``index.rebuild``); nothing points into it.
"""

from django.db import models

from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.territories.models import Territory


class Page(models.Model):
    """One object that may be found, under the number that stands for it everywhere here.

    ``key`` holds the kind's code and the object's key (``keys.py``). ``stems`` are those under
    which it stands in lists, with a blank between; ``digest`` is of the texts they come from.
    """

    key = models.BigIntegerField(primary_key=True)
    territory = models.BigIntegerField()
    stems = models.TextField()
    digest = models.CharField(max_length=32)
    since = models.DateTimeField(help_text="when it was first found by searching")

    class Meta:
        ordering = ["key"]
        indexes = [
            models.Index(fields=["territory", "key"], name="page_territory"),
            models.Index(fields=["since"], name="page_since"),
        ]


class Posting(models.Model):
    """The pages of one territory on which a stem stands, packed (``algos.finding``)."""

    stem = models.CharField(max_length=60)
    territory = models.BigIntegerField()
    pages = models.BinaryField()

    class Meta:
        ordering = ["stem", "territory"]
        constraints = [
            models.UniqueConstraint(fields=["stem", "territory"], name="posting_once"),
        ]
        indexes = [models.Index(fields=["territory"], name="posting_territory")]


class Word(models.Model):
    """A word as it was written somewhere, folded, and the stem under which its pages stand."""

    word = models.CharField(max_length=60)
    stem = models.CharField(max_length=60, db_index=True)

    class Meta:
        ordering = ["word", "stem"]
        constraints = [models.UniqueConstraint(fields=["word", "stem"], name="word_once")]

    def __str__(self) -> str:
        return self.word


class Gram(models.Model):
    """Three letters in a row, with the words (packed numbers) in which they stand."""

    letters = models.CharField(max_length=3, unique=True)
    words = models.BinaryField()

    class Meta:
        ordering = ["letters"]

    def __str__(self) -> str:
        return self.letters


class Bookmark(models.Model):
    """How far the ledger was read, one row; lines after ``before`` are read once more.

    A transaction may commit a lower line after a higher one: each line is read in two turns.
    """

    name = models.CharField(max_length=20, unique=True)
    before = models.BigIntegerField(default=0)
    line = models.BigIntegerField(default=0)
    made_by = models.PositiveSmallIntegerField(default=0, help_text="the index's version")
    remade = models.BigIntegerField(default=0, help_text="the last territory that was remade")

    def __str__(self) -> str:
        return self.name


class SavedSearch(models.Model):
    """Words that somebody wants to hear of by mail, once confirmed by the link in a mail.

    What was found by searching for the first time after ``confirmed_at`` is news.
    """

    public_id = PublicIdField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_searches")
    words = models.CharField(max_length=100)
    territory = models.ForeignKey(
        Territory, models.CASCADE, null=True, blank=True, related_name="+",
        help_text="none: everywhere",
    )  # fmt: skip
    kind = models.CharField(max_length=20, blank=True, help_text="blank: everything")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "words", "territory", "kind"], name="saved_once"
            ),
            models.UniqueConstraint(
                fields=["person", "words", "kind"],
                condition=models.Q(territory=None),
                name="saved_once_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class ToldFinding(models.Model):
    """Something new that a saved search brought to somebody; the database holds that it is once."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="told")
    page = models.BigIntegerField(help_text="its number in the index")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["search", "page"], name="finding_told_once")]
