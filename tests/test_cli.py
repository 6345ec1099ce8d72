"""The command line, as a real process: exit codes, one sentence for an error, and nothing lost to a kill."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys

import pytest

from assistant.messages import Messages
from tests import forks
from tests.vaults import ROOT

ANSWER = "Onsdag sagde jeg min tvivl højt, og så blev der stille omkring bordet et øjeblik."


def vidne(*arguments, typed="", home=None, **environment):
    """Run the command in a process of its own, with `typed` on a pipe."""
    command = [*(["--home", home] if home else []), *arguments]
    given = typed if isinstance(typed, bytes) else typed.encode()
    return forks.vidne(list(map(str, command)), given, {**os.environ, "LANG": "da_DK.UTF-8", **environment})


def afresh(*arguments, typed="", home=None, **environment):
    """Run the command as `vidne` does, in a Python that was started for it."""
    return subprocess.run(
        [sys.executable, "-m", "assistant", "--home", str(home), *arguments],
        input=typed if isinstance(typed, bytes) else typed.encode(),
        capture_output=True,
        env={**os.environ, "LANG": "da_DK.UTF-8", **environment},
        check=False,
    )


def said(done):
    return done.stdout.decode()


def told(done):
    return done.stderr.decode()


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.mark.parametrize("plain", [["--plain"], []], ids=["plain", "no terminal"])
@pytest.mark.parametrize("closed", ["<&-", ">&-"])
def test_a_closed_stream_is_as_good_as_an_empty_one(home, closed, plain):
    line = shlex.join([sys.executable, "-m", "assistant", "--home", str(home), "talk", "weekly", *plain])
    done = subprocess.run(["bash", "-c", f"{line} {closed}"], input=b"", capture_output=True, check=False)
    assert (done.returncode, told(done).count("\n")) == (0, 1)


@pytest.mark.parametrize("arguments", [["--home=", "talk", "weekly"], ["talk", "weekly", "--home", ""]], ids=" ".join)
def test_a_folder_without_a_name_is_not_the_one_stood_in(arguments, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments], cwd=tmp_path, capture_output=True, check=False
    )
    assert (done.returncode, told(done).count("\n"), list(tmp_path.iterdir())) == (2, 1, [])


def test_a_path_that_is_told_of_steers_no_terminal_and_stays_on_its_line(tmp_path):
    done = vidne("practice", "hej", home=tmp_path / "b\x1b]0;x\n\x079", LANG="en_GB.UTF-8")
    assert (done.returncode, told(done).count("\n"), "\x1b" in told(done), "\x07" in told(done)) == (0, 1, False, False)


def test_a_path_that_cannot_be_is_one_sentence(tmp_path):
    done = vidne("practice", "hej", home=tmp_path / ("a" * 300), LANG="en_GB.UTF-8")
    assert (done.returncode, told(done).count("\n"), "Traceback" in told(done)) == (1, 1, False)


@pytest.mark.parametrize("hidden", ["\x1b[2JYou should rest.", "Yo\x1b[0mu should rest.", "You \u202eshould rest.\r\n"])
def test_what_would_not_be_seen_hides_nothing_from_the_guard(home, hidden):
    done = vidne("witness", "check", "--as", "wording", "--lang", "en", "--json", hidden, home=home)
    (found,) = json.loads(done.stdout)["findings"]
    assert hidden[found["start"] : found["end"]].endswith("should rest.")


def test_a_pipe_makes_a_home_without_questions_and_says_so_in_one_line(home):
    done = afresh("talk", "weekly", "--plain", typed=f"{ANSWER}\n", home=home)
    assert done.returncode == 0
    assert told(done).count("\n") == 1
    assert str(home) in told(done)
    assert oct(home.stat().st_mode & 0o777) == "0o700"
    assert {oct(path.stat().st_mode & 0o777) for path in home.iterdir()} == {"0o600"}


def test_of_many_first_starts_at_once_each_keeps_its_line(home):
    command = [sys.executable, "-m", "assistant", "--home", str(home), "practice"]
    lines = [f"zyx{number}" for number in range(6)]
    quiet = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    starts = [subprocess.Popen([*command, line], **quiet) for line in lines]
    assert [start.wait() for start in starts] == [0] * 6
    listed = said(vidne("practice", "--list", home=home))
    assert all(line in listed for line in lines)


def powerless(home, *arguments, typed=""):
    """Run the command held to the permissions of files, also where the tests run as root."""
    code = "from tests.vaults import give_up_power; give_up_power(); from assistant.__main__ import main; main()"
    command = [sys.executable, "-c", code, "--home", str(home), *arguments]
    return subprocess.run(command, input=typed.encode(), capture_output=True, cwd=ROOT, check=False)


@pytest.mark.parametrize(
    "command", ["search tvivl", "practice --list", "circle status", "model status", "prompts list"]
)
def test_a_home_that_may_only_be_read_is_read(home, command):
    vidne("practice", ANSWER, home=home)
    vidne("circle", "new", "Gruppen", "--name", "Ane", home=home)
    home.chmod(0o500)
    read = powerless(home, *command.split())
    home.chmod(0o700)
    assert (read.returncode, told(read)) == (0, "")


def test_a_conversation_in_a_home_that_may_only_be_read_is_told_of_in_one_sentence(home):
    vidne("practice", ANSWER, home=home)
    home.chmod(0o500)
    talked = powerless(home, "--lang", "da", "talk", "weekly", "--plain", typed=ANSWER)
    home.chmod(0o700)
    assert (talked.returncode, told(talked)) == (1, Messages.load("da")("trouble.vault_unwritable") + "\n")


def test_what_a_member_said_comes_to_the_guard_from_a_file_or_a_pipe_and_is_judged_the_same(home, tmp_path):
    member, reflection = "Jeg sagde min tvivl højt.", 'Du skrev: "Jeg sagde min tvivl højt."'
    file = tmp_path / "said.txt"
    file.write_text(member, "utf-8")
    ask = ["witness", "check", "--lang", "da", "--json"]
    given = vidne(*ask, "--member", member, reflection, home=home)
    assert json.loads(given.stdout)["verdict"] == "show"
    for done in (
        vidne(*ask, "--member-file", file, reflection, home=home),
        vidne(*ask, "--member-file", file, "-", typed=reflection, home=home),
        vidne(*ask, "--member-file", "-", reflection, typed=member, home=home),
    ):
        assert (done.returncode, done.stdout) == (0, given.stdout)
    for wrong in (
        ["--member-file", "-", "-"],
        ["--member-file", file, "--member", "x", "y"],
        ["--member-file", "no", "x"],
    ):
        assert vidne(*ask, *wrong, typed=reflection, home=home).returncode == 2


def test_bytes_that_are_no_text_reach_the_guard_too(home):
    done = afresh("witness", "check", "--as", "wording", "--lang", "en", "-", typed=b"You should rest.\xff", home=home)
    assert (done.returncode, "advice" in said(done)) == (1, True)


def test_what_was_said_before_a_kill_is_found_and_gone_on_with(home):
    command = [sys.executable, "-m", "assistant", "--home", str(home), "talk", "weekly", "--plain", "--lang", "da"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as talk:
        talk.stdin.write(f"{ANSWER}\nog så\\\n".encode())
        talk.stdin.flush()
        while Messages.load("da")("talk.kept") not in talk.stdout.readline().decode():
            pass
        talk.kill()
    assert "[tvivl]" in said(vidne("search", "tvivlen", home=home))
    resumed = said(vidne("talk", "weekly", "--plain", home=home))
    assert Messages.load("da")("talk.resumed") in resumed
    assert "**2/" in resumed


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGHUP])
def test_asked_by_the_system_to_end_it_says_that_all_is_kept(home, asked):
    command = [sys.executable, "-m", "assistant", "--home", str(home), "talk", "weekly", "--plain", "--lang", "da"]
    vidne("practice", "hej", home=home)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as talk:
        talk.stdin.write(f"{ANSWER}\n".encode())
        talk.stdin.flush()
        while Messages.load("da")("talk.kept") not in talk.stdout.readline().decode():
            pass
        talk.send_signal(asked)
        _, told = talk.communicate()
    assert (talk.returncode, told.decode()) == (1, Messages.load("da")("trouble.stopped") + "\n")
    assert "[tvivl]" in said(vidne("search", "tvivlen", home=home))


@pytest.mark.parametrize(
    "command", [["practice", "--list"], ["talk", "pair", "--card"], ["--help"], ["talk", "weekly"]]
)
def test_where_the_output_finds_no_room_one_sentence_says_so(home, command):
    vidne("practice", ANSWER, home=home)
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        line = [sys.executable, "-m", "assistant", "--home", str(home), "--lang", "en", *command]
        buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        streams = {"stdin": subprocess.DEVNULL, "stdout": full, "stderr": subprocess.PIPE}
        done = subprocess.run(line, **streams, env=buffered, check=False)
    assert (done.returncode, told(done)) == (1, Messages.load("en")("trouble.no_room_out") + "\n")


def test_something_found_exits_0_and_nothing_found_exits_1(home):
    vidne("talk", "weekly", "--plain", typed=f"{ANSWER}\n", home=home)
    assert vidne("search", "bordene", home=home).returncode == 0
    assert vidne("search", "zyxwv", home=home).returncode == 1


@pytest.mark.parametrize("place", ["before", "after"])
def test_home_and_language_are_taken_before_and_after_the_commands_name(place, tmp_path):
    shared = ["--home", tmp_path / place, "--lang", "en"]
    arguments = [*shared, "rehearse", "weekly"] if place == "before" else ["rehearse", "weekly", *shared]
    assert "# Weekly journal" in said(vidne(*arguments))


MISUSES = [
    ["nope"],
    ["talk"],
    ["talk", "nope", "--plain"],
    ["rehearse", "nope"],
    ["rehearse", "weekly", "--bogus"],
    ["rehearse", "weekly", "extra"],
    ["rehearse", "weekly", "--week", "0"],
    ["--lang", "fr", "rehearse", "weekly"],
    ["search"],
    ["witness", "nope"],
    ["witness", "check", "--as", "nope", "x"],
    ["witness", "eval", "/nowhere/at/all.jsonl"],
]


@pytest.mark.parametrize("arguments", MISUSES, ids=" ".join)
def test_misuse_is_told_in_one_sentence_and_exits_2(arguments, home):
    done = afresh(*arguments, home=home)
    assert done.returncode == 2
    assert said(done) == ""
    assert re.fullmatch(r"[A-ZÆØÅ\"/-].*\.\n", told(done))


@pytest.mark.parametrize("arguments", [[], ["talk"], ["rehearse"], ["search"], ["witness"], ["witness", "check"]])
def test_every_command_explains_itself_in_the_language_spoken(arguments):
    danish, english = (said(vidne(*arguments, "--help", "--lang", lang)) for lang in ("da", "en"))
    assert danish.startswith("vidne")
    assert english.startswith("vidne")
    assert danish != english


def test_the_full_screen_needs_a_terminal_and_says_so(home):
    done = afresh(home=home)
    assert (done.returncode, told(done)) == (1, Messages.load("da")("trouble.needs_terminal") + "\n")


def damaged(home):
    (home / "vault.db").write_bytes(b"not a database" * 1000)


def emptied(home):
    (home / "vault.db").write_bytes(b"")


def without_key(home):
    (home / "vault.key").unlink()


def newer(home):
    note = home / "home.toml"
    note.write_text(note.read_text("utf-8").replace("format = 1", "format = 99"), "utf-8")


@pytest.mark.parametrize("harm", [damaged, emptied, without_key, newer])
def test_a_home_that_cannot_be_read_is_told_in_one_sentence_and_left_as_it_is(harm, home):
    vidne("talk", "weekly", "--plain", typed=f"{ANSWER}\n", home=home)
    harm(home)
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    done = vidne("talk", "weekly", "--plain", typed="zyxwv\n", home=home)
    assert done.returncode == 1
    assert told(done).count("\n") == 1
    assert "Traceback" not in told(done)
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before


def test_a_home_that_cannot_be_made_is_told_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = vidne("talk", "weekly", "--plain", typed="zyxwv\n", home=tmp_path / "file" / "home")
    assert done.returncode == 1
    assert told(done).count("\n") == 1
    assert "zyxwv" not in told(done)


def test_bytes_that_are_no_text_are_mended_and_the_rest_is_kept(home):
    afresh("talk", "weekly", "--plain", typed=b"f\xf8r \xff\x00m\xc3\xb8de zyxwv\n", home=home)
    assert vidne("search", "zyxwv", home=home).returncode == 0


def test_an_error_inside_shows_no_traceback_and_no_word_of_the_members(home, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import assistant.witness.echo as echo\n"
        "def respond(text, *_):\n    raise RuntimeError(text)\n"
        "echo.respond = respond\n"
    )
    done = afresh("talk", "weekly", "--plain", typed="zyxwv\n", home=home, PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert "zyxwv" not in told(done)
    assert "Traceback" not in told(done)
    assert "zyxwv" in said(vidne("talk", "weekly", "--plain", home=home))
