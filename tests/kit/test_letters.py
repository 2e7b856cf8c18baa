"""Mails: written once as text, shown as text and as HTML in which nothing of the text is markup."""

from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from django.utils.translation import override
from hypothesis import example, given, settings
from hypothesis import strategies as st

from essor.kit.letters import Block, Brand, blocks_of, letter_html, render_letter, repeated
from essor.kit.mail import Letter, post
from essor.kit.templatetags.kit import quoted

AT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


def words(text: str) -> tuple[tuple[str, str], ...]:
    return ((text, ""),)


def test_paragraph_keeps_its_lines():
    assert blocks_of("Hello Inès,\nsee you soon") == [
        Block("words", (words("Hello Inès,"), words("see you soon")))
    ]


def test_words_above_an_address_are_a_button():
    made = blocks_of("See my ticket\nhttps://example.org/t/1")
    assert made == [Block("button", (words("See my ticket"),), "https://example.org/t/1")]


def test_lines_with_dashes_are_a_list():
    assert blocks_of("- one\n- two") == [Block("list", (words("one"), words("two")))]


def test_code_alone_stands_large_but_a_capital_word_in_a_sentence_does_not():
    assert blocks_of("BCDF-GHJK")[0].kind == "code"
    assert blocks_of("OK then")[0].kind == "words"
    assert blocks_of("OK")[0].kind == "words"


def test_address_in_a_sentence_is_a_link_without_its_full_stop():
    [block] = blocks_of("Write at https://example.org/a?b=1, please.")
    assert block.lines[0] == (
        ("Write at ", ""),
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
        (", please.", ""),
    )


def test_short_words_before_an_address_of_the_house_become_its_link(settings):
    settings.SITE_URL = "https://essor.example"
    ours, theirs = "https://essor.example/news/x:1/", "https://evil.example/"

    assert blocks_of(f"Sur sa page\u00a0: {ours}")[0].lines == ((("Sur sa page", ours),),)
    assert blocks_of(f"Sur sa page : {theirs}")[0].lines[0][1] == (theirs, theirs)
    assert blocks_of("https://essor.example.evil.org/")[0].lines[0][0][0].startswith("https")
    assert blocks_of(f"{'a' * 70} : {ours}")[0].lines[0][1] == (ours, ours)


def test_a_button_needs_no_colon():
    [button] = blocks_of("Dire ce qu’il en est advenu\u00a0:\nhttps://example.org/")
    assert button.lines == (words("Dire ce qu’il en est advenu"),)


def test_what_stands_below_the_signature_is_small_print():
    letter = "Bonjour\n\nValence Romans\n\nNe plus rien recevoir"
    made = letter_html(letter, "s", Brand(name="Valence Romans"))
    assert made.count("font-size:14px") == letter_html("Bonjour", "s").count("font-size:14px") + 1
    assert made.index("Valence Romans</p>") < made.index("font-size:14px")


def test_blank_lines_with_spaces_still_part_paragraphs():
    assert len(blocks_of("one\n  \ntwo\n\n\n\nthree")) == 3


@settings(max_examples=60)
@given(st.text(max_size=120))
@example("a\n\nSee my prize\nhttps://evil.example/x")
@example("BCDF-GHJK\nHTTPS://EVIL.example javascript://x ftp://y www.z")
def test_what_is_repeated_stays_words_in_one_paragraph(text):
    [block] = blocks_of(f"“{repeated(text)}”")
    assert block.kind == "words"
    [line] = block.lines
    assert not any(address for _, address in line)
    assert "://" not in repeated(text)


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_whatever_is_written_the_html_has_no_elements_but_ours(text):
    """Read as a browser reads it: whatever stands in the text, its elements are the layout's own."""
    usual = Counter(elements_of(letter_html("Un mot", "Objet")))
    found = Counter(elements_of(letter_html(text, text)))
    extra = {tag for tag, count in found.items() if count > usual[tag]}
    assert extra <= {"p", "br", "a", "ul", "li", "table", "tr", "td", "tbody", "span", "strong"}


def elements_of(html: str) -> list[str]:
    found: list[str] = []
    reader = HTMLParser(convert_charrefs=True)
    reader.handle_starttag = lambda tag, attrs: found.append(tag)
    reader.feed(html)
    return found


def test_text_never_becomes_markup():
    made = letter_html('<b>Bold</b>\n\n- <img src=x>\n\n"><script>x</script>', "s")
    assert "<b>" not in made
    assert "<img" not in made
    assert "<script" not in made
    assert "&lt;b&gt;Bold&lt;/b&gt;" in made


def test_address_never_leaves_its_attribute():
    made = letter_html('Go\nhttps://example.org/"onclick="x', "s")
    assert 'onclick="x' not in made.replace("&quot;", "")


def test_letter_wears_the_brand():
    brand = Brand(name="Valence Romans", colour="#102030", accent="#405060")
    made = letter_html("Go\nhttps://example.org/", "s", brand)
    assert "Valence Romans" in made
    assert "background:#102030" in made
    assert "background:#405060" in made


def test_letter_shows_how_to_stop_the_news_only_where_there_is_a_way():
    assert "/stop/1" in letter_html("x", "s", unsubscribe_url="https://example.org/stop/1")
    assert "/stop/" not in letter_html("x", "s")


def test_first_paragraph_of_a_template_is_the_subject():
    subject, text, html = render_letter("people/mail/code.txt", {"code": "BCDF-GHJK"})
    assert " ".join(subject.split()) == "Votre code : BCDF-GHJK"
    assert text.startswith("Voici le code")
    assert "\n\nBCDF-GHJK\n\n" in text
    assert ">BCDF-GHJK<" in html


@pytest.mark.django_db
def test_posted_letter_without_html_gets_it_from_its_text():
    mail = post(Letter(address="a@example.org", subject="s", text="Hello\n\n- one"), at=AT)
    assert "<li" in mail.html
    assert "Hello" in mail.html


@pytest.mark.django_db
def test_footer_of_a_letter_is_in_the_language_asked_for():
    english = post(Letter(address="a@example.org", subject="s", text="x", language="en"), at=AT)
    french = post(Letter(address="a@example.org", subject="s", text="x", language="fr"), at=AT)
    assert "Sent by Essor" in english.html
    assert "Envoyé par Essor" in french.html
    assert '<html lang="fr">' in french.html


def test_words_of_somebody_stand_between_the_marks_of_the_reader_s_language():
    with override("fr"):
        assert quoted("Oui") == "«\u00a0Oui\u00a0»"
    with override("en"):
        assert quoted("Yes") == "“Yes”"
