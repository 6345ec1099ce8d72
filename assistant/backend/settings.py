"""`config.toml` in the home: which language model, where, and its limits. A key is never in it."""

import json
import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from assistant.backend.fence import is_here
from assistant.text import clean
from assistant.trouble import Trouble

_USUAL = {"ollama": "http://127.0.0.1:11434", "ollama_chat": "http://127.0.0.1:11434"}
"""Where a kind of model answers, if nothing else is said."""
_NAME = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.:/@+-]+")
_ADDRESS = re.compile(r"https?://(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?(?:/[A-Za-z0-9_.~%+:/-]*)?")
"""Plain letters only: what looks like a host is that host, and nothing steers a terminal. What might be a secret, a
user before an @ or a question after a ?, is in none: an address is shown, and written down in the vault."""


class Settings(BaseModel):
    """The table `[model]`."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: str
    """The model's name as litellm knows it, its kind first, such as `ollama_chat/llama3.1` or `openai/NAME`."""
    address: str | None = None
    """Where it answers; None for the usual place of its kind."""
    seconds: float = Field(default=20, gt=0, le=120)
    """How long a reflection may take, all in all."""
    tokens: int = Field(default=200, ge=16, le=2000)
    """How long the model's answer may be, in the model's own measure."""

    @field_validator("name")
    @classmethod
    def _is_name(cls, name: str) -> str:
        if not _NAME.fullmatch(name):
            raise ValueError
        return name

    @field_validator("address")
    @classmethod
    def _is_address(cls, address: str | None) -> str | None:
        match = address and _ADDRESS.fullmatch(address)
        if address and not (match and int(match[1] or 1) in range(1, 65536)):
            raise ValueError
        return address

    @property
    def kind(self) -> str:
        """The kind of model: its maker, or the program it runs in."""
        return self.name.split("/")[0]

    @property
    def where(self) -> str | None:
        """Where it answers, as far as Vidne knows; else litellm does."""
        return self.address or _USUAL.get(self.kind)

    @property
    def here(self) -> bool:
        """Whether what is sent stays on this machine."""
        return bool(self.where) and is_here(self.where)

    @property
    def receiver(self) -> str:
        """Who gets what is sent, as the member is told it and as it is written down."""
        return f"{self.name} ({self.where})" if self.where else self.name

    @property
    def stays(self) -> str:
        """How far what is sent travels: the sentence of it, under `model` in the message catalogue."""
        if self.here:
            return "stays_here"
        return "open_line" if (self.where or "").startswith("http:") else "leaves"


def read(path: Path) -> Settings | None:
    """Read the settings; None where there are none.

    Raises:
        Trouble: when the file cannot be understood; it names the line and what to write.
    """
    if not path.exists():
        return None
    try:
        text = path.read_text("utf-8")
        table = tomllib.loads(text)
    except (ValueError, RecursionError, OSError):
        raise Trouble("config_unread", file=path) from None
    if not isinstance(table.get("model"), dict) or table.keys() - {"model"}:
        key = next(iter(table.keys() - {"model"}), "model")
        raise Trouble("config_key", file=path, line=_line(text, key), key=_short(key), nearest="[model]")
    try:
        return Settings(**table["model"])
    except ValidationError as error:
        misspelt = [fault for fault in error.errors() if fault["type"] == "extra_forbidden"]
        raise _told(path, text, [*misspelt, *error.errors()][0]) from None


def _told(path: Path, text: str, fault: Any) -> Trouble:
    key = str(fault["loc"][0])
    if fault["type"] == "extra_forbidden":
        nearest = get_close_matches(key[:80], Settings.model_fields, 1, 0) or list(Settings.model_fields)
        return Trouble("config_key", file=path, line=_line(text, key), key=_short(key), nearest=nearest[0])
    return _secret(fault) or Trouble("config_value", file=path, line=_line(text, key), key=key, example=_EXAMPLES[key])


def _secret(fault: Any) -> Trouble | None:
    """Give what is told where an address has a place for a secret in it; the address itself is not."""
    secret = fault["loc"] == ("address",) and re.search(r"[@?#]", str(fault["input"]))
    return Trouble("model_secret") if secret else None


_EXAMPLES = {
    "name": 'name = "ollama_chat/llama3.1"',
    "address": 'address = "http://127.0.0.1:11434"',
    "seconds": "seconds = 20",
    "tokens": "tokens = 200",
}
"""What may stand in the file."""


def _line(text: str, key: str) -> int:
    """Give the line that a key stands on, counted from 1; the first where it stands on none."""
    starts = (key, f"[{key}]")
    lines = enumerate(text.splitlines(), 1)
    return next((n for n, line in lines if line.replace(" ", "").startswith((f"{key}=", starts[1]))), 1)


def _short(key: str) -> str:
    return clean(key)[:40]


def written(name: str, address: str | None, before: Settings | None = None) -> bytes:
    """Give the file's content for a model that was chosen on the command line; the limits `before` stay.

    Raises:
        Trouble: when it is no name or no address.
    """
    try:
        Settings(name=name, address=address)
    except ValidationError as error:
        raise _secret(error.errors()[0]) or Trouble("model_misnamed") from None
    lines = ["[model]", f"name = {json.dumps(name)}"]  # JSON's strings are TOML's
    lines += [f"address = {json.dumps(address)}"] if address else []
    limits = ("seconds", "tokens") if before else ()
    lines += [f"{limit} = {getattr(before, limit)}" for limit in limits if limit in before.model_fields_set]
    return ("\n".join(lines) + "\n").encode()
