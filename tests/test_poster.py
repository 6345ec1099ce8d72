"""What is read across a room is as large as there is room for, and not a word of it is lost."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.tui.widgets import face
from assistant.tui.widgets.poster import DRAWN, LARGE, LETTERS, NARROW, SMALL, TURNS, height, lines, pages

QUESTION = "Anna læner sig tilbage og lytter.\n\nI andre taler til hinanden, ikke til Anna: Hvilket ord blev hængende?"
CARRIED = "“Hver gang telefonen ringer, svarer jeg, før jeg har hørt spørgsmålet færdigt.”"
ROOMS = {(80, 24): (72, 11), (120, 36): (112, 24), (200, 60): (192, 48)}
"""Screens, and what a meeting leaves of them for a question and a teller's words."""
words = st.lists(st.text(st.sampled_from("abcæøåABC.,?é“”🦆 \n"), max_size=12), max_size=40).map(" ".join)


@pytest.mark.parametrize("size", ROOMS)
def test_a_passage_is_in_drawn_letters_wherever_plain_ones_would_be_small(size):
    width, room = ROOMS[size]
    (page,) = pages(QUESTION, (CARRIED,), width, room, size[1])
    assert (page.tells_in in (LARGE, NARROW)) == (size[1] > SMALL)
    assert " ".join(page.words) == CARRIED


@pytest.mark.parametrize("size", ROOMS)
def test_every_question_of_a_meeting_that_is_read_aloud_has_room(size):
    from assistant.guides.library import Library
    from assistant.prompts import builtin_prompts

    width, room = ROOMS[size]
    for lang in ("da", "en"):
        library = Library([builtin_prompts()], lang)
        from assistant.messages import Messages
        from assistant.sittings.rehearsal import whole

        facts = whole(Messages.load(lang), 3)
        for step in library.guide("meeting").steps:
            if step.kind in ("read", "silent", "stay"):
                asked = library.question("meeting", step.id, facts)
                assert asked
                assert all(page.rows <= room for page in pages(asked, (), width, room, size[1]))


def test_one_passage_stands_at_a_time():
    found = pages("Bo fortæller.", ("Det ene.", "Det andet."), 112, 24, 36)
    assert [" ".join(page.words) for page in found] == ["Det ene.", "Det andet."]


def test_a_passage_of_forty_lines_is_turned_over_and_none_of_it_is_lost():
    long = "\n".join(f"Linje {n}: jeg talte til tre." for n in range(40))
    for (_, rows), (width, room) in ROOMS.items():
        found = pages(QUESTION, (long,), width, room, rows)
        assert len(found) > 1
        assert " ".join(line for page in found for line in page.words).split() == long.split()


@given(words, words, st.integers(10, 240), st.integers(1, 60), st.integers(10, 70))
@example(" ", " ", 10, 1, 10)
@settings(max_examples=300, deadline=None)
def test_whatever_is_carried_stands_on_the_pages_whole_and_in_its_order(question, passage, width, room, rows):
    found = pages(question, (passage,) if passage else (), width, room, rows)
    assert found
    assert "".join("".join(page.words) for page in found).replace(" ", "") == "".join(passage.split())
    assert all(page.rows <= room for page in found if page.words)


@given(words, st.integers(10, 240))
@settings(max_examples=200, deadline=None)
def test_a_drawn_line_is_as_wide_as_it_was_measured(text, width):
    for kind in {kind for pair in (*DRAWN, *LETTERS) for kind in pair}:
        for line in (set_in := lines(kind, text, width)) or ():
            drawn = kind.draw(line) if line else []
            assert len({len(row) for row in drawn}) <= 1
            assert len(drawn) <= kind.rows
            assert not drawn or kind.dots == 0 or len(drawn[0]) <= width + 1
        assert set_in is None or height(kind, set_in) >= 0


def test_drawn_type_turns_over_a_few_pages_at_most():
    long = " ".join(f"ord{n}" for n in range(2000))
    found = pages(QUESTION, (long,), 192, 48, 60)
    assert not found[0].tells_in.dots
    some = " ".join(f"ord{n}" for n in range(100))
    assert 1 < len(pages(QUESTION, (some,), 192, 48, 60)) <= TURNS


def test_danish_letters_are_drawn_small_and_large_and_each_looks_like_no_other():
    letters = "abcdefghijklmnopqrstuvwxyzæøåABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ0123456789.,:;!?-–()/…éüö"
    drawn = [face.glyph(letter) for letter in letters]
    assert all(drawn)
    assert len(set(drawn)) == len(letters)
    assert face.glyph("🦆") is None
