"""A full disk is told as one, whatever was asked for: what was not kept, what was, and what to do."""

import os
import resource
import subprocess
import sys

import pytest

from assistant.messages import Messages
from assistant.sittings.written import write_new
from assistant.trouble import Trouble


def no_room():
    """Let no file of this process grow: the system says so of each."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def vidne(home, *arguments, typed="", full=False):
    """Run the command, on a disk with no room left if it is `full`."""
    return subprocess.run(
        [sys.executable, "-m", "assistant", "--home", str(home), "--lang", "en", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=no_room if full else None,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        "practice hej",
        "talk weekly --plain",
        "circle new Gruppen --name Ane",
        "model on ollama_chat/llama3.1",
        "prompts copy weekly",
        "search hej",
    ],
)
def test_a_full_disk_is_told_in_one_sentence_by_every_command(tmp_path, command):
    home = tmp_path / "home"
    assert vidne(home, "practice", "før").returncode == 0
    done = vidne(home, *command.split(), typed="yes\n", full=True)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, Messages.load("en")("trouble.disk_full"))
    assert "før" in vidne(home, "practice", "--list").stdout


def test_a_model_whose_file_cannot_be_written_is_told_of_in_a_sentence(tmp_path):
    home = tmp_path / "home"
    assert vidne(home, "practice", "før").returncode == 0
    (home / "config.toml.new").mkdir()  # it stands where the file would come about
    done = vidne(home, "model", "on", "ollama_chat/llama3.1", typed="yes\n")
    assert (done.returncode, "(" in done.stderr) == (1, False)


def test_a_circle_that_finds_no_room_for_its_folder_is_not_said_to_be_kept(tmp_path, monkeypatch):
    from assistant.circle.folder import Folder

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.mkdir", full)
    with pytest.raises(Trouble) as trouble:
        Folder(tmp_path / "ours", private=True).make()
    assert trouble.value.key == "trouble.disk_full"


def test_half_a_file_stands_in_the_way_of_nothing(tmp_path):
    file = tmp_path / "frame.md"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(Trouble) as trouble:
            write_new(file, "our frame, whole")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (trouble.value.key, file.exists()) == ("trouble.disk_full", False)
    write_new(file, "our frame, whole")
