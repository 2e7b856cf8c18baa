"""What the ledger's verbs say to people."""

import re
from datetime import timedelta
from pathlib import Path

from essor.portal.happened import Line, in_sentences
from essor.portal.sentences import QUIET, SENTENCES
from tests.cast import NOW

ROOMS = Path(__file__).resolve().parents[2] / "essor"
WRITTEN = re.compile(
    r'(?:verb=|verb = |_line\(|_record\((?:\w+, )?)"([a-z_]+)"(?: if \w+ else "([a-z_]+)")?'
)


def verbs_in_the_rooms() -> set[str]:
    found = set()
    for file in ROOMS.rglob("*.py"):
        if "actions" in file.as_posix():
            for pair in WRITTEN.findall(file.read_text()):
                found |= {verb for verb in pair if verb}
    return found


def test_scan_finds_verbs_of_many_rooms():
    assert {"welcomed", "registered", "promised", "published_plan"} <= verbs_in_the_rooms()


def test_every_verb_has_its_sentence_or_is_quiet():
    assert verbs_in_the_rooms() - set(SENTENCES) - QUIET == set()


def test_no_verb_is_both_told_and_quiet():
    assert not set(SENTENCES) & QUIET


def line(verb: str, minutes_ago: int) -> Line:
    return Line(NOW - timedelta(minutes=minutes_ago), verb)


def test_same_thing_in_a_row_is_said_once():
    told = in_sentences([line("promised", 1), line("promised", 2), line("arrived", 3)], most=5)
    assert [(each.times, each.at) for each in told] == [
        (2, NOW - timedelta(minutes=1)),
        (1, NOW - timedelta(minutes=3)),
    ]


def test_quiet_lines_are_left_out_and_the_rest_is_cut():
    lines = [line("link_made", 1), line("promised", 2), line("arrived", 3), line("promised", 4)]
    told = in_sentences(lines, most=2)
    assert [each.sentence for each in told] == [
        str(SENTENCES["promised"]),
        str(SENTENCES["arrived"]),
    ]
