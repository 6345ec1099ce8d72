"""One door for every word that comes in."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text import clean, is_blank

ANY = st.text(st.characters(blacklist_categories=()), max_size=300)
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@given(ANY)
def test_nothing_that_steers_a_terminal_passes(text):
    cleaned = clean(text)
    assert not STEERING.search(cleaned)
    assert not any(0xE0000 <= ord(char) <= 0xE007F for char in cleaned)
    assert cleaned == unicodedata.normalize("NFC", cleaned)
    cleaned.encode("utf-8")


@given(ANY)
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(whitelist_categories=("L", "N", "P", "S", "Zs")), max_size=200))
def test_what_people_write_passes_whole(text):
    text = unicodedata.normalize("NFC", text)
    assert clean(text) == text


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("\x1b[31mrød\x1b[0m", "rød"),
        ("\x1b]52;c;aGVq\x07efter", "efter"),
        ("\x9b2Jpå", "på"),
        ("\x1b]0;titel\x1b\\x", "x"),
        ("a\x1b[201~\x11b", "ab"),
        ("en\r\nto\rtre", "en\nto\ntre"),
        ("før\x9d og alt det efter", "før og alt det efter"),
        ("a\u202eb\u2066c", "abc"),
        ("🏳️‍🌈 👩‍👧", "🏳️‍🌈 👩‍👧"),
        ("a\u030a", "å"),
        ("NUL\x00 og\ttab", "NUL og\ttab"),
        ("\ud83d alene", " alene"),
    ],
)
def test_known_dangers_are_taken_out_and_words_stay(dirty, cleaned):
    assert clean(dirty) == cleaned


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u200b", "\u200d\ufeff", "\u3164", "\u00ad"])
def test_what_cannot_be_seen_is_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["-", ".", "😅", "å", "0"])
def test_the_smallest_sign_is_not_blank(text):
    assert not is_blank(text)
