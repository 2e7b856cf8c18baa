"""Reads about thanks: what a project's page shows, what its story and digests say."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from essor.exchanges.models import Commitment, Thanks
from essor.kit.letters import repeated
from essor.ledger.models import Entry
from essor.projects.models import Project

SHOWN = 6
Showing = Thanks.Showing


class Said(NamedTuple):
    """Thanks as everybody may read them; ``name`` is blank for whoever wants none."""

    name: str
    what: str
    words: str


def _open() -> QuerySet[Thanks]:
    found = Thanks.objects.filter(showing__in=[Showing.NAMED, Showing.UNNAMED])
    return found.select_related("commitment__person").order_by("-said_at", "-id")


def _said(thanks: Thanks) -> Said:
    what = thanks.without_name(thanks.commitment.what)
    return Said(thanks.name, what, thanks.without_name(thanks.words))


def of_project(project: Project) -> tuple[list[Said], bool]:
    """The latest thanks that may be read, and whether there are more. One query."""
    found = list(_open().filter(commitment__project=project)[: SHOWN + 1])
    return [_said(each) for each in found[:SHOWN]], len(found) > SHOWN


def sentences(lines: Sequence[Entry]) -> Mapping[int, str]:
    """What a project's story and digests say of thanks; those kept since are told to nobody."""
    ids = {line.data.get("commitment", "") for line in lines}
    found = {
        each.commitment.public_id: _said(each)
        for each in _open().filter(commitment__public_id__in=ids)
    }
    told = {}
    for line in lines:
        said = found.get(line.data.get("commitment", ""))
        if said is not None:
            words = (
                _("With thanks to %(name)s: %(what)s.")
                if said.name
                else _("With thanks: %(what)s.")
            )
            told[line.pk] = words % {"name": repeated(said.name), "what": repeated(said.what)}
    return told


def to_thank(project: Project) -> QuerySet[Commitment]:
    """Promises that were kept and that nobody has thanked for yet, the oldest first."""
    kept = Commitment.objects.filter(project=project, state=Commitment.State.KEPT)
    return kept.select_related("person").order_by("state_at", "id")
