"""Two hosts open the same form and both write: who saves later is told, and nothing is lost."""

from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.urls import reverse

from essor.projects.stages import way_of
from essor.support.playing import questions_of
from essor.territories.models import Role
from tests.browsing import Sent, form_at, form_in
from tests.cast import (
    NOW,
    Cast,
    make_call,
    make_challenge,
    make_cohort,
    make_evening,
    make_harvest,
    make_line,
    make_mentor,
    make_need,
    make_project,
    make_room,
    make_treasure,
    person,
)

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Wording:
    """A form over words: its route, of which thing, the field both change, one that one changes."""

    route: str
    of: str = ""
    both: str = "title"
    one: str = ""
    words: tuple[str, str] = ("Les mots d’Aïcha", "Les mots de Basile")
    also: str = "Encore un mot"

    def __str__(self) -> str:
        return self.route


WORDINGS = [
    Wording("projects:words", "project", "title", "summary"),
    Wording("needs:wording", "need", "title", "details"),
    Wording("challenges:wording", "challenge", "short", "context"),
    Wording("evenings:details", "evening", "place", "access"),
    Wording("evenings:room", "evening", "tables", "seats_max", ("7", "8"), "15"),
    Wording("harvest:details", "harvest", "question", "charter"),
    Wording("support:cohort_words", "cohort", "name", "offers"),
    Wording("territories:identity", "", "promise", "welcome"),
    Wording("territories:spheres", "", "citizen", "enterprise", ("10", "20"), "5"),
    Wording("projects:leader_call", "led", "why", "asked"),
    Wording("projects:edit_stage", "stage", "name", "helpers"),
    Wording("support:edit_question", "question", "name", "label"),
    Wording("support:offer", "mentor", "offers", "at_most", also="4"),
    Wording("support:room_words", "project", "words"),
    Wording("support:line", "project line", "label", "needed", also="20000"),
    Wording("treasures:correction", "treasure", "name", "description"),
]


@dataclass
class Team:
    """Valence with a second host, Basile, and one of each thing that hosts word."""

    cast: Cast = field(default_factory=Cast)

    def __post_init__(self) -> None:
        basile = person("Basile", email="basile@example.org")
        Role.objects.create(person=basile, territory=self.cast.valence, kind="host", since=NOW)
        self.cast.people["basile"] = basile
        self.aicha, self.basile = self.cast.client("aicha"), self.cast.client("basile")

    def thing(self, name: str) -> str:
        """The key of one thing of this name, made when it is asked for."""
        valence = self.cast.valence
        if name == "led":
            return make_call(make_project(valence)).project.public_id
        if name == "need":
            return make_need(make_project(valence)).public_id
        if name == "mentor":
            return make_mentor(valence, self.cast.denis).public_id
        if name == "stage":
            return way_of(valence).stages[1].key
        if name == "question":
            return questions_of(valence)[0].key
        make = {
            "project": make_project, "challenge": make_challenge, "evening": make_evening,
            "harvest": make_harvest, "cohort": make_cohort, "treasure": make_treasure,
        }[name]  # fmt: skip
        return make(valence).public_id

    def address(self, wording: Wording) -> str:
        if wording.of == "project line":
            line = make_line(make_room(make_project(self.cast.valence)))
            keys = [line.room.project.public_id, line.public_id]
        else:
            keys = [self.thing(wording.of)] if wording.of else []
        return reverse(wording.route, args=[self.cast.valence.slug, *keys])


@pytest.fixture
def team() -> Team:
    return Team()


def written(client: Client, address: str, sent: Sent, **words: str) -> tuple[int, str]:
    """The status and the page where a form is sent with some of its words changed."""
    answer = client.post(address, sent | {name: [text] for name, text in words.items()})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("wording", WORDINGS, ids=str)
