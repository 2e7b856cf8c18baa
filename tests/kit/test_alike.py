"""A piece of a page is made once for all who give the same words, and never for two who do not."""

import pytest
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from django.utils.translation import override

from essor.kit import alike as module
from essor.kit.alike import MOST, NotPlain, alike
from essor.kit.navigation import Link
from essor.kit.shell import header_of
from essor.territories.models import Territory

HEADER = {
    "slug": "valence", "name": "Valence", "dynamic_name": "", "logo": "",
    "main_links": (Link("Défis", "/valence/challenges/", True),), "team_links": (),
    "signed_in": False,
}  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_made_yet():
    module._made.cache_clear()


def header(**other):
    return alike("kit/_header.html", **{**HEADER, **other})


def test_same_words_give_the_same_piece_without_making_it_again():
    assert header() is header()
    assert module._made.cache_info().misses == 1


@pytest.mark.parametrize(
    ("other", "shows"),
    [
        ({"slug": "jura"}, 'href="/jura/"'),
        ({"name": "Jura"}, "Jura</span>"),
        ({"dynamic_name": "Start"}, "Start</span>"),
        ({"logo": "/jura/logo/?2"}, 'src="/jura/logo/?2"'),
        ({"team_links": (Link("Accueil de l'équipe", "/valence/desk/", False),)}, "/valence/desk/"),
        ({"main_links": (Link("Projets", "/valence/projects/", False),)}, "Projets</a>"),
        ({"signed_in": True}, 'href="/me/"'),
    ],
)
def test_every_word_makes_a_piece_of_its_own(other, shows):
    usual = header()
    assert shows in header(**other)
    assert shows not in usual
    assert header() == usual


def test_every_language_has_its_own_piece():
    with override("fr"):
        french = header()
    with override("en"):
        english = header()
    assert "Me connecter" in french
    assert "Me connecter" not in english
    assert "Sign in" in english
    assert "Sign in" not in french


def test_what_is_given_is_escaped():
    assert "&lt;script&gt;" in header(name="<script>")


@pytest.mark.parametrize("name", [mark_safe("<b>Valence</b>"), ["Valence"], 3.5, object()])
def test_value_that_two_may_share_without_seeing_the_same_is_refused(name):
    with pytest.raises(NotPlain, match="name"):
        header(name=name)
    with pytest.raises(NotPlain, match="main_links"):
        header(main_links=(Link(name, "/", False),))


def test_one_and_yes_are_not_the_same_word():
    assert header(signed_in=True) == header(signed_in=1)
    assert module._made.cache_info().misses == 2


def test_old_pieces_make_room():
    for number in range(MOST + 5):
        alike("kit/_languages.html", number=number)
    assert module._made.cache_info().currsize == MOST


@pytest.mark.django_db
class TestHeaderOfTwoPeople:
    """The same process answers a host, a participant, a stranger and a neighbour in turn."""

    @pytest.fixture
    def seen(self, cast):
        """What each of them sees at the same address, asked in turn and twice."""
        people = {name: cast.client(name) for name in ("aicha", "denis", "hugo")}

        def look(address: str) -> dict[str, str]:
            for _ in range(2):
                pages = {
                    name: browser.get(address).content.decode() for name, browser in people.items()
                }
            return pages

        return look

    def test_team_links_go_to_the_team_alone(self, seen):
        pages = seen("/valence/challenges/")
        assert 'class="team"' in pages["aicha"]
        assert 'class="team"' not in pages["denis"]
        assert 'class="team"' not in pages["hugo"]

    def test_no_name_of_who_asks_is_in_a_piece_that_is_kept(self, seen, rendered):
        seen("/valence/challenges/")
        for name in ("Aïcha", "Denis", "Hugo", "@example.org"):
            assert not [piece for piece in rendered if name in piece]

    def test_territory_that_changes_its_name_shows_it_at_once(self, seen, cast):
        seen("/valence/challenges/")
        Territory.objects.filter(slug="valence").update(
            name="Valence nouvelle", dynamic_name="Elan"
        )
        page = seen("/valence/challenges/")["denis"]
        assert ">Valence nouvelle <span" in page
        assert "Elan</span>" in page

    def test_two_territories_never_share(self, seen):
        assert "/valence/" not in seen("/jura/challenges/")["hugo"]
        assert "/jura/" not in seen("/valence/challenges/")["hugo"]

    @pytest.fixture
    def rendered(self, monkeypatch):
        """Every piece that was made and kept, as it was."""
        pieces: list[str] = []
        usual = module.render_to_string

        def remembered(*arguments):
            pieces.append(usual(*arguments))
            return pieces[-1]

        monkeypatch.setattr(module, "render_to_string", remembered)
        return pieces


def test_page_without_a_visitor_has_a_header_all_the_same():
    assert 'href="/"' in header_of(RequestFactory().get("/"))
