"""The index: which words stand on which public page. Everything here can be made again."""

from django.db import models


class Page(models.Model):
    """One object that may be found. ``of_id`` is its key in its own table, not its public id."""

    kind = models.CharField(max_length=20)
    of_id = models.BigIntegerField()
    territory = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "of_id"], name="page_once")]


class Term(models.Model):
    """A stem or a whole word, folded, that stands on some page."""

    word = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.word


class Gram(models.Model):
    """Three letters that follow each other in a term: how mistyped words meet it."""

    letters = models.CharField(max_length=3)
    term = models.ForeignKey(Term, models.CASCADE, related_name="grams")

    class Meta:
        indexes = [models.Index(fields=["letters", "term"], name="gram_terms")]


class Posting(models.Model):
    """How much a term weighs on a page: its counts, saturated and set against the length."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="postings")
    territory = models.BigIntegerField()
    term = models.ForeignKey(Term, models.CASCADE, related_name="postings", db_index=False)
    weight = models.FloatField()

    class Meta:
        indexes = [
            models.Index(fields=["term", "territory", "page", "weight"], name="posting_here")
        ]


class Bookmark(models.Model):
    """The last ledger line that the index has taken in; one row."""

    name = models.CharField(max_length=20, unique=True)
    line = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