def test_who_saves_later_reads_what_the_other_wrote_beside_their_own(
    team: Team, wording: Wording
) -> None:
    address, both = team.address(wording), wording.both
    hers, his = (form_at(client, address, both) for client in (team.aicha, team.basile))
    assert written(team.aicha, address, hers, **{both: wording.words[0]})[0] == 302

    status, page = written(team.basile, address, his, **{both: wording.words[1]})

    assert status == 422
    assert "field__theirs" in page
    assert wording.words[0] in page
    again = form_in(page, both)
    assert again[both] == [wording.words[1]], "what he wrote is still there"
    assert written(team.basile, address, again)[0] == 302
    assert form_at(team.aicha, address, both)[both] == [wording.words[1]]


@pytest.mark.parametrize("wording", [each for each in WORDINGS if each.one], ids=str)
def test_what_one_left_alone_says_what_the_other_wrote(team: Team, wording: Wording) -> None:
    address, both, one = team.address(wording), wording.both, wording.one
    hers, his = (form_at(client, address, both) for client in (team.aicha, team.basile))
    written(team.aicha, address, hers, **{both: wording.words[0]})

    status, page = written(team.basile, address, his, **{one: wording.also})

    assert status == 422
    again = form_in(page, both)
    assert (again[both], again[one]) == ([wording.words[0]], [wording.also])
    assert written(team.basile, address, again)[0] == 302
    kept = form_at(team.aicha, address, both)
    assert (kept[both], kept[one]) == ([wording.words[0]], [wording.also])


def test_the_page_names_who_changed_it(team: Team) -> None:
    address = team.address(WORDINGS[0])
    hers, his = (form_at(client, address, "title") for client in (team.aicha, team.basile))
    written(team.aicha, address, hers, title="Le four")

    _status, page = written(team.basile, address, his, title="Le grand four")

    assert "Aicha a changé cela pendant que vous écriviez" in page


def test_the_same_words_twice_need_no_second_look(team: Team) -> None:
    """A form that is sent again by a double tap, or that changes nothing, meets nobody."""
    address = team.address(WORDINGS[0])
    sent = form_at(team.aicha, address, "title")

    assert written(team.aicha, address, sent, title="Le four")[0] == 302
    assert written(team.aicha, address, sent, title="Le four")[0] == 302  # the same act
    fresh = form_at(team.basile, address, "title")
    assert written(team.basile, address, fresh)[0] == 302


@pytest.mark.parametrize(
    ("route", "name"),
    [
        ("evenings:running_order", "phase-0-minutes"),
        ("evenings:remote_tables", "table-0-link"),
        ("evenings:questions", "question-0-label"),
    ],
)
def test_lines_that_somebody_changed_meanwhile_stand_above_mine(
    team: Team, route: str, name: str
) -> None:
    words = {
        "phase-0-minutes": ("25", "35"),
        "table-0-link": ("https://visio.example.org/un", "https://visio.example.org/deux"),
        "question-0-label": ("Venez-vous à vélo ?", "Venez-vous en bus ?"),
    }[name]
    evening = make_evening(team.cast.valence)
    address = reverse(route, args=["valence", evening.public_id])
    hers, his = (form_at(client, address, name) for client in (team.aicha, team.basile))
    assert written(team.aicha, address, hers, **{name: words[0]})[0] == 302

    status, page = written(team.basile, address, his, **{name: words[1]})

    assert status == 422
    assert "Ce qui y est écrit maintenant" in page
    assert words[0] in page
    again = form_in(page, name)
    assert again[name] == [words[1]]
    assert written(team.basile, address, again)[0] == 302
    assert form_at(team.aicha, address, name)[name] == [words[1]]


def test_challenges_that_somebody_chose_meanwhile_are_told_by_their_names(team: Team) -> None:
    evening = make_evening(team.cast.valence, challenges=2)
    third = make_challenge(team.cast.valence, "Laverie")
    address = reverse("evenings:challenges", args=["valence", evening.public_id])
    hers, his = (form_at(client, address, "challenges") for client in (team.aicha, team.basile))
    team.aicha.post(address, hers | {"challenges": [*hers["challenges"], third.public_id]})

    answer = team.basile.post(address, his | {"challenges": his["challenges"][:1]})

    assert answer.status_code == 422
    assert "Laverie" in answer.content.decode().split("<blockquote")[1].split("</blockquote>")[0]
    assert evening.challenges.count() == 3, "nothing was thrown out unseen"
