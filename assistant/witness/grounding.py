"""What the member said, ready to be looked up: its words, its sentences and clauses, who is named in it.

`Spoken.find` says where a stretch of a reflection stands in it, or why it does not; how that is proved is in `fit`.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.witness.alignment import Misfit, Place
from assistant.witness.fit import fit
from assistant.witness.lexicon import Lexicon, Token
from assistant.witness.quotes import quotes

_TRIES = 2
"""How many of the member's sentences are tried for one stretch, the likeliest first."""
_SHARE = 0.4
"""A sentence is tried if it has so much of what the likeliest has."""
_NEAR = 6
"""How far before what is asked for that word stands at most: `give me one good tip`."""
_STRETCH = 40
"""How many words a stretch has at most."""
_LONGEST = 80
"""Words after which a sentence without an end is cut, so that the work stays linear."""
_STOPS = frozenset(".!?;\n")
_CLOSES = frozenset("\"'”“»«’")
_MARKS = frozenset('"”“»«')
_BREAKS = frozenset(",;:–—-()\"'/“”„»«’‘")


@dataclass(slots=True)
class Sentence:
    """One sentence of the member's."""

    number: int
    """Counted from 0."""
    start: int
    """The number of its first token in the text."""
    tokens: list[Token]
    """Its words and marks."""
    clauses: list[int]
    """For each token the clause it belongs to, numbered from 0; an opening `and` belongs to its clause."""
    places: dict[str, list[int]]
    """For each thing a token of it may be called, where it stands."""


