"""A group's dates are taken in by calendar programs as they were agreed: read back here by other libraries."""

import io
import json
import re
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil import tz
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.__main__ import House
from assistant.circle.calendar import LAST, collisions, place, series
from assistant.circle.calendar_page import page
from assistant.circle.charter import Charter, Dates
from assistant.circle.holidays import holidays
from assistant.circle.ics import ics
from assistant.cli.main import run
from assistant.cli.plain import converse
from assistant.guides.reading.times import is_last, next_nth
from assistant.messages import LANGS, Messages
from assistant.sittings.frame import Frame
from assistant.trouble import Trouble
from tests import transcripts

ZONES = ("Europe/Copenhagen", "Europe/London", "America/New_York")
STAMP = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
SINCE = date(2026, 1, 14)
TITLES = {"meeting": "fast aftale", "journal": "ti minutter", "pair": "to kopper kaffe"}


def dates(first=datetime(2026, 1, 14, 10, 0), zone=ZONES[0], **more):
    return Dates(zone=zone, first_meeting=first, **more)


def written(agreed, since=SINCE, circle="circle-1"):
    return ics(series(agreed, since), agreed.zone, circle, TITLES, STAMP)


def starts(agreed, what, since=SINCE):
    return next((each.starts for each in series(agreed, since) if each.what == what), ())


def read_back(content, title):
    """Give when each event of a title begins and ends, in UTC: as vobject expands the file, and dateutil its zone.

    vobject alone asks pytz for some zones, and lets summer go by there.
    """
    events = [event for event in vobject.readOne(content.decode()).vevent_list if event.summary.value == title]
    (master,) = [event for event in events if not hasattr(event, "recurrence_id")]
    moved = {event.recurrence_id.value.replace(tzinfo=None): event for event in events if event is not master}
    length = master.dtend.value - master.dtstart.value
    starts = [at.replace(tzinfo=None) for at in master.getrruleset()]
    spans = [(at, at + length) for at in starts if at not in moved]
    spans += [(event.dtstart.value, event.dtend.value) for event in moved.values()]
    zone = tz.tzical(io.StringIO(content.decode())).get()
    return sorted(tuple(at.replace(tzinfo=zone).astimezone(UTC) for at in span) for span in spans)


def in_utc(local, zone):
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


# Rules


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (datetime(2026, 1, 14, 10), ["01-14", "02-11", "03-11", "04-08", "05-13", "06-10"]),
        (datetime(2026, 1, 28, 10), ["01-28", "02-25", "03-25", "04-22", "05-27", "06-24"]),
        (datetime(2026, 1, 29, 10), ["01-29", "02-26", "03-26", "04-30", "05-28", "06-25"]),
        (datetime(2026, 1, 30, 10), ["01-30", "02-27", "03-27", "04-24", "05-29", "06-26"]),
        (datetime(2026, 3, 31, 10), ["03-31", "04-28", "05-26", "06-30", "07-28", "08-25"]),
    ],
)
def test_a_meeting_keeps_its_weekday_and_its_place_and_a_fifth_is_the_last(first, expected):
    assert [f"{at:%m-%d}" for at in starts(dates(first, months=6), "meeting")] == expected


@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)), st.integers(1, 24), st.integers(0, 4))
def test_there_is_one_meeting_in_each_month_and_pairs_meet_between_them(day, months, pairs):
    agreed = dates(datetime.combine(day, time(9)), months=months, pairs_per_month=pairs)
    meetings = starts(agreed, "meeting", day)
    assert meetings[0].date() == day
    assert [(at.year * 12 + at.month) - (day.year * 12 + day.month) for at in meetings] == list(range(months))
    assert {place(at.date()) for at in meetings} <= {place(day), 4, LAST}
    met = starts(agreed, "pair", day)
    assert not {at.date() for at in met} & {at.date() for at in meetings}
    between = [sum(one < at < other for at in met) for one, other in pairwise(meetings)]
    assert all(pairs <= number <= pairs + 1 for number in between)


