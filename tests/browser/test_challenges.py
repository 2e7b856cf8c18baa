"""The board of challenges, a challenge and its wording, with much content and with none."""

import pytest

from essor.evenings.models import Choice
from essor.territories.models import Theme
from essor.treasures.models import Treasure
from tests.cast import NOW, make_challenge, make_evening, make_registration

QUESTIONS = {
    "Cantines": "Comment produire et manger local à la cantine comme à la maison ?",
    "Cuir": "Comment faire revivre les savoir-faire du cuir et de la chaussure ?",
    "Toits": "Comment partager l’énergie que nos toits peuvent produire ?",
}
SOURCES = [{"label": "L’Agriculture drômoise, 2024", "url": "https://example.org/a"}]


@pytest.fixture
def board(cast):
    evening = make_evening(cast.valence, challenges=0)
    themes = Theme.objects.filter(code__in=["alimentation", "industrie", "energie"])
    for (short, question), theme in zip(QUESTIONS.items(), themes, strict=True):
        challenge = make_challenge(cast.valence, short, question=question, sources=SOURCES)
        challenge.context = (
            "Quarante parents l’ont dit pendant la récolte.\n\nDeux essais ont échoué."
        )
        challenge.save()
        challenge.themes.add(theme)
        evening.challenges.add(challenge)
        for number in range(14):
            coming = make_registration(evening, f"{short} {number}")
            Choice.objects.create(registration=coming, challenge=challenge, rank=1)
    make_challenge(cast.valence, "Vélos", state="draft")
    make_challenge(cast.valence, "Laverie", state="closed", year=2017, as_listed="thème")
    challenge.neighbours.add(*evening.challenges.exclude(pk=challenge.pk))
    return challenge


@pytest.mark.parametrize("who", ["stranger", "aicha"])
def test_board_and_challenge_stand(page, cast, board, sign_in, axe, see, who):
    if who != "stranger":
        sign_in(cast.people[who])
    page.goto("/valence/challenges/")
    axe(page)
    see(page, f"challenges-{who}")
    page.get_by_role("link", name=QUESTIONS["Toits"]).click()
    axe(page)
    see(page, f"challenge-{who}")


def test_empty_board_stands(page, cast, axe, see):
    page.goto("/jura/challenges/")
    axe(page)
    see(page, "challenges-empty")


def test_wording_stands_with_its_errors(page, cast, board, sign_in, axe, see):
    sign_in(cast.aicha)
    page.goto("/valence/challenges/wording/")
    page.get_by_label("La question").fill("Manger local")
    page.get_by_role("button", name="Garder").click()
    axe(page)
    see(page, "wording")


def test_treasures_stand(page, cast, axe, see):
    for kind in ("human", "economic"):
        for number in range(3):
            Treasure.objects.create(
                territory=cast.valence,
                name=f"Richesse {number}",
                kind=kind,
                description="Des mains qui savent coudre le cuir.",
                sources=SOURCES,
                created_at=NOW,
            )
    page.goto("/valence/treasures/")
    axe(page)
    see(page, "treasures")
