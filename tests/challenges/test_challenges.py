"""Challenges: worded by hosts, seen by all once open, with who wants them never in small numbers."""

import pytest

from essor.challenges.actions import (
    ElsewhereNeighbour,
    Host,
    MoveNotAllowed,
    Wording,
    move_challenge,
    rewrite_challenge,
    word_challenge,
)
from essor.challenges.models import Challenge
from essor.evenings.models import Choice, Registration
from essor.ledger.models import Entry
from essor.people.models import Person
from essor.territories.models import Theme
from tests.cast import NOW, make_challenge, make_evening, make_registration

WRITTEN = {
    "question": "Comment manger local à la cantine ?",
    "short": "Cantines",
    "track": "imagine",
    "context": "Dit par quarante parents.",
    "sources": "Rue89, 2017 https://example.org/cantines",
    "checks": ["enterprise", "new"],
}


def word(client, **changes):
    return client.post("/valence/challenges/wording/", {**WRITTEN, **changes})


def board_seen_by(client, query=""):
    return client.get(f"/valence/challenges/{query}").content.decode()


def wanted_by(evening, challenge, count, state=Registration.State.REGISTERED):
    for number in range(count):
        registration = make_registration(evening, f"Personne {number}", state=state)
        Choice.objects.create(registration=registration, challenge=challenge, rank=1)


# Wording


