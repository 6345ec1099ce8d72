"""A clause told in another order than the member's: laid back in theirs, so that it can be proved word by word.

Within one clause a row of neighbours may be moved as long as nobody changes place. So each word goes where it stands
with the member, with the small words before it; whoever acts stands beside the same verb, people come in the same
order, and a word keeps its preposition. `The bid was lost` may be said of `we lost the bid`: who did it may be left
out, and no one put in their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.witness.lexicon import Token
from assistant.witness.orders import QUOTED

if TYPE_CHECKING:
    from assistant.witness.grounding import Sentence, Spoken

_FEWEST = 2
"""How many words of content a clause must give back to be told in another order."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A word, and the small ones before it."""

    tokens: tuple[Token, ...]
    at: int
    """Where its word stands with the member."""


def as_said(spoken: Spoken, number: int, stretch: Sequence[Token]) -> list[Token] | None:
    """Give the words of `stretch` in the order of one of the member's sentences; None where that proves nothing."""
    sentence = spoken.sentences[number]
    is_passive, rest = _without_passive(spoken, stretch)
    chunks = _chunks(spoken, sentence, rest)
    if len(chunks) < _FEWEST or len({sentence.clauses[chunk.at] for chunk in chunks}) > 1:
        return None
    ordered = sorted(chunks, key=lambda chunk: chunk.at)
    if _before_a_who(spoken, chunks) != _before_a_who(spoken, ordered):
        return None
    if not _is_one_move([chunk.at for chunk in chunks if chunk.tokens[-1].word not in spoken.lexicon.nominatives]):
        return None
    if not _keeps_people(spoken, sentence, chunks, ordered) or not _keeps_prepositions(spoken, sentence, chunks):
        return None
    acts = _actor(spoken, sentence, chunks)
    if acts is None and not is_passive:
        return [token for chunk in ordered for token in chunk.tokens] if _is_noted(spoken, sentence, chunks) else None
    told = [token for chunk in ordered for token in chunk.tokens]
    if acts is None:
        first = sentence.tokens[: ordered[0].at]
        own = [token for token in first if token.word in spoken.lexicon.self_subjects]
        if len(own) != 1 or any(token.word in spoken.lexicon.others | spoken.names for token in first):
            return None
        if not _is_done(spoken, sentence, ordered[0]):
            return None
        ours = own[0].word in spoken.lexicon.ours
        you = ("i" if ours else "du") if spoken.lexicon.inverts else "you"
        told.insert(0, replace(told[0], word=you, key=you, large=True))
    return told


def _before_a_who(spoken: Spoken, chunks: Sequence[_Chunk]) -> list[_Chunk]:
    """Give the chunks right before each `who`, which tells more of them."""
    who = spoken.lexicon.relatives - spoken.lexicon.complements
    return [one for one, other in pairwise(chunks) if any(token.word in who for token in other.tokens)]


def _is_done(spoken: Spoken, sentence: Sentence, chunk: _Chunk) -> bool:
    """Whether a verb has the form that tells what was done to something: `opened`, and not `clean`."""
    lexicon, verb, said = spoken.lexicon, chunk.tokens[-1], sentence.tokens
    has = chunk.at > 0 and said[chunk.at - 1].word in lexicon.helpers | {"'d", "'ve"} and said[chunk.at].key == verb.key
    return has or lexicon.is_past(verb.key) or (lexicon.inverts and verb.key.endswith("t"))


def _is_one_move(order: list[int]) -> bool:
    """Whether no more than one row of neighbours has been moved: `a b c` may be `c a b`, and never `c b a`."""
    n = len(order)
    breaks = [at for at in range(1, n) if order[at] < order[at - 1]]
    if len(breaks) > 2:
        return False
    return any(
        (rest := order[:start] + order[end:]) == sorted(rest) and order[start:end] == sorted(order[start:end])
        for start in range(n + 1)
        for end in range(start, n + 1)
    )


def _is_noted(spoken: Spoken, sentence: Sentence, chunks: Sequence[_Chunk]) -> bool:
    """Whether it is a note turned round: `a new knot learned` of `learned a new knot`, which has no one who acts.

    Or what was said of a thing is put before it: `low expectations` of `my expectations were low`.
    """
    lexicon, said = spoken.lexicon, sentence.tokens
    first, last = chunks[0], chunks[-1]
    opens = first.tokens[0]
    between = [token.word for token in said[last.at + 1 : first.at]]
    if len(chunks) == 2 and len(first.tokens) == len(last.tokens) == 1 and between:
        return all(word in lexicon.copulas | lexicon.droppable for word in between)
    some = opens.word in lexicon.one or lexicon.is_number(opens.key)
    clause = sentence.clauses.index(sentence.clauses[last.at])
    return some and last.at == clause and len(last.tokens) == 1


