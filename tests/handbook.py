"""The facilitators' handbook runs: each command in it is typed, each sample is written, and what came is compared.

A block `console` holds commands and what they printed; a line `…` stands for lines left out. A block that names a file
is that file. `python -m tests.handbook` records again what was printed, where it is otherwise now.
"""

import contextlib
import io
import os
import re
import sys
import tempfile
from pathlib import Path

from assistant.__main__ import House
from assistant.cli.main import run
from assistant.messages import LANGS

DOCS = Path(__file__).parent.parent / "docs"
BOOKS = {"da": DOCS / "haandbog.da.md", "en": DOCS / "handbook.en.md"}
WARD = DOCS / "sengeafsnit.da.md"
"""A facilitator's afternoon on a ward, as it went."""
HOME = "m3"
"""The home that the handbook works in."""
_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands(text: str) -> list[str]:
    """Give the commands of a handbook, in order."""
    consoles = [body for kind, _, body in _BLOCK.findall(text) if kind == "console"]
    return [line[2:] for body in consoles for line in body.split("\n") if line.startswith("$ ")]


def replay(text: str, lang: str) -> str:
    """Do all that a handbook says in the folder that one stands in, and give the handbook as it should be."""

    def block(match: re.Match) -> str:
        kind, file, body = match.groups()
        if file:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            Path(file).write_text(body, "utf-8")
        if kind != "console":
            return match.group()
        said = re.split(r"^\$ (.*)\n", body, flags=re.MULTILINE)[1:]
        now = [_printed(command, shown, lang) for command, shown in zip(said[::2], said[1::2], strict=True)]
        return "```console\n" + "".join(now) + "```"

    return _BLOCK.sub(block, text)


def _printed(command: str, shown: str, lang: str) -> str:
    printed = typed(command, lang)
    lines = shown.split("\n")[:-1]
    pattern = "".join(r"(?:.*\n)*" if line == "…" else re.escape(line) + r"\n" for line in lines)
    kept = shown if re.fullmatch(pattern, printed) else printed
    return f"$ {command}\n{kept}"


def typed(command: str, lang: str) -> str:
    """Run one command line of a handbook, with nothing on its standard input, and give what it printed."""
    name, *words = re.findall(r'"([^"]*)"|(\S+)', command)
    assert "".join(name) == "vidne", command
    out, stdin = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True), sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(), "utf-8")
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            run(["--home", HOME, "--lang", lang, *("".join(word) for word in words)], House, LANGS)
    finally:
        sys.stdin = stdin
    return out.buffer.getvalue().decode()


def main() -> None:
    """Record what is printed again."""
    for lang, book in (*BOOKS.items(), ("da", WARD)):
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            again = replay(text := book.read_text("utf-8"), lang)
        book.write_text(again, "utf-8")
        sys.stdout.write(f"{book.name}: {'as it was' if again == text else 'recorded again'}\n")


if __name__ == "__main__":
    os.environ.pop("VIDNE_HOME", None)
    main()
