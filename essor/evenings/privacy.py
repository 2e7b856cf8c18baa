"""What this room keeps of people: their registration, needs, wishes, seat; lists in preparation."""

import json
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from essor.evenings.models import (
    AccessNeed,
    Answer,
    Choice,
    ColumnMapping,
    Dot,
    Evening,
    HeadCount,
    ImportBatch,
    Phase,
    Pin,
    Plan,
    PlanRun,
    Pulse,
    PulseMark,
    Question,
    Registration,
    Rehearsal,
    RoomTable,
    Seat,
    Staying,
    Table,
    TableIdea,
    TableLetter,
    Wish,
)
from essor.kit.ids import new_spoken_code
from essor.kit.lists.life import let_lines_go
from essor.kit.privacy import (
    UNTIL_ERASURE,
    Basis,
    Leaving,
    Personal,
    Seen,
    also_forget,
    declare,
    goes_after,
)
from essor.people.models import Person
from essor.people.text import folded

NEEDS_LAST, LISTS_LAST = timedelta(days=7), timedelta(days=30)

declare(
    Evening,
    _("evenings"),
    plain="public_id territory name date date_said starts_at ends_at place address commune access "
    "state capacity seats_min seats_max rounds remote_offered welcome_code registration_closes_at sequence mix "
    "seats_freed_at phase phase_started_at phase_paused_at minutes_added scene invented pitching "
    "pitching_since "
    "conductor conducts_since participants_said facts sources created_at challenges",
    mentions="description message participants_note",
)
declare(Phase, _("times of an evening"), plain="evening kind title minutes order")
declare(RoomTable, _("tables of the room"), plain="evening number accessible remote link added")
declare(
    Question, _("questions of a territory's own"), plain="evening label kind options required order"
)
declare(HeadCount, _("counts of people, with who counted"), plain="evening people how by at")
declare(ColumnMapping, _("columns of lists"), plain="territory signature mapping used_at")
declare(
    ImportBatch,
    _("lists of participants being imported"),
    personal={
        "filename table result": Personal(
            _("to show a list before it is brought in, and what was brought in"),
            _("30 days, then blanked"),
            Seen.HOSTS,
        )
    },
    plain="public_id evening digest mapping state made_by made_at applied_at",
)
declare(
    Rehearsal,
    _("rehearsals: invented people only, thrown away within a day"),
    plain="public_id evening stage practice minutes yours state started_by started_at beat_at "
    "ended_at",
)
declare(
    Registration,
    _("registrations"),
    subject="person",
    leaving=Leaving.BLANK,
    personal={
        "person": Personal(_("to prepare the evening"), UNTIL_ERASURE, Seen.TEAM),
        "age_band children": Personal(
            _("to see which ages are missing, in sums only; children come as guests"),
            UNTIL_ERASURE,
            Seen.HOSTS,
            basis=Basis.CONSENT,
        ),
        "list_key": Personal(
            _("to know the line of an imported list again"), UNTIL_ERASURE, Seen.HOSTS
        ),
    },
    plain="public_id evening state state_at source surprise facilitator remote twin_of twin_waits "
    "arrived_at arrived_by absent_at registered_at",
    keys="code",
)
declare(
    Choice,
    _("choices of challenges"),
    subject="registration__person",
    personal={
        "registration challenge rank": Personal(
            _("to seat people where they wish to work"), UNTIL_ERASURE, Seen.HOSTS
        )
    },
)
declare(
    Answer,
    _("answers to the territory's questions"),
    subject="registration__person",
    personal={
        "value": Personal(_("what the territory asked for"), UNTIL_ERASURE, Seen.HOSTS),
    },
    plain="registration question",
)
declare(
    AccessNeed,
    _("access needs"),
    subject="registration__person",
    personal={
        "accessible_table words": Personal(
            _("to welcome everybody well on the evening"),
            _("7 days after the evening"),
            Seen.HOSTS,
            basis=Basis.EXPLICIT_CONSENT,
            health=True,
        )
    },
    plain="registration",
)
declare(
    Wish,
    _("wishes to sit together or apart"),
    subject="registration__person",
    personal={
        "kind name other": Personal(
            _("to seat people together or apart"), _("7 days after the evening"), Seen.HOSTS
        )
    },
    plain="registration",
)
declare(
    Plan,
    _("seating plans; people stand in them by a code"),
    plain="public_id evening name change document proof asks settled cost parent state in_hand "
    "made_by made_at",
)
declare(
    PlanRun,
    _("computing of seating plans"),
    plain="public_id evening state seed seconds steps progress change best_cost asks document "
    "refusals start plan asked_by asked_at beat_at stop_asked_at ended_at",
)
declare(
    Pin,
    _("people kept at a table"),
    subject="registration__person",
    personal={
        "registration table_number challenge": Personal(
            _("to respect what the team settled"), UNTIL_ERASURE, Seen.HOSTS
        )
    },
    plain="made_by made_at",
)
declare(
    Table,
    _("tables"),
    plain="public_id evening number accessible remote state project done_at challenges help_asked_at "
    "chosen pitched_at keeper rests_at",
    mentions="note",
    keys="phone_code",
)
declare(
    Seat,
    _("seats at tables"),
    subject="registration__person",
    leaving=Leaving.BLANK,
    personal={
        "registration": Personal(_("to know who worked at which table"), UNTIL_ERASURE, Seen.TABLE)
    },
    plain="table round",
)
declare(
    TableIdea,
    _("ideas said at tables"),
    plain="public_id table hidden table_only silent at",
    mentions="text",
)
declare(
    Dot,
    _("marks for the ideas of a table, by device and not by person"),
    plain="idea mark",
)
declare(
    Staying,
    _("people who stay reachable through their table"),
    subject="person",
    personal={
        "table person offers_to_keep since left_at": Personal(
            _("to let the people of a table write to each other without their addresses"),
            _("until the person leaves the table, or asks for erasure"),
            Seen.TABLE,
            basis=Basis.CONSENT,
        )
    },
    plain="public_id",
)
declare(
    TableLetter,
    _("letters to a table"),
    subject="writer",
    personal={
        "writer": Personal(
            _("to say who wrote to the table"), _("three years"), Seen.TABLE, basis=Basis.CONSENT
        )
    },
    plain="public_id table at",
    mentions="text",
)
declare(
    Pulse,
    _("sums of the answers on confidence; no answer has a row"),
    plain="evening moment told waiting",
)
declare(
    PulseMark,
    _("devices that answered on confidence, without a name and without their answers"),
    plain="evening mark",
)


