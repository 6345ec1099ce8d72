"""A conversation fits on a card, for paper and for a phone: the guide's own texts and minutes, nothing from outside."""

import html as html_of
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.__main__ import House
from assistant.guides.card import Card, Row, html, markdown
from assistant.guides.library import Library
from assistant.messages import LANGS
from assistant.prompts import builtin_prompts
from tests.test_cli import said, told, vidne


class Read(HTMLParser):
    """What a browser would show, and what it would fetch."""

    def __init__(self, page):
        super().__init__()
        self.text = []
        self.attributes = []
        self.tags = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize("lang", LANGS)
def test_the_pair_card_gives_both_the_same_time_and_the_same_listening(lang, tmp_path):
    card = House(tmp_path, lang).sittings.card("pair")
    assert card.minutes == 30 == sum(row.minutes for row in card.rows)
    first, second = card.rows[1:4], card.rows[4:7]
    assert [row.minutes for row in first] == [row.minutes for row in second]
    assert {"da": "Ingen råd", "en": "No advice"}[lang] in first[1].text
    assert {"da": "Ingen råd", "en": "No advice"}[lang] in second[1].text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("guide", Library([builtin_prompts()], "da").names())
def test_every_guide_can_be_a_card(guide, lang, tmp_path):
    card = House(tmp_path, lang).sittings.card(guide)
    assert card.rows
    assert all(row.text and "None" not in row.text for row in card.rows)


@pytest.mark.parametrize("lang", LANGS)
def test_both_forms_hold_every_text_of_the_guide(lang, tmp_path):
    card = House(tmp_path, lang).sittings.card("pair")
    as_markdown, as_html = markdown(card), html_of.unescape(html(card))
    for row in card.rows:
        for line in filter(None, row.text.removeprefix("- ").splitlines()):
            assert line.removeprefix("- ") in as_markdown
            assert line.removeprefix("- ") in as_html


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_text_of_a_groups_own_becomes_markup(text):
    card = Card("da", text, 30, (Row(1, text),))
    page = Read(html(card))
    assert set(page.tags) <= {"html", "head", "meta", "title", "style", "body", "h1", "p", "section", "div", "ul", "li"}
    assert not re.search(r"(?<!\\)[<>*_`]", markdown(card).replace("**1 min**", ""))


def test_the_page_fetches_nothing(tmp_path):
    page = Read(html(House(tmp_path, "da").sittings.card("pair")))
    assert not {"src", "href", "onload", "style"} & set(page.attributes)
    assert not {"script", "link", "img", "iframe"} & set(page.tags)


def test_the_command_prints_the_card_and_makes_no_home(tmp_path):
    home = tmp_path / "home"
    done = vidne("talk", "pair", "--card", home=home)
    assert (done.returncode, told(done)) == (0, "")
    assert said(done).startswith("# Møde på tomandshånd · 30 min\n")
    assert said(vidne("talk", "pair", "--card", "--html", home=home)).startswith("<!doctype html>")
    assert not home.exists()
    assert vidne("talk", "nope", "--card", home=home).returncode == 2
