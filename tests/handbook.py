"""The facilitators' handbook runs: each command in it is typed, each sample is written, and what came is compared.

A block `console` holds commands and what they printed; a line `…` stands for lines left out. A block that names a file
is that file. A block `screen` is the workshop's screen after the keys that stand behind its name; all of a page are one
sitting at it. `python -m tests.handbook` records again what was printed, where it is otherwise now.
"""

import asyncio
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
_BLOCK = re.compile(r"^```(\w+)(?: (\S[^\n]*))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SCREEN_HOME = "skærm"
"""The home that the workshop's screen works in."""


def commands(text: str) -> list[str]:
    """Give the commands of a handbook, in order."""
    consoles = [body for kind, _, body in _BLOCK.findall(text) if kind == "console"]
    return [line[2:] for body in consoles for line in body.split("\n") if line.startswith("$ ")]


def replay(text: str, lang: str) -> str:
    """Do all that a handbook says in the folder that one stands in, and give the handbook as it should be."""
    keys = [pressed for kind, pressed, _ in _BLOCK.findall(text) if kind == "screen"]
    screens = iter(asyncio.run(_screens(keys, lang)) if keys else ())

    def block(match: re.Match) -> str:
        kind, file, body = match.groups()
        if kind == "screen":
            return f"```screen {file}\n{next(screens)}\n```"
        if file:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            Path(file).write_text(body, "utf-8")
        if kind != "console":
            return match.group()
        said = re.split(r"^\$ (.*)\n", body, flags=re.MULTILINE)[1:]
        now = [_printed(command, shown, lang) for command, shown in zip(said[::2], said[1::2], strict=True)]
        return "```console\n" + "".join(now) + "```"

    return _BLOCK.sub(block, text)


async def _screens(sittings: list[str], lang: str) -> list[str]:
    """Press the keys of each block in the workshop, one after the other, and give what the screen shows then."""
    from tests.test_tui import opened
    from tests.test_tui_workshop import looked

    home = House(Path(SCREEN_HOME), lang)
    home.make_home(None, "key-file")
    home.close()
    shown = []
    async with opened(home) as member:
        member.screen._do("page workshop")
        await looked(member)
        for keys in sittings:
            for text, key in re.findall(r'"([^"]*)"|(\S+)', keys):
                await (member.paste(text) if text else member.press(key))
                await looked(member)
            shown.append(_tidied(member.sees))
    return shown


def _tidied(screen: str) -> str:
    """Give the lines of a screen without their scrollbar, and no empty one after another."""
    lines = [line.rstrip(" ▁▂▃▄▅▆▇█") for line in screen.split("\n")]
    shown = re.sub(r"(\n +▎)(?:\n +▎)+$", r"\1", "\n".join(lines), flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", shown).strip("\n")


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
