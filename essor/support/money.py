"""Amounts of money as people read them."""

from django.utils.formats import number_format

MOST_EUROS = 100_000_000


def euros(amount: int) -> str:
    """Whole euros, with thousands apart: “12 000 €”."""
    return f"{number_format(amount, decimal_pos=0, force_grouping=True)}\N{NO-BREAK SPACE}€"
