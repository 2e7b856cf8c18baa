"""What stands for each URL argument in the route matrix (``tests/repo/test_routes.py``).

Add a line to ``SAMPLES`` when you add a route with a new argument. The name is the argument's, or
``"view_name.argument"`` where one route means something else by it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from essor.challenges.models import Challenge
from essor.choosing.models import Vote
from essor.evenings.actions.lists import read_list
from essor.evenings.models import (
    Evening,
    ImportBatch,
    Plan,
    PlanRun,
    Registration,
    Rehearsal,
    Staying,
    Table,
    TableIdea,
)
from essor.evenings.staying_letters import leave_address
from essor.exchanges.models import Commitment, Introduction, IntroductionSide, Need, Suggestion
from essor.finding.links import page_of as page_of_search
from essor.finding.models import SavedSearch
from essor.harvest.actions.lists import read_paste
from essor.harvest.models import Group, GroupingRun, Harvest, Idea, IdeaList, Picture, Source
from essor.kit import clock
from essor.kit.ids import new_public_id
from essor.news.links import choices_token
from essor.news.links import leave_address as leaving_address
from essor.people.actions import make_link
from essor.people.links import register_purpose
from essor.people.models import Person
from essor.people.news import no_news_address
from essor.projects.models import (
    Hosting,
    LeaderAnswer,
    Leadership,
    Membership,
    Project,
    Sheet,
    SheetPhoto,
    SheetVariant,
    TerritoryStage,
)
from essor.support.actions.committees import frozen_of
from essor.support.actions.pledges import Pledged, pledge
from essor.support.actions.room_links import make_room_link
from essor.support.models import (
    BudgetLine,
    Cohort,
    CohortPlace,
    Committee,
    CommitteeMember,
    Funder,
    KeyDate,
    Mentor,
    Mentoring,
    PlayQuestion,
    Pledge,
    PrivateRoom,
    ProjectFile,
    Recommendation,
    RoomFile,
    Standing,
    StateOfPlay,
)
from essor.support.playing import asked
from essor.territories.actions.roles import invite, token_of
from essor.territories.models import Invitation, Role, Territory
from essor.treasures.actions.lists import keep_file
from essor.treasures.bringing.reading import read
from essor.treasures.models import Correction, Treasure, TreasureList
from tests.cast import (
    NOW,
    TODAY,
    make_challenge,
    make_cohort,
    make_evening,
    make_funder,
    make_harvest,
    make_idea,
    make_leader,
    make_line,
    make_mentor,
    make_need,
    make_project,
    make_recommendation,
    make_room,
    make_source,
    make_treasure,
    person,
)


@dataclass
class Scene:
    """One set of objects in one territory; what can belong to somebody belongs to ``owner``."""

    territory: Territory
    owner: Person

    @cached_property
    def challenge(self) -> Challenge:
        return self.evening.challenges.all()[0]

    @cached_property
    def draft_challenge(self) -> Challenge:
        return make_challenge(self.territory, "Brouillon", state=Challenge.State.DRAFT)

    @cached_property
    def evening(self) -> Evening:
        return make_evening(self.territory)

    @cached_property
    def draft_evening(self) -> Evening:
        return make_evening(self.territory, state=Evening.State.DRAFT)

    @cached_property
    def registration(self) -> Registration:
        return Registration.objects.create(
            evening=self.evening,
            person=self.owner,
            code="R0001",
            state=Registration.State.REGISTERED,
            state_at=NOW,
            registered_at=NOW,
        )

    @cached_property
    def search(self) -> SavedSearch:
        return SavedSearch.objects.create(
            person=self.owner, words="verger", territory=self.territory, asked_at=NOW,
            confirmed_at=NOW,
        )  # fmt: skip

    @cached_property
    def table(self) -> Table:
        return Table.objects.create(
            evening=self.evening, number=1, phone_code="ACDEF", project=self.project
        )

    @cached_property
    def staying(self) -> Staying:
        return Staying.objects.create(table=self.table, person=self.owner, since=NOW)

    @cached_property
    def plan(self) -> Plan:
        return Plan.objects.create(
            evening=self.evening, document={"format": "essor-plan/1", "rounds": [[]]},
            proof=figures_of_nothing(), in_hand=True, made_at=NOW,
        )  # fmt: skip

    @cached_property
    def run(self) -> PlanRun:
        return PlanRun.objects.create(evening=self.evening, seconds=1, asked_at=NOW)

    @cached_property
    def photo(self) -> SheetPhoto:
        return SheetPhoto.objects.create(
            sheet=self.table.project.sheet,
            file=f"sheets/{self.table.public_id}.jpg",
            width=1,
            height=1,
            added_at=NOW,
        )

    @cached_property
    def variant(self) -> SheetVariant:
        return SheetVariant.objects.create(
            sheet=self.table.project.sheet, field="dream", text="Un autre texte", at=NOW
        )

    @cached_property
    def harvest(self) -> Harvest:
        return make_harvest(self.territory)

    @cached_property
    def vote(self) -> Vote:
        """A closed vote that enough people took part in for its file to be shown."""
        return Vote.objects.create(
            territory=self.territory, title="Quels défis ?", places=1, opens_at=NOW,
            closes_at=NOW, state=Vote.State.CLOSED, result={"ballots": 12}, file="META",
            closed_at=NOW, created_at=NOW,
        )  # fmt: skip

    @cached_property
    def treasure(self) -> Treasure:
        return make_treasure(self.territory, keeper=self.owner)

    @cached_property
    def treasure_list(self) -> TreasureList:
        return keep_file(
            territory=self.territory,
            file=read(b"nom;lat\nPresse;45\n", name="a.csv"),
            filename="a.csv",
            by=None,
            at=NOW,
        )

    @cached_property
    def hidden_treasure(self) -> Treasure:
        return make_treasure(self.territory, "Un trésor caché", state=Treasure.State.HIDDEN)

    @cached_property
    def correction(self) -> Correction:
        return Correction.objects.create(
            treasure=self.treasure, reason=Correction.Reason.OTHER, words="Fermé", at=NOW
        )

    @cached_property
    def draft_harvest(self) -> Harvest:
        return make_harvest(self.territory, state=Harvest.State.DRAFT)

    @cached_property
    def idea(self) -> Idea:
        return make_idea(self.harvest, author=self.owner)

    @cached_property
    def hidden_idea(self) -> Idea:
        return make_idea(self.harvest, "Une idée cachée", state=Idea.State.HIDDEN)

    @cached_property
    def group(self) -> Group:
        return Group.objects.create(harvest=self.harvest, name="Vergers", order=1, created_at=NOW)

    @cached_property
    def grouping(self) -> GroupingRun:
        return GroupingRun.objects.create(
            harvest=self.harvest, state=GroupingRun.State.DONE, asked_at=NOW
        )

    @cached_property
    def source(self) -> Source:
        return make_source(self.harvest)

    @cached_property
    def lines(self) -> IdeaList:
        return read_paste(source=self.source, text="Un verger\nUne laverie", by=None, at=NOW)

    @cached_property
    def picture(self) -> Picture:
        return Picture.objects.create(
            harvest=self.harvest,
            source=self.source,
            file=f"ideas/{self.harvest.public_id}.jpg",
            width=1,
            height=1,
            added_at=NOW,
        )

    @cached_property
    def table_idea(self) -> TableIdea:
        return TableIdea.objects.create(table=self.table, text="Un verger public", at=NOW)

    @cached_property
    def rehearsal(self) -> Rehearsal:
        stage = Territory.objects.create(
            slug=f"r-{new_public_id()}", name="Répétition", rehearsal=True, listed=False,
            created_at=NOW,
        )  # fmt: skip
        practice = Evening.objects.create(territory=stage, name="Répétition", created_at=NOW)
        return Rehearsal.objects.create(
            evening=self.evening, stage=stage, practice=practice, started_at=NOW, beat_at=NOW
        )

    @cached_property
    def batch(self) -> ImportBatch:
        return read_list(
            evening=self.evening,
            data="Prénom;Nom\n;Sans\nInès;Martin\n".encode(),
            filename="liste.csv",
            by=None,
            at=NOW,
        )

    @cached_property
    def project(self) -> Project:
        project = Project.objects.create(
            territory=self.territory, title="Consigne", published_at=NOW, created_at=NOW
        )
        Sheet.objects.create(project=project)
        Membership.objects.create(
            project=project, person=self.owner, part=Membership.Part.TABLE, since=NOW
        )
        return project

    @cached_property
    def need(self) -> Need:
        return make_need(self.project)

    @cached_property
    def introduction(self) -> Introduction:
        """The owner thought of it, and is one of the two."""
        made = Introduction.objects.create(
            territory=self.territory, introducer=self.owner, why="Un atelier", asked_at=clock.now()
        )
        for each in (self.owner, person("Lise", email="")):
            IntroductionSide.objects.create(introduction=made, person=each, called="Lise")
        return made

    @cached_property
    def side(self) -> IntroductionSide:
        return self.introduction.sides.get(person=self.owner)

    @cached_property
    def suggestion(self) -> Suggestion:
        return Suggestion.objects.create(
            territory=self.territory, need=self.need, treasure=self.treasure, score=0.5, made_at=NOW
        )

    @cached_property
    def draft_need(self) -> Need:
        draft = Project.objects.create(territory=self.territory, title="Brouillon", created_at=NOW)
        return make_need(draft)

    @cached_property
    def stage(self) -> TerritoryStage:
        """A stage that this territory alone has, behind two of the house's."""
        for place, key in enumerate(("sheet", "group", f"own-{self.territory.pk}"), 1):
            stage, _new = TerritoryStage.objects.get_or_create(
                territory=self.territory, key=key, defaults={"like": "group", "place": place}
            )
        return stage

    @cached_property
    def commitment(self) -> Commitment:
        return Commitment.objects.create(
            territory=self.territory,
            project=self.project,
            person=self.owner,
            kind=Commitment.Kind.SKILL,
            what="Deux jours de comptabilité",
            state_at=NOW,
            created_at=NOW,
        )

    @cached_property
    def promised_to_owner(self) -> Commitment:
        """What somebody promised to a project that the owner leads."""
        return Commitment.objects.create(
            territory=self.territory, project=self.leadership.project, person=person("Lise"), kind="skill",
            what="Deux jours de soudure", state_at=NOW, created_at=NOW,
        )  # fmt: skip

    @cached_property
    def cohort(self) -> Cohort:
        cohort = make_cohort(self.territory)
        CohortPlace.objects.create(cohort=cohort, project=self.project, since=NOW, why="Mûr")
        return cohort

    @cached_property
    def mentor(self) -> Mentor:
        return make_mentor(self.territory, self.owner)

    @cached_property
    def mentoring(self) -> Mentoring:
        return Mentoring.objects.create(
            mentor=self.mentor, project=self.project, why="Du métier", since=NOW
        )

    @cached_property
    def led_project(self) -> Project:
        project = self.promised_to_owner.project
        assert project is not None
        return project

    @cached_property
    def committee(self) -> Committee:
        return self.member.committee

    @cached_property
    def member(self) -> CommitteeMember:
        """The owner sits on a committee."""
        committee = Committee.objects.create(
            territory=self.territory, name="Comité de mars", on=NOW.date(), created_at=NOW
        )
        return CommitteeMember.objects.create(committee=committee, person=self.owner, named_at=NOW)

    @cached_property
    def file(self) -> ProjectFile:
        return ProjectFile.objects.create(
            committee=self.committee, project=self.led_project, frozen_at=NOW,
            frozen=json.dumps(frozen_of(self.led_project)),
        )  # fmt: skip

    @cached_property
    def question(self) -> PlayQuestion:
        """A question that this territory alone has, beside one of the house's."""
        for place, key in enumerate(("team", f"own-{self.territory.pk}"), 1):
            question, _new = PlayQuestion.objects.get_or_create(
                territory=self.territory, key=key, defaults={"kind": "text", "place": place}
            )
        return question

    @cached_property
    def standing(self) -> Standing:
        """What a cohort asks of the project that the owner leads."""
        play = StateOfPlay.objects.create(
            cohort=self.cohort, questions=asked(self.territory), opened_at=NOW
        )
        return Standing.objects.create(
            play=play, project=self.led_project, moment=Standing.Moment.OPENING, asked_at=NOW,
            recalled_at=NOW,
        )  # fmt: skip

    @cached_property
    def recommendation(self) -> Recommendation:
        return make_recommendation(self.led_project)

    @cached_property
    def funder(self) -> Funder:
        return make_funder(self.territory, self.owner)

    @cached_property
    def private_room(self) -> PrivateRoom:
        """The room of the project that the owner leads."""
        return make_room(self.led_project)

    @cached_property
    def budget_line(self) -> BudgetLine:
        return make_line(self.private_room)

    @cached_property
    def key_date(self) -> KeyDate:
        return KeyDate.objects.create(room=self.private_room, day=TODAY, what="Le conseil")

    @cached_property
    def room_file(self) -> RoomFile:
        return RoomFile.objects.create(
            room=self.private_room, title="Budget", file="rooms/sample.pdf", kind="pdf", size=10,
            added_at=NOW,
        )  # fmt: skip

    @cached_property
    def room_token(self) -> tuple[str, str]:
        """The public id and the token of a secret link to the room."""
        link, token = make_room_link(
            room=self.private_room, name="Une banque", until=clock.today(), by=None, at=clock.now()
        )
        return link.public_id, token

    @cached_property
    def pledge(self) -> Pledge:
        """What somebody pledged to the project that the owner leads."""
        said = Pledged(form="gift", what="Un don", amount=100, until=clock.today())
        made, _token = pledge(
            room=self.private_room, person=person("Lise"), said=said, by=None, at=clock.now()
        )
        return made

    @cached_property
    def leadership(self) -> Leadership:
        """The owner leads a project of their own."""
        return make_leader(make_project(self.territory, "Vélos"), self.owner)

    @cached_property
    def leader_answer(self) -> LeaderAnswer:
        return LeaderAnswer.objects.create(
            project=self.project, person=self.owner, kind=LeaderAnswer.Kind.ME, words="Moi",
            state_at=NOW, created_at=NOW,
        )  # fmt: skip

    @cached_property
    def hosting(self) -> Hosting:
        return Hosting.objects.create(
            project=self.project, name="La Fruitière", carries="le contrat", since=TODAY,
            created_at=NOW,
        )  # fmt: skip

    @cached_property
    def role(self) -> Role:
        return Role.objects.create(
            person=person("Lise"), territory=self.territory, kind=Role.Kind.SUPPORTER, since=NOW
        )

    @cached_property
    def invitation(self) -> Invitation:
        host = Role.objects.filter(territory=self.territory, kind=Role.Kind.HOST)[0].person
        return invite(
            territory=self.territory,
            kind=Role.Kind.FACILITATOR,
            email="",
            by=host,
            at=clock.now(),
        )