def _without_passive(spoken: Spoken, stretch: Sequence[Token]) -> tuple[bool, list[Token]]:
    """Give whether `stretch` tells that something was done, and its words without the `was` or `has been`."""
    lexicon = spoken.lexicon
    verbs = lexicon.copulas | lexicon.passives | lexicon.helpers
    auxiliary = [at for at, token in enumerate(stretch) if token.word in verbs]
    if not auxiliary or not any(stretch[at].word in lexicon.copulas | lexicon.passives for at in auxiliary):
        return False, list(stretch)
    people = lexicon.nominatives | lexicon.echoed
    if (
        auxiliary[0] == 0
        or stretch[0].word in lexicon.exists | lexicon.things
        or any(token.word in people for token in stretch)
    ):
        return False, list(stretch)
    return True, [token for at, token in enumerate(stretch) if at not in auxiliary]


def _chunks(spoken: Spoken, sentence: Sentence, words: Sequence[Token]) -> list[_Chunk]:
    """Give the chunks of `words`; none where a word of content, or somebody, stands nowhere in the sentence."""
    lexicon = spoken.lexicon
    light = lexicon.free - lexicon.people
    chunks: list[_Chunk] = []
    waiting: list[Token] = []
    used: set[int] = set()
    for token in words:
        if token.is_mark or token.keys is QUOTED:
            return []
        places = [at for key in spoken.kin(token.key) for at in sentence.places.get(key, ()) if at not in used]
        if token.word in light or token.word in lexicon.echoed_owners | lexicon.determiners:
            waiting.append(token)
        elif places:
            at = min(places, key=lambda place: (sentence.tokens[place].key != token.key, place))
            used.add(at)
            chunks.append(_Chunk((*waiting, token), at))
            waiting = []
        else:
            return []
    if waiting and chunks:
        last = chunks.pop()
        chunks.append(_Chunk((*last.tokens, *waiting), last.at))
    return chunks


def _actor(spoken: Spoken, sentence: Sentence, chunks: Sequence[_Chunk]) -> int | None:
    """Give where `you` or `she` stands beside the verb that it has with the member; None where nobody does."""
    lexicon, said = spoken.lexicon, sentence.tokens
    small = lexicon.operators | lexicon.adverbs | lexicon.droppable | lexicon.helpers | lexicon.copulas
    content = [chunk for chunk in chunks if chunk.tokens[-1].word not in small]
    acts = lexicon.nominatives | _only_name(spoken, sentence, chunks)
    for n, chunk in enumerate(content):
        if chunk.tokens[-1].word not in acts or len(chunk.tokens) > 1:
            continue
        after = next(
            (at for at in range(chunk.at + 1, len(said)) if said[at].word not in small | lexicon.free), len(said)
        )
        before = chunk.at - 1 if lexicon.inverts else -1
        beside = [content[n + 1].at] if n + 1 < len(content) else []
        if lexicon.inverts and n:
            beside.append(content[n - 1].at)
        if any(at in (after, before) for at in beside):
            return chunk.at
    return None


def _only_name(spoken: Spoken, sentence: Sentence, chunks: Sequence[_Chunk]) -> frozenset[str]:
    """Give the name of who acts where nobody else is in the clause, so that no one can change place with them."""
    lexicon = spoken.lexicon
    clause = {sentence.clauses[chunk.at] for chunk in chunks}
    here = [token.word for token, number in zip(sentence.tokens, sentence.clauses, strict=True) if number in clause]
    names = frozenset(word for word in here if word in spoken.names)
    others = [word for word in here if word in lexicon.people - lexicon.neuters - lexicon.things - lexicon.self_others]
    return names if len(names) == 1 and not others else frozenset()


def _keeps_people(spoken: Spoken, sentence: Sentence, chunks: Sequence[_Chunk], ordered: Sequence[_Chunk]) -> bool:
    """Whether everybody but who acts comes in the order they have with the member."""
    people = spoken.lexicon.people | spoken.names
    acts = spoken.lexicon.nominatives

    def others(those: Sequence[_Chunk]) -> list[int]:
        return [
            chunk.at
            for chunk in those
            if any(token.word in people for token in chunk.tokens) and chunk.tokens[-1].word not in acts
        ]

    return others(chunks) == others(ordered)


def _keeps_prepositions(spoken: Spoken, sentence: Sentence, chunks: Sequence[_Chunk]) -> bool:
    """Whether each word stands after the preposition that it has with the member; a day or a number may lack it."""
    lexicon, said = spoken.lexicon, sentence.tokens
    for chunk in chunks:
        here = {token.key for token in chunk.tokens if token.word in lexicon.prepositions}
        there: set[str] = set()
        at = chunk.at - 1
        while (
            at >= 0 and said[at].word in lexicon.free | lexicon.determiners | lexicon.possessives | lexicon.self_others
        ):
            there |= said[at].keys & lexicon.prepositions
            at -= 1
        when = lexicon.is_number(said[chunk.at].key) or said[chunk.at].word in lexicon.adverbials | lexicon.units
        if here != there and not (when and not (here and there)):
            return False
    return True
