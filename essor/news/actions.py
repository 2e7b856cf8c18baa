"""Every write about news: how one wants to hear, the rounds, what reached whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError

from essor.kit.mail import Letter, news_this_week, news_to, post_each
from essor.kit.models import Mail
from essor.ledger.actions import Named, action, nothing_changed, record, record_each
from essor.ledger.models import Audience, Entry
from essor.news.asking import PURPOSE, post_asked
from essor.news.kinds import EVERYTHING, Key, kinds, sources
from essor.news.listening import forget_who_left, listener_at
from essor.news.models import Digest, DigestRound, Following, FollowingAsked, Told
from essor.people.actions import choose_news, make_link, welcome_person
from essor.people.links import A_WEEK as LASTS
from essor.people.models import Person
from essor.people.news import no_news_address
from essor.people.text import name_in

WRITER = "news.digest"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person with the lines and the items (keys by source) that a digest brings them."""

    person: Person
    lines: tuple[Entry, ...]
    owed: Mapping[str, Sequence[str]]
    after: int


@action
def choose_how(*, person: Person, key: Key, how: str, by: Named | None, at: datetime) -> None:
    """Hear of ``key`` weekly, at once, or not at all; choosing follows what was not followed.

    Blank: as chosen for the rest of its territory; what one follows by taking part stays followed.
    """
    of_type, of_id = key
    known = Following.objects.filter(person=person, of_type=of_type, of_id=of_id).first()
    if (known.how if known else "") == how:
        nothing_changed()
        return
    if known is None:
        Following.objects.create(person=person, of_type=of_type, of_id=of_id, how=how, since=at)
    elif not how:
        known.delete()
    else:
        known.since = at if known.how == Following.How.NONE else known.since
        known.how = how
        known.save(update_fields=["how", "since"])
    kind = kinds().get(of_type)
    if kind is not None and of_type != EVERYTHING:
        change = kind.stop if how == Following.How.NONE else kind.start
        if change is not None:
            change(person, of_id, at)
    record(by=by or person, at=at, verb="chose_how_to_hear", of=person, audience=Audience.PERSON,
           data={"type": of_type, "id": of_id, "how": how})  # fmt: skip
    if how in {"", Following.How.NONE}:
        forget_who_left(person, at)


@action
def ask_to_follow(
    *, key: Key, email: str, language: str, by: Named | None, at: datetime
) -> FollowingAsked:
    """Write to ``email`` with the button that confirms; nothing else leaves before it is pressed.

    Whoever listens at this address already follows one thing more.
    """
    email = email.strip().lower()
    person = listener_at(email) or welcome_person(
        first_name=name_in(email)[:80], email=email, language=language, by=by, at=at
    )
    of_type, of_id = key
    asked, _new = FollowingAsked.objects.get_or_create(
        person=person, of_type=of_type, of_id=of_id, defaults={"asked_at": at}
    )
    token = make_link(
        person=person, purpose=PURPOSE, subject=asked.public_id, lasts=LASTS, by=by, at=at
    )
    post_asked(asked, token=token, at=at)
    record(by=by, at=at, verb="following_asked", of=person, audience=Audience.PERSON)
    return asked


@action
def confirm_following(*, asked: FollowingAsked, by: Named | None, at: datetime) -> None:
    """Whoever reads the address follows it from now on, and hears news."""
    person = asked.person
    choose_how(person=person, key=(asked.of_type, asked.of_id), how=Following.How.WEEKLY,
               by=by or person, at=at)  # fmt: skip
    choose_news(person=person, wanted=True, by=by or person, at=at)
    asked.delete()
    record(by=by or person, at=at, verb="following_confirmed", of=person, audience=Audience.PERSON)


@action
def forget_asked(*, before: datetime, by: Named | None, at: datetime) -> int:
    """What nobody confirmed goes, with the address where nothing else is kept of it; how many."""
    waiting = list(FollowingAsked.objects.filter(asked_at__lt=before).select_related("person"))
    for asked in waiting:
        asked.delete()
        record(by=by, at=at, verb="following_forgotten", of=asked.person, audience=Audience.PERSON)
        forget_who_left(asked.person, at)
    if not waiting:
        nothing_changed()
    return len(waiting)


