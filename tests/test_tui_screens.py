"""What stands on the screens: nothing lost at small sizes, hints that tell the truth, light that can be read."""

import importlib
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.color import Color
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.visual import RenderOptions

from assistant.__main__ import House as RealHouse
from assistant.guides.events import Turn
from assistant.messages import LANGS, Messages
from assistant.tui import screens
from assistant.tui.app import VidneApp
from assistant.tui.exchanges import exchanges
from assistant.tui.safe import NoControl
from assistant.tui.themes import THEMES
from assistant.tui.widgets.hints import Hints
from assistant.tui.widgets.page import Page
from tests.test_tui import LONG, opened
from tests.tui_house import QUESTIONS, House

SIZES = [(80, 24), (160, 45), (40, 10)]


@pytest.fixture(params=LANGS)
def house(request, tmp_path):
    return House.lived_in(tmp_path / "home", request.param)


# Sizes


@pytest.mark.parametrize("size", SIZES)
async def test_the_whole_question_stands_above_the_field(house, size):
    async with opened(house, "weekly", size) as member:
        await member.answer(LONG)
        await member.write("jeg så det")
        seen = " ".join(re.sub("[▁-█]", "", member.sees).split())
        assert " ".join(QUESTIONS[house.lang]["moment"].split()) in seen
        assert "jeg så det" in member.sees
        assert "Ctrl+D" in member.sees
        assert len(member.sees.splitlines()) <= size[1]


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_longer_than_the_screen_begins_in_sight_and_scrolls(house, size, monkeypatch):
    long = "\n\n".join(f"{number}. {LONG}" for number in range(12))
    monkeypatch.setitem(QUESTIONS[house.lang], "arrive", f"BEGIN {long} END")
    async with opened(house, "weekly", size) as member:
        for _ in range(200):  # a small page finds its place once it is laid out
            if "BEGIN" in member.sees:
                break
            await member.pilot.pause(0.01)
        assert "BEGIN" in member.sees
        while "END" not in member.sees:
            await member.press("pagedown")
        while member.screen.query_one(Page).scroll_y:
            await member.press("pageup")
        assert "BEGIN" in member.sees or "Jeg spørger" in member.sees or "I ask" in member.sees


async def test_a_screen_made_smaller_and_larger_loses_nothing(house):
    async with opened(house, "weekly") as member:
        await member.answer(LONG)
        await member.write("halvt")
        for size in [(40, 12), (160, 45), (20, 6), (80, 24)]:
            await member.pilot.resize_terminal(*size)
            await member.pilot.pause()
        assert "halvt" in member.sees
        assert member.app.focused is member.field


async def test_the_line_that_is_written_stays_in_sight(house):
    async with opened(house, "weekly") as member:
        await member.write("\n".join(str(number) for number in range(100)))
        assert "99" in member.sees
        await member.press("enter", "x")
        assert "x" in member.sees.split()


async def test_the_home_and_the_first_run_fit_a_small_screen(tmp_path):
    async with opened(House(tmp_path / "home", "da"), size=(40, 12)) as member:
        assert "Dansk" in member.sees
        await member.press("1", "enter")
        assert "nøglen" in member.sees
        await member.press("1")
        assert "Ugedagbog" in member.sees


@pytest.mark.parametrize(("lang", "danger"), [("da", "Jeg vil gerne dø."), ("en", "I want to die.")])
async def test_a_number_to_ring_is_in_sight_at_once_however_small_the_screen_is(lang, danger, tmp_path):
    house = RealHouse(tmp_path / "home", lang)
    house.make_home(None, "key-file")
    house.close()
    async with opened(house, "weekly", (40, 10)) as member:
        await member.answer(danger)
        assert "112" in member.sees
        for choice in ("go_on", "stop", "delete"):
            assert house.messages(f"crisis.{choice}") in member.sees


@pytest.mark.parametrize("lang", LANGS)
async def test_both_fields_of_a_passphrase_are_in_sight_however_small_the_screen_is(lang, tmp_path):
    async with opened(House(tmp_path / "home", lang), size=(40, 10)) as member:
        await member.press("1", "enter", "2", *"aaaa", "enter", *"bb")
        assert "••••" in member.sees
        assert "••" in member.sees.replace("••••", "")


# Hints


async def _hints_are_true(member) -> None:
    hinted = member.screen.query_one(Hints).working
    assert hinted
    for binding in hinted:
        assert binding.key in member.screen.active_bindings
        assert member.screen.check_action(binding.action, ())


async def test_each_hint_names_a_key_that_works_and_each_key_that_works_is_hinted(house):
    async with opened(house) as member:
        await _hints_are_true(member)
        await member.press("1")
        for keys in ([], ["ctrl+n"], ["ctrl+o"]):
            await member.press(*keys)
            await _hints_are_true(member)
            screen = member.screen
            shown = {binding.action.partition("(")[0] for binding in screen.query_one(Hints).working}
            bound = {binding.action.partition("(")[0] for binding in screen.BINDINGS}
            assert shown == {action for action in bound if screen.check_action(action, ())}
        await member.press("escape")
        await member.answer(LONG)
        await _hints_are_true(member)


async def test_a_hint_can_be_clicked(house):
    async with opened(house, "weekly") as member:
        await member.write("Fra vagten.")
        row = next(n for n, line in enumerate(member.sees.splitlines()) if "Ctrl+D" in line)
        column = member.sees.splitlines()[row].index("Ctrl+D")
        await member.pilot.click(offset=(column + 1, row))
        await member.pilot.pause()
        assert house.vault.turns(1)[0].text == "Fra vagten."


