"""What a member carries to a meeting: chosen line by line, seen first, pointed at, and taken back."""

import io
import json
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.__main__ import House
from assistant.circle.printed import markdown
from assistant.cli.main import run as cli
from assistant.guides.events import Turn
from assistant.messages import LANGS
from assistant.prompts import builtin_prompts
from assistant.sittings import carrying
from assistant.sittings.carrying import Choice, numbers
from assistant.trouble import Trouble
from assistant.tui.app import VidneApp
from assistant.tui.screens.carry import CarryScreen
from assistant.witness.telling import Telling
from tests.around import ZONE, gather, home_of, house
from tests.test_tui import Member

DAY = date(2026, 3, 6)
CLOCK = datetime.combine(DAY, time(10), ZONE)
TELLING = Telling.load([builtin_prompts()])


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    gather(folder, "da", DAY, people=("Anna", "Bo", "Carl"), carried={})
    there = house(folder, "da", "Anna", DAY)
    write(there, DAY - timedelta(days=7), notice="Onsdag spurgte jeg Hanne. Så blev der stille.\nJeg talte til tre.")
    write(there, DAY - timedelta(days=1), notice="Jeg sagde det højt.", sealed="Jeg vil ikke leve mere.")
    for day, no in ((2, "Nej."), (8, "Ingenting")):
        write(there, DAY - timedelta(days=day), notice=no)
    there.close()
    return folder


def write(there: House, day: date, notice: str, sealed: str = "") -> None:
    at = there.clock().replace(year=day.year, month=day.month, day=day.day)
    sitting = there.vault.begin("weekly", at, ("notice", "hard"), {})
    there.vault.keep(sitting, Turn("answered", "notice", notice, at))
    if sealed:
        there.vault.keep(sitting, Turn("sealed", "hard", sealed, at))
    there.vault.keep(sitting, Turn("turned", "hard", at=at))
    there.vault.keep(sitting, Turn("free", "hard", "Noget andet fylder.", at))
    there.vault.keep(sitting, Turn("finished", "hard", at=at))


def desk(home, name="Anna"):
    there = house(home if name == "Anna" else home_of(home, name), "da", name, DAY)
    return there.ours.desk()


# Choosing


def test_lines_are_offered_latest_week_first_and_nothing_that_was_no_answer(home):
    lines = [line.text for line in desk(home).lines]
    assert lines == [
        "Jeg sagde det højt.", "Onsdag spurgte jeg Hanne.", "Så blev der stille.", "Jeg talte til tre."
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["Nej.", "nej, ikke noget i dag", "Ingenting", "Ja tak.", "Det ved jeg ikke", "Springer over", "-", "🙂", 
     "Nothing.", "No, not this week.", "I don't know", "nope", "n/a", "Same as last week"],
)  # fmt: skip
def test_an_answer_that_is_only_a_no_is_no_line(text):
    assert TELLING.is_no(text)


@pytest.mark.parametrize(
    "text",
    ["Nej, sagde jeg, og så gik hun.", "Ingenting blev sagt.", "Jeg sagde nej.", "I dag.", "Døren.", "I said no.",
     "Nothing moved.", "It took all week to say.", "Det andet"],
)  # fmt: skip
def test_a_line_with_a_no_in_it_is_one(text):
    assert not TELLING.is_no(text)


def test_lines_that_stand_together_are_carried_as_they_stand(home):
    assert [choice.text for choice in desk(home).chosen("1 2-4")] == [
        "Jeg sagde det højt.",
        "Onsdag spurgte jeg Hanne. Så blev der stille.\nJeg talte til tre.",
    ]
    assert [choice.text for choice in desk(home).chosen("2, 4")] == ["Onsdag spurgte jeg Hanne.", "Jeg talte til tre."]


@pytest.mark.parametrize("said", ["", "0", "x", "1-", "-2", "5", "2 99", "999999999999", "²"])
def test_what_names_no_line_chooses_none(said):
    assert numbers(said, 4) is None


@given(st.text(max_size=30), st.integers(0, 9))
def test_whatever_is_written_names_lines_or_none(said, many):
    found = numbers(said, many)
    assert found is None or all(0 <= number < many for number in found)


@given(st.lists(st.text("abAB.!?\n ,“”", max_size=60), max_size=4), st.data())
@settings(max_examples=150, deadline=None)
def test_what_is_chosen_stands_word_for_word_in_what_was_written(texts, data):
    from assistant.witness.sentences import quoted, sentences

    lines = tuple(
        carrying.Line(DAY, text[start:end], at, start, end)
        for at, text in enumerate(texts)
        for start, end in sentences(text, "da", quoted(text))
    )
    which = data.draw(st.sets(st.integers(0, max(0, len(lines) - 1)), max_size=5)) if lines else set()
    for choice in carrying.chosen(lines, which, lambda number: texts[number]):
        assert any(choice.text in text for text in texts)


