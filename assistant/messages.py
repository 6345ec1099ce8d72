"""Every fixed sentence that is no prompt has a name here and a wording in both languages; see `messages/`.

A file holds what one part of Vidne says; a family of sentences, such as `trouble`, may go on in several files.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

Lang = Literal["da", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)


@dataclass(frozen=True)
class Messages:
    """The sentences of one language, by name."""

    lang: Lang
    sentences: dict[str, str]
    """`family.name` to wording, with `{placeholders}`."""

    @classmethod
    def load(cls, lang: Lang) -> "Messages":
        """Read the catalogue of `lang`."""
        sentences = {}
        for path in sorted((Path(__file__).parent / "messages" / lang).glob("*.toml")):
            for family, table in tomllib.loads(path.read_text("utf-8")).items():
                sentences |= {f"{family}.{name}": text for name, text in table.items()}
        return cls(lang, sentences)

    def __call__(self, name: str, /, **values: object) -> str:
        """Give the sentence `name` with `values` put in as they are.

        Raises:
            KeyError: when there is no such sentence, or a value is missing.
        """
        return self.sentences[name].format(**values) if values else self.sentences[name]