def test_every_key_that_is_bound_does_something():
    for path in Path(screens.__path__[0]).glob("[a-z]*.py"):
        module = importlib.import_module(f"assistant.tui.screens.{path.stem}")
        for screen in vars(module).values():
            if isinstance(screen, type) and issubclass(screen, Screen) and screen.__module__ == module.__name__:
                for binding in screen.BINDINGS:
                    where, _, action = binding.action.partition("(")[0].rpartition(".")
                    assert hasattr(VidneApp if where == "app" else screen, f"action_{action}"), (screen, action)


# Light

TEXTS = ["foreground", "secondary", "accent"]
GROUNDS = ["background", "surface"]


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_text_can_be_read_on_its_ground(theme, text, ground):
    light, dark = sorted((_luminance(Color.parse(getattr(theme, name))) for name in (text, ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(color: Color) -> float:
    """The relative luminance of WCAG 2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


# Hostile text

HOSTILE = st.text(st.characters() | st.sampled_from("\x00\x1b\x07\x7f\x9b\x9d\u202e\ud800[]@/\\"), max_size=200)
PLAIN = RenderOptions(lambda style: Style(), {})


@given(HOSTILE)
@settings(max_examples=4 * settings.default.max_examples, deadline=None)
def test_no_line_that_is_drawn_holds_a_character_that_steers(text):
    for strip in Content(text).render_strips(40, None, Style(), PLAIN):
        drawn = strip.apply_filter(NoControl(), Color.parse("black")).text
        assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000 for c in drawn)
        assert not set(drawn) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize("text", ["[/]", "[@click=app.quit]tryk[/]", "[b]fed", "\\[", "{{ 7*7 }}", "[red]\\"])
async def test_markup_is_shown_as_it_was_written(tmp_path, text):
    async with opened(House.lived_in(tmp_path / "home"), "weekly") as member:
        await member.answer(f"{text} {LONG}")
        assert text in member.sees
        await member.press("escape", "3", "enter")
        assert text in member.sees


@given(texts=st.lists(HOSTILE, max_size=4))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_answers_are_taken_and_shown(tmp_path_factory, texts):
    async with opened(House.lived_in(tmp_path_factory.mktemp("a") / "home"), "weekly") as member:
        for text in texts:
            if member.screen.query("#answer"):
                await member.paste(text)
                await member.press("ctrl+d")
        assert not any(ord(c) < 32 and c != "\n" for c in member.sees)


# What is shown of the turns

STEPS = st.sampled_from(["arrive", "moment", "close"])
KINDS = st.sampled_from(
    ["answered", "skipped", "back", "said", "corrected", "turned", "free", "sealed", "chose", "finished"]
)
TURNS = st.lists(st.builds(Turn, KINDS, STEPS, st.sampled_from(["", "a", "b"])), max_size=30)


@given(TURNS)
@settings(max_examples=400)
def test_exchanges_take_any_turns_and_show_only_words_of_theirs(turns):
    written = {turn.text for turn in turns}
    for exchange in exchanges(turns):
        assert {exchange.answer, exchange.said, exchange.own} <= written | {""}


def test_an_answer_given_again_takes_the_place_of_the_first():
    turns = [Turn("answered", "a", "en"), Turn("answered", "b", "to"), Turn("back", "c"), Turn("answered", "b", "tre")]
    assert [exchange.answer for exchange in exchanges(turns)] == ["en", "tre"]


def test_an_answer_gone_back_to_and_left_as_it_was_stands_with_what_was_said_to_it():
    answered = [Turn("answered", "a", "en"), Turn("said", "a", "Du skrev en.")]
    turns = [*answered, Turn("back", "b"), Turn("skipped", "a", "en")]
    assert [(exchange.answer, exchange.said) for exchange in exchanges(turns)] == [("en", "Du skrev en.")]


def test_what_was_written_near_the_help_lines_stays_when_its_question_is_gone_back_to():
    turns = [Turn("sealed", "a", "langt"), Turn("chose", "a", "go_on"), Turn("back", "b")]
    turns += [Turn("answered", "a", "kort")]
    assert [exchange.answer for exchange in exchanges(turns)] == ["langt", "kort"]


def test_what_was_written_unasked_stays_when_one_goes_back():
    turns = [Turn("answered", "a", "en"), Turn("turned", "b"), Turn("free", "b", "frit"), Turn("back", "b")]
    assert [exchange.answer for exchange in exchanges([*turns, Turn("back", "b")])] == ["frit"]
    assert [exchange.answer for exchange in exchanges(turns)] == ["en", "frit"]


@pytest.mark.parametrize("size", [(80, 24), (100, 32), (160, 45)], ids=str)
@pytest.mark.parametrize(("lang", "danger"), [("da", "Jeg vil dø."), ("en", "I want to die.")])
async def test_what_may_be_chosen_of_the_help_lines_and_the_keys_are_all_in_sight(lang, danger, size, tmp_path):
    there = RealHouse(tmp_path / "home", lang)
    there.make_home(None, "key-file")
    async with opened(there, "weekly", size) as member:
        await member.answer(danger)
        for _ in range(50):  # the space there is is known a little later
            await member.pilot.pause()
        assert member.screen.max_scroll_y == 0
        assert Messages.load(lang)("screen.choose") in member.sees
        assert member.screen.query_one(Hints).region.bottom <= size[1]
