"""Where things stand in a TOML file: `tomllib` gives only their values, and who wrote it needs the line."""

import re

from assistant.guides.fault import Flaw


def short(value: object) -> str:
    """Give a value as a sentence about it shows it."""
    shown = value if isinstance(value, str) else repr(value)
    return " ".join(shown.split())[:40]


def no_toml(error: Exception, text: str) -> Flaw:
    """Give the flaw of a text that `tomllib` refused."""
    said = str(error)
    place = re.search(r"line (\d+), column (\d+)", said)
    last = text.rstrip().count("\n") + 1 if "end of document" in said else 1
    line, column = map(int, place.groups()) if place else (last, 1)
    return Flaw("no_toml", {"error": short(said.partition(" (at ")[0])}, line, column)


class Places:
    """Where tables and keys stand in a TOML text; `tomllib` gives only their values."""

    _HEADER = re.compile(r"\s*\[\[?\s*([\w-]+)\s*\]")
    _KEY = re.compile(r"""\s*["']?([^\s"'=.]+)["']?\s*[=.]""")

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._found: dict[tuple[str, int, str], tuple[int, int]] = {}
        counted: dict[str, int] = {}
        table, n = "", 0
        for number, line in enumerate(text.split("\n"), start=1):
            if header := self._HEADER.match(line):
                table = header[1]
                n = counted[table] = counted.get(table, -1) + 1
                self._found.setdefault((table, n, ""), (number, header.start(1) + 1))
                self._found.setdefault(("", 0, table), (number, header.start(1) + 1))
            elif key := self._KEY.match(line):
                self._found.setdefault((table, n, key[1]), (number, key.start(1) + 1))

    def flaw(self, key: str, table: str, n: int, at: str, values: dict[str, str], todo: str = "") -> Flaw:
        """Give a flaw at the key `at` of the `n`th table `table`, or at its header."""
        line, column = self._found.get((table, n, at)) or self._found.get((table, n, "")) or (1, 1)
        return Flaw(key, values, line, column, len(at), todo=todo)

    def flaw_at(self, key: str, table: str, n: int, words: str, values: dict[str, str]) -> Flaw:
        """Give a flaw where `words` stand in the `n`th table `table`, or at its header where they are not found."""
        line, column = self._found.get((table, n, "")) or (1, 1)
        for number in range(line - 1, len(self._lines)):
            if (at := self._lines[number].find(words)) >= 0:
                return Flaw(key, values, number + 1, at + 1, len(words))
        return Flaw(key, values, line, column)
