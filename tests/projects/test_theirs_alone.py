"""What happens to one project, leader, follower or stage leaves those beside it as they were."""

from datetime import timedelta

import pytest

from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.projects.actions.hosting import begin_hosting
from essor.projects.actions.leader_answers import answer_search
from essor.projects.actions.leading import (
    CallWords,
    ClosesBeforeOpening,
    call_for_leader,
    end_leadership,
    end_search,
    name_leader,
)
from essor.projects.actions.moves import change_stage
from essor.projects.actions.projects import entitle, hand_in, unfollow
from essor.projects.actions.stages import (
    FirstStays,
    NameTaken,
    StageWords,
    add_stage,
    move_stage,
    retire_stage,
    word_stage,
)
from essor.projects.leading import leaders_of
from essor.projects.models import Membership, Project
from essor.projects.queries import followers, themes_on_board
from essor.projects.stages import ways_of
from essor.territories.models import Theme
from tests.cast import NOW, TODAY, make_call, make_leader, make_project

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def follow(project: Project, *people, **fields) -> None:
    for each in people:
        Membership.objects.create(
            project=project, person=each, part="follower", since=NOW, **{"follows": True, **fields}
        )


# Followers


def test_a_merge_leads_over_who_follows_and_nobody_of_another_project(cast):
    project, into, other = (make_project(cast.valence, name) for name in ("Un", "Deux", "Trois"))
    follow(project, cast.denis, cast.farid)
    follow(project, cast.elodie, follows=False)
    follow(into, cast.farid)
    follow(other, cast.bruno)

    change_stage(project=project, stage="sheet", condition="merged", why="Le même", into=into,
                 by=cast.aicha, at=NOW)  # fmt: skip

    names = into.memberships.order_by("person__first_name").values_list("person__first_name")
    assert [name for (name,) in names] == ["Denis", "Farid"]
    assert (followers(into), followers(other)) == (2, 1)


def test_whoever_stops_following_stops_for_themself_and_once(cast):
    project = make_project(cast.valence)
    follow(project, cast.denis, cast.farid)
    for _ in range(2):
        unfollow(project=project, person=cast.denis, by=None, at=NOW)
    assert list(project.memberships.filter(follows=True)) == [
        Membership.objects.get(person=cast.farid)
    ]
    told = Entry.objects.get(verb="unfollowed")
    assert (told.by, told.audience) == (cast.denis.public_id, "person")


# Leaders


def test_a_project_looks_on_though_another_one_has_a_leader(cast):
    project, other = make_project(cast.valence, "Un"), make_project(cast.valence, "Deux")
    left, stays = make_leader(project, cast.denis), make_leader(other, cast.farid)
    end_leadership(leadership=left, until=TODAY, by=cast.aicha, at=NOW)
    project.refresh_from_db()
    other.refresh_from_db()
    assert (project.leader_wanted, other.leader_wanted) == (True, False)
    assert (list(leaders_of(project)), list(leaders_of(other))) == ([], [stays])


def test_whoever_recommended_another_and_is_named_did_not_offer_themself(cast):
    project = make_project(cast.valence)
    make_call(project)
    for kind, who in (("somebody", cast.denis), ("me", cast.farid)):
        answer_search(project=project, person=who, kind=kind, words="Nadia", by=who, at=NOW)
    name_leader(
        project=project, person=cast.denis, since=TODAY, shows_name=False, by=cast.aicha, at=NOW
    )
    states = dict(project.leader_answers.values_list("person__first_name", "state"))
    assert states == {"Denis": "not_now", "Farid": "not_now"}


def test_a_search_that_ends_answers_everybody_who_waits(cast):
    project, other = make_project(cast.valence, "Un"), make_project(cast.valence, "Deux")
    for each in (project, other):
        make_call(each)
        answer_search(
            project=each, person=cast.denis, kind="me", words="Moi", by=cast.denis, at=NOW
        )
    before = Mail.objects.filter(address=cast.denis.email).count()
    end_search(project=project, by=cast.aicha, at=NOW)
    assert project.leader_answers.get().state == "not_now"
    assert other.leader_answers.get().state == "new"
    assert Mail.objects.filter(address=cast.denis.email).count() == before + 1


