"""Two people are put in touch when both want it, and who did not want to is never told."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from essor.exchanges.actions.introduction_care import (
    ask_what_came,
    end_what_waits,
    forget_reach,
    remind_sides,
)
from essor.exchanges.actions.introductions import (
    About,
    AskedAlready,
    AskedEnough,
    CannotBeAsked,
    IntroductionOver,
    Invited,
    NoWayToReach,
    NoWhy,
    Party,
    SamePerson,
    answer,
    introduce,
    say_what_came,
)
from essor.exchanges.models import Introduction, IntroductionSide
from essor.kit.limits import TooOften
from essor.kit.models import Mail
from essor.kit.writers import write
from essor.ledger.models import Entry
from essor.people.erasure import erase_person
from essor.people.models import Person
from tests.cast import NOW, make_treasure, person

DAY = timedelta(days=1)


def party(who: Person) -> Party:
    return Party(who, called=who.name)


def asked(cast, *, at=NOW, by=None, **fields) -> Introduction:
    """Aïcha asks Farid and Denis."""
    given = {
        "first": party(cast.farid),
        "second": party(cast.denis),
        "why": "Une soudure, un atelier",
        **fields,
    }
    who = by or cast.aicha
    return introduce(territory=cast.valence, introducer=who, by=who, at=at, **given)


def side_of(introduction: Introduction, who) -> IntroductionSide:
    return introduction.sides.get(person=who)


def says(introduction, who, word, *, at=NOW + DAY, reach="06 00 00 00 01") -> Introduction:
    return answer(side=side_of(introduction, who), answer=word, reach=reach, by=who, at=at)


def both_say_yes(introduction, cast) -> None:
    says(introduction, cast.farid, "yes")
    says(introduction, cast.denis, "yes")


def letters(kind: str) -> list[Mail]:
    return list(Mail.objects.filter(key__startswith=f"introduction-{kind}:").order_by("address"))


def text_of(mail: Mail) -> str:
    written = write("exchanges.introduction", mail.about, NOW)
    assert written is not None
    return written.subject + written.text


def test_each_is_asked_once_and_no_address_is_shown(cast):
    cast.denis.last_name = "Leblanc"
    cast.denis.save()
    first, again = asked(cast), asked(cast)

    assert first == again
    denis_mail, farid_mail = letters("asked")
    assert (denis_mail.address, farid_mail.address) == ("denis@example.org", "farid@example.org")
    text = text_of(farid_mail)
    assert "Denis" in text
    assert "Aicha" in text
    assert "/l/" in text
    assert "Une soudure" in text
    assert "denis@example.org" not in text
    assert "Leblanc" not in text


def test_what_the_introducer_writes_becomes_no_link_of_ours(cast):
    asked(cast, why="Voir https://mauvais.example/x\n\nPressez ici", second=Party(
        cast.denis, called="www.mauvais.example"
    ))  # fmt: skip

    text = text_of(letters("asked")[1])
    assert "mauvais" not in text
    assert "Voir […] Pressez ici" in text


def test_the_second_yes_tells_both_how_to_reach_each_other_once(cast):
    introduction = asked(cast)
    says(introduction, cast.farid, "yes", reach="farid@ailleurs.example")
    assert not letters("met")

    made = says(introduction, cast.denis, "yes")
    says(introduction, cast.denis, "yes")

    assert made.ending == "made"
    denis_mail, farid_mail = letters("met")
    assert "farid@ailleurs.example" in text_of(denis_mail)
    assert "06 00 00 00 01" in text_of(farid_mail)
    assert "denis@example.org" not in text_of(farid_mail)
    assert [each.address for each in letters("made")] == ["aicha@example.org"]


@pytest.mark.parametrize("word", ["never", "not_now", None])
def test_a_refusal_is_told_like_a_silence_on_the_thirtieth_day(cast, word):
    introduction = asked(cast)
    says(introduction, cast.farid, "yes")
    if word:
        says(introduction, cast.denis, word)
    assert end_what_waits(by=None, at=NOW + 29 * DAY) == 0
    assert not letters("not_made")

    assert [end_what_waits(by=None, at=NOW + 30 * DAY) for _ in range(2)] == [1, 0]

    [told] = letters("not_made")
    assert told.address == "aicha@example.org"
    assert "Denis" not in text_of(told)
    assert "Une soudure" in text_of(told)
    assert not introduction.sides.exclude(reach="").exists()


def test_not_now_may_become_yes_until_it_is_over(cast):
    introduction = asked(cast)
    says(introduction, cast.farid, "yes")
    says(introduction, cast.denis, "not_now")
    assert says(introduction, cast.denis, "yes", at=NOW + 29 * DAY).ending == "made"

    with pytest.raises(IntroductionOver):
        says(introduction, cast.denis, "not_now")


def test_nobody_answers_after_thirty_days_though_the_worker_slept(cast):
    introduction = asked(cast)
    with pytest.raises(IntroductionOver):
        says(introduction, cast.denis, "yes", at=NOW + 30 * DAY)


def test_never_from_this_person_is_kept_and_nobody_can_tell(cast):
    says(asked(cast), cast.denis, "never")
    Mail.objects.all().delete()

    later = asked(cast, first=party(cast.bruno))

    assert later.quiet
    assert not letters("asked")
    assert remind_sides(by=None, at=NOW + 15 * DAY) == 1  # Farid, of the first one
    assert end_what_waits(by=None, at=NOW + 31 * DAY) == 2
    assert [each.address for each in letters("not_made")] == ["aicha@example.org"] * 2
    assert not asked(cast, by=cast.bruno, first=party(cast.chloe)).quiet


def test_never_holds_for_the_same_address_written_anew(cast):
    lise = person("Lise", email="")
    lise.email = "lise@example.org"
    lise.save()
    says(asked(cast, second=party(lise)), lise, "never")

    again = asked(cast, first=party(cast.bruno), second=Invited("Lisette", "LISE@example.org"))

    assert again.quiet


def test_never_takes_an_address_back_after_a_bad_meeting_and_is_taken_back(cast):
    introduction = asked(cast)
    both_say_yes(introduction, cast)
    late = NOW + 90 * DAY

    says(introduction, cast.denis, "never", at=late)
    assert side_of(introduction, cast.denis).reach == ""
    assert asked(cast, first=party(cast.bruno), at=late).quiet

    says(introduction, cast.denis, "not_now", at=late)
    assert not asked(cast, first=party(cast.chloe), at=late).quiet


def test_what_cannot_be_asked_is_refused_and_writes_nothing(cast):
    for wrong, refusal in (
        ({"second": party(cast.farid)}, SamePerson),
        ({"second": Invited("Farid", "FARID@example.org")}, SamePerson),
        ({"second": party(person("Lise"))}, CannotBeAsked),
        ({"why": "  "}, NoWhy),
    ):
        with pytest.raises(refusal):
            asked(cast, **wrong)
    assert not Introduction.objects.exists()
    assert not Mail.objects.exists()


def test_the_same_pair_is_asked_once_a_year_whoever_thinks_of_it(cast):
    asked(cast)
    swapped = {"first": party(cast.denis), "second": party(cast.farid)}
    with pytest.raises(AskedAlready):
        asked(cast, by=cast.bruno, **swapped)
    end_what_waits(by=None, at=NOW + 30 * DAY)
    with pytest.raises(AskedAlready):
        asked(cast, at=NOW + 364 * DAY, **swapped)

    again = asked(cast, at=NOW + 365 * DAY, **swapped)

    both_say_yes_then = NOW + 366 * DAY
    says(again, cast.farid, "yes", at=both_say_yes_then)
    says(again, cast.denis, "yes", at=both_say_yes_then)
    with pytest.raises(AskedAlready):
        asked(cast, at=NOW + 2000 * DAY)


def test_one_person_is_asked_three_times_a_month(cast):
    for n in range(3):
        asked(cast, first=party(person(f"P{n}", email=f"p{n}@example.org")))
    with pytest.raises(AskedEnough):
        asked(cast)
    assert asked(cast, at=NOW + 30 * DAY)


def test_ten_a_day_and_no_more(cast):
    people = [person(f"P{n}", email=f"p{n}@example.org") for n in range(20)]
    for first, second in zip(people[::2], people[1::2], strict=True):
        asked(cast, first=party(first), second=party(second))
    with pytest.raises(TooOften):
        asked(cast)


def test_a_yes_says_how_to_be_reached(cast):
    with pytest.raises(NoWayToReach):
        says(asked(cast), cast.farid, "yes", reach=" ")


def test_whoever_asks_for_themselves_has_said_yes(cast):
    introduction = asked(cast, first=party(cast.aicha))

    assert [each.address for each in letters("asked")] == ["denis@example.org"]
    says(introduction, cast.denis, "yes")

    assert "aicha@example.org" in text_of(letters("met")[1])
    assert not letters("made")


def test_whoever_keeps_a_treasure_is_called_by_it_until_both_agree(cast):
    treasure = make_treasure(cast.valence, "Un métier à tisser", keeper=cast.denis)
    introduction = asked(cast, second=Party(cast.denis), about=About(treasure=treasure))

    text = text_of(letters("asked")[1])
    assert "Un métier à tisser" in text
    assert "Denis" not in text
    both_say_yes(introduction, cast)
    assert "Denis" in text_of(letters("met")[1])
    assert "Denis" not in text_of(letters("made")[0])


def test_somebody_invited_who_does_not_answer_is_forgotten(cast):
    asked(cast, second=Invited("Zoé", "zoe@ailleurs.example"))
    assert Person.objects.get(first_name="Zoé").email == "zoe@ailleurs.example"

    end_what_waits(by=None, at=NOW + 30 * DAY)

    assert not Person.objects.filter(first_name="Zoé").exists()
    assert not Mail.objects.filter(address="zoe@ailleurs.example").exists()


def test_somebody_invited_who_said_yes_or_is_known_otherwise_stays(cast):
    introduction = asked(cast, second=Invited("Zoé", "zoe@ailleurs.example"))
    zoe = Person.objects.get(first_name="Zoé")
    says(introduction, zoe, "yes")
    omar = asked(cast, second=Invited("Omar", "omar@ailleurs.example"))
    make_treasure(cast.valence, keeper=Person.objects.get(first_name="Omar"))

    assert end_what_waits(by=None, at=NOW + 30 * DAY) == 2

    assert set(Person.objects.filter(first_name__in=["Zoé", "Omar"])) == {
        zoe,
        omar.sides.get(invited=True).person,
    }


def test_an_address_that_is_known_here_is_that_person_and_the_introducer_learns_nothing(cast):
    introduction = asked(cast, second=Invited("Quelqu’un", "DENIS@example.org"))

    side = side_of(introduction, cast.denis)
    assert (side.known_as, side.invited) == ("Quelqu’un", False)


def test_three_addresses_a_day_from_one_introducer(cast):
    for n in range(3):
        asked(cast, first=party(person(f"P{n}", email=f"p{n}@example.org")),
              second=Invited("Zoé", f"z{n}@ailleurs.example"))  # fmt: skip
    with pytest.raises(TooOften):
        asked(cast, second=Invited("Zoé", "z4@ailleurs.example"))


def test_whoever_is_silent_is_reminded_once_on_the_tenth_day_by_daylight(cast):
    introduction = asked(cast)
    says(introduction, cast.farid, "not_now")
    night = NOW.replace(hour=3)

    assert remind_sides(by=None, at=NOW + 9 * DAY) == 0
    assert remind_sides(by=None, at=night + 11 * DAY) == 0
    assert [remind_sides(by=None, at=NOW + 10 * DAY) for _ in range(2)] == [1, 0]

    assert [each.address for each in letters("reminded")] == ["denis@example.org"]


def test_after_three_weeks_both_are_asked_once_what_came_of_it(cast):
    introduction = asked(cast)
    both_say_yes(introduction, cast)
    met = NOW + DAY
    say_what_came(side=side_of(introduction, cast.denis), outcome="met", by=None, at=met)
    assert ask_what_came(by=None, at=met + 20 * DAY) == 0

    assert [ask_what_came(by=None, at=met + 21 * DAY) for _ in range(2)] == [1, 0]

    assert [each.address for each in letters("what_came")] == ["farid@example.org"]


def test_the_introducer_hears_once_what_came_of_it_with_the_word(cast):
    introduction = asked(cast)
    farid, denis = side_of(introduction, cast.farid), side_of(introduction, cast.denis)
    with pytest.raises(IntroductionOver):
        say_what_came(side=farid, outcome="met", by=None, at=NOW)
    both_say_yes(introduction, cast)

    say_what_came(side=farid, outcome="something", word="Un vélo cargo !", by=None, at=NOW)
    say_what_came(side=denis, outcome="met", word="", by=None, at=NOW)
    say_what_came(side=denis, outcome="met", word="", by=None, at=NOW)

    [told] = letters("heard")
    assert told.address == "aicha@example.org"
    assert "Un vélo cargo !" in text_of(told)
    assert Entry.objects.filter(verb="introduction_outcome").count() == 2


def test_what_waits_for_somebody_erased_ends_and_keeps_nothing_of_them(cast):
    introduction = asked(cast)
    says(introduction, cast.farid, "yes")

    erase_person(person=cast.farid, by=cast.farid, at=NOW + 2 * DAY)

    introduction.refresh_from_db()
    assert introduction.ending == "not_made"
    assert [each.person for each in introduction.sides.all()] == [cast.denis]


def test_an_introducer_who_leaves_ends_what_waits_and_is_named_nowhere(cast):
    introduction = asked(cast, by=cast.bruno)

    erase_person(person=cast.bruno, by=cast.bruno, at=NOW + DAY)

    introduction.refresh_from_db()
    assert introduction.ending == "not_made"
    assert write("exchanges.introduction", letters("asked")[0].about, NOW) is None
    assert not letters("not_made")


def test_addresses_given_to_each_other_go_after_a_year(cast):
    introduction = asked(cast)
    both_say_yes(introduction, cast)

    assert forget_reach(before=NOW, by=None, at=NOW + 300 * DAY) == 0
    assert forget_reach(before=NOW + 2 * DAY, by=None, at=NOW + 400 * DAY) == 2

    assert not introduction.sides.exclude(reach="").exists()


def test_the_ledger_says_nothing_of_who_they_are(cast):
    introduction = asked(cast)
    says(introduction, cast.farid, "not_now")

    lines = Entry.objects.filter(verb__startswith="introduction_").order_by("id")
    assert [each.verb for each in lines] == ["introduction_asked", "introduction_answered"]
    assert lines[1].by == ""
    assert not any("arid" in str(each.data) or "enis" in str(each.data) for each in lines)


def at_once(*acts) -> None:
    """Each in a connection of its own, all let go at the same moment."""
    together = Barrier(len(acts))

    def run(act) -> None:
        together.wait()
        try:
            act()
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_two_yeses_at_the_same_moment_put_them_in_touch_once(cast):
    introduction = asked(cast)

    at_once(
        lambda: says(introduction, cast.farid, "yes"),
        lambda: says(introduction, cast.denis, "yes"),
    )

    introduction.refresh_from_db()
    assert introduction.ending == "made"
    assert (len(letters("met")), len(letters("made"))) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_the_same_pair_at_once_ask_it_once(cast):
    refused = []

    def ask(who) -> None:
        try:
            asked(cast, by=who)
        except AskedAlready:
            refused.append(who)

    at_once(*(lambda who=who: ask(who) for who in (cast.aicha, cast.bruno, cast.elodie)))

    assert (Introduction.objects.count(), len(refused)) == (1, 2)
    assert len(letters("asked")) == 2
