"""What time does to introductions: reminding once, ending, asking what came of it, forgetting."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from essor.exchanges.actions.introductions import Answer, Ending, end
from essor.exchanges.introducing import ANSWER_WITHIN, ASKED_AFTER, REMINDED_AFTER
from essor.exchanges.introduction_letters import post_ended, post_follow_up, post_reminder
from essor.exchanges.models import Introduction, IntroductionSide
from essor.exchanges.reminding import FROM_HOUR
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, record_each
from essor.ledger.models import Audience
from essor.people.erasure import erase_person
from essor.people.models import Person


@action
def remind_sides(*, by: Named | None, at: datetime) -> int:
    """After ten days, remind once whoever has not answered; how many letters were written."""
    waiting = IntroductionSide.objects.filter(
        answer="",
        reminded_at=None,
        introduction__ending="",
        introduction__quiet=False,
        introduction__asked_at__lte=at - REMINDED_AFTER,
        introduction__asked_at__gt=at - ANSWER_WITHIN,
    )
    due = list(waiting.order_by("introduction", "id")) if _by_day(at) else []
    reminded = 0
    for each in due:
        introduction = lock(each.introduction)
        side = introduction.sides.get(pk=each.pk)
        if side.answer or side.reminded_at or introduction.ending:
            continue
        side.reminded_at = at
        side.save(update_fields=["reminded_at"])
        post_reminder(side, at=at)
        _record(introduction, "introduction_reminded", by, at)
        reminded += 1
    if not reminded:
        nothing_changed()
    return reminded


@action
def end_what_waits(*, by: Named | None, at: datetime) -> int:
    """End what was not agreed in time, a refusal like a silence; how many were ended.

    Whoever came by an address that an introducer wrote, and did not answer, is forgotten.
    """
    waiting = Introduction.objects.filter(ending="", asked_at__lte=at - ANSWER_WITHIN)
    due = list(waiting.order_by("id")) if _by_day(at) else []
    ended = _close(due, by, at)
    if _by_day(at):
        _forget_invited(at)
    if not ended:
        nothing_changed()
    return len(ended)


def _forget_invited(at: datetime) -> None:
    """Also those of what was taken back: a last kind letter has left by then."""
    over = IntroductionSide.objects.filter(
        invited=True,
        introduction__ending__in=[Ending.NOT_MADE, Ending.WITHDRAWN],
        introduction__asked_at__lte=at - ANSWER_WITHIN,
    ).exclude(answer__in=[Answer.YES, Answer.NEVER])
    for side in over.select_related("person").order_by("id"):
        _forget(side.person, at)


def _forget(person: Person, at: datetime) -> None:
    """Unless they came to be known here otherwise: by an account, or by what they do elsewhere."""
    others = person.introductions.filter(introduction__ending="").exists()
    if person.account_id is None and not person.erased_at and not others and not _is_known(person):
        erase_person(person=person, by=None, at=at)


def _is_known(person: Person) -> bool:
    """Whether anything but introductions belongs to them."""
    links = [
        each
        for each in person._meta.related_objects
        if each.related_model is not IntroductionSide and each.get_accessor_name() != "links"
    ]
    return any(
        each.related_model._base_manager.filter(**{each.field.name: person}).exists()
        for each in links
    )


@action
def close_those_of(*, person: Person, by: Named | None, at: datetime) -> int:
    """End what still waits for ``person``, who leaves, or was thought of by them; how many."""
    theirs = Q(sides__person=person) | Q(introducer=person)
    waiting = Introduction.objects.filter(theirs, ending="").distinct()
    ended = len(_close(waiting.order_by("id"), by, at, leaving=person))
    if not ended:
        nothing_changed()
    return ended


def _close(
    found: Iterable[Introduction],
    by: Named | None,
    at: datetime,
    leaving: Person | None = None,
) -> list[Introduction]:
    """Those that were still open, ended; their introducers are told, but for one who leaves."""
    ended = []
    for each in found:
        introduction = lock(each)
        if introduction.ending:
            continue
        end(introduction, Ending.NOT_MADE, at=at)
        introduction.sides.update(reach="")
        if leaving is None or introduction.introducer_id != leaving.pk:
            post_ended(introduction, at=at)
        _record(introduction, "introduction_ended", by, at)
        ended.append(introduction)
    return ended


@action
def ask_what_came(*, by: Named | None, at: datetime) -> int:
    """Three weeks after two people were put in touch, ask each once who has not said it yet."""
    met = Introduction.objects.filter(
        ending=Ending.MADE, followed_at=None, ended_at__lte=at - ASKED_AFTER
    )
    asked = 0
    for each in met.order_by("id") if _by_day(at) else []:
        introduction = lock(each)
        if introduction.followed_at:
            continue
        introduction.followed_at = at
        introduction.save(update_fields=["followed_at"])
        for side in introduction.sides.filter(outcome="").exclude(answer=Answer.NEVER):
            post_follow_up(side, at=at)
        _record(introduction, "introduction_followed", by, at)
        asked += 1
    if not asked:
        nothing_changed()
    return asked


@action
def forget_reach(*, before: datetime, by: Named | None, at: datetime) -> int:
    """Take the addresses back that were given to each other before; how many."""
    old = IntroductionSide.objects.filter(introduction__ended_at__lt=before).exclude(reach="")
    gone = list(old.select_related("introduction__territory").order_by("id"))
    if not gone:
        nothing_changed()
        return 0
    old.filter(pk__in=[each.pk for each in gone]).update(reach="")
    lines: list[tuple[Named, dict[str, Any]]] = [(each.introduction, {}) for each in gone]
    record_each(by=by, at=at, verb="introduction_reach_gone", of=lines)
    return len(gone)


def _by_day(at: datetime) -> bool:
    """Nobody is written to before the house's first hour."""
    return timezone.localtime(at).hour >= FROM_HOUR


def _record(introduction: Introduction, verb: str, by: Named | None, at: datetime) -> None:
    record(
        by=by, at=at, verb=verb, of=introduction, territory=introduction.territory,
        audience=Audience.TEAM,
    )  # fmt: skip
