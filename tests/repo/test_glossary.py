"""One thing, one name: every model has its line in the glossary, and no line outlives its model."""

import re
from pathlib import Path

from django.apps import apps

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"


def words() -> set[str]:
    return set(re.findall(r"^\| `(\w+)` \|", GLOSSARY.read_text(), flags=re.M))


def models() -> set[str]:
    return {model.__name__ for model in apps.get_models() if model.__module__.startswith("essor.")}


def test_every_model_is_in_the_glossary():
    assert models() - words() == set()


def test_glossary_names_nothing_that_is_gone():
    assert words() - models() == set()
