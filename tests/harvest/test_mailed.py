"""What a mail says: signature, quotes and markup gone, machines ignored, any shape survived."""

from email.message import EmailMessage

import pytest

from essor.harvest.mailed import read_mail, without_replies


def a_mail(body: str = "Un verger public.", *, subject: str = "", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = headers.pop("sender", "Inès Martin <Ines@Example.org>")
    message["To"] = headers.pop("to", "ideas@example.org")
    message["Subject"] = subject
    message["Message-ID"] = headers.pop("mark", "<1@example.org>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


def test_a_plain_mail_is_an_idea_with_its_author() -> None:
    mailed = read_mail(bytes(a_mail()))
    assert (mailed.name, mailed.address) == ("Inès Martin", "ines@example.org")
    assert (mailed.text, mailed.detail, mailed.automatic) == ("Un verger public.", "", False)


def test_a_subject_that_says_something_is_the_idea() -> None:
    mailed = read_mail(bytes(a_mail("Près de l’école.", subject="Re: Un verger public")))
    assert (mailed.text, mailed.detail) == ("Un verger public", "Près de l’école.")


@pytest.mark.parametrize("subject", ["Idée", "RE: idées", "Bonjour", "", "Fwd: Ma proposition"])
def test_a_subject_that_says_nothing_leaves_the_idea_to_the_body(subject: str) -> None:
    mailed = read_mail(bytes(a_mail("Bonjour,\n\nUn verger.\n\nPrès de l’école.", subject=subject)))
    if "proposition" in subject:
        assert mailed.text == "Ma proposition"
    else:
        assert (mailed.text, mailed.detail) == ("Un verger.", "Près de l’école.")


@pytest.mark.parametrize(
    "tail",
    [
        "\n-- \nInès Martin\n06 00 00 00 00",
        "\nLe lun. 3 mars 2026 à 10:02, Équipe <a@b.fr> a écrit :\n> Votre idée ?",
        "\nLe lun. 3 mars 2026 à 10:02, Équipe d’animation\n<a@b.fr> a écrit :\n> Votre idée ?",
        "\nOn Mon, Mar 3, 2026 at 10:02 Team <a@b.fr> wrote:\n> Your idea?",
        "\n-----Message d'origine-----\nDe : equipe@b.fr",
        "\n________________________________\nDe : Équipe <a@b.fr>\nEnvoyé : lundi",
        "\nEnvoyé de mon iPhone",
        "\n> Votre idée ?\n> Merci",
    ],
)
def test_signatures_and_quotes_are_cut(tail: str) -> None:
    assert without_replies("Un verger public.\n" + tail) == "Un verger public."


def test_words_that_only_look_like_a_quote_stay() -> None:
    text = "Le marché du samedi devrait ouvrir le soir.\nDe : rien à : tout le monde"
    assert without_replies(text) == text


def test_html_becomes_text_and_scripts_go() -> None:
    message = a_mail()
    message.set_content(
        "<html><style>p{}</style><p>Un verger &amp; un four</p><script>alert(1)</script>"
        "<blockquote><br>&gt; Votre idée</blockquote></html>", subtype="html"
    )  # fmt: skip
    assert read_mail(bytes(message)).text == "Un verger & un four"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"sender": "MAILER-DAEMON@example.org"},
        {"sender": "No-Reply <no-reply@example.org>"},
    ],
)
def test_machines_give_no_ideas(headers: dict) -> None:
    assert read_mail(bytes(a_mail(**headers))).automatic
    assert not read_mail(bytes(a_mail(Auto_Submitted="no"))).automatic


def test_the_harvest_is_named_in_the_address_or_the_subject() -> None:
    assert read_mail(bytes(a_mail(to="ideas+ab2cd@example.org"))).codes == ("AB2CD",)
    mailed = read_mail(bytes(a_mail(subject="[AB2CD] Un four à pain")))
    assert (mailed.codes, mailed.text) == (("AB2CD",), "Un four à pain")


def test_the_same_message_has_the_same_origin() -> None:
    one, again = read_mail(bytes(a_mail())), read_mail(bytes(a_mail("autre corps")))
    assert one.origin == again.origin
    assert read_mail(bytes(a_mail(mark="<2@example.org>"))).origin != one.origin


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"From: x\r\nContent-Type: text/plain; charset=klingon\r\n\r\nUn verger",
        b"From: =?utf-8?q?\xff?= <a@b\r\nSubject: =?x?y?z\r\n\r\nUn verger",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\nabc",
    ],
)
def test_a_broken_message_is_survived(raw: bytes) -> None:
    assert read_mail(raw).origin.startswith("mail:")


def test_a_mail_without_end_is_cut_and_says_so() -> None:
    mailed = read_mail(bytes(a_mail("Un verger.\n\n" + "mot " * 3_000)))
    assert mailed.text == "Un verger."
    assert len(mailed.detail) <= 5_000
    assert mailed.detail.endswith("[…]")
