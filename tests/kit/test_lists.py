"""Lists that come in: how they wait, are forgotten and let their lines go; what is asked of them.

The kit has no table for them: the lists of treasures lend theirs.
"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import translation

from essor.kit.lists.forms import ColumnsForm, ListFileField, samples_of
from essor.kit.lists.life import (
    ListGone,
    drop,
    fresh,
    holding,
    let_lines_go,
    looked_at,
    same_open,
)
from essor.kit.sheets import MAX_MEGABYTES
from essor.treasures.models import TreasureList
from tests.cast import NOW

LINES = {"header": ["nom"], "lines": [[2, ["Moulin"]], [3, ["Zoe@Example.org"]]]}


def a_list(cast, **fields) -> TreasureList:
    told = {"digest": "d", "filename": "f.csv", "table": LINES, "made_at": NOW, **fields}
    return TreasureList.objects.create(territory=cast.valence, **told)


def test_list_is_locked_in_what_it_comes_into(cast):
    many = a_list(cast)
    with transaction.atomic():
        found = fresh(many)
    assert found is not many
    assert found.territory is many.territory


@pytest.mark.parametrize("state", ["coming", "applied", "dropped"])
def test_only_a_list_that_waits_is_looked_at(cast, state):
    with transaction.atomic():
        assert looked_at(a_list(cast)).state == "preview"
        with pytest.raises(ListGone):
            looked_at(a_list(cast, state=state))


def test_list_is_dropped_once_and_not_while_or_after_it_came_in(cast):
    many = a_list(cast)
    assert drop(many)
    many.refresh_from_db()
    assert (many.state, many.table, many.mapping) == ("dropped", {}, {})
    assert not drop(many)
    for state in ("coming", "applied"):
        with pytest.raises(ListGone):
            drop(a_list(cast, state=state))


def test_same_bytes_are_the_same_list_while_it_is_open(cast):
    lists = TreasureList.objects.all()
    a_list(cast, state="applied"), a_list(cast, state="dropped"), a_list(cast, digest="other")
    assert same_open(lists, "d") is None
    coming = a_list(cast, state="coming")
    assert same_open(lists, "d") == coming


def test_old_lists_let_their_lines_go_and_young_ones_keep_them(cast):
    old = a_list(cast, made_at=NOW - timedelta(days=2))
    done = a_list(cast, made_at=NOW - timedelta(days=2), state="applied", result={"left": [1]})
    young = a_list(cast)

    assert let_lines_go(TreasureList.objects.all(), NOW - timedelta(days=1)) == 2
    assert let_lines_go(TreasureList.objects.all(), NOW - timedelta(days=1)) == 0

    for each in (old, done, young):
        each.refresh_from_db()
    assert (old.state, old.table, old.filename) == ("dropped", {}, "")
    assert (done.state, done.table, done.result) == ("applied", {}, {})
    assert (young.state, young.table) == ("preview", LINES)


def test_lists_that_name_somebody_are_found_whatever_the_capitals(cast):
    naming, other = a_list(cast), a_list(cast, table={"lines": [[2, ["Moulin"]]]})
    lists = TreasureList.objects.all()
    assert holding(lists, "zoe@example.ORG") == [naming]
    assert holding(lists, "") == []
    assert set(holding(lists, "moulin")) == {naming, other}
    naming.let_go()
    assert holding(lists, "zoe@example.org") == []
    assert naming.state == "dropped"


def test_file_that_is_too_heavy_or_missing_is_refused_in_words():
    field = ListFileField(label="Votre liste")
    heavy = SimpleUploadedFile("a.csv", b"x")
    heavy.size = MAX_MEGABYTES * 1_000_000 + 1
    with translation.override("fr"):
        for sent, said in (
            (heavy, "Mo"),
            (None, "Choisissez"),
            (SimpleUploadedFile("a", b""), "vide"),
        ):
            with pytest.raises(Exception, match=said):
                field.clean(sent)
    assert field.clean(SimpleUploadedFile("a.csv", b"x")).name == "a.csv"


def test_how_much_is_read_is_said_in_the_language_of_the_reader():
    field = ListFileField(label="Votre liste")
    with translation.override("fr"):
        assert "au plus" in str(field.help_text)
    with translation.override("en"):
        assert "up to" in str(field.help_text)


def columns_form(data=None) -> ColumnsForm:
    form = ColumnsForm(data)
    form.ask_sheet(["Feuille", ""], 0)
    kinds = [("", "–"), ("name", "nom"), ("place", "lieu")]
    form.ask_columns(["A", "B"], [[2, ["Ali", "Die"]]], kinds, {"columns": {"1": "place"}})
    return form


def test_each_column_is_asked_about_beside_its_first_cells():
    shown = [(field.name, field.initial, samples) for field, samples in columns_form().columns]
    assert shown == [("column-0", "", ["Ali"]), ("column-1", "place", ["Die"])]


def test_meanings_and_sheet_are_what_was_chosen():
    form = columns_form({"column-0": "name", "column-1": "", "sheet": "1"})
    assert form.is_valid()
    assert form.meanings == {0: "name", 1: ""}
    assert form.chosen_sheet == 1
    assert not columns_form({"column-0": "nonsense", "sheet": "0"}).is_valid()


def test_samples_are_different_short_and_few_and_short_lines_have_none():
    lines = [[2, ["a"]], [3, ["a"]], [4, []], [5, ["b" * 80]], [6, ["c"]], [7, ["d"]]]
    assert samples_of(lines, 0) == ["a", "b" * 57 + "…", "c"]
    assert samples_of(lines, 3) == []
