"""What one cell of a list says: yes or no, an age, a name in one piece, an answer, a number."""

import re
from datetime import date

from essor.evenings.models import Question, Registration
from essor.people.text import folded

YES = frozenset(
    ["oui", "yes", "o", "y", "x", "1", "true", "vrai", "ok", "si", "ja",
     "d", "accord", "je", "veux", "bien", "volontiers", "coche"]
)  # fmt: skip
NO = frozenset(
    {"", "non", "no", "n", "0", "false", "faux", "aucun", "aucune", "neant", "rien", "ras"}
)
TOO_YOUNG = "under 15"
BANDS = (
    (25, Registration.AgeBand.UNDER_25),
    (40, Registration.AgeBand.UNDER_40),
    (65, Registration.AgeBand.UNDER_65),
)


def age_band(text: str, today: date) -> str | None:
    """The age group of « 34 », « 1990 », « 12/05/1990 » or « 25-39 ans »; None where unreadable."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    year = next((number for number in numbers if 1900 <= number <= today.year), None)
    ages = [number for number in numbers if 0 < number < 120]
    if year is not None:
        age = float(today.year - year)
    elif not ages or len(ages) > 2:
        return None
    elif len(ages) == 2:
        age = sum(ages) / 2
    else:
        under = re.search(r"\b(moins|under|<)", folded(text)) or "<" in text
        age = ages[0] - 1 if under else ages[0] + ("+" in text)
    if age < 15:
        return TOO_YOUNG
    return next((band.value for limit, band in BANDS if age < limit), Registration.AgeBand.OLDER)


def split_name(whole: str, *, last_first: bool) -> tuple[str, str]:
    """First and last name of « Inès Martin », « MARTIN Inès » or « Martin, Inès »."""
    if "," in whole:
        last, _, first = whole.partition(",")
        return first.strip(), last.strip()
    words = whole.split()
    loud = [word for word in words if word.isupper() and len(word) > 1]
    if loud and len(loud) < len(words):
        return " ".join(w for w in words if w not in loud), " ".join(loud)
    if len(words) < 2:
        return whole, ""
    return (words[-1], " ".join(words[:-1])) if last_first else (words[0], " ".join(words[1:]))


def answer_of(question: Question, text: str) -> str | None:
    """The answer as the registration page would keep it; None where it is not one of the list."""
    if question.kind == Question.Kind.ONE_OF:
        options = {folded(str(option)): str(option) for option in question.options}
        return options.get(folded(text))
    if question.kind == Question.Kind.YES_NO:
        return "yes" if folded(text) in YES else "no"
    return text


def phone_of(text: str) -> str:
    """A French number that a spreadsheet robbed of its zero gets it back."""
    digits = re.sub(r"\D", "", text)
    return f"0{digits}" if len(digits) == 9 and text[:1] != "+" else text[:30]
