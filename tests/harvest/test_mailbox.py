"""Mails become ideas over a real connection: encrypted, once each, nothing deleted."""

from pathlib import Path

import pytest

from essor.harvest.jobs import fetch_mailed_ideas
from essor.harvest.models import Idea, Source
from essor.kit.mailbox import MailboxTrouble, open_mailbox
from essor.kit.models import Mail
from tests.cast import Cast, make_harvest
from tests.harvest.imap_server import ImapServer
from tests.harvest.test_mailed import a_mail

pytestmark = pytest.mark.django_db
fetch = fetch_mailed_ideas.func


@pytest.fixture
def serve(tmp_path: Path, settings, monkeypatch):
    """Starts a server with messages, trusted by us and set as the house's mailbox."""
    running = []

    def start(*messages, starttls: bool = False) -> ImapServer:
        server = ImapServer(tmp_path, [bytes(each) for each in messages], starttls=starttls)
        running.append(server.__enter__())
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
        settings.MAILBOX = server.settings
        return server

    yield start
    for server in running:
        server.__exit__()


@pytest.mark.parametrize("starttls", [False, True])
def test_a_mail_becomes_an_idea_and_its_author_hears_of_it(
    cast: Cast, serve, starttls: bool
) -> None:
    harvest = make_harvest(cast.valence)
    server = serve(a_mail("Un verger public."), starttls=starttls)

    assert fetch() == {"taken": 1, "ignored": 0, "aside": 0}
    idea = Idea.objects.get()
    assert (idea.harvest, idea.text, idea.way) == (harvest, "Un verger public.", "mail")
    assert (idea.author.first_name, idea.author.email) == ("Inès", "ines@example.org")
    assert idea.source == Source.objects.get(kind="mail")
    assert server.flags[1] == {"\\Seen"}
    assert Mail.objects.get(address="ines@example.org")
    assert fetch() == {"taken": 0, "ignored": 0, "aside": 0}
    assert "EXPUNGE" not in server.asked


def test_a_message_fetched_again_is_the_same_idea(cast: Cast, serve) -> None:
    make_harvest(cast.valence)
    server = serve(a_mail("Un verger."), a_mail("Une laverie.", mark="<2@example.org>"))
    fetch()
    for flags in server.flags.values():
        flags.clear()  # as if we had died before marking them
    assert fetch()["taken"] == 2
    assert Idea.objects.count() == 2
    assert len(set(Idea.objects.values_list("author", flat=True))) == 1


def test_machines_are_ignored_and_what_fits_nowhere_is_flagged(cast: Cast, serve) -> None:
    make_harvest(cast.valence, code="AAAAA")
    wanted = make_harvest(cast.jura, code="BBBBB")
    server = serve(
        a_mail("Absent jusqu’à lundi.", Auto_Submitted="auto-replied"),
        a_mail("Pour qui ?", mark="<2@x>"),  # two harvests are open
        a_mail("Pour le Jura.", mark="<3@x>", to="ideas+bbbbb@example.org"),
        a_mail("Perdu.", mark="<4@x>", to="ideas+zzzzz@example.org"),
        a_mail("", mark="<5@x>", to="ideas+bbbbb@example.org"),
    )
    assert fetch() == {"taken": 1, "ignored": 1, "aside": 3}
    assert Idea.objects.get().harvest == wanted
    assert server.flags[1] == {"\\Seen"}
    assert server.flags[2] == server.flags[4] == server.flags[5] == {"\\Seen", "\\Flagged"}


def test_a_flood_from_one_address_is_set_aside(cast: Cast, serve) -> None:
    make_harvest(cast.valence)
    serve(*(a_mail(f"Idée {number}", mark=f"<{number}@x>") for number in range(33)))
    assert fetch() == {"taken": 30, "ignored": 0, "aside": 3}


def test_a_server_that_we_do_not_trust_gets_no_password(
    cast: Cast, serve, monkeypatch, tmp_path
) -> None:
    server = serve(a_mail())
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "nothing.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert fetch() == {"taken": 0, "ignored": 0, "aside": 0}
    assert "LOGIN" not in server.asked
    with pytest.raises(MailboxTrouble), open_mailbox(**server.settings):
        pass


def test_wrong_password_wrong_folder_and_nobody_there_cost_nothing(cast: Cast, serve) -> None:
    server = serve(a_mail())
    for wrong in ({"password": "no"}, {"folder": "Elsewhere"}, {"port": 1}):
        with pytest.raises(MailboxTrouble), open_mailbox(**(server.settings | wrong)):
            pass
    assert server.flags[1] == set()


def test_without_a_mailbox_nothing_is_asked(cast: Cast, settings) -> None:
    settings.MAILBOX = {}
    assert fetch() == {"taken": 0, "ignored": 0, "aside": 0}