@given(st.dates(date(2025, 12, 1), date(2026, 1, 14)), st.integers(0, 6))
def test_the_journal_begins_in_the_week_after_the_frame_was_agreed_and_ends_with_the_last_meeting(since, weekday):
    agreed = dates(journal_weekday=weekday)
    journals = starts(agreed, "journal", since)
    assert since < journals[0].date() <= since + timedelta(days=7)
    assert {at.weekday() for at in journals} == {weekday}
    last = starts(agreed, "meeting", since)[-1]
    assert timedelta(0) < last - journals[-1] <= timedelta(days=7)


@pytest.mark.parametrize("months", [0, -3])
def test_no_months_are_no_dates(months):
    assert series(dates(months=months), SINCE) == ()
    assert b"VEVENT" not in written(dates(months=months))


# The file


@pytest.mark.parametrize("zone", ZONES)
def test_local_times_stay_right_across_both_changes_of_the_clock(zone):
    agreed = dates(zone=zone, months=14, meeting_minutes=75)
    content = written(agreed)
    for title, what, minutes in (("fast aftale", "meeting", 75), ("ti minutter", "journal", 10)):
        expected = [in_utc(at, zone) for at in starts(agreed, what)]
        assert read_back(content, title) == [(at, at + timedelta(minutes=minutes)) for at in expected]
        assert len({at.time() for at in expected}) == 2, "summer and winter are there"


@pytest.mark.parametrize("zone", [*ZONES, "UTC", "Asia/Kolkata", "Australia/Lord_Howe", "America/Nuuk"])
def test_the_time_zone_in_the_file_is_the_zone_hour_by_hour(zone):
    read = tz.tzical(io.StringIO(written(dates(zone=zone)).decode())).get(zone)
    at = datetime(2026, 1, 14)
    while at < datetime(2027, 6, 1):
        if tz.datetime_exists(at, ZoneInfo(zone)) and not tz.datetime_ambiguous(at, ZoneInfo(zone)):
            assert at.replace(tzinfo=read).utcoffset() == at.replace(tzinfo=ZoneInfo(zone)).utcoffset(), at
        at += timedelta(minutes=30)


@pytest.mark.parametrize(
    ("zone", "changes"),
    [
        ("Europe/Copenhagen", ["20260329T020000+0100", "20261025T030000+0200"]),
        ("Europe/London", ["20260329T010000+0000", "20261025T020000+0100"]),
        ("America/New_York", ["20260308T020000-0500", "20261101T020000-0400"]),
    ],
)
def test_a_change_of_the_clock_is_told_in_the_time_before_it_as_the_standard_asks(zone, changes):
    told = re.findall(r"DTSTART:(\w+)\r\nTZNAME:\w+\r\nTZOFFSETFROM:(.\d{4})", written(dates(zone=zone)).decode())
    assert ["".join(change) for change in told[1:3]] == changes


def test_the_file_holds_rules_and_not_copies():
    events = vobject.readOne(written(dates()).decode()).vevent_list
    assert len(events) == 3
    assert all(hasattr(event, "rrule") for event in events)


@settings(deadline=None, max_examples=30)
@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(0, 3),
    st.integers(0, 6),
    st.sampled_from(ZONES),
    st.integers(1, 4),
    st.integers(1, 6),
)
def test_whatever_is_agreed_comes_back_as_it_was(day, pairs, weekday, zone, times, months):
    agreed = dates(
        datetime.combine(day, time(23, 30)),
        zone,
        journal_weekday=weekday,
        pairs_per_month=pairs,
        pair_minutes=45,
        meetings_per_month=times,
        meeting_months=months if times == 1 else 1,
        pair_months=months if pairs == 1 else 1,
    )
    assert starts(agreed, "meeting", day)[0].date() == day
    content = written(agreed, day)
    for each in series(agreed, day):
        begins = [begin for begin, _ in read_back(content, TITLES[each.what])]
        assert begins == [in_utc(at, zone) for at in each.starts]


