"""`vidne circle` as four members use it, each in a home of their own, with one folder between them."""

import json
import re

import pytest

from assistant.__main__ import House
from assistant.cli.circle import circle
from assistant.cli.main import run
from assistant.messages import LANGS, Messages
from tests.test_cli import said, told, vidne

NAMES = ("anna", "bo", "clara", "dorte")


class Table:
    """Four homes and a folder."""

    def __init__(self, place):
        self.place = place
        self.shared = place / "shared"
        self.shared.mkdir()

    def __call__(self, who, *arguments, code=0, **how):
        done = vidne("circle", *arguments, home=self.place / who, **how)
        assert done.returncode == code, told(done)
        return done

    def invitation(self, name, by="anna"):
        file = self.place / f"{name}.txt"
        file.write_bytes(self(by, "invite", name.title()).stdout)
        return file

    def members(self, who):
        (room,) = json.loads(said(self(who, "status", "--json")))["circles"]
        return {member["name"]: member["state"] for member in room["members"]}


@pytest.fixture
def table(tmp_path):
    table = Table(tmp_path)
    table("anna", "new", "Kredsen", "--name", "Anna", "--with", "Bo", "--folder", table.shared)
    return table


def test_four_members_come_in_and_one_leaves(table):
    for name in NAMES[1:]:
        done = table(name, "join", table.invitation(name))
        assert said(done) == Messages.load("da")("circle.joined", group="Kredsen") + "\n"
        assert Messages.load("da")("circle.not_admitted") in said(table(name, "status"))
    for name in (*NAMES, *NAMES):
        table(name, "sync")
    assert [table.members(name) for name in NAMES] == [dict.fromkeys(("Anna", "Bo", "Clara", "Dorte"), "in")] * 4
    table("clara", "pause")
    table("dorte", "leave", "--take")
    assert "Clara, holder pause" in said(table("anna", "sync")) + said(table("anna", "status"))
    assert table.members("anna") == {"Anna": "in", "Bo": "in", "Clara": "paused", "Dorte": "left"}
    table("clara", "back")
    table("anna", "sync")
    assert table.members("anna")["Clara"] == "in"
    assert json.loads(said(table("dorte", "status", "--json"))) == {"circles": []}


def test_an_invitation_is_taken_as_a_file_as_text_and_from_a_pipe(table):
    table("bo", "join", table.invitation("bo"))
    table("clara", "join", table.invitation("clara").read_text())
    table("dorte", "join", "-", typed=table.invitation("dorte").read_bytes())
    table("anna", "sync")
    assert set(table.members("anna")) == {"Anna", "Bo", "Clara", "Dorte"}


def test_an_invitation_in_a_name_that_the_frame_lacks_is_written_and_told_of(table):
    unnamed = Messages.load("da")("circle.invited_unnamed", name="Clara")
    assert unnamed in told(table("anna", "invite", " Clara "))
    assert "ramme" not in told(table("anna", "invite", "bo"))


@pytest.mark.parametrize(
    ("harm", "key"),
    [
        (lambda text: text[:200], "invitation_cut_short"),
        (lambda text: text[:80].swapcase() + text[80:], "invitation_none"),
        (lambda text: text[:80] + text[80:120].swapcase() + text[120:], "invitation_altered"),
        (lambda text: "hej", "invitation_none"),
    ],
)
def test_an_invitation_that_is_not_whole_is_told_in_one_sentence_and_nothing_is_changed(table, harm, key):
    text = harm(table.invitation("bo").read_text())
    done = table("bo", "join", text, code=1)
    assert Messages.load("da")(f"trouble.{key}") in told(done)
    assert not (table.place / "bo").exists()


def test_an_invitation_used_twice_and_by_someone_who_is_in_are_told(table):
    file = table.invitation("bo")
    table("bo", "join", file)
    assert Messages.load("da")("trouble.invitation_used") in told(table("eva", "join", file, code=1))
    assert not (table.place / "eva").exists()
    assert "Kredsen" in told(table("bo", "join", file, code=1))


