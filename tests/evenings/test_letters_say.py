"""What each letter about a registration says, shows and brings: code, calendar, answers, its end."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from essor.evenings.answers import answers_of
from essor.evenings.calendar_file import USUAL_LENGTH, calendar_file
from essor.evenings.letters import AFTER, link_lasts, written
from essor.evenings.messages import MESSAGES
from essor.evenings.models import AccessNeed, Evening, Question, Registration, Wish
from tests.cast import NOW, Cast, make_evening, make_registration, sphere

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening(cast: Cast) -> Evening:
    return make_evening(cast.valence, place="La Halle", access="Bus 4")


@pytest.fixture
def ines(evening: Evening) -> Registration:
    made = make_registration(evening, "Inès")
    made.person.email = "ines@example.org"
    made.person.save()
    return made


def letter(kind: str, registration: Registration, *, seat: bool = True):
    about = {"kind": kind, "registration": registration.public_id, "seat": seat}
    found = written(about, NOW)
    assert found is not None
    return found


def brings(kind: str, registration: Registration, *, seat: bool = True) -> tuple[bool, bool]:
    """Whether the code and the day come along, as files."""
    names = [each["name"] for each in letter(kind, registration, seat=seat).attachments]
    return any(name.endswith(".png") for name in names), any(n.endswith(".ics") for n in names)


@pytest.mark.parametrize(
    ("kind", "seat", "code", "calendar"),
    [
        ("registered", True, True, True), ("registered", False, False, False),
        ("twin", True, True, True), ("twin", False, False, False),
        ("changed", True, True, True), ("changed", False, False, False),
        ("promoted", True, True, True), ("moved", True, True, True), ("moved", False, False, True),
        ("cancelled", True, False, True), ("link", True, False, False),
        ("video", True, False, True), ("video_reminder", True, False, False),
    ],
)  # fmt: skip
def test_the_ticket_and_the_day_come_with_a_seat_only(ines, kind, seat, code, calendar):
    assert brings(kind, ines, seat=seat) == (code, calendar)
    assert (ines.code in letter(kind, ines, seat=seat).text) is code


@pytest.mark.parametrize("kind", ["registered", "changed", "promoted", "moved"])
def test_who_takes_part_from_a_distance_gets_no_code_for_the_door(ines, kind):
    Registration.objects.filter(pk=ines.pk).update(remote=True)
    assert brings(kind, ines) == (False, True)


@pytest.mark.parametrize("kind", sorted(MESSAGES))
def test_every_letter_names_the_evening_and_speaks_the_person_s_language(ines, kind):
    french = letter(kind, ines)
    ines.person.language = "en"
    ines.person.save()
    english = letter(kind, ines)
    assert "Soirée de Valence" in french.subject
    assert "Soirée de Valence" in english.subject
    assert french.subject != english.subject
    assert "http" in french.text, "each has its button"


def test_a_letter_about_a_registration_that_is_gone_is_not_written(ines):
    about = {"kind": "registered", "registration": ines.public_id, "seat": True}
    Registration.objects.all().delete()
    assert written(about, NOW) is None


def test_a_letter_is_about_its_own_registration(evening, ines):
    other = make_registration(evening, "Omar")
    assert other.code in letter("registered", other).text
    assert other.code not in letter("registered", ines).text


@pytest.mark.parametrize(
    ("hours", "fields"),
    [
        (24 * 24, {}), (3, {"starts_at": NOW + timedelta(hours=3)}),
        (5, {"starts_at": NOW, "ends_at": NOW + timedelta(hours=5)}),
    ],
)  # fmt: skip
def test_a_link_lasts_until_two_days_after_the_evening(evening, hours, fields):
    for name, value in fields.items():
        setattr(evening, name, value)
    assert link_lasts(evening, NOW) == timedelta(hours=hours) + AFTER


def test_a_link_asked_for_later_lasts_two_days_and_without_a_date_two_months(evening):
    assert link_lasts(evening, evening.starts_at + timedelta(days=30)) == AFTER
    evening.starts_at = None
    assert link_lasts(evening, NOW) == timedelta(days=60)


def event(evening: Evening, **how) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(calendar_file(evening, at=NOW, **how))
    [found] = calendar.walk("VEVENT")
    return found


def test_the_day_in_a_calendar_has_its_hours_its_place_and_the_way_there(evening):
    evening.starts_at = datetime(2026, 11, 26, 17, 30, tzinfo=UTC)
    evening.address, evening.commune = "1 rue du Four", "Valence"
    found = event(evening)
    assert found.decoded("dtstart") == evening.starts_at
    assert found.decoded("dtend") == evening.starts_at + USUAL_LENGTH
    assert str(found["location"]) == "La Halle, 1 rue du Four, Valence"
    assert str(found["description"]).startswith("Bus 4\nhttp")
    evening.ends_at = evening.starts_at + timedelta(hours=2)
    assert event(evening).decoded("dtend") == evening.ends_at


def test_an_evening_without_an_hour_takes_its_whole_day(evening):
    evening.starts_at = None
    found = event(evening)
    assert found.decoded("dtstart") == date(2026, 11, 26)
    assert "dtend" not in found


def test_a_newer_file_replaces_the_older_and_a_cancelled_one_takes_it_out(evening):
    evening.sequence = 3
    kept, gone = event(evening), event(evening, cancelled=True)
    assert kept["uid"] == gone["uid"]
    assert (kept["sequence"], gone["sequence"]) == (3, 4)
    assert (str(kept["status"]), str(gone["status"])) == ("CONFIRMED", "CANCELLED")


def told(registration: Registration) -> list[str]:
    fresh = Registration.objects.select_related("person__sphere", "person__organisation")
    return [line.value for line in answers_of(fresh.get(pk=registration.pk))]


def test_answers_are_read_again_in_the_order_of_the_form_without_blanks(evening, ines):
    assert told(ines) == ["Inès", "ines@example.org"]
    one, two, _ = evening.challenges.order_by("id")
    for rank, challenge in ((2, one), (1, two)):
        ines.choices.create(challenge=challenge, rank=rank)
    AccessNeed.objects.create(registration=ines, accessible_table=True, words="chien guide")
    for kind, name in (("apart", "Hervé"), ("together", "Omar"), ("together", "Zoé")):
        Wish.objects.create(registration=ines, kind=kind, name=name)
    bus = Question.objects.create(evening=evening, label="En bus ?", kind="yes_no", order=1)
    meal = Question.objects.create(evening=evening, label="Repas ?", kind="text", order=2)
    ines.answers.create(question=bus, value="yes")
    ines.answers.create(question=meal, value="no")
    ines.person.sphere, ines.person.commune = sphere("citizen"), "Die"
    ines.person.save()
    Registration.objects.filter(pk=ines.pk).update(children=2, age_band="25-39")

    assert told(ines) == [
        "Inès", "ines@example.org", ines.person.sphere.name, "Die", "Défi 2", "Défi 1",
        "Table accessible · chien guide", "Omar, Zoé", "Hervé",
        ines.AgeBand("25-39").label, "2 badges invités", "Oui", "no",
    ]  # fmt: skip


def test_another_s_answers_are_not_mine(evening, ines):
    other = make_registration(evening, "Omar")
    other.choices.create(challenge=evening.challenges.order_by("id")[0], rank=1)
    Wish.objects.create(registration=other, kind="together", name="Zoé")
    AccessNeed.objects.create(registration=other, words="ascenseur")
    assert told(ines) == ["Inès", "ines@example.org"]


def test_a_surprise_is_an_answer(evening, ines):
    Registration.objects.filter(pk=ines.pk).update(surprise=True)
    assert len(told(ines)) == 3
