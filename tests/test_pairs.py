"""Everyone meets everyone as evenly as the numbers allow, nobody is left over, and every machine finds the same."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.circle.pairs import groups, plan

NAMES = ("Adaeze", "Bo", "Chiara", "Dorte", "Emil", "Freja", "Gus", "Hanne", "Ib")
YEAR = 12

sizes = st.integers(2, 9)
months_away = st.lists(st.booleans(), min_size=YEAR, max_size=YEAR)


def meetings(year, members):
    """How often each two of `members` were together."""
    counts = Counter(dict.fromkeys(combinations(sorted(members), 2), 0))
    counts.update(two for month in year for group in month for two in combinations(group, 2))
    return counts


def spread(numbers):
    numbers = list(numbers)
    return max(numbers) - min(numbers)


@settings(deadline=None)
@given(st.sets(st.text(max_size=3), min_size=2, max_size=9), st.integers(0, 5))
def test_nobody_is_left_over_and_nobody_is_in_two_places(members, gone_by):
    before = plan([members] * gone_by)
    month = groups(members, before)
    assert sorted(member for group in month for member in group) == sorted(members)
    assert sorted(map(len, month)) == [2] * ((len(members) - 2) // 2) + [2 + len(members) % 2]


@pytest.mark.parametrize("members", [(), ("Bo",)])
def test_one_alone_meets_nobody(members):
    assert groups(members) == ()


@pytest.mark.parametrize(("number", "most"), [(2, 0), (3, 0), (4, 1), (5, 2), (6, 1), (7, 2), (8, 1), (9, 2)])
def test_at_every_moment_of_the_year_all_have_met_all_evenly(number, most):
    """With five, a pair and a trio, three numbers of meetings cannot be avoided: no choice of twelve months does
    better (all 293,930 were tried), and after ten everyone has met everyone four times."""
    members = NAMES[:number]
    year = plan([members] * YEAR)
    assert max(spread(meetings(year[:month], members).values()) for month in range(1, YEAR + 1)) <= most
    if number == 5:
        assert set(meetings(year[:10], members).values()) == {4}


@pytest.mark.parametrize(("number", "most"), [(4, 1), (5, 2), (6, 2)])
@settings(max_examples=200, deadline=None)
@given(who=st.integers(0, 5), away=months_away)
def test_with_one_away_now_and_then_the_rest_is_as_even_and_so_is_what_is_left_for_the_one(number, most, who, away):
    """Of all 4,096 ways in which any one of five or six can be away in a year, none is worse than two."""
    members = NAMES[:number]
    one = members[who % number]
    year = plan([[member for member in members if not (gone and member == one)] for gone in away])
    counts = meetings(year, members)
    assert spread(times for two, times in counts.items() if one not in two) <= most
    assert spread(times for two, times in counts.items() if one in two) <= most
    assert all(one not in group for month, gone in zip(year, away, strict=True) if gone for group in month)


@settings(deadline=None)
@given(sizes, st.data())
def test_every_machine_finds_the_same_from_the_same_history(number, data):
    members = data.draw(st.permutations(NAMES[:number]))
    before = plan([NAMES[:number]] * 3)
    told_otherwise = [tuple(tuple(reversed(group)) for group in reversed(month)) for month in before]
    assert groups(members, told_otherwise) == groups(NAMES[:number], before)


@settings(deadline=None)
@given(st.integers(4, 9), st.integers(1, 11))
def test_nobody_has_the_same_companion_two_months_running(number, month):
    members = NAMES[:number]
    year = plan([members] * (month + 1))
    pairs = [{group for group in groups_of if len(group) == 2} for groups_of in year[-2:]]
    assert not pairs[0] & pairs[1]


def test_a_newcomer_has_met_everyone_after_a_quarter():
    before = plan([NAMES[:4]] * 6)
    quarter = plan([NAMES[:5]] * 3, before)
    assert all(times for two, times in meetings(quarter, NAMES[:5]).items() if NAMES[4] in two)


def test_a_plan_goes_on_from_the_months_gone_by():
    whole = plan([NAMES[:6]] * YEAR)
    assert plan([NAMES[:6]] * 5, whole[:7]) == whole[7:]
