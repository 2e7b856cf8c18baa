"""The host's pages about the ideas behind a challenge: wording from a group, adding, parting."""

import uuid

import pytest

from essor.challenges.actions.feeding import feed_challenge
from essor.challenges.models import Challenge, Feeding
from essor.harvest.models import Group, Placing
from essor.territories.models import Role
from tests.cast import NOW, Cast, make_challenge, make_harvest, make_idea

pytestmark = pytest.mark.django_db


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def a_group(territory, name: str = "Fruits", ideas: int = 2, **fields) -> Group:
    harvest = make_harvest(territory)
    group = Group.objects.create(harvest=harvest, name=name, order=1, created_at=NOW, **fields)
    for n in range(ideas):
        idea = make_idea(harvest, f"{name} {n} pour le quartier")
        Placing.objects.create(idea=idea, group=group, moved_at=NOW)
    return group


def ideas_of(group: Group) -> list[str]:
    return list(group.placings.order_by("id").values_list("idea__public_id", flat=True))


def fed_by(challenge: Challenge) -> list[str]:
    kept = Feeding.objects.filter(challenge=challenge, ended_at=None)
    return list(kept.order_by("idea_id").values_list("idea__public_id", flat=True))


@pytest.fixture
def fed(cast: Cast) -> Challenge:
    """A challenge that three ideas feed."""
    challenge, harvest = make_challenge(cast.valence, "Vergers"), make_harvest(cast.valence)
    ideas = [make_idea(harvest, f"Idée {n} sur les vergers") for n in range(3)]
    feed_challenge(challenge=challenge, ideas=ideas, group="Fruits", by=None, at=NOW)
    return challenge


def url(challenge: Challenge, page: str = "") -> str:
    place = f"/valence/challenges/{challenge.public_id}/"
    return f"{place}{page}/" if page else place


def test_a_group_becomes_one_draft_with_the_ideas_that_were_ticked(cast):
    group = a_group(cast.valence)
    first, _ = ideas_of(group)
    address = f"/valence/challenges/wording/from/{group.public_id}/"
    host = cast.client("aicha")
    shown = host.get(address).content.decode()
    assert "Fruits 0 pour le quartier" in shown
    assert "Fruits 1 pour le quartier" in shown

    form = act(question="Comment cueillir en ville ?", short="Fruits", track="imagine",
               ideas=[first])  # fmt: skip
    answer, again = host.post(address, form), host.post(address, form)

    (draft,) = Challenge.objects.all()
    assert (draft.state, draft.question) == ("draft", "Comment cueillir en ville ?")
    assert fed_by(draft) == [first]
    assert answer.headers["Location"] == again.headers["Location"] == url(draft, "elsewhere")


def test_an_idea_that_is_not_of_the_group_feeds_nothing_and_the_wording_stays(cast):
    group, theirs = a_group(cast.valence), a_group(cast.jura, "Ailleurs")
    answer = cast.client("aicha").post(
        f"/valence/challenges/wording/from/{group.public_id}/",
        act(question="Comment cueillir ?", short="F", track="imagine", ideas=ideas_of(theirs)),
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["ideas"]
    assert "Comment cueillir ?" in answer.content.decode()
    assert not Challenge.objects.exists()


def test_a_group_of_elsewhere_or_no_longer_on_the_table_is_not_found(cast):
    taken_away = a_group(cast.valence, removed=True)
    for group in (a_group(cast.jura, "Ailleurs"), taken_away):
        page = cast.client("aicha").get(f"/valence/challenges/wording/from/{group.public_id}/")
        assert page.status_code == 404


def test_ideas_of_one_more_group_are_added_once(cast, fed):
    group, host = a_group(cast.valence), cast.client("aicha")
    form = act(group=group.public_id)
    for _ in range(2):
        assert host.post(url(fed, "ideas"), form).headers["Location"] == url(fed, "ideas")
    assert len(fed_by(fed)) == 5
    assert "Fruits 1 pour le quartier" in host.get(url(fed, "ideas")).content.decode()


@pytest.mark.parametrize("named", ["", "nosuchgroup", "of jura"])
def test_a_group_that_is_none_is_refused_at_its_field(cast, fed, named):
    group = a_group(cast.jura).public_id if named == "of jura" else named
    answer = cast.client("aicha").post(url(fed, "ideas"), act(group=group))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["group"]
    assert len(fed_by(fed)) == 3


def test_an_idea_let_go_twice_is_let_go_once_and_the_second_look_is_no_error(cast, fed):
    leaving, host = fed_by(fed)[0], cast.client("aicha")
    tap = act(release=leaving)
    for _ in range(2):
        assert host.post(url(fed, "ideas"), tap).headers["Location"] == url(fed, "ideas")
    assert leaving not in fed_by(fed)
    late = host.post(url(fed, "ideas"), act(release=leaving))  # from a page that was open
    assert late.status_code == 422
    assert len(fed_by(fed)) == 2


def test_some_ideas_become_a_second_challenge_of_their_own(cast, fed):
    parting = fed_by(fed)[:2]
    form = act(question="Comment presser ?", short="Presser", ideas=parting)
    host = cast.client("aicha")
    answer, again = host.post(url(fed, "split"), form), host.post(url(fed, "split"), form)
    second = Challenge.objects.exclude(pk=fed.pk).get()
    assert answer.headers["Location"] == again.headers["Location"] == url(second)
    assert (fed_by(second), len(fed_by(fed))) == (parting, 1)
    assert list(second.neighbours.all()) == [fed]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"question": "Presser des pommes"}, "question"),
        ({"question": "Comment … ?"}, "question"),
        ({"short": ""}, "short"),
        ({"ideas": []}, "ideas"),
        ({"ideas": "all"}, "ideas"),
    ],
)
def test_a_split_that_is_none_says_why_at_its_field_and_loses_nothing(cast, fed, change, field):
    sent = {"question": "Comment presser ?", "short": "Presser", "ideas": fed_by(fed)[:1], **change}
    sent["ideas"] = fed_by(fed) if sent["ideas"] == "all" else sent["ideas"]
    answer = cast.client("aicha").post(url(fed, "split"), act(**sent))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert sent["question"] in answer.content.decode()
    assert (Challenge.objects.count(), len(fed_by(fed))) == (1, 3)


def test_merging_twice_leads_on_and_merges_once(cast, fed):
    into, other = make_challenge(cast.valence, "Cantines"), make_challenge(cast.jura, "Ailleurs")
    host = cast.client("aicha")
    elsewhere = host.post(url(fed, "merger"), act(into=other.public_id))
    assert (elsewhere.status_code, list(elsewhere.context["form"].errors)) == (422, ["into"])
    itself = host.post(url(fed, "merger"), act(into=fed.public_id))
    assert list(itself.context["form"].errors) == ["into"]

    form = act(into=into.public_id)
    for _ in range(2):
        assert host.post(url(fed, "merger"), form).headers["Location"] == url(into)
    assert len(fed_by(into)) == 3


@pytest.mark.parametrize("page", ["ideas", "merger", "split"])
def test_a_host_of_elsewhere_and_a_facilitator_find_nothing(cast, fed, page):
    Role.objects.filter(person=cast.aicha).update(kind="facilitator")
    for name in ("hugo", "aicha", None):
        assert cast.client(name).get(url(fed, page)).status_code == 404
