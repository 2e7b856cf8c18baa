"""Too many challenges: people choose on their phones, and whoever doubts counts again."""

import re
import uuid
from datetime import timedelta
from fractions import Fraction

from django.test import Client

from essor.algos.choosing import choose, read_pabulib
from essor.choosing.models import Ballot, Vote
from essor.kit import clock
from essor.ledger.models import Entry
from tests.cast import make_challenge


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def words_of(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_a_hall_chooses_and_the_result_can_be_counted_again(cast):
    challenges = [make_challenge(cast.valence, f"Défi {n}") for n in range(1, 11)]
    keys = [challenge.public_id for challenge in challenges]

    # Aïcha opens a vote: three places, one of them for a bold idea.
    aicha = cast.client("aicha")
    until = (clock.now() + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M")
    opened = aicha.post(
        "/valence/votes/new/",
        act(title="Trois défis", places="3", bold_places="1", closes_at=until, options=keys),
    )
    vote = Vote.objects.get()
    page, ballot = f"/valence/votes/{vote.public_id}/", f"/valence/votes/{vote.public_id}/ballot/"
    assert opened.headers["Location"] == page

    # Twelve phones, no account. Ten like the first two challenges, two put their energy in the last.
    for number in range(12):
        phone = Client()
        cards = words_of(phone.post(ballot, act(do="begin"), follow=True))
        assert cards.count("vote-card__name") == 8
        phone.post(ballot, act(do="answer", **{f"on-{keys[0]}": "no"}))
        phone.post(ballot, act(do="more", **{f"on-{keys[0]}": "no"}))
        liked = keys[:2] if number < 10 else [keys[9]]
        answers = {f"on-{key}": "yes" if key in liked else "no" for key in keys}
        kept = phone.post(ballot, act(do="answer", energy=liked[-1], **answers), follow=True)
        assert "Gardé" in words_of(kept)
    assert Ballot.objects.count() == 12
    assert not Entry.objects.filter(verb__startswith="ballot_").exclude(by="").exists()

    # One changes their mind, and comes back on the same phone: it is still one ballot.
    phone.post(ballot, act(do="answer", **{f"on-{keys[9]}": "yes"}, energy=keys[9]))
    assert Ballot.objects.count() == 12

    # It closes: everybody reads who has a place, and why; the ballots themselves are gone.
    aicha.post(f"{page}closure/", act())
    result = words_of(Client().get(page))
    assert "Comment c’est compté" in result
    assert "Méthode des parts égales" in result
    vote.refresh_from_db()
    assert set(vote.result["chosen"]) == {keys[0], keys[1], keys[9]}
    assert not Ballot.objects.exists()

    # Whoever doubts takes the file and counts again: the same places.
    text = Client().get(f"{page}ballots.pb").content.decode()
    again = choose(read_pabulib(text).with_places(3), bold_places=1)
    assert list(again.ids) == vote.result["chosen"]
    assert again.digest == vote.result["digest"]
    assert again.budget == Fraction(3)
