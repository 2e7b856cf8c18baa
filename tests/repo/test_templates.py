"""Templates keep the house's promises: no inline code, none unused, every word in French.

That a page names only what it was given is checked in every test that renders one: see
``FAIL_INVALID_TEMPLATE_VARS`` in ``pyproject.toml``.
"""

import re
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import allauth
import pytest
from django.template.loader import get_template

from essor.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2]
MAIL = {"kit/mail.html"}  # mails know no stylesheet
NAMES = {
    "Essor",
    "nbsp",
    "PDF",
    "CSV",
    "XLSX",
    "ODS",
    "JSON",
    "PNG",
    "SVG",
    "QR",
}  # the same in every language
FOUND_BY_NAME = {  # handlers and conventions name these, no line of ours does
    "kit/bad_request.html",
}
STOP = re.compile(r"<!--.*?-->|{%\s*comment.*?endcomment\s*%}|{#.*?#}", re.DOTALL)


def templates() -> dict[str, Path]:
    """Every template by the name under which it is loaded."""
    found = {}
    for folder in sorted((ROOT / "essor").glob("**/templates")):
        for file in sorted(folder.rglob("*.*")):
            found[str(file.relative_to(folder))] = file
    return found


TEMPLATES = templates()
PAGES = {name: file for name, file in TEMPLATES.items() if name.endswith(".html")}


def source(file: Path) -> str:
    return STOP.sub("", file.read_text())


@pytest.mark.parametrize("name", PAGES)
def test_template_compiles(name):
    assert get_template(name)


@pytest.mark.parametrize("name", sorted(set(PAGES) - MAIL))
def test_template_holds_no_inline_code(name):
    text = source(PAGES[name])
    assert not re.search(r"<style[\s>]", text)
    assert not re.search(r"<[a-z][^<>]*\sstyle\s*=", text), "style attribute"
    assert not re.search(r"<[a-z][^<>]*\son[a-z]+\s*=", text), "event handler attribute"
    assert "javascript:" not in text
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag, tag


@pytest.mark.parametrize("name", sorted(set(PAGES) - MAIL))
def test_template_asks_nothing_of_another_server(name):
    loads = r"<(?:script|img|link|iframe|source|video|audio)[^<>]*(?:src|href)=[\"']?(?:https?:)?//"
    assert not re.search(loads, source(PAGES[name]))


def used_names() -> set[str]:
    """Names of templates in Python, in ``extends`` and ``include``, and of components in tags."""
    used = set()
    for file in (ROOT / "essor").rglob("*.py"):
        used |= set(re.findall(r"[\"']([\w./-]+\.(?:html|txt|typ|svg|js))[\"']", file.read_text()))
    for name, file in TEMPLATES.items():
        text = file.read_text()
        used |= set(re.findall(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']", text))
        for tag in re.findall(r"<c-([a-z][\w.-]*)", text):
            component = f"cotton/{tag.replace('-', '_').replace('.', '/')}.html"
            if component != name and tag not in {"vars", "slot"}:
                used.add(component)
    return used


def replaces_one_of_allauth(name: str) -> bool:
    return (Path(allauth.__file__).parent / "templates" / name).exists()


def test_no_template_is_unused():
    unused = set(TEMPLATES) - used_names() - FOUND_BY_NAME
    assert not {name for name in unused if not replaces_one_of_allauth(name)}


def test_every_template_that_is_named_exists():
    from_libraries = re.compile(r"(?:django|account|mfa|allauth)/")
    missing = {
        name
        for name in used_names()
        if name.endswith(".html") and name not in TEMPLATES and not from_libraries.match(name)
    }
    assert not missing


def test_fragments_are_never_whole_pages():
    for name, file in PAGES.items():
        if Path(name).name.startswith("_"):
            assert "{% extends" not in file.read_text(), name


def catalogues():
    spec = spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MESSAGES = catalogues()


@cache
def catalogue_of(room):
    return MESSAGES.catalogue_of(ROOT / "essor" / room)


@pytest.mark.parametrize("room", ROOMS)
def test_every_message_has_its_french(room):
    assert MESSAGES.missing(catalogue_of(room)) == []


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Qui manque ?", "Qui manque\u202f?"),
        ("Bravo !", "Bravo\u202f!"),
        ("Lieu : Romans ; date : jeudi", "Lieu\u00a0: Romans\u202f; date\u00a0: jeudi"),
        ("« oui, et… »", "«\u00a0oui, et…\u00a0»"),
        ("déjà\u00a0: juste", "déjà\u00a0: juste"),
        ("à %(time)s :-)", "à %(time)s :-)"),
    ],
)
def test_french_is_set_with_unbreakable_spaces(typed, set_):
    """No line starts with a lone question mark: the tool sets the spaces, whoever typed them."""
    assert MESSAGES.typeset(typed) == set_


@pytest.mark.parametrize("name", sorted(PAGES))
def test_words_in_templates_are_translatable(name):
    """What a person reads goes through ``trans``; names, numbers and the gallery's samples do not."""
    if name == "kit/gallery.html":
        return
    text = re.sub(
        r"{%\s*blocktrans.*?endblocktrans(?:late)?\s*%}", "", source(PAGES[name]), flags=re.DOTALL
    )
    text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
    text = re.sub(r"<(script|svg|code)\b.*?</\1>", "", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", "\n", text, flags=re.DOTALL)
    words = [w for w in re.findall(r"[^\W\d_]{3,}", text) if w not in NAMES]
    assert not words, words


def test_the_same_words_have_the_same_french_in_every_room():
    """Rooms share one catalogue when the house runs: where meanings differ, give a context."""
    french: dict[tuple, dict[str, str]] = {}
    for room in ROOMS:
        for entry in catalogue_of(room):
            if entry.id and MESSAGES.told(entry):
                key = (str(entry.id), entry.context)
                french.setdefault(key, {})[room] = str(entry.string)
    quarrels = {key: said for key, said in french.items() if len(set(said.values())) > 1}
    assert not quarrels


def po(**french: str) -> bytes:
    lines = [f'msgid "{english}"\nmsgstr "{text}"\n' for english, text in french.items()]
    return MESSAGES.HEADER + "\n".join(lines).encode()


def test_french_files_merge_message_by_message(tmp_path):
    base, ours, theirs = (tmp_path / name for name in ("base", "ours", "theirs"))
    base.write_bytes(po(table="", seat="siège", room="salle"))
    ours.write_bytes(po(table="", seat="siège", room="pièce", door="porte"))
    theirs.write_bytes(po(table="table", seat="place", room="local", lamp="lampe"))
    MESSAGES.merge(base, ours, theirs)
    merged = ours.read_bytes()
    assert merged == MESSAGES.HEADER + (
        b'msgid "door"\nmsgstr "porte"\n\nmsgid "lamp"\nmsgstr "lampe"\n\n'
        b'msgid "room"\nmsgstr "pi\xc3\xa8ce"\n\nmsgid "seat"\nmsgstr "place"\n\n'
        b'msgid "table"\nmsgstr "table"\n\n'
    )
