"""Whatever a clipboard holds, and however a terminal cuts it up: it is one paste, whole, and no key."""

import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.text import clean
from assistant.tui.pastes import BREATH, BULK, END, PATIENCE, QUIET, START, Pastes, Piece

PARTS = st.sampled_from(["\x1b", "\x11", "\x04", START, END, "[201~", "\x1b[20"])
ANY = st.lists(PARTS | st.text(max_size=9), max_size=20).map("".join)
CUTS = st.lists(st.integers(1, 40), max_size=12)


def cut(text: str, cuts: list[int]) -> list[str]:
    """Cut as a terminal may: anywhere."""
    chunks = []
    for size in cuts:
        chunks.append(text[:size])
        text = text[size:]
    return [chunk for chunk in (*chunks, text) if chunk]


def sent(*timed: tuple[float, str]) -> list[Piece]:
    """Give the pieces of what came, each after so many seconds, and then nothing for long."""
    pastes, now, pieces = Pastes(), 100.0, []
    for after, data in (*timed, (PATIENCE * 3, "")):
        while pastes.waits and after > QUIET:  # nothing came: so it is asked again and again
            now, after = now + QUIET * 1.01, after - QUIET * 1.01
            pieces += pastes.rest(now)
        now += after
        pieces += pastes.feed(data, now) if data else ()
    assert not pastes.waits
    return pieces


@given(ANY, CUTS)
def test_a_paste_comes_whole_and_once_whatever_is_in_it(text, cuts):
    pieces = sent(*((QUIET / 9, chunk) for chunk in cut(f"{START}{text}{END}", cuts)))
    assert pieces == [Piece("paste", text)]


def test_a_paste_that_waits_to_be_read_on_a_busy_machine_is_not_ended_by_a_mark_within_it():
    pastes = Pastes()
    late = [*pastes.feed(f"{START}a{END}", 1.0), *pastes.feed(f"\x11b{END}", 9.0), *pastes.rest(9.0 + QUIET * 2)]
    assert late == [Piece("paste", f"a{END}\x11b")]


@given(st.lists(st.tuples(st.floats(0, 2), ANY), max_size=8))
def test_nothing_is_lost_or_moved_however_it_comes(timed):
    came = "".join(text for _, text in timed)
    given = "".join(piece.text for piece in sent(*timed))
    came, given = (re.sub(r"[\x1b\[201~]", "", text) for text in (came, given))  # what marks are made of
    assert given == came


@given(ANY.filter(lambda text: START[:2] not in text), CUTS)
def test_what_is_no_paste_is_keys(text, cuts):
    pieces = sent(*((QUIET * 2, chunk) for chunk in cut(text, cuts)))
    assert "".join(piece.text for piece in pieces) == text
    assert {piece.what for piece in pieces} <= {"keys"}


def test_a_key_pressed_a_moment_after_a_paste_is_a_key_again():
    assert sent((0, f"{START}a{END}"), (BREATH * 2, "\x04")) == [Piece("paste", "a"), Piece("keys", "\x04")]


def test_what_is_typed_at_once_after_a_paste_waits_for_a_breath_and_is_keys():
    assert sent((0, f"{START}a{END}b\x04")) == [Piece("paste", "a"), Piece("keys", "b\x04")]


def test_a_paste_that_comes_slowly_is_still_no_keys():
    slow = [(BREATH * 0.9, "x" * (BULK + 1)) for _ in range(9)]
    pieces = sent((0, f"{START}a{END}\x11"), *slow, (BREATH * 0.9, END))
    assert {piece.what for piece in pieces} == {"paste"}


def test_a_paste_without_an_end_is_handed_on_after_a_while():
    assert sent((0, f"{START}abc"), (PATIENCE * 2, "x")) == [Piece("paste", "abc"), Piece("keys", "x")]


def test_two_pastes_in_one_breath_are_both_there_in_order():
    pieces = sent((0, f"{START}a{END}"), (QUIET * 2, f"{START}b{END}"))
    assert [clean(piece.text) for piece in pieces] == ["a", "b"]
    assert {piece.what for piece in pieces} == {"paste"}


def test_much_text_at_once_is_a_paste_where_the_terminal_marks_none():
    assert sent((0, "å" * 300 + "\r")) == [Piece("paste", "å" * 300 + "\r")]
