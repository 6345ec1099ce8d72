"""Every fixed sentence that is no prompt has a name here and a wording in both languages; see `messages/`.

A file holds what one part of Vidne says; a family of sentences, such as `trouble`, may go on in several files. The file
that bears a family's name is read first, and the others only for what is not there: all of them take 10 ms.
"""

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, get_args

from assistant.text import clean

Lang = Literal["da", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)


@dataclass(frozen=True)
class Messages:
    """The sentences of one language, by name."""

    lang: Lang

    @classmethod
    def load(cls, lang: Lang) -> "Messages":
        """Give the catalogue of `lang`."""
        return cls(lang)

    @cached_property
    def sentences(self) -> dict[str, str]:
        """`family.name` to wording, with `{placeholders}`."""
        folder = _folder(self.lang)
        return {name: text for path in sorted(folder.glob("*.toml")) for name, text in _read(path).items()}

    def __call__(self, name: str, /, **values: object) -> str:
        """Give the sentence `name` with `values` put in; nothing in them steers a terminal, and a path is one line.

        Raises:
            KeyError: when there is no such sentence, or a value is missing.
        """
        sentence = _family(self.lang, name.partition(".")[0]).get(name) or self.sentences[name]
        return sentence.format(**{key: _shown(value) for key, value in values.items()}) if values else sentence


def _shown(value: object) -> object:
    if isinstance(value, Path):
        return clean(str(value)).replace("\n", " ")
    return clean(value) if isinstance(value, str) else value


def _folder(lang: Lang) -> Path:
    return Path(__file__).parent / "messages" / lang


@cache
def _family(lang: Lang, family: str) -> dict[str, str]:
    """Give the sentences of the file that bears a family's name."""
    return _read(_folder(lang) / f"{family}.toml")


@cache
def _read(path: Path) -> dict[str, str]:
    """Give the sentences of a file; a file that is not there has none."""
    if not path.exists():
        return {}
    tables = tomllib.loads(path.read_text("utf-8"))
    return {f"{family}.{name}": text for family, table in tables.items() for name, text in table.items()}
