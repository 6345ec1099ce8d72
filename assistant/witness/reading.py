"""How a reflection is read: its words, each quote as one of them, sentence by sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.witness.lexicon import Lexicon, Token
from assistant.witness.quotes import Quote

QUOTE = "Q"
"""How a quote stands among the words; theirs are all in lower case."""
ENDS = frozenset(".!?;…")


@dataclass(slots=True, eq=False)
class Piece:
    """A word, a mark or a quote."""

    token: Token
    quote: Quote | None = None
    word: str = field(init=False)
    """Its word in plain form; `Q` for a quote."""

    def __post_init__(self) -> None:
        self.word = self.token.word


def read(text: str, quotes: tuple[Quote, ...], lexicon: Lexicon) -> Iterator[list[Piece]]:
    """Give the sentences of `text`; the full stop of an abbreviation is left out."""
    pieces = list(_pieces(text, quotes, lexicon))
    start = 0
    for at, piece in enumerate(pieces):
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        if after is None or _ends(piece, after, text):
            yield pieces[start : at + 1]
            start = at + 1


def _pieces(text: str, quotes: tuple[Quote, ...], lexicon: Lexicon) -> Iterator[Piece]:
    masked, starts = list(text), {quote.start: quote for quote in quotes}
    for quote in quotes:
        masked[quote.start : quote.end] = QUOTE + " " * (quote.end - quote.start - 1)
    before = ""
    for token in lexicon.tokens("".join(masked)):
        if quote := starts.get(token.start):
            yield Piece(Token(QUOTE, QUOTE, quote.start, quote.end, token.large), quote)
        elif not (token.word == "." and before in lexicon.abbreviations):
            yield Piece(token)
        before = token.word


def _ends(piece: Piece, after: Piece, text: str) -> bool:
    if "\n" in text[piece.token.end : after.token.start]:
        return True
    if after.word in ENDS:
        return False
    if piece.quote:
        return piece.quote.inside.rstrip()[-1:] in ENDS and (after.token.large or after.quote is not None)
    return piece.word in ENDS


def plain(words: Sequence[Piece]) -> str:
    """Give the plain form of `words`, without commas."""
    return f" {' '.join([piece.word for piece in words if piece.word != ','])} "


def between(words: Sequence[Piece], start: int, end: int) -> list[Piece]:
    """Give the words that the characters of their plain form from `start` to `end` belong to."""
    found, at = [], 1
    for piece in words:
        if piece.word == ",":
            continue
        if at < end and at + len(piece.word) > start:
            found.append(piece)
        at += len(piece.word) + 1
    return found


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place in a reflection that is not proved."""

    kind: str
    """What is wrong with it, the name of its sentence in `[why]`."""
    start: int
    """Where it begins in the text."""
    end: int
    """Where it ends."""

    @classmethod
    def about(cls, kind: str, pieces: Sequence[Piece]) -> "Doubt":
        """Give a doubt about all of `pieces`."""
        return cls(kind, pieces[0].token.start, pieces[-1].token.end)
