"""Addresses that mails about a saved search hold: to confirm it, and its own page to end it."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from essor.finding.models import SavedSearch

PURPOSE = "saved_search"
_signer = Signer(salt="essor.finding.saved")


def page_of(search: SavedSearch) -> str:
    """The path of the search's own page: whoever has it may end the search, and nothing else."""
    return reverse("finding:saved", args=[_signer.sign(search.public_id)])


def results_of(search: SavedSearch) -> str:
    """The path of what is found now."""
    route, args = "finding:everywhere", []
    if search.territory is not None:
        route, args = "finding:here", [search.territory.slug]
    return reverse(route, args=args, query={"q": search.words, "kind": search.kind} if search.kind
                   else {"q": search.words})  # fmt: skip


def named_by(token: str) -> str | None:
    """The public id that ``token`` names; None when it was not made here."""
    try:
        return _signer.unsign(token)
    except BadSignature:
        return None


def search_of(public_id: str) -> SavedSearch | None:
    """The search with this id; None once it is ended or its person erased."""
    return (
        SavedSearch.objects.select_related("person", "territory")
        .filter(public_id=public_id, person__erased_at=None)
        .first()
    )


def whole(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
