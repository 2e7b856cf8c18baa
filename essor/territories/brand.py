"""A territory's name and colours on the mails that speak for it."""

from essor.kit.colours import ink_on
from essor.kit.letters import Brand
from essor.territories.models import Territory


def brand_of(territory: Territory) -> Brand:
    """The band, the button and the inks that read on them."""
    return Brand(
        name=territory.name,
        colour=territory.primary,
        ink=ink_on(territory.primary),
        accent=territory.accent,
        accent_ink=ink_on(territory.accent),
    )
