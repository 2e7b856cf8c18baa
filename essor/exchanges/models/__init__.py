"""What projects need, who promises what; kept, released, thanked."""

from essor.exchanges.models.commitments import Commitment
from essor.exchanges.models.needs import Need

__all__ = ["Commitment", "Need"]
