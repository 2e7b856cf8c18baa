"""Which ideas feed a challenge, through merges and splits; who already works on it elsewhere."""

import uuid

import pytest
from django.test import Client

from essor.challenges.actions import MoveNotAllowed, Wording, move_challenge
from essor.challenges.actions.echoes import NoSuchWork, Noted, note_echo
from essor.challenges.actions.feeding import (
    ElsewhereIdea,
    MergedAlready,
    feed_challenge,
    release_ideas,
)
from essor.challenges.actions.merging import (
    CannotMerge,
    TakesAll,
    merge_challenge,
    split_challenge,
)
from essor.challenges.models import Challenge, Feeding
from essor.evenings.models import Choice, Plan
from essor.harvest.models import Group, Placing
from essor.ledger.models import Entry
from essor.projects.models import Project
from tests.cast import (
    NOW,
    make_challenge,
    make_evening,
    make_harvest,
    make_idea,
    make_project,
    make_registration,
)


def kinds(idea) -> list[str]:
    return list(idea.fates.order_by("id").values_list("kind", flat=True))


def target(idea) -> str:
    return idea.fates.get(replaced_at=None).target_id


@pytest.fixture
def fed(cast):
    """A challenge that three ideas feed."""
    harvest = make_harvest(cast.valence)
    challenge = make_challenge(cast.valence, "Vergers")
    challenge.fed = [make_idea(harvest, f"Idée {n} sur les vergers") for n in range(3)]
    feed_challenge(challenge=challenge, ideas=challenge.fed, group="Fruits", by=None, at=NOW)
    return challenge


def merge(challenge, into):
    return merge_challenge(challenge=challenge, into=into, by=None, at=NOW)


def split(challenge, ideas):
    wording = Wording("Comment cueillir en ville ?", "Cueillir")
    return split_challenge(challenge=challenge, ideas=ideas, wording=wording, by=None, at=NOW)


def test_ideas_feed_a_challenge_once_and_their_fate_says_so(fed):
    feed_challenge(challenge=fed, ideas=fed.fed, by=None, at=NOW)
    assert fed.feedings.count() == 3
    assert kinds(fed.fed[0]) == ["awaited", "challenge"]
    assert Entry.objects.filter(verb="ideas_fed").count() == 1


def test_ideas_of_elsewhere_feed_nothing_here(cast, fed):
    theirs = make_idea(make_harvest(cast.jura))
    with pytest.raises(ElsewhereIdea):
        feed_challenge(challenge=fed, ideas=[theirs], by=None, at=NOW)


def test_an_idea_let_go_awaits_its_answer_again(fed):
    release_ideas(challenge=fed, ideas=fed.fed[:1], by=None, at=NOW)
    assert kinds(fed.fed[0]) == ["awaited", "challenge", "awaited"]
    assert Feeding.objects.filter(challenge=fed, ended_at=None).count() == 2


def test_merging_leads_the_address_on_and_keeps_every_trail(cast, fed):
    into = make_challenge(cast.valence, "Arbres")
    merge(fed, into)
    page = Client().get(f"/valence/challenges/{fed.public_id}/")
    assert page.headers["Location"] == f"/valence/challenges/{into.public_id}/"
    assert {target(idea) for idea in fed.fed} == {into.public_id}
    assert kinds(fed.fed[0]) == ["awaited", "challenge", "challenge"]
    shown = Client().get(f"/valence/challenges/{into.public_id}/").content.decode()
    assert "Né de 3 idées" in shown
    assert fed.question in shown  # what it was merged with is named
    assert {each.via_id for each in into.feedings.all()} == {fed.pk}
    fed.refresh_from_db()
    with pytest.raises(MoveNotAllowed):
        move_challenge(challenge=fed, state="open", by=None, at=NOW)


