"""What says when, where or how often: whether a part does, and whether it belongs to what was found elsewhere.

It may stand at either end of what it is said of, in a sentence of its own beside it, or as a heading over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.witness.lexicon import Lexicon, Token, are_many

if TYPE_CHECKING:
    from assistant.witness.alignment import Place
    from assistant.witness.grounding import Spoken

_UNDER = 2
"""How many sentences stand under a heading."""
_HEADING = 7
"""How many words a heading has at most."""


def is_adverbial(spoken: Spoken, part: Sequence[Token], is_first: bool = True) -> bool:
    """Whether `part` opens as what says when, where or how often does, and holds nobody who acts.

    A Danish `I` has its large letter from the sentence only where the part `is_first`.
    """
    if not part:
        return False
    lexicon, opens = spoken.lexicon, part[0]
    counts = len(part) > 1 and lexicon.is_number(opens.key) and part[1].word in lexicon.units
    by_turns = len(part) == 3 and opens.key == part[2].key and part[1].word in lexicon.ways
    whole = len(part) > 1 and opens.word in lexicon.whole and part[1].word in lexicon.units | lexicon.spans
    number = len(part) == 1 and lexicon.is_number(opens.key)
    if not (opens.word in lexicon.adverbials or counts or by_turns or whole or number):
        return False
    if by_turns:
        return True
    when = lexicon.units | lexicon.adverbials - lexicon.prepositions
    if opens.word in lexicon.articles | lexicon.determiners and not any(
        lexicon.is_number(token.key) or lexicon.ordinal(token.word) or token.word in when for token in part[1:3]
    ):
        return False
    verbs = lexicon.copulas | lexicon.helpers
    plural = lexicon.inverts and any(token.word == "i" and token.large for token in part[1 if is_first else 0 :])
    if plural or any(token.key in spoken.deeds or token.word in verbs for token in part[1:]):
        return False
    joins = lexicon.joins | spoken.names | {"'s"}
    for before, token in zip([None, *part], part, strict=False):
        if before and token.word in spoken.names and before.word not in lexicon.tied | spoken.names:
            return False
        if before and before.word in spoken.names and token.word not in joins:
            return False
    return all(token.word not in lexicon.subjects and token.word not in lexicon.operators for token in part)


def stands_near(spoken: Spoken, place: Place, part: Sequence[Token]) -> bool:
    """Whether `part` stands together beside what was found at `place`, or is all of the sentence before or after it.

    Beside it is in one of its clauses, or in one that holds nothing else; and nothing denies or doubts it there.
    """
    lexicon, number = spoken.lexicon, place.sentence
    clauses = spoken.sentences[number].clauses
    own = set(clauses[place.first : place.last + 1])
    small = lexicon.free - lexicon.people
    words = [token.key for token in part if token.word not in small]
    opens = part[0].key if part[0].word in lexicon.prepositions else ""
    if not words:
        return False
    if opens in lexicon.settings and _is_heading(spoken, number, part):
        return True
    for near in (number, number + 1, number - 1):
        if not 0 <= near < len(spoken.sentences):
            continue
        tokens = spoken.sentences[near].tokens
        said = [at for at, token in enumerate(tokens) if not token.is_mark and token.word not in small]
        for start in range(len(said) - len(words) + 1):
            here = said[start : start + len(words)]
            if not all(spoken.kin(word) & tokens[at].keys for word, at in zip(words, here, strict=True)):
                continue
            if any(_is_another_form(lexicon, word, tokens[at].word) for word, at in zip(words, here, strict=True)):
                continue
            if near == number and any(at in place.taken for at in here):
                continue
            if start and tokens[said[start - 1]].word in lexicon.operators and said[start - 1] not in place.taken:
                continue
            times = lexicon.adverbials - lexicon.prepositions - lexicon.articles - lexicon.determiners
            when = opens and any(lexicon.is_number(token.key) or token.word in times for token in part[1:])
            if opens and not _opens_with(spoken, tokens, here[0], opens, bool(when)):
                continue
            alone = [at for at in said if clauses[at] == clauses[here[0]]] if near == number else said
            apart = near == number and clauses[here[0]] < min(own) and _opens_anew(spoken, place)
            if (alone == here and not apart) or (near == number and clauses[here[0]] in own):
                return True
            if near == number and here[0] == said[0] and _goes_on(spoken, place, here[-1]):
                return True
    return False


def _is_another_form(lexicon: Lexicon, mine: str, said: str) -> bool:
    """Whether one is put for many, or in Danish who owns something for what they own."""
    if lexicon.inverts:
        return lexicon.has_article(mine) and said == f"{mine}s"
    return are_many(mine, said) or are_many(said, mine)


def _opens_anew(spoken: Spoken, place: Place) -> bool:
    """Whether the clause of what was found opens with an `and`, so that what stands before is of another."""
    sentence = spoken.sentences[place.sentence]
    first = sentence.clauses.index(sentence.clauses[place.first])
    return bool(first) and sentence.tokens[first].word in spoken.lexicon.coordinators


def _is_heading(spoken: Spoken, number: int, part: Sequence[Token]) -> bool:
    """Whether `at the board meeting` is what stands as a heading over what is told: `Board meeting this morning.`"""
    lexicon = spoken.lexicon
    heading, words = spoken.sentences[0].tokens, [token for token in part[1:] if token.word not in lexicon.articles]
    if not 0 < number <= _UNDER or len(heading) > _HEADING or not words:
        return False
    small = lexicon.subjects | lexicon.operators | lexicon.copulas | lexicon.helpers
    if any(token.word in small or token.key in spoken.deeds for token in heading) or heading[-1].word == "?":
        return False
    heard = [at for at, token in enumerate(heading) if not token.is_mark]
    if len(words) != 1 or not heard or not words[0].word.endswith(tuple(lexicon.occasions)):
        return False
    return any(spoken.kin(words[0].key) & heading[at].keys for at in heard[:2])


def _goes_on(spoken: Spoken, place: Place, since: int) -> bool:
    """Whether what is told at `place` goes on, with `I` and an `and`, from what opens the sentence with a time."""
    lexicon, sentence = spoken.lexicon, spoken.sentences[place.sentence]
    said, clauses = sentence.tokens, sentence.clauses
    here = [at for at, clause in enumerate(clauses) if clause == clauses[place.first]]
    before = {token.word for token in said[since + 1 : place.first]}
    own = {said[at].word for at in here}
    joins = (lexicon.coordinators | lexicon.causes) - lexicon.contrasts
    times = lexicon.adverbials - lexicon.prepositions - lexicon.articles - lexicon.determiners
    others = spoken.names | times | lexicon.contrasts | lexicon.subordinators
    start = said[here[0]].word in joins or said[max(place.first - 1, 0)].word in joins
    mine = bool(before & lexicon.self_subjects) and said[place.first].word in lexicon.self_subjects
    return start and mine and not (before | own) & others


def _opens_with(spoken: Spoken, tokens: Sequence[Token], at: int, preposition: str, when: bool) -> bool:
    """Whether the small words before what stands at `at` have the preposition in them; a time may do without."""
    lexicon = spoken.lexicon
    if preposition in tokens[at].keys:
        return True
    while at and tokens[at - 1].word in lexicon.free - lexicon.people:
        at -= 1
        if tokens[at].word in lexicon.prepositions:
            return preposition in tokens[at].keys
    return when
