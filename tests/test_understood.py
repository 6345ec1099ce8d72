"""What people write of days, clocks and lengths is read as they say it, shown, and asked for again where it is not."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.guides.events import Answered, WentBack
from assistant.guides.guide import Step
from assistant.guides.reading import times, understood, values, zones
from assistant.guides.reading.understood import Often, Reading
from assistant.messages import LANGS, Messages

TODAY = date(2026, 11, 26)
"""A Thursday."""
NEXT = date(2026, 12, 3)
DAYS = {
    "torsdag den 3. december": NEXT, "på torsdag": NEXT, "næste torsdag": NEXT, "den 3.": NEXT, "3/12 kl. 10": NEXT,
    "Thursday 3 December": NEXT, "the 3rd": NEXT, "next Thursday": NEXT, "om en uge": NEXT, "in a week": NEXT,
    "i morgen": date(2026, 11, 27), "tomorrow": date(2026, 11, 27), "i overmorgen": date(2026, 11, 28),
    "om 14 dage": date(2026, 12, 10), "in two weeks": date(2026, 12, 10),
    "torsdag om tre uger": date(2026, 12, 17), "fredag om en uge": date(2026, 12, 4),
    "Monday in two weeks": date(2026, 12, 7), "om to uger, på mandag": date(2026, 12, 7), "torsdag kl. 10.30": NEXT,
    "den første torsdag i januar": date(2027, 1, 7), "last Friday in February": date(2027, 2, 26),
    "29. februar": date(2028, 2, 29), "den 31. februar": None, "når vi ses": None,
    "uge 3 torsdag": date(2027, 1, 21), "torsdag i uge 3": date(2027, 1, 21), "week 53, Thursday": date(2026, 12, 31),
    "uge 3": None, "week 60 Monday": None, "07-01-2027": date(2027, 1, 7), "7-1": date(2027, 1, 7),
    "1/11 2027": date(2027, 11, 1),
    "2027-01-07": date(2027, 1, 7), "5/1": date(2027, 1, 5), "tors d. 7-1 kl 10": date(2027, 1, 7),
    "torsdag 14.30": NEXT, "Thursday 5.30pm": NEXT, "torsdag den 31. februar": None,
    "the second Tuesday in January at 5.30pm": date(2027, 1, 12), "første onsdag i måneden": date(2026, 12, 2),
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
    "efter frokost": None, "25": None, "efter middag": None, "efter middag, 14 ish": time(14), "14 ish": time(14),
    "1430": time(14, 30), "kl halv 3": time(14, 30), "half two": time(14, 30), "5.30pm": time(17, 30),
    "ca. 14": time(14),
    "14-14.45": time(14), "2-2.45pm": time(14), "11-12.30 pm": time(11), "søndag aften": time(19),
    "aften kl. 8": time(20),
    "mandag morgen": time(9), "formiddag": time(10), "midt på eftermiddagen": time(15), "ved middagstid": time(12),
    "uge 3 torsdag": None, "i morgen kl. 2": time(14),
    "hver 2. fredag": None, "fredag 15": time(15), "12 am": time(0), "12:30 pm": time(12, 30),
}  # fmt: skip
ZONES = {
    "dansk tid": "Europe/Copenhagen", "UK time": "Europe/London", "CET": "Europe/Copenhagen", "GMT": "Europe/London",
    "Irish time": "Europe/Dublin", "New York": "America/New_York",
    "tiden i Buenos Aires": "America/Argentina/Buenos_Aires", "UTC": "UTC", "Mars": None, "": None,
    "EST I guess, Sam B is in Dublin": "America/New_York", "Sam is in Dublin, UK time": "Europe/London",
    "London and Dublin": None, "Danmark, men Bo sidder i London": None, "et sted": None, "ET": "America/New_York",
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
    "sidste torsdag i mdr 14-14.45": (Often(), 45), "last Thursday of the month, 2-2.45pm": (Often(), 45),
    "månedligt 1½ time": (Often(), 90), "1 1/2 hours monthly": (Often(), 90), "5 kvarter hver måned": (Often(), 75),
    "fem kvarter": (None, 75), "halvanden time": (None, 90), "an hour and a quarter": (None, 75), "1h15": (None, 75),
    "an hour and a half": (None, 90), "to timer og et kvarter": (None, 135), "1.30 time": (None, 90),
    "once a quarter": (Often(1, 3), None), "1.25 hours": (None, 75), "11.30-1 hver måned": (Often(), 90),
    "10-15 min hver uge": (Often(4), 15), "hver måned 14-15": (Often(), 60),
}  # fmt: skip
PLACES = {
    "sidste torsdag i mdr 14-14.45": (-1, 3, time(14)), "the last Thu of each month at 5.30pm": (-1, 3, time(17, 30)),
    "Second Wednesday of the month, 10:00 to 11:15": (2, 2, time(10)), "hver anden torsdag": (None, 3, None),
    "hver anden torsdag i måneden": (2, 3, None), "den første og tredje torsdag i måneden": (None, 3, None),
    "hver torsdag kl. 9, 75 min": (None, 3, time(9)), "torsdage eller fredage": (None, None, None),
    "når man kan, at least 30 minutes": (None, None, None), "twice a month, half an hour": (None, None, None),
    "månedligt 1.30 time": (None, None, None), "every other Thursday at half past nine": (None, 3, time(9, 30)),
}  # fmt: skip
"""Which of a weekday in the month, which weekday and what time of day are said with how often the group meets."""
MONTHLY = Step("monthly", unit="minutes", floor=60, often=1, default=True)


def test_days_clocks_zones_and_rhythms_are_read_as_people_say_them():
    assert {said: times.day(said, TODAY) for said in DAYS} == DAYS
    assert {said: times.day(said, TODAY, gone=True) for said in GONE} == GONE
    assert {said: times.clock(said) for said in CLOCKS} == CLOCKS
    assert {said: zones.zone(said) for said in ZONES} == ZONES
    read = {said: understood.read(MONTHLY, said, TODAY) for said in OFTEN}
    assert {said: (reading.often, reading.minutes) for said, reading in read.items()} == OFTEN
    read = {said: understood.read(MONTHLY, said, TODAY) for said in PLACES}
    assert {said: (reading.which, reading.weekday, reading.clock) for said, reading in read.items()} == PLACES


@pytest.mark.parametrize("lang", LANGS)
@given(day=st.dates(date(2020, 1, 1), date(2035, 12, 31)), clock=st.times(), weekday=st.integers(0, 6))
@example(day=date(2027, 1, 5), clock=time(12), weekday=0)
@example(day=date(2020, 1, 1), clock=time(6, 1), weekday=0)
@settings(max_examples=150, deadline=None)
def test_what_is_said_of_a_day_and_a_clock_is_read_as_that_day_and_clock(lang, day, clock, weekday):
    say, clock = Messages.load(lang), clock.replace(second=0, microsecond=0)
    assert times.day(understood.day(day, say, TODAY), day - timedelta(days=3)) == day
    assert times.day(understood.day(day, say, day - timedelta(days=400)), TODAY) == day
    assert (str(day.year) in understood.day(day, say, TODAY)) == (day.year != TODAY.year)
    if clock.hour > 5:
        assert times.clock(understood.clock(clock, say)) == clock
        both = f"{understood.day(day, say, TODAY)}, {understood.clock(clock, say)}"
        assert (times.day(both, TODAY, gone=day < TODAY), times.clock_beside(both, is_day=True)) == (day, clock)
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
    assert times.clock_beside(text) is None or times.clock(text) is not None
    for lang in LANGS:
        assert isinstance(understood.said(understood.read(MONTHLY, text, TODAY), Messages.load(lang), TODAY), str)
        for kind in ("day", "clock", "weekday", "zone"):
            read = understood.read(Step("any", kind=kind), text, TODAY, {"monthly": text})
            assert isinstance(understood.said(read, Messages.load(lang), TODAY), str)
    if found := understood.elsewhere(TODAY, text, TODAY):
        assert found.next.weekday() == found.weekday
        assert found.next >= TODAY


def test_a_weekday_and_a_date_that_are_two_days_are_asked_about():
    step = Step("first_day", kind="day")
    assert values.trouble(step, "fredag den 3. december", TODAY) == "day_disagrees"
    assert values.trouble(step, "torsdag den 3. december", TODAY) is None
    for no_date in ("31. februar", "31/2", "February 31", "31-2-2027", "torsdag den 31. april"):
        assert values.trouble(step, no_date, TODAY) == "day_none"
    assert values.trouble(step, "når vi ses", TODAY) == "day_unread"
    assert {values.trouble(step, said, TODAY) for said in ("1. november 2026", "1/11 2026")} == {"day_past"}


@pytest.mark.parametrize(("unit", "low", "high", "told"), [("months", "0", "61", "months_out_of_range"),
                                                           ("minutes", "0 min", "11 timer", "minutes_out_of_range"),
                                                           ("times", "0", "601", "number_out_of_range")])  # fmt: skip
def test_an_amount_that_cannot_be_is_told_in_its_own_words(unit, low, high, told):
    step = Step("many", kind="number", unit=unit)
    assert {values.trouble(step, said, TODAY) for said in (low, high)} == {told}
    assert values.trouble(step, "60", TODAY) is None


@pytest.mark.parametrize("lang", LANGS)
def test_a_time_comes_back_as_the_language_says_it(lang):
    clocks = (time(5, 30), time(9), time(12), time(12, 30), time(17, 30), time(0, 15))
    assert [understood.clock(at, Messages.load(lang)) for at in clocks] == {
        "da": ["kl. 5.30", "kl. 9.00", "kl. 12.00", "kl. 12.30", "kl. 17.30", "kl. 0.15"],
        "en": ["5:30 am", "9 am", "12 noon", "12:30 pm", "5:30 pm", "12:15 am"],
    }[lang]


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
        "Gemt, som I skrev det. Ingen længde nævnt; kalenderen regner med 60 minutter."
        " Hvor tit kan kalenderen ikke læse, så den får kun de datoer, I selv sætter."
    )
    assert question.step == "pairs"


def test_what_was_read_is_said_with_what_the_calendar_counts_on_for_the_rest(kickoff):
    until(kickoff, "monthly")
    assert answer(kickoff, "hver anden måned i 20 minutter")[0].note.startswith("I den praksis")
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
    assert answer(kickoff, "fredag")[0].text == (
        "Gemt. Forstået som: fredag. Intet klokkeslæt nævnt; kalenderen regner med kl. 15.00."
    )
    kickoff.send(WentBack(kickoff.now()))
    assert answer(kickoff, "søndag aften")[0].text == "Gemt. Forstået som: søndag aften, kl. 19.00 i kalenderen."
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


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Karen; Lise + Ole, Bo (kommer senere)", "Gemt: Karen, Lise, Ole, Bo (kommer senere)."),
        ("Karen og Lise", "Gemt: Karen, Lise. De fleste fællesskaber er fire til seks; med færre"),
    ],
)
def test_the_names_are_shown_as_they_were_understood(kickoff, written, said):
    until(kickoff, "people")
    assert answer(kickoff, written)[0].text.startswith(said)


def test_a_time_said_with_the_day_is_shown_and_not_asked_again(kickoff):
    until(kickoff, "first_day")
    told, question = answer(kickoff, "d. 17/12 kl 14")
    assert told.text == "Gemt. Forstået som: torsdag den 17. december, kl. 14.00."
    assert question.step == "journal_day"
    (question,) = kickoff.send(WentBack(kickoff.now()))
    assert question.step == "first_day"
    assert answer(kickoff, "17/12")[-1].step == "first_time"


def test_a_time_said_with_how_often_is_shown_with_the_day_and_not_asked_again(kickoff):
    until(kickoff, "monthly")
    assert answer(kickoff, "sidste torsdag i mdr 14-14.45")[0].note.startswith("I den praksis")
    told = answer(kickoff, "sidste torsdag i mdr 14-14.45")[0].text
    assert told == "Gemt. Forstået som: den sidste torsdag i måneden, kl. 14.00, 45 minutter."
    until(kickoff, "first_day")
    told, question = answer(kickoff, "31/12")
    assert told.text == "Gemt. Forstået som: torsdag den 31. december, kl. 14.00."
    assert question.step == "journal_day"
    kickoff.send(WentBack(kickoff.now()))
    assert answer(kickoff, "31/12 kl. 10")[0].text == "Gemt. Forstået som: torsdag den 31. december, kl. 10.00."


def test_a_first_day_elsewhere_than_was_said_is_told_once_and_the_group_decides(kickoff):
    from assistant.circle.agreed import agreed

    until(kickoff, "monthly")
    answer(kickoff, "første onsdag i måneden, 75 minutter")
    until(kickoff, "first_day")
    (question,) = answer(kickoff, "17/12 kl. 14")
    assert (question.step, question.default) == ("first_day", "17/12 kl. 14")
    assert question.note == (
        "I skrev den første onsdag i måneden, men torsdag den 17. december er den tredje torsdag i måneden. "
        "Efter det, I skrev, er det onsdag den 2. december. "
        "Kalenderen går efter datoen, hvis den bliver stående."
    )
    (question,) = answer(kickoff, "16/12")
    assert "onsdag den 16. december er den tredje onsdag" in question.note, "each day that is elsewhere is told of once"
    answer(kickoff, "17/12 kl. 14")
    told, question = answer(kickoff, "Torsdag 17/12 kl. 14")
    assert (told.text, question.step) == ("Gemt. Forstået som: torsdag den 17. december, kl. 14.00.", "journal_day")
    until(kickoff, "zone")
    answer(kickoff, "dansk tid")
    assert agreed(kickoff.guide, kickoff.turns, "da").dates.first_meeting == datetime(2026, 12, 17, 14)


def test_the_last_of_the_month_stays_the_last_where_the_first_is_also_the_fourth(kickoff):
    from assistant.circle.agreed import agreed
    from assistant.circle.calendar import series

    until(kickoff, "monthly")
    answer(kickoff, "sidste torsdag i måneden, 75 minutter")
    until(kickoff, "first_day")
    assert answer(kickoff, "28. januar kl. 9")[-1].step == "journal_day"
    until(kickoff, "zone")
    answer(kickoff, "dansk tid")
    meetings = series(agreed(kickoff.guide, kickoff.turns, "da").dates, TODAY)[0].starts
    assert all(times.is_last(at.date()) for at in meetings)


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

    for step, text in (("monthly", monthly), ("pairs", pairs), ("first_day", "3. december kl. 9.30"),
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


@pytest.mark.parametrize(
    ("said", "excepts"),
    [
        ("sidste torsdag i måneden, men ik i juli", True),
        ("the last Thursday, except December", True),
        ("to gange om måneden, over frokost", False),
        ("the second Tuesday of the month", False),
    ],
)
def test_an_exception_in_a_rhythm_is_told_of_and_not_read(said, excepts):
    assert values.excepts(said) is excepts


def test_half_an_hours_time_is_half_an_hour():
    assert values.amount("2 gange over frokost, en halv times tid", "minutes") == 30


@pytest.mark.parametrize(
    ("said", "is_yes"),
    [("Not yet, tomorrow", False), ("ik endnu", False), ("ikke endnu", False), ("ja, i går", True), ("notes", None)],
)
def test_not_yet_is_a_no(said, is_yes):
    assert values.yes(said) is is_yes
