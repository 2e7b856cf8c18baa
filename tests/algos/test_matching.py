"""Offers that answer needs: facets, meaning without shared words, distance, reasons."""

import doctest
import random
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from essor.algos import matching as package
from essor.algos.matching import (
    BadReading,
    BadThings,
    Offers,
    Thing,
    kind_of,
    match,
    middle,
    model,
    offers,
    pack,
    read,
    unpack,
)
from essor.algos.text.lexicon import fingerprint, lexicon

OFFERS = [
    Thing("accounts", "Expert-comptable à la retraite, quelques heures par mois"),
    Thing("barn", "Un hangar agricole à moitié vide"),
    Thing("van", "Mon fourgon le samedi, avec chauffeur"),
    Thing("kitchen", "Laboratoire de traiteur libre le lundi"),
    Thing("web", "Développeuse, je fais des pages simples"),
    Thing("cash", "Notre club d'épargnants place dans des projets d'ici"),
    Thing("timber", "Deux cents palettes propres"),
    Thing("band", "Une fanfare qui aime sortir"),
]


@pytest.fixture(scope="module")
def index():
    return Offers(OFFERS)


def best(index, need, **how):
    return index.find(Thing("n", need, **how), 1)[0]


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ("Quelqu'un pour tenir nos comptes", "accounts"),
        ("Où entreposer des meubles donnés ?", "barn"),
        ("Transporter des tables un week-end", "van"),
        ("Une cuisine aux normes", "kitchen"),
        ("Un site internet pour l'association", "web"),
        ("Un prêt de 20 000 euros, des investisseurs", "cash"),
        ("Des planches pour un comptoir", "timber"),
        ("Des musiciens pour l'inauguration", "band"),
    ],
)
def test_answers_are_found_though_they_share_no_word(index, need, offer):
    assert best(index, need).offer == offer


def test_every_match_says_why_and_scores_fall(index):
    found = index.find(Thing("n", "Des palettes ou des planches", "material"), 8)
    assert [each.score for each in found] == sorted((e.score for e in found), reverse=True)
    assert all(0 <= each.score <= 1 for each in found)
    codes = [reason.code for reason in found[0].reasons]
    assert {"subject", "words"} <= set(codes)
    assert "palettes" in " ".join(reason.text for reason in found[0].reasons)


def test_kind_comes_before_shared_words():
    trap = Thing("trap", "Table de multiplication, tables rondes", "skill")
    answer = Thing("answer", "Mobilier pliant, bancs et barnum du comité", "equipment")
    index = Offers([trap, answer])
    found = index.find(Thing("n", "Des tables et des chaises", "equipment"))
    assert [each.offer for each in found] == ["answer", "trap"]
    assert found[1].score < 0.5 * found[0].score
    assert "same kind (equipment)" in [reason.text for reason in found[0].reasons]


def test_nearer_of_two_equal_offers_is_first_and_kilometres_are_right():
    valence, crest, brest = (44.933, 4.892), (44.728, 5.022), (48.390, -4.486)
    same = [Thing(name, "Un hangar vide", "premises", *place)
            for name, place in (("brest", brest), ("crest", crest), ("nowhere", (None, None)))]  # fmt: skip
    found = Offers(same).find(Thing("n", "Un lieu de stockage", "premises", *valence))
    assert [each.offer for each in found] == ["crest", "nowhere", "brest"]
    assert found[0].km == pytest.approx(25.0, abs=1.0)
    assert found[1].km is None
    assert found[2].km == pytest.approx(811, abs=15)
    assert any(reason.code == "near" for reason in found[0].reasons)


def test_offers_never_free_when_needed_are_left_out():
    march = (date(2026, 3, 1), date(2026, 3, 31))
    things = [
        Thing("april", "Une salle", start=date(2026, 4, 1), end=date(2026, 4, 30)),
        Thing("late march", "Une salle", start=date(2026, 3, 31)),
        Thing("always", "Une salle"),
    ]
    found = Offers(things).find(Thing("n", "Une salle de réunion", start=march[0], end=march[1]))
    assert {each.offer for each in found} == {"late march", "always"}
    late = next(each for each in found if each.offer == "late march")
    assert "free when needed (1 days in common)" in [reason.text for reason in late.reasons]


def test_request_among_the_offers_comes_after_a_true_offer():
    index = Offers([Thing("asks", "Cherche un hangar"), Thing("gives", "Un hangar disponible")])
    assert best(index, "Un hangar").offer == "gives"


def test_without_vectors_the_thesaurus_still_answers(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    index = Offers(OFFERS)
    assert not index.meaning
    assert best(index, "Quelqu'un pour tenir nos comptes").offer == "accounts"


@pytest.mark.parametrize("text", ["", "???", "日本語", "x" * 5000, "vélo " * 1000])
def test_needs_that_say_little_are_answered_without_a_fall(index, text):
    assert len(index.find(Thing("n", text), 3)) <= 3
    assert Offers([Thing("a", text)]).find(Thing("n", "un hangar")) is not None


def test_nothing_to_choose_from():
    assert Offers([]).find(Thing("n", "un hangar")) == []
    assert Offers(OFFERS).find(Thing("n", "un hangar"), 0) == []
    assert match([], OFFERS) == {}


def test_top_of_many_is_the_best_of_all():
    draw = random.Random(3)
    said = [word for offer in OFFERS for word in offer.text.split()]
    many = [Thing(str(i), " ".join(draw.choices(said, k=5))) for i in range(200)]
    index = Offers(many)
    need = Thing("n", "un hangar pour des palettes")
    whole = index.find(need, 200, least=-1)
    assert [m.offer for m in index.find(need, 7)] == [m.offer for m in whole[:7]]
    assert match([need], many, 7)["n"] == whole[:7]


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ({"kind": "magic"}, 'kind "magic"'),
        ({"lat": 3.0}, "latitude and a longitude"),
        ({"lat": 91.0, "lon": 0.0}, "no latitude"),
        ({"lat": 0.0, "lon": 181.0}, "no longitude"),
        ({"start": date(2026, 2, 1), "end": date(2026, 1, 1)}, "ends before"),
    ],
)
def test_things_that_cannot_be_are_refused(made, told):
    with pytest.raises(BadThings, match=told):
        Thing("a", "un hangar", **made)


