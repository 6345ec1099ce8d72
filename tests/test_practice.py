"""The day's one line: kept at once, for today or a day gone by, or noted as a day without; nothing is counted."""

import os
import pty
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.__main__ import House
from assistant.guides.events import Answered, Turn
from assistant.messages import Messages
from assistant.sittings.practice import GUIDE, day_of, months
from assistant.trouble import Trouble
from assistant.tui.screens.reading import ReadingScreen, SittingsScreen
from assistant.tui.widgets.choices import Choices
from tests.test_cli import said, told, vidne
from tests.test_tui import opened

NOW = datetime(2026, 3, 6, 21, 0, tzinfo=timezone(timedelta(hours=1)))
TODAY = NOW.date()
DANGER = "Jeg vil ikke leve mere."


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path / "home", "da", clock=lambda: NOW)
    house.make_home("Karen", "key-file")
    yield house
    house.close()


def standing(house):
    """What is read of the lines, day by day."""
    return [(each.day, each.lines) for month in reversed(house.practice_months()) for each in month.days]


def kept_in(home):
    house = House(home, "da")
    kept = [lines for _, lines in standing(house)]
    house.close()
    return kept


def at_a_terminal(home, typed, *arguments):
    """Run the command in a terminal with keys already pressed, and give what stands there afterwards."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "assistant", "--home", str(home), "--lang", "da", "practice", *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs):
        os.close(theirs)
        os.write(ours, typed.encode())
        seen = b""
        try:
            while piece := os.read(ours, 65536):
                seen += piece
        except OSError:  # the terminal is closed
            pass
    os.close(ours)
    return seen.decode()


# Days


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (None, TODAY),
        ("i dag", TODAY),
        ("I  går", date(2026, 3, 5)),
        ("igår", date(2026, 3, 5)),
        ("yesterday", date(2026, 3, 5)),
        ("i forgårs", date(2026, 3, 4)),
        ("i mandags", date(2026, 3, 2)),
        ("fredag", date(2026, 2, 27)),
        ("last Monday", date(2026, 3, 2)),
        ("28. december", date(2025, 12, 28)),
        ("6/3", TODAY),
        ("2026-02-28", date(2026, 2, 28)),
        (" 20240229 ", date(2024, 2, 29)),
    ],
)
def test_a_day_is_said_as_a_date_or_in_a_word(said, day):
    assert day_of(said, TODAY) == day


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("2026-03-07", "practice_future"),
        ("9999-12-31", "practice_future"),
        ("2026-02-29", "practice_date"),
        ("", "practice_date"),
        ("i morgen", "practice_future"),
        ("en dag", "practice_date"),
    ],
)
def test_a_day_that_cannot_be_is_refused(said, key):
    with pytest.raises(Trouble) as trouble:
        day_of(said, TODAY)
    assert trouble.value.key == f"trouble.{key}"


@given(st.text())
def test_whatever_is_said_is_a_day_that_has_been_or_is_refused(said):
    try:
        assert day_of(said, TODAY) <= TODAY
    except Trouble as trouble:
        assert trouble.key in {"trouble.practice_date", "trouble.practice_future"}


def test_a_year_mistyped_is_refused_and_a_year_of_paper_notes_is_welcome(house):
    house.keep_practice("Fra en notesbog.", TODAY - timedelta(days=360))
    with pytest.raises(Trouble) as trouble:
        house.keep_practice("Fra en notesbog.", date(1026, 3, 6))
    assert trouble.value.key == "trouble.practice_long_ago"
    assert len(standing(house)) == 1


# What stands


def test_two_lines_on_one_day_both_stand_in_the_order_they_came(house):
    house.keep_practice("Talte til to.", TODAY)
    house.keep_practice("Og så til tre.", TODAY)
    assert standing(house) == [(TODAY, ("Talte til to.", "Og så til tre."))]


def test_a_day_without_stands_beside_a_line_whichever_came_first(house):
    earlier = TODAY - timedelta(days=1)
    house.keep_practice("Sagde ja til lagkagen.", TODAY)
    house.keep_practice(None, TODAY)
    house.keep_practice(None, earlier)
    house.keep_practice(None, earlier)
    house.keep_practice("Kom i tanke om en.", earlier)
    assert standing(house) == [
        (earlier, ("", "Kom i tanke om en.")),
        (TODAY, ("Sagde ja til lagkagen.", "")),
    ]


def test_a_day_without_that_has_a_line_is_told_that_the_line_still_stands(house):
    house.keep_practice("Talte til to.", TODAY)
    assert not house.keep_practice("Og så til tre.", TODAY).beside
    assert house.keep_practice(None, TODAY).beside
    assert not house.keep_practice(None, TODAY - timedelta(days=1)).beside


def test_days_stand_in_their_own_order_however_they_were_written_down(house):
    days = [TODAY - timedelta(days=ago) for ago in (0, 40, 3, 366, 1)]
    for day in days:
        house.keep_practice(f"{day}", day)
    assert [day for day, _ in standing(house)] == sorted(days)
    assert [month.first for month in house.practice_months()] == [date(2026, 3, 1), date(2026, 1, 1), date(2025, 3, 1)]


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["", "a", "b"]))))
def test_nothing_written_is_lost_between_the_months(given_lines):
    lines = [
        (TODAY - timedelta(days=ago), Turn("answered" if text else "skipped", "line", text))
        for ago, text in sorted(given_lines, key=lambda line: -line[0])
    ]
    read = [(each.day, text) for month in reversed(months(lines)) for each in month.days for text in each.lines if text]
    assert read == [(day, turn.text) for day, turn in lines if turn.text]


def test_a_line_is_kept_whole_or_not_at_all(house):
    class Fails(list):
        def __iter__(self):
            yield from super().__iter__()
            raise Trouble("disk_full")

    with pytest.raises(Trouble):
        house.vault.keep_sitting(GUIDE, NOW, ("line",), {}, Fails([Turn("answered", "line", "zyxwv", NOW)]))
    assert house.vault.sittings() == ()
    assert house.search("zyxwv") == ()


def test_a_line_is_found_again(house):
    house.keep_practice("Talte til tre ved tavlen.", TODAY)
    assert [found.guide for found in house.search("tavle")] == [GUIDE]


def test_a_line_for_a_day_gone_by_is_found_under_that_day(house):
    house.keep_practice("Talte til tre ved tavlen.", date(2026, 2, 3))
    assert [found.day for found in house.search("tavle")] == [date(2026, 2, 3)]
    done = vidne("search", "tavlen", home=house.home.folder)
    assert said(done).startswith("2026-02-03  ")


def test_what_steers_a_terminal_is_not_in_a_line(house):
    house.keep_practice("Talte\x1b]0;x\x07 til \u202etre.", TODAY)
    assert standing(house)[0][1] == ("Talte til tre.",)


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\ufeff", "\x1b[2J"])
def test_a_line_with_nothing_in_it_is_not_kept(house, text):
    with pytest.raises(Trouble) as trouble:
        house.keep_practice(text, TODAY)
    assert trouble.value.key == "trouble.practice_blank"
    assert house.vault.sittings() == ()


def test_a_line_that_is_over_leaves_nothing_to_go_on_with_and_one_at_the_help_lines_does(house):
    house.keep_practice("Talte til tre.", TODAY)
    house.keep_practice(None, TODAY)
    assert house.vault.unfinished(GUIDE) is None
    kept = house.keep_practice(DANGER, TODAY)
    assert kept.sealed
    assert house.vault.unfinished(GUIDE).id == kept.sitting
    assert [turn.kind for turn in house.vault.turns(kept.sitting)] == ["sealed"]


def test_the_weekly_journal_knows_nothing_of_the_lines(house):
    house.keep_practice("Jeg talte til tre, men jeg nåede kun til to.", TODAY)
    session = house.sittings.session("weekly")
    assert session.facts.first
    assert session.facts.thread is None


# The command


def test_a_line_is_kept_at_once_and_said_in_one_word(tmp_path):
    vidne("practice", "Talte til tre.", home=tmp_path)
    done = vidne("practice", "Talte", "til", "fire.", home=tmp_path)
    assert (done.returncode, said(done), told(done)) == (0, "Gemt.\n", "")
    assert kept_in(tmp_path) == [("Talte til tre.", "Talte til fire.")]


@pytest.mark.parametrize(
    ("arguments", "typed", "line"),
    [
        (["--", "-3 grader"], "", "-3 grader"),
        (["--", "-"], "", "-"),
        (["--", "--missed"], "", "--missed"),
        (["-"], "Fra et rør.\n", "Fra et rør."),
        ([], "Fra et rør.\n", "Fra et rør."),
        (["-"], b"f\xf8r \xff\x00m\xc3\xb8de\n", "fr møde"),
        (["--", "[/] [@click=app.x]"], "", "[/] [@click=app.x]"),
    ],
)
def test_a_line_may_be_anything(tmp_path, arguments, typed, line):
    done = vidne("practice", *arguments, typed=typed, home=tmp_path)
    assert done.returncode == 0
    assert kept_in(tmp_path) == [(line,)]


@pytest.mark.parametrize(
    "arguments",
    [
        [""],
        ["-"],
        [],
        ["--date", "9999-01-01", "x"],
        ["--date", "nej", "x"],
        ["--date", "1026-01-01", "x"],
        ["--missed", "x"],
        ["--missed", "--list"],
        ["--list", "--date", "2026-01-01"],
        ["-3", "grader"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_kept_is_told_in_one_sentence_and_nothing_is_kept(tmp_path, arguments):
    vidne("practice", "--missed", home=tmp_path)
    done = vidne("practice", *arguments, home=tmp_path)
    assert done.returncode == 2
    assert said(done) == ""
    assert told(done).count("\n") == 1
    assert kept_in(tmp_path) == [("",)]


@pytest.mark.parametrize("lang", ["da", "en"])
def test_no_word_about_a_day_without_blames_or_counts(tmp_path, lang):
    sentences = Messages.load(lang).sentences
    about = " ".join(text for name, text in sentences.items() if name.startswith("practice."))
    for word in ("missed", "streak", "glemt", "forgot", "misset", "sprunget", "{count}", "{number}"):
        assert word not in about.lower()


def test_the_lines_of_a_month_are_read_day_by_day(house):
    house.keep_practice("Ikke mørk tilstand.", date(2026, 1, 15))
    house.keep_practice("Sagde ja til lagkagen.", date(2026, 1, 21))
    house.keep_practice(None, date(2026, 1, 21))
    house.keep_practice("Søndag.\nIngenting.", date(2026, 2, 1))
    assert said(vidne("practice", "--list", home=house.home.folder)) == (
        "januar 2026\n\n15  Ikke mørk tilstand.\n21  Sagde ja til lagkagen.\n    en dag uden\n\n"
        "februar 2026\n\n 1  Søndag.\n    Ingenting.\n\n"
    )


def test_danger_in_a_line_brings_the_help_lines_and_the_line_is_kept_apart(tmp_path):
    vidne("practice", "--missed", home=tmp_path)
    done = vidne("practice", DANGER, home=tmp_path)
    house = House(tmp_path, "da")
    assert (done.returncode, said(done)) == (0, house.card() + "\n")
    (turn,) = house.vault.turns(house.vault.sittings()[0].id)
    assert (turn.kind, turn.text) == ("sealed", DANGER)
    house.close()


def test_at_a_terminal_the_member_chooses_what_becomes_of_such_a_line(tmp_path):
    vidne("practice", "--missed", home=tmp_path)
    seen = at_a_terminal(tmp_path, "3\n2\n", DANGER)
    assert "70 201 201" in seen
    assert Messages.load("da")("talk.erased") in seen
    assert kept_in(tmp_path) == [("",)]
    house = House(tmp_path, "da")
    assert house.vault.unfinished(GUIDE) is None
    house.close()


def test_at_a_terminal_the_line_is_asked_for_also_for_a_day_gone_by(tmp_path):
    vidne("practice", "--missed", home=tmp_path)
    day = date.today() - timedelta(days=40)
    seen = at_a_terminal(tmp_path, "Talte til tre.\n", "--date", f"{day}")
    house = House(tmp_path, "da")
    assert house.messages("screen.day", day=day.day, month=house.messages(f"month.{day.month}"), year=day.year) in seen
    assert standing(house)[0] == (day, ("Talte til tre.",))
    house.close()


def test_leaving_the_question_at_a_terminal_is_a_day_without(tmp_path):
    vidne("practice", "Talte til tre.", home=tmp_path)
    at_a_terminal(tmp_path, "/skip\n")
    assert kept_in(tmp_path) == [("Talte til tre.", "")]


# The app


async def test_the_lines_of_a_month_are_a_page_in_the_app_and_never_a_number(house):
    house.keep_practice("[@click=app.quit]Talte til tre[/]", TODAY)
    house.keep_practice(None, TODAY - timedelta(days=1))
    house.keep_practice("Ikke mørk tilstand.", TODAY - timedelta(days=50))
    house.close()
    async with opened(house) as member:
        assert "begin practice" in [option.id for option in member.screen.query_one(Choices).options]
        member.app.push_screen(SittingsScreen(house))
        await member.pilot.pause()
        listed = [line.strip() for line in member.sees.splitlines() if "·" in line]
        assert listed == ["marts 2026 · dagens linjer", "januar 2026 · dagens linjer"]
        await member.press("enter")
        page = [line.strip() for line in member.sees.splitlines() if line.strip()]
        assert page[:5] == [
            "marts 2026", "5. marts 2026", "en dag uden", "6. marts 2026", "[@click=app.quit]Talte til tre[/]"
        ]  # fmt: skip


async def test_a_line_written_in_the_app_stands_with_the_others(house):
    house.keep_practice("Talte til tre.", TODAY)
    house.close()
    async with opened(house, "practice") as member:
        await member.answer("Talte til fire.")
        assert standing(house) == [(TODAY, ("Talte til tre.", "Talte til fire."))]


async def test_a_line_for_another_day_is_found_under_its_own_day(house):
    house.keep_practice("Talte til tre.", date(2026, 2, 3))
    house.close()
    async with opened(house) as member:
        member.app.push_screen(ReadingScreen(house, house.search("talte")[0].sitting))
        await member.pilot.pause()
        assert "3. februar 2026" in member.sees


async def test_a_sitting_of_another_guide_is_read_under_its_title(house):
    for guide in ("afterwards", "weekly"):
        session = house.sittings.session(guide)
        session.open()
        session.send(Answered("Hun tav.", NOW))
    house.close()
    async with opened(house) as member:
        member.app.push_screen(SittingsScreen(house))
        await member.pilot.pause()
        listed = [line.strip() for line in member.sees.splitlines() if "·" in line]
        assert listed == ["6. marts 2026 · din 1. uge · 2 ord", "6. marts 2026 · Bagefter · 2 ord"]


# What it costs

HEAVY = ("textual", "jinja2", "pydantic", "simplemma", "sqlite_utils", "icalendar", "pyrage", "platformdirs")
ASK = """
import sys
from assistant.__main__ import House
from assistant.cli.main import run
from assistant.messages import LANGS
code = run(["--home", sys.argv[1], "--lang", "da", "practice", "Talte til tre."], House, LANGS)
print(code, *(name for name in sys.argv[2:] if name in sys.modules))
"""


def test_a_line_pays_for_no_more_than_it_needs(house):
    house.close()
    command = [sys.executable, "-c", ASK, str(house.home.folder), *HEAVY]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True)
    assert done.stdout == "Gemt.\n0\n"
