"""Small numbers stay hidden: what may be said in public about how many promised what."""

from collections.abc import Mapping
from dataclasses import dataclass

from essor.exchanges.states import DONE, LIVING, State

PUBLIC_FLOOR = 10


@dataclass(frozen=True, slots=True)
class PublicSums:
    """What a public page may say. ``parts`` is empty where one part alone would be too small."""

    total: int
    parts: tuple[tuple[str, int], ...] = ()


def public_sums(counts: Mapping[str, int]) -> PublicSums | None:
    """Sums of commitments by state for everybody, or None where the whole is below ten.

    Parts are shown all together or not at all: with the total and all parts but one, whoever
    subtracts knows the last. A part of zero hides the others too, for the same reason as one of
    three: it says that nobody did.
    """
    kept = sum(counts.get(state, 0) for state in DONE)
    living = sum(counts.get(state, 0) for state in LIVING)
    ended = counts.get(State.RELEASED, 0) + counts.get(State.LAPSED, 0)
    total = kept + living + ended
    if total < PUBLIC_FLOOR:
        return None
    parts = (("kept", kept), ("living", living), ("ended", ended))
    if any(number < PUBLIC_FLOOR for _, number in parts):
        return PublicSums(total)
    return PublicSums(total, parts)
