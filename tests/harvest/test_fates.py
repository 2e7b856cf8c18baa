"""What becomes of ideas: decided once or for many, kept as a trail, told once in a digest."""

from datetime import timedelta

import pytest
from django.test import Client

from essor.challenges.actions.feeding import feed_challenge
from essor.harvest.actions.fates import (
    Decision,
    JoinsItself,
    NeedsTarget,
    NeedsWords,
    OtherHarvest,
    decide_fates,
)
from essor.harvest.models import Fate, Group, Placing, Support, Telling
from essor.kit import clock
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.news.rounds import run_round
from tests.cast import NOW, make_challenge, make_harvest, make_idea

LATER, MERGED, DECLINED = Fate.Kind.LATER, Fate.Kind.MERGED, Fate.Kind.DECLINED
KEPT = Decision(LATER, why="Oui, et nous la gardons.")


def now_of(idea) -> Fate:
    return idea.fates.get(replaced_at=None)


def decide(*ideas, decision=KEPT, by=None, at=NOW):
    return decide_fates(ideas=ideas, decision=decision, by=by, at=at)


def tell(week: int = 1) -> int:
    """The digests that are due so many weeks from now; how many mails."""
    return run_round(at=clock.now() + timedelta(weeks=week))


# Deciding


def test_a_fate_replaces_the_one_before_and_keeps_it_as_trail(cast):
    idea = make_idea(make_harvest(cast.valence))
    awaited = now_of(idea)
    decide(idea, by=cast.aicha)
    awaited.refresh_from_db()
    assert awaited.replaced_at == NOW
    assert (now_of(idea).kind, now_of(idea).decided_by) == (LATER, cast.aicha)
    line = Entry.objects.get(verb="fate_decided")
    assert (line.of_id, line.data["kind"]) == (idea.public_id, "later")


def test_the_same_decision_twice_is_one(cast):
    idea = make_idea(make_harvest(cast.valence))
    decide(idea)
    assert decide(idea) == []
    assert idea.fates.count() == 2


def test_one_decision_for_many_skips_those_that_have_it(cast):
    harvest = make_harvest(cast.valence)
    ideas = [make_idea(harvest, f"Idée {n}") for n in range(5)]
    decide(ideas[0])
    assert len(decide(*ideas)) == 4


def test_opening_again_gives_a_new_date(cast):
    idea = make_idea(make_harvest(cast.valence, fate_days=30))
    decide(idea)
    decide(idea, decision=Decision(Fate.Kind.AWAITED), at=NOW + timedelta(days=10))
    assert now_of(idea).due_on == (NOW + timedelta(days=40)).date()


@pytest.mark.parametrize(
    ("decision", "refusal"),
    [
        (Decision(LATER), NeedsWords),
        (Decision(DECLINED, why="  "), NeedsWords),
        (Decision(MERGED), NeedsTarget),
        (Decision(Fate.Kind.CHALLENGE), NeedsTarget),
    ],
)
def test_a_fate_that_says_too_little_is_refused(cast, decision, refusal):
    idea = make_idea(make_harvest(cast.valence))
    with pytest.raises(refusal):
        decide(idea, decision=decision)
    assert now_of(idea).kind == "awaited"


def test_ideas_never_join_in_a_circle(cast):
    harvest = make_harvest(cast.valence)
    first, second, third = (make_idea(harvest, f"Idée {n}") for n in range(3))
    decide(first, decision=Decision(MERGED, merged_into=second))
    decide(second, decision=Decision(MERGED, merged_into=third))
    with pytest.raises(JoinsItself):
        decide(third, decision=Decision(MERGED, merged_into=first))
    with pytest.raises(JoinsItself):
        decide(third, decision=Decision(MERGED, merged_into=third))


def test_an_idea_joins_none_of_another_harvest(cast):
    idea = make_idea(make_harvest(cast.valence))
    theirs = make_idea(make_harvest(cast.jura))
    with pytest.raises(OtherHarvest):
        decide(idea, decision=Decision(MERGED, merged_into=theirs))


# Telling


