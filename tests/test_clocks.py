"""A computer's clock may be wrong for a while: nothing breaks by it, and no week counts from a day that never was."""

import io
from datetime import UTC, datetime, timedelta

import pytest

from assistant.__main__ import House
from assistant.cli.plain import converse

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
LONG_AGO = datetime(1998, 1, 2, 12, tzinfo=UTC)
AHEAD = datetime(2031, 5, 1, 12, tzinfo=UTC)


def house(tmp_path, at, *, new=False):
    there = House(tmp_path / "home", "en", clock=lambda: at)
    if new:
        there.make_home("Ane", "key-file")
    return there


def talked(there):
    session, out = there.sittings.session("weekly"), io.StringIO()
    title = session.sentence("title", title=session.guide.title["en"], week=session.facts.week)
    converse(session, io.StringIO("On Wednesday I said it out loud.\n"), out, there.messages, title)
    return out.getvalue()


def test_a_year_that_began_under_a_clock_of_long_ago_begins_when_the_clock_is_right(tmp_path):
    with house(tmp_path, LONG_AGO, new=True).vault:
        pass
    there = house(tmp_path, NOW)
    assert there.week == 1
    assert "your week 1\n" in talked(there)
    there.close()
    later = house(tmp_path, NOW + timedelta(weeks=3))
    assert later.week == 4
    later.close()


@pytest.mark.parametrize("made, now", [(NOW, LONG_AGO), (AHEAD, NOW), (AHEAD, LONG_AGO), (LONG_AGO, LONG_AGO)])
def test_a_clock_set_back_breaks_nothing_and_counts_from_one(tmp_path, made, now):
    before = house(tmp_path, made, new=True)
    before.keep_practice("Said it once.", made.date())
    talked(before)
    before.close()
    there = house(tmp_path, now)
    assert there.week == 1
    there.keep_practice("Said it twice.", now.date())
    assert "your week 1\n" in talked(there)
    listed = [line for month in there.practice_months() for day in month.days for line in day.lines]
    assert sorted(listed) == ["Said it once.", "Said it twice."]
    there.close()


def test_a_year_that_began_keeps_its_first_day_whatever_the_clock_says_for_a_while(tmp_path):
    house(tmp_path, NOW, new=True).close()
    for at in (LONG_AGO, AHEAD, NOW):
        there = house(tmp_path, at)
        assert there.vault.profile.began == NOW.date()
        there.close()
