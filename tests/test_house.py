"""The house stands as it says: imports point inward, and the wheel runs anywhere."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
INNER = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "assistant").rglob("*.py")
    if not {"tui", "cli", "__main__.py", "__init__.py"} & set(path.relative_to(ROOT).parts)
)


STARTED = """
import importlib, sys
for module in sys.argv[1:]:
    for name in [name for name in sys.modules if name.partition(".")[0] == "assistant"]:
        del sys.modules[name]
    importlib.import_module(module)
    for heavy in {"textual", "litellm", "click"} & sys.modules.keys():
        print(heavy, "is there after", module)
        del sys.modules[heavy]
"""


def test_every_inner_module_can_be_the_first_and_brings_neither_screens_nor_a_language_model():
    done = subprocess.run([sys.executable, "-c", STARTED, *INNER], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


@pytest.fixture(scope="module")
def wheel_python(tmp_path_factory):
    """A clean environment with the wheel in it, beside the dependencies that this one has."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "env")], check=True)
    python = folder / "env" / "bin" / "python"
    (site,) = (folder / "env" / "lib").glob("python*/site-packages")
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return python, {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}, site


def test_the_wheel_runs_from_another_folder_with_its_prompts(wheel_python, tmp_path):
    python, environment, site = wheel_python
    where = [python, "-c", "import assistant; print(assistant.__file__)"]
    found = subprocess.run(where, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()).is_relative_to(site)
    command = [python.parent / "vidne", "--home", tmp_path / "home", "rehearse", "weekly", "--lang", "da"]
    done = subprocess.run(
        command, env=environment, cwd=tmp_path, input="Fra vagten.\n", capture_output=True, text=True, check=True
    )
    assert "> Fra vagten." in done.stdout
    assert not (tmp_path / "home").exists()
