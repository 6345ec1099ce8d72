"""A kickoff on the full screen: who comes and who goes, what is read aloud, and what does not stay to be seen."""

import pytest

from assistant.__main__ import House
from assistant.messages import LANGS
from assistant.tui.screens.card import CardScreen
from assistant.tui.screens.together import SeatsScreen
from tests.test_tui import opened
from tests.transcripts import FOLDER, house_of, read

SCRIPTS = {lang: read((FOLDER / f"kickoff-{lang}.md").read_text("utf-8")) for lang in LANGS}
DANGER = {"da": "Jeg har tænkt på at tage livet af mig.", "en": "I have thought of killing myself."}


@pytest.fixture
def house(tmp_path):
    return lambda lang="da": house_of(SCRIPTS[lang], tmp_path / lang, min(SCRIPTS[lang].sittings))


async def to_why_here(member, people="Anna\nBo\nCarl\nDea"):
    """Come to the first question that each is asked."""
    await member.press("enter", "enter", "ctrl+n")
    await member.answer(people)
    await member.press("enter", "ctrl+n")


async def seen(member, text):
    """Say whether a text is in sight as soon as the page has found its place."""
    for _ in range(50):
        if text in member.sees:
            return True
        await member.pilot.pause()
    return False


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (160, 45)])
async def test_a_text_to_read_aloud_has_no_sheet_and_enter_goes_on(house, size):
    async with opened(house(), "kickoff", size) as member:
        assert not member.field.display
        assert "Ctrl+D" not in member.sees
        await member.press("enter", "enter")
        assert member.field.display
        assert member.app.focused is member.field


async def test_who_comes_is_chosen_and_what_is_being_written_stays(house):
    async with opened(house(), "kickoff") as member:
        await to_why_here(member, "Anna\nBo (væk)")
        await member.write("Halvt skrevet")
        await member.press("f3")
        assert isinstance(member.screen, SeatsScreen)
        await member.press("2")
        assert member.field.text == "Halvt skrevet"
        await member.press("ctrl+d")
        assert "Bo, hvad fik dig" in member.sees


async def test_who_goes_is_asked_nothing_more(house):
    async with opened(house(), "kickoff") as member:
        await to_why_here(member)
        await member.press("f3", "1")
        assert "Bo, hvad fik dig" in member.sees
        await member.press("f3", "escape")
        assert "Bo, hvad fik dig" in member.sees


async def test_what_stands_if_the_field_is_left_empty_is_shown_and_taken(house):
    async with opened(house(), "kickoff") as member:
        await to_why_here(member, "Anna\nBo")
        await member.press("ctrl+n", "ctrl+n")
        assert "Står feltet tomt, gælder: Hele fællesskabet" in member.sees
        await member.press("ctrl+d")
        session = member.screen._session
        assert (session.turns[-1].step, session.turns[-1].how) == ("monthly", "default")


async def test_the_reason_is_told_once_with_the_answer_still_in_the_field(house):
    async with opened(house(), "kickoff") as member:
        await to_why_here(member, "Anna\nBo")
        await member.press("ctrl+n", "ctrl+n")
        await member.answer("en halv time")
        assert "I bestemmer." in member.sees
        assert member.field.text == "en halv time"
        await member.press("ctrl+d")
        assert "Hvor tit mødes to og to" in member.sees


@pytest.mark.parametrize("lang", LANGS)
async def test_what_the_help_lines_cover_does_not_stay_on_a_screen_that_several_look_at(lang, house):
    async with opened(house(lang), "kickoff") as member:
        await to_why_here(member)
        await member.answer(DANGER[lang])
        assert isinstance(member.screen, CardScreen)
        await member.press("1", "enter")
        assert await seen(member, "Bo, ")
        assert DANGER[lang] not in member.sees


async def test_keys_that_nobody_has_use_for_around_one_screen_do_nothing(house):
    async with opened(house(), "kickoff") as member:
        await to_why_here(member)
        before = list(member.screen._session.turns)
        await member.press("ctrl+o", "ctrl+t", "f2", "f4")
        assert member.screen._session.turns == before
        assert "Anna, hvad fik dig" in member.sees


async def test_a_closed_terminal_goes_on_at_the_same_member(house, tmp_path):
    async with opened(house(), "kickoff") as member:
        await to_why_here(member)
        await member.answer("Fordi.")
        await member.write("Halvt")
    again: House = house()
    async with opened(again, "kickoff") as member:
        assert await seen(member, "Bo, hvad fik dig")
        assert member.field.text == "Halvt"


async def test_a_weighed_answer_is_marked_whole_so_that_typing_takes_its_place_and_the_key_is_shown(house):
    async with opened(house(), "kickoff") as member:
        await to_why_here(member, "Anna\nBo")
        await member.press("ctrl+n", "ctrl+n")
        for low, instead in (("20 minutter", "36 minutter"), ("når vi ses", None)):
            await member.answer(low)
            assert member.field.text == low
            assert "Ctrl+D lader jeres svar stå" in member.sees
            await (member.answer(instead) if instead else member.press("ctrl+d"))
            told = "36 minutter" if instead else "Gemt, som I skrev det"
            assert told in member.sees
