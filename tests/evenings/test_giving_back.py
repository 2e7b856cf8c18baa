"""Ideas said at tables go back to a harvest: once, in their words, as far as their writer agreed."""

import uuid

import pytest

from essor.evenings.actions.giving_back import OtherTerritory, give_ideas_back
from essor.evenings.actions.tables import hide_idea, note_idea
from essor.evenings.models import Evening, Table, TableIdea
from essor.evenings.queries.giving_back import harvests_for, to_give_back
from essor.harvest.actions.ideas import NotTaken
from essor.harvest.models import Harvest, Idea, Source
from essor.ledger.models import Entry
from tests.cast import NOW, Cast, make_evening, make_harvest, make_table


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


@pytest.fixture
def table(cast) -> Table:
    return make_table(make_evening(cast.valence, state=Evening.State.LIVE), 12)


def say(table: Table, text: str, **how) -> None:
    note_idea(table=table, text=text, by=None, at=NOW, **how)


def test_each_goes_once_with_its_table_its_words_and_no_name(table, cast):
    harvest = make_harvest(cast.valence)
    say(table, "Une laveuse partagée !")
    say(make_table(table.evening, 3), "Un verger")
    made = give_ideas_back(evening=table.evening, harvest=harvest, by=cast.aicha, at=NOW)

    assert {idea.text for idea in made} == {"Une laveuse partagée !", "Un verger"}
    idea = Idea.objects.get(text="Une laveuse partagée !")
    assert (idea.author, idea.nameless, idea.said_at) == (None, True, NOW)
    assert (idea.source.kind, idea.source.label) == ("evening", "Soirée de Valence, table 12")
    assert idea.fates.get().kind == "awaited"

    say(table, "Un four commun")
    again = make_harvest(cast.valence, "Une autre")
    more = give_ideas_back(evening=table.evening, harvest=again, by=cast.aicha, at=NOW)
    assert [idea.text for idea in more] == ["Un four commun"]
    assert give_ideas_back(evening=table.evening, harvest=again, by=cast.aicha, at=NOW) == []
    assert Entry.objects.filter(verb="ideas_given_back").count() == 2
    assert Source.objects.filter(harvest=harvest).count() == 2


def test_what_is_hidden_or_for_the_evening_alone_stays(table, cast):
    say(table, "Pour ce soir", table_only=True)
    say(table, "À cacher")
    hide_idea(idea=table.ideas.get(text="À cacher"), hidden=True, by=cast.aicha, at=NOW)
    say(table, "Un verger")
    assert [idea.text for idea in to_give_back(table.evening)] == ["Un verger"]


def test_a_closed_or_foreign_harvest_takes_nothing(table, cast):
    say(table, "Un verger")
    closed = make_harvest(cast.valence, state=Harvest.State.CLOSED)
    with pytest.raises(NotTaken):
        give_ideas_back(evening=table.evening, harvest=closed, by=cast.aicha, at=NOW)
    abroad = make_harvest(cast.jura)
    with pytest.raises(OtherTerritory):
        give_ideas_back(evening=table.evening, harvest=abroad, by=cast.aicha, at=NOW)
    assert harvests_for(table.evening) == []
    assert not Idea.objects.exists()


def test_the_list_costs_two_queries_for_one_and_for_many(table, django_assert_num_queries):
    for count in (1, 20):
        while table.ideas.count() < count:
            say(table, f"Idée {table.ideas.count()}")
        with django_assert_num_queries(2):
            assert len(to_give_back(table.evening)) == count


def test_a_host_brings_them_from_the_day_after_and_a_phone_says_how_far(table, cast):
    harvest = make_harvest(cast.valence)
    base = f"/valence/evenings/{table.evening.public_id}"
    stranger = cast.client(None)
    here = f"{base}/tables/{table.public_id}/ideas/"
    stranger.post(here, {"text": "Entre nous", "table_only": "on", "act": uuid.uuid4().hex})
    stranger.post(here, {"text": "Un verger", "act": uuid.uuid4().hex})

    aicha = cast.client("aicha")
    page = aicha.get(f"{base}/ideas-back/").content.decode()
    assert "Un verger" in page
    assert "Entre nous" not in page
    assert aicha.post(f"{base}/ideas-back/", {"harvest": "nowhere"}).status_code == 422
    answer = {"harvest": harvest.public_id, "act": uuid.uuid4().hex}
    done = aicha.post(f"{base}/ideas-back/", answer, follow=True).content.decode()
    assert "1 idée a rejoint la récolte." in done
    assert Idea.objects.get().text == "Un verger"


def test_the_page_shows_sixty_at_a_time_and_the_button_counts_all(table, cast):
    make_harvest(cast.valence)
    address = f"/valence/evenings/{table.evening.public_id}/ideas-back/"
    host = cast.client("aicha")

    def look(count: int, page: int = 1) -> str:
        TableIdea.objects.bulk_create(
            TableIdea(table=table, text=f"Idée {n}", at=NOW)
            for n in range(table.ideas.count(), count)
        )
        return host.get(address, {"page": page}).content.decode()

    hundred, five_hundred = look(100), look(500)

    assert hundred.count("Idée ") == five_hundred.count("Idée ") == 60
    assert len(five_hundred) - len(hundred) < 600, "the ways to more pages alone"
    assert "Verser 500 idées" in five_hundred or "500 idées" in five_hundred
    assert look(500, page=9).count("Idée ") == 20