@pytest.mark.parametrize(
    ("times", "months", "rule", "many"),
    [
        (1, 2, "FREQ=MONTHLY;INTERVAL=2;BYDAY=2WE", 6),
        (1, 3, "FREQ=MONTHLY;INTERVAL=3;BYDAY=2WE", 4),
        (1, 5, "FREQ=MONTHLY;INTERVAL=5;BYDAY=2WE", 3),
        (2, 1, "FREQ=MONTHLY;BYDAY=2WE,4WE", 24),
        (3, 1, "FREQ=MONTHLY;BYDAY=2WE,3WE,4WE", 36),
        (4, 1, "FREQ=WEEKLY;BYDAY=WE", 52),
    ],
)
def test_a_group_that_meets_seldomer_or_oftener_has_so_many_meetings_in_its_year(times, months, rule, many):
    (meeting, *_, pair) = series(dates(meetings_per_month=times, meeting_months=months), SINCE)
    assert (meeting.rule, len(meeting.starts)) == (f"{rule};COUNT={many}", many)
    assert times == 1 or not {at.date() for at in meeting.starts} & {at.date() for at in pair.starts}


@pytest.mark.parametrize(
    ("weeks", "rule", "expected"),
    [
        (2, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", ["12-03", "12-17", "12-31", "01-14"]),
        (3, "FREQ=WEEKLY;INTERVAL=3;BYDAY=TH", ["12-03", "12-24", "01-14", "02-04"]),
    ],
)
def test_what_is_agreed_in_weeks_is_every_so_many_weeks_from_the_first_day(weeks, rule, expected):
    first = datetime(2026, 12, 3, 9, 30)
    agreed = dates(first, meeting_weeks=weeks, pair_weeks=weeks)
    meeting, _, pair = series(agreed, date(2026, 11, 26))
    assert meeting.rule.startswith(f"{rule};COUNT=")
    assert [f"{at:%m-%d}" for at in meeting.starts[:4]] == expected
    assert {(other - one).days for one, other in pairwise(meeting.starts)} == {7 * weeks}
    left = first + relativedelta(months=12) - meeting.starts[-1]
    assert timedelta(days=7 * weeks) <= left < timedelta(days=14 * weeks)
    assert {(other - one).days for one, other in pairwise(pair.starts)} == {7 * weeks}
    assert not {at.date() for at in meeting.starts} & {at.date() for at in pair.starts}


def test_what_was_not_agreed_is_in_no_calendar():
    first = datetime(2026, 12, 3, 9, 30)
    agreed = dates(first, meetings_per_month=0, pairs_per_month=0, journal_weekday=None)
    (meeting,) = series(agreed, date(2026, 11, 26))
    assert meeting.starts == (first,)
    assert [begin for begin, _ in read_back(written(agreed), "fast aftale")] == [in_utc(first, ZONES[0])]
    assert min(starts(dates(first), "pair", date(2026, 11, 1))) > first, "two meet between meetings, and not before"
    journals = starts(dates(first, meetings_per_month=0), "journal", date(2026, 11, 26))
    assert len(journals) == 53, "the journal was agreed, for the months there are"


def test_who_keeps_other_holidays_is_told_so_and_shown_no_danish_ones(command):
    code, out, _ = command(dates(zone="Europe/London"), "--collisions")
    assert (code, out.decode()) == (0, Messages.load("da")("calendar.only_danish") + "\n")
    assert collisions(dates(zone="Europe/London"), SINCE) == ()
    assert Messages.load("da")("calendar.only_danish") in command(dates(zone="Europe/London"))[2]


def test_what_the_group_moved_is_moved_and_what_it_left_out_is_gone():
    moved = {date(2026, 4, 8): datetime(2026, 4, 9, 13, 0), date(2026, 7, 8): None, date(2026, 6, 5): None}
    agreed = dates(moved=moved)
    meetings = [begin for begin, _ in read_back(written(agreed), "fast aftale")]
    expected = [at for at in starts(agreed, "meeting") if at.date() != date(2026, 7, 8)]
    expected[3] = datetime(2026, 4, 9, 13, 0)
    assert meetings == [in_utc(at, ZONES[0]) for at in expected]
    journals = [begin.date() for begin, _ in read_back(written(agreed), "ti minutter")]
    assert date(2026, 6, 5) not in journals
    assert date(2026, 6, 12) in journals


def test_a_meeting_moved_to_its_own_time_stands():
    agreed = dates(moved={date(2026, 7, 8): datetime(2026, 7, 8, 10, 0)})
    assert written(agreed) == written(dates())


def test_on_the_day_of_a_meeting_only_the_meeting_moves():
    agreed = dates(moved={date(2026, 4, 8): None}, journal_weekday=2)
    assert date(2026, 4, 8) in {begin.date() for begin, _ in read_back(written(agreed), "ti minutter")}


def test_the_events_keep_their_names_and_two_circles_never_share_one():
    def uids(content):
        return [event.uid.value for event in vobject.readOne(content.decode()).vevent_list]

    assert uids(written(dates())) == uids(written(dates(datetime(2026, 2, 3, 9)), date(2026, 2, 1)))
    assert not set(uids(written(dates()))) & set(uids(written(dates(), circle="circle-2")))


@pytest.mark.parametrize("lang", LANGS)
def test_titles_and_reminders_reveal_nothing_and_miss_nothing(lang):
    messages = Messages.load(lang)
    titles = {kind: messages(f"calendar.title_{kind}") for kind in ("meeting", "journal", "pair")}
    content = ics(series(dates(), SINCE), ZONES[0], "Four Ducks", titles, STAMP).decode()
    said = [line.split(":", 1)[1] for line in content.splitlines() if line.startswith(("SUMMARY", "DESCRIPTION"))]
    assert set(said) == set(titles.values())
    assert titles["journal"] in {"ti minutter", "ten minutes"}
    revealing = ("vidne", "witness", "journal", "dagbog", "learn", "læring", "circle", "fællesskab", "husk", "mangler")
    assert not [word for word in revealing for title in said if word in title.lower()]
    assert "Four Ducks" not in content


def test_the_time_it_was_made_comes_in():
    assert written(dates()).decode().count("DTSTAMP:20260114T120000Z") == 3


@pytest.mark.parametrize("zone", ["Europe/Kobenhavn", "", "../etc", "Europe", "\x1b[2J", "/etc/passwd"])
def test_a_zone_that_is_none_is_told(zone):
    with pytest.raises(Trouble) as trouble:
        written(dates(zone=zone))
    assert trouble.value.key == "trouble.calendar_zone"
    assert "\x1b" not in str(trouble.value.values)


# Days off


def test_the_movable_holidays_of_2026_are_where_the_almanac_has_them():
    named = {f"{day:%m-%d}": name for day, name in holidays(2026).items() if name != "july"}
    assert named == {
        "01-01": "new_years_day",
        "04-02": "maundy_thursday",
        "04-03": "good_friday",
        "04-05": "easter_day",
        "04-06": "easter_monday",
        "05-14": "ascension",
        "05-24": "whit_sunday",
        "05-25": "whit_monday",
        "06-05": "constitution_day",
        "12-24": "christmas_eve",
        "12-25": "christmas_day",
        "12-26": "boxing_day",
        "12-31": "new_years_eve",
    }


def test_store_bededag_is_no_holiday_since_2024():
    assert holidays(2023)[date(2023, 5, 5)] == "prayer_day"
    assert "prayer_day" not in holidays(2024).values()


def test_what_falls_on_days_off_is_shown_with_what_was_decided_and_moved_by_nobody_else():
    agreed = dates(
        datetime(2026, 1, 1, 10, 0),
        journal_weekday=0,
        pairs_per_month=0,
        moved={date(2026, 7, 2): None, date(2026, 1, 1): datetime(2026, 1, 8, 10, 0)},
    )
    found = [each for each in collisions(agreed, SINCE) if each.what == "meeting"]
    assert [(each.at.date(), each.day, each.decision) for each in found] == [
        (date(2026, 1, 1), "new_years_day", "moved"),
        (date(2026, 4, 2), "maundy_thursday", "open"),
        (date(2026, 7, 2), "july", "left_out"),
    ]
    assert in_utc(datetime(2026, 4, 2, 10, 0), ZONES[0]) in [at for at, _ in read_back(written(agreed), "fast aftale")]


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_names_meetings_and_pair_meetings_on_days_off_and_each_year_that_is_not_this_one(lang):
    say, today = Messages.load(lang), date(2026, 11, 26)
    shown = page(dates(datetime(2026, 12, 17, 14)), today, "Holdet", today, say)
    *series_shown, off = (section.entries[0].wordings[0].text.split("\n") for section in shown.sections)
    told = {line.split(" · ")[1] for line in off if " · " in line}
    off_days = ("christmas_eve", "maundy_thursday", "july")
    assert told == {say(f"calendar.day_{name}") for name in off_days}
    assert say("calendar.falls_pair") in off
    assert say("calendar.falls_meeting") in off
    assert off.index(say("calendar.yours")) < off.index(say("calendar.falls_pair"))
    meetings, journal, _ = series_shown
    assert ["2027" in line for line in meetings] == [False, *[True] * 11]
    assert say("calendar.journal_before") in journal
    later = page(dates(datetime(2026, 12, 17, 14)), today, "Holdet", date(2026, 12, 18), say)
    assert say("calendar.journal_before") not in later.sections[1].entries[0].wordings[0].text


@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)), st.integers(1, 24))
def test_the_last_of_the_month_stays_the_last_whichever_the_first_one_was(day, months):
    last = next_nth(LAST, day.weekday(), day)
    meetings = starts(dates(datetime.combine(last, time(9)), months=months, meets_last=True), "meeting", last)
    assert meetings[0].date() == last
    assert all(is_last(at.date()) for at in meetings)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_every_day_off_in_the_period_is_shown(day):
    agreed = dates(datetime.combine(day, time(9)))
    shown = {each.at for each in collisions(agreed, day)}
    everything = {at for each in series(agreed, day) for at in each.starts}
    assert shown == {at for at in everything if at.date() in holidays(at.year)}