def voices(cast, settings):
    """Denis gave an idea, Élodie stands behind it, Farid gave one that joined it."""
    settings.MAIL_BUDGET_PER_WEEK = 2
    harvest = make_harvest(cast.valence)
    idea = make_idea(harvest, "Un verger", author=cast.denis)
    Support.objects.create(idea=idea, person=cast.elodie, at=NOW)
    twin = make_idea(harvest, "Des arbres fruitiers", author=cast.farid)
    decide(twin, decision=Decision(MERGED, merged_into=idea))
    Fate.objects.filter(kind=MERGED).update(told_at=NOW)
    return idea


def digests(person) -> list[Mail]:
    return list(Mail.objects.filter(person=person.public_id, key__startswith="digest:"))


def test_author_supporter_and_who_joined_are_told_once(cast, settings):
    idea = voices(cast, settings)
    decide(idea, by=cast.aicha)
    assert tell() == 3
    assert tell(2) == 0
    for person in (cast.denis, cast.elodie, cast.farid):
        (mail,) = digests(person)
        assert "Oui, et nous la gardons." in mail.text
        assert mail.unsubscribe_url
        assert mail.kind == Mail.Kind.NEWS
    assert now_of(idea).told_at is not None


def test_many_fates_are_one_digest(cast, settings):
    harvest = make_harvest(cast.valence)
    decide(*(make_idea(harvest, f"Idée {n}", author=cast.denis) for n in range(7)))
    assert tell() == 1
    (mail,) = digests(cast.denis)
    assert all(f"« Idée {n} »" in " ".join(mail.text.split()) for n in range(7))
    assert Telling.objects.filter(person=cast.denis).count() == 7


def test_a_spent_week_waits_and_drops_nothing(cast, settings):
    settings.MAIL_BUDGET_PER_WEEK = 0
    decide(make_idea(make_harvest(cast.valence), author=cast.denis))
    assert tell() == 0
    assert not Mail.objects.filter(key__startswith="digest:").exists()
    settings.MAIL_BUDGET_PER_WEEK = 2
    assert tell(2) == 1


def test_whoever_wants_no_news_gets_none_and_nobody_waits_for_them(cast, settings):
    cast.denis.no_news = True
    cast.denis.save()
    idea = make_idea(make_harvest(cast.valence), author=cast.denis)
    decide(idea)
    assert tell() == 0
    assert now_of(idea).told_at is not None


def test_a_fate_may_be_mended_before_anybody_hears_of_it(cast, settings):
    idea = make_idea(make_harvest(cast.valence), author=cast.denis)
    decide(idea, at=clock.now())
    assert tell(0) == 0
    assert now_of(idea).told_at is None


def test_a_draft_challenge_is_told_to_nobody(cast, settings):
    idea = make_idea(make_harvest(cast.valence), author=cast.denis)
    draft = make_challenge(cast.valence, state="draft")
    target = Decision(Fate.Kind.CHALLENGE, target_type="challenge", target_id=draft.public_id)
    decide(idea, decision=target)
    assert tell() == 0
    draft.state = "open"
    draft.save()
    assert tell(2) == 1
    assert draft.question in digests(cast.denis)[0].text


# Pages


def test_public_page_counts_honestly_and_hides_what_is_hidden(cast):
    harvest = make_harvest(cast.valence)
    make_idea(harvest, "Une idée qui attend trop")
    Fate.objects.update(due_on=NOW.date() - timedelta(days=400))
    decide(make_idea(harvest, "Une idée gardée"))
    make_idea(harvest, "Une idée cachée", state="hidden")
    page = Client().get("/valence/harvest/outcomes/?kind=awaited").content.decode()
    assert "idée sur 2 a sa réponse" in page
    assert "idée attend plus longtemps que promis" in page
    assert "Une idée qui attend trop" in page
    assert "Une idée cachée" not in page


def test_silent_time_tells_nothing_of_the_ideas(cast):
    make_idea(make_harvest(cast.valence, show_ideas=False), "Un secret pour l’instant")
    page = Client().get("/valence/harvest/outcomes/").content.decode()
    assert "Un secret" not in page


