"""Reads about states of play: all answers of a cohort side by side, one project's way."""

from dataclasses import dataclass, field

from essor.algos.finding.words import form
from essor.people.text import folded
from essor.projects.models import Project
from essor.support.models import Cohort, Mentor, PlayQuestion, Standing, StateOfPlay
from essor.support.playing import Question, Way, in_words, way_gone
from essor.support.queries.mentors import mentors_of

Moment = Standing.Moment
OF_WORDS = (PlayQuestion.Kind.TEXT, PlayQuestion.Kind.SEVERAL)
SHORTEST = 4
"""Shorter words tell nothing of a trade."""


@dataclass(slots=True)
class Row:
    """A project with its answers at both moments; ``ways`` follow the questions."""

    project: Project
    opening: Standing | None = None
    end: Standing | None = None
    ways: list[Way] = field(default_factory=list)
    helpers: list[tuple[Mentor, str]] = field(default_factory=list)

    @property
    def latest(self) -> Standing | None:
        """What it was asked last."""
        return self.end or self.opening


def play_of(cohort: Cohort) -> StateOfPlay | None:
    found = StateOfPlay.objects.filter(cohort=cohort).first()
    if found is not None:
        found.cohort = cohort
    return found


def side_by_side(play: StateOfPlay) -> tuple[list[Question], list[Row]]:
    """The questions and a row a project, by title; two queries, however many projects."""
    questions = in_words(play.questions)
    rows: dict[int, Row] = {}
    found = play.standings.select_related("project").order_by("project__title", "id")
    for each in found:
        row = rows.setdefault(each.project_id, Row(each.project))
        row.project.territory = play.cohort.territory
        if each.moment == Moment.END:
            row.end = each
        else:
            row.opening = each
    mentors = [
        each
        for each in mentors_of(play.cohort.territory)
        if each.is_ready and each.load < each.at_most  # type: ignore[attr-defined]
    ]
    for row in rows.values():
        row.ways = way_gone(questions, row.opening, row.end)
        row.helpers = who_could_help(row.ways, mentors)
    return questions, list(rows.values())


def who_could_help(ways: list[Way], mentors: list[Mentor]) -> list[tuple[Mentor, str]]:
    """Mentors with room whose offer shares a word with what a project asks for, and that word."""
    asked: set[str] = set()
    for way in ways:
        if way.question.kind in OF_WORDS:
            for line in (way.after or way.before).lines:
                asked |= set(_stems(line))
    found = []
    for mentor in mentors:
        shared = [word for stem, word in _stems(mentor.offers).items() if stem in asked]
        if shared:
            found.append((mentor, ", ".join(shared)))
    return found


def _stems(text: str) -> dict[str, str]:
    """The stems of a text that carry a subject, each with its word."""
    words = "".join(letter if letter.isalpha() else " " for letter in text).split()
    long = [word for word in words if len(word) >= SHORTEST]
    stems = {form(folded(word), "fr"): word.lower() for word in reversed(long)}
    return {stem: word for stem, word in stems.items() if stem}


def standings_of(project: Project) -> list[Standing]:
    """Of the cohort that asked last: at the opening, then at the end; one query."""
    found = list(
        Standing.objects.filter(project=project)
        .select_related("play__cohort", "written_by")
        .order_by("-play__opened_at", "-play", "asked_at", "id")
    )
    return [each for each in found if each.play_id == found[0].play_id]


def way_of_project(project: Project) -> tuple[list[Standing], list[Way]]:
    """What a project answered in its latest cohort, before and after."""
    standings = standings_of(project)
    if not standings:
        return [], []
    by_moment = {each.moment: each for each in standings}
    questions = in_words(standings[0].play.questions)
    return standings, way_gone(questions, by_moment.get(Moment.OPENING), by_moment.get(Moment.END))
