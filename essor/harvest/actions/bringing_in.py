"""A list of ideas that was looked at is brought in: whole or not at all."""

from datetime import date, datetime, time

from django.utils import timezone

from essor.harvest.actions.ideas import Said, keep_ideas
from essor.harvest.actions.lists import NothingToBring, State, check_open, write_line
from essor.harvest.bringing.compare import BAD, Comparison, compared
from essor.harvest.bringing.lines import Line
from essor.harvest.models import IdeaList, Picture, Source, Support
from essor.kit.lists.life import looked_at
from essor.kit.locks import lock
from essor.ledger.actions import action, step
from essor.people.actions import welcome_person
from essor.people.models import Person


@action
def bring_in(*, many: IdeaList, by: Person | None, at: datetime) -> IdeaList:
    """Keep every line that can come in, under the harvest's lock: all of them or none.

    Lines that came in before stay as they are. Raises ``ListGone``, ``HarvestOver`` and
    ``NothingToBring``.
    """
    harvest = lock(many.harvest)
    harvest.territory = many.harvest.territory
    many = looked_at(many)
    many.harvest = harvest
    check_open(harvest)
    comparison = compared(many)
    if len(comparison.of(BAD)) == len(comparison.verdicts):
        raise NothingToBring
    _write(many, comparison, by=by, at=at)
    many.result = {
        "counts": comparison.counts,
        "twins": comparison.twins,
        "left": [
            {"line": each.line.number, "text": each.line.text[:200], "why": each.line.trouble}
            for each in comparison.of(BAD)
        ],
    }
    many.table, many.state, many.applied_at = {}, State.APPLIED, at
    many.save()
    if many.picture is not None:
        many.picture.state = Picture.State.TYPED
        many.picture.save(update_fields=["state"])
    write_line("ideas_brought_in", many, by=by, at=at, **comparison.counts)
    return many


@step
def _write(many: IdeaList, comparison: Comparison, *, by: Person | None, at: datetime) -> None:
    people = _people([each.line for each in comparison.ideas + comparison.supports], by=by, at=at)
    places = _places(many, [each.line for each in comparison.ideas], at)
    said = [
        Said(
            text=each.line.text,
            detail=each.line.detail,
            author=people.get((each.line.name, each.line.email)),
            nameless=not (each.line.name or each.line.email),
            source=places.get(each.line.place, many.source),
            way=many.way,
            origin=f"list:{each.line.origin}",
            at=_moment(each.line.day or (many.source.held_on if many.source else None), at),
        )
        for each in comparison.ideas
    ]
    made = keep_ideas(harvest=many.harvest, all_said=said, at=at)
    by_key = {idea.key: idea for idea in reversed(made)}
    Support.objects.bulk_create(
        [
            Support(
                idea=each.twin or by_key[each.line.key],
                person=people.get((each.line.name, each.line.email)),
                device=each.line.origin,
                at=at,
            )
            for each in comparison.supports
        ],
        ignore_conflicts=True,
    )


@step
def _people(lines: list[Line], *, by: Person | None, at: datetime) -> dict[tuple[str, str], Person]:
    """One new person for each name and address that the list tells."""
    named = dict.fromkeys((line.name, line.email) for line in lines if line.name or line.email)
    return {
        (name, email): welcome_person(
            first_name=name or email.split("@")[0][:80], email=email, by=by, at=at
        )
        for name, email in named
    }


@step
def _places(many: IdeaList, lines: list[Line], at: datetime) -> dict[str, Source]:
    """The source with each place's name, made where the harvest has none."""
    wanted = dict.fromkeys(line.place for line in lines if line.place)
    known_sources = {source.label: source for source in many.harvest.sources.all()}
    for place in wanted:
        if place not in known_sources:
            known_sources[place] = Source.objects.create(
                harvest=many.harvest,
                kind=Source.Kind.OTHER,
                label=place,
                gathered_by=many.made_by,
                created_at=at,
            )
    return {place: known_sources[place] for place in wanted}


def _moment(day: date | None, at: datetime) -> datetime:
    """Noon of a day that is known and not to come, else now."""
    if day is None or day > timezone.localtime(at).date():
        return at
    return min(at, timezone.make_aware(datetime.combine(day, time(12))))
