"""What a challenge holds on to (ideas, neighbours, hosts, echoes) is its own, and nobody else's."""

import uuid

import pytest

from essor.challenges.actions import (
    ElsewhereNeighbour,
    Host,
    Wording,
    move_challenge,
    rewrite_challenge,
    word_challenge,
)
from essor.challenges.actions.echoes import Noted, note_echo
from essor.challenges.actions.feeding import (
    MergedAlready,
    feed_challenge,
    feeding_ideas,
    pass_on,
    release_ideas,
)
from essor.challenges.actions.merging import merge_challenge, split_challenge
from essor.challenges.digests import public, things
from essor.challenges.models import Challenge, Feeding
from essor.challenges.nearby import near_to
from essor.challenges.provenance import challenges_fed_by, find_targets
from essor.harvest.models import Group, Idea, Placing
from essor.ledger.models import Entry
from essor.territories.models import Theme
from tests.cast import NOW, Cast, make_challenge, make_harvest, make_idea, make_project, person

pytestmark = pytest.mark.django_db
WORDING = Wording("Comment cueillir en ville ?", "Cueillir")


def feed(challenge: Challenge, *ideas: Idea) -> None:
    feed_challenge(challenge=challenge, ideas=ideas, by=None, at=NOW)


def release(challenge: Challenge, *ideas: Idea) -> int:
    return release_ideas(challenge=challenge, ideas=ideas, by=None, at=NOW)


def merge(challenge: Challenge, into: Challenge) -> None:
    merge_challenge(challenge=challenge, into=into, by=None, at=NOW)


def fate(idea: Idea) -> tuple[str, str]:
    now = idea.fates.get(replaced_at=None)
    return now.kind, now.target_id


@pytest.fixture
def two(cast: Cast) -> tuple[Challenge, Challenge, Idea]:
    """Two challenges that one idea feeds, first the one, then the other."""
    first, second = make_challenge(cast.valence, "Vergers"), make_challenge(cast.valence, "Haies")
    idea = make_idea(make_harvest(cast.valence))
    feed(first, idea)
    feed(second, idea)
    return first, second, idea


# Ideas


def test_an_idea_may_feed_two_challenges_and_its_fate_names_the_last(two):
    first, second, idea = two
    assert (feeding_ideas(first), feeding_ideas(second)) == ([idea], [idea])
    assert fate(idea) == ("challenge", second.public_id)


def test_letting_an_idea_go_from_one_challenge_leaves_it_to_the_other(two):
    first, second, idea = two
    assert release(first, idea) == 1
    assert (feeding_ideas(first), feeding_ideas(second)) == ([], [idea])
    assert fate(idea) == ("challenge", second.public_id)  # it was not the first one's any more


def test_letting_go_what_feeds_nothing_here_changes_nothing(cast, two):
    first, _second, idea = two
    release(first, idea)
    lines = Entry.objects.count()
    ended = Feeding.objects.get(challenge=first).ended_at
    again = release_ideas(challenge=first, ideas=[idea], by=cast.aicha, at=NOW.replace(year=2027))
    assert again == 0
    assert (Entry.objects.count(), Feeding.objects.get(challenge=first).ended_at) == (lines, ended)


def test_an_idea_that_was_let_go_may_come_back(two):
    first, _second, idea = two
    release(first, idea)
    feed(first, idea)
    assert feeding_ideas(first) == [idea]
    assert first.feedings.count() == 2  # its trail keeps both


def test_who_fed_and_how_many_ideas_is_on_the_record(cast):
    challenge, idea = make_challenge(cast.valence), make_idea(make_harvest(cast.valence))
    feed_challenge(challenge=challenge, ideas=[idea, idea], by=cast.aicha, at=NOW)
    assert challenge.feedings.get().by == cast.aicha
    release_ideas(challenge=challenge, ideas=[idea], by=cast.aicha, at=NOW)
    told = Entry.objects.filter(of_type="challenge").order_by("id")
    assert [(line.verb, line.audience, line.data["ideas"]) for line in told] == [
        ("ideas_fed", "team", 1),
        ("ideas_released", "team", 1),
    ]


def test_an_idea_that_became_a_project_stays_one_when_it_also_feeds_a_challenge(cast, two):
    _first, second, idea = two
    project = make_project(cast.valence)
    pass_on(challenges=[second], project=project, by=None, at=NOW)
    assert fate(idea) == ("project", project.public_id)
    third = make_challenge(cast.valence, "Arbres")
    feed(third, idea)
    assert feeding_ideas(third) == [idea]
    assert fate(idea) == ("project", project.public_id)
    assert release(second, idea) == 1
    assert fate(idea) == ("project", project.public_id)