@action
def begin_round(*, key: str, after: int, upto: int, by: Named | None, at: datetime) -> DigestRound:
    """The round of this day, with the lines that it is about; the same day twice is one round."""
    round_, new = DigestRound.objects.get_or_create(
        public_id=key, defaults={"after": after, "upto": upto, "began_at": at}
    )
    if new:
        record(by=by, at=at, verb="digests_began", of=round_)
    else:
        nothing_changed()
    return round_


@action
def end_round(*, round: DigestRound, by: Named | None, at: datetime) -> None:
    """Everybody was told: the next round begins after this one's lines.

    What was held back is forgotten, except for whom this round wrote to before that (a clock that
    was wrong makes an older round the later one): they were passed over when it went on.
    """
    if not DigestRound.objects.filter(pk=round.pk, ended_at=None).update(ended_at=at):
        nothing_changed()
        return
    written_to = Digest.objects.filter(round=round).values("person")
    Digest.objects.filter(held=True).exclude(person__in=written_to).delete()
    record(by=by, at=at, verb="digests_ended", of=round,
           data={"told": round.digests.filter(held=False).count()})  # fmt: skip


@action
def tell_each(
    *, round: DigestRound, waiting: Sequence[Waiting], by: Named | None, at: datetime
) -> int:
    """Queue one digest for each of ``waiting``; whoever had their mails of the week waits on.

    Answers how many mails. Raises ``IntegrityError``, and writes nothing, where somebody was told
    one of these things before.
    """
    spent = news_to([each.person.email for each in waiting], at)
    told: list[Waiting] = []
    held: list[Waiting] = []
    for each in waiting:
        full = spent[each.person.email] >= settings.MAIL_BUDGET_PER_WEEK
        (held if full else told).append(each)
        spent[each.person.email] += not full
    people = [each.person.pk for each in waiting]
    Digest.objects.filter(person__in=people, held=True).delete()
    Digest.objects.bulk_create(
        Digest(
            person=each.person,
            round=round,
            held=late,
            after=each.after,
            lines=len(each.lines),
            at=at,
        )
        for late, some in ((False, told), (True, held))
        for each in some
    )
    _remember(told, at, at_once=False)
    for name, source in sources().items():
        pairs = [(each.person.pk, key) for each in told for key in each.owed.get(name, ())]
        if pairs:
            source.mark(pairs, at)
    _post([(each, f"digest:{round.public_id}:{each.person.public_id}") for each in told], at)
    record_each(by=by, at=at, verb="digest_told", audience=Audience.PERSON,
                of=[(each.person, {"lines": len(each.lines)}) for each in told])  # fmt: skip
    if not told:
        nothing_changed()
    return len(told)


@action
def tell_at_once(*, person: Person, lines: Sequence[Entry], by: Named | None, at: datetime) -> int:
    """Queue one mail with ``lines`` now, leaving room for the week's digest; 0 where there is none.

    Raises ``IntegrityError`` where one of them reached the person before.
    """
    if news_this_week(person.email, at) >= settings.MAIL_BUDGET_PER_WEEK - 1:
        nothing_changed()
        return 0
    one = Waiting(person, tuple(lines), {}, 0)
    _remember([one], at, at_once=True)
    _post([(one, f"at-once:{person.public_id}:{lines[-1].pk}")], at)
    record(by=by, at=at, verb="told_at_once", of=person, audience=Audience.PERSON,
           data={"lines": len(lines)})  # fmt: skip
    return 1


def _remember(told: Sequence[Waiting], at: datetime, *, at_once: bool) -> None:
    rows = [
        Told(person=each.person, line=line.pk, at_once=at_once, at=at)
        for each in told
        for line in each.lines
    ]
    Told.objects.bulk_create(rows, batch_size=500)


def _post(some: Iterable[tuple[Waiting, str]], at: datetime) -> None:
    mails = post_each([_letter(one, key) for one, key in some], at=at)
    if any(mail is not None and mail.state == Mail.State.HELD for mail in mails):
        raise IntegrityError("another mail of this week came first")


def _letter(one: Waiting, key: str) -> Letter:
    about = {
        "person": one.person.public_id,
        "lines": [line.pk for line in one.lines],
        "owed": {name: list(keys) for name, keys in one.owed.items()},
    }
    return Letter(
        address=one.person.email,
        person=one.person.public_id,
        news=True,
        key=key,
        unsubscribe_url=no_news_address(one.person),
        writer=WRITER,
        about=about,
    )
