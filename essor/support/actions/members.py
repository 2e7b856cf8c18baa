"""Who sits on a committee: naming somebody of the team, inviting others, freeing the chair."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from essor.exchanges.reminding import FROM_HOUR
from essor.kit.limits import spend
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.people.actions import make_link
from essor.people.models import Person
from essor.support.actions.welcoming import somebody
from essor.support.letters import post_committee_near, post_named
from essor.support.models import Committee, CommitteeMember, ProjectFile, Voice

LINK = "committee"
"""The purpose of the personal link that opens a committee to one of its members."""
OPEN_AFTER = timedelta(days=30)
"""How long after the hearing a personal link still opens it."""
AGAIN_LIMIT = 3
NEAR = timedelta(days=7)
"""So long before the hearing whoever has not said a word about a file is reminded, once."""


class AlreadyMember(Exception):
    """This person sits on the committee; ``member`` is their chair."""

    def __init__(self, member: CommitteeMember) -> None:
        super().__init__(member.public_id)
        self.member = member


@action
def name_member(
    *, committee: Committee, person: Person, by: Person | None, at: datetime, comes_from: str = ""
) -> CommitteeMember:
    """``person`` sits on the committee and gets a mail with a link. Raises ``AlreadyMember``."""
    committee = lock(committee)
    known = committee.members.filter(left_at=None)
    same = Q(person=person)
    if person.email:
        same |= Q(person__email=person.email)
    if member := known.filter(same).first():
        raise AlreadyMember(member)
    member = CommitteeMember.objects.create(
        committee=committee, person=person, comes_from=comes_from.strip()[:120], named_at=at
    )
    _record(member, "member_named", by, at)
    post_named(member, token=personal_link(member, by, at), by=by, at=at)
    return member


@action
def invite_member(
    *,
    committee: Committee,
    first_name: str,
    last_name: str,
    email: str,
    comes_from: str,
    by: Person | None,
    at: datetime,
) -> CommitteeMember:
    """Somebody from elsewhere sits on the committee, without an account. Raises ``AlreadyMember``."""
    committee = lock(committee)
    email = email.strip().lower()
    known = committee.members.filter(left_at=None, person__email=email)
    if email and (member := known.first()):
        raise AlreadyMember(member)
    person = somebody(
        committee.territory, first_name=first_name, last_name=last_name, email=email, by=by, at=at
    )
    return name_member(committee=committee, person=person, comes_from=comes_from, by=by, at=at)


@action
def free_chair(*, member: CommitteeMember, by: Named | None, at: datetime) -> CommitteeMember:
    """They sit no more; what they said of files that are not decided goes with them."""
    member = lock(member)
    if member.left_at is not None:
        nothing_changed()
        return member
    member.left_at = at
    member.save(update_fields=["left_at"])
    Voice.objects.filter(
        person=member.person_id,
        file__committee=member.committee_id,
        file__decision=ProjectFile.Decision.NONE,
    ).delete()
    _record(member, "member_left", by, at)
    return member


@step
def personal_link(member: CommitteeMember, by: Named | None, at: datetime) -> str:
    """A new personal link, good until some weeks after the hearing."""
    hearing = timezone.make_aware(
        datetime.combine(member.committee.on, datetime.min.time())
    )  # the day's first minute, by the clock of the house
    lasts = max(hearing + OPEN_AFTER - at, timedelta(days=1))
    return make_link(
        person=member.person, purpose=LINK, subject=member.public_id, lasts=lasts, by=by, at=at
    )


@action
def send_link_again(*, member: CommitteeMember, by: Person | None, at: datetime) -> None:
    """A member lost their mail: a new link. Raises ``TooOften``."""
    spend(f"member-link:{member.public_id}", limit=AGAIN_LIMIT, window=timedelta(hours=1), at=at)
    token = personal_link(member, by, at)
    post_named(member, token=token, by=None, at=at, again=True)
    _record(member, "member_link_sent", by, at)


@action
def remind_members(*, by: Named | None, at: datetime) -> int:
    """Days before a hearing, remind once whoever has not said whether they may read a file.

    Nothing leaves before ``FROM_HOUR``, nor once the day has passed. How many mails were written.
    """
    local = timezone.localtime(at)
    days = (local.date(), local.date() + NEAR)
    waiting = CommitteeMember.objects.filter(
        left_at=None, reminded_at=None, committee__on__range=days, person__erased_at=None,
        named_at__lt=at - timedelta(days=1),
    )  # fmt: skip
    reminded = 0
    for each in waiting.order_by("id") if local.hour >= FROM_HOUR else []:
        member = lock(each)
        unread = unread_by(member)
        if member.reminded_at or member.left_at or not unread:
            continue
        member.reminded_at = at
        member.save(update_fields=["reminded_at"])
        post_committee_near(member, unread, token=personal_link(member, by, at), at=at)
        _record(member, "member_reminded", by, at)
        reminded += 1
    if not reminded:
        nothing_changed()
    return reminded


def unread_by(member: CommitteeMember) -> list[ProjectFile]:
    """Files that are not decided, of which the member said nothing yet."""
    said = Voice.objects.filter(person=member.person_id).exclude(kind=Voice.Kind.FREE)
    found = member.committee.files.filter(decision=ProjectFile.Decision.NONE)
    found = found.exclude(pk__in=said.values("file")).select_related("project")
    return list(found.order_by("frozen_at", "id"))


def _record(member: CommitteeMember, verb: str, by: Named | None, at: datetime) -> None:
    record(by=by, at=at, verb=verb, of=member.committee, territory=member.committee.territory)
