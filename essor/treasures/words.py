"""The words by which a treasure is found: their stems, so that « vergers » finds a « verger »."""

from essor.algos.text import folded, stems

MOST_ASKED = 8


def searched_in(*texts: str) -> str:
    """Stems and whole words of ``texts``, each once, after a blank; for ``LIKE '% stem%'``."""
    whole = " ".join(texts)
    found = dict.fromkeys([*stems(whole, "fr"), *folded(whole).split()])
    return "".join(f" {word}" for word in found)


def asked_for(text: str) -> list[str]:
    """What each word of a search looks for; words that mean nothing alone are left out."""
    found = stems(text, "fr") or folded(text).split()
    return list(dict.fromkeys(found))[:MOST_ASKED]
