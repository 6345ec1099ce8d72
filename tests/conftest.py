"""What every test gets: a home of its own, so that none can reach the one of whoever runs them."""

import os

import pytest
from hypothesis import settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as Vidne sets it where numpy is first imported

settings.register_profile("promises", max_examples=5000, deadline=None)
"""For `make promises`, which tries what people may type many more times than CI does."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=40, help="how often a process that keeps turns is killed")


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: many tests wait for a terminal, and not for a core."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def a_home_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("VIDNE_HOME", str(tmp_path / "home"))
