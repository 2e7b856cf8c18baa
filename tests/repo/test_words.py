"""One word for one thing: French screens and the French guide say « e-mail »."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
OTHER_WORDS = re.compile(
    r"\bcourriels?\b|\bmél\b|\be?mails?\b(?<!e-mail)(?<!e-mails)", re.IGNORECASE
)
CATALOGUES = sorted(ROOT.glob("essor/*/locale/fr/LC_MESSAGES/django.po"))
GUIDE = sorted(ROOT.glob("docs/guide/fr/*.md"))


def french_of(catalogue: Path) -> list[str]:
    """What screens and letters say, without the names of placeholders."""
    entries = read_po(io.BytesIO(catalogue.read_bytes()), locale="fr")
    said = [e.string if isinstance(e.string, str) else " ".join(e.string) for e in entries if e.id]
    return [re.sub(r"%\(\w+\)[sd]", "", text) for text in said]


def test_other_words_for_an_e_mail_are_recognised():
    assert OTHER_WORDS.findall("Un courriel, deux Courriels, un mail, des emails, un mél") != []
    assert OTHER_WORDS.findall("Un e-mail, des E-mails, mailing, l’e-mail du lendemain") == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-5])
def test_screens_say_e_mail(catalogue):
    assert [text for text in french_of(catalogue) if OTHER_WORDS.search(text)] == []


@pytest.mark.parametrize("page", GUIDE, ids=lambda path: path.stem)
def test_guide_says_e_mail(page):
    assert OTHER_WORDS.findall(page.read_text()) == []