def test_what_is_left_out_can_be_asked_for_and_the_rest_is_unharmed(table):
    table("bo", "join", table.invitation("bo"))
    whole = next(path for path in table.shared.iterdir())
    (table.shared / f"{whole.stem} (conflicted copy).vidne").write_bytes(whole.read_bytes()[:90])
    (table.shared / f"{whole.stem}\x1b]0;x\x07.vidne").write_bytes(b"x")
    (table.shared / f"{'a' * 64}.vidne").symlink_to("/etc/hosts")
    synced = json.loads(said(table("anna", "sync", "--json")))
    assert sorted(one["reason"] for one in synced["refused"]) == ["altered", "cut_short", "link"]
    shown = said(table("anna", "refused"))
    assert "\x1b" not in shown
    assert shown.count("\n") == 3
    assert set(table.members("anna")) == {"Anna", "Bo"}


def test_a_file_that_was_read_and_is_damaged_now_is_named_too(table):
    table("bo", "join", table.invitation("bo"))
    table("anna", "sync")
    assert json.loads(said(table("anna", "refused", "--json"))) == {"refused": []}
    harmed = next(path for path in table.shared.iterdir() if path.suffix == ".vidne")
    harmed.write_bytes(harmed.read_bytes()[:-40])
    (named,) = json.loads(said(table("anna", "refused", "--json")))["refused"]
    assert (named["file"], named["reason"]) == (harmed.name, "altered")
    assert set(table.members("anna")) == {"Anna", "Bo"}


def test_a_folder_without_a_name_is_not_the_one_stood_in(table, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    table("anna", "sync", "--folder", "", code=2)
    assert sorted(tmp_path.iterdir()) == before


def test_a_name_that_steers_a_terminal_is_kept_without_what_steers(table):
    table("bo", "new", "\x1b]0;x\x07Bandet", "--name", "\x1b[2JBo\udcff")
    assert table.members("bo") == {"Bo": "in"}


def test_with_two_circles_one_is_said(table):
    done = table("anna", "new", "Naboen", "--name", "Anna")
    assert str(table.place / "anna" / "circle") in said(done)
    done = table("anna", "sync", code=2)
    assert "Naboen" in told(done)
    table("anna", "sync", "--circle", "naboen")
    table("anna", "sync", "--circle", "nope", code=2)
    assert said(table("anna", "status")).count("Anna (dig)") == 2
    assert Messages.load("da")("circle.invited_private") in told(table("anna", "invite", "Bo", "--circle", "Naboen"))
    place = table.place / "moved"
    table("anna", "sync", "--circle", "Naboen", "--folder", place)
    assert len(list(place.iterdir())) == 2


def test_leaving_needs_to_be_told_what_becomes_of_what_was_shared(table):
    for how in ((), ("--take", "--let-stay")):
        done = table("anna", "leave", *how, code=2)
        assert told(done) == Messages.load("da")("trouble.circle_leave_how") + "\n"
    assert table.members("anna") == {"Anna": "in"}


@pytest.mark.parametrize(
    "arguments", [["sync"], ["invite", "Bo"], ["pause"], ["back"], ["leave", "--take"], ["refused"]], ids=" ".join
)
def test_without_a_circle_one_sentence_says_so(arguments, tmp_path):
    vidne("talk", "weekly", "--plain", home=tmp_path / "home")
    done = vidne("circle", *arguments, home=tmp_path / "home", LANG="en_GB.UTF-8")
    assert done.returncode == 1
    assert re.fullmatch(r"[A-ZÆØÅ].*\.\n", told(done))


def test_a_house_that_closes_brings_and_fetches_what_is_new_wherever_the_folder_is_there(table):
    table("bo", "join", table.invitation("bo"))
    table("anna", "new", "Naboen", "--name", "Anna", "--folder", table.place / "away")
    (table.place / "away").rename(table.place / "elsewhere")
    house = House(table.place / "anna")
    house.sync_circles()
    assert "vault" not in house.__dict__  # nothing is asked of one who did not unlock it
    house.unlock(None)
    house.sync_circles()
    assert {member.name for member in house.circles.named("Kredsen").view.here} == {"Anna", "Bo"}
    house.close()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", ["", *circle.commands])
def test_every_command_explains_itself(command, lang, capsys):
    assert run(["circle", *command.split(), "--help", "--lang", lang], House, LANGS) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"vidne circle {command}".strip())
    assert all(len(line) <= 120 for line in shown.splitlines())