def test_a_call_and_a_hosting_may_last_one_day(cast):
    project = make_project(cast.valence)
    with pytest.raises(ClosesBeforeOpening):
        CallWords("Parce que", "Du temps", TODAY, TODAY - DAY).checked()
    call = call_for_leader(
        project=project, words=CallWords("Parce que", "Du temps", TODAY, TODAY),
        by=cast.aicha, at=NOW,
    )  # fmt: skip
    hosting = begin_hosting(project=project, name="La Fruitière", carries="le bail", since=TODAY,
                            until=TODAY, by=cast.aicha, at=NOW)  # fmt: skip
    assert (call.closes_on, hosting.until) == (TODAY, TODAY)


# Words


def test_themes_of_the_board_are_those_of_published_projects_here(cast):
    for code, territory, fields in (
        ("alimentation", cast.valence, {}),
        ("mobilite", cast.valence, {"published_at": None}),
        ("energie", cast.jura, {}),
    ):
        make_project(territory, code, **fields).themes.add(Theme.objects.get(code=code))
    assert [theme.code for theme in themes_on_board(cast.valence)] == ["alimentation"]


def test_the_same_words_again_leave_no_line_and_handing_in_alone_tells_nobody_twice(cast):
    project = make_project(cast.valence, published_at=None, title="")
    project.sheet.proposal = "— Une consigne de verre\nPartout"
    project.sheet.save()
    for _ in range(2):
        hand_in(project=project, people=[cast.denis], by=cast.bruno, at=NOW)
        entitle(project=project, title=" Consigne ", summary="Du verre", by=cast.aicha, at=NOW)
    lines = Entry.objects.filter(of_id=project.public_id).order_by("id")
    assert [line.verb for line in lines][:2] == ["handed_in", "leader_wanted"]
    assert lines.filter(verb="handed_in").count() == 1
    assert not lines.filter(verb="group_grew").exists()
    assert lines.filter(verb="entitled").count() == 1


@pytest.mark.parametrize(
    ("said", "title"),
    [("  Notre four ", "Notre four"), ("   ", "Une consigne de verre")],
    ids=["as the table says it", "else the first line"],
)
def test_a_project_is_called_as_its_table_says(cast, said, title):
    project = make_project(cast.valence, published_at=None, title="")
    project.sheet.proposal = "— Une consigne de verre\nPartout"
    project.sheet.save()
    assert hand_in(project=project, people=[], title=said, by=None, at=NOW).title == title


# Stages


def test_a_stage_keeps_its_own_name_and_takes_no_other(cast):
    def word(key: str, name: str) -> None:
        word_stage(territory=cast.valence, key=key, words=StageWords(name), by=cast.aicha, at=NOW)

    word("group", "Le noyau")
    word("group", " Le noyau ")  # the same: no line
    assert Entry.objects.filter(verb="stage_worded").count() == 1
    word("group", "Le Noyau")
    with pytest.raises(NameTaken):
        word("landing", "le noyau ")


@pytest.mark.parametrize("instead", [True, False], ids=["beside", "behind"])
def test_nothing_stands_beside_the_first_stage(cast, instead):
    def stand_at_first():
        add_stage(territory=cast.valence, words=StageWords("Essai"), like="group", after="sheet",
                  instead=instead, by=cast.aicha, at=NOW)  # fmt: skip
        move_stage(territory=cast.valence, key="landing", after="sheet", instead=instead,
                   by=cast.aicha, at=NOW)  # fmt: skip

    if instead:
        with pytest.raises(FirstStays):
            stand_at_first()
        with pytest.raises(FirstStays):
            move_stage(territory=cast.valence, key="landing", after="sheet", instead=True,
                       by=cast.aicha, at=NOW)  # fmt: skip
    else:
        stand_at_first()
        way = ways_of([cast.valence, cast.jura])
        assert [stage.key for stage in way[cast.valence].stages][:3] == [
            "sheet", "landing", "essai",
        ]  # fmt: skip
        assert "essai" not in [stage.key for stage in way[cast.jura].stages]


def test_two_stages_that_sound_alike_have_keys_of_their_own_and_dropping_twice_is_once(cast):
    keys = [
        add_stage(territory=cast.valence, words=StageWords(name), like="group", after="group",
                  instead=False, by=cast.aicha, at=NOW).key
        for name in ("Un essai très grandeur nature", "Un essai très grandeur naturelle", "… ?")
    ]  # fmt: skip
    assert len(set(keys)) == 3
    assert all(len(key) <= 20 for key in keys)
    for retired in (True, True, False, False):
        retire_stage(territory=cast.valence, key=keys[0], retired=retired, by=cast.aicha, at=NOW)
    assert Entry.objects.filter(verb="stage_retired").count() == 1
    assert Entry.objects.filter(verb="stage_taken_back").count() == 1
