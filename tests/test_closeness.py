"""The gate's second voice lifts doubts about wording alone, and only where each doubted sentence stays close."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from math import inf
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.witness.closeness import SLOTS, doubted, slots
from assistant.witness.encoder import WEIGHTS
from assistant.witness.gate import Gate
from assistant.witness.ties import Beside
from assistant.witness.trial import Trial

PROMPTS = Path(__file__).parents[1] / "prompts"
GATES = {lang: Gate.load([PROMPTS], lang) for lang in ("da", "en")}
SAID = {
    "da": "Jeg holdt oplæg for de nye i dag. Jeg glemte at spørge, hvad de hed, og kom først i tanke om det i bilen. "
    "Anne ringede bagefter og sagde tak.",
    "en": "I ran the induction for the new starters today. I forgot to ask their names and only thought of it in the "
    "car. Anne rang afterwards and said thanks.",
}
RETOLD = {
    "da": (
        "Først i bilen kom du i tanke om, at du havde glemt at spørge, hvad de hed.",
        "Bagefter var det Anne, der ringede med et tak.",
    ),
    "en": (
        "In the car you thought of it: you had forgotten to ask their names.",
        "It was only in the car that you thought of their names.",
    ),
}
"""The same in other words: nothing is added, and the proof alone would stop it."""
langs = st.sampled_from(("da", "en"))


def _lenient(lang: str) -> Gate:
    """A gate whose second voice would lift whatever it may."""
    gate = Gate.load([PROMPTS], lang)
    gate.closeness = replace(gate.closeness, worth=inf, sure=inf)
    return gate


LENIENT = {lang: _lenient(lang) for lang in ("da", "en")}


@pytest.mark.parametrize("lang", ["da", "en"])
def test_what_says_the_same_in_other_words_is_shown_though_it_cannot_be_proved(lang: str) -> None:
    strict = Gate.load([PROMPTS], lang)
    strict.closeness = replace(strict.closeness, worth=-inf)
    shown = [text for text in RETOLD[lang] if not GATES[lang].judge(text, SAID[lang])]
    assert shown == list(RETOLD[lang])
    assert [text for text in RETOLD[lang] if not strict.judge(text, SAID[lang])] == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("da", "Anne ringede bagefter, og det gjorde dig glad."),
        ("da", "Du glemte at spørge, hvad de hed, fordi du var nervøs."),
        ("da", "Anne ringede i tirsdags og sagde tak."),
        ("da", "Anne ringede bagefter og sagde tak. Måske var tavsheden det egentlige svar."),
        ("en", "Anne rang afterwards, and that made you happy."),
        ("en", "You forgot to ask their names because you were nervous."),
        ("en", "Anne rang on Tuesday and said thanks."),
        ("en", "Anne rang afterwards and said thanks. Perhaps the silence was the real answer."),
    ],
)
def test_what_was_added_to_a_members_words_is_still_stopped(lang: str, text: str) -> None:
    assert GATES[lang].judge(text, SAID[lang])


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("da", 'Du skrev: "Anne ringede aldrig".'),
        ("da", "Det var da, at Bente ringede bagefter og sagde tak."),
        ("da", "Bente ringede bagefter og sagde tak."),
        ("da", "Du sagde tak fire gange."),
        ("da", 'Ordet "tak" går igen fire gange.'),
        ("da", "Hvad sagde Anne, og hvad sagde du? Hvad hed de?"),
        ("da", "Anne ringede bagefter. Flot klaret."),
        ("en", 'You wrote: "Anne never rang".'),
        ("en", "It was then that Bente rang and said thanks."),
        ("en", "Bente rang afterwards and said thanks."),
        ("en", "You said thanks four times."),
        ("en", 'The word "thanks" comes up four times.'),
        ("en", "What did Anne say, and what did you say? What were their names?"),
        ("en", "Anne rang afterwards. Well done."),
    ],
)
def test_a_cue_a_quote_a_name_a_count_and_a_second_question_are_never_lifted(lang: str, text: str) -> None:
    assert LENIENT[lang].judge(text, SAID[lang])


@pytest.mark.parametrize(
    ("lang", "text", "is_open"),
    [
        ("da", "Opkaldet fra Anne kom bagefter.", True),
        ("da", "Morten ringede bagefter og sagde tak.", False),
        ("da", "Kirsten ringede bagefter og sagde tak.", False),
        ("da", "Ellen ringede bagefter og sagde tak.", False),
        ("en", "First you forgot to ask, and then Anne rang.", True),
        ("en", "Anne rang a second time.", False),
        ("da", "Hvordan lød det sidste, Anne sagde, i bilen?", True),
        ("en", "How did the last thing that Anne said sound in the car?", True),
    ],
)
def test_no_noun_with_its_article_and_nothing_that_asks_is_a_name(lang: str, text: str, is_open: bool) -> None:
    assert bool(LENIENT[lang].judge(text, SAID[lang])) != is_open


@pytest.mark.parametrize(
    ("lang", "said", "own", "others"),
    [
        ("da", "Jeg er bange for, hvad jeg skal sige.", "Du er bange for det, der kommer.", "Du skal sige det."),
        ("en", "I was nervous before the call with Bo.", "Before it you were nervous.", "You were hurt by it."),
    ],
)
def test_a_cue_may_be_lifted_where_it_is_the_members_own_words(lang: str, said: str, own: str, others: str) -> None:
    """`You are nervous` is an interpretation, but not of who has said it."""
    assert LENIENT[lang].wording(own)
    assert not LENIENT[lang].judge(own, said)
    assert LENIENT[lang].wording(others)
    assert LENIENT[lang].judge(others, said)


HARM = {
    "gone": Path.unlink,
    "cut short": lambda file: os.truncate(file, file.stat().st_size // 2),
    "damaged": lambda file: file.write_bytes(b"\x93NUMPY damaged"),
}


@pytest.mark.parametrize("harm", HARM)
def test_without_the_encoder_the_words_decide_alone_and_what_is_proved_is_shown(harm: str, tmp_path: Path) -> None:
    """A damaged file, or a processor that numpy does not know, takes no check away."""
    said, retold = SAID["en"], RETOLD["en"][0]
    damaged = shutil.copytree(WEIGHTS, tmp_path / "weights")
    HARM[harm](damaged / "wide.npy")
    code = f"""