# The command


def house_with(agreed):
    class Furnished(House):
        def frame(self, group=None):
            agreement = Charter(group="Holdet", lang="da", agreed=SINCE, places=(), dates=agreed)
            return Frame((agreement,), "Anna") if agreed else None

    return Furnished


@pytest.fixture
def command(capfdbinary):
    def call(agreed, *arguments):
        code = run(["--lang", "da", "calendar", *arguments], house_with(agreed), LANGS)
        out, err = capfdbinary.readouterr()
        return code, out, err.decode()

    return call


def test_the_command_writes_the_file_and_nothing_else_to_standard_output(command):
    code, out, err = command(dates())
    assert code == 0
    assert out.startswith(b"BEGIN:VCALENDAR\r\n")
    assert out.endswith(b"END:VCALENDAR\r\n")
    assert b"\r\r" not in out
    assert err == Messages.load("da")("calendar.waiting", count=1) + "\n"
    assert len(vobject.readOne(out.decode()).vevent_list) == 3


def test_the_command_says_what_becomes_of_a_fifth_weekday(command):
    _, _, err = command(dates(datetime(2026, 1, 30, 10, 0)))
    assert "månedens sidste fredag" in err


def test_collisions_are_told_with_exit_1_while_a_meeting_waits(command):
    code, out, _ = command(dates(), "--collisions")
    assert code == 1
    assert "  onsdag den 8. juli kl. 10.00 · juli\n" in out.decode()
    decided = dates(moved={date(2026, 7, 8): datetime(2026, 7, 1, 9, 30)})
    code, out, _ = command(decided, "--collisions")
    assert code == 0
    assert "  onsdag den 8. juli kl. 10.00 · juli → onsdag den 1. juli kl. 9.30\n" in out.decode()