def forget_in_evenings(person: Person, at: datetime) -> None:
    """New ticket codes, others' wishes that name the person, and lines of imported lists."""
    evenings = set()
    for registration in Registration.objects.filter(person=person):
        evenings.add(registration.evening_id)
        registration.code = new_spoken_code(8)
        registration.save(update_fields=["code"])
    named = folded(person.name)
    for wish in Wish.objects.filter(registration__evening__in=evenings):
        if folded(wish.name) == named or (wish.other and wish.other.person_id == person.pk):
            wish.delete()
    for batch in ImportBatch.objects.filter(evening__in=evenings):
        if _speaks_of(batch, person):
            batch.let_go()


def _speaks_of(batch: ImportBatch, person: Person) -> bool:
    words = folded(json.dumps([batch.table, batch.result, batch.filename], ensure_ascii=False))
    known = [folded(each) for each in (person.email, person.name, person.phone) if each]
    return any(each and each in words for each in known)


def remove_access_needs(before: datetime) -> int:
    """Needs and wishes of evenings that ended before ``before``."""
    past = {"registration__evening__date__lt": before.date()}
    gone, _ = AccessNeed.objects.filter(**past).delete()
    wishes, _ = Wish.objects.filter(**past).delete()
    return gone + wishes


def blank_lists(before: datetime) -> int:
    return let_lines_go(ImportBatch.objects.all(), before)


def forget_dots(before: datetime) -> int:
    """Marks of evenings' tables: what they chose stays, which device chose it goes."""
    count, _kinds = Dot.objects.filter(idea__at__lt=before).delete()
    return count


def forget_keeper(person: Person, at: datetime) -> None:
    """A table that they kept together has no keeper, an evening they conducted no conductor."""
    Evening.objects.filter(conductor=person).update(conductor=None, conducts_since=None)
    Table.objects.filter(keeper=person).update(keeper=None)


def forget_letters(before: datetime) -> int:
    """Old letters to tables, and who left their table long ago."""
    gone, _kinds = TableLetter.objects.filter(at__lt=before).delete()
    return gone + Staying.objects.filter(left_at__lt=before).delete()[0]


def forget_pulse_marks(before: datetime) -> int:
    """Marks of the pulse are of use until the evening's last answers are in."""
    return PulseMark.objects.filter(evening__date__lt=before.date()).delete()[0]


also_forget(forget_in_evenings)
also_forget(forget_keeper)
goes_after(_("letters to a table"), timedelta(days=3 * 365), forget_letters)
goes_after(_("marks for the ideas of a table"), timedelta(days=7), forget_dots)
goes_after(_("marks for the pulse of an evening"), timedelta(days=7), forget_pulse_marks)
goes_after(_("access needs and wishes, after the evening"), NEEDS_LAST, remove_access_needs)
goes_after(_("lists that were imported"), LISTS_LAST, blank_lists)
