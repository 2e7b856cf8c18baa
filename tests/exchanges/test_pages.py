"""The pages of commitments: promising from a phone, one's own promise, the team's desk."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from essor.exchanges.actions.commitments import LINK, change_state, promise
from essor.exchanges.forms.commitments import months_after
from essor.exchanges.models import Commitment
from essor.kit import clock
from essor.kit.models import Mail
from essor.people.links import lasting
from essor.people.models import Person
from essor.projects.actions.moves import change_stage
from tests.cast import NOW, make_project, person

NEW = "/valence/commitments/new/"


def filled(**fields: str) -> dict[str, str]:
    """Inès fills the form: bookkeeping, two hours a month."""
    return {
        "act": uuid.uuid4().hex,
        "kind": "skill",
        "what": "Comptabilité",
        "quantity": "2 h par mois",
        "first_name": "Inès",
        **fields,
    }


def promised_by(cast, who: Person, **fields) -> Commitment:
    return promise(
        territory=cast.valence, person=who, kind="energy", what="Coup de main", by=who, at=NOW,
        **fields,
    )[0]  # fmt: skip


def test_a_stranger_commits_without_an_account_and_is_thanked(cast, stranger):
    answer = stranger.post(NEW, filled(), follow=True)

    commitment = Commitment.objects.get()
    assert answer.redirect_chain[-1][0] == f"/valence/commitments/{commitment.public_id}/"
    assert commitment.person.first_name == "Inès"
    page = answer.content.decode()
    assert "Comptabilité" in page
    assert "/l/" in page  # the personal link, to be kept


def test_the_same_form_twice_is_one_promise_and_the_same_answer(cast, stranger):
    form = filled()
    first, second = stranger.post(NEW, form), stranger.post(NEW, form)

    assert Commitment.objects.count() == 1
    assert first.url == second.url


def test_a_form_sent_again_after_its_answer_was_lost_still_leads_in(cast, client):
    from django.test import Client

    form = filled()
    Client().post(NEW, form)  # its answer, with the cookie, never arrived
    answer = client.post(NEW, form, follow=True)

    assert Commitment.objects.count() == 1
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"kind": ""}, "Choisissez une compétence"),
        ({"what": ""}, "Dites en quelques mots"),
        ({"first_name": ""}, "Dites-nous votre prénom"),
        ({"email": "pas une adresse"}, "adresse"),
        ({"what": "x" * 301}, "300"),
        ({"lasts": "day"}, "Choisissez le jour"),
        ({"lasts": "day", "until": "bientôt"}, "Écrivez le jour comme"),
        ({"until": "2020-01-31"}, "Ce jour est passé"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_stays(cast, stranger, wrong, message):
    answer = stranger.post(NEW, filled(quantity="un mardi sur deux", **wrong))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert message in page
    assert "un mardi sur deux" in page
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ({}, None),
        ({"lasts": "3"}, months_after(timezone.localdate(), 3)),
        ({"lasts": "day", "until": "2099-06-30"}, date(2099, 6, 30)),
        ({"until": "30/06/2099"}, date(2099, 6, 30)),
    ],
)
def test_until_when_is_a_day_or_no_day(cast, stranger, said, until):
    page = stranger.post(NEW, filled(**said), follow=True).content.decode()

    assert Commitment.objects.get().until == until
    assert ("jusqu’au" in page) == (until is not None)


def test_words_of_before_there_was_a_date_are_still_shown(cast):
    commitment = promised_by(cast, cast.denis)
    Commitment.objects.update(until_said="quand le local ouvre")

    page = cast.client("denis").get(f"/valence/commitments/{commitment.public_id}/")

    assert "quand le local ouvre" in page.content.decode()


def test_energy_gets_its_words_when_none_are_given(cast, stranger):
    stranger.post(NEW, filled(kind="energy", what=""))

    assert Commitment.objects.get().what.startswith("De l’énergie")


def test_names_of_all_kinds_are_welcome(cast, stranger):
    stranger.post(NEW, filled(first_name="Ô'Brïen 🌻 عمر", what="<b>gras</b>"))

    commitment = Commitment.objects.get()
    assert commitment.person.first_name == "Ô'Brïen 🌻 عمر"
    page = stranger.get(f"/valence/commitments/{commitment.public_id}/").content.decode()
    assert "<b>gras" not in page


def test_a_project_s_page_leads_to_a_promise_for_it(cast, stranger):
    project = make_project(cast.valence, "La consigne")

    page = stranger.get(NEW, {"project": project.public_id}).content.decode()
    assert "La consigne" in page
    stranger.post(NEW, filled(to=project.public_id))

    assert Commitment.objects.get().project == project


def test_what_was_meant_for_a_project_that_joined_another_goes_to_that_one(cast, stranger):
    old, middle, new = (make_project(cast.valence, name) for name in ("Eau", "Mer", "Lac"))
    for project, into in ((old, middle), (middle, new)):
        change_stage(
            project=project, stage="sheet", condition="merged", why="x", into=into, by=None, at=NOW
        )

    page = stranger.get(f"{NEW}?project={old.public_id}").content.decode()
    assert "Lac" in page
    stranger.post(f"{NEW}?project={old.public_id}", filled(to=old.public_id))

    assert Commitment.objects.get().project == new, "a form that was open before the merge"
    asks = f"/valence/needs/of/{old.public_id}/new/"
    assert cast.client("aicha").get(asks).url == f"/valence/needs/of/{new.public_id}/new/"


@pytest.mark.parametrize("where", ["draft", "asleep", "elsewhere"])
def test_a_promise_goes_to_no_project_that_is_closed_to_it(cast, stranger, where):
    project = make_project(
        cast.jura if where == "elsewhere" else cast.valence,
        published_at=None if where == "draft" else NOW,
        condition="asleep" if where == "asleep" else "awake",
    )

    answer = stranger.post(NEW, filled(to=project.public_id))

    assert answer.status_code == 422
    assert not Commitment.objects.exists()


def test_the_same_browser_is_recognised_the_second_time(cast, stranger):
    stranger.post(NEW, filled())

    page = stranger.get(NEW).content.decode()
    assert "first_name" not in page
    stranger.post(NEW, {"act": uuid.uuid4().hex, "kind": "energy", "what": "Encore"})

    assert len(set(Commitment.objects.values_list("person", flat=True))) == 1


def test_giving_somebody_s_address_opens_nothing_of_theirs(cast, stranger):
    stranger.post(NEW, filled(email="denis@example.org", first_name="Denis"))

    assert Commitment.objects.get().person != cast.denis


def test_twenty_promises_an_hour_from_one_phone_then_a_pause(cast, stranger):
    for _ in range(20):
        stranger.post(NEW, filled())
    answer = stranger.post(NEW, filled())

    assert answer.status_code == 422
    assert "Réessayez après" in answer.content.decode()
    assert Commitment.objects.count() == 20


def test_one_s_promise_is_seen_by_oneself_and_by_hosts_only(cast, stranger):
    commitment = promised_by(cast, cast.denis)
    address = f"/valence/commitments/{commitment.public_id}/"

    assert cast.client("denis").get(address).status_code == 200
    assert cast.client("aicha").get(address).status_code == 200
    for name in ("bruno", "farid", "hugo", None):
        assert cast.client(name).get(address).status_code == 404


def test_releasing_asks_once_gives_no_reason_and_is_done(cast):
    commitment = promised_by(cast, cast.denis)
    address = f"/valence/commitments/{commitment.public_id}/release/"
    denis = cast.client("denis")

    assert denis.get(address).status_code == 200
    commitment.refresh_from_db()
    assert commitment.state == "promised"
    answer = denis.post(address, {"act": uuid.uuid4().hex}, follow=True)

    commitment.refresh_from_db()
    assert commitment.state == "released"
    assert "Vous voilà libre" in answer.content.decode()
    assert cast.client("aicha").post(address).status_code == 404


def test_a_kept_promise_has_nothing_to_release(cast):
    commitment = promised_by(cast, cast.denis)
    change_state(commitment=commitment, state="kept", by=cast.aicha, at=NOW)

    answer = cast.client("denis").post(
        f"/valence/commitments/{commitment.public_id}/release/", {"act": uuid.uuid4().hex}
    )

    assert answer.status_code == 422
    commitment.refresh_from_db()
    assert commitment.state == "kept"


def test_an_expired_link_of_a_promise_opens_nothing_and_a_new_one_comes_by_mail(cast, stranger):
    made = clock.now() - lasting(LINK) - timedelta(minutes=1)
    commitment, token = promise(
        territory=cast.valence, person=cast.denis, kind="energy", what="Coup de main",
        by=cast.denis, at=made,
    )  # fmt: skip
    address = f"/valence/commitments/{commitment.public_id}/"

    page = stranger.get(f"/l/{token}/")
    answer = stranger.post(f"/l/{token}/", {"act": uuid.uuid4().hex})

    assert (page.status_code, answer.status_code) == (410, 410)
    assert "Coup de main" not in page.content.decode()
    assert f"/l/{token}/again/" in page.content.decode()
    assert stranger.get(address).status_code == 404
    written = set(Mail.objects.values_list("pk", flat=True))
    stranger.post(f"/l/{token}/again/", {"act": uuid.uuid4().hex})
    assert Mail.objects.exclude(pk__in=written).get().address == cast.denis.email


@pytest.mark.parametrize("field", ["first_name", "what", "quantity", "condition"])
@pytest.mark.parametrize("lure", ["Voir mon lot\nhttps://evil.example/x", "www.evil.example"])
def test_nobody_is_sent_a_stranger_s_address_in_our_name(cast, stranger, field, lure):
    """Whoever promises gives any address, also another's: the letter must not carry their link."""
    told = filled(email="denis@example.org", **{field: lure})

    answer = stranger.post(NEW, told)

    assert answer.status_code == 422
    assert "sans adresse de site" in answer.content.decode()
    assert not Mail.objects.exists()


