"""What the seating engine says, in French: a sentence for each of its codes, and the proof.

The engine speaks in codes with parameters beside its English sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from essor.algos.seating.chance import Interval
from essor.algos.seating.proof import Honoured, Mixed, Proof

Params = Mapping[str, Any]
#: A no-break space, as French sets before some signs and inside « ».
NB = "\N{NO-BREAK SPACE}"

ATTRIBUTES = {
    "sphere": ("univers", "univers"),
    "organisation": ("structure", "structures"),
    "commune": ("commune", "communes"),
    "age": ("tranche d’âge", "tranches d’âge"),
    "gender": ("genre", "genres"),
    "first_time": (f"réponse à «{NB}première fois{NB}»", f"réponses à «{NB}première fois{NB}»"),
}
ORDINALS = ("premier", "deuxième", "troisième", "quatrième", "cinquième")
RULES = {
    "seated_once": "une place par personne",
    "size": "le nombre de places",
    "challenge": "un défi par table",
    "neighbours": "les défis voisins",
    "facilitator": "l’animation de chaque table",
    "access": "l’accessibilité",
    "distance": "la salle ou la distance",
    "host": "la place de qui porte un défi",
    "pin_table": "les tables réservées",
    "pin_challenge": "les défis réservés",
    "together": "les personnes ensemble",
    "apart": "les personnes à séparer",
    "challenge_tables": "le nombre de tables d’un défi",
}


def number(value: float, digits: int = 1) -> str:
    """A number with a decimal comma, without needless zeros after it."""
    text = f"{value:.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def percent(share: float) -> str:
    """« 45 % » of 0.45."""
    return f"{100 * share:.0f}{NB}%"


def some(count: float, one: str, several: str = "") -> str:
    """« 1 table », « 2 tables »: French counts zero and one as one."""
    return f"{count} {one if abs(count) < 2 else several or one + 's'}"


def listed(names: Sequence[Any]) -> str:
    """« Aïcha, Bruno et Chloé »."""
    words = [str(n) for n in names]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " et " + words[-1]


def attribute(name: str, count: float = 2) -> str:
    """The word for values of an attribute; a territory's own attribute is its own word."""
    return ATTRIBUTES.get(name, (name, name))[0 if abs(count) < 2 else 1]


def _ordinal(rank: int) -> str:
    return ORDINALS[rank - 1] if rank <= len(ORDINALS) else f"{rank}ᵉ"


def _range(chance: Interval, digits: int) -> str:
    low, high = number(chance.low, digits), number(chance.high, digits)
    return f"{number(chance.mean, digits)} (de {low} à {high})"


def proof_in_french(proof: Proof) -> list[str]:
    """The whole proof in a few sentences, as ``Proof.sentences`` says it in English."""
    v = proof.verdict
    broken = some(len(v.violations), "règle n’est pas tenue", "règles ne sont pas tenues")
    lines = ["Toutes les règles sont tenues." if v.legal else f"{broken}."]
    lines += [_honoured(h) for h in proof.choices if h.people]
    lines += [_mixed(m) for m in proof.mixed]
    if len(v.open_tables) > 1:
        again = some(v.repeats, "paire se retrouve", "paires se retrouvent")
        floor = f", et aucun plan n’en aurait moins de {proof.forced}" if proof.forced else ""
        none = "Aucune paire ne se retrouve deux fois à une même table."
        lines.append(f"{again} à une même table{floor}." if v.repeats > 0 else none)
    lines.append(f"{percent(proof.gap_closed)} de l’écart entre le hasard et la borne est comblé.")
    return lines


def _honoured(h: Honoured) -> str:
    who = some(h.people, "personne", "personnes")
    share = percent(h.share)
    if h.rank:
        have = "a son" if h.people < 2 else "ont leur"
        return f"{who} ({share}) {have} {_ordinal(h.rank)} vœu."
    return f"{who} ({share}) " + (
        "n’a aucun de ses vœux." if h.people < 2 else "n’ont aucun de leurs vœux."
    )


def _mixed(m: Mixed) -> str:
    name = attribute(m.attribute)
    return (
        f"{name[:1].upper()}{name[1:]}{NB}: {number(m.mean, 2)} par table en moyenne, "
        f"le hasard en donne {_range(m.chance, 2)}."
    )


def _values(p: Params) -> str:
    around = f"{p['count']} {attribute(p['attribute'], p['count'])} autour de la table"
    if "mean" not in p:
        return around + "."
    chance = Interval(p["mean"], p["low"], p["high"])
    return f"{around}{NB}; le hasard en donne {_range(chance, 1)}."


def _wished(p: Params) -> str:
    if not p["choosers"]:
        return "Personne ici n’avait de vœu."
    of = some(p["choosers"], "personne qui avait choisi", "personnes qui avaient choisi")
    have = "a son" if p["first"] < 2 else "ont leur"
    return f"Sur {of}, {p['first']} {have} premier vœu."