def test_collisions_are_there_for_machines(command):
    _, out, _ = command(dates(moved={date(2026, 7, 8): None}), "--collisions", "--json")
    rows = json.loads(out)["collisions"]
    meeting = {"what": "meeting", "at": "2026-07-08T10:00:00", "day": "july", "decision": "left_out", "to": None}
    assert meeting in rows


def test_without_dates_nothing_is_written(command):
    code, out, err = command(None)
    assert (code, out) == (1, b"")
    assert err == Messages.load("da")("trouble.calendar_no_dates") + "\n"


@pytest.mark.parametrize("lang", LANGS)
def test_every_day_off_has_a_name(lang):
    sentences = Messages.load(lang).sentences
    names = {name for year in (2023, 2026) for name in holidays(year).values()}
    assert {f"calendar.day_{name}" for name in names} == {n for n in sentences if n.startswith("calendar.day_")}


# Deciding


@pytest.fixture
def agreed_here(tmp_path):
    """A house in which a kickoff was held, as it is in a transcript."""
    script = transcripts.read((transcripts.FOLDER / "kickoff-da.md").read_text("utf-8"))
    for day, answers in script.sittings.items():
        house = transcripts.house_of(script, tmp_path / "home", day)
        waiting = house.vault.unfinished("kickoff")
        session = house.sittings.session("kickoff", waiting.id if waiting else None)
        converse(session, io.StringIO(transcripts.typed(answers)), io.StringIO(), house.messages, "")
        house.close()
    yield House(tmp_path / "home", "da")


