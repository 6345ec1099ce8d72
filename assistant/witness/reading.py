"""How a reflection is read: its words, each quote as one of them, sentence by sentence."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.witness.lexicon import Lexicon, Token
from assistant.witness.quotes import Quote

QUOTE = "Q"
"""How a quote stands among the words; theirs are all in lower case."""
ENDS = frozenset(".!?;…")


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A word, a mark or a quote."""

    token: Token
    quote: Quote | None = None

    @property
    def word(self) -> str:
        """Its word in plain form; `Q` for a quote."""
        return self.token.word


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
