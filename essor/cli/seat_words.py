"""The words of `essor seat`: the proof, the reasons and the refusals, in English or French.

No settings and no catalogue are read: the command works on a bare clone.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping
from typing import Protocol

from essor.algos.seating.proof import Proof
from essor.cli.seat_french import FRENCH, NB, SIDES, Params, proof_in_french

LANGUAGES = ("en", "fr")


class Told(Protocol):
    """A reason or a refusal: a code, its parameters, its English sentence."""

    @property
    def code(self) -> str: ...
    @property
    def params(self) -> Params: ...
    @property
    def text(self) -> str: ...


def usual_language(environ: Mapping[str, str] = os.environ) -> str:
    """The language of the environment (LC_ALL, LC_MESSAGES, LANG, or the system's): fr or en."""
    names = [environ.get(key, "") for key in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((n for n in names if n), "") or locale.getlocale()[0] or ""
    return "fr" if name.lower().startswith("fr") else "en"


def sentence(told: Told, language: str) -> str:
    """One reason or refusal as a sentence."""
    french = FRENCH.get(told.code) if language == "fr" else None
    if french is None:
        return told.text
    return SIDES.get(told.params.get("side", ""), "") + french(told.params)


def proof_sentences(proof: Proof, language: str) -> list[str]:
    """The whole proof in a few sentences."""
    return proof_in_french(proof) if language == "fr" else proof.sentences()


#: Words of the files and of the command, by language.
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "plan": "Seating plan",
        "tables": "Tables",
        "names": "Names",
        "round_tables": "Round {}: tables",
        "round_names": "Round {}: names",
        "table": "Table {}",
        "facilitator": "{} (facilitator)",
        "yes": "yes",
        "people_sheet": "people",
        "tables_sheet": "tables",
        "proof_sheet": "proof",
        "people_columns": "id, round, table, challenges, facilitator, reasons",
        "tables_columns": "round, table, challenges, people, names, reasons",
        "refused": "No plan keeps every rule:",
        "cost": "Cost {total}: mixing {mixing}, choices {choice}, repeats {repeat}, "
        "same challenge {same}.",
        "head": "{people} people at {tables} tables.",
        "again": "{done} steps in {spent} s of process time; the same plan again: ",
        "written": "Written: {}",
    },
    "fr": {
        "plan": "Plan de tables",
        "tables": "Tables",
        "names": "Noms",
        "round_tables": f"Tour {{}}{NB}: tables",
        "round_names": f"Tour {{}}{NB}: noms",
        "table": "Table {}",
        "facilitator": "{} (anime la table)",
        "yes": "oui",
        "people_sheet": "personnes",
        "tables_sheet": "tables",
        "proof_sheet": "preuve",
        "people_columns": "id, tour, table, défis, anime, raisons",
        "tables_columns": "tour, table, défis, personnes, noms, raisons",
        "refused": f"Aucun plan ne tient toutes les règles{NB}:",
        "cost": f"Coût {{total}}{NB}: mélange {{mixing}}, vœux {{choice}}, retrouvailles {{repeat}}, "
        "même défi {same}.",
        "head": "{people} personnes à {tables} tables.",
        "again": f"{{done}} essais en {{spent}} s de calcul{NB}; le même plan à nouveau{NB}: ",
        "written": f"Écrit{NB}: {{}}",
    },
}