# Sharing, and taking back


def test_the_others_see_exactly_what_was_shown_and_nothing_once_it_is_taken_back(home):
    mine = desk(home)
    (choice,) = mine.chosen("3")
    mine.share(choice)
    bo = desk(home, "Bo")
    assert [entry.body.text for entry in bo._circle.view.passages] == ["Så blev der stille."]
    mine.take_back(0)
    assert mine.carried() == ()
    assert desk(home, "Bo")._circle.view.passages == ()


def test_only_ones_own_can_be_taken_back(home):
    desk(home).share(Choice("Jeg talte til tre.", DAY))
    with pytest.raises(Trouble) as trouble:
        desk(home, "Bo").take_back(0)
    assert trouble.value.key == "trouble.carry_no_such"


def test_what_speaks_of_danger_is_not_shared(home):
    mine = desk(home)
    with pytest.raises(Trouble) as trouble:
        mine.share(Choice("Jeg vil ikke leve mere.", DAY))
    assert trouble.value.key == "trouble.carry_danger"
    assert mine.carried() == ()


@pytest.mark.parametrize(("text", "key"), [("  \u200b", "carry_blank"), ("a" * 8001, "carry_long")])
def test_nothing_and_far_too_much_are_not_shared(home, text, key):
    with pytest.raises(Trouble) as trouble:
        desk(home).share(Choice(text, DAY))
    assert trouble.value.key == f"trouble.{key}"


def test_everyone_is_ready_once_so_and_never_who_is_not(tmp_path):
    folder = tmp_path / "home"
    gather(folder, "da", date(2026, 1, 20), people=("Anna", "Bo", "Carl"), carried={})
    assert desk(folder).say("ready") is False
    assert desk(folder, "Bo").say("away") is False
    assert desk(folder, "Carl").say("ready") is True
    assert desk(folder).everyone
    public = [name for name in dir(desk(folder)._circle.view) if not name.startswith("_")]
    assert not [name for name in public if "not_ready" in name or "missing" in name]


def test_the_sheet_is_verbatim_and_dated(home):
    mine = desk(home)
    mine.share(mine.chosen("3-4")[0])
    sheet = markdown(mine.sheet())
    assert "Så blev der stille.  \n> Jeg talte til tre." in sheet
    assert "27\\. februar 2026" in sheet
    assert "Hanne" not in sheet


def test_a_name_may_be_said_in_another_way(home):
    mine = desk(home)
    (choice,) = mine.chosen("2")
    assert mine.put(choice, "Hanne", "en kollega").text == "Onsdag spurgte jeg en kollega."


# What may tell of somebody else


def pointed(text, lang="da", names=("Bo", "Dea")):
    return [(point.what, point.words(text)) for point in TELLING.points(text, lang, names)]


@pytest.mark.parametrize(
    ("lang", "text", "points"),
    [
        ("da", "Onsdag spurgte jeg Hanne.", [("name", "Hanne")]),
        ("da", "Hanne sagde det.", []),
        ("da", "bo sagde det, og Deas stol stod tom.", [("name", "bo"), ("name", "Deas")]),
        ("da", "Jeg sagde: Det går. “Ja,” sagde hun.\nSå gik De.", []),
        ("da", "Det stod i Teams, og IT ringede kl. 7 fra HR.", []),
        ("da", "Det var 010190-1234 igen.", [("cpr", "010190-1234")]),
        ("da", "Ring 0101901234, ikke 12345678.", [("cpr", "0101901234")]),
        ("da", "Der var 991399-1234 at se på.", []),
        ("da", "Hun har nok en depression, eller kræft.", [("diagnosis", "depression"), ("diagnosis", "kræft")]),
        ("da", "Han er dement og har KOL.", [("diagnosis", "dement"), ("diagnosis", "KOL")]),
        ("da", "Almindelig kolde morgener, men ikke mere.", []),
        ("en", "On Monday I asked Sarah.", [("name", "Sarah")]),
        ("en", "Then I said I'd wait, and I did.", []),
        ("en", "He has dementia, I think.", [("diagnosis", "dementia")]),
        ("en", "The meeting in March went on.", []),
    ],
)
def test_names_numbers_and_diagnoses_are_pointed_out(lang, text, points):
    assert pointed(text, lang) == points


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_whatever_is_pointed_at_stands_in_the_text(text):
    points = TELLING.points(text, "da", ("Bo",))
    assert all(0 <= point.start < point.end <= len(text) for point in points)
    assert all(one.end <= other.start for one, other in pairwise(points))