def test_host_words_a_challenge_that_stays_a_draft_for_the_team(cast, stranger):
    food = Theme.objects.get(code="alimentation")
    near = make_challenge(cast.valence, "Jardins")
    answer = word(cast.client("aicha"), themes=[food.pk], neighbours=[near.pk], capacity="40")
    challenge = Challenge.objects.get(short="Cantines")
    address = f"/valence/challenges/{challenge.public_id}/"
    assert answer.headers["Location"] == address
    assert challenge.state == "draft"
    assert challenge.sources == [{"label": "Rue89, 2017", "url": "https://example.org/cantines"}]
    assert challenge.checks == ["enterprise", "new"]
    assert challenge.capacity == 40
    assert list(near.neighbours.all()) == [challenge]  # both ways
    assert Entry.objects.get(verb="worded").of_id == challenge.public_id
    assert stranger.get(address).status_code == 404
    assert cast.client("bruno").get(address).status_code == 200
    assert "Comment manger local" not in board_seen_by(stranger)
    assert "Comment manger local" in board_seen_by(cast.client("bruno"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"question": "Manger local"}, "question"),
        ({"question": ""}, "question"),
        ({"track": "boost"}, "hosts"),
        ({"track": "boost", "hosts": "ines@example.org"}, "hosts"),
        ({"track": "boost", "hosts": "Inès ines@nowhere"}, "hosts"),
        ({"sources": "un journal"}, "sources"),
        ({"sources": "Piège javascript:alert(1)"}, "sources"),
        ({"capacity": "1"}, "capacity"),
        ({"checks": ["other"]}, "checks"),
    ],
)
def test_bad_wording_comes_back_at_its_field_with_nothing_lost(cast, changes, field):
    answer = word(cast.client("aicha"), **changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Dit par quarante parents." in answer.content.decode()
    assert not Challenge.objects.exists()


def test_boosted_challenge_has_hosts_found_or_made(cast):
    lines = "Inès Martin <ines@example.org>\nDenis denis@example.org"
    word(cast.client("aicha"), track="boost", hosts=lines)
    hosts = {host.name: host for host in Challenge.objects.get().hosts.all()}
    assert set(hosts) == {"Inès Martin", "Denis"}
    assert hosts["Denis"] == cast.denis  # this very name and address
    assert hosts["Inès Martin"].email == "ines@example.org"


def test_same_address_under_another_name_is_another_person(cast):
    word(cast.client("aicha"), track="boost", hosts="Odile denis@example.org")
    assert Challenge.objects.get().hosts.get() != cast.denis


def test_rewording_keeps_the_hosts_and_makes_no_twins(cast):
    wording = Wording("Comment ?", "C", track="boost", hosts=[Host("Inès Martin", "i@example.org")])
    challenge = word_challenge(territory=cast.valence, wording=wording, by=cast.aicha, at=NOW)
    count = Person.objects.count()
    rewrite_challenge(challenge=challenge, wording=wording, by=cast.aicha, at=NOW)
    assert Person.objects.count() == count
    assert challenge.hosts.count() == 1
    back_to_imagine = Wording("Comment ?", "C", hosts=wording.hosts)
    rewrite_challenge(challenge=challenge, wording=back_to_imagine, by=cast.aicha, at=NOW)
    assert not challenge.hosts.exists()


def test_neighbours_and_themes_of_elsewhere_are_refused(cast):
    theirs = make_challenge(cast.jura, "Comté")
    sapin = Theme.objects.create(territory=cast.jura, code="sapin", name_fr="Sapin")
    assert word(cast.client("aicha"), neighbours=[theirs.pk]).status_code == 422
    assert word(cast.client("aicha"), themes=[sapin.pk]).status_code == 422
    for ties in ({"neighbours": [theirs]}, {"themes": [sapin]}):
        wording = Wording("Comment ?", "C", **ties)
        with pytest.raises(ElsewhereNeighbour):
            word_challenge(territory=cast.valence, wording=wording, by=cast.aicha, at=NOW)
    assert Challenge.objects.count() == 1


def test_form_to_reword_shows_what_was_written(cast):
    word(cast.client("aicha"), track="boost", hosts="Inès Martin ines@example.org")
    challenge = Challenge.objects.get()
    page = cast.client("aicha").get(f"/valence/challenges/{challenge.public_id}/wording/")
    for words in ("Inès Martin ines@example.org", "Rue89, 2017 https://example.org/cantines"):
        assert words in page.content.decode()


# Its life


@pytest.mark.parametrize(
    ("state", "to"), [("draft", "open"), ("open", "closed"), ("closed", "open"), ("open", "draft")]
)
def test_allowed_moves_are_made_and_told(cast, state, to):
    challenge = make_challenge(cast.valence, state=state)
    address = f"/valence/challenges/{challenge.public_id}/"
    answer = cast.client("aicha").post(f"{address}state/", {"state": to})
    challenge.refresh_from_db()
    assert (answer.headers["Location"], challenge.state) == (address, to)
    assert Entry.objects.get().verb == f"challenge_{to}"


@pytest.mark.parametrize(("state", "to"), [("draft", "closed"), ("closed", "draft"), ("open", "x")])
def test_other_moves_are_refused(cast, state, to):
    challenge = make_challenge(cast.valence, state=state)
    with pytest.raises(MoveNotAllowed):
        move_challenge(challenge=challenge, state=to, by=cast.aicha, at=NOW)
    challenge.refresh_from_db()
    assert challenge.state == state
    assert not Entry.objects.exists()


def test_moving_where_it_stands_changes_nothing(cast):
    challenge = make_challenge(cast.valence)
    move_challenge(challenge=challenge, state="open", by=cast.aicha, at=NOW)
    assert not Entry.objects.exists()


# The board


def test_board_is_filtered_by_theme_and_track(cast, stranger):
    food = Theme.objects.get(code="alimentation")
    ride = Theme.objects.get(code="mobilite")
    make_challenge(cast.valence, "Cantines").themes.add(food)
    make_challenge(cast.valence, "Vélos", track="boost").themes.add(ride)
    make_challenge(cast.jura, "Comté").themes.add(food)

    def board(query):
        page = board_seen_by(stranger, query).replace("\xa0", " ")
        return [name for name in ("Cantines", "Vélos", "Comté") if f"« {name} »" in page]

    assert board("") == ["Cantines", "Vélos"]
    assert board("?theme=alimentation") == ["Cantines"]
    assert board("?track=boost") == ["Vélos"]
    assert board("?track=boost&theme=alimentation") == []
    assert board("?track=nonsense&theme=") == ["Cantines", "Vélos"]


@pytest.mark.usefixtures("made_anew")
def test_past_challenges_have_their_own_tab_and_come_first_when_nothing_is_open(cast, stranger):
    make_challenge(cast.valence, "Laverie", state="closed", year=2017)
    assert "Laverie" in board_seen_by(stranger)
    make_challenge(cast.valence, "Vélos")
    assert "Laverie" not in board_seen_by(stranger)
    assert "Laverie" in board_seen_by(stranger, "?state=past")


def test_empty_board_says_what_comes_and_what_anybody_may_do_meanwhile(cast, stranger):
    board = board_seen_by(stranger)
    assert "avant la soirée" in board
    assert 'href="/valence/treasures/new/"' in board
    assert 'href="/valence/commitments/new/"' in board
    assert "/challenges/wording/" in board_seen_by(cast.client("aicha"))


@pytest.mark.usefixtures("made_anew")
def test_board_asks_as_often_for_one_challenge_as_for_forty(
    cast, stranger, django_assert_num_queries, django_assert_max_num_queries
):
    make_challenge(cast.valence, "Un").themes.add(Theme.objects.get(code="energie"))
    board_seen_by(stranger)
    with django_assert_max_num_queries(9) as first:
        board_seen_by(stranger)
    for number in range(40):
        make_challenge(cast.valence, f"Défi {number}").themes.add(Theme.objects.get(code="emploi"))
    with django_assert_num_queries(len(first)):
        page = board_seen_by(stranger)
    assert 'rel="next"' in page


# Who wants it


@pytest.mark.parametrize(("count", "words"), [(9, "Moins de dix"), (12, "12")])
def test_few_people_are_not_counted_in_public(cast, stranger, count, words):
    evening = make_evening(cast.valence)
    challenge = evening.challenges.first()
    wanted_by(evening, challenge, count)
    page = stranger.get(f"/valence/challenges/{challenge.public_id}/").content.decode()
    assert words in page
    assert "personnes inscrites" in page or count < 10  # who counted
    assert (f"{count} personnes" in board_seen_by(stranger)) == (count >= 10)


def test_cancelled_registrations_want_nothing(cast, stranger):
    evening = make_evening(cast.valence)
    challenge = evening.challenges.first()
    wanted_by(evening, challenge, 12, state=Registration.State.CANCELLED)
    page = stranger.get(f"/valence/challenges/{challenge.public_id}/").content.decode()
    assert "Moins de dix" in page


def test_public_page_shows_sources_and_hides_who_hosts(cast, stranger):
    word(cast.client("aicha"), track="boost", hosts="Inès Martin ines@example.org")
    challenge = Challenge.objects.get()
    move_challenge(challenge=challenge, state="open", by=cast.aicha, at=NOW)
    address = f"/valence/challenges/{challenge.public_id}/"
    assert "ines@example.org" in cast.client("bruno").get(address).content.decode()
    page = stranger.get(address).content.decode()
    assert 'href="https://example.org/cantines"' in page
    assert "ines@example.org" not in page
    assert "Martin" not in page


def test_words_of_people_are_shown_as_words(cast, stranger):
    hostile = make_challenge(
        cast.valence,
        "x",
        question="<script>alert(1)</script> ?",
        context="<img src=x onerror=alert(1)>",
    )
    page = stranger.get(f"/valence/challenges/{hostile.public_id}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