def test_merging_twice_and_into_itself_are_refused(cast, fed):
    into = make_challenge(cast.valence, "Arbres")
    merge(fed, into)
    with pytest.raises(MergedAlready):
        merge(Challenge.objects.get(pk=fed.pk), make_challenge(cast.valence, "Haies"))
    with pytest.raises(MergedAlready):
        merge(make_challenge(cast.valence, "Haies"), Challenge.objects.get(pk=fed.pk))


def test_what_was_merged_or_split_meanwhile_is_not_split_by_an_old_page(cast, fed):
    old = Challenge.objects.get(pk=fed.pk)
    split(fed, fed.fed[:1])
    with pytest.raises(ElsewhereIdea):
        split(old, fed.fed[:1])
    merge(fed, make_challenge(cast.valence, "Arbres"))
    with pytest.raises(MergedAlready):
        split(old, fed.fed[1:2])
    assert Feeding.objects.filter(idea=fed.fed[0], ended_at=None).count() == 1


@pytest.mark.parametrize(
    ("state", "into_state", "audience"),
    [("open", "open", "public"), ("draft", "open", "team"), ("draft", "draft", "team")],
)
def test_only_a_merge_of_two_that_everybody_knows_is_told_to_everybody(
    cast, state, into_state, audience
):
    merge(
        make_challenge(cast.valence, "Vergers", state=state),
        make_challenge(cast.valence, "Arbres", state=into_state),
    )
    assert Entry.objects.get(verb="challenge_merged").audience == audience


def test_an_address_that_everybody_knows_never_leads_to_a_draft(cast, fed):
    with pytest.raises(CannotMerge):
        merge(fed, make_challenge(cast.valence, "Brouillon", state="draft"))


def test_choices_of_people_go_along_once_each(cast, fed):
    into = make_challenge(cast.valence, "Arbres")
    evening = make_evening(cast.valence, challenges=1)
    evening.challenges.add(fed)
    one, both = make_registration(evening, "Inès"), make_registration(evening, "Omar")
    Choice.objects.create(registration=one, challenge=fed, rank=1)
    Choice.objects.create(registration=both, challenge=fed, rank=1)
    Choice.objects.create(registration=both, challenge=into, rank=2)
    merge(fed, into)
    assert list(
        Choice.objects.values_list("registration", "challenge").order_by("registration")
    ) == [
        (one.pk, into.pk),
        (both.pk, into.pk),
    ]
    assert into in evening.challenges.all()
    assert fed not in evening.challenges.all()


def test_a_seating_plan_holds_its_challenges(cast, fed):
    evening = make_evening(cast.valence, challenges=1)
    evening.challenges.add(fed)
    Plan.objects.create(evening=evening, document={}, made_at=NOW)
    address = f"/valence/challenges/{fed.public_id}/merger/"
    into = make_challenge(cast.valence, "Arbres")
    answer = cast.client("aicha").post(address, {"into": into.public_id})
    assert answer.status_code == 422
    assert "plan de tables" in answer.content.decode()
    fed.refresh_from_db()
    assert fed.merged_into is None


def test_a_split_takes_its_ideas_along_when_it_opens(fed):
    made = split(fed, fed.fed[:1])
    assert target(fed.fed[0]) == fed.public_id  # nobody is told of a draft
    move_challenge(challenge=made, state="open", by=None, at=NOW)
    assert target(fed.fed[0]) == made.public_id
    assert target(fed.fed[1]) == fed.public_id
    assert made.feedings.get().via == fed
    assert (
        "1 idée l’a nourri"
        in Client().get(f"/valence/challenges/{fed.public_id}/").content.decode()
    )


def test_a_split_leaves_something_and_takes_only_what_is_there(fed):
    with pytest.raises(TakesAll):
        split(fed, fed.fed)
    other = make_idea(fed.fed[0].harvest, "Tout autre chose")
    with pytest.raises(ElsewhereIdea):
        split(fed, [other])


