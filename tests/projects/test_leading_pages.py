"""The pages of who carries a project: what each sees, at what cost, and what a mistake says."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from essor.kit import clock
from essor.kit.models import Mail
from essor.people.models import Person
from essor.projects.actions.hosting import end_hosting
from essor.projects.models import Hosting, LeaderAnswer, Membership
from tests.cast import NOW, make_call, make_leader, make_project, person

ME = {"words": "J’en rêve", "first_name": "Nadia", "email": "nadia@example.org"}
CALL = {"why": "L’étude dit oui", "asked": "Deux jours"}
DAY = timedelta(days=1)


def act(**fields) -> dict[str, str]:
    return {"act": uuid.uuid4().hex, **fields}


def base_of(project) -> str:
    return f"/valence/projects/{project.public_id}"


@pytest.fixture
def project(cast):
    """It looks for somebody: an open call without a last day."""
    project = make_project(cast.valence, "La conserverie")
    make_call(project, opens_on=clock.today())
    return project


def answer_of(project, name="Nadia", **fields) -> LeaderAnswer:
    return LeaderAnswer.objects.create(
        project=project, person=person(name), words="Moi", state_at=NOW, created_at=NOW,
        **{"kind": "me", **fields},
    )  # fmt: skip


def test_a_form_sent_twice_is_one_answer_and_opens_its_page(project, stranger):
    sent = act(**ME)
    first = stranger.post(f"{base_of(project)}/lead/", sent)
    again = Client().post(f"{base_of(project)}/lead/", sent, follow=True)

    assert LeaderAnswer.objects.count() == Person.objects.filter(first_name="Nadia").count() == 1
    assert again.redirect_chain[0][0] == first.url
    assert "Merci, Nadia" in again.content.decode().replace("\u00a0", " ")
    assert Client().get(first.url).status_code == 404, "a stranger finds no such page"


def test_the_personal_link_opens_the_answer_elsewhere_to_take_it_back(project, stranger):
    stranger.post(f"{base_of(project)}/lead/", act(**ME))
    link = re.search(r"/l/\S+/", Mail.objects.get(address="nadia@example.org").text)[0]
    laptop = Client()
    page = laptop.post(link, act(), follow=True)
    where = page.redirect_chain[-1][0]
    free = laptop.post(f"{where}taking-back/", act(), follow=True)

    assert "Vous voilà libre" in free.content.decode()
    assert LeaderAnswer.objects.get().state == "withdrawn"
    late = laptop.post(f"{where}taking-back/", act(), follow=True)
    assert "Vous voilà libre" in late.content.decode()
    assert where in laptop.get(link).content.decode(), "straight on, the second time"
    assert where not in Client().get(link).content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"words": " "}, "words"),
        ({"first_name": ""}, "first_name"),
        ({"email": ""}, "email"),
        ({"email": "nadia"}, "email"),
        ({"first_name": "www.spam.example"}, "first_name"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_is_lost(project, stranger, change, field):
    answer = stranger.post(f"{base_of(project)}/lead/", act(**{**ME, **change}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    kept = {**ME, **change}
    assert all(value in answer.content.decode() for value in kept.values() if value.strip())
    assert not LeaderAnswer.objects.exists()


def test_a_number_alone_is_enough_to_be_called(project, stranger):
    stranger.post(f"{base_of(project)}/lead/", act(**{**ME, "email": "", "phone": "0475000000"}))
    assert LeaderAnswer.objects.get().person.phone == "0475000000"


@pytest.mark.parametrize(
    "words",
    [
        "Appelez Zoé au 06 11 22 33 44",
        "zoe@example.org le ferait",
        "+33611223344",
        "@" * 990 + "a.b",
    ],
)
def test_whoever_is_recommended_is_not_written_down_here(project, stranger, words):
    sent = act(**{**ME, "words": words, "as": "somebody"})
    answer = stranger.post(f"{base_of(project)}/lead/", sent)
    assert "transmettez plutôt notre lien" in answer.content.decode()
    assert not LeaderAnswer.objects.exists()
    stranger.post(f"{base_of(project)}/lead/", act(**{**ME, "words": words}))
    assert LeaderAnswer.objects.get().kind == "me", "one’s own number is one’s own to give"


def test_a_made_up_recommendation_is_none(cast, project, stranger):
    elsewhere = answer_of(make_project(cast.valence, "Vélos"), kind="somebody")
    stranger.post(f"{base_of(project)}/lead/", act(**ME, after=elsewhere.public_id))
    assert LeaderAnswer.objects.get(project=project).after is None


def test_whoever_is_known_and_can_be_called_writes_the_words_alone(cast, project):
    denis = cast.client("denis")
    assert "Votre prénom" not in denis.get(f"{base_of(project)}/lead/").content.decode()
    denis.post(f"{base_of(project)}/lead/", act(words="Moi"))
    assert LeaderAnswer.objects.get().person == cast.denis


def test_ten_answers_an_hour_from_one_phone_are_enough(project, stranger):
    for _number in range(10):
        stranger.post(f"{base_of(project)}/lead/", act(**ME))
    answer = stranger.post(f"{base_of(project)}/lead/", act(**ME))
    assert answer.status_code == 422
    assert "Beaucoup de réponses" in answer.content.decode()
    assert LeaderAnswer.objects.count() == 10


def test_before_after_and_without_a_search_the_page_says_so_and_takes_nothing(cast, stranger):
    today = clock.today()
    soon, over = make_project(cast.valence, "Bientôt"), make_project(cast.valence, "Close")
    make_call(soon, opens_on=today + DAY)
    make_call(over, opens_on=today - 9 * DAY, closes_on=today - DAY)
    none = make_project(cast.valence, "Rien")
    for project, words in ((soon, "s’ouvrent"), (over, "L’appel est clos"), (none, "finie")):
        address = f"{base_of(project)}/lead/"
        page = stranger.get(address).content.decode()
        assert words in page
        assert "<textarea" not in page
        late = stranger.post(address, act(**ME))
        assert late.status_code == 422
        assert "J’en rêve" in late.content.decode(), "what was written is not lost"
    assert not LeaderAnswer.objects.exists()


def test_the_page_of_the_project_says_so_to_everybody_while_it_is_awake(cast, project, stranger):
    page = stranger.get(f"{base_of(project)}/").content.decode()
    for said in ("Porteur recherché", "Ça pourrait être moi", "Je connais quelqu’un", "Deux jours"):
        assert said in page
    project.condition = "asleep"
    project.save()
    page = Client().get(f"{base_of(project)}/story/").content.decode()
    assert "Ça pourrait être moi" not in page


def test_a_leaders_name_stands_on_the_page_when_they_agreed_and_for_the_team(cast, stranger):
    project = make_project(cast.valence)
    make_leader(project, person("Zoé", last_name="Petit"))
    make_leader(project, person("Omar", last_name="Haddad"), shows_name=True)
    page = stranger.get(f"{base_of(project)}/").content.decode()
    assert "Omar H." in page
    assert "Haddad" not in page
    assert "Zoé" not in page
    assert "Zoé Petit" in cast.client("bruno").get(f"{base_of(project)}/").content.decode()


def test_hosts_see_the_answers_and_whoever_leads_does_not(cast, project):
    answer_of(project, "Inès")
    make_leader(project, cast.denis)
    hub = f"{base_of(project)}/leader/"
    assert "Inès" in cast.client("aicha").get(hub).content.decode()
    page = cast.client("denis").get(hub).content.decode()
    assert "Inès" not in page
    assert "Reformuler l’appel" in page
    for name in ("bruno", "hugo", None):
        assert cast.client(name).get(hub).status_code == 404


def test_whoever_leads_calls_for_somebody_and_hands_over(cast):
    project = make_project(cast.valence)
    term = make_leader(project, cast.denis, since=clock.today())
    denis = cast.client("denis")
    assert "Vous portez ce projet" in denis.get(f"{base_of(project)}/").content.decode()
    denis.post(f"{base_of(project)}/leader/call/", act(**CALL, opens_on=clock.today()))
    left = denis.post(
        f"{base_of(project)}/leader/{term.public_id}/", act(until=clock.today()), follow=True
    )
    assert "Porteur recherché" in left.content.decode()
    assert denis.get(f"{base_of(project)}/leader/").status_code == 404


def test_a_call_in_the_wrong_order_comes_back_with_its_words(cast):
    project = make_project(cast.valence)
    today = clock.today()
    aicha, address = cast.client("aicha"), f"{base_of(project)}/leader/call/"
    for closes, opens in ((today - DAY, today), (today - DAY, today - 9 * DAY), ("demain", today)):
        answer = aicha.post(address, act(**CALL, opens_on=opens, closes_on=closes))
        assert list(answer.context["form"].errors) == ["closes_on"]
        assert "Deux jours" in answer.content.decode()
    assert not project.leader_calls.exists()


def test_a_second_host_is_told_of_the_call_and_of_its_end(cast):
    project = make_project(cast.valence)
    aicha, address = cast.client("aicha"), f"{base_of(project)}/leader/call/"
    sent = act(**CALL, opens_on=clock.today())
    assert aicha.post(address, sent).status_code == 302
    assert aicha.post(address, sent).status_code == 302, "sent twice is once"
    assert project.leader_calls.count() == 1
    aicha.post(f"{base_of(project)}/leader/search-ending/", act())
    project.refresh_from_db()
    assert not project.leader_wanted
    assert aicha.get(f"{base_of(project)}/leader/search-ending/").status_code == 405


def test_of_two_hosts_the_second_is_told_and_keeps_the_words(cast, project):
    answer = answer_of(project)
    reply = f"{base_of(project)}/lead/{answer.public_id}/reply/"
    aicha = cast.client("aicha")
    aicha.post(reply, act(state="not_now", words="Plus tard", seen="new"))
    late = aicha.post(reply, act(state="chosen", words="Bienvenue à bord", seen="new"))
    assert late.status_code == 422
    page = late.content.decode()
    assert "Aicha a été plus rapide" in page
    assert "Bienvenue à bord" in page
    assert not project.leaderships.exists()


def test_a_host_takes_nothing_back_for_others_and_chooses_nobody_twice(cast, project):
    answer = answer_of(project, kind="somebody")
    reply = f"{base_of(project)}/lead/{answer.public_id}/reply/"
    aicha = cast.client("aicha")
    for state in ("withdrawn", "chosen", "new"):
        assert aicha.post(reply, act(state=state, seen="new")).status_code == 422
    assert aicha.post(f"{base_of(project)}/lead/{answer.public_id}/taking-back/").status_code == 404
    answer.refresh_from_db()
    assert answer.state == "new"


def test_a_leader_is_named_from_the_group_or_by_name(cast):
    project = make_project(cast.valence)
    Membership.objects.create(project=project, person=cast.denis, part="table", since=NOW)
    aicha, address = cast.client("aicha"), f"{base_of(project)}/leader/naming/"
    today = clock.today()

    nobody = aicha.post(address, act(since=today))
    assert list(nobody.context["form"].errors) == ["of_group"]
    later = aicha.post(address, act(of_group=cast.denis.public_id, since=today + DAY))
    assert list(later.context["form"].errors) == ["since"]
    aicha.post(address, act(of_group=cast.denis.public_id, since=today))
    aicha.post(address, act(first_name="Lise", email="lise@example.org", since=today))

    leaders = [each.person.first_name for each in project.leaderships.all()]
    assert leaders == ["Denis", "Lise"]
    assert Mail.objects.filter(address="lise@example.org").count() == 1
    assert "Denis" not in aicha.get(address).content.decode()


@pytest.mark.parametrize("way", ["chosen", "written"])
def test_whoever_answered_and_is_named_by_hand_is_not_told_that_another_was_found(
    cast, project, stranger, way
):
    stranger.post(f"{base_of(project)}/lead/", act(**ME))
    Client().post(f"{base_of(project)}/lead/", act(**{**ME, "first_name": "Zoé"}))
    nadia = LeaderAnswer.objects.get(person__first_name="Nadia")
    aicha, address = cast.client("aicha"), f"{base_of(project)}/leader/naming/"
    assert "Nadia, qui a répondu à l’appel" in aicha.get(address).content.decode()
    who = {
        "chosen": {"of_group": nadia.person.public_id},
        "written": {"first_name": "nadia", "email": "Nadia@Example.org"},
    }

    aicha.post(address, act(since=clock.today(), **who[way]))

    nadia.refresh_from_db()
    assert nadia.state == "chosen"
    assert project.leaderships.get().person == nadia.person
    subjects = Mail.objects.filter(person=nadia.person.public_id).values_list("subject", flat=True)
    assert not [each for each in subjects if "a trouvé" in each]
    zoe = LeaderAnswer.objects.get(person__first_name="Zoé")
    assert zoe.state == "not_now", "who shares an address is somebody else"


def test_who_has_an_account_with_the_address_and_the_name_is_the_one_who_leads(cast, project):
    aicha, address = cast.client("aicha"), f"{base_of(project)}/leader/naming/"
    named = {"since": clock.today(), "email": "Denis@example.org"}

    aicha.post(address, act(first_name="denis", **named))
    aicha.post(address, act(first_name="Denise", **named))

    denis, denise = project.leaderships.order_by("id")
    assert denis.person == cast.denis
    assert denise.person.account is None, "a household may share an address"
    asks = f"/valence/needs/of/{project.public_id}/new/"
    assert cast.client("denis").get(asks).status_code == 200


def test_hosting_says_its_mistakes_at_their_fields(cast):
    project = make_project(cast.valence)
    today = clock.today()
    aicha, address = cast.client("aicha"), f"{base_of(project)}/hosting/"
    wrong = aicha.post(address, act(name="", carries="", since=today, until=today - DAY))
    assert list(wrong.context["form"].errors) == ["name", "carries", "until"]
    aicha.post(address, act(name="La Fruitière", carries="le contrat", since=today))
    hosting = Hosting.objects.get()
    ending = f"{address}{hosting.public_id}/"
    wrong = aicha.post(ending, act(until=today + DAY, what_next=""))
    assert list(wrong.context["form"].errors) == ["until", "what_next"]
    aicha.post(ending, act(until=today, what_next="Seul"))
    assert aicha.post(ending, act(until=today, what_next="Seul")).status_code == 422


@pytest.mark.parametrize(("closes", "asked"), [(-1, True), (0, False), (None, False)])
def test_a_call_that_closed_comes_to_the_hosts_to_be_decided(cast, closes, asked):
    today = clock.today()
    last = None if closes is None else today + closes * DAY
    make_call(make_project(cast.valence, "Close"), opens_on=today - 9 * DAY, closes_on=last)
    make_call(make_project(cast.jura, "Ailleurs"), opens_on=today - 9 * DAY, closes_on=today - DAY)
    desk = cast.client("aicha").get("/valence/desk/").content.decode()
    assert ("Qui est choisi" in desk) is asked
    assert "Ailleurs" not in desk


@pytest.mark.parametrize(("days", "asked"), [(-1, True), (60, True), (61, False), (None, False)])
def test_a_hosting_asks_what_comes_next_before_it_ends(cast, days, asked):
    today = clock.today()
    hosting = Hosting.objects.create(
        project=make_project(cast.valence), name="La Fruitière", carries="le contrat",
        since=today - 90 * DAY, until=None if days is None else today + days * DAY,
        created_at=NOW,
    )  # fmt: skip
    aicha = cast.client("aicha")
    assert ("La Fruitière" in aicha.get("/valence/desk/").content.decode()) is asked
    end_hosting(hosting=hosting, until=today, what_next="Seul", by=cast.aicha, at=clock.now())
    assert "La Fruitière" not in aicha.get("/valence/desk/").content.decode()


@pytest.mark.usefixtures("made_anew")
def test_pages_cost_the_same_however_many_led_hosted_and_answered(cast, project):
    aicha = cast.client("aicha")
    pages = [f"{base_of(project)}/", f"{base_of(project)}/leader/", "/valence/desk/"]

    def fill() -> None:
        answer_of(project, after=answer_of(project, "Paul", kind="somebody"))
        make_leader(project, person("Lise"))
        Hosting.objects.create(
            project=project, name="A", carries="B", since=clock.today(), created_at=NOW
        )

    def cost() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as asked:
                assert aicha.get(page).status_code == 200
            found.append(len(asked))
        return found

    fill()
    few = cost()
    for _number in range(12):
        fill()
    assert cost() == few
