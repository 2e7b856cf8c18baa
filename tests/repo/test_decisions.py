"""Decisions are numbered 0001, 0002, ... : one number each, none left out, title and file agree."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def test_each_decision_has_its_own_number_and_none_is_left_out():
    numbers = [file.name[:4] for file in FILES]
    assert numbers == [f"{number:04}" for number in range(1, len(FILES) + 1)]


def test_a_decision_begins_with_its_number():
    titles = {file.name: file.read_text().partition("\n")[0] for file in FILES}
    wrong = [name for name, title in titles.items() if not title.startswith(f"# {name[:4]}. ")]
    assert wrong == []


def test_documents_cite_decisions_that_are_there():
    known = {file.name[:4] for file in FILES}
    texts = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("essor/**/*.py")]
    cited = {
        (str(text.relative_to(ROOT)), number)
        for text in texts
        for number in re.findall(r"[Dd]ecision (\d{4})\b", text.read_text())
    }
    assert {each for each in cited if each[1] not in known} == set()
