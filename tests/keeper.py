"""A process that keeps turns and says so, one line for each, until it is killed or cannot."""

import random
import resource
import sys
from pathlib import Path

from assistant.trouble import Trouble
from assistant.vault.home import Home
from assistant.vault.vault import Vault
from tests.vaults import answered, begun, give_up_power, made


def say(*words: object) -> None:
    print(*words, flush=True)


def text(kind: str, number: int) -> str:
    """Give words that are told from all others, of every length from a line to several pages."""
    return f"{kind} {number} " + "ord " * random.Random(number).choice((1, 50, 3000))


def keeps(home: Home, turns: int) -> None:
    """Keep turns, each with its draft before it, and say each when it is kept."""
    say("starts")
    with Vault.open(home) as vault:
        sitting = begun(vault)
        say("sitting", sitting)
        for number in range(turns):
            vault.keep_draft(sitting, "notice", text("draft", number))
            say("draft", number)
            vault.keep(sitting, answered(text("turn", number)))
            say("turn", number)


def fills_the_disk(home: Home, turns: int) -> None:
    """Keep turns until no file may grow, say what is told then, and keep one more when there is room again."""
    with Vault.open(home) as vault:
        sitting = begun(vault)
        say("sitting", sitting)
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, most))
        number = 0
        try:
            for number in range(turns):
                vault.keep_draft(sitting, "notice", text("draft", number))
                vault.keep(sitting, answered(text("turn", number)))
                say("turn", number)
        except Trouble as trouble:
            say(trouble.key)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        vault.keep(sitting, answered(text("turn", number)))
        say("turn", number)


def may_not_write(home: Home, _: int) -> None:
    """Try everything in a folder that may only be read, and say what is read and what is told."""
    give_up_power()
    for act in (lambda: read(home), lambda: begun(Vault.open(home)), lambda: made(home.folder / "another")):
        try:
            say(act())
        except Trouble as trouble:
            say(trouble.key)


def read(home: Home) -> str:
    """Give what was kept first."""
    with Vault.open(home) as vault:
        return vault.turns(1)[0].text


if __name__ == "__main__":
    globals()[sys.argv[1]](Home(Path(sys.argv[2])), int(sys.argv[3]))
