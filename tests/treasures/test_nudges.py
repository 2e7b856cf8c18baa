"""Once a year the keeper of a treasure is asked whether it is still so: one mail, once."""

from datetime import timedelta

import pytest

from essor.kit import clock
from essor.kit.models import Mail
from essor.treasures.jobs import ask_keepers
from tests.cast import NOW, make_treasure, person

A_YEAR_ON = NOW + timedelta(days=366)


@pytest.fixture
def at_noon(monkeypatch):
    """Set the clock that jobs look at."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def test_keeper_is_asked_once_a_year_about_all_treasures_in_one_mail(cast, at_noon):
    ines = person("Inès", email="ines@example.org")
    for name in ("Copeaux", "Presse"):
        make_treasure(cast.valence, name, keeper=ines)
    at_noon(NOW + timedelta(days=364))
    assert ask_keepers.func() == 0
    at_noon(A_YEAR_ON)
    assert [ask_keepers.func(), ask_keepers.func()] == [1, 0]
    letter = Mail.objects.get(address="ines@example.org")
    assert all(name in letter.text for name in ("Copeaux", "Presse"))
    assert letter.unsubscribe_url in letter.text
    at_noon(A_YEAR_ON + timedelta(days=300))
    assert ask_keepers.func() == 0
    at_noon(A_YEAR_ON + timedelta(days=366))
    assert ask_keepers.func() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"confirmed_at": A_YEAR_ON - timedelta(days=30)},
        {"state": "gone"},
        {"state": "hidden"},
    ],
    ids=["confirmed by somebody", "gone", "hidden"],
)
def test_nobody_is_asked_about_what_needs_no_answer(cast, at_noon, fields):
    make_treasure(cast.valence, keeper=cast.denis, **fields)
    at_noon(A_YEAR_ON)
    assert ask_keepers.func() == 0


@pytest.mark.parametrize("fields", [{"no_news": True}, {"email": ""}])
def test_who_wants_no_news_or_has_no_address_is_not_asked(cast, at_noon, fields):
    make_treasure(cast.valence, keeper=person("Léo", **({"email": "leo@example.org"} | fields)))
    at_noon(A_YEAR_ON)
    assert ask_keepers.func() == 0


def test_link_of_the_mail_opens_the_treasures(cast, at_noon, stranger):
    treasure = make_treasure(cast.valence, keeper=person("Inès", email="ines@example.org"))
    at_noon(A_YEAR_ON)
    ask_keepers.func()
    link = next(word for word in Mail.objects.get().text.split() if "/l/" in word)
    page = stranger.post(link.partition("//")[2].partition("/")[2].join(["/", ""]), follow=True)
    assert page.request["PATH_INFO"] == f"/valence/treasures/{treasure.public_id}/"
