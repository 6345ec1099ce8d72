"""A meeting's minutes are worked out from one table, and a meeting that does not fit is never squeezed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.guides.library import Library
from assistant.guides.timing import COLUMNS, LEFT, MONTHLY, PAIR, Plan, TooShort, changed, least, plan
from assistant.prompts import builtin_prompts

LEAST = {share.part: round(share.least * 60) for share in MONTHLY}
FLOOR = LEAST["telling"]

lengths = st.integers(0, 300)
numbers = st.integers(2, 12)


def turn(found, name, number=1):
    return found.of(name, number).seconds / 60


@pytest.mark.parametrize(
    ("minutes", "arriving", "telling", "steps", "kept", "slack"), [(60, 6, 3.5, 1.5, 2, 2), (75, 7, 5, 3, 3, 0)]
)
def test_five_have_the_minutes_of_the_practice(minutes, arriving, telling, steps, kept, slack):
    found = plan(minutes, 5)
    assert (found.of("silence").seconds + found.of("round").seconds) / 60 == arriving
    assert found.of("frame").seconds / 60 == 1
    in_turn = [turn(found, name, 5) for name in ("telling", "stayed", "steps", "last_word", "quiet")]
    assert in_turn == [telling, 1.5, steps, 1, 0.5]
    assert [found.of(name).seconds / 60 for name in ("words", "kept", "closing", "slack")] == [4, kept, 5, slack]


@pytest.mark.parametrize("minutes", [60, 75, 90])
@pytest.mark.parametrize("people", range(3, 8))
def test_three_to_seven_fit_but_for_seven_in_an_hour(minutes, people):
    found = plan(minutes, people)
    if (minutes, people) == (60, 7):
        assert found == TooShort(minutes=70, tellers=5)
    else:
        assert found.of("telling", people).seconds >= FLOOR


@given(lengths, numbers, st.data())
def test_a_plan_is_as_long_as_the_meeting_to_the_second_and_no_part_is_below_its_least(minutes, people, data):
    tellers = data.draw(st.integers(1, people))
    found = plan(minutes, people, tellers)
    if isinstance(found, Plan):
        assert sum(part.seconds for part in found.parts) == minutes * 60
        assert [part.begins for part in found.parts] == [0, *_ends(found)[:-1]]
        for part in found.parts:
            least = LEAST[part.part] * (people if part.part == "round" else 1)
            assert part.seconds >= (0 if part.part == LEFT else least)


def _ends(found):
    return [part.begins + part.seconds for part in found.parts]


@given(lengths, numbers)
def test_everyone_who_tells_has_the_same(minutes, people):
    if isinstance(found := plan(minutes, people), Plan):
        turns = [[(p.part, p.seconds) for p in found.parts if p.turn == one] for one in range(1, people + 1)]
        assert all(one == turns[0] for one in turns)


@given(lengths, st.integers(1, 60), numbers)
def test_a_longer_meeting_takes_nothing_from_anyone(minutes, more, people):
    shorter, longer = plan(minutes, people), plan(minutes + more, people)
    if isinstance(shorter, Plan):
        assert isinstance(longer, Plan)
        for one, other in zip(shorter.parts, longer.parts, strict=True):
            assert one.part == LEFT or one.seconds <= other.seconds


@given(lengths, numbers)
def test_one_more_at_the_table_gives_nobody_longer_to_tell(minutes, people):
    few, many = plan(minutes, people), plan(minutes, people + 1)
    if isinstance(many, Plan):
        assert isinstance(few, Plan)
        assert few.of("telling", 1).seconds >= many.of("telling", 1).seconds


@given(st.floats(0, 1), numbers)
def test_a_meeting_that_is_short_takes_it_from_the_telling_alone(share, people):
    low, high = (sum(getattr(s, column) * {"meeting": 1}.get(s.per, people) for s in MONTHLY) for column in COLUMNS[:2])
    found, short = plan(low + share * (high - low), people), plan(high, people)
    if isinstance(found, Plan):
        for one, other in zip(found.parts, short.parts, strict=True):
            assert one.part in ("telling", LEFT) or one.seconds == other.seconds


@given(lengths, numbers)
def test_what_does_not_fit_says_what_would(minutes, people):
    found = plan(minutes, people)
    if isinstance(found, TooShort):
        assert isinstance(plan(found.minutes, people), Plan)
        assert isinstance(plan(found.minutes - 5, people), TooShort)
        assert found.tellers < people
        assert isinstance(plan(minutes, people, found.tellers + 1), TooShort)
        if found.tellers:
            assert isinstance(plan(minutes, people, found.tellers), Plan)


@given(st.data(), numbers)
def test_the_shortest_plan_is_one_that_nothing_shorter_is(data, people):
    tellers = data.draw(st.integers(1, people))
    found = least(people, tellers)
    assert found.of("telling", 1).seconds == FLOOR
    assert isinstance(plan((found.seconds - 1) / 60, people, tellers), TooShort)


@pytest.mark.parametrize(("people", "tellers"), [(1, None), (0, None), (5, 0), (5, 6), (-2, None)])
def test_a_meeting_of_fewer_than_two_or_without_anyone_who_tells_is_none(people, tellers):
    with pytest.raises(ValueError, match="nobody"):
        plan(60, people, tellers)


@given(st.dictionaries(st.sampled_from(["telling", "words", "round", "slack"]), st.floats(0.5, 30)), numbers)
def test_a_group_may_change_every_part_and_the_rules_still_hold(minutes, people):
    shares = changed(MONTHLY, minutes)
    found = plan(240, people, shares=shares)
    if isinstance(found, Plan):
        assert sum(part.seconds for part in found.parts) == 240 * 60
    assert {share.part: share.short for share in shares} | minutes == pytest.approx({s.part: s.short for s in shares})


def test_the_pair_meetings_guide_has_the_minutes_of_the_table():
    steps = Library([builtin_prompts()], "da").guide("pair").steps
    steps = [step for step in steps if not step.needs]
    found = plan(30, 2, shares=PAIR)
    assert [step.minutes * 60 for step in steps] == [part.seconds for part in found.parts if part.part != LEFT]
    assert found.of(LEFT).seconds == 0


def test_parts_come_in_the_order_of_the_meeting():
    names = [part.part for part in plan(60, 3).parts]
    of_a_turn = ["telling", "stayed", "steps", "last_word", "quiet"]
    assert names == ["silence", "round", "frame", *of_a_turn * 3, "words", "kept", "closing", "slack"]
    assert all(one.begins <= other.begins for one, other in pairwise(plan(60, 3).parts))