def test_ids_stand_once():
    twice = [Thing("a", "x"), Thing("a", "y")]
    with pytest.raises(BadThings, match='need "a" stands twice'):
        match(twice, OFFERS)


def test_kinds_are_read_as_people_write_them():
    assert [kind_of(w) for w in ("Matériel", "BENEVOLES", "skill", "", "?")] == [
        "equipment", "people", "skill", "", ""]  # fmt: skip


def test_thesaurus_is_well_formed_and_learned():
    """After a change: python -m essor.algos.text.lexicon essor/algos/matching/thesaurus.txt."""
    known = lexicon(offers.THESAURUS)
    assert {concept.field for concept in known.concepts} == set(offers.FIELD_KINDS)
    with np.load(offers.THESAURUS.with_suffix(".npz")) as kept:
        assert str(kept["of"]) == fingerprint(offers.THESAURUS)


def test_examples_in_the_documentation_run():
    for module in (package, model, offers):
        assert doctest.testmod(module).failed == 0


def found_by(index: Offers, need: str) -> list[tuple[str, float]]:
    return [(each.offer, round(each.score, 2)) for each in index.find(Thing("n", need), 8)]


def test_kept_readings_find_what_the_texts_find(index):
    kept = pack(read([offer.text for offer in OFFERS]))
    again = Offers(OFFERS, readings=unpack(kept))
    for need in ("Tenir nos comptes", "Des planches pour un comptoir", "Une cuisine aux normes"):
        assert found_by(again, need) == found_by(index, need)
    assert max(map(len, kept)) < 2_000


def test_a_reading_depends_on_its_text_alone():
    alone = read(["Un hangar agricole à moitié vide"], main="fr")
    among = read([offer.text for offer in OFFERS], main="fr")
    assert np.allclose(alone.vectors[0], among.vectors[1], atol=1e-5)
    assert np.allclose(alone.counts[0], among.counts[1], atol=1e-5)
    assert list(alone.stems[0]) == list(among.stems[1])


def test_kept_bytes_of_another_lexicon_are_refused():
    kept = pack(read(["Un hangar"]))[0]
    for wrong in (b"", kept[:40], b"\x07" + kept[1:]):
        with pytest.raises(BadReading):
            unpack([wrong])
    assert len(unpack([])) == 0


@pytest.mark.parametrize("seed", range(5))
def test_index_changed_step_by_step_finds_as_one_built_at_once(seed):
    """The middle of all texts stays that of the first build; all else must be as new."""
    drawn = random.Random(seed)
    texts = {offer.id: offer.text for offer in OFFERS}
    index = Offers(OFFERS)
    for step in range(6):
        gone = drawn.choice(sorted(texts))
        new = Thing(f"new{step}", drawn.choice(OFFERS).text + f" {step}")
        changed = Thing(drawn.choice(sorted(texts)), f"Un atelier de couture {step}")
        some = [new] if changed.id == gone else [new, changed]
        index = index.changed(some, read([each.text for each in some]), gone=[gone])
        del texts[gone]
        texts |= {each.id: each.text for each in some}
    whole = Offers([Thing(name, text) for name, text in texts.items()])
    whole._mean = index._mean
    whole._rows = whole._as_rows(whole.offers, read(list(texts.values())))
    need = "Quelqu'un pour coudre, des comptes ou du bois"
    assert sorted(found_by(index, need)) == sorted(found_by(whole, need))


def test_one_offer_alone_scores_as_well_as_among_others(index):
    """A lone offer is not told apart from itself: the packaged middle stands in."""
    for need, answer in (("Transporter des tables un week-end", "van"), ("Un prêt", "cash")):
        offer = next(each for each in OFFERS if each.id == answer)
        alone = Offers([offer]).find(Thing("n", need), 1)[0].score
        among = index.find(Thing("n", need), 1)[0].score
        assert alone > 0.2
        assert alone == pytest.approx(among, rel=0.35)


def test_packaged_middle_tells_among_few_and_fades_among_many():
    few, many = read(["Un hangar vide"] * 2, main="fr"), read(["Un hangar vide"] * 2000, main="fr")
    own = many.vectors[0]

    def left(readings):
        return float(np.linalg.norm(middle.middle_of(readings) - own))

    assert left(many) < 0.02 * left(few)
    assert middle.middle_of(read([])) is None
    assert middle.middle_of(read(["Un hangar"], meaning=False)) is None


def test_packaged_middle_is_that_of_the_shipped_ideas():
    """After a change: python -m essor.algos.matching.middle bench/grouping_sets/*.txt."""
    ideas = Path(__file__).parents[2] / "bench" / "grouping_sets"
    today = middle.learned(sorted(ideas.glob("*.txt")))
    assert np.allclose(today, np.load(middle.LEARNED), atol=2e-3)


def test_only_some_offers_may_be_asked(index):
    found = index.find(Thing("n", "Une cuisine aux normes"), among={"van", "barn"})
    assert {each.offer for each in found} <= {"van", "barn"}
