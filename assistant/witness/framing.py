"""Which words of a sentence are a frame: a phrase that a witness puts around what was said, and no claim of its own.

The same words may tell what happened: `you wrote` before a quote is a frame, and `you wrote it in red` was done.
"""

from assistant.witness.forms import Forms, Frame
from assistant.witness.lexicon import Lexicon
from assistant.witness.parts import Parts
from assistant.witness.quotes import EDGES, alike
from assistant.witness.reading import Doubt, Piece, between, plain

_BARE = 2
"""How many words only name a part of the text: `the words`."""
SHOWS = frozenset((":", "Q", "\u2013", "\u2014", "-"))
"""What shows the words that are named."""


class Framing:
    """Finds the frames of a sentence beside what was said."""

    def __init__(self, lexicon: Lexicon, forms: Forms, parts: Parts, said: str) -> None:
        self.lexicon = lexicon
        self.forms = forms
        self.parts = parts
        self.spoken = parts.spoken
        self.said = said

    def frames(self, words: list[Piece], without: frozenset[str] = frozenset()) -> dict[Piece, Frame]:
        """Give the words that belong to a frame; a frame of order only opens a part, elsewhere `then` is a word."""
        before = dict(zip(words[1:], words, strict=False))
        found: dict[Piece, Frame] = {}
        for start, end, frame, slot in self.forms.places(plain(words), without):
            pieces = between(words, start, end)
            if frame.name == "attribution" and self._ends_before(pieces, before):
                pieces = pieces[1:]
            first = before.get(pieces[0])
            opens = first is None or first.token.is_mark or first.word in self.lexicon.joins
            if not self._is_so(frame.needs, words, pieces) or (not opens and (frame.later or frame.opens)):
                continue
            if self._is_claim(frame, pieces, words) or (frame.name == "sides" and plain(pieces) in self.spoken.plain):
                continue
            if slot and isinstance(self.parts.find(between(words, *slot), loose=True), Doubt):
                continue
            found |= dict.fromkeys(pieces, frame)
        return found

    def _ends_before(self, pieces: list[Piece], before: dict[Piece, Piece]) -> bool:
        """Whether the first word is of what stands before the frame: `you leave first, you wrote`."""
        parts = len(pieces) > 1 and before[pieces[1]].word == "," and pieces[0] in before
        return parts and pieces[0].quote is None and not before[pieces[0]].token.is_mark

    def _is_claim(self, frame: Frame, pieces: list[Piece], words: list[Piece]) -> bool:
        """Whether what looks like a frame tells what happened: `so she left`, `you said no`, `you kept quiet`."""
        if frame.name == "kept" and words[0] is not pieces[0]:
            return words[words.index(pieces[0]) - 1].word in self.lexicon.subjects | self.spoken.names
        if frame.name == "list" and self._counts_what_was_said(pieces, words):
            return True
        if frame.name == "about the text" and self._is_of_a_noun(pieces, words):
            return True
        at = words.index(pieces[-1]) + 1
        after = words[at] if at < len(words) else None
        if frame.name == "about the text" and self._is_just_named(pieces, after, words):
            return True
        if after is None or after.token.is_mark or after.quote:
            return False
        lexicon = self.lexicon
        acts = after.word in lexicon.subjects or after.word in lexicon.echoed_owners or after.word in self.spoken.names
        if frame.later:
            opens = words[0] is not pieces[0] and self._opens_a_sentence(after)
            alone = at + 1 == len(words) or words[at + 1].token.is_mark
            if alone and after.word in self.spoken.names:
                return False
            return pieces[-1].word in lexicon.results and (acts or opens)
        if frame.name != "attribution" or pieces[-1].word not in lexicon.said | lexicon.subjects:
            return False
        says = any(piece.word in lexicon.said - lexicon.names_it for piece in pieces)
        return says and not (acts or after.word in lexicon.joins | lexicon.question_words | lexicon.determiners)

    def _is_called(self, words: list[Piece], pieces: list[Piece]) -> bool:
        """Whether what is beside `you call it` is a quote, or what the member says that something is or is called."""
        at, end = words.index(pieces[0]), words.index(pieces[-1]) + 1
        before = [piece for piece in words[:at] if piece.word != ","]
        while end < len(words) and words[end].word in SHOWS and words[end].quote is None:
            end += 1
        after = words[end:]
        if (before and before[-1].quote) or (after and after[0].quote):
            return True
        return self._is_named(_until_mark(after)) or self._is_named(_until_mark(before[::-1])[::-1])

    def _is_named(self, names: list[Piece]) -> bool:
        """Whether the member says that something is, or is like, what `names` says, or has it as all of a part."""
        lexicon, tokens = self.lexicon, self.spoken.tokens
        small = lexicon.articles | lexicon.joins
        words = [piece.token.key for n, piece in enumerate(names) if n or piece.word not in small]
        if not words or any(piece.word in lexicon.subjects for piece in names):
            return False
        is_so = lexicon.copulas | lexicon.names_it
        for first in range(len(tokens) - len(words) + 1):
            last = first + len(words) - 1
            if any(word not in tokens[first + n].keys for n, word in enumerate(words)):
                continue
            ends = last + 1 == len(tokens) or tokens[last + 1].is_mark
            likens = (
                first > 1 and tokens[first - 1].word in lexicon.articles and tokens[first - 2].word in lexicon.likens
            )
            while first and tokens[first - 1].word in small | lexicon.degrees | lexicon.droppable:
                first -= 1
            before = tokens[first - 1].word if first else "."
            if (
                before in is_so
                or likens
                or (tokens[first - 1].is_mark and (ends or tokens[last + 1].word in lexicon.copulas))
            ):
                return True
        return False

    def _counts_what_was_said(self, pieces: list[Piece], words: list[Piece]) -> bool:
        """Whether `you gave two options` tells how many, and lists none."""
        rest = words[words.index(pieces[-1]) + 1 :]
        counted = bool(rest) and self.lexicon.is_number(pieces[-1].token.key) and not rest[0].token.is_mark
        lists = any(piece.quote or piece.word in SHOWS for piece in words)
        counts = any(self.lexicon.is_number(piece.token.key) for piece in pieces)
        return counts and (not lists or (counted and rest[0].quote is None))

    def _opens_a_sentence(self, piece: Piece) -> bool:
        """Whether a word, in Danish, is no verb but what one of the member's sentences opens with: `så kunden gik`."""
        lexicon, spoken = self.lexicon, self.spoken
        if not lexicon.inverts or piece.token.key in spoken.deeds or lexicon.is_past(piece.token.key):
            return False
        verbs = lexicon.copulas | lexicon.helpers | lexicon.operators
        if piece.word in verbs | lexicon.exists or spoken.kin(piece.token.key) & spoken.deeds:
            return False
        return piece.token.large or any(piece.token.key in each.tokens[0].keys for each in spoken.sentences)

    def _is_of_a_noun(self, pieces: list[Piece], words: list[Piece]) -> bool:
        """Whether `which stops` comes after a noun and a comma, and the member has the verb too."""
        at = words.index(pieces[0])
        hangs = pieces[0].word in self.lexicon.relatives | self.lexicon.question_words
        after = at > 1 and words[at - 1].word == "," and words[at - 2].quote is None
        return hangs and after and any(self.spoken.kin(piece.token.key) for piece in pieces[1:])

    def _is_just_named(self, pieces: list[Piece], after: Piece | None, words: list[Piece]) -> bool:
        """Whether `the words` is no more than what something was done with: `your knees remember the words`."""
        bare = len(pieces) <= _BARE and not any(
            piece.word in self.lexicon.copulas | self.lexicon.adverbs or piece.quote for piece in pieces
        )
        shows = after is not None and (after.quote is not None or after.word in SHOWS | self.lexicon.copulas)
        names = len(pieces) == 1 or pieces[0].word in self.lexicon.determiners
        if not bare or not names or shows or words[0] is pieces[0] or pieces[-1].word in self.lexicon.subjects:
            return False
        before = words[words.index(pieces[0]) - 1]
        return not before.token.is_mark and before.quote is None and before.word not in self.lexicon.joins

    def _is_so(self, need: str, words: list[Piece], pieces: list[Piece]) -> bool:
        """Whether what a frame says of the text is so."""
        if need == "called":
            return self._is_called(words, pieces)
        if need == "question":
            return bool(self.spoken.asked)
        if need == "exclamation":
            return "!" in self.spoken.words
        if need == "quotes":
            return bool(self.spoken.in_quotes)
        if need == "last":
            end = self.said.rstrip(EDGES).lower()
            held = (piece for piece in words if piece.quote or piece.word not in self.lexicon.free)
            return any(
                end.endswith(alike(piece.quote.inside if piece.quote else piece.word).strip(EDGES).lower())
                for piece in held
            )
        return True


def _until_mark(words: list[Piece]) -> list[Piece]:
    """Give the words up to the first mark."""
    return words[: next((at for at, piece in enumerate(words) if piece.token.is_mark), len(words))]
