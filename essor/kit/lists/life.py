"""What every list that comes in is, and what it goes through until its lines are let go."""

from datetime import datetime
from typing import ClassVar, TypeVar

from django.db import models

from essor.kit.ids import PublicIdField
from essor.kit.locks import lock

PREVIEW, COMING, APPLIED, DROPPED = "preview", "coming", "applied", "dropped"
OPEN = (PREVIEW, COMING)
"""The states in which a list still has lines that may come in."""


class ListGone(Exception):
    """This list was brought in or forgotten meanwhile, or comes in just now."""


class IncomingList(models.Model):
    """Many lines at once, read and looked at before anything of them is kept.

    ``table`` holds what was read, ``mapping`` what its columns mean; once the list is in, ``result``
    says what came of its lines. A room adds its own ``State``, and ``INTO``: the relation to what
    the list comes into.
    """

    INTO: ClassVar[str]

    public_id = PublicIdField()
    filename = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, help_text="of what was sent, to know it again")
    table = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, default=PREVIEW)
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.filename or self.public_id

    @property
    def unvalued(self) -> int:
        """How many formulas of what is read had no value, and so read as blanks."""
        read = self.table["sheets"][self.table["chosen"]] if "sheets" in self.table else self.table
        return int(read.get("unvalued", 0))

    def let_go(self) -> None:
        """Keep no line of anybody; a list that was still open is forgotten."""
        self.table, self.result, self.filename = {}, {}, ""
        if self.state in OPEN:
            self.state = DROPPED
        self.save(update_fields=["table", "result", "filename", "state"])


L = TypeVar("L", bound=IncomingList)


def fresh(many: L) -> L:
    """The list under its lock, in what it comes into, which is known already."""
    into = getattr(many, many.INTO)
    many = lock(many)
    setattr(many, many.INTO, into)
    return many


def looked_at(many: L) -> L:
    """The list under its lock, while it is being looked at. Raises ``ListGone``."""
    many = fresh(many)
    if many.state != PREVIEW:
        raise ListGone
    return many


def drop(many: IncomingList) -> bool:
    """Forget a list, which is locked; False where it was forgotten before. Raises ``ListGone``."""
    if many.state == DROPPED:
        return False
    if many.state != PREVIEW:
        raise ListGone
    many.state, many.table, many.mapping = DROPPED, {}, {}
    many.save(update_fields=["state", "table", "mapping"])
    return True


def same_open(lists: models.QuerySet[L], digest: str) -> L | None:
    """Of ``lists``, the one of the same bytes that still waits or comes in."""
    return lists.filter(digest=digest, state__in=OPEN).first()


def let_lines_go(lists: models.QuerySet[L], before: datetime) -> int:
    """Lists older than ``before`` keep no line of anybody; how many had any."""
    old = lists.filter(made_at__lt=before).exclude(table={}, result={}, filename="")
    old.filter(state__in=OPEN).update(state=DROPPED)
    return old.update(table={}, result={}, filename="")


def holding(lists: models.QuerySet[L], word: str) -> list[L]:
    """Those of ``lists`` in whose lines ``word`` stands, whatever its capitals."""
    with_lines = lists.exclude(table={}).order_by("pk").iterator()
    return [many for many in with_lines if word and word.lower() in str(many.table).lower()]
