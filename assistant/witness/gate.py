"""The gate: whether the assistant's own words may be shown. Doubt means no.

`judge` shows a reflection that can be *proved* to be witnessing: every sentence is made of exact quotes, of words that
stand in what was said, and of the forms a witness has; nothing else. `wording` judges fixed words, which cannot be
proved, by cues.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.witness.forms import Forms
from assistant.witness.grounding import Misfit, Spoken
from assistant.witness.lexicon import Lexicon, Token
from assistant.witness.quotes import Quote, alike, is_said, quotes
from assistant.witness.rules import Finding

QUOTED = "Q"
_ENDS = frozenset(".!?;…")
_QUESTION_PARTS = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A token of a reflection; a quote is one."""

    token: Token
    quote: Quote | None = None


class Gate:
    """The guard of one language, loaded once."""

    def __init__(self, lang: str, lexicon: Lexicon, forms: Forms) -> None:
        self.lang = lang
        self.lexicon = lexicon
        self.forms = forms

    @classmethod
    def load(cls, folders: Sequence[Path], lang: str) -> "Gate":
        home = folders[-1] / "witness" / lang
        return cls(lang, Lexicon.load(home / "words.toml", lang), Forms.load(home / "witnessing.toml"))

    def judge(self, text: str, said: str) -> tuple[Finding, ...]:
        """Give what keeps `text` from being shown to who said `said`; nothing means: show it."""
        return tuple(Trial(self, text, said).findings())


class Trial:
    """One reflection beside what it answers."""

    def __init__(self, gate: Gate, text: str, said: str) -> None:
        self.gate = gate
        self.lexicon = gate.lexicon
        self.text = text
        self.spoken = Spoken(said, gate.lexicon)
        self.said_alike = alike(said)
        self.quotes = quotes(text)

    def findings(self) -> Iterator[Finding]:
        for quote in self.quotes:
            if not is_said(quote.inside, self.said_alike):
                yield self._finding("quote", "invented", quote.start, quote.end)
        asked = 0
        for sentence in self.sentences():
            if sentence[-1].token.word == "?" :
                asked += 1
                if asked > _QUESTION_PARTS:
                    yield self._finding("questions", "question-form", sentence[0].token.start, sentence[-1].token.end)
            yield from self._judge(sentence)

    def _finding(self, name: str, category: str, start: int, end: int) -> Finding:
        return Finding(f"{self.gate.lang}.gate.{name}", category, start, end, name)

    def pieces(self) -> list[Piece]:
        """Give the words and marks of the text, each quote as one."""
        masked = list(self.text)
        for quote in self.quotes:
            masked[quote.start : quote.end] = QUOTED + " " * (quote.end - quote.start - 1)
        starts = {quote.start: quote for quote in self.quotes}
        pieces = []
        for token in self.lexicon.tokens("".join(masked)):
            quote = starts.get(token.start)
            if quote:
                token.word, token.end = QUOTED, quote.end
            pieces.append(Piece(token, quote))
        return pieces

    def sentences(self) -> Iterator[list[Piece]]:
        pieces, start = self.pieces(), 0
        for at, piece in enumerate(pieces):
            after = pieces[at + 1] if at + 1 < len(pieces) else None
            if after is None or self._ends(piece, after, pieces[at - 1] if at else None):
                yield pieces[start : at + 1]
                start = at + 1

    def _ends(self, piece: Piece, after: Piece, before: Piece | None) -> bool:
        if "\n" in self.text[piece.token.end : after.token.start]:
            return True
        if after.token.word in _ENDS:
            return False
        if piece.quote:
            return piece.quote.inside.rstrip()[-1:] in _ENDS and (after.token.large or after.quote is not None)
        if piece.token.word == "." and before is not None and before.token.word in self.lexicon.abbreviations:
            return False
        return piece.token.word in _ENDS

    # One sentence

    def _judge(self, sentence: list[Piece]) -> Iterator[Finding]:
        words = [piece for piece in sentence if piece.token.word not in _ENDS and piece.token.word != ","]
        if not words:
            return
        starts, at = [], 1
        for piece in words:
            starts.append(at)
            at += len(piece.token.word) + 1
        plain = " " + " ".join(piece.token.word for piece in words) + " "
        if self.gate.forms.is_whole(plain):
            return

        def pieces_at(start: int, end: int) -> list[Piece]:
            return [piece for piece, at in zip(words, starts, strict=True) if at < end and at + len(piece.token.word) > start]

        if sentence[-1].token.word == "?":
            best = None
            for slots in self.gate.forms.questions(plain):
                misfits = [m for slot in slots if (m := self._ground(pieces_at(*slot), frag=True))]
                if not misfits:
                    return
                best = best or misfits[0]
            yield self._finding("question", "question-form", sentence[0].token.start, sentence[-1].token.end)
            return
        covered = {}
        for start, end, frame in self.gate.forms.places(plain):
            if frame.needs == "question" and "?" not in self.spoken.text:
                continue
            for piece in pieces_at(start, end):
                covered[id(piece)] = frame
        for stretch in self._stretches(sentence, covered):
            misfit = self._ground(stretch)
            if misfit:
                yield misfit

    def _stretches(self, sentence: list[Piece], covered: dict) -> Iterator[list[Piece]]:
        stretch: list[Piece] = []
        for piece in sentence:
            if id(piece) in covered or (piece.token.is_mark and piece.token.word != "'s") :
                if stretch:
                    yield stretch
                stretch = []
            elif piece.quote:
                if stretch:
                    yield [*stretch, piece]
                stretch = []
            else:
                stretch.append(piece)
        if stretch:
            yield stretch

    def _ground(self, stretch: list[Piece], frag: bool = False) -> Finding | None:
        tokens: list[Token] = []
        for piece in stretch:
            if piece.quote and len(stretch) > 1:
                inside = [t for t in self.lexicon.tokens(piece.quote.inside) if not t.is_mark][:6]
                tokens += [Token(t.word, t.key, piece.token.start, piece.token.end, False, frozenset(("quoted",))) for t in inside]
            elif not piece.quote:
                tokens.append(piece.token)
        if not tokens or all(t.word in self.lexicon.free and t.word not in self.lexicon.pronouns for t in tokens):
            return None
        misfit = self.spoken.misfit(tokens)
        if misfit is None:
            return None
        splits = [n for n, t in enumerate(stretch) if t.token.word in ("and", "or", "og", "eller", "but", "men")]
        if splits and not stretch[0].quote:
            n = splits[0]
            left, right = stretch[:n], stretch[n + 1 :]
            def lone(part):
                return all(p.token.word in self.lexicon.echoed | self.lexicon.pronouns | self.spoken.names for p in part)
            if stretch[n].token.word in ("but", "men") and not any(t.word in ("but", "men", "though", "yet") for t in self.spoken.tokens):
                return self._finding("added", "interpretation", stretch[n].token.start, stretch[n].token.end)
            if not left or (not lone(left) and right and not lone(right)):
                return (self._ground(left, frag) if left else None) or (self._ground(right, frag) if right else None)
        first, last = tokens[misfit.first], tokens[misfit.last]
        return self._finding(misfit.kind, "invented", first.start, last.end)