def test_a_project_takes_along_the_ideas_of_its_challenges_alone(cast, two):
    first, second, idea = two
    other = make_idea(idea.harvest, "Une laverie")
    feed(make_challenge(cast.valence, "Laver"), other)
    awaited = make_idea(idea.harvest, "Un four")
    project = make_project(cast.valence)
    pass_on(challenges=[first], project=project, by=None, at=NOW)  # its fate is the second one
    assert fate(idea) == ("challenge", second.public_id)
    pass_on(challenges=[first, second], project=project, by=None, at=NOW)
    assert fate(idea) == ("project", project.public_id)
    assert fate(other)[0] == "challenge"
    assert fate(awaited)[0] == "awaited"


def test_no_idea_is_given_to_a_challenge_that_joined_another(cast, two):
    first, second, idea = two
    late = make_idea(idea.harvest, "Un verger tardif")
    group = Group.objects.create(harvest=idea.harvest, name="Fruits", order=1, created_at=NOW)
    Placing.objects.create(idea=late, group=group, moved_at=NOW)
    merge(first, second)
    with pytest.raises(MergedAlready):
        feed(first, late)
    answer = cast.client("aicha").post(
        f"/valence/challenges/{first.public_id}/ideas/",
        {"group": group.public_id, "act": uuid.uuid4().hex},
    )
    assert answer.status_code == 422
    assert "a rejoint un autre" in answer.content.decode()
    assert fate(late)[0] == "awaited"


# What an idea's page, a fate and a digest may say


def test_a_draft_shows_at_its_idea_to_the_team_alone(cast, two):
    first, second, idea = two
    draft = make_challenge(cast.valence, "En secret", state="draft")
    feed(draft, idea)
    elsewhere = make_idea(idea.harvest, "Une autre idée")
    feed(make_challenge(cast.valence, "Autre"), elsewhere)

    def named(*, for_team: bool) -> list[Challenge]:
        return [feeding.challenge for feeding in challenges_fed_by(idea, for_team=for_team)]

    assert named(for_team=False) == [first]  # the second one stands as its fate already
    assert named(for_team=True) == [draft, first]
    release(second, idea)
    assert named(for_team=False) == [second, first]  # ended: said as what it fed before


@pytest.mark.parametrize(
    "named",
    [
        lambda keys: list(find_targets(keys)),
        lambda keys: list(things(keys)),
        public,
    ],
    ids=["fates", "digests", "followers"],
)
def test_a_name_is_given_to_what_was_asked_for_and_to_no_draft(cast, named):
    shown, _other = make_challenge(cast.valence), make_challenge(cast.valence)
    draft = make_challenge(cast.valence, state="draft")
    assert named([shown.public_id, draft.public_id]) == [shown.public_id]


@pytest.mark.parametrize(
    "kept_back",
    [{"state": "draft"}, {"merged": True}, {"rehearsal": True}],
    ids=["a draft", "a merged one", "a rehearsal's"],
)
def test_what_is_not_everybodys_is_near_to_nothing(cast, kept_back):
    question = "Comment tisser la laine d’ici ?"
    state = kept_back.get("state", "open")
    found = make_challenge(cast.jura, "Laine", question=question, state=state)
    if "merged" in kept_back:
        found.merged_into = make_challenge(cast.jura, "Vélos")
        found.save()
    cast.jura.rehearsal = "rehearsal" in kept_back
    cast.jura.save()
    assert [near.work.key for near in near_to(question, territory=cast.valence)] == []


def test_a_near_challenge_says_where_it_is(cast):
    question = "Comment tisser la laine d’ici ?"
    here = make_challenge(cast.valence, "Laine", question=question)
    there = make_challenge(cast.jura, "Laine", question=question)
    near = {each.work.key: each for each in near_to(question, territory=cast.valence)}
    assert (near[here.public_id].here, near[there.public_id].here) == (True, False)
    assert near[there.public_id].why == "les mêmes mots"


def test_neighbours_that_are_drafts_are_for_the_team(cast, stranger):
    challenge = make_challenge(cast.valence, "Vergers")
    challenge.neighbours.add(make_challenge(cast.valence, "Secrètes", state="draft"))
    challenge.neighbours.add(make_challenge(cast.valence, "Haies"))
    address = f"/valence/challenges/{challenge.public_id}/"
    page, teams = stranger.get(address), cast.client("bruno").get(address)
    assert ("Haies" in page.content.decode(), "Secrètes" in page.content.decode()) == (True, False)
    assert "Secrètes" in teams.content.decode()


# Merging and splitting


@pytest.mark.parametrize("other", ["itself", "of jura"])
def test_a_challenge_joins_neither_itself_nor_one_of_elsewhere(cast, two, other):
    first, _second, idea = two
    with pytest.raises(ElsewhereNeighbour):
        merge(first, first if other == "itself" else make_challenge(cast.jura))
    assert feeding_ideas(first) == [idea]