@pytest.mark.parametrize("field", ["first_name", "what", "quantity", "condition"])
def test_what_is_promised_stays_one_line_of_the_letter(cast, stranger, field):
    """A line of its own would stand as a paragraph, a code or a button."""
    stranger.post(NEW, filled(email="ines@example.org", **{field: "Deux\n\nBCDF-GHJK\r\n- mots"}))

    mail = Mail.objects.get(address="ines@example.org")
    assert "Deux BCDF-GHJK - mots" in mail.text
    assert "\nBCDF" not in mail.text


def test_the_link_of_the_mail_opens_the_promise_by_a_button(cast, stranger):
    commitment, token = promise(
        territory=cast.valence, person=cast.denis, kind="energy", what="Coup de main",
        by=cast.denis, at=NOW,
    )  # fmt: skip
    address = f"/valence/commitments/{commitment.public_id}/"

    stranger.get(f"/l/{token}/")
    assert stranger.get(address).status_code == 404
    answer = stranger.post(f"/l/{token}/", {"act": uuid.uuid4().hex}, follow=True)

    assert answer.redirect_chain[-1][0] == address
    assert "Coup de main" in answer.content.decode()
    assert address in stranger.get(f"/l/{token}/").content.decode(), "straight on, the second time"
    somebody_else = Client()
    assert address not in somebody_else.get(f"/l/{token}/").content.decode()
    assert somebody_else.get(address).status_code == 404


