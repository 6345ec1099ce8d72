"""What the handbook tells a facilitator to type is what Vidne does, in both languages; and no command is left out."""

import re

import pytest

from assistant.cli.prompts import prompts
from assistant.guides.guide import WEEKS
from assistant.messages import LANGS
from assistant.sittings.year import EVERY
from tests.handbook import BOOKS, WARD, commands, replay


@pytest.mark.parametrize(("lang", "book"), [*BOOKS.items(), ("da", WARD)])
def test_every_command_and_every_sample_does_what_the_page_says(lang, book, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = book.read_text("utf-8")
    assert replay(text, lang) == text


@pytest.mark.parametrize("lang", LANGS)
def test_every_command_of_the_workshop_is_in_the_handbook(lang):
    typed = " ".join(commands(BOOKS[lang].read_text("utf-8")))
    assert set(prompts.commands) <= set(re.findall(r"vidne prompts (\w+)", typed))


def test_both_handbooks_have_the_same_commands():
    named = re.compile(r"\b(?:da|en)\b|\S+\.txt|\".*\"|morgen|morning|prøve|rehearsal")
    books = (BOOKS[lang].read_text("utf-8") for lang in LANGS)
    danish, english = ([named.sub("", command) for command in commands(book)] for book in books)
    assert danish == english


@pytest.mark.parametrize("lang", LANGS)
def test_how_often_guides_come_in_a_rehearsed_year_is_what_the_handbook_says(lang):
    rows = re.findall(r"(?m)^\| `(\w+)`.*\| (.*) \|$", BOOKS[lang].read_text("utf-8"))
    assert {guide for guide, _ in rows} == EVERY.keys()
    assert str(EVERY["quarter"]) in dict(rows)["quarter"]
    assert (EVERY["practice"], WEEKS) == (1, {"member": 1, "pair": 2, "circle": 4})
