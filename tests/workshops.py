"""What the tests of the workshop share: a command line in this process, and a small guide with nothing wrong in it."""

import json
from pathlib import Path

from assistant.__main__ import House
from assistant.cli.main import run
from assistant.guides.proof.folder import check
from assistant.messages import LANGS, Messages
from assistant.prompts import builtin_prompts

GUIDE = """\
title = { da = "Prøve", en = "Trial" }
with = "member"
minutes = 5

[[step]]
id = "notice"
reflect = true

[[step]]
id = "thread"
needs = "thread"
"""
TEXTS = {
    "trial/guide.toml": GUIDE,
    "trial/da/notice.md": "Hvad så du?\n---\nHvad hørte du?\n",
    "trial/en/notice.md": "What did you see?\n---\nWhat did you hear?\n",
    "trial/da/thread.md": "– {{ thread }}\n\nHvordan ser det ud herfra?\n",
    "trial/en/thread.md": "– {{ thread }}\n\nHow does it look from here?\n",
    **{f"trial/{lang}/{step}.why.md": "Fordi.\n" for lang in LANGS for step in ("notice", "thread")},
}
RULE = """\
[[rule]]
id = "own"
why = "Det er vores egen."
pattern = "rød alarm"
catches = ["Der var [rød alarm] på stue 3."]
leaves = ["Alarmen var rød."]
"""


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def write_all(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        write(folder, name, text)
    return folder


def found(folder: Path, lang: str = "da") -> list[tuple[str, int, int, str]]:
    """Give what the check finds in a folder as if it were a group's own: file, line, column, kind."""
    faults = check((folder, builtin_prompts()), Messages.load(lang))
    assert all(fault.what and fault.todo and fault.line >= 1 and fault.column >= 1 for fault in faults)
    return [(str(fault.file.relative_to(folder.resolve())), fault.line, fault.column, fault.key) for fault in faults]


class Line:
    """The command line around one home, in this process."""

    def __init__(self, home: Path, capsys, lang: str = "da") -> None:
        self.home, self._capsys, self._lang = home, capsys, lang

    def __call__(self, *words: object, code: int = 0) -> str:
        """Run one command, expect its exit code, and give what it printed; on misuse or trouble, what it told."""
        given = run(["--home", str(self.home), "--lang", self._lang, *map(str, words)], House, LANGS)
        out, err = self._capsys.readouterr()
        assert given == code, (given, out, err)
        assert "Traceback" not in err and "{" not in err
        return out or err

    def json(self, *words: object, code: int = 0):
        return json.loads(self(*words, "--json", code=code))
