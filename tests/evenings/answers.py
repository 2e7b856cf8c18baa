"""A whole registration as the page posts it, for tests that change one thing in it."""

from typing import Any
from uuid import uuid4

from essor.evenings.models import Evening


def posted(evening: Evening, **changes: Any) -> dict[str, Any]:
    """Valid answers of Inès; ``None`` leaves a field out, as an unticked box does."""
    first, second = evening.challenges.order_by("short")[:2]
    answers = {
        "act": uuid4().hex,
        "choices_1": first.public_id,
        "choices_2": second.public_id,
        "first_name": "Inès",
        "last_name": "Moreau",
        "email": "ines@example.org",
        "sphere": "citizen",
        "organisation": "",
        "commune": "Romans-sur-Isère",
        "consent_evening": "on",
        **changes,
    }
    return {name: value for name, value in answers.items() if value is not None}


def address(evening: Evening, page: str = "", *more: str) -> str:
    parts = [evening.territory.slug, "evenings", evening.public_id, *filter(None, [page]), *more]
    return "/" + "/".join(parts) + "/"