def test_the_desk_costs_the_same_for_one_and_for_many(cast):
    aicha = cast.client("aicha")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert aicha.get("/valence/commitments/").status_code == 200
        return len(asked)

    promised_by(cast, person("Inès"), project=make_project(cast.valence))
    one = cost()
    for number in range(25):
        promised_by(cast, person(f"P{number}"), project=make_project(cast.valence, f"T{number}"))

    assert cost() == one


def test_the_host_answers_with_words_and_the_person_hears(cast):
    commitment = promised_by(cast, cast.denis)
    address = f"/valence/commitments/{commitment.public_id}/answer/"

    cast.client("aicha").post(
        address, {"state": "accepted", "words": "À lundi", "act": uuid.uuid4().hex}
    )

    commitment.refresh_from_db()
    assert commitment.state == "accepted"
    assert Mail.objects.filter(address="denis@example.org", text__contains="À lundi").exists()


def test_what_is_due_shows_on_the_desk_and_gets_more_time(cast):
    commitment = promised_by(cast, cast.denis, until=timezone.localdate())
    change_state(commitment=commitment, state="accepted", by=cast.aicha, at=NOW)
    aicha = cast.client("aicha")
    assert "Promesses dont le jour est venu" in aicha.get("/valence/desk/").content.decode()
    listed = aicha.get("/valence/commitments/", {"show": "to-follow-up"}).content.decode()
    assert "son jour est venu" in listed

    answer = f"/valence/commitments/{commitment.public_id}/answer/"
    more = {"state": "more-time", "until": "2020-01-31", "act": uuid.uuid4().hex}
    assert aicha.post(answer, more).status_code == 422
    aicha.post(answer, {**more, "until": "2099-06-30"})

    commitment.refresh_from_db()
    assert (commitment.state, commitment.until) == ("accepted", date(2099, 6, 30))
    assert "dont le jour est venu" not in aicha.get("/valence/desk/").content.decode()


def test_a_host_cannot_release_for_somebody_else(cast):
    commitment = promised_by(cast, cast.denis)

    answer = cast.client("aicha").post(
        f"/valence/commitments/{commitment.public_id}/answer/",
        {"state": "released", "act": uuid.uuid4().hex},
    )

    assert answer.status_code == 422
    commitment.refresh_from_db()
    assert commitment.state == "promised"


def test_a_project_tells_sums_in_public_from_ten_on(cast, stranger):
    project = make_project(cast.valence)
    address = f"/valence/projects/{project.public_id}/"
    for number in range(9):
        promised_by(cast, person(f"P{number}"), project=project)

    page = stranger.get(address).content.decode()
    assert "déjà engagées" in page
    assert "9 engagement" not in page
    promised_by(cast, person("P10"), project=project)
    page = stranger.get(address).content.decode()

    assert "10 engagements" in page
    assert "Compté par Essor" in page
