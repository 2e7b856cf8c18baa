"""Letters about introductions, written when they leave: the queue holds no link and no name.

Four at most to each of the two (asked, reminded, in touch or taken back, what came of it), and two
to whoever introduced them: that both agreed or that it did not come about, and the first news of
what came.
"""

from datetime import datetime
from typing import Any

from django.utils import translation

from essor.exchanges.letters import absolute
from essor.exchanges.models import Introduction, IntroductionSide
from essor.exchanges.queries.introductions import other_than
from essor.kit.letters import render_letter, repeated
from essor.kit.mail import Letter, post
from essor.kit.models import Mail
from essor.kit.writers import Written, writes
from essor.people.actions import make_link
from essor.people.links import link_address
from essor.people.models import Person
from essor.territories.brand import brand_of

LINK = "introduction"
"""The purpose of the personal link that opens one's side of an introduction."""
WRITER = "exchanges.introduction"
LEFT = (Mail.State.SENDING, Mail.State.SENT)
TEMPLATES = {
    "asked": "exchanges/mail/introduction_asked.txt",
    "reminded": "exchanges/mail/introduction_reminded.txt",
    "met": "exchanges/mail/introduction_met.txt",
    "withdrawn": "exchanges/mail/introduction_withdrawn.txt",
    "what_came": "exchanges/mail/introduction_what_came.txt",
    "made": "exchanges/mail/introduction_made.txt",
    "not_made": "exchanges/mail/introduction_not_made.txt",
    "heard": "exchanges/mail/introduction_heard.txt",
}
WHILE_OPEN = frozenset({"asked", "reminded"})
BEFORE_BOTH = WHILE_OPEN | {"withdrawn"}
"""Letters that name the other by a first name at most."""


def post_asked(side: IntroductionSide, *, at: datetime) -> None:
    _to_side("asked", side, at)


def post_reminder(side: IntroductionSide, *, at: datetime) -> None:
    """Once, to whoever has not answered."""
    _to_side("reminded", side, at)


def post_met(side: IntroductionSide, *, at: datetime) -> None:
    """Both said yes: the other's name and the way that the other chose."""
    _to_side("met", side, at)


def post_withdrawn(side: IntroductionSide, *, at: datetime) -> bool:
    """Nothing is to be answered any more: to whoever was asked, and never by whom it was taken back.

    Who was not written to yet hears nothing: the letter that asks is moot by now. Whether a letter
    leaves.
    """
    asked = Mail.objects.filter(key=_key("asked", side.public_id))
    knew = asked.filter(state__in=LEFT).exists()
    if knew:
        _to_side("withdrawn", side, at)
    return knew


def post_follow_up(side: IntroductionSide, *, at: datetime) -> None:
    _to_side("what_came", side, at)


def post_made(introduction: Introduction, *, at: datetime) -> None:
    """The introducer hears that both agreed, unless they are one of the two."""
    if not introduction.sides.filter(person=introduction.introducer_id).exists():
        _to_introducer("made", introduction, at)


def post_ended(introduction: Introduction, *, at: datetime) -> None:
    """The introducer hears that it did not come about, and never why."""
    _to_introducer("not_made", introduction, at)


def post_heard(side: IntroductionSide, *, at: datetime) -> None:
    """The introducer hears what came of it, the first time that one of the two says so."""
    _to_introducer("heard", side.introduction, at)


def _to_side(kind: str, side: IntroductionSide, at: datetime) -> None:
    about = {"kind": kind, "side": side.public_id}
    _post(side.person, _key(kind, side.public_id), about, at)


def _to_introducer(kind: str, introduction: Introduction, at: datetime) -> None:
    if introduction.introducer is not None:
        about = {"kind": kind, "introduction": introduction.public_id}
        _post(introduction.introducer, _key(kind, introduction.public_id), about, at)


def _key(kind: str, public_id: str) -> str:
    return f"introduction-{kind}:{public_id}"


def _post(person: Person, key: str, about: dict[str, Any], at: datetime) -> None:
    letter = Letter(
        address=person.email, person=person.public_id, key=key, writer=WRITER, about=about
    )
    post(letter, at=at)


@writes(WRITER)
def written(about: dict[str, Any], at: datetime) -> Written | None:
    """The letter as it is true now; None once the introduction, or its person, is gone."""
    if "side" in about:
        side = (
            IntroductionSide.objects.select_related(
                "introduction__territory",
                "introduction__treasure",
                "introduction__introducer",
                "person",
            )
            .filter(public_id=about["side"])
            .first()
        )
        return _for_side(side, about["kind"], at) if side else None
    introduction = (
        Introduction.objects.select_related("territory", "treasure", "introducer")
        .filter(public_id=about["introduction"])
        .first()
    )
    return _for_introducer(introduction, about["kind"]) if introduction else None


def _for_side(side: IntroductionSide, kind: str, at: datetime) -> Written | None:
    introduction = side.introduction
    other = other_than(side)
    if other is None or introduction.introducer is None:
        return None
    if kind in WHILE_OPEN and (introduction.ending or side.answer):
        return None
    token = make_link(person=side.person, purpose=LINK, subject=side.public_id, by=None, at=at)
    with translation.override(side.person.language):
        context = {
            "other": repeated(other.shown_as)
            if kind in BEFORE_BOTH
            else repeated(other.person.name),
            "reach": repeated(other.reach),
            "introducer": repeated(introduction.introducer.name),
            "by_the_other": other.person_id == introduction.introducer_id,
            "link": link_address(token),
        }
        return _set(kind, context, introduction, side.person)


def _for_introducer(introduction: Introduction, kind: str) -> Written | None:
    person = introduction.introducer
    if person is None:
        return None
    with translation.override(person.language):
        sides = list(introduction.sides.select_related("introduction__treasure"))
        said = [
            {
                "who": repeated(side.known_as),
                "outcome": side.get_outcome_display(),
                "word": repeated(side.word),
            }
            for side in sides
            if side.outcome
        ]
        page = absolute("introductions:one", introduction.territory.slug, introduction.public_id)
        context = {
            "names": [repeated(side.known_as) for side in sides],
            "said": said,
            "link": page,
            "signs_in": person.account_id is not None,
        }
        return _set(kind, context, introduction, person)


def _set(kind: str, context: dict[str, Any], introduction: Introduction, person: Person) -> Written:
    """In the language that is active; whatever people wrote is repeated in one line."""
    everything = {
        **context,
        "person": person,
        "why": repeated(introduction.why),
        "territory": introduction.territory,
    }
    return Written(*render_letter(TEMPLATES[kind], everything, brand_of(introduction.territory)))
