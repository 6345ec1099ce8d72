"""What an answer must be to become a line of the frame: a name, somebody's own words, or at least something. Pure.

Only what is plainly none of it is told apart; whatever is in doubt is a line as it was written.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.guides.guide import Step
from assistant.guides.leaders import only_name

Unmet = Literal["", "name", "asked", "unknown"]
"""Why an answer is no line yet: it is more than a name, it asks the others, or says that it isn't known."""

_NOTHING = frozenset(
    ("ingenting", "intet", "nej", "nej tak", "nix", "niks", "ingen", "ingen endnu", "ikke noget", "ikke rigtig noget",
     "der er ikke noget", "der er ingen", "der er ikke nogen", "ikke endnu", "ikke nogen", "ikke nogen endnu",
     "nothing", "no", "nope", "none", "nobody", "nobody yet", "no one", "no one yet", "not yet", "nothing yet",
     "nothing really", "not really", "there is nothing", "there isn't anything", "na", "n a")
)  # fmt: skip
"""Answers that say that there is nothing."""
_UNKNOWN = frozenset(
    ("ved ikke", "ved det ikke", "ved jeg ikke", "det ved jeg ikke", "jeg ved det ikke", "jeg ved ikke",
     "aner det ikke", "det aner jeg ikke", "aner ikke", "ingen anelse", "ikke sikker", "er ikke sikker", "pas",
     "don't know", "i don't know", "dont know", "i dont know", "not sure", "i'm not sure", "im not sure", "no idea",
     "dunno", "idk", "tbd", "pass")
)  # fmt: skip
"""Answers that say that it isn't known."""
_FILLS = ("sgu", "altså", "jo", "hm", "hmm", "øh", "honestly", "um", "er")
"""Words that fill a sentence and change nothing in it."""
_YET = re.compile(r"(?: (?:endnu|rigtigt?|helt|lige nu|yet|really|right now|at the moment))+$")
_ASKS = re.compile(
    r"\b(?:synes|syns|tænker|mener|tror|siger|foreslår|anbefaler) (?:i|du|de andre)\b[^.!?]*\?"
    r"|\b(?:skal|bør|burde|sku|kan) jeg (?:\w+ ){0,2}(?:tage|vælge|lære|øve|skrive|sige|gøre|være|tro)\b[^.!?]*\?"
    r"|\b(?:sig|fortæl) mig (?:\w+ )?hvad jeg\b"
    r"|\b(?:do|would|did) you (?:all |guys )?(?:think|say|suggest|recommend|choose|pick)\b[^.!?]*\?"
    r"|\b(?:should|shall|ought) i\b[^.!?]*\?|\btell me what\b|\bwhat (?:should|would|shall) (?:i|you)\b[^.!?]*\?",
    re.IGNORECASE,
)
"""Questions to the others, or to Vidne; a point may well be worded as a question of one's own."""


def unmet(step: Step, text: str) -> Unmet:
    """Say why an answer is no line of the frame yet; "" where it is one, or where it says that there is nothing."""
    if step.wants is None or is_nothing(text):
        return ""
    if step.wants == "name":
        return "" if only_name(text) else "name"
    if _ASKS.search(text):
        return "asked"
    return "unknown" if _is_unknown(text) else ""


def line(step: Step, text: str) -> str:
    """Give the line that an answer becomes; "" for none."""
    text = text.strip()
    return "" if step.kind == "ask" and (is_nothing(text) or unmet(step, text)) else text


def is_nothing(text: str) -> bool:
    """Say whether an answer says that there is nothing."""
    return _plain(text) in _NOTHING


def _is_unknown(text: str) -> bool:
    plain = _plain(text)
    return not plain or _YET.sub("", plain) in _UNKNOWN


def _plain(text: str) -> str:
    """Give the words alone, and `ikke` however it was typed."""
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.casefold().replace("’", "'"))
    return " ".join("ikke" if word in ("ik", "ikk", "ikk'", "ik'") else word for word in words if word not in _FILLS)
