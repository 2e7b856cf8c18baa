"""A territory words what it asks its cohorts: the house's set, dropped, worded, added, placed."""

import uuid

import pytest

from essor.ledger.models import Entry
from essor.support.actions.play_questions import (
    LastQuestion,
    QuestionWords,
    TooManyQuestions,
    add_question,
    retire_question,
    word_question,
)
from essor.support.house_questions import HOUSE
from essor.support.models import PlayQuestion
from essor.support.playing import MOST, asked, questions_of
from tests.cast import NOW

HERE = "/valence/support/questions/"


def act(**fields) -> dict[str, str]:
    return {"act": uuid.uuid4().hex, **fields}


def add(territory, label: str = "Combien de pains ?", **fields) -> PlayQuestion:
    fields = {"kind": "number", "by": None, "at": NOW, **fields}
    return add_question(territory=territory, words=QuestionWords("", label, **fields.pop("words", {})),
                        **fields)  # fmt: skip


def retire(territory, key: str, retired: bool = True) -> PlayQuestion:
    return retire_question(territory=territory, key=key, retired=retired, by=None, at=NOW)


def keys(territory) -> list[str]:
    return [each.key for each in questions_of(territory) if not each.retired]


def test_without_a_word_a_territory_asks_the_house_s_questions_and_others_keep_them(cast):
    house = [each.key for each in HOUSE]
    assert keys(cast.valence) == house
    assert not PlayQuestion.objects.exists()

    retire(cast.valence, "premises")

    assert keys(cast.valence) == [key for key in house if key != "premises"]
    assert keys(cast.jura) == house
    assert [each["key"] for each in asked(cast.valence)] == keys(cast.valence)
    assert Entry.objects.get(verb="play_question_retired").data == {"question": "premises"}


def test_a_dropped_question_is_taken_back_and_twice_is_once(cast):
    for _ in range(2):
        retire(cast.valence, "money")
    assert "money" not in keys(cast.valence)

    retire(cast.valence, "money", retired=False)

    assert keys(cast.valence) == [each.key for each in HOUSE]
    assert Entry.objects.filter(verb="play_question_retired").count() == 1


def test_one_question_stays_and_twelve_are_enough(cast):
    for each in HOUSE[1:]:
        retire(cast.valence, each.key)
    with pytest.raises(LastQuestion):
        retire(cast.valence, "team")
    for number in range(MOST - 1):
        add(cast.valence, f"Question {number} ?")
    with pytest.raises(TooManyQuestions):
        add(cast.valence)
    with pytest.raises(TooManyQuestions):
        retire(cast.valence, "need", retired=False)

    assert len(keys(cast.valence)) == MOST


def test_a_question_goes_to_its_place_and_the_others_close_up(cast):
    word_question(
        territory=cast.valence, key="money", words=QuestionWords(place=1), by=None, at=NOW
    )
    added = add(cast.valence, words={"place": 2})

    assert keys(cast.valence)[:3] == ["money", added.key, "team"]
    assert [each.place for each in questions_of(cast.valence)] == list(range(1, len(HOUSE) + 2))


def test_two_questions_of_one_name_have_two_keys(cast):
    assert [add(cast.valence, "Pain").key for _ in range(2)] == ["pain", "pain-2"]


def test_a_host_edits_from_the_pages_and_the_house_s_words_stay_translated(cast):
    aicha = cast.client("aicha")
    page = aicha.get(f"{HERE}team/").content.decode()
    assert "Qui porte le projet aujourd’hui" in page
    shown = next(each for each in questions_of(cast.valence) if each.key == "need")

    form = act(label="Qui rame ?", name="Équipage", options="Moi\nNous", place="3")
    for _ in range(2):
        assert aicha.post(f"{HERE}team/", form).url == HERE

    worded = PlayQuestion.objects.get(key="team")
    assert (worded.label, worded.options, worded.place) == ("Qui rame ?", ["Moi", "Nous"], 3)
    assert PlayQuestion.objects.get(key="need").label == ""
    html = aicha.get(HERE).content.decode()
    assert "Qui rame" in html
    assert shown.key == "need"


def test_saving_a_house_question_as_it_is_changes_nothing(cast):
    aicha = cast.client("aicha")
    from_page = {
        name: aicha.get(f"{HERE}team/").context["form"].initial[name]
        for name in ("label", "name", "options", "place")
    }

    aicha.post(f"{HERE}team/", act(**from_page))

    team = PlayQuestion.objects.filter(key="team").first()
    assert team is None or (team.label, team.name, team.options) == ("", "", [])
    assert not Entry.objects.filter(verb="play_question_worded").exists()


def test_moving_a_question_of_one_s_own_keeps_its_words(cast):
    own = add(cast.valence, "Combien de pains ?", words={"place": 2})
    words = QuestionWords("Équipage", "Qui rame ?", ("Moi", "Nous"))
    word_question(territory=cast.valence, key="team", words=words, by=None, at=NOW)
    aicha = cast.client("aicha")

    for key in (own.key, "team"):
        page = aicha.get(f"{HERE}{key}/").context["form"]
        sent = {name: page[name].value() for name in page.fields}
        aicha.post(f"{HERE}{key}/", act(**{**sent, "place": "5"}))

    own.refresh_from_db()
    team = PlayQuestion.objects.get(key="team")
    assert own.label == "Combien de pains ?"
    assert (team.name, team.label, team.options) == ("Équipage", "Qui rame ?", ["Moi", "Nous"])


@pytest.mark.parametrize(
    "options", ["", "Une seule", "\n".join(map(str, range(10))), "x" * 121 + "\ny"]
)
def test_a_ladder_has_two_to_nine_short_steps(cast, options):
    answer = cast.client("aicha").post(
        f"{HERE}new/", act(label="Où ?", kind="steps", options=options, place="1")
    )

    assert answer.status_code == 422
    assert "id_options" in answer.content.decode()
    assert not PlayQuestion.objects.exists()


def test_a_question_too_many_comes_back_with_its_words(cast):
    for number in range(MOST - len(HOUSE)):
        add(cast.valence, f"Question {number} ?")

    answer = cast.client("aicha").post(
        f"{HERE}new/", act(label="Encore une ?", kind="text", place="1")
    )

    assert answer.status_code == 422
    assert "Encore une" in answer.content.decode()
    assert "retirez-en" in answer.content.decode()


def test_dropping_the_last_question_says_why_not(cast):
    for each in HOUSE[1:]:
        retire(cast.valence, each.key)

    answer = cast.client("aicha").post(f"{HERE}team/retirement/", act(), follow=True)

    assert "au moins une question" in answer.content.decode()
    assert keys(cast.valence) == ["team"]


def test_a_question_that_nobody_asks_is_not_found(cast):
    assert cast.client("aicha").get(f"{HERE}rien/").status_code == 404
