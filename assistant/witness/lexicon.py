"""What a word is, for the proof: one spelling for contractions and numbers, the person it shifts to, and its kin.

The tables are data, `prompts/witness/LANG/words.toml`; the built-in one alone counts, since it lets words through.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from assistant.witness.phrases import Phrases
from assistant.witness.rules import Plain, plain_form

_NEGATED = "n't"
_TAILS = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "'d", "'s": "'s"}
_ENDINGS = {
    "en": ("ies", "ing", "es", "ed", "s", "d", "e", "y", "ier", "er"),
    "da": ("erne", "ene", "ede", "en", "et", "er", "te", "es", "ne", "de", "e", "r", "s", "t", "n", "a"),
}
_TOLD = {"en": ("ed", "ing", "s"), "da": ("r", "ede", "te", "et", "t", "e", "en", "s")}
"""How a form ends that tells and does not bid."""
_PAST = {"en": ("ed",), "da": ("ede", "te")}
"""How a regular form ends that tells what was done."""
_MAKES_NOUNS = {
    "en": ("nesses", "ness"),
    "da": (
        "hederne",
        "heder",
        "heden",
        "hed",
        "ningerne",
        "ningen",
        "ninger",
        "ning",
        "ingerne",
        "ingen",
        "inger",
        "ing",
    ),
}
"""How a noun ends that is made of a verb or of what something is like, longest first."""
_ARTICLES = {"en": (), "da": ("en", "et", "ene", "erne")}
"""What article a noun has at its end."""
_LONG = 6
"""A shorter word may be a name that looks like one: `Helen`."""
_STEM = 3
_HEAD = 5


@dataclass(slots=True)
class Token:
    """One word or mark of a text, as the proof sees it."""

    word: str
    """Lower case, contractions opened: `did` and `not` for `didn't`."""
    key: str
    """The same, with numbers as figures: `9` for `nine`."""
    start: int
    """Where it begins in the text."""
    end: int
    """Where it ends."""
    large: bool
    """Whether it is written with a capital."""
    keys: frozenset[str] = field(default=frozenset())
    """What it may be called when it is given back; filled for what the member said."""

    is_mark: bool = field(init=False)
    """Whether it is a mark and no word."""

    def __post_init__(self) -> None:
        self.is_mark = not (self.word[0].isalnum() or (self.word[0] == "'" and len(self.word) > 1))


class Words(frozenset[str]):
    """A table of words; two tables are put together, or one taken from another, once: a check asks for it often."""

    def __or__(self, other: Any) -> frozenset[str]:
        return _both(self, other) if isinstance(other, Words) else super().__or__(other)

    def __sub__(self, other: Any) -> frozenset[str]:
        return _without(self, other) if isinstance(other, Words) else super().__sub__(other)


@cache
def _both(one: Words, other: Words) -> Words:
    return Words(one.union(other))


@cache
def _without(one: Words, other: Words) -> Words:
    return Words(one.difference(other))


class Lexicon:
    """The tables of one language."""

    def __init__(self, lang: str, tables: dict[str, Any]) -> None:
        self.lang = lang
        self.inverts = lang == "da"
        """Whether the verb comes before its subject when something else stands first."""
        operators, people = tables["operators"], tables["people"]

        def words(table: dict[str, str] | Any, name: str) -> Words:
            return Words(table[name].split())

        self.free = words(tables, "free")
        self.copulas = words(tables, "copulas")
        self.passives = words(tables, "passives")
        self.helpers = words(tables, "helpers")
        self.prepositions = words(tables, "prepositions")
        self.times = words(tables, "times")
        self.tied = self.prepositions | words(tables, "tied")
        self.units = words(tables, "units")
        self.adverbials = words(tables, "adverbials")
        self.whole = words(tables, "whole")
        self.spans = words(tables, "spans")
        self.near = words(tables, "near")
        self.settings = words(tables, "settings")
        self.occasions = words(tables, "occasions")
        self.relatives = words(tables, "relatives")
        self.asks = words(tables, "asks")
        self.which, self.alternatives = words(tables, "which"), words(tables, "alternatives")
        self.begs, self.wants = words(tables, "begs"), words(tables, "wants")
        self.particles = words(tables, "particles")
        self.ways = self.prepositions | self.particles
        self.who = words(tables, "who")
        self.question_words = words(tables, "question_words")
        self.joins = words(tables, "joins")
        self.alternatives = words(tables, "alternatives")
        self.asked_about = words(tables, "asked_about")
        self.contrasts = words(tables, "contrasts")
        self.negations = words(operators, "negations")
        self.speech = words(operators, "speech")
        self.said = words(operators, "said")
        self.names_it = words(operators, "names_it")
        self.likens = words(operators, "likens")
        self.bare_noes = self.negations - words(operators, "answering")
        self.operators = self.negations | words(operators, "hedges")
        self.degrees = words(operators, "degrees")
        self.knows = words(operators, "knows")
        self.perceived = words(operators, "perceived")
        self.too = words(operators, "too")
        self.scopes = words(operators, "scopes")
        self.conditions = words(operators, "conditions")
        self.whether = words(operators, "whether")
        self.feelings = words(operators, "feelings")
        self.towards = words(tables, "towards")
        self.parts_of = words(operators, "parts_of")
        self.constants = words(operators, "constants")
        self.tying = words(operators, "tying")
        self.quantities = words(operators, "quantities")
        self.causes = words(operators, "causes")
        self.grounds = words(operators, "grounds")
        self.reports = words(operators, "reports")
        self.done = words(operators, "done")
        self.makes = words(operators, "makes")
        self.corrects = tuple(operators["corrects"])
        self.exceptions = words(operators, "exceptions")
        self.approximates = words(operators, "approximates")
        self.now = words(tables, "now")
        self.wishes = words(operators, "wishes")
        self.worlds = words(operators, "worlds")
        self.universals = words(operators, "universals")
        self.ahead = words(operators, "ahead")
        self.limiting = words(operators, "limiting")
        self.unmakes = words(operators, "unmakes")
        self.limits = words(operators, "limits")
        self.complements = words(operators, "complements")
        self.fixed = words(operators, "fixed")
        self.habits = words(operators, "habits")
        self.asides = words(operators, "asides")
        self.compares = words(operators, "compares")
        self.rejects = words(operators, "rejects")
        self.results = words(operators, "results")
        self.infinitives = words(operators, "infinitives")
        self.undone = self.operators | self.infinitives
        self.binding = self.conditions | words(tables, "alternatives")
        for name in ("meanwhile", "sequence", "grounds", "causes", *(() if self.inverts else ("results",))):
            self.binding |= words(operators, name)
        """What binds what comes after it to what stands before."""
        self.because: dict[str, str] = operators["because"]
        self.articles = words(operators, "articles")
        self.ones = words(operators, "ones")
        self.meanwhile = words(operators, "meanwhile")
        self.whenever = words(operators, "whenever")
        self.at_once = words(operators, "at_once")
        self.asking = words(operators, "asking")
        self.answers = words(operators, "answers")
        self.tells = words(operators, "tells")
        self.sequence = words(operators, "sequence")
        self.wonders = words(operators, "wonders")
        self.beliefs = words(operators, "beliefs")
        self.trailing = words(operators, "trailing")
        self.droppable = words(operators, "droppable")
        self.coordinators = words(operators, "coordinators")
        self.subordinators = words(operators, "subordinators")
        self.without = words(operators, "without")
        self.no: str = operators["no"]
        self.also = words(operators, "also")
        self.adverbs = words(operators, "adverbs")
        self.self_subjects = words(people, "self")
        self.ours = words(people, "ours")
        self.nominatives = words(people, "nominatives")
        self.one = words(people, "one")
        self.accusatives = words(people, "accusatives")
        self.things = words(people, "things")
        self.neuters = words(people, "neuters")
        self.exists = words(people, "exists")
        self.somebody = words(people, "somebody")
        self.many = words(people, "many")
        self.self_others = words(people, "mine")
        self.others = words(people, "others")
        self.echoed = words(people, "echoed")
        self.echoed_own = words(people, "echoed_own")
        self.echoed_owners = words(people, "echoed_owners")
        self.genders = {word: frozenset(forms.split()) for forms in people["genders"] for word in forms.split()[:1]}
        self.plurals = frozenset(form for word in self.many for form in self.genders[word])
        self.pronouns = words(people, "pronouns")
        self.determiners = words(people, "determiners")
        self.possessives = words(people, "possessives")
        self.unlike: dict[str, str] = people["unlike"]
        self.bare = words(people, "bare")
        self.whose = words(people, "whose")
        self.subjects = self.self_subjects | self.others | self.echoed
        self.people = self.subjects | self.pronouns | self.echoed_own | self.self_others | self.possessives
        self.phrases = Phrases(tables["phrases"]["alike"])
        self.abbreviations = words(tables["text"], "abbreviations")
        self._shift = {word: frozenset(to.split()) for word, to in tables["shift"].items()}
        self._expand = {word: tuple(to.split()) for word, to in tables["expand"].items()}
        self._heads = frozenset(tables["same"])
        self._same: dict[str, frozenset[str]] = {}
        for name, same in tables["same"].items():
            group = frozenset((name, *same.split()))
            self._same |= {word: self._same.get(word, frozenset()) | group for word in group}
        self._spelled_alike: dict[str, str] = tables["spelled_alike"]
        self._is_after = words(tables["text"], "is_after")
        self._numbers = _numerals(tables["numbers"])
        self._ordinals = {word: str(n) for n, word in enumerate(tables["numbers"]["ordinals"].split(), start=1)}
        self._numbers |= {word: f"{n}th" for word, n in self._ordinals.items()} if lang == "en" else {}
        self._in_a_row = tables["numbers"]["in_a_row"].split()

    @classmethod
    def load(cls, path: Path, lang: str) -> "Lexicon":
        """Read the tables of `lang` from `words.toml`."""
        return cls(lang, tomllib.loads(path.read_text("utf-8")))

    def tokens(self, text: str, plain: Plain | None = None) -> list[Token]:
        """Give the words and marks of `text`, contractions and hyphens opened."""
        plain = plain or plain_form(text)
        found: list[Token] = []
        for word, (start, end) in zip(plain.words, plain.spans, strict=True):
            large = text[start].isupper()
            for piece, key in _opened(self, word):
                if piece == "'s" and found and found[-1].word in self._is_after:
                    piece = key = "is"
                found.append(Token(piece, key, start, end, large))
                large = False
        if self._spelled_alike:
            self._tell_apart(found)
        return found

    def _tell_apart(self, tokens: list[Token]) -> None:
        """Give a verb that is spelled as a preposition a spelling of its own, where its subject stands beside it."""
        who = self.nominatives | self.self_subjects
        goes_on = self.negations | self.question_words | self.complements | self.droppable
        for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
            if token.word in self._spelled_alike:
                ends = after is None or after.is_mark or after.word in goes_on
                if (after and after.word in who) or (before and before.word in who and ends):
                    token.word = token.key = self._spelled_alike[token.word]

    def pieces(self, word: str) -> tuple[str, ...]:
        """Give the words that `word` is made of."""
        return tuple(piece for piece, _ in _opened(self, word))

    def _open(self, word: str) -> Iterator[str]:
        if word in self._expand:
            yield from self._expand[word]
        elif word in self._numbers:
            yield word
        elif word.endswith(_NEGATED) and len(word) > len(_NEGATED):
            yield from (word[: -len(_NEGATED)], "not")
        elif "'" in word[1:]:
            cut = word.rindex("'")
            yield from self._open(word[:cut])
            yield _TAILS.get(word[cut:], word[cut:])
        elif "-" in word[1:-1]:
            for part in word.split("-"):
                yield from self._open(part)
        else:
            yield word

    def keys(self, word: str) -> frozenset[str]:
        """Give what the member's `word` may be called when it is given back."""
        if word in self._shift:
            return self._shift[word]
        if word == "'d":
            return frozenset(("'d", "had", "would"))
        if word == "'s":
            return frozenset(("'s", "is", "has"))
        return frozenset((word,))

    def ordinal(self, word: str) -> str | None:
        """Give the number of an ordinal: `3` for `third`."""
        return self._ordinals.get(word)

    def in_a_row(self, tokens: list[Token], at: int) -> bool:
        """Say whether the words `in a row` stand two words after `at`."""
        return [token.word for token in tokens[at + 2 : at + 2 + len(self._in_a_row)]] == self._in_a_row

    def _key(self, word: str) -> str:
        """Give `word` with numbers as figures: `3th` for `third` and `3rd`."""
        if word[0].isdigit() and word[-2:] in ("st", "nd", "rd"):
            return word[:-2] + "th"
        return self._numbers.get(word, word)

    def figure(self, word: str) -> int | None:
        """Give the number that `word` is, in letters or figures."""
        figure = self._numbers.get(word, word)
        return int(figure) if figure.isdecimal() else None

    def is_number(self, word: str) -> bool:
        """Say whether `word` is a figure; words for numbers are figures by now."""
        return word[0].isdigit()

    def same(self, word: str) -> frozenset[str]:
        """Give the words that the tables count as one with `word`."""
        return self._same.get(word, frozenset())

    def may_bid(self, word: str) -> bool:
        """Say whether `word` may be a verb that tells to do something, by its form: `ask`, not `asked` or `told`."""
        if word in self._same:
            return word in self._heads
        return not word.endswith(_TOLD[self.lang])

    def is_present(self, word: str) -> bool:
        """Say whether `word` may be a verb that tells what is done, by its form."""
        return word.endswith("r") if self.inverts else self.may_bid(word)

    def is_past(self, word: str) -> bool:
        """Say whether `word` may be a verb that tells what was done, by its form."""
        if word in self._same:
            return word not in self._heads and not word.endswith("r" if self.inverts else ("s", "ing"))
        return word.endswith(_PAST[self.lang])

    def compounds(self, word: str, said: Iterable[str]) -> set[str]:
        """Give the words, in Danish, that end in `word`, as `teammødet` does in `mødet`."""
        if not self.inverts or len(word) < _HEAD:
            return set()
        return {other for other in said if other.endswith(word) and len(other) > len(word) + 1}

    def named_after(self, word: str) -> str:
        """Give the stem of the verb or the adjective that a noun is made of: `forklar` for `forklaringen`."""
        for ending in _MAKES_NOUNS[self.lang]:
            if word.endswith(ending) and len(word) >= len(ending) + _HEAD - 1:
                return word[: -len(ending)]
        return ""

    def has_article(self, word: str) -> bool:
        """Say whether `word` is a noun with its article at its end, as `beskeden` is, and `Morten` is not."""
        if not word.endswith(_ARTICLES[self.lang]) or len(word) < _LONG:
            return False
        lemma = _lemma(word, self.lang)
        return lemma != word and lemma.islower()

    def stems(self, word: str) -> frozenset[str]:
        """Give what is left of `word` without each ending it may have."""
        return _stems(word, self.lang)

    def lemma_kin(self, one: str, other: str) -> bool:
        """Say whether two words share their lemma."""
        return _lemma(one, self.lang).lower() == _lemma(other, self.lang).lower()


