"""A project's history as a story: chapters by stage, oldest first, each line a sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.ledger.models import Audience, Entry
from essor.projects.models import Hosting, Leadership, Project, StageChange
from essor.projects.stages import Way
from essor.projects.states import Condition

LONGEST_STORY = 300
OPEN_CHAPTERS = 2
"""How many chapters lie open on the project's page; the earlier ones are folded."""


Words = Callable[[Sequence[Entry]], Mapping[int, str]]
_told: dict[str, Words] = {}


def told_in_story(words: Words, *verbs: str) -> None:
    """Let an upper room say lines about a project or a part of it; without words they are left out."""
    _told.update(dict.fromkeys(verbs, words))


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, with the reason that was given and what showed it; ``who`` for the team."""

    at: datetime
    verb: str
    sentence: str
    why: str = ""
    proof: str = ""
    who: str = ""
    href: str = ""
    label: str = ""


@dataclass(slots=True)
class Chapter:
    """What happened while the project was at one stage."""

    title: str
    since: datetime
    until: datetime | None = None
    lines: list[Line] = field(default_factory=list)

    def days(self, now: datetime) -> int:
        return ((self.until or now) - self.since) // timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Story:
    """The chapters; ``folded`` earlier ones and ``open`` later ones."""

    chapters: list[Chapter]

    @property
    def folded(self) -> list[Chapter]:
        return self.chapters[:-OPEN_CHAPTERS]

    @property
    def open(self) -> list[Chapter]:
        return self.chapters[-OPEN_CHAPTERS:]


def story_of(
    project: Project,
    way: Way,
    terms: Sequence[Leadership],
    hostings: Sequence[Hosting],
    *,
    inside: bool,
) -> Story:
    """The public lines of a project, as chapters; ``inside`` names who moved it. Three queries.

    ``terms`` and ``hostings`` are all that the project ever had: its lines name them by their ids.
    """
    its_own = Q(of_type="project", of_id=project.public_id)
    of_its_parts = Q(part_of=project.public_id, verb__in=_told)
    entries = list(
        Entry.objects.filter(its_own | of_its_parts, audience=Audience.PUBLIC).order_by("-id")[
            :LONGEST_STORY
        ]
    )
    moves = {
        move.pk: move
        for move in StageChange.objects.filter(project=project).select_related("by", "into")
    }
    arrivals = StageChange.objects.filter(
        into=project, project__merged_into=project, condition=Condition.MERGED
    ).select_related("project", "by")
    led = {each.public_id: each for each in terms}
    hosted = {each.public_id: each for each in hostings}
    teller = _Teller(project, way, moves, _said_by_others(entries), inside, led, hosted)
    lines = [
        (entry.at, entry.data, teller.line(entry))
        for entry in reversed(entries)
        if entry.verb not in _told or entry.pk in teller.said
    ]
    lines += [(move.at, {}, teller.arrival(move)) for move in arrivals]
    return Story(_chapters(project, way, sorted(lines, key=lambda each: each[0])))


def _said_by_others(entries: Sequence[Entry]) -> dict[int, str]:
    """What upper rooms say of their own lines, by line."""
    said: dict[int, str] = {}
    for words in dict.fromkeys(_told.values()):
        if lines := [entry for entry in entries if _told.get(entry.verb) is words]:
            said.update(words(lines))
    return said


def _chapters(
    project: Project, way: Way, lines: list[tuple[datetime, dict[str, Any], Line]]
) -> list[Chapter]:
    if not lines:
        return []
    first = next((data["from"]["stage"] for _at, data, _line in lines if "from" in data), None)
    now = first or project.stage
    chapters = [Chapter(way.stage(now).title, lines[0][0])]
    for at, data, line in lines:
        stage = data.get("stage", now) if line.verb == "stage_changed" else now
        if stage != now:
            chapters[-1].until = at
            chapters.append(Chapter(way.stage(stage).title, at))
            now = stage
        chapters[-1].lines.append(line)
    return [chapter for chapter in chapters if chapter.lines]


@dataclass(frozen=True, slots=True)
class _Teller:
    """Turns lines of the ledger into sentences."""

    project: Project
    way: Way
    moves: dict[int, StageChange]
    said: dict[int, str]
    inside: bool
    led: dict[str, Leadership]
    hosted: dict[str, Hosting]

    def line(self, entry: Entry) -> Line:
        if entry.verb == "stage_changed":
            return self._moved(entry)
        if entry.verb in LEADING:
            return self._led(entry)
        if entry.verb in HOSTING:
            return self._hosted(entry)
        if entry.pk in self.said:
            return Line(entry.at, entry.verb, self.said[entry.pk])
        say = SAYINGS.get(entry.verb)
        return Line(entry.at, entry.verb, say() if say else _("Something moved."))

    def _moved(self, entry: Entry) -> Line:
        data, move = entry.data, self.moves.get(entry.data.get("change", 0))
        was, condition = data["from"]["condition"], data["condition"]
        if condition != was:
            sentence = CONDITIONS[condition]() if condition != Condition.AWAKE else WAKING[was]()
        else:
            sentence = self._stage(data["from"]["stage"], data["stage"])
        into = move.into if move else None
        return Line(
            entry.at,
            entry.verb,
            sentence,
            move.why if move else "",
            move.proof if move else "",
            move.by.name if move and move.by and self.inside else "",
            address_of(into, self.project.territory.slug) if into else "",
            str(into) if into else "",
        )

    def _led(self, entry: Entry) -> Line:
        """Who leads from now on, or no longer: with the first name of whoever agreed to it."""
        term = self.led.get(entry.data.get("leadership", ""))
        name = term.public_name if term else ""
        if entry.verb == "leader_found":
            known = _("%(name)s carries the project from now on.") % {"name": name}
            said = known if name else _("The project found who carries it.")
        else:
            known = _("%(name)s handed the project over.") % {"name": name}
            said = known if name else _("Who carried the project handed it over.")
        wanted = entry.data.get("wanted", False)
        why = _("It stays, and looks for who will carry it.") if wanted else ""
        return Line(entry.at, entry.verb, said, why)

    def _hosted(self, entry: Entry) -> Line:
        hosting = self.hosted.get(entry.data.get("hosting", ""))
        name = {"name": hosting.name if hosting else _("An organisation")}
        if entry.verb == "hosting_began":
            said = _("%(name)s hosts the project.") % name
            return Line(entry.at, entry.verb, said, hosting.carries if hosting else "")
        said = _("%(name)s no longer hosts the project.") % name
        return Line(entry.at, entry.verb, said, hosting.what_next if hosting else "")

    def _stage(self, before: str, after: str) -> str:
        stage = self.way.stage(after)
        if stage.place < self.way.stage(before).place:
            return _("A step back, to go on better: %(stage)s.") % {"stage": stage.name}
        return _("New stage: %(stage)s.") % {"stage": stage.name}

    def arrival(self, move: StageChange) -> Line:
        slug, other = self.project.territory.slug, move.project
        return Line(
            move.at,
            "joined_by",
            _("Another project joined this one."),
            move.why,
            "",
            move.by.name if move.by and self.inside else "",
            reverse("projects:story", args=[slug, other.public_id]),
            str(other),
        )


def address_of(project: Project, slug: str) -> str:
    return reverse("projects:project", args=[slug, project.public_id])


LEADING = frozenset({"leader_found", "leader_left"})
HOSTING = frozenset({"hosting_began", "hosting_ended"})
Say = Callable[[], str]
SAYINGS: dict[str, Say] = {
    "handed_in": lambda: _("The table handed in its sheet: the project is born."),
    "leader_wanted": lambda: _("The project is looking for who will carry it."),
    "leader_search_ended": lambda: _("The search for a leader ended."),
}
"""What the project's public verbs say in its story."""
CONDITIONS: dict[str, Say] = {
    Condition.ASLEEP: lambda: _("The project fell asleep, without shame."),
    Condition.STOPPED: lambda: _("The project was stopped."),
    Condition.MERGED: lambda: _("The project joined another one."),
}
WAKING: dict[str, Say] = {
    Condition.ASLEEP: lambda: _("The project woke up."),
    Condition.STOPPED: lambda: _("The project started again."),
    Condition.MERGED: lambda: _("The project goes its own way again."),
}