def test_outcomes_cost_the_same_for_two_and_for_twenty(cast, django_assert_max_num_queries):
    harvest = make_harvest(cast.valence)
    challenge = make_challenge(cast.valence)
    ideas = [make_idea(harvest, f"Idée {n}") for n in range(20)]
    feed_challenge(challenge=challenge, ideas=ideas, by=None, at=NOW)
    address = "/valence/harvest/outcomes/?kind=challenge"
    with django_assert_max_num_queries(14):
        page = Client().get(address).content.decode()
    assert challenge.question in page.replace("\xa0", " ")


def test_host_answers_a_whole_group_starting_from_suggested_words(cast):
    harvest = make_harvest(cast.valence)
    group = Group.objects.create(harvest=harvest, name="Vergers", order=1, created_at=NOW)
    ideas = [make_idea(harvest, f"Verger {n}") for n in range(3)]
    Placing.objects.bulk_create(Placing(idea=each, group=group, moved_at=NOW) for each in ideas)
    aicha = cast.client("aicha")
    desk = f"/valence/harvest/{harvest.public_id}/fates/?group={group.public_id}"
    keys = [idea.public_id for idea in ideas]
    begun = aicha.post(desk, {"start": "declined:1", "chosen": keys[:2]})
    assert begun.status_code == 200
    assert "nous lui avons transmis vos mots" in begun.content.decode()
    assert now_of(ideas[0]).kind == "awaited"  # nothing is kept before a human's yes
    aicha.post(
        desk, {"kind": "declined", "why": "Oui, et la commune s’en charge.", "chosen": keys[:2]}
    )
    assert [now_of(idea).kind for idea in ideas] == ["declined", "declined", "awaited"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"kind": "declined"}, "why"),
        ({"kind": "merged"}, "into"),
        ({"kind": "merged", "into": "https://essor.example/nowhere/"}, "into"),
        ({"why": "Parce que"}, "kind"),
        ({"kind": "later", "why": "Oui, et", "due_on": "demain"}, "due_on"),
    ],
)
def test_bad_answer_comes_back_at_its_field(cast, sent, field):
    harvest = make_harvest(cast.valence)
    idea = make_idea(harvest)
    address = f"/valence/harvest/{harvest.public_id}/ideas/{idea.public_id}/fate/"
    answer = cast.client("aicha").post(address, sent)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert now_of(idea).kind == "awaited"


def test_merging_by_the_address_of_the_other_idea(cast):
    harvest = make_harvest(cast.valence)
    idea, into = make_idea(harvest, "Un verger"), make_idea(harvest, "Des arbres fruitiers")
    base = f"/valence/harvest/{harvest.public_id}/ideas/"
    aicha = cast.client("aicha")
    sent = {"kind": "merged", "into": f"http://testserver{base}{into.public_id}/"}
    aicha.post(f"{base}{idea.public_id}/fate/", sent)
    assert now_of(idea).merged_into == into
    assert "Un verger" in Client().get(f"{base}{into.public_id}/").content.decode()


def test_host_desk_and_my_space_tell_what_is_due(cast):
    harvest = make_harvest(cast.valence)
    idea = make_idea(harvest, "Mon verger à moi", author=cast.denis)
    Fate.objects.filter(idea=idea).update(due_on=NOW.date() - timedelta(days=400))
    assert (
        "1 idée attend plus longtemps"
        in cast.client("aicha").get("/valence/desk/").content.decode()
    )
    mine = cast.client("denis").get("/me/").content.decode()
    assert "Mon verger à moi" in mine
    assert "attendue" in mine


def test_what_waits_longest_is_told_first(cast):
    harvest = make_harvest(cast.valence)
    late, fresh = make_idea(harvest, "Attend depuis avril"), make_idea(harvest, "Dite hier")
    Fate.objects.filter(idea=late).update(due_on=NOW.date() - timedelta(days=200))
    page = Client().get("/valence/harvest/outcomes/?kind=awaited").content.decode()
    assert page.index(late.text) < page.index(fresh.text)


def test_an_idea_page_names_its_challenge_once(cast):
    harvest = make_harvest(cast.valence)
    idea, challenge = make_idea(harvest), make_challenge(cast.valence)
    feed_challenge(challenge=challenge, ideas=[idea], by=None, at=NOW)
    address = f"/valence/harvest/{harvest.public_id}/ideas/{idea.public_id}/"
    assert Client().get(address).content.decode().count(challenge.question) == 1