class Spoken:
    """What the member said."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.told_last: dict[str, str] = {}
        """What the sentence on trial says between commas of who said or thinks it: `du` by `tror` of `…, tror du`."""
        self.given = frozenset[str]()
        """The words of that sentence."""
        self._kin: dict[str, frozenset[str]] = {}
        self._found: dict[tuple[object, ...], Place | Misfit] = {}

    @cached_property
    def tokens(self) -> list[Token]:
        """All its words and marks, each with what it may be called."""
        tokens = self.lexicon.tokens(self.text)
        for at, token in enumerate(tokens):
            token.keys = self.lexicon.keys(token.key)
            if at and self.lexicon.is_number(tokens[at - 1].key):
                token.keys |= {token.key}
            number = self.lexicon.ordinal(token.word)
            if number and self.lexicon.in_a_row(tokens, at):
                token.keys |= {number}
        return tokens

    @cached_property
    def in_quotes(self) -> frozenset[int]:
        """The tokens in quotation marks, by number: mostly what somebody else said."""
        spans = [(quote.start, quote.end) for quote in quotes(self.text)]
        starts = [start for start, _ in spans]
        return frozenset(
            n
            for n, token in enumerate(self.tokens)
            if (at := bisect_right(starts, token.start)) and token.start < spans[at - 1][1]
        )

    @cached_property
    def asked(self) -> frozenset[str]:
        """Every word of the sentences that ask something."""
        return frozenset(
            key
            for sentence in self.sentences
            if self._asks(sentence)
            or self._begs(sentence)
            or (sentence.number and self._asks(self.sentences[sentence.number - 1]) and self._is_a_piece(sentence))
            for token in sentence.tokens
            for key in token.keys
        )

    def _asks(self, sentence: Sentence) -> bool:
        """Whether a sentence asks something, also without a mark: `should I`, `tell me whether I should`."""
        lexicon, tokens = self.lexicon, sentence.tokens
        if tokens[-1].word == "?" or tokens[0].word in lexicon.question_words:
            return True
        wonders = lexicon.complements | lexicon.conditions
        return any(
            (at == 0 and one.word in lexicon.asks and other.word in lexicon.self_subjects)
            or (one.word in wonders and other.word in lexicon.self_subjects and third.word in lexicon.asks)
            for at, (one, other, third) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False))
        )

    def _is_a_piece(self, sentence: Sentence) -> bool:
        """Whether a sentence goes on from a question: only a part of one, or what to choose from: `Or on Friday.`"""
        words = {token.word for token in sentence.tokens}
        acts = self.lexicon.nominatives | self.lexicon.self_subjects
        return acts.isdisjoint(words) or not words.isdisjoint(self.lexicon.alternatives)

    def asks_for(self, opener: str) -> bool:
        """Say whether the member asks that kind of question: `why`, or `whether` for one that opens with its verb."""
        lexicon = self.lexicon
        asking = [sentence.tokens for sentence in self.sentences if self._asks(sentence)]
        if opener in lexicon.which:
            return True
        if opener not in lexicon.whether:
            return any(token.word == opener for tokens in asking for token in tokens)
        return not asking or any(tokens[0].word not in lexicon.question_words for tokens in asking)

    @cached_property
    def asks_of_self(self) -> bool:
        """Whether each question is about what the member does or is: `should I`."""
        asking = [{token.word for token in each.tokens} for each in self.sentences if self._asks(each)]
        own, tells = self.lexicon.self_subjects, self.lexicon.speech
        return bool(asking) and all(words & own and tells.isdisjoint(words) for words in asking)

    def _begs(self, sentence: Sentence) -> bool:
        """Whether a sentence asks for something without asking a question: `give me one good tip`."""
        lexicon, words = self.lexicon, [token.word for token in sentence.tokens]
        near = (set(words[max(at - _NEAR, 0) : at]) for at, word in enumerate(words) if word in lexicon.begs)
        begs = any(lexicon.wants & some and lexicon.infinitives.isdisjoint(some) for some in near)
        return begs and lexicon.negations.isdisjoint(words)

    @cached_property
    def deeds(self) -> frozenset[str]:
        """What stands right beside an `I` or a `she`, as what somebody does: no word of a part that says when."""
        lexicon = self.lexicon
        who = lexicon.nominatives | lexicon.self_subjects
        small = lexicon.free | lexicon.people | lexicon.adverbs | lexicon.droppable | lexicon.operators | lexicon.joins
        small |= lexicon.units | lexicon.adverbials | self.names
        found = zip(self.tokens, self.tokens[1:], strict=False)
        return frozenset(
            deed.key
            for one, other in found
            for person, deed in ((one, other), *([(other, one)] if lexicon.inverts else []))
            if person.word in who and deed.word not in small and not deed.is_mark
        )

    @cached_property
    def plain(self) -> str:
        """Its words in plain form, without marks."""
        return f" {' '.join(token.word for token in self.tokens if not token.is_mark)} "

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of it, in lower case."""
        return frozenset(token.word for token in self.tokens)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Its sentences, in order."""
        found: list[Sentence] = []
        start = 0
        for at in range(len(self.tokens)):
            if self._ends(at) or at - start + 1 >= _LONGEST or at + 1 == len(self.tokens):
                tokens = self.tokens[start : at + 1]
                if found and len(found[-1].tokens) < _LONGEST and self._only_doubts(tokens):
                    tokens, start = found[-1].tokens + tokens, found.pop().start
                found.append(Sentence(len(found), start, tokens, self._clauses(tokens), _places(tokens)))
                start = at + 1
        return found

    def _ends(self, at: int) -> bool:
        token = self.tokens[at]
        if token.word not in _STOPS:
            return at + 1 < len(self.tokens) and "\n" in self.text[token.end : self.tokens[at + 1].start]
        if token.word == "." and at and self._is_shortened(self.tokens[at - 1]):
            return False
        closes = at + 2 < len(self.tokens) and self.tokens[at + 1].word in _CLOSES
        return not (closes and self.tokens[at + 2].word.isalpha() and not self.tokens[at + 2].large)

    def _is_shortened(self, token: Token) -> bool:
        """Whether the stop after `token` is an abbreviation's, or that of somebody's initial."""
        initial = len(token.word) == 1 and token.large and token.word not in self.lexicon.self_subjects
        return initial or token.word in self.lexicon.abbreviations

    def _only_doubts(self, tokens: list[Token]) -> bool:
        """Whether all that is said is `I think` or `maybe`, which is of the sentence before."""
        lexicon = self.lexicon
        words = [token.word for token in tokens if not token.is_mark]
        doubts = lexicon.beliefs | lexicon.trailing
        return (
            bool(words)
            and len(tokens) < _LONGEST // 4
            and all(word in doubts or word in lexicon.self_subjects for word in words)
        )

    def _clauses(self, tokens: list[Token]) -> list[int]:
        numbers, number = [], 0
        opens = self.lexicon.coordinators | self.lexicon.subordinators
        within = named = False
        for before, token in zip([None, *tokens], tokens, strict=False):
            if token.word in _MARKS and (within or (before is not None and before.word in self.lexicon.one)):
                within, named = not within, within
                numbers.append(number)
                continue
            apart = before is None or before.word in opens or (before.is_mark and not named)
            if token.word in opens and not apart and not self._is_seen(before, token):
                number += 1
            named = False
            numbers.append(number)
            if token.word in _BREAKS:
                number += 1
        return numbers

    def _is_seen(self, before: Token | None, token: Token) -> bool:
        """Whether a Danish `så` is what somebody saw, after a `not` or who saw it, and opens nothing."""
        lexicon = self.lexicon
        verb = lexicon.inverts and token.word in lexicon.results and before is not None
        return verb and before.word in lexicon.negations | lexicon.self_subjects | lexicon.nominatives

    @cached_property
    def _sentences_of(self) -> dict[str, list[int]]:
        where: dict[str, list[int]] = defaultdict(list)
        for sentence in self.sentences:
            for key in sentence.places:
                where[key].append(sentence.number)
        return where

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        by_letter: dict[str, list[str]] = defaultdict(list)
        for word in self._sentences_of:
            by_letter[word[:1]].append(word)
        return by_letter

    @cached_property
    def _by_stem(self) -> dict[str, list[str]]:
        by_stem: dict[str, list[str]] = defaultdict(list)
        for word in self._sentences_of:
            for stem in self.lexicon.stems(word):
                by_stem[stem].append(word)
        return by_stem

    def kin(self, word: str) -> frozenset[str]:
        """Give the member's words that `word` is a form of, itself included where it was said.

        By endings first, and by lemma only where that finds none.
        """
        if word not in self._kin:
            self._kin[word] = self._find_kin(word)
        return self._kin[word]

    def _find_kin(self, word: str) -> frozenset[str]:
        said, lexicon = self._sentences_of, self.lexicon
        if word in lexicon.people or not word.isalpha():
            return (lexicon.same(word) | {word}) & said.keys()
        alike = (other for stem in lexicon.stems(word) for other in self._by_stem.get(stem, ()))
        found = {other for other in alike if other.isalpha()} | ((lexicon.same(word) | {word}) & said.keys())
        if not found and word not in lexicon.spans:
            found = lexicon.compounds(word, said)
        if not found and (named := lexicon.named_after(word)):
            found = set(self._by_stem.get(named, ()))
        if not found and len(word) > 2:
            near = (other for other in self._by_letter.get(word[0], ()) if other not in lexicon.people)
            found = {other for other in near if lexicon.lemma_kin(word, other)}
        return frozenset(found)

    @cached_property
    def names(self) -> frozenset[str]:
        """Words written with a capital inside a sentence: most likely somebody's name."""
        return frozenset(
            token.word
            for sentence in self.sentences
            for before, token in zip(sentence.tokens, sentence.tokens[1:], strict=False)
            if token.large and token.word.isalpha() and token.word not in self.lexicon.people and not before.is_mark
        )

    def standings(self, inside: str) -> list[tuple[int, int]]:
        """Give where the words of a quote stand together, by the numbers of the first token and the last."""
        words = [token.word for token in self.lexicon.tokens(inside) if not token.is_mark]
        if not words:
            return []
        said, found = self._words_only, []
        for at in self._where.get(words[0], ()):
            here = said[at : at + len(words)]
            if [self.tokens[n].word for n in here] == words:
                found.append((here[0], here[-1]))
        return found

    @cached_property
    def _words_only(self) -> list[int]:
        return [n for n, token in enumerate(self.tokens) if not token.is_mark]

    @cached_property
    def _where(self) -> dict[str, list[int]]:
        where: dict[str, list[int]] = defaultdict(list)
        for at, n in enumerate(self._words_only):
            where[self.tokens[n].word].append(at)
        return where

    def sentence_at(self, n: int) -> Sentence:
        """Give the sentence that the token numbered `n` stands in."""
        return self.sentences[bisect_right([sentence.start for sentence in self.sentences], n) - 1]

    def find(self, stretch: Sequence[Token], names_only: bool = False) -> Place | Misfit:
        """Say where `stretch` stands, as it is or with a phrase in it that says the same, or why it does not.

        `names_only` is for words that name something and claim nothing, as in a question about it.
        """
        asked = names_only, *((token.start, token.word, bool(token.keys)) for token in stretch)
        if asked not in self._found:
            found = self._find(stretch, names_only)
            if isinstance(found, Misfit):
                worded = self.lexicon.phrases.otherwise(stretch, self.words_and_keys)
                others = (self._find(words, names_only) for words in worded)
                found = next((other for other in others if isinstance(other, Place)), found)
            self._found[asked] = found
        return self._found[asked]

    @cached_property
    def words_and_keys(self) -> frozenset[str]:
        """Every word of it, and all that its words may be called when they are given back."""
        return self.words.union(*(token.keys for token in self.tokens))

    def _find(self, stretch: Sequence[Token], names_only: bool) -> Place | Misfit:
        if len(stretch) > _STRETCH:
            return Misfit("word", 0, len(stretch) - 1, 0)
        votes: dict[int, float] = defaultdict(float)
        for token in stretch:
            if token.is_mark:
                continue
            light = token.word in self.lexicon.free or token.word in self.lexicon.people
            for word in self.kin(token.key):
                where = self._sentences_of.get(word, ())
                for number in where:
                    votes[number] += (0.4 if light else 2.0) / (1 + len(where) / 8)
        best = Misfit("word", 0, len(stretch) - 1, 0)
        least = _SHARE * max(votes.values(), default=0.0)
        likely = [number for number in votes if votes[number] >= least]
        for number in sorted(likely, key=lambda n: (-votes[n], n))[:_TRIES]:
            found = fit(self, number, stretch, names_only)
            if isinstance(found, Place):
                return found
            best = max(best, found, key=lambda misfit: misfit.found)
        return best


def _places(tokens: list[Token]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for at, token in enumerate(tokens):
        for key in token.keys:
            places[key].append(at)
    return places