@lru_cache(maxsize=8192)
def _opened(lexicon: Lexicon, word: str) -> tuple[tuple[str, str], ...]:
    """Give the words that `word` is made of, each with its key."""
    pieces = tuple(piece for piece in lexicon._open(word) if piece) or (word,)
    return tuple((piece, lexicon._key(piece)) for piece in pieces)


@lru_cache(maxsize=8192)
def _stems(word: str, lang: str) -> frozenset[str]:
    """Give what is left of `word` without each ending it may have, a doubled last letter single."""
    stems = {word[: -len(end)] for end in ("", *_ENDINGS[lang]) if end and word.endswith(end)} | {word}
    stems |= {stem[:-1] for stem in stems if len(stem) > _STEM and stem[-1] == stem[-2]}
    return frozenset(stem for stem in stems if len(stem) >= _STEM)


@lru_cache(maxsize=8192)
def _lemma(word: str, lang: str) -> str:
    """Give what a dictionary has `word` under; a name has a capital there."""
    import simplemma  # its first lemma takes 450 ms; most sentences are settled by endings

    return simplemma.lemmatize(word, lang=lang)


def _numerals(table: dict[str, str]) -> dict[str, str]:
    """Give the figure of each number word up to 99, in both languages' order."""
    words = {word: str(n) for n, word in enumerate(table["words"].split())}
    units = list(table["words"].split())[1:10]
    for ten, name in enumerate(table["tens"].split(), start=2):
        words[name] = str(10 * ten)
        for unit, one in enumerate(units, start=1):
            figure = str(10 * ten + unit)
            words[f"{name}-{one}"] = figure
            words[f"{one}og{name}"] = figure
            words[f"{'en' if one == 'én' else one}og{name}"] = figure
    return words


def are_many(many: str, one: str) -> bool:
    """Say whether an English word is the plural of another, by its form."""
    return many in (f"{one}s", f"{one}es") or (one.endswith("y") and many == f"{one[:-1]}ies")
