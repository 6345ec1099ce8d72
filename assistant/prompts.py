"""Where the prompts that came with Vidne stand: every word it says, and every rule it obeys."""

from functools import cache
from pathlib import Path

from assistant.trouble import Trouble


def builtin_prompts() -> Path:
    """Give the folder of the prompts that came with Vidne: in the package, else beside it in a checkout.

    Raises:
        Trouble: when Vidne was installed without them.
    """
    return _found(__file__)


@cache
def _found(module: str) -> Path:
    package = Path(module).resolve().parent
    for folder in (package / "prompts", package.parent / "prompts"):
        if folder.is_dir():
            return folder
    raise Trouble("prompts_missing")
