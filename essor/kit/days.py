"""Days and moments that people write in forms: of a year in which somebody means something.

A browser sends year 1 or 9999 as gladly as 2026; adding a week to it, or telling it in another
time zone, leaves the calendar.
"""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2199


def of_our_time(value: date) -> None:
    """Raises ``ValidationError`` for a day (or moment) of a year outside ``FIRST_YEAR..LAST_YEAR``."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(_("Look at the year: it has four digits, like 2026."))


class DayField(forms.DateField):
    default_validators = [of_our_time]


class MomentField(forms.DateTimeField):
    default_validators = [of_our_time]
