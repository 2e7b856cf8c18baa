"""Who votes, without knowing who: a digest that finds one's own ballot again."""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from essor.choosing.models import Ballot, Vote
from essor.people.models import Person

SALT = "essor.choosing.voter"


def digest_of(vote: Vote, who: str) -> str:
    """The same for the same vote and person or device; nothing leads back from it."""
    made = salted_hmac(SALT, f"{vote.public_id}:{who}", algorithm="sha256")
    return made.hexdigest()


def of_person(vote: Vote, person: Person) -> str:
    return digest_of(vote, f"person:{person.public_id}")


def my_digests(request: HttpRequest, vote: Vote) -> list[str]:
    """Digests under which this visitor may have a ballot: signed in, and of this browser."""
    person = request.visitor.person  # type: ignore[attr-defined]
    device = request.session.get("device", "")
    found = [of_person(vote, person)] if person else []
    return found + ([digest_of(vote, f"device:{device}")] if device else [])


def my_ballot(request: HttpRequest, vote: Vote) -> Ballot | None:
    """The visitor's ballot; one begun on this browser before signing in stays theirs."""
    digests = my_digests(request, vote)
    held = {ballot.voter: ballot for ballot in Ballot.objects.filter(vote=vote, voter__in=digests)}
    return next((held[each] for each in digests if each in held), None)


def my_new_digest(request: HttpRequest, vote: Vote) -> str:
    """Under which a ballot is begun: the person where one is signed in, else the browser."""
    visitor = request.visitor  # type: ignore[attr-defined]
    if visitor.person:
        return of_person(vote, visitor.person)
    return digest_of(vote, f"device:{visitor.device}")