def test_ideas_taken_back_are_counted_and_not_read(fed):
    fed.fed[0].state = "withdrawn"
    fed.fed[0].save()
    page = Client().get(f"/valence/challenges/{fed.public_id}/").content.decode()
    assert "Né de 3 idées" in page
    assert "Idée 0 sur les vergers" not in page
    assert "n’est plus lisible" in page


def test_bad_wording_from_a_group_loses_nothing(cast):
    harvest = make_harvest(cast.valence)
    group = Group.objects.create(harvest=harvest, name="Fruits", order=1, created_at=NOW)
    idea = make_idea(harvest, "Un verger public")
    Placing.objects.create(idea=idea, group=group, moved_at=NOW)
    form = f"/valence/challenges/wording/from/{group.public_id}/"
    aicha = cast.client("aicha")
    sent = {"question": "Comment … ?", "short": "Vergers", "track": "imagine", "ideas": []}
    answer = aicha.post(form, sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"question", "ideas"}
    looked = aicha.post(form, {**sent, "question": "Comment planter ?", "look": "yes"})
    assert looked.status_code == 200
    assert "Comment planter ?" in looked.content.decode()
    assert not Challenge.objects.exists()


# Elsewhere


def near_page(cast, challenge) -> str:
    address = f"/valence/challenges/{challenge.public_id}/elsewhere/"
    return cast.client("aicha").get(address).content.decode()


def test_close_work_shows_its_reason_its_source_and_no_more_than_its_tie(cast):
    challenge = make_challenge(cast.valence, question="Comment laver et réemployer le verre ?")
    make_project(
        cast.jura,
        "Laver et réemployer les bouteilles en verre",
        sut_link=Project.SutLink.REPORTED,
        sources=[{"label": "La Gazette", "url": "https://example.org/verre"}],
    )
    make_project(cast.jura, "Une crèche à horaires décalés")
    draft = make_project(cast.jura, "Réemployer le verre en secret", published_at=None)
    page = near_page(cast, challenge)
    assert "Laver et réemployer les bouteilles" in page
    assert "https://example.org/verre" in page
    assert str(Project.SutLink.REPORTED.label) in page
    assert "mots en commun" in page
    assert "crèche" not in page
    assert draft.title not in page
    assert f'id="w-{challenge.public_id}"' not in page


def test_what_the_team_did_is_noted_and_shown_when_it_says_so(cast, stranger):
    challenge = make_challenge(cast.valence, question="Comment réemployer le verre ?")
    work = make_project(cast.jura, "Réemployer le verre")
    address = f"/valence/challenges/{challenge.public_id}/elsewhere/"
    sent = {
        "kind": "project",
        "work": work.public_id,
        "note": "Appelés mardi.",
        "act": uuid.uuid4().hex,
    }
    aicha = cast.client("aicha")
    aicha.post(address, sent)
    assert "Appelés mardi." in aicha.get(address).content.decode()
    public = f"/valence/challenges/{challenge.public_id}/"
    assert "Réemployer le verre" not in stranger.get(public).content.decode()
    aicha.post(address, {**sent, "shown": "on", "act": uuid.uuid4().hex})
    page = stranger.get(public).content.decode()
    assert "Réemployer le verre" in page
    assert "Appelés mardi." not in page
    assert challenge.echoes.get().reason["code"] in {"both", "words", "meaning"}


def test_work_that_is_not_public_cannot_be_noted(cast):
    challenge = make_challenge(cast.valence)
    hidden = make_project(cast.jura, "Caché", published_at=None)
    with pytest.raises(NoSuchWork):
        note_echo(challenge=challenge, noted=Noted("project", hidden.public_id), by=None, at=NOW)


def test_new_work_is_found_without_starting_again(cast):
    challenge = make_challenge(cast.valence, question="Comment tisser la laine d’ici ?")
    assert "Filature de laine" not in near_page(cast, challenge)
    make_project(cast.jura, "Filature de laine, tisser ici")
    assert "Filature de laine" in near_page(cast, challenge)