import assistant.witness.encoder as encoder
from pathlib import Path
encoder.WEIGHTS = Path({str(damaged)!r})
from assistant.witness.crisis import Crisis
from assistant.witness.gate import Gate
prompts = Path({str(PROMPTS)!r})
assert encoder.encoder() is None
assert Crisis.load([prompts]).findings("I want to kill myself.")
assert not Crisis.load([prompts]).findings("I ran the induction today.")
gate = Gate.load([prompts], "en")
assert not gate.judge('You wrote: "I forgot to ask their names".', {said!r})
assert gate.judge("Anne rang afterwards, and that made you happy.", {said!r})
gate.judge({retold!r}, {said!r})
"""
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_sentence_is_not_lifted_for_its_neighbours(lang: str) -> None:
    """A proved sentence before or after a stopped one lets nothing through."""
    wrote = {"da": 'Du skrev: "{}".', "en": 'You wrote: "{}".'}[lang]
    lines = (PROMPTS.parent / "tests" / "witness" / f"later-gate-{lang}.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["label"] == "block"][:200]
    for text, said in ((row["text"], row["member"]) for row in rows if GATES[lang].judge(row["text"], row["member"])):
        proved = wrote.format(" ".join(said.split()[:4]))
        assert GATES[lang].judge(f"{text} {proved}", said)
        assert GATES[lang].judge(f"{proved} {text}", said)


def test_a_long_sentence_does_not_hide_what_was_added() -> None:
    said = SAID["en"]
    for added in ("", "not ", "four times ", "at last "):
        text = (
            f"Today, after the induction for the new starters that you ran, it was {added}in the car that you first "
            "thought of their names, and afterwards it was Anne who rang and said thanks."
        )
        assert GATES["en"].judge(text, said)


@given(langs, st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_reflection_can_be_weighed(lang: str, text: str, said: str) -> None:
    gate = GATES[lang]
    text, said = (words.encode("utf-8", "replace").decode() for words in (text, said))
    trial = Trial(gate.lexicon, gate.forms, text, said)
    doubts = list(trial.doubts())
    beside = Beside.of(trial, gate.closeness.kinds)
    weighed = [slots(beside, *one, gate.closeness.senses) for one in doubted(beside, doubts)]
    assert bool(weighed) >= bool(doubts)
    assert all(found and all(0 <= slot < SLOTS for slot in found) for found in weighed)
    gate.closeness.lifts(trial, doubts)


@pytest.mark.parametrize("lang", ["da", "en"])
def test_nothing_is_lifted_where_nothing_was_said(lang: str) -> None:
    assert LENIENT[lang].judge(RETOLD[lang][0], "")[0].rule == f"{lang}.gate.unsaid"
