"""Groups of ideas: subjects found, everybody once, whatever people typed."""

import doctest
import random
from collections import Counter

import pytest

from essor.algos import grouping as package
from essor.algos.grouping import BadIdeas, Grouping, Idea, group, naming, proposing, read_grouping
from essor.algos.text import folded
from tests.algos.harvests import ODD, SUBJECTS, ideas, subject_of

WORDS = ["ici", "vite", "partout", "demain", "ensemble", "mieux", "dehors"]


def everybody_once(found, said):
    held = [idea for each in found.groups for idea in each.ideas] + list(found.alone)
    assert Counter(held) == Counter(idea.id for idea in said)


def purity(found, said):
    """Share of grouped ideas that are of their group's commonest subject."""
    text = {idea.id: idea.text for idea in said}
    held = [Counter(subject_of(text[i]) for i in each.ideas) for each in found.groups]
    return sum(max(each.values()) for each in held) / sum(sum(each.values()) for each in held)


@pytest.fixture(scope="module")
def found():
    return group(ideas(), 4)


def test_subjects_are_found_though_they_share_few_words(found):
    everybody_once(found, ideas())
    assert len(found.groups) == 4
    assert purity(found, ideas()) >= 0.9


def test_title_is_words_that_somebody_wrote_in_that_group(found):
    text = {idea.id: folded(idea.text) for idea in ideas()}
    for each in found.groups:
        assert any(folded(each.title) in text[idea] for idea in each.ideas), each.title
        assert each.title[0].isupper()
        assert len(each.title) <= naming.LONGEST_TITLE
    assert len({each.title for each in found.groups}) == 4


def test_every_group_says_why_and_how_sure_it_is(found):
    for each in found.groups:
        assert {reason.code for reason in each.reasons} & {"field", "words", "meaning"}
        assert all(str(reason) for reason in each.reasons)
        assert 0.5 < each.certainty <= 1
        assert list(each.ideas) == sorted(each.ideas, key=lambda idea: -found.fit[idea])
    spoken = {name for each in found.groups for r in each.reasons if r.code == "field"
              for name in r.values["names"]}  # fmt: skip
    assert {"vélo", "cantines", "bien vieillir", "rénovation et chauffage"} <= spoken


def test_same_arguments_give_the_same_groups_in_any_order_of_subjects(found):
    assert group(ideas(), 4) == found
    shuffled = ideas()
    random.Random(3).shuffle(shuffled)
    other = group(shuffled, 4)
    assert {frozenset(each.ideas) for each in other.groups} == {
        frozenset(each.ideas) for each in found.groups
    }


def test_number_of_groups_follows_the_harvest_when_nobody_says():
    said = ideas()
    assert 3 <= len(group(said).groups) <= 6
    many = [Idea(f"{i}-{j}", f"{idea.text} {word}") for i, idea in enumerate(said)
            for j, word in enumerate(WORDS)]  # fmt: skip
    assert 8 <= len(group(many).groups) <= 16


@pytest.mark.parametrize("count", [1, 2, 7, 19, 20, 50])
def test_any_number_of_groups_can_be_asked(count):
    said = ideas()
    found = group(said, count, meaning=False)
    everybody_once(found, said)
    assert 1 <= len(found.groups) <= min(count, len(said))


def test_idea_like_no_other_is_left_alone():
    said = [*ideas(), Idea("odd", ODD)]
    assert "odd" in group(said).alone


def test_hundred_copies_are_one_idea_and_stay_together():
    said = [*ideas(), *(Idea(f"copy{i}", "Un four à pain au village !") for i in range(100))]
    found = group(said, 5)
    everybody_once(found, said)
    homes = {found.group_of().get(f"copy{i}") for i in range(100)}
    assert len(homes) == 1
    assert purity(found, [idea for idea in said if not idea.id.startswith("copy")] + [
        Idea(f"copy{i}", "Un four à pain au village !") for i in range(100)]) >= 0.8  # fmt: skip


def test_what_says_nothing_is_alone():
    said = [*ideas(), Idea("empty", ""), Idea("spaces", " \n"), Idea("marks", "?!… 🙂")]
    found = group(said, 4)
    everybody_once(found, said)
    assert {"empty", "spaces", "marks"} <= set(found.alone)


def test_one_word_long_texts_and_other_languages_are_grouped_like_others():
    said = [
        *ideas(),
        Idea("word", "vélo"),
        Idea("shout", "DES VELOS POUR TOUS"),
        Idea("long", "Manger mieux à la cantine. " * 200),
        Idea("english", "Visit lonely elderly neighbours"),
        Idea("arabic", "زيارة كبار السن"),
        Idea("chinese", "自行车道"),
    ]
    found = group(said, 4)
    everybody_once(found, said)
    home = found.group_of()
    assert home["word"] == home["shout"] == home["i1"]
    assert home["long"] == home["i5"]
    assert home["english"] == home["i10"]


@pytest.mark.parametrize("said", [[], [Idea("a", "vélo")], [Idea("a", ""), Idea("b", "")]])
def test_almost_nothing_is_grouped_without_a_fall(said):
    for count in (None, 1, 5):
        found = group(said, count)
        everybody_once(found, said)
        assert read_grouping(found.to_dict()).group_of() == found.group_of()


def test_without_sentence_vectors_lexicon_and_stems_still_group(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    found = group(ideas(), 4)
    assert not found.meaning
    assert purity(found, ideas()) >= 0.75


def test_what_cannot_be_grouped_is_refused_in_words():
    with pytest.raises(BadIdeas, match='id "a" stands twice'):
        group([Idea("a", "x"), Idea("a", "y")])
    with pytest.raises(BadIdeas, match="at least one"):
        group(ideas(), 0)


@pytest.mark.parametrize("data", [None, [], {}, {"groups": 3}, {"groups": [{"ideas": "i1"}]},
                                  {"groups": [], "alone": 4}])  # fmt: skip
def test_a_grouping_that_is_none_is_refused(data):
    with pytest.raises(BadIdeas):
        read_grouping(data)


def test_grouping_written_and_read_is_the_same(found):
    again = read_grouping(found.to_dict())
    assert again.group_of() == found.group_of()
    assert [each.title for each in again.groups] == [each.title for each in found.groups]


def test_random_words_never_lose_an_idea():
    draw = random.Random(11)
    vocabulary = [word for said in SUBJECTS.values() for text in said for word in text.split()]
    for trial in range(12):
        said = [
            Idea(str(i), " ".join(draw.choices([*vocabulary, "", "?", "42"], k=draw.randrange(9))))
            for i in range(draw.randrange(60))
        ]
        found = group(said, draw.choice([None, 1, 3, 9]), seed=trial, meaning=False)
        everybody_once(found, said)
        assert all(each.ideas for each in found.groups)
        assert len({each.key for each in found.groups}) == len(found.groups)


def test_examples_in_the_documentation_run():
    for module in (package, proposing, naming):
        assert doctest.testmod(module).failed == 0


def test_titles_begin_and_end_on_whole_expressions():
    texts = ["Une vraie piste cyclable, des arceaux"]
    read = naming.read_names(texts)
    clean = {each.text for each in naming.phrases(texts[0], read.words[0]) if each.clean}
    assert clean == {"vraie piste cyclable", "arceaux"}


def test_empty_grouping_has_no_groups():
    assert group([]) == Grouping((), (), {}, {}, True)
