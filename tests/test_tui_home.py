"""Home offers everything there is to do from it: what waits first, then each guide, then the pages; none is lost."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.__main__ import House as RealHouse
from assistant.guides.library import Library
from assistant.guides.offers import Offer, offers
from assistant.messages import LANGS, Messages
from assistant.prompts import builtin_prompts
from assistant.tui.places import PAGES, SITS, screen
from assistant.tui.screens.conversation import ConversationScreen
from assistant.tui.screens.home import MOST, HomeScreen
from assistant.tui.screens.listed import ListScreen
from assistant.tui.widgets.choices import Choices
from tests.test_tui import opened
from tests.tui_house import House

GUIDE = 'title = {{ da = "{id} her", en = "{id} here" }}\nwith = "{company}"\nminutes = 20\n\n[[step]]\nid = "one"\n'


def guide(folder: Path, id: str, company: str = "circle") -> None:
    (folder / id).mkdir(parents=True)
    (folder / id / "guide.toml").write_text(GUIDE.format(id=id, company=company), "utf-8")


class Busy(House):
    """A house with more guides than home has room for."""

    @property
    def offers(self):
        return (*super().offers, *(Offer(f"own-{n}", f"Vores {n}. møde", "circle", 60) for n in range(1, 8)))


def names(member) -> list[str]:
    return [option.id for option in member.screen.query_one(Choices).options]


def test_every_guide_that_fits_is_offered_in_the_order_of_the_practice(tmp_path):
    for id, company in (("zebra", "member"), ("meeting", "circle"), ("alfa", "pair"), ("kickoff", "circle")):
        guide(tmp_path, id, company)
    library = Library((tmp_path, builtin_prompts()), "da")
    everybody = [offer.guide for offer in offers(library, "da", ("member", "pair", "circle"))]
    assert [name for name in everybody if name in ("kickoff", "weekly", "meeting", "alfa", "zebra")] == [
        "weekly", "kickoff", "meeting", "alfa", "zebra",
    ]  # fmt: skip
    alone = [offer.guide for offer in offers(library, "da", ("member",))]
    assert {"weekly", "zebra"} <= set(alone)
    assert not {"kickoff", "meeting", "alfa"} & set(alone)


async def test_a_guide_with_a_fault_is_offered_and_its_fault_is_told_when_it_is_opened(tmp_path):
    house = RealHouse(tmp_path / "home", "da")
    house.make_home(None, "key-file")
    guide(tmp_path / "home" / "prompts", "broken")
    (tmp_path / "home" / "prompts" / "broken" / "guide.toml").write_text("title = 7\n", "utf-8")
    house.close()
    async with opened(house) as member:
        if "begin broken" not in names(member):
            await member.press(str(names(member).index("more") + 1))
        await member.press(str(names(member).index("begin broken") + 1))
        assert "guide.toml" in " ".join(member.sees.split())
        assert isinstance(member.screen, HomeScreen)


@pytest.mark.parametrize("lang", LANGS)
async def test_what_home_has_no_room_for_is_one_step_away_and_opens(lang, tmp_path):
    house = Busy.lived_in(tmp_path / "home", lang)
    async with opened(house) as member:
        assert names(member) == [
            "begin weekly",
            "begin own-1",
            "begin own-2",
            "more",
            "page join",
            "page workshop",
            "quit",
        ]
        await member.press("4")
        assert isinstance(member.screen, ListScreen)
        assert names(member) == ["begin weekly", *(f"begin own-{n}" for n in range(1, 8))]
        await member.press("escape")
        assert isinstance(member.screen, HomeScreen)
        await member.press("4", "end", "enter")
        assert isinstance(member.screen, ConversationScreen)


async def test_what_waits_is_offered_first_and_a_new_one_beside_it(tmp_path):
    house = Busy.lived_in(tmp_path / "home")
    async with opened(house) as member:
        await member.press("1")
        await member.write("Mandag")
        await member.press("escape")
        assert names(member)[:2] == ["go_on weekly", "begin weekly"]
        assert "gå videre, hvor du slap" in member.sees
        assert "begynd en ny" in member.sees


@pytest.mark.parametrize("lang", LANGS)
async def test_a_full_home_fits_80_by_24(lang, tmp_path, monkeypatch):
    house = Busy.lived_in(tmp_path / "home", lang)
    everything = [replace(page, offered=lambda _: True) for page in PAGES]
    monkeypatch.setattr("assistant.tui.screens.home.PAGES", everything)
    async with opened(house, "weekly") as member:
        await member.answer("Fra vagten.")
    async with opened(house) as member:
        assert len(names(member)) >= MOST + len(PAGES) + 1
        for sentence in ("home.more", "home.quit", *(f"home.{page.name}" for page in PAGES)):
            assert house.messages(sentence) in member.sees


def test_every_page_has_a_screen_and_a_name_in_each_language():
    for page in PAGES:
        assert screen(page.screen)
        for lang in LANGS:
            assert Messages.load(lang)(f"home.{page.name}")
    for name in SITS.values():
        assert screen(name)