def test_neighbours_go_along_with_a_merge_and_nobody_becomes_their_own(cast, two):
    first, second, _idea = two
    third = make_challenge(cast.valence, "Arbres")
    first.neighbours.set([second, third])
    merge(first, second)
    assert list(second.neighbours.all()) == [third]
    assert list(third.neighbours.all()) == [second]
    assert not first.neighbours.exists()


def test_what_joined_a_challenge_before_goes_along_when_it_joins_another(cast, two, stranger):
    first, second, idea = two
    last = make_challenge(cast.valence, "Arbres")
    bystander = make_challenge(cast.valence, "Laver")
    merge(first, second)
    second.refresh_from_db()
    merge(second, last)
    page = stranger.get(f"/valence/challenges/{first.public_id}/")
    assert page.headers["Location"] == f"/valence/challenges/{last.public_id}/"
    assert feeding_ideas(last) == [idea]
    assert not Feeding.objects.exclude(challenge=last).filter(ended_at=None).exists()
    bystander.refresh_from_db()
    assert bystander.merged_into is None


def test_a_merge_keeps_the_day_on_which_an_idea_was_let_go_before(cast, two):
    first, second, idea = two
    gone = make_idea(idea.harvest, "Une pelouse")
    feed(first, gone)
    release(first, gone)
    merge_challenge(challenge=first, into=second, by=None, at=NOW.replace(year=2027))
    assert first.feedings.get(idea=gone).ended_at == NOW
    assert gone not in feeding_ideas(second)


def test_a_split_takes_an_idea_from_this_challenge_and_from_no_other(cast, two):
    first, second, idea = two
    feed(first, make_idea(idea.harvest, "Une haie"))
    made = split_challenge(challenge=first, ideas=[idea], wording=WORDING, by=cast.aicha, at=NOW)
    assert idea not in feeding_ideas(first)
    assert idea in feeding_ideas(second)
    assert feeding_ideas(made) == [idea]
    told = Entry.objects.get(verb="challenge_split")
    assert (told.of_id, told.data) == (first.public_id, {"into": made.public_id, "ideas": 1})


# Words and moves


def test_rewording_changes_the_words_the_themes_and_what_the_ledger_tells(cast):
    food, ride = Theme.objects.get(code="alimentation"), Theme.objects.get(code="mobilite")
    first = Wording("Comment manger ?", "Manger", capacity=20, themes=[food])
    challenge = word_challenge(territory=cast.valence, wording=first, by=cast.aicha, at=NOW)
    second = Wording("Comment rouler ?", "Rouler", context="Dit par tous.", themes=[ride])
    rewrite_challenge(challenge=challenge, wording=second, by=cast.aicha, at=NOW)
    kept = Challenge.objects.get()
    assert (kept.question, kept.short, kept.context) == (
        "Comment rouler ?", "Rouler", "Dit par tous.",
    )  # fmt: skip
    assert (kept.capacity, list(kept.themes.all()), kept.state) == (None, [ride], "draft")
    assert Entry.objects.filter(verb="rewritten").count() == 1


def test_a_challenge_is_never_its_own_neighbour(cast):
    challenge = make_challenge(cast.valence)
    near = make_challenge(cast.valence, "Haies")
    wording = Wording("Comment ?", "C", neighbours=[challenge, near])
    rewrite_challenge(challenge=challenge, wording=wording, by=cast.aicha, at=NOW)
    assert list(challenge.neighbours.all()) == [near]


@pytest.mark.parametrize(("to", "audience"), [("closed", "public"), ("draft", "team")])
def test_taking_a_challenge_back_is_told_to_the_team_alone(cast, to, audience):
    move_challenge(challenge=make_challenge(cast.valence), state=to, by=cast.aicha, at=NOW)
    assert Entry.objects.get().audience == audience


def test_hosts_without_an_address_are_never_taken_for_one_another(cast):
    nobody = person("Inès", last_name="Martin")
    theirs = person("Jo", email="jo@example.org")
    theirs.erased_at = NOW
    theirs.save()
    hosts = [Host("Inès Martin"), Host("Jo", "jo@example.org"), Host("INES martin")]
    wording = Wording("Comment ?", "C", track="boost", hosts=hosts)
    challenge = word_challenge(territory=cast.valence, wording=wording, by=cast.aicha, at=NOW)
    found = set(challenge.hosts.all())
    assert len(found) == 3
    assert not found & {nobody, theirs}
    rewrite_challenge(challenge=challenge, wording=wording, by=cast.aicha, at=NOW)
    assert set(challenge.hosts.all()) <= found  # under these names they are known by now


def form_of(cast: Cast, address: str, **given: str):
    """The form of a page as a host would get it back, its fields filled with ``given``."""
    sent = {"question": "Comment ?", "short": "C", "track": "boost", "hosts": "Inès", **given}
    return cast.client("aicha").post(address, {**sent, "act": uuid.uuid4().hex})


