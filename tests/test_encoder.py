"""The encoder reads any text, in bounded time, as its weights say; and only where the words leave a check in doubt."""

import json
import math
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.__main__ import House
from assistant.cli.main import run
from assistant.messages import LANGS, Messages
from assistant.witness import likeness
from assistant.witness.crisis import Crisis
from assistant.witness.encoder import AT_MOST, HEADS, SURE, WEIGHTS, Encoder, Pieces, encoder, weigh
from tests.workshops import write

PROMPTS = Path(__file__).parents[1] / "prompts"
ORDINARY = {
    "da": "Jeg talte til tre ved tavlen i dag, og så svarede Hanne selv.",
    "en": "I counted to three at the board today, and then Hanne answered.",
}


@pytest.fixture(autouse=True)
def reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here nothing is answered from what is kept (`tests.answers`)."""
    monkeypatch.setattr(Encoder, "weigh", Encoder.weigh.__wrapped__)
    weigh.cache_clear()


@given(st.sampled_from(HEADS), st.lists(st.text(), min_size=1, max_size=2))
@example("crisis", ["", ""])
@example("gate", ["\ud800", "a" * 10_000])
@example("nudge", ["<s> </s> <unk> ▁"])
@settings(max_examples=200, deadline=None)
def test_any_text_has_an_answer_and_no_more_of_it_is_read_than_it_can_read(head: str, texts: list[str]) -> None:
    assert len(list(encoder().pieces.numbers(texts))) <= 1 + len(texts) * (AT_MOST + 1)
    assert -SURE <= weigh(head, *texts) <= SURE


@given(st.lists(st.text() | st.sampled_from(["<s>", "a</s>b", "</s> <unk>"]), min_size=1, max_size=2))
def test_nothing_that_is_written_looks_like_the_end_of_a_text(texts: list[str]) -> None:
    begin, end = 0, 1
    numbers = list(encoder().pieces.numbers(texts))
    assert (numbers.count(begin), numbers.count(end)) == (1, len(texts))


@given(st.text("abcdefæøå", max_size=9))
def test_a_word_is_cut_into_its_likeliest_pieces(word: str) -> None:
    scores = {"a": -3.0, "ab": -4.0, "bc": -1.5, "c": -2.0, "abc": -5.5, "dø": -1.0, "å": -2.5, "e": -9.0}
    pieces = Pieces(["<", ">", "?", *scores], [0.0, 0.0, 0.0, *scores.values()])
    names = dict(enumerate(["<", ">", "?", *scores]))
    worst = min(scores.values()) - 10

    def worth(cut: tuple[str, ...]) -> float:
        return sum(scores.get(piece, worst if len(piece) == 1 else -math.inf) for piece in cut)

    ways = [
        tuple(
            word[one:end]
            for one, end in pairwise((0, *(at for at in range(1, len(word)) if mask >> at & 1), len(word)))
        )
        for mask in range(0, 1 << max(len(word), 1), 2)
    ]
    found = [names[number] for number in pieces.cut(word)]
    known = sum(scores.get(piece, worst) for piece in found)
    assert known == pytest.approx(max(map(worth, ways)) if word else 0)
    assert len("".join(found)) == len(word)


@given(st.text("abcdefghijklmnopqrstuvwxyzæøå", min_size=1, max_size=20))
def test_no_letter_of_a_word_is_lost_when_it_is_cut(word: str) -> None:
    pieces = dict(enumerate(_held()["pieces"].tobytes().decode().split("\n")))
    assert "".join(pieces[number] for number in encoder().pieces.cut(f"▁{word}")) == f"▁{word}"


def _held() -> dict[str, np.ndarray]:
    return {file.stem: np.load(file) for file in WEIGHTS.glob("*.npy")}


@pytest.mark.parametrize("texts", [("Jeg kan ikke mere.",), ("I ran late.", "You ran late.")])
def test_it_answers_what_its_weights_give_reckoned_out_one_number_at_a_time(texts: tuple[str, ...]) -> None:
    held, numbers = _held(), list(encoder().pieces.numbers(texts))
    size = held["places"].shape[1]

    def even(row: list[float], scale: np.ndarray, offset: np.ndarray) -> list[float]:
        mean = sum(row) / size
        spread = math.sqrt(sum((x - mean) ** 2 for x in row) / size)
        return [(x - mean) / spread * a + b for x, a, b in zip(row, scale.tolist(), offset.tolist(), strict=True)]

    def through(name: str, layer: int, rows: list[list[float]]) -> list[list[float]]:
        together = held[name][layer]
        weights = np.concatenate([some.T for some in together]) * held[f"{name}_units"][layer][:, None].astype("f8")
        return (np.array(rows) @ weights.T + held[f"{name}_offsets"][layer]).tolist()

    flow = []
    for place, number in enumerate(numbers):
        row = []
        for block in range(size // 32):
            two = held["words"][number][16 * block : 16 * block + 16].tolist()
            unit = float(held["word_units"][number][block])
            row += [(byte % 16 - 8) * unit for byte in two] + [(byte // 16 - 8) * unit for byte in two]
        summed = [a + b for a, b in zip(row, held["places"][place].astype("f8").tolist(), strict=True)]
        flow.append(even(summed, *held["norms"]))
    for layer in range(len(held["within"])):
        looking = through("looking", layer, flow)
        seen = [[0.0] * size for _ in flow]
        for head in range(12):
            at = slice(32 * head, 32 * head + 32)
            asked, known, told = ([row[part * size :][at] for row in looking] for part in range(3))
            for number, mine in enumerate(asked):
                looks = [
                    math.exp(sum(a * b for a, b in zip(mine, other, strict=True)) / math.sqrt(32)) for other in known
                ]
                for other, look in zip(told, looks, strict=True):
                    for one, value in enumerate(other):
                        seen[number][32 * head + one] += value * look / sum(looks)
        for name, norms in (("seen", "within"), ("narrow", "after")):
            into = seen
            if name == "narrow":
                wide = through("wide", layer, flow)
                into = [
                    [x / 2 * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))) for x in row]
                    for row in wide
                ]
            added = through(name, layer, into)
            flow = [
                even([a + b for a, b in zip(row, more, strict=True)], *held[norms][layer])
                for row, more in zip(flow, added, strict=True)
            ]
    mean = [sum(column) / len(flow) for column in zip(*flow, strict=True)]
    for answer, head in enumerate(HEADS):
        expected = (
            sum(a * b for a, b in zip(mean, held["heads"][answer].tolist(), strict=True)) + held["offsets"][answer]
        )
        assert weigh(head, *texts) == pytest.approx(max(-SURE, min(SURE, expected)), abs=1e-3)


def test_what_is_plainly_ordinary_is_heard_without_it() -> None:
    asks = "import sys; from pathlib import Path; from assistant.witness.crisis import Crisis"
    asks += f"; crisis = Crisis.load([Path({str(PROMPTS)!r})])"
    for text in ORDINARY.values():
        asks += f"; assert crisis.rule({text!r}) is None"
    subprocess.run([sys.executable, "-c", f"{asks}; assert 'numpy' not in sys.modules"], check=True)


def test_of_a_long_text_only_the_heaviest_runs_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(likeness, "weigh", lambda head, text: read.append(text) or -SURE)
    crisis = Crisis.load([PROMPTS])
    sentence = "Jeg kan ikke se en vej ud af det her, og jeg ligger vågen og tænker på, om de ville savne mig. "
    crisis.findings(" ".join(f"{sentence} {number} " for number in range(200)))
    assert 0 < len(read) <= 2 * 2 * likeness.READS


@pytest.mark.parametrize("lang", LANGS)
def test_figures_that_the_words_alone_gave_are_told_as_such(lang, tmp_path, monkeypatch, capsys) -> None:
    row = {"check": "crisis", "lang": lang, "text": ORDINARY[lang], "label": "no-trigger"}
    file = write(tmp_path, "rows.jsonl", json.dumps(row))
    told = Messages(lang)("cli.words_alone")
    for there, is_told in ((encoder, False), (lambda: None, True)):
        monkeypatch.setattr("assistant.cli.witness.encoder", there)
        run(["--home", str(tmp_path / "home"), "--lang", lang, "witness", "eval", str(file)], House, LANGS)
        assert (told in capsys.readouterr().err) == is_told
