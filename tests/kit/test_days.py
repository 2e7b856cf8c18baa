"""Days of years that nobody means are refused where they are written, in words."""

import pytest
from django.core.exceptions import ValidationError

from essor.kit.days import DayField, MomentField


@pytest.mark.parametrize("year", ["0001", "0202", "1899", "2200", "9999"])
def test_a_year_that_nobody_means_says_to_look_at_it(year):
    for field, said in ((DayField(), f"{year}-12-31"), (MomentField(), f"{year}-12-30T12:00")):
        with pytest.raises(ValidationError, match="2026"):
            field.clean(said)


@pytest.mark.parametrize("year", [1900, 2026, 2199])
def test_a_year_of_our_time_passes_and_nothing_stays_nothing(year):
    assert DayField().clean(f"{year}-12-31").year == year
    assert MomentField().clean(f"{year}-12-30T12:00").year == year
    assert DayField(required=False).clean("") is None
