"""What is done with one idea, source or harvest leaves those beside it as they were."""

from datetime import timedelta

import pytest

from essor.harvest.actions.fates import Decision, decide_fates
from essor.harvest.actions.ideas import (
    NotShown,
    correct_idea,
    support_idea,
    unsupport_idea,
    withdraw_idea,
)
from essor.harvest.actions.kindness import hide_idea, report_idea
from essor.harvest.actions.mails import take_mail
from essor.harvest.actions.sources import SaidAt, add_source, lay_picture_aside, take_up_picture
from essor.harvest.mailed import Mailed
from essor.harvest.models import Fate, Idea, Picture
from essor.harvest.queries.fates import due_in, ideas_to_decide
from essor.harvest.queries.kindness import looks_wanted, to_look_at
from essor.ledger.models import Entry
from essor.people.models import Person
from tests.cast import NOW, TODAY, Cast, make_harvest, make_idea, make_source

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def decide(idea: Idea, kind: str, *, at=NOW, **fields) -> Fate:
    decision = Decision(kind, why="Parce que", **fields)
    return decide_fates(ideas=[idea], decision=decision, by=None, at=at)[0]


def reported(idea: Idea) -> None:
    report_idea(idea=idea, reason="hurts", words="", person=None, device="d", by=None, at=NOW)


def test_standing_no_longer_behind_one_idea_leaves_the_others(cast: Cast) -> None:
    harvest = make_harvest(cast.valence)
    one, other = make_idea(harvest, "Un verger"), make_idea(harvest, "Une laverie")
    for idea in (one, other):
        support_idea(idea=idea, person=cast.denis, device="a", by=None, at=NOW)
        support_idea(idea=idea, device="b", by=None, at=NOW)
    unsupport_idea(idea=one, person=cast.denis, device="a", by=None, at=NOW)
    unsupport_idea(idea=one, device="b", by=None, at=NOW)
    unsupport_idea(idea=one, device="b", by=None, at=NOW)
    assert (one.supports.count(), other.supports.count()) == (0, 2)
    assert Entry.objects.filter(verb="idea_unsupported").count() == 2


def test_nobody_stands_behind_an_idea_that_was_hidden_since_they_looked(cast: Cast) -> None:
    looked_at = make_idea(make_harvest(cast.valence), "Un verger")
    Idea.objects.filter(pk=looked_at.pk).update(state=Idea.State.HIDDEN)
    with pytest.raises(NotShown):
        support_idea(idea=looked_at, device="b", by=None, at=NOW)
    assert not looked_at.supports.exists()


def test_each_fate_keeps_the_day_on_which_it_was_replaced(cast: Cast) -> None:
    idea = make_idea(make_harvest(cast.valence))
    decide(idea, "later")
    decide(idea, "declined", at=NOW + DAY)
    ended = list(idea.fates.order_by("id").values_list("replaced_at", flat=True))
    assert ended == [NOW, NOW + DAY, None]


def test_a_wording_that_is_the_idea_s_own_is_no_correction(cast: Cast) -> None:
    idea = make_idea(make_harvest(cast.valence), "Un verger")
    correct_idea(idea=idea, correction=" Un  verger ", by=cast.denis, at=NOW)
    idea.refresh_from_db()
    assert idea.correction == ""
    assert not Entry.objects.exists()


def test_a_sender_s_address_makes_nobody_somebody_who_came_otherwise(cast: Cast) -> None:
    """Who sent a mail is not proved: it never speaks for a person known from elsewhere."""
    here, there = make_harvest(cast.valence, code="ICI"), make_harvest(cast.valence, code="LA")
    make_idea(here, "Donnée au téléphone", author=cast.denis)

    def author_of(origin: str, code: str) -> Person | None:
        mailed = Mailed(origin=origin, name="Denis", address=cast.denis.email, text="Un verger",
                        detail="", codes=(code,), automatic=False)  # fmt: skip
        return take_mail(mailed=mailed, by=None, at=NOW).author

    first, again, elsewhere = author_of("a", "ICI"), author_of("b", "ICI"), author_of("c", "LA")
    assert first == again
    assert len({first, elsewhere, cast.denis}) == 3
    assert there.ideas.count() == 1


# What the team owes