# On the command line


def run(home, monkeypatch, capsys, *args, lines=""):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), encoding="utf-8"))
    monkeypatch.setenv("VIDNE_HOME", str(home))
    code = cli(["--lang", "da", *args], partial(House, clock=lambda: CLOCK), LANGS)
    return code, capsys.readouterr().out


def test_nothing_is_shared_without_a_yes(home, monkeypatch, capsys):
    for lines in ("", "1\n", "1\n\n", "1\nnej\n", "1\nHanne = x\n", "1, 4\n\n", "99\nja\n", "x\nja\n"):
        run(home, monkeypatch, capsys, "carry", lines=lines)
        assert desk(home).carried() == ()


def test_the_lines_are_seen_first_and_shared_on_a_yes(home, monkeypatch, capsys):
    _, out = run(home, monkeypatch, capsys, "carry", lines="2-3\nHanne = en kollega\nja\n")
    assert out.index("Her står et navn") < out.index("Delt.")
    assert [entry.body.text for entry in desk(home).carried()] == ["Onsdag spurgte jeg en kollega. Så blev der stille."]
    _, out = run(home, monkeypatch, capsys, "carry", "--back", "1")
    assert "Taget tilbage" in out
    assert desk(home).carried() == ()


def test_one_yes_shares_all_that_was_shown_and_the_numbers_may_be_named_at_once(home, monkeypatch, capsys):
    _, out = run(home, monkeypatch, capsys, "carry", "1,", "4", lines="ja\n")
    assert out.count("Det her ser de andre") == out.count("Skriv ja for at dele") == 1
    assert [entry.body.text for entry in desk(home).carried()] == ["Jeg sagde det højt.", "Jeg talte til tre."]


def test_lines_are_numbered_one_a_line_under_their_day(home, monkeypatch, capsys):
    _, out = run(home, monkeypatch, capsys, "carry")
    assert "## 27. februar 2026\n\n2. Onsdag spurgte jeg Hanne.\n3. Så blev der stille.\n4. Jeg talte til tre.\n" in out


def test_a_word_that_does_not_stand_there_is_said_and_asked_again(home, monkeypatch, capsys):
    _, out = run(home, monkeypatch, capsys, "carry", "1", lines="Hanne = x\nja\n")
    assert "Hanne står der ikke." in out
    assert len(desk(home).carried()) == 1


def test_what_speaks_of_danger_is_left_while_the_rest_is_shared(home, monkeypatch, capsys):
    there = house(home, "da", "Anna", DAY)
    write(there, DAY, notice="Jeg gik en tur. Jeg vil ikke leve mere.")
    there.close()
    _, out = run(home, monkeypatch, capsys, "carry", "2-3", lines="ja\n")
    assert "112" in out or "Livslinien" in out
    assert not any("leve" in entry.body.text for entry in desk(home).carried())


def test_machines_get_lines_and_what_is_carried(home, monkeypatch, capsys):
    run(home, monkeypatch, capsys, "carry", "1", lines="ja\n")
    _, out = run(home, monkeypatch, capsys, "carry", "--json")
    table = json.loads(out)
    assert [line["number"] for line in table["lines"]] == [1, 2, 3, 4]
    assert [entry["text"] for entry in table["carried"]] == ["Jeg sagde det højt."]


# On the screen


async def test_a_box_shows_what_is_marked_and_nothing_else(home):
    there = house(home, "da", "Anna", DAY)
    app = VidneApp(there)
    async with app.run_test(size=(80, 24)) as pilot:
        member = Member(pilot)
        app.push_screen(CarryScreen(there))
        await pilot.pause()
        assert (member.sees.count("[ ]"), member.sees.count("[x]")) == (4, 0)
        assert "se, hvad de andre ser" not in member.sees
        await member.press("space", "down", "down", "space", "space")
        assert (member.sees.count("[ ]"), member.sees.count("[x]")) == (3, 1)
        assert "[x] Jeg sagde det højt." in member.sees
        await member.press("ctrl+d", "ctrl+d")
        assert member.sees.count("[x]") == 0
        assert [entry.body.text for entry in desk(home).carried()] == ["Jeg sagde det højt."]
        await member.press("tab", "delete")
        assert there.messages("carry.taken_back") in " ".join(member.sees.split())
    assert not desk(home).carried()
    there.close()