@dataclass(frozen=True)
class Sample:
    """How an argument is made from a scene.

    ``key``: the kind under which the owner's browser holds it without an account
    (``Visitor.give_key``). ``hidden``: the same for an object that only ``seen_by`` may know of.
    ``inside``: the argument whose object holds it; another one's must answer "not found".
    """

    make: Callable[[Scene], str]
    key: str = ""
    hidden: Callable[[Scene], str] | None = None
    seen_by: frozenset[str] = field(default=frozenset({"host", "facilitator", "door"}))
    inside: str = ""


def link_token(scene: Scene) -> str:
    """A personal link of the scene's owner; the purpose is the tests' own."""
    register_purpose("sample", lambda request, link: "/", button="Go on")
    return make_link(
        person=scene.owner,
        purpose="sample",
        subject="",
        lasts=timedelta(days=1),
        by=None,
        at=clock.now(),
    )


def territory_with_logo(scene: Scene) -> str:
    scene.territory.logo = default_storage.save("logos/sample.png", ContentFile(b"PNG"))
    scene.territory.save()
    return scene.territory.slug


def photo_with_its_file(scene: Scene) -> str:
    """Each test has its own folder of files, so the file is written where it is missing."""
    if not default_storage.exists(scene.photo.file):
        default_storage.save(scene.photo.file, ContentFile(b"a photograph"))
    return scene.photo.public_id


