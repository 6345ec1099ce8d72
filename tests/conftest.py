"""What every test gets: a home of its own, so that none can reach the one of whoever runs them."""

import gc
import os

import pytest
from hypothesis import settings

from tests import answers

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as Vidne sets it where numpy is first imported

settings.register_profile("promises", max_examples=5000, deadline=None)
"""For `make promises`, which tries what people may type many more times than CI does."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=40, help="how often a process that keeps turns is killed")
    parser.addoption("--keep-answers", action="store_true", help="read all anew, and keep what the encoder answers")


def pytest_configure(config: pytest.Config) -> None:
    answers.remember({} if config.option.keep_answers else answers.kept())


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep the answers, or give them to the process that began this one."""
    if not session.config.option.keep_answers:
        return
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["answers"] = list(answers.given.items())
    elif answers.given:
        answers.keep(answers.given)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node) -> None:
    answers.given.update(node.workeroutput.get("answers", ()))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: many tests wait for a terminal, and not for a core."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest file go first and in one piece, so that no worker is left alone with it in the end."""
    items.sort(key=lambda item: item.path.stem != "test_year")


def pytest_collection_finish() -> None:
    """Have what was collected and will stay never be looked through for garbage again, and the rest less often."""
    gc.freeze()
    gc.set_threshold(5_000, 20, 50)


@pytest.fixture(autouse=True)
def a_home_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("VIDNE_HOME", str(tmp_path / "home"))
