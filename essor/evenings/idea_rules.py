"""When ideas are said at tables, who sees them, when they are marked."""

import hashlib

from django.db.models import Q

from essor.evenings.models import Evening, Phase, Table


def may_say_ideas(evening: Evening) -> bool:
    return evening.state == Evening.State.LIVE


def in_silence(evening: Evening) -> bool:
    """Everybody writes their own ideas, which nobody else sees yet."""
    return evening.phase is not None and evening.phase.kind == Phase.Kind.SILENT


def said_aloud(evening: Evening) -> Q:
    """The ideas that others than their writer may see now."""
    shown = Q(hidden=False)
    return shown & Q(silent=False) if in_silence(evening) else shown


def device_mark(table: Table, device: str) -> str:
    """What is kept of a device that marks ideas of this table: the same for no other table."""
    return hashlib.sha256(f"{table.public_id}:{device}".encode()).hexdigest()


def may_choose(evening: Evening) -> bool:
    """People mark the ideas that their table might deepen: once they have been shared."""
    later = (Phase.Kind.SHARE, Phase.Kind.CHOOSE, Phase.Kind.SHEET)
    return may_say_ideas(evening) and (evening.phase is None or evening.phase.kind in later)
