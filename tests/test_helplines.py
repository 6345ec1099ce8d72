"""The help lines: those of one's own country, wherever that can be told; and what is unsure comes last."""

import re

import pytest

from assistant.__main__ import House
from assistant.prompts import builtin_prompts
from assistant.witness.country import country
from assistant.witness.helplines import card

PROMPTS = builtin_prompts()
UNCHECKED = "UNCHECKED"
NUMBER = re.compile(r"(?m)^([\d /]+) ·")


def shown(lang, territory):
    return NUMBER.findall(card([PROMPTS], lang, territory, UNCHECKED))


@pytest.mark.parametrize(
    ("environment", "known"),
    [
        ({"TZ": "Europe/Copenhagen", "LANG": "en_US.UTF-8"}, "dk"),
        ({"TZ": ":/usr/share/zoneinfo/Europe/Dublin"}, "ie"),
        ({"TZ": "America/Indiana/Knox"}, "us"),
        ({"TZ": "UTC", "LANG": "en_GB.UTF-8"}, "gb"),
        ({"TZ": "Mars/Olympus", "LC_ALL": "da_DK"}, "dk"),
        ({"TZ": "CET-1CEST", "LANG": "C.UTF-8"}, None),
        ({}, None),
    ],
)
def test_the_clock_tells_the_country_before_the_language_does(environment, known, tmp_path):
    assert country(environment, tmp_path / "no-clock") == known


def test_the_computers_own_clock_is_asked(tmp_path):
    clock = tmp_path / "localtime"
    clock.symlink_to("/usr/share/zoneinfo/Europe/Oslo")
    assert country({"LANG": "en_US.UTF-8"}, clock) == "no"


def test_only_the_lines_of_the_members_country_stand_there_when_it_is_known():
    assert shown("en", "dk")[:2] == ["112", "70 201 201"]
    assert shown("da", "dk") == shown("en", "dk")
    assert shown("en", "us") == ["911", "988"]
    assert shown("da", "no")[0] == "112 / 113"


@pytest.mark.parametrize("territory", [None, "ca"])
def test_where_no_country_or_none_of_ours_is_told_every_line_names_its_own(territory):
    assert shown("en", territory)[:2] == ["999 / 112", "116 123"]
    assert {"911", "988", "70 201 201"} <= set(shown("en", territory))
    assert "Samaritans, Ireland" in card([PROMPTS], "en", territory, UNCHECKED)
    assert shown("da", territory) == shown("da", "dk")


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_numbers_come_after_one_short_paragraph_and_what_is_unsure_comes_last(lang):
    text = card([PROMPTS], lang, "dk", UNCHECKED)
    assert len(text[: text.index("112")].split()) <= 22
    assert text.endswith(UNCHECKED)


def test_a_country_the_member_wrote_in_the_home_comes_before_the_computers(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Copenhagen")
    house = House(tmp_path / "home", "en")
    house.make_home(None, "key-file")
    assert NUMBER.search(house.card())[1] == "112"
    note = tmp_path / "home" / "home.toml"
    note.write_text(note.read_text("utf-8").replace("format = 1\n", 'format = 1\ncountry = "us"\n'), "utf-8")
    house.keep_theme("paper")
    assert NUMBER.search(house.card())[1] == "911"
    house.close()
