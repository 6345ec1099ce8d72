"""What people write of days, clocks and lengths is read as they say it, shown, and asked for again where it is not."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.guides import times, understood, values, zones
from assistant.guides.events import Answered, WentBack
from assistant.guides.guide import Step
from assistant.guides.understood import Often, Reading
from assistant.messages import LANGS, Messages

TODAY = date(2026, 11, 26)
"""A Thursday."""
NEXT = date(2026, 12, 3)
DAYS = {
    "torsdag den 3. december": NEXT, "på torsdag": NEXT, "næste torsdag": NEXT, "den 3.": NEXT, "3/12 kl. 10": NEXT,
    "Thursday 3 December": NEXT, "the 3rd": NEXT, "next Thursday": NEXT, "om en uge": NEXT, "in a week": NEXT,
    "i morgen": date(2026, 11, 27), "tomorrow": date(2026, 11, 27), "i overmorgen": date(2026, 11, 28),
    "om 14 dage": date(2026, 12, 10), "in two weeks": date(2026, 12, 10), "torsdag kl. 10.30": NEXT,
    "den første torsdag i januar": date(2027, 1, 7), "last Friday in February": date(2027, 2, 26),
    "29. februar": date(2028, 2, 29), "den 31. februar": None, "når vi ses": None,
}  # fmt: skip
GONE = {
    "igår": date(2026, 11, 25), "i går": date(2026, 11, 25), "yesterday": date(2026, 11, 25),
    "i forgårs": date(2026, 11, 24), "the day before yesterday": date(2026, 11, 24),
    "for tre dage siden": date(2026, 11, 23),
    "mandag": date(2026, 11, 23), "i mandags": date(2026, 11, 23), "torsdag": date(2026, 11, 19),
    "20/11": date(2026, 11, 20), "den 28.": date(2026, 10, 28), "28. december": date(2025, 12, 28),
}  # fmt: skip
CLOCKS = {
    "kl. halv ti": time(9, 30), "halv et": time(12, 30), "kvart over to": time(14, 15), "kvart i ti": time(9, 45),
    "fem i halv ti": time(9, 25), "ti minutter over ni": time(9, 10), "half nine": time(9, 30),
    "half past nine": time(9, 30), "quarter past two": time(14, 15), "twenty five to ten": time(9, 35),
    "nine thirty": time(9, 30), "nine o'clock": time(9), "klokken ti": time(10), "kl. 2": time(14), "02.00": time(2),
    "2 am": time(2), "2 om natten": time(2), "10 to 12": time(10), "noon": time(12), "fra 10 til 11": time(10),
    "efter frokost": None, "25": None,
}  # fmt: skip
ZONES = {
    "dansk tid": "Europe/Copenhagen", "UK time": "Europe/London", "CET": "Europe/Copenhagen", "GMT": "Europe/London",
    "Irish time": "Europe/Dublin", "New York": "America/New_York",
    "tiden i Buenos Aires": "America/Argentina/Buenos_Aires", "UTC": "UTC", "Mars": None, "": None,
}  # fmt: skip
OFTEN = {
    "hver anden måned i 20 minutter": (Often(1, 2), 20), "når vi ses i kantinen": (None, None),
    "hver 14. dag en halv time": (Often(weeks=2), 30), "den anden torsdag i måneden, 75 minutter": (Often(), 75),
    "én gang i kvartalet": (Often(1, 3), None), "hver fredag": (Often(4), None),
    "hver anden fredag": (Often(weeks=2), None),
    "mindst en time": (None, 60), "Monthly, an hour and a quarter": (Often(), 75), "twice a month": (Often(2), None),
    "at least 30 minutes": (None, 30), "every other week for 90 minutes": (Often(weeks=2), 90), "1,5 time": (None, 90),
    "hver måned fra 10 til 11.30": (Often(), 90), "en time og et kvarter": (None, 75),
    "Two a month, 30 min minimum": (Often(2), 30), "2 gange om ugen": (Often(4), None),
    "every other Thursday at half past nine": (Often(weeks=2), None), "fortnightly": (Often(weeks=2), None),
    "hver tredje uge om mandagen": (Often(weeks=3), None), "every three weeks": (Often(weeks=3), None),
    "every 2nd Tuesday, an hour": (Often(weeks=2), 60), "hver 6. uge": (Often(weeks=6), None),
    "every second Thursday of the month": (Often(), None), "hver anden torsdag i måneden": (Often(), None),
    "den første og tredje torsdag i måneden": (Often(2), None), "hver 4. måned": (Often(1, 4), None),
    "when we meet at the coffee machine": (None, None),
    "en gang om året, 1 time og 15 minutter": (Often(1, 12), 75), "async in Slack?": (None, None),
}  # fmt: skip
MONTHLY = Step("monthly", unit="minutes", floor=60, often=1, default=True)


def test_days_clocks_zones_and_rhythms_are_read_as_people_say_them():
    assert {said: times.day(said, TODAY) for said in DAYS} == DAYS
    assert {said: times.day(said, TODAY, gone=True) for said in GONE} == GONE
    assert {said: times.clock(said) for said in CLOCKS} == CLOCKS
    assert {said: zones.zone(said) for said in ZONES} == ZONES
    read = {said: understood.read(MONTHLY, said, TODAY) for said in OFTEN}
    assert {said: (reading.often, reading.minutes) for said, reading in read.items()} == OFTEN


@pytest.mark.parametrize("lang", LANGS)
@given(day=st.dates(date(2020, 1, 1), date(2035, 12, 31)), clock=st.times(), weekday=st.integers(0, 6))
@settings(max_examples=150, deadline=None)
def test_what_is_said_of_a_day_and_a_clock_is_read_as_that_day_and_clock(lang, day, clock, weekday):
    say, clock = Messages.load(lang), clock.replace(second=0, microsecond=0)
    assert times.day(understood.day(day, say, TODAY), day - timedelta(days=3)) == day or abs((day - TODAY).days) > 300
    assert times.day(understood.day(day, say, day - timedelta(days=400)), TODAY) == day
    if clock.hour > 5:
        assert times.clock(understood.clock(clock, say)) == clock
    assert times.weekday(understood.said(Reading(weekday=weekday), say, TODAY)) == weekday


@pytest.mark.parametrize("lang", LANGS)
def test_every_zone_that_a_computer_may_have_is_read_back_or_named_in_full(lang):
    from assistant.sittings.frame import zone_here

    say = Messages.load(lang)
    for name in ("Europe/Copenhagen", "Europe/London", "Asia/Tokyo", "America/Argentina/Buenos_Aires", "Europe/Oslo"):
        here = zone_here(datetime(2026, 3, 1, tzinfo=ZoneInfo(name)), say)
        assert zones.zone(here) == name
    assert zone_here(datetime(2026, 3, 1, tzinfo=ZoneInfo("Europe/Copenhagen")), say) in ("dansk tid", "Danish time")


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_is_read_or_not_and_never_an_error(text):
    for gone in (False, True):
        assert times.day(text, TODAY, gone) is None or isinstance(times.day(text, TODAY, gone), date)
    say = Messages.load("da")
    assert isinstance(understood.said(understood.read(MONTHLY, text, TODAY), say, TODAY), str)


def test_a_weekday_and_a_date_that_are_two_days_are_asked_about():
    step = Step("first_day", kind="day")
    assert values.trouble(step, "fredag den 3. december", TODAY) == "day_disagrees"
    assert values.trouble(step, "torsdag den 3. december", TODAY) is None


@pytest.mark.parametrize(("said", "low"), [("hver anden måned, en time", True), ("en gang om måneden i 75 min", False),
                                           ("hver uge, 20 minutter", True), ("når vi ses", False)])  # fmt: skip
def test_meeting_seldom_hears_the_reason_as_meeting_briefly_does(said, low):
    assert values.below(MONTHLY, said) is low


# In a sitting


@pytest.fixture
def kickoff(tmp_path):
    from tests import around

    house = around.house(tmp_path / "home", "da", "Anna", TODAY)
    session = house.sittings.session("kickoff")
    session.open()
    yield session
    house.close()


def answer(session, text):
    return session.send(Answered(text, session.now()))


def until(session, step):
    from assistant.guides.events import Skipped
    from assistant.guides.guide import UNANSWERED

    shown = ()
    while session.state.step != step:
        asked = session.guide[session.state.step]
        if asked.kind == "people":
            shown = answer(session, "Anna\nBo\nCarl\nDea")
        else:
            shown = session.send(Answered("", session.now()) if asked.kind in UNANSWERED else Skipped(session.now()))
    return shown


def test_where_nothing_can_be_read_it_is_asked_for_kindly_once_and_then_stands(kickoff):
    until(kickoff, "monthly")
    (question,) = answer(kickoff, "når vi ses i kantinen")
    assert (question.step, question.before) == ("monthly", "når vi ses i kantinen")
    assert question.note == Messages.load("da")("talk.length_unread")
    told, question = answer(kickoff, "når vi ses i kantinen")
    assert told.text == (
        "Gemt, som I skrev det. Kalenderen regner med 60 minutter."
        " Hvor tit kan kalenderen ikke læse, så den får kun de datoer, I selv sætter."
    )
    assert question.step == "pairs"


def test_what_was_read_is_said_with_what_the_calendar_counts_on_for_the_rest(kickoff):
    until(kickoff, "monthly")
    assert answer(kickoff, "hver anden måned i 20 minutter")[0].note.startswith("I praksis")
    told, _ = answer(kickoff, "hver anden måned i 20 minutter")
    assert told.text == "Gemt. Forstået som: hver anden måned, 20 minutter."
    kickoff.send(WentBack(kickoff.now()))
    told, _ = answer(kickoff, "halvanden time, når vi kan")
    assert told.text == (
        "Gemt. Forstået som: 90 minutter. Hvor tit kan kalenderen ikke læse, så den får kun de datoer, I selv sætter."
    )
    until(kickoff, "first_day")
    assert answer(kickoff, "på torsdag")[0].text == "Gemt. Forstået som: torsdag den 3. december."
    assert answer(kickoff, "halv ti")[0].text == "Gemt. Forstået som: kl. 9.30."
    assert answer(kickoff, "fredag")[0].text == "Gemt. Forstået som: fredag. Ellers regner kalenderen med kl. 15.00."
    kickoff.send(WentBack(kickoff.now()))
    assert answer(kickoff, "torsdag kl. 9")[0].text == "Gemt. Forstået som: torsdag, kl. 9.00."
    told = answer(kickoff, "UK time")[0].text
    assert told.startswith("Gemt. Forstået som: britisk tid. Vidne kender kun de danske helligdage")


def test_what_was_asked_twice_is_asked_for_no_more_when_it_is_gone_on_with(kickoff):
    until(kickoff, "monthly")
    answer(kickoff, "når vi ses i kantinen")
    (question,) = kickoff.again()
    assert question.note == Messages.load("da")("talk.length_unread")
    assert question.default == "når vi ses i kantinen"
    assert answer(kickoff, "til frokost")[-1].step == "pairs"


# What comes of it


@pytest.mark.parametrize(
    ("monthly", "pairs", "journal", "expected"),
    [
        ("every other Thursday at half past nine", "when we meet at the coffee machine", "", (0, 2, 0, None)),
        ("hver tredje uge om mandagen", "hver anden uge over frokost, en halv time", "fredag kl. 9", (0, 3, 2, 4)),
        ("når vi kan", "to gange om måneden, en halv time", "mandag", (0, 0, 0, 0)),
        ("en gang om måneden", "", "", (1, 0, 0, None)),
    ],
)
def test_the_calendar_holds_what_was_understood_and_nothing_that_nobody_agreed_to(
    kickoff, monthly, pairs, journal, expected
):
    from assistant.circle.agreed import agreed
    from assistant.circle.calendar import series

    for step, text in (("monthly", monthly), ("pairs", pairs), ("first_day", "3. december"), ("first_time", "9.30"),
                       ("journal_day", journal), ("zone", "dansk tid")):  # fmt: skip
        until(kickoff, step)
        while text and kickoff.state.step == step:
            answer(kickoff, text)
    dates = agreed(kickoff.guide, kickoff.turns, "da").dates
    meetings = 0 if dates.meeting_weeks else dates.meetings_per_month
    assert (meetings, dates.meeting_weeks, dates.pair_weeks, dates.journal_weekday) == expected
    held = {each.what: each.starts for each in series(dates, TODAY)}
    assert held["meeting"][0] == datetime(2026, 12, 3, 9, 30)
    assert (len(held["meeting"]) > 1) == bool(meetings or dates.meeting_weeks)
    assert ("journal" in held) == bool(journal)
    assert ("pair" in held) == bool(understood.rhythm(pairs))
