"""The digest as a letter: written when it leaves, grouped by object, latest first.

Letters that leave together are written together: what they tell is read once for all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from essor.kit.letters import Brand, render_letter
from essor.kit.writers import Written, writes_each
from essor.news.actions import WRITER
from essor.news.follows import chosen_by
from essor.news.kinds import Key
from essor.news.links import choices_address, leave_address
from essor.news.sayings import Sayings, Section
from essor.news.ways_in import with_ways_in
from essor.people.models import Person
from essor.people.news import no_news_address
from essor.territories.brand import brand_of
from essor.territories.models import Territory

Asked = dict[str, Any]


@writes_each(WRITER)
def written_each(asked: Sequence[Asked], at: datetime) -> list[Written | None]:
    """The digests of these lines and items for these people; None where nothing is left to say."""
    people = _people(each["person"] for each in asked)
    by_language: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(asked):
        if each["person"] in people:
            by_language[people[each["person"]].language].append(number)
    chosen = chosen_by(people.values())
    brands = _Brands()
    made: list[Written | None] = [None] * len(asked)
    for language, numbers in by_language.items():
        some = [asked[number] for number in numbers]
        with translation.override(language):
            sayings = Sayings(
                (line for each in some for line in each.get("lines", ())),
                [each.get("owed", {}) for each in some],
            )
            told = [
                (people[each["person"]],
                 sayings.sections(each.get("lines", ()), each.get("owed", {})))
                for each in some
            ]  # fmt: skip
            found = with_ways_in(told, at)
            for number, (person, _sections), sections in zip(numbers, told, found, strict=True):
                made[number] = _letter(person, sections, chosen[person.pk], brands)
    return made


def _people(public_ids: Iterable[str]) -> dict[str, Person]:
    """Those who are still here and hear news, by public id."""
    here = Person.objects.filter(public_id__in=set(public_ids), erased_at=None, no_news=False)
    return {each.public_id: each for each in here.order_by("pk")}


def _letter(
    person: Person, found: Sequence[Section], chosen: Iterable[Key], brands: "_Brands"
) -> Written | None:
    if not found:
        return None
    context = {
        "person": person,
        "sections": _with_ways_out(person, found, set(chosen)),
        "places": sorted({each.thing.place for each in found}),
        "choices": choices_address(person),
        "no_news": no_news_address(person),
    }
    return Written(*render_letter("news/mail/digest.txt", context, brands.of(found)))


def _with_ways_out(person: Person, found: Sequence[Section], chosen: set[Key]) -> list[Section]:
    out = []
    for each in found:
        key = next((one for one in each.keys if one in chosen), None)
        address = f"{settings.SITE_URL}{leave_address(person, key)}" if key else ""
        out.append(replace(each, leave=address))
    return out


class _Brands:
    """The brands of territories, each looked up once."""

    def __init__(self) -> None:
        self._known: dict[str, Brand | None] = {}

    def of(self, found: Sequence[Section]) -> Brand | None:
        """The territory's, where everything is of one."""
        here = {each.thing.territory for each in found}
        if len(here) != 1:
            return None
        (public_id,) = here
        if public_id not in self._known:
            territory = Territory.objects.filter(public_id=public_id).first()
            self._known[public_id] = brand_of(territory) if territory else None
        return self._known[public_id]