@pytest.mark.parametrize(
    ("field", "line", "most"),
    [("hosts", "Inès {} i{}@example.org", 8), ("sources", "Journal {} https://example.org/{}", 20)],
)
def test_as_many_lines_as_there_is_room_for_and_no_more(cast, field, line, most):
    lines = [line.format(n, n) for n in range(most + 1)]
    address = "/valence/challenges/wording/"
    answer = form_of(cast, address, **{field: "\n".join(lines)})
    assert list(answer.context["form"].errors) == [field]
    assert str(most) in answer.content.decode()
    assert form_of(cast, address, **{field: "\n".join(lines[1:])}).status_code == 302
    challenge = Challenge.objects.get()
    kept = challenge.hosts.all() if field == "hosts" else challenge.sources
    assert len(kept) == most


@pytest.mark.parametrize(
    ("line", "label", "url"),
    [
        ("https://example.org/a", "example.org", "https://example.org/a"),
        ("La Gazette : https://example.org/a", "La Gazette", "https://example.org/a"),
        ("https://example.org/" + "a" * 900, "example.org", "https://example.org/" + "a" * 900),
    ],
    ids=["an address alone", "a name before it", "a long one, whole"],
)
def test_a_source_is_a_name_and_an_address_that_still_leads_there(cast, line, label, url):
    form_of(cast, "/valence/challenges/wording/", sources=line)
    assert Challenge.objects.get().sources == [{"label": label, "url": url}]


# What forms offer


def offered(cast: Cast, challenge: Challenge, page: str, field: str) -> set[str]:
    address = f"/valence/challenges/{challenge.public_id}/{page}/"
    found = cast.client("aicha").get(address).context["form"].fields[field].queryset
    return {str(each) for each in found}


def test_only_what_may_be_chosen_is_offered(cast):
    challenge = make_challenge(cast.valence, "Vergers")
    make_challenge(cast.jura, "Comté")
    make_challenge(cast.valence, "Haies")
    old = make_challenge(cast.valence, "Vieux", state="closed")
    make_challenge(cast.valence, "Oublié", state="closed")
    make_challenge(cast.valence, "Fondu", state="closed", merged_into=old)
    challenge.neighbours.add(old)
    assert offered(cast, challenge, "wording", "neighbours") == {"Haies", "Vieux"}
    assert offered(cast, challenge, "merger", "into") == {"Haies", "Vieux", "Oublié"}


def test_groups_that_still_ask_for_words_are_offered_and_no_others(cast):
    def group(name: str, harvest=None, state: str = "shown", **fields) -> Idea:
        harvest = harvest or make_harvest(cast.valence)
        made = Group.objects.create(harvest=harvest, name=name, order=1, created_at=NOW, **fields)
        idea = make_idea(harvest, f"Idée de {name}", state=state)
        Placing.objects.create(idea=idea, group=made, moved_at=NOW)
        return idea

    group("Fruits")
    group("Comté", make_harvest(cast.jura))
    group("Enlevé", removed=True)
    group("Garé", parked=True)
    group("Caché", state="hidden")
    group("Fondu", merged_into=Group.objects.get(name="Fruits"))
    challenge = make_challenge(cast.valence)
    feed(challenge, group("Dit"))
    host = cast.client("aicha")
    shown = host.get("/valence/challenges/wording/").context["groups"]
    assert [each.name for each in shown] == ["Fruits"]
    more = host.get(f"/valence/challenges/{challenge.public_id}/ideas/").context["form"]
    assert set(more.fields["group"].queryset.values_list("name", flat=True)) == {
        "Fruits", "Garé", "Caché", "Dit",
    }  # fmt: skip
    for name in ("Fondu", "Enlevé", "Comté"):
        key = Group.objects.get(name=name).public_id
        assert host.get(f"/valence/challenges/wording/from/{key}/").status_code == 404


# What the team noted


def test_the_same_note_twice_is_one_line_and_another_note_is_another(cast):
    challenge, other = make_challenge(cast.valence), make_challenge(cast.valence, "Haies")
    work = make_project(cast.jura)

    def note(words: str, of: Challenge = challenge, **said):
        noted = Noted("project", work.public_id, words, **said)
        return note_echo(challenge=of, noted=noted, by=cast.aicha, at=NOW)

    first = note("Appelés mardi.")
    assert note(" Appelés mardi. ") == first
    assert note("Appelés mardi.", of=other) != first
    assert note("Appelés mardi.", shown=True) == first
    assert (first.by, first.note) == (cast.aicha, "Appelés mardi.")
    assert Entry.objects.filter(verb="echo_noted").count() == 3
    assert {echo.shown for echo in challenge.echoes.all()} == {True}
