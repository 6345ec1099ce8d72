"""What is typed ahead breaks nothing: a number and an Enter after it choose once, and no key comes too early."""

import sys

import pytest
from textual.events import Key

from assistant.__main__ import House
from assistant.messages import Messages
from assistant.tui.screens.home import HomeScreen
from assistant.tui.widgets.choices import Choices
from tests.test_tui import opened
from tests.tui_terminal import Terminal


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize("keys", ["{}\r", "{}{}", "{}\r\r\r"])
def test_the_first_run_and_home_take_keys_as_fast_as_they_are_typed(tmp_path, monkeypatch, lang, keys):
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    messages, number = Messages.load(lang), {"en": 1, "da": 2}[lang]
    program = [sys.executable, "-m", "assistant", "--home", str(tmp_path / "home")]
    with Terminal(tmp_path, program=program) as terminal:
        terminal.until("2  Dansk")
        terminal.send(keys.format(number, number))
        terminal.until(messages("first_run.name"))
        terminal.send("\r")
        terminal.until(messages("first_run.protection"))
        terminal.send("1\r")
        terminal.until(messages("home.more"))
        terminal.send(keys.format(1, 1))
        terminal.until("Ctrl+D")
        terminal.send("\x1b")
        terminal.until(messages("home.more"))


async def test_what_is_chosen_twice_before_it_opens_is_opened_once(tmp_path):
    house = House(tmp_path / "home", "en")
    house.make_home(None, "key-file")
    async with opened(house) as member:
        offered = [option.id for option in member.screen.query_one(Choices).options][:-1]
        for at in range(len(offered)):
            choices = member.screen.query_one(Choices)
            choices.highlighted = at
            choices.action_select()
            choices.action_select()
            await member.press("shift")
            assert len(member.app.screen_stack) == 2, offered[at]
            await member.press("escape")
            assert isinstance(member.screen, HomeScreen), offered[at]


async def test_no_key_chooses_from_what_was_not_on_the_screen_when_it_was_pressed(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    house, messages = House(tmp_path / "home"), Messages.load("en")
    async with opened(house) as member:

        async def press_again(pressed):
            for key in pressed:
                member.app.post_message(key)
            await member.press("shift")

        pressed = [Key("1", "1"), Key("enter", "\r"), Key("enter", "\r")]
        await member.press("1")
        await press_again(pressed)
        assert messages("first_run.name") in member.sees
        pressed = [Key("enter", "\r")]
        await member.press("A", "1", "enter")
        await press_again(pressed)
        assert messages("first_run.protection") in member.sees
        pressed = [Key("enter", "\r")]
        await member.press("1")
        await press_again(pressed)
        assert isinstance(member.screen, HomeScreen)
        assert house.vault.profile.name == "A1"