def picture_with_its_file(scene: Scene) -> str:
    if not default_storage.exists(scene.picture.file):
        default_storage.save(scene.picture.file, ContentFile(b"a photograph"))
    return scene.picture.public_id


def project_with_room(scene: Scene) -> str:
    return scene.private_room.project.public_id


def room_file_on_disk(scene: Scene) -> str:
    if not default_storage.exists(scene.room_file.file):
        default_storage.save(scene.room_file.file, ContentFile(b"%PDF-1.7"))
    return scene.room_file.public_id


SAMPLES: dict[str, Sample] = {
    "territory": Sample(lambda scene: scene.territory.slug),
    "challenge": Sample(
        lambda scene: scene.challenge.public_id,
        hidden=lambda scene: scene.draft_challenge.public_id,
    ),
    "evening": Sample(
        lambda scene: scene.evening.public_id,
        hidden=lambda scene: scene.draft_evening.public_id,
    ),
    "registration": Sample(
        lambda scene: scene.registration.public_id, key="registration", inside="evening"
    ),
    "code": Sample(lambda scene: scene.registration.code),
    "table": Sample(lambda scene: scene.table.public_id, key="table", inside="evening"),
    "staying": Sample(lambda scene: scene.staying.public_id, key="staying", inside="table"),
    "evenings:leaving_table.token": Sample(
        lambda scene: leave_address(scene.staying).rsplit("/", 2)[1], inside="table"
    ),
    "plan": Sample(lambda scene: scene.plan.public_id, inside="evening"),
    "run": Sample(lambda scene: scene.run.public_id, inside="evening"),
    "number": Sample(lambda scene: "1"),
    "photo": Sample(photo_with_its_file, inside="table"),
    "variant": Sample(lambda scene: scene.variant.public_id, inside="table"),
    "harvest": Sample(
        lambda scene: scene.harvest.public_id, hidden=lambda scene: scene.draft_harvest.public_id
    ),
    "idea": Sample(
        lambda scene: scene.idea.public_id,
        key="idea",
        hidden=lambda scene: scene.hidden_idea.public_id,
        inside="harvest",
    ),
    "treasure": Sample(
        lambda scene: scene.treasure.public_id,
        key="treasure",
        hidden=lambda scene: scene.hidden_treasure.public_id,
    ),
    "treasures": Sample(lambda scene: scene.treasure_list.public_id),
    "correction": Sample(lambda scene: scene.correction.public_id),
    "vote": Sample(lambda scene: scene.vote.public_id),
    "challenges:from_group.group": Sample(lambda scene: scene.group.public_id),
    "source": Sample(lambda scene: scene.source.public_id, inside="harvest"),
    "lines": Sample(lambda scene: scene.lines.public_id, inside="harvest"),
    "picture": Sample(picture_with_its_file, inside="harvest"),
    "idea:give.code": Sample(lambda scene: scene.harvest.code),
    "evenings:hiding.idea": Sample(lambda scene: scene.table_idea.public_id, inside="evening"),
    "evenings:idea_mark.idea": Sample(lambda scene: scene.table_idea.public_id, inside="table"),
    "evenings:idea_choice.idea": Sample(lambda scene: scene.table_idea.public_id, inside="table"),
    "group": Sample(lambda scene: scene.group.public_id, inside="harvest"),
    "grouping": Sample(lambda scene: scene.grouping.public_id, inside="harvest"),
    "step": Sample(lambda scene: "proposal"),
    "stage": Sample(lambda scene: scene.stage.key),
    "people:no_news.token": Sample(lambda scene: no_news_address(scene.owner).rsplit("/", 2)[1]),
    "finding:saved.token": Sample(lambda scene: page_of_search(scene.search).rsplit("/", 2)[1]),
    "news:following.of_type": Sample(lambda scene: "project"),
    "news:following.of_id": Sample(lambda scene: scene.project.public_id),
    "news:leaving.token": Sample(
        lambda scene: leaving_address(scene.owner, ("project", scene.project.public_id)).split("/")[
            2
        ]
    ),
    "news:choices.token": Sample(lambda scene: choices_token(scene.owner)),
    "batch": Sample(lambda scene: scene.batch.public_id, inside="evening"),
    "rehearsal": Sample(lambda scene: scene.rehearsal.public_id, inside="evening"),
    "evenings:people_file.kind": Sample(lambda scene: "csv"),
    "evenings:print_file.kind": Sample(lambda scene: "names"),
    "portal:short.public_id": Sample(lambda scene: scene.project.public_id),
    "project": Sample(lambda scene: scene.project.public_id),
    **{
        f"projects:{name}.project": Sample(lambda scene: scene.leadership.project.public_id)
        for name in ("leader", "leader_call", "leader_search_ending", "leader_leaving")
    },
    "leadership": Sample(lambda scene: scene.leadership.public_id, inside="project"),
    "answer": Sample(
        lambda scene: scene.leader_answer.public_id, key="leader_answer", inside="project"
    ),
    "hosting": Sample(lambda scene: scene.hosting.public_id, inside="project"),
    "commitment": Sample(lambda scene: scene.commitment.public_id, key="commitment"),
    "exchanges:answer.commitment": Sample(lambda scene: scene.promised_to_owner.public_id),
    "introduction": Sample(lambda scene: scene.introduction.public_id),
    "side": Sample(lambda scene: scene.side.public_id, key="introduction"),
    "need": Sample(
        lambda scene: scene.need.public_id, hidden=lambda scene: scene.draft_need.public_id
    ),
    "cohort": Sample(lambda scene: scene.cohort.public_id),
    "support:taking_out.project": Sample(lambda scene: scene.project.public_id, inside="cohort"),
    "support:project.project": Sample(lambda scene: scene.led_project.public_id),
    **{
        f"support:{name}.project": Sample(project_with_room)
        for name in (
            "project_funders",
            "room",
            "room_words",
            "room_closing",
            "new_line",
            "line",
            "line_removal",
            "new_date",
            "date_removal",
            "new_room_file",
            "room_file",
            "file_removal",
            "room_links",
            "link_ending",
            "new_pledge",
        )
    },
    "line": Sample(lambda scene: scene.budget_line.public_id, inside="project"),
    "key_date": Sample(lambda scene: scene.key_date.public_id, inside="project"),
    "room_file": Sample(room_file_on_disk, inside="project"),
    "room_link": Sample(lambda scene: scene.room_token[0], inside="project"),
    "funder": Sample(lambda scene: scene.funder.public_id, key="funder"),
    "pledge": Sample(lambda scene: scene.pledge.commitment.public_id),
    "support:room_door.token": Sample(lambda scene: scene.room_token[1]),
    "committee": Sample(lambda scene: scene.committee.public_id),
    "member": Sample(lambda scene: scene.member.public_id, inside="committee"),
    "file": Sample(lambda scene: scene.file.public_id),
    "standing": Sample(lambda scene: scene.standing.public_id),
    "question": Sample(lambda scene: scene.question.key),
    "recommendation": Sample(lambda scene: scene.recommendation.public_id),
    "mentor": Sample(lambda scene: scene.mentor.public_id, key="mentor"),
    "mentoring": Sample(lambda scene: scene.mentoring.public_id, inside="mentor"),
    "suggestion": Sample(lambda scene: scene.suggestion.public_id),
    "role": Sample(lambda scene: str(scene.role.pk)),
    "invitation": Sample(lambda scene: scene.invitation.public_id),
    "territories:invitation.token": Sample(lambda scene: token_of(scene.invitation.public_id)),
    "territories:logo.territory": Sample(territory_with_logo),
    "people:withdrawal.purpose": Sample(lambda scene: "news"),
    "people:link.token": Sample(link_token),
    "people:link_again.token": Sample(link_token),
}

