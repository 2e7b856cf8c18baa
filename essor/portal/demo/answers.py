"""What became of the example's ideas, and two votes. Everybody in it is invented."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from essor.challenges.actions.feeding import feed_challenge
from essor.challenges.models import Challenge
from essor.choosing.actions import Offered, Planned, close_vote, open_vote
from essor.choosing.models import Ballot, Vote
from essor.choosing.voter import digest_of
from essor.harvest.actions.fates import Decision, decide_fates
from essor.harvest.actions.sorting import open_group
from essor.harvest.models import Fate, Harvest, Idea
from essor.harvest.yes_and import wordings
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.people.models import Person
from essor.portal.demo.life import person_of

FED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Manger local à la cantine", "Cantines", (
        "Que la cantine achète", "Moins de gâchis à la cantine", "Des repas d’entreprise cuisinés",
        "Mettre un restaurateur et un maraîcher", "Des repas portés qui ont du goût",
    )),
    ("Réparer, et en vivre", "Repair café", (
        "Un endroit pour faire réparer", "Un repair café tous les mois", "Payer les réparateurs",
        "Apprendre à réparer son téléphone",
    )),
    ("Du soleil sur nos toits", "Énergie des toits", (
        "Mettre des panneaux sur le toit", "Que les habitants possèdent ensemble",
        "Louer les toits des hangars", "des panneaux solaires sur tous les parkings",
        "Une coopérative qui achète l’électricité",
    )),
)  # fmt: skip
TO_WORD = ("Vieillir entouré", (
    "Une maison où vieillir à cinq", "Des étudiants logés chez des personnes âgées",
    "Un habitat partagé avec des jeunes", "Que les facteurs prennent des nouvelles",
))  # fmt: skip
JOINED = ("Ramener la consigne du verre", "Qu’on puisse rapporter ses bouteilles")
LATER = (
    "Un micro-barrage citoyen",
    "Un orchestre de quartier",
    "une application pour savoir quels",
)
DECLINED = ("Plus de bancs sur le chemin", "Des bus après 20 heures")
SEED, BALLOTS, SEEN = 7, 164, 16
TASTES: tuple[tuple[float, tuple[str, ...]], ...] = (
    (0.55, ("Cantines", "Jardins partagés", "Halle paysanne", "Énergie des toits", "Eau")),
    (0.25, ("Cuir et chaussure", "Textile", "Premiers emplois", "École ouverte")),
    (0.20, ("Bien vieillir", "Aidants", "Conciergerie", "Habitat partagé")),
)
"""Parts of the invented voters and what each mostly likes."""
PASSION, PASSIONATE = "Tourisme lent", 7


@action
def answer_example(*, harvest: Harvest, by: Named | None, at: datetime) -> Harvest:
    """Sort a few of the example's ideas, feed challenges with them, answer others, hold two votes.

    Found as it is on the second call.
    """
    if harvest.groups.exists():
        nothing_changed()
        return harvest
    host = person_of("host")
    for name, short, starts in FED:
        ideas = _ideas(harvest, starts)
        _group(harvest, name, ideas, host, at)
        challenge = Challenge.objects.get(territory=harvest.territory, short=short, invented=True)
        feed_challenge(challenge=challenge, ideas=ideas, group=name, by=host, at=at)
    _group(harvest, TO_WORD[0], _ideas(harvest, TO_WORD[1]), host, at)
    _answer(harvest, host, at)
    _vote(harvest, host, at)
    record(by=by, at=at, verb="example_answered", of=harvest, territory=harvest.territory)
    return harvest


def _ideas(harvest: Harvest, starts: Sequence[str]) -> list[Idea]:
    """The ideas that begin with these words, in this order."""
    found = harvest.ideas.select_related("territory", "harvest")
    return [found.get(text__startswith=start) for start in starts]


def _group(harvest: Harvest, name: str, ideas: Sequence[Idea], host: Person, at: datetime) -> None:
    keys = [idea.public_id for idea in ideas]
    open_group(harvest=harvest, ideas=keys, name=name, by=host, at=at)


def _answer(harvest: Harvest, host: Person, at: datetime) -> None:
    joins, into = _ideas(harvest, JOINED)
    decisions = [
        ([joins], Decision(Fate.Kind.MERGED, why=wordings(Fate.Kind.MERGED)[0], merged_into=into)),
        *(
            ([idea], Decision(Fate.Kind.LATER, why=words, due_on=(at + timedelta(days=200)).date()))
            for idea, words in zip(_ideas(harvest, LATER), wordings(Fate.Kind.LATER), strict=True)
        ),
        (_ideas(harvest, DECLINED), Decision(Fate.Kind.DECLINED, wordings(Fate.Kind.DECLINED)[1])),
    ]
    for ideas, decision in decisions:
        decide_fates(ideas=ideas, decision=decision, by=host, at=at)


def _vote(harvest: Harvest, host: Person, at: datetime) -> None:
    """One vote that is closed, with its result; one in which the visitor may choose."""
    challenges = list(
        Challenge.objects.filter(territory=harvest.territory, invented=True).order_by("short")
    )
    offered = [Offered(each.public_id, each.question, each.context) for each in challenges]
    over = Planned(
        title="Dix défis pour la soirée de l’an prochain",
        words="Vingt-trois défis sont formulés ; dix tables ouvriront sûrement.",
        kind=Vote.Kind.CHALLENGES, places=10, bold_places=2, invented=True,
        opens_at=at - timedelta(days=20), closes_at=at - timedelta(days=6),
    )  # fmt: skip
    vote = open_vote(territory=harvest.territory, planned=over, options=offered, by=host, at=at)
    _invent_ballots(vote, {each.short: each.public_id for each in challenges}, at)
    close_vote(vote=vote, by=host, at=at)
    now = Planned(
        title="Cinq défis à reprendre cet hiver",
        words="Pour les cinq premiers ateliers du soir. Votre voix compte jusqu’à la clôture.",
        kind=Vote.Kind.CHALLENGES, places=5, bold_places=1, invented=True,
        opens_at=at, closes_at=at + timedelta(days=10),
    )  # fmt: skip
    open_vote(territory=harvest.territory, planned=now, options=offered, by=host, at=at)


def _invent_ballots(vote: Vote, keys: dict[str, str], at: datetime) -> None:
    dice = random.Random(SEED)
    Ballot.objects.bulk_create(
        _ballot(vote, f"example:{number}", keys, number < PASSIONATE, dice, at)
        for number in range(BALLOTS)
    )


def _ballot(
    vote: Vote, who: str, keys: dict[str, str], passionate: bool, dice: random.Random, at: datetime
) -> Ballot:
    """An invented voter sees most of the cards, likes a family of them, and now and then another."""
    seen = dice.sample(sorted(keys), SEEN)
    if passionate and PASSION not in seen:
        seen[0] = PASSION
    liked = dice.choices(TASTES, weights=[part for part, _ in TASTES])[0][1]
    yes = [short for short in seen if dice.random() < (0.8 if short in liked else 0.14)]
    energy = PASSION if passionate else (dice.choice(yes) if yes and dice.random() < 0.5 else "")
    if energy and energy not in yes:
        yes.append(energy)
    return Ballot(
        vote=vote,
        voter=digest_of(vote, who),
        seen=[keys[short] for short in seen],
        approved=[keys[short] for short in yes],
        energy=keys[energy] if energy else "",
        cast_at=at,
    )