def _known(p: Params) -> str:
    if not p["people"]:
        return "Vous ne connaissez encore personne ici."
    return some(len(p["people"]), "personne", "personnes") + " de votre structure à cette table."


def _places_lacking(p: Params) -> str:
    lack = p["needed"] - p["tables"]
    return (
        f"{some(p['people'], 'personne')}, à {p['high']} par table, demandent "
        f"{some(p['needed'], 'table')}, et la salle en a {p['tables']}{NB}: "
        f"trouvez {some(lack, 'table')} de plus."
    )


def _guides_lacking(p: Params) -> str:
    return (
        f"Il faut {some(p['tables'], 'table')}, et {some(p['facilitators'], 'personne')} "
        f"seulement pour animer{NB}: trouvez-en {p['missing']} de plus, ou mettez plus de "
        "monde à chaque table."
    )


SIDES = {"hall": f"Dans la salle{NB}: ", "remote": f"À distance{NB}: "}


FRENCH: Mapping[str, Callable[[Params], str]] = {
    # reasons of a table and of a person
    "values": _values,
    "wished": _wished,
    "merged": lambda p: f"Travaille sur {listed(p['challenges'])}, des défis voisins.",
    "facilitators": lambda p: f"Animation{NB}: {listed(p['people'])}.",
    "facilitates": lambda p: "Vous animez cette table.",
    "hosts": lambda p: "Vous portez ce défi.",
    "remote": lambda p: f"Se retrouve en visio{NB}: tout le monde y participe à distance.",
    "distance": lambda p: "Vous participez à distance, en visio.",
    "surprise": lambda p: "Vous avez demandé une surprise.",
    "no_choice": lambda p: "Aucun de vos vœux n’a pu être exaucé ici.",
    "choice": lambda p: f"Votre {_ordinal(p['rank'])} vœu.",
    "together": lambda p: f"Vous êtes avec {listed(p['people'])}, comme vous l’avez souhaité.",
    "known": _known,
    # refusals; "access" is a reason
    "access": lambda p: "La table est accessible.",
    "not_found": lambda p: (
        f"Aucun plan tenant toutes les règles n’a été trouvé en {p['steps']} essais. "
        f"Ce qui résiste{NB}: {listed([RULES.get(r, r) for r in sorted(p['rules'])] or ['rien'])}."
    ),
    "block_too_large": lambda p: (
        f"{p['count']} personnes veulent être ensemble, une table a {some(p['high'], 'place')}."
    ),
    "together_and_apart": lambda p: (
        f"{p['first']} et {p['second']} sont à séparer, et à mettre ensemble par d’autres."
    ),
    "pins_differ": lambda p: (
        f"{listed(p['people'])} vont ensemble, mais ont des tables réservées différentes{NB}: "
        f"{listed(p['tables'])}."
    ),
    "host_of_two": lambda p: (
        f"{listed(p['people'])} devraient travailler à la fois sur {p['first']} et {p['second']}, "
        "qui ne sont pas voisins."
    ),
    "pin_without_access": lambda p: (
        f"Il faut une table accessible à {listed(p['people'])}, et {p['table']} ne l’est pas."
    ),
    "together_across": lambda p: (
        f"{listed([*p['hall'], *p['remote']])} veulent être ensemble, et {listed(p['remote'])} "
        f"participe{'nt' if len(p['remote']) > 1 else ''} à distance."
    ),
    "pin_across": lambda p: (
        f"{listed(p['people'])} a une place réservée à la table {p['table']}, "
        + ("qui est dans la salle." if p["remote"] else "qui se retrouve en visio.")
    ),
    "too_few_people": lambda p: (
        f"{some(p['people'], 'personne')}, et il en faut au moins {p['low']} à une table."
    ),
    "too_few_tables": _places_lacking,
    "too_few_facilitators": _guides_lacking,
    "cannot_split": lambda p: (
        f"{p['people']} personnes ne se partagent pas en tables de {p['low']} à {p['high']}."
    ),
    "too_few_accessible": lambda p: (
        f"{some(p['people'], 'place')} à une table accessible, et {some(p['tables'], 'table')} "
        f"accessible{'s' if p['tables'] > 1 else ''}{NB}: rendez-en {p['missing']} de plus accessible"
        f"{'s' if p['missing'] > 1 else ''}."
    ),
    "too_many_hosted": lambda p: (
        f"{some(len(p['challenges']), 'défi')} portés demandent une table chacun, "
        f"{some(p['tables'], 'table')} peuvent ouvrir."
    ),
    "challenge_tables": lambda p: (
        f"Le défi {p['challenge']} ne peut pas avoir le nombre de tables demandé."
    ),
}
