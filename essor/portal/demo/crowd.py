"""Four hundred invented people for the example evening, the same ones for the same seed."""

from dataclasses import dataclass, field
from random import Random

from essor.evenings.models import Registration
from essor.portal.demo.names import (
    COMMUNES,
    FIRST_NAMES,
    LAST_NAMES,
    ORGANISATIONS,
    SPHERE_WEIGHTS,
)
from essor.portal.demo.words import CHALLENGES

AGE_BANDS = [band.value for band in Registration.AgeBand]
AGE_WEIGHTS = (9, 31, 41, 19)
SURPRISED, AGE_TOLD, WITH_ACCESS_NEED, WITH_FRIEND = 0.06, 0.8, 0.03, 0.08


@dataclass(slots=True)
class Invented:
    """One invented participant; ``choices`` are short names of challenges, dearest first."""

    first_name: str
    last_name: str
    email: str
    sphere: str
    organisation: str
    commune: str
    commune_code: str
    age_band: str
    choices: list[str] = field(default_factory=list)
    facilitator: bool = False
    hosts: str = ""
    access: bool = False
    friend: int | None = None


def invent_crowd(people: int, *, facilitators: int, seed: int) -> list[Invented]:
    """``people`` invented participants; the first ``facilitators`` hold tables, the next few
    host the challenges to boost. Choices follow a few favourites and a long tail.
    """
    random = Random(seed)
    shorts = [worded.short for worded in CHALLENGES]
    appeal = [1 / (rank + 3) for rank in range(len(shorts))]
    boosted = [worded.short for worded in CHALLENGES if worded.track == "boost"]
    names = random.sample([(f, n) for f in FIRST_NAMES for n in LAST_NAMES], people)
    crowd = [_invent(random, number, *name) for number, name in enumerate(names)]
    for number, one in enumerate(crowd):
        one.facilitator = number < facilitators
        if facilitators <= number < facilitators + 2 * len(boosted):
            one.hosts = boosted[(number - facilitators) % len(boosted)]
        if random.random() > SURPRISED and not one.facilitator:
            one.choices = _choices(random, shorts, appeal, first=one.hosts)
        if random.random() < WITH_FRIEND and not one.facilitator and not one.hosts:
            one.friend = random.randrange(facilitators + 2 * len(boosted), people)
    return crowd


def _invent(random: Random, number: int, first_name: str, last_name: str) -> Invented:
    sphere = random.choices(list(SPHERE_WEIGHTS), list(SPHERE_WEIGHTS.values()))[0]
    commune, code, _ = random.choices(COMMUNES, [weight for *_, weight in COMMUNES])[0]
    return Invented(
        first_name=first_name,
        last_name=last_name,
        email=f"personne{number + 1}@example.org",
        sphere=sphere,
        organisation=random.choice(ORGANISATIONS[sphere]) if sphere in ORGANISATIONS else "",
        commune=commune,
        commune_code=code,
        age_band=random.choices(AGE_BANDS, AGE_WEIGHTS)[0] if random.random() < AGE_TOLD else "",
        access=random.random() < WITH_ACCESS_NEED,
    )


def _choices(random: Random, shorts: list[str], appeal: list[float], *, first: str) -> list[str]:
    chosen = [first] if first else []
    wanted = random.choice((2, 3, 3))
    while len(chosen) < wanted:
        pick = random.choices(shorts, appeal)[0]
        if pick not in chosen:
            chosen.append(pick)
    return chosen