# Routes that need more than their path to answer at all: view name -> query string.
QUERIES: dict[str, str] = {}

# POST routes that work without the form's protection, each with its reason.
WITHOUT_CSRF: dict[str, str] = {
    "kit:language": "chooses a language, in a cookie; a form of another site is refused",
    "evenings:leaving_table": "the one-click button of mail programs, as below",
    "people:no_news": "the one-click button of mail programs sends no cookie; the address is signed",
}


def sample_for(view_name: str, argument: str) -> Sample:
    """Raises ``LookupError`` with what to do when nobody said how to make ``argument``."""
    sample = SAMPLES.get(f"{view_name}.{argument}") or SAMPLES.get(argument)
    if sample is None:
        raise LookupError(f"Say in tests/samples.py how to make <{argument}> of {view_name}.")
    return sample


def figures_of_nothing() -> dict[str, object]:
    """The figures of a plan in which nobody sits."""
    return {
        "people": 0, "cost": 0, "ranks": [0, 0, 0], "unlisted": 0, "choosers": 0, "spheres": 0,
        "spheres_by_chance": [0, 0, 0], "gap_closed": 1, "open": 0, "room": 0, "broken": [],
    }  # fmt: skip


def somebody_else() -> Person:
    return person("Inès", email="ines@example.org")
