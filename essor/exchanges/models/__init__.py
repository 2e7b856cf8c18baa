"""What projects need, who promises what; kept, released, thanked; people put in touch."""

from essor.exchanges.models.calls import Call
from essor.exchanges.models.commitments import Commitment
from essor.exchanges.models.introductions import Introduction, IntroductionSide
from essor.exchanges.models.needs import Need
from essor.exchanges.models.suggestions import Reading, Suggestion
from essor.exchanges.models.thanks import Thanks

__all__ = [
    "Call",
    "Commitment",
    "Introduction",
    "IntroductionSide",
    "Need",
    "Reading",
    "Suggestion",
    "Thanks",
]