def test_what_the_group_decides_about_a_day_is_in_the_calendar_from_then_on(agreed_here):
    frame = agreed_here.frame()
    first, second, third = [start.date() for start in series(frame.dates, frame.since)[0].starts[:3]]
    moved = datetime.combine(second, time(9)) + timedelta(days=1)
    for day, to in ((first, None), (second, None), (second, moved)):
        agreed_here.frame().decide(day, to)
    page = agreed_here.charter_page()
    agreed_here.close()
    now = House(agreed_here.home.folder, "da").frame()
    assert now.id == frame.id
    starts = [begin for begin, _ in read_back(written(now.dates, now.since), "fast aftale")]
    assert starts[0] == in_utc(moved, now.dates.zone)
    assert starts[1].date() == third
    assert not any("igen" in line for line in page.lead), "the frame was not looked at again by that"


def test_a_day_on_which_nothing_falls_is_not_moved(agreed_here):
    with pytest.raises(Trouble) as trouble:
        agreed_here.frame().decide(date(1999, 1, 1), None)
    assert trouble.value.key == "trouble.calendar_no_such_day"
    assert agreed_here.frame().dates.moved == {}


def test_the_command_moves_leaves_out_and_lets_stand(agreed_here, capfd):
    home = str(agreed_here.home.folder)
    frame = agreed_here.frame()
    day = series(frame.dates, frame.since)[0].starts[0]
    agreed_here.close()

    def call(*arguments):
        code = run(["--home", home, "--lang", "da", "calendar", *arguments], House, LANGS)
        return code, capfd.readouterr().out

    for arguments, end in (
        (["--leave-out", f"{day:%Y-%m-%d}"], "→ falder væk\n"),
        (["--stands", f"{day:%Y-%m-%d}"], "→ bliver stående\n"),
        (["--move", f"{day:%Y-%m-%d}", f"{day + timedelta(days=2):%Y-%m-%d}"], f"kl. {day:%H.%M}\n"),
        (["--move", f"{day:%Y-%m-%d}", f"{day:%Y-%m-%d} 09:30"], "kl. 9.30\n"),
        (["--move", f"{day.day}/{day.month}", f"{day.day}/{day.month} kl. 13.30"], "kl. 13.30\n"),
    ):
        code, out = call(*arguments)
        assert code == 0
        assert out.endswith(end)
    assert call("--move", "x", "y")[0] == 2
    assert House(agreed_here.home.folder, "da").frame().dates.moved == {day.date(): datetime.combine(day, time(13, 30))}
