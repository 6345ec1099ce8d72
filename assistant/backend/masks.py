"""Placeholders: names, e-mail addresses and numbers that lead to a person don't travel, and come back in their place.

Every mask can be taken off again, so in doubt something is masked: `12.30-13.45` is one too.
"""

import re
import unicodedata
from collections.abc import Sequence

_SPACE = r"[^\S\n]"
_PATTERNS = {
    "MAIL": r"(?<![\w.+-])[\w.+-]{1,64}"
    rf"(?:@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,5}}|{_SPACE}?@{_SPACE}?[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,5}})",
    "CPR": rf"(?<!\d)\d{{6}}(?:{_SPACE}|[.‑–-]){{0,3}}\d{{4}}(?!\d)",
    "TEL": rf"(?<![^\W_])(?:\+|00)?\(?\d(?:(?:{_SPACE}|[().‑–-]){{0,3}}\d){{6,14}}(?![^\W_])",
}
"""What is masked besides names, by the placeholder's word."""
_NAME = {"da": "NAVN", "en": "NAME"}
_TYPED = {"å": "(?:å|aa)", "ø": "(?:ø|oe|o)", "æ": "(?:æ|ae)", "'": "['’]", "’": "['’]"}
"""How a letter of a name is typed too."""


class Masks:
    """The placeholders of one text."""

    def __init__(self, text: str, names: Sequence[str], lang: str) -> None:
        """Find what is to be masked in `text`; a name counts whole and in each of its parts, large or small."""
        self._placeholders: dict[str, str] = {}
        words = {part for name in names for part in (name.strip(), *re.split(r"[^\w'’]+", name))}
        known = "|".join(map(_as_typed, sorted(filter(lambda word: len(word) > 1, words), key=len, reverse=True)))
        patterns = dict(_PATTERNS)
        if known:
            patterns[_NAME[lang]] = rf"(?<![^\W_])(?i:{known})(?=[sS]?(?![^\W_]))"
        self._one = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in patterns.items()))
        for match in self._one.finditer(text):
            if match.group() not in self._placeholders:
                self._placeholders[match.group()] = self._new(match.lastgroup, text)

    def _new(self, kind: str | None, text: str) -> str:
        """Give a placeholder that is in use nowhere."""
        number = 1
        while (new := f"{kind}{number}") in text or new in self._placeholders.values():
            number += 1
        return new

    def put_on(self, text: str) -> str:
        """Give the text that was looked at, as it may travel."""
        return self._one.sub(lambda match: self._placeholders[match.group()], text)

    def take_off(self, text: str) -> str:
        """Give what a model wrote, with what was masked back in its place."""
        for hidden, placeholder in self._placeholders.items():
            text = re.sub(rf"(?<![^\W_]){placeholder}(?!\d)", lambda _, hidden=hidden: hidden, text)
        return text


def _as_typed(name: str) -> str:
    """Give the pattern of a name as people type it, with its accents or without."""

    def one(letter: str) -> str:
        bare = unicodedata.normalize("NFD", letter)[0]
        return _TYPED.get(letter.lower()) or (f"[{re.escape(letter + bare)}]" if bare != letter else re.escape(letter))

    return "".join(map(one, name))
