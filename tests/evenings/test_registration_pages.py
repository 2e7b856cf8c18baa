"""The pages of registration: what is told where, nothing lost, nothing said about others."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from essor.evenings.models import Evening, Registration
from essor.kit.models import Mail
from essor.people.models import PersonalLink
from tests.cast import Cast, make_challenge, make_evening, make_registration, sphere
from tests.evenings.answers import address, posted

pytestmark = pytest.mark.django_db
State = Registration.State
NAMES = ["D’Artagnan", "Zoé 🌻🎉", "محمد علي", "שירה", "李小龍", "N'Golo--K", "a" * 200]


def register(client: Client, evening: Evening, **changes):
    return client.post(address(evening, "registration"), posted(evening, **changes))


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_taken_as_it_is(cast: Cast, stranger: Client, name: str) -> None:
    evening = make_evening(cast.valence)

    answer = register(stranger, evening, first_name=name)

    assert answer.status_code == 302
    assert Registration.objects.get().person.first_name == name
    assert name in Mail.objects.get().text


def test_marks_that_turn_the_line_are_taken_out_of_names(cast: Cast, stranger: Client) -> None:
    evening = make_evening(cast.valence)

    register(stranger, evening, first_name="\u202eelbon\u202c\u0007 ", last_name=" Le\u2066  Roy")

    assert Registration.objects.get().person.name == "elbon Le Roy"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"first_name": ""}, "Ce champ est obligatoire"),
        ({"first_name": "a" * 201}, "200"),
        ({"first_name": "Gagnez sur https://example.org"}, "sans adresse de site"),
        ({"email": "pas une adresse"}, "adresse"),
        ({"sphere": ""}, "Choisissez l’univers"),
        ({"sphere": "martian"}, "Choisissez"),
        ({"choices_2": ""}, "au moins deux défis"),
        ({"choices_1": "elsewhere"}, "ne fait plus partie de la soirée"),
        ({"consent_evening": ""}, "merci de cocher"),
        ({"children": "99"}, "6"),
        ({"together": "A, B, C, D, E, F"}, "gardez les 5"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_lost(
    cast: Cast, stranger: Client, changes: dict, told: str
) -> None:
    evening = make_evening(cast.valence)

    answer = register(stranger, evening, **{"last_name": "Gardé", **changes})

    assert answer.status_code == 422
    assert told in words(answer)
    assert 'value="Gardé"' in answer.content.decode()
    assert not Registration.objects.exists()


def test_the_same_challenge_twice_is_told(cast: Cast, stranger: Client) -> None:
    evening = make_evening(cast.valence)
    same = evening.challenges.all()[0].public_id

    answer = register(stranger, evening, choices_1=same, choices_2=same)

    assert "deux rangs" in words(answer)


def test_choices_stay_where_the_form_comes_back(cast: Cast, stranger: Client) -> None:
    evening = make_evening(cast.valence, challenges=3)
    first, second, _ = evening.challenges.order_by("short")

    page = register(stranger, evening, first_name="").content.decode()

    lists = re.findall(r'<select id="id_choices_\d".*?</select>', page, re.DOTALL)
    kept = [re.findall(r'value="(\w+)" selected', each) for each in lists]
    assert kept == [[first.public_id], [second.public_id], []]


@pytest.mark.parametrize(("challenges", "searched"), [(8, False), (9, True)])
def test_many_challenges_can_be_searched(cast, stranger, challenges, searched) -> None:
    evening = make_evening(cast.valence, challenges=challenges)

    page = stranger.get(address(evening, "registration")).content.decode()

    assert page.count("data-card=") == challenges
    assert ("data-search" in page) == searched


def test_surprise_me_needs_no_choice(cast: Cast, stranger: Client) -> None:
    evening = make_evening(cast.valence)

    register(stranger, evening, choices_1="", choices_2="", surprise="on")

    made = Registration.objects.get()
    assert made.surprise
    assert not made.choices.exists()


def test_a_challenge_of_another_evening_cannot_be_chosen(cast: Cast, stranger: Client) -> None:
    evening = make_evening(cast.valence)
    other = make_challenge(cast.valence, "Ailleurs")

    assert register(stranger, evening, choices_1=other.public_id).status_code == 422


def test_a_required_own_question_is_asked(cast: Cast, stranger: Client) -> None:
    evening = make_evening(cast.valence)
    question = evening.questions.create(
        label="Comment venez-vous ?", kind="one_of", options=["à vélo", "en bus"], required=True
    )
    field = f"question_{question.pk}"

    assert register(stranger, evening).status_code == 422
    assert register(stranger, evening, **{field: "en fusée"}).status_code == 422
    assert register(stranger, evening, **{field: "en bus"}).status_code == 302

    assert Registration.objects.get().answers.get().value == "en bus"


def test_sent_twice_is_one_registration_and_the_same_page(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    answers, browsers = posted(evening), [Client(), Client()]

    pages = [browser.post(address(evening, "registration"), answers) for browser in browsers]

    assert pages[0].url == pages[1].url
    assert Registration.objects.count() == Mail.objects.count() == 1
    assert [browser.get(pages[0].url).status_code for browser in browsers] == [200, 200]


def test_the_next_person_on_a_tablet_is_not_taken_for_the_last(cast: Cast) -> None:
    evening, tablet = make_evening(cast.valence), Client()
    answers = posted(evening)

    tablet.post(address(evening, "registration"), answers)
    tablet.post(
        address(evening, "registration"),
        {**answers, "first_name": "Jules", "email": "jules@example.org"},
    )

    assert Registration.objects.count() == 2


def test_the_page_of_a_second_registration_says_nothing_about_the_first(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    register(Client(), evening, accessible_table="on", organisation="Le Moulin")
    curious, fresh = Client(), Client()

    twin = curious.get(register(curious, evening, organisation="").url)
    other = fresh.get(register(fresh, evening, first_name="Autre", email="autre@example.org").url)

    first = Registration.objects.order_by("id")[0]
    assert first.code not in words(twin)
    assert "Le Moulin" not in words(twin)
    assert "Besoins d’accès" not in words(twin)

    def shape(answer) -> str:
        text = words(answer).replace("Autre", "Inès").replace("autre@", "ines@")
        return re.sub(r"\b[A-Z0-9]{5}\b", "CODE", text)

    assert shape(twin) == shape(other)


def test_after_closing_the_page_offers_a_way_on(cast: Cast, stranger: Client) -> None:
    evening = make_evening(cast.valence)
    Evening.objects.update(state=Evening.State.CLOSED)

    seen, sent = stranger.get(address(evening, "registration")), register(stranger, evening)

    assert (seen.status_code, sent.status_code) == (200, 409)
    for answer in (seen, sent):
        assert "Les inscriptions sont fermées" in words(answer)
        assert address(evening) in answer.content.decode()
    assert not Registration.objects.exists()


def test_without_protection_nothing_is_written_and_the_page_helps(cast: Cast) -> None:
    evening, checked = make_evening(cast.valence), Client(enforce_csrf_checks=True)

    answer = register(checked, evening)

    assert answer.status_code == 403
    assert address(evening, "registration") in answer.content.decode()
    assert not Registration.objects.exists()


def test_the_ticket_code_tells_strangers_nothing(cast: Cast, stranger: Client) -> None:
    evening = make_evening(cast.valence)
    made = make_registration(evening, "Inès", sphere=sphere("citizen"))

    real = stranger.get(address(evening, "tickets", made.code))
    none = stranger.get(address(evening, "tickets", "ZZZZZ"))

    assert words(real) == words(none)
    assert "Inès" not in words(real)


def test_the_ticket_code_shows_the_person_to_the_door(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    made = make_registration(evening, "Inès", sphere=sphere("citizen"))

    assert "Inès" in words(cast.client("chloe").get(address(evening, "tickets", made.code)))
    assert cast.client("chloe").get(address(evening, "tickets", "ZZZZZ")).status_code == 404


def test_a_lost_link_page_says_the_same_whoever_asks(cast: Cast, stranger: Client) -> None:
    evening = make_evening(cast.valence)
    register(Client(), evening)
    before = Mail.objects.count()

    pages = [
        stranger.post(address(evening, "registration", "link"), {"email": mail}, follow=True)
        for mail in ("ines@example.org", "nobody@example.org")
    ]

    assert words(pages[0]) == words(pages[1])
    assert Mail.objects.count() == before + 1


def test_a_link_opens_once_and_a_new_one_can_be_asked(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    register(Client(), evening)
    token = re.search(r"/l/\S+", Mail.objects.get().text)[0]
    first, second = Client(), Client()

    assert first.post(token).status_code == 302
    used = second.post(token)
    asked = second.post(f"{token}again/")

    assert used.status_code == 410
    page = f"/{Registration.objects.get().public_id}/"
    assert page not in used.content.decode(), "it leads nowhere in another browser"
    assert page in first.get(token).content.decode(), "and straight on in the one that used it"
    assert asked.status_code == 302
    assert Mail.objects.count() == 2


def test_an_expired_or_forged_link_is_told(cast: Cast, stranger: Client) -> None:
    evening = make_evening(cast.valence)
    register(Client(), evening)
    token = re.search(r"/l/\S+", Mail.objects.get().text)[0]
    PersonalLink.objects.update(expires_at=PersonalLink.objects.get().made_at - timedelta(1))

    assert stranger.get(token).status_code == 410
    assert stranger.get("/l/forged/").status_code == 404


def test_the_calendar_file_is_one_event_with_a_lasting_id(cast: Cast, stranger: Client) -> None:
    evening = make_evening(cast.valence, place="Salle; des, fêtes")

    answer = stranger.get(f"/valence/evenings/{evening.public_id}/calendar.ics")

    text = answer.content.decode().replace("\r\n ", "")
    assert f"UID:evening-{evening.public_id}@" in text
    assert "DTSTART:20261126T180000Z" in text
    assert "SEQUENCE:0" in text
    assert "LOCATION:Salle\\; des\\, fêtes" in text


def test_answers_are_changed_on_the_page_of_their_holder(cast: Cast, stranger: Client) -> None:
    evening = make_evening(cast.valence)
    page = register(stranger, evening, access_words="gros caractères").url

    seen = stranger.get(f"{page}answers/").content.decode()
    assert "gros caractères" in seen
    assert 'value="Inès"' in seen
    changed = posted(evening, first_name="Agnès", email=None, consent_evening=None)
    answer = stranger.post(f"{page}answers/", changed, follow=True)

    assert "Agnès" in words(answer)
    assert Client().get(page).status_code == 404


@pytest.mark.usefixtures("made_anew")
def test_the_blank_form_follows_what_the_evening_asks(cast: Cast, stranger: Client) -> None:
    evening = make_evening(cast.valence)
    stranger.get(address(evening, "registration"))

    evening.questions.create(label="Comment venez-vous ?")
    evening.challenges.add(make_challenge(cast.valence, "Nouveau défi"))
    page = words(stranger.get(address(evening, "registration")))

    assert "Comment venez-vous" in page
    assert "Nouveau défi" in page


def test_what_one_person_wrote_never_shows_on_the_form_of_another(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    register(Client(), evening, last_name="Moreau-Secret", first_name="")
    cast.client("denis").get(address(evening, "registration"))

    page = Client().get(address(evening, "registration")).content.decode()

    assert "Moreau-Secret" not in page
    assert "denis@example.org" not in page


@pytest.mark.usefixtures("made_anew")
def test_the_form_costs_the_same_for_few_and_many(cast: Cast) -> None:
    evenings = [make_evening(cast.valence, challenges=n) for n in (1, 20)]
    counts = set()
    for evening in evenings:
        for n in range(len(evening.challenges.all())):
            evening.questions.create(label=f"Question {n} ?")
        with CaptureQueriesContext(connection) as asked:
            Client().get(address(evening, "registration"))
        counts.add(len(asked))

    assert len(counts) == 1
    assert counts.pop() <= 6
