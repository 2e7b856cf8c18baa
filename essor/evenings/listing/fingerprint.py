"""Fingerprints of lines: by them a later version of a list knows who is who and what changed."""

import hashlib
import json

from essor.evenings.actions.registration import Coming


def digest(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def said_of(coming: Coming, phone: str, facilitator: bool, left_out: bool) -> str:
    """All that a line says: the same next time means nothing changed."""
    return digest(
        [
            coming.first_name,
            coming.last_name,
            coming.email,
            coming.sphere.code if coming.sphere else "",
            coming.organisation,
            coming.commune,
            coming.commune_code,
            [challenge.public_id for challenge in coming.choices],
            coming.surprise,
            coming.accessible_table,
            coming.access_words,
            coming.together,
            coming.apart,
            coming.age_band,
            [(question.pk, value) for question, value in coming.answers],
            phone,
            facilitator,
            left_out,
            *(["remote"] if coming.remote else []),
        ]
    )
