"""What a very long text costs: as many times more as it is longer, counted in calls and not in seconds."""

import sys
from collections.abc import Callable

import pytest

from assistant.witness.crisis import Crisis
from assistant.witness.ear import OVERLAP, PART, Ear, plain_of
from assistant.witness.nudge import Nudge
from assistant.witness.traits import Senses, slots
from tests.listening import PROMPTS

CHECKS = {"crisis": Crisis.load([PROMPTS]).findings, "nudge": Nudge.load([PROMPTS], "en").findings}
TEXTS = {
    "signs": lambda size: "".join(f"He hit me {n} times. You should leave {n}. " for n in range(size // 40)),
    "one sentence": lambda size: "".join(f"word{n} he " for n in range(size // 12)),
    "one word": lambda size: "a" * size,
    "paragraphs": lambda size: "".join(f"I want to die {n}.\n\n" for n in range(size // 20)),
}


def work(check: Callable[[str], object], text: str) -> int:
    """Count the calls, Python's and C's, that it takes to look at a text."""
    calls = 0

    def count(frame: object, event: str, arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        check(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("text", TEXTS)
def test_four_times_the_text_is_about_four_times_the_work(check, text):
    text_of, look = TEXTS[text], CHECKS[check]
    look(text_of(10_000))
    assert work(look, text_of(40_000)) < 5 * work(look, text_of(10_000))


class Counting(dict):
    """A table that counts the characters it is asked for."""

    asked = 0

    def __contains__(self, key: str) -> bool:
        self.asked += len(key)
        return super().__contains__(key)


def test_of_a_very_long_word_only_the_beginning_is_looked_up():
    starts = Counting({"forfølg": "a", "tru": "b"})
    slots(["t" * 300_000], Senses({}, starts, {}))
    assert starts.asked < 50


@pytest.mark.parametrize("lang", ["da", "en"])
def test_no_pattern_is_searched_for_in_more_than_a_part(lang):
    ear = Ear.load([PROMPTS], lang, "crisis")
    heard = ear.heard(plain_of("ord " * 10_000))
    lengths = [len(part.text.split()) for part in heard.parts()]
    assert max(lengths) <= PART + OVERLAP
    assert len(lengths) <= 10_000 / PART + 1


def test_what_stands_where_two_parts_meet_is_heard_once():
    for before in range(PART - 12, PART + OVERLAP + 4, 9):
        found = CHECKS["crisis"]("word " * before + ". I want to die." + " word" * PART)
        assert found
        assert len({(finding.rule, finding.start, finding.end) for finding in found}) == len(found)
