"""Ideas are kept as they were said, once, with the day by which they get their answer."""

from datetime import UTC, date, datetime, timedelta

import pytest

from essor.harvest.actions.fates import Decision, decide_fates
from essor.harvest.actions.ideas import (
    NothingSaid,
    NotShown,
    NotTaken,
    Said,
    TooLong,
    correct_idea,
    give_idea,
    support_idea,
    unsupport_idea,
    withdraw_idea,
)
from essor.harvest.models import LONGEST_IDEA, Harvest, Idea
from essor.harvest.queries.ideas import with_life
from essor.harvest.words import key_of
from essor.kit.models import Mail
from essor.ledger.models import Audience, Entry
from essor.people.erasure import erase_person
from tests.cast import NOW, Cast, make_harvest, make_idea, person

pytestmark = pytest.mark.django_db


def give(harvest: Harvest, text: str, **said) -> Idea:
    return give_idea(harvest=harvest, said=Said(text=text, **said), by=None, at=NOW)


def last_line(idea: Idea) -> Entry:
    return Entry.objects.filter(of_id=idea.public_id).latest("id")


def test_an_idea_is_kept_word_for_word_with_its_fate_awaited(cast: Cast) -> None:
    harvest = make_harvest(cast.valence, fate_days=60)
    idea = give(harvest, "  un VERGER,  pour tous !\r\nprès de l’école ")

    assert idea.text == "un VERGER, pour tous !\nprès de l’école"
    fate = idea.fates.get()
    assert (fate.kind, fate.due_on) == ("awaited", (NOW + timedelta(days=60)).date())
    assert (last_line(idea).verb, last_line(idea).audience) == ("idea_given", Audience.PUBLIC)


@pytest.mark.parametrize(
    ("said_at", "due_on"),
    [
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), date(2026, 7, 12)),
        (datetime(2026, 10, 20, 21, 59, tzinfo=UTC), date(2026, 10, 30)),
        (datetime(2026, 10, 20, 22, 0, tzinfo=UTC), date(2026, 10, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 11)),
    ],
    ids=["after midnight in summer", "before midnight", "into winter time", "in the new year"],
)
def test_an_answer_is_due_days_after_the_day_on_the_wall(cast: Cast, said_at, due_on) -> None:
    harvest = make_harvest(cast.valence, fate_days=10)
    idea = give_idea(harvest=harvest, said=Said(text="Un verger"), by=None, at=said_at)
    assert idea.fates.get().due_on == due_on
    decide_fates(ideas=[idea], decision=Decision("later", "Trop tôt"), by=None, at=said_at)
    (again,) = decide_fates(ideas=[idea], decision=Decision("awaited"), by=None, at=said_at)
    assert again.due_on == due_on


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "...", "?!", "\u200f"])
def test_what_says_nothing_is_refused(cast: Cast, text: str) -> None:
    with pytest.raises(NothingSaid):
        give(make_harvest(cast.valence), text)


@pytest.mark.parametrize("text", ["Vélo", "🚲", "自転車", "حديقة", "x" * LONGEST_IDEA])
def test_one_word_any_script_and_a_long_text_are_ideas(cast: Cast, text: str) -> None:
    assert give(make_harvest(cast.valence), text).text == text


def test_a_longer_text_is_refused_with_its_length(cast: Cast) -> None:
    with pytest.raises(TooLong) as refused:
        give(make_harvest(cast.valence), "x" * (LONGEST_IDEA + 7))
    assert refused.value.characters == LONGEST_IDEA + 7


@pytest.mark.parametrize("state", ["draft", "sorting", "closed"])
def test_phones_give_only_while_the_harvest_is_open(cast: Cast, state: str) -> None:
    with pytest.raises(NotTaken):
        give(make_harvest(cast.valence, state=state), "Un verger")
    assert not Idea.objects.exists()


def test_a_scout_types_while_ideas_are_sorted_but_not_after(cast: Cast) -> None:
    assert give(make_harvest(cast.valence, state="sorting"), "Un verger", way=Idea.Way.TYPED)
    with pytest.raises(NotTaken):
        give(make_harvest(cast.valence, state="closed"), "Un verger", way=Idea.Way.TYPED)


def test_the_same_origin_comes_in_once(cast: Cast) -> None:
    harvest = make_harvest(cast.valence)
    one = give(harvest, "Un verger", origin="mail:1")
    assert give(harvest, "Un verger", origin="mail:1") == one
    assert give(make_harvest(cast.valence), "Un verger", origin="mail:1") != one


def test_twins_have_the_same_key(cast: Cast) -> None:
    assert key_of("Un  VERGER, public !") == key_of("un verger public")
    assert key_of("Un verger privé") != key_of("un verger public")
    assert key_of("🚲") != key_of("🚌")


