"""Links and pictures of the documents: every file they point to is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_document_points_to_files_that_are_there(document):
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[\w-]+)?\)", document.read_text())
    links += re.findall(r'<img src="([^":]+)"', document.read_text())
    gone = [link for link in links if not (document.parent / link).exists()]
    assert gone == []