def test_answers_owed_are_counted_once_and_where_somebody_still_waits(cast: Cast) -> None:
    owing, quiet = make_harvest(cast.valence), make_harvest(cast.valence)

    def due(days: int, harvest=owing, text: str = "Un verger") -> Idea:
        idea = make_idea(harvest, f"{text} {days}")
        idea.fates.update(due_on=TODAY + days * DAY)
        return idea

    due(-1)
    decide(due(-2), "declined")  # answered: its awaited fate is the trail
    hide_idea(idea=due(-3), why="Un nom", by=cast.aicha, at=NOW)
    decide(due(-4), "later", due_on=TODAY)  # looked at again today
    due(400, quiet)
    make_idea(make_harvest(cast.jura)).fates.update(due_on=TODAY - DAY)

    owed = due_in(cast.valence, TODAY)
    assert (owed.overdue, owed.soon, owed.harvests) == (1, 1, [owing])
    decide(Idea.objects.get(text="Un verger -1"), "later", due_on=TODAY + 400 * DAY)
    owed = due_in(cast.valence, TODAY + DAY)
    assert (owed.overdue, owed.soon, owed.harvests) == (1, 0, [owing])


@pytest.mark.parametrize(
    ("show", "texts"),
    [("awaited", ["Neuve"]), ("later", ["Gardée"]), ("answered", ["Déclinée"])],
)
def test_the_desk_lists_ideas_by_the_fate_they_have_now(cast: Cast, show, texts) -> None:
    harvest = make_harvest(cast.valence)
    make_idea(harvest, "Neuve")
    for text, kinds in {
        "Gardée": ["declined", "later"],
        "Déclinée": ["later", "declined"],
    }.items():
        idea = make_idea(harvest, text)
        for kind in kinds:
            decide(idea, kind)
    assert [idea.text for idea in ideas_to_decide(harvest, show=show, group=None)] == texts


def test_what_waits_for_a_look_is_said_and_listed_alike(cast: Cast) -> None:
    harvest = make_harvest(cast.valence)
    waiting = make_idea(harvest, "Nouvelle", state=Idea.State.WAITING)
    shown = make_idea(harvest, "Signalée")
    make_idea(harvest, "Tranquille")
    taken_back = make_idea(harvest, "Reprise")
    for idea in (shown, taken_back):
        reported(idea)
    withdraw_idea(idea=taken_back, by=None, at=NOW)

    assert set(to_look_at(harvest)) == {waiting, shown}
    (wanted,) = looks_wanted(cast.valence)
    assert wanted.look_count == 2
    for idea in (waiting, shown):
        hide_idea(idea=idea, why="Un nom", by=cast.aicha, at=NOW)
    assert list(to_look_at(harvest)) == looks_wanted(cast.valence) == []


# Where ideas were said


def test_the_same_place_told_again_is_one_in_its_harvest(cast: Cast) -> None:
    here, there = make_harvest(cast.valence), make_harvest(cast.valence)
    said_at = SaidAt("Marché", held_on=TODAY)
    sources = [
        add_source(harvest=harvest, said_at=said_at, by=cast.aicha, at=NOW)
        for harvest in (here, here, there)
    ]
    assert sources[0] == sources[1] != sources[2]
    assert Entry.objects.filter(verb="source_added").count() == 2


def test_a_picture_is_taken_up_by_one_laid_aside_and_taken_up_again(cast: Cast) -> None:
    harvest = make_harvest(cast.valence)
    picture = Picture.objects.create(
        harvest=harvest, source=make_source(harvest), file="ideas/a.jpg", width=1, height=1,
        added_at=NOW,
    )  # fmt: skip
    for who in (cast.aicha, cast.aicha, cast.bruno):
        take_up_picture(picture=picture, by=who, at=NOW)
    for _ in range(2):
        lay_picture_aside(picture=picture, by=cast.bruno, at=NOW)
    picture.refresh_from_db()
    assert (picture.typed_by, picture.state) == (cast.bruno, Picture.State.ASIDE)
    take_up_picture(picture=picture, by=cast.bruno, at=NOW)
    picture.refresh_from_db()
    assert picture.state == Picture.State.WAITING
    verbs = Entry.objects.filter(of_id=picture.public_id).order_by("id")
    assert [line.verb for line in verbs] == [
        "picture_taken_up", "picture_taken_up", "picture_laid_aside", "picture_taken_up",
    ]  # fmt: skip