def test_the_author_hears_once_a_day_however_many_ideas(cast: Cast) -> None:
    harvest, ines = make_harvest(cast.valence), person("Inès")
    ines.email = "ines@example.org"
    ines.save()
    for text in ("Un verger", "Des vélos", "Une laverie"):
        give(harvest, text, author=ines)
    letter = Mail.objects.get(address="ines@example.org")
    assert "Un verger" in letter.text
    assert "/l/" in letter.text


def test_the_letter_carries_no_address_of_whoever_gave_the_idea(cast: Cast) -> None:
    """The author's address may be anybody's: what stands in the letter is said in our name."""
    ines = person("Inès", email="ines@example.org")
    lure = "Gagné !\n\nVoir mon lot\nhttps://evil.example/x?a=1\n\nou www.evil.example"
    give(make_harvest(cast.valence), lure, author=ines)

    letter = Mail.objects.get(address="ines@example.org")
    assert "Gagné ! Voir mon lot […] ou […]" in letter.text
    assert "evil" not in letter.text + letter.html


def test_ideas_wait_for_a_look_where_the_team_asked_for_it(cast: Cast) -> None:
    harvest = make_harvest(cast.valence, look_first=True)
    idea = give(harvest, "Un verger")
    assert idea.state == Idea.State.WAITING
    assert last_line(idea).audience == Audience.TEAM
    assert give(harvest, "Dit en atelier", way=Idea.Way.TYPED).state == Idea.State.SHOWN


def test_standing_behind_an_idea_counts_once_with_or_without_a_name(cast: Cast) -> None:
    idea = make_idea(make_harvest(cast.valence))
    for _ in range(2):
        support_idea(idea=idea, device="d1", by=None, at=NOW)
        support_idea(idea=idea, person=cast.denis, device="d2", by=cast.denis, at=NOW)
    assert idea.supports.count() == 2

    # Whoever gives a name later on the same device is not counted twice.
    ines = person("Inès")
    support_idea(idea=idea, person=ines, device="d1", by=ines, at=NOW)
    assert set(idea.supports.values_list("person", flat=True)) == {cast.denis.pk, ines.pk}
    unsupport_idea(idea=idea, person=ines, device="d1", by=ines, at=NOW)
    assert idea.supports.get().person == cast.denis


@pytest.mark.parametrize("state", ["hidden", "waiting", "withdrawn"])
def test_nobody_stands_behind_what_is_not_shown(cast: Cast, state: str) -> None:
    idea = make_idea(make_harvest(cast.valence), state=state)
    with pytest.raises(NotShown):
        support_idea(idea=idea, device="d1", by=None, at=NOW)


def test_a_correction_stands_beside_the_words(cast: Cast) -> None:
    idea = make_idea(make_harvest(cast.valence), "un verjé publique")
    corrected = correct_idea(idea=idea, correction="Un verger public", by=cast.aicha, at=NOW)
    assert (corrected.text, corrected.words) == ("un verjé publique", "Un verger public")
    taken_away = correct_idea(idea=idea, correction="", by=cast.aicha, at=NOW)
    assert taken_away.words == "un verjé publique"
    with pytest.raises(TooLong):
        correct_idea(idea=idea, correction="x" * 5_001, by=cast.aicha, at=NOW)


def test_an_author_takes_an_idea_back_once(cast: Cast) -> None:
    idea = make_idea(make_harvest(cast.valence), author=cast.denis)
    for _ in range(2):
        withdraw_idea(idea=idea, by=cast.denis, at=NOW)
    idea.refresh_from_db()
    assert idea.state == Idea.State.WITHDRAWN
    assert Entry.objects.filter(verb="idea_withdrawn").count() == 1


def test_erasing_an_author_leaves_the_idea_without_a_name(cast: Cast) -> None:
    idea = make_idea(make_harvest(cast.valence), author=cast.denis)
    support_idea(idea=make_idea(idea.harvest, "Autre"), person=cast.denis, by=cast.denis, at=NOW)
    erase_person(person=cast.denis, by=None, at=NOW)
    idea.refresh_from_db()
    assert (idea.text, idea.author) == ("Un verger public", None)
    assert not cast.denis.idea_supports.exists()


def test_each_idea_of_a_list_counts_who_stands_behind_it(cast: Cast) -> None:
    harvest = make_harvest(cast.valence)
    alone, shared = make_idea(harvest, "Un verger"), make_idea(harvest, "Un four")
    for name in ("Lou", "Inès"):
        support_idea(idea=shared, by=None, person=person(name), at=NOW)
    counts = {each.text: each.support_count for each in with_life(Idea.objects.all())}
    assert counts == {alone.text: 0, shared.text: 2}
