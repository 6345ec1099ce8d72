"""A home is private from its first byte, never overwritten, and what cannot be opened is told and left as it was."""

import os
import re
import shutil
import stat
import subprocess
import sys

import keyring
import keyring.backend
import pytest
from keyring.backends import fail, null

from assistant.messages import LANGS, Messages
from assistant.trouble import Trouble
from assistant.vault.home import Home
from assistant.vault.keys import KeyFile, Keyring, Passphrase
from assistant.vault.vault import Vault
from tests.vaults import METTE, PAGE, ROOT, answered, begun, files, made

WORDS = "blå kaffe i regnvejr"


class Drawer(keyring.backend.KeyringBackend):
    """A keyring that keeps what it is given, for as long as the test lasts."""

    priority = 5

    def __init__(self, kept: dict) -> None:  # it takes something, so that keyring never picks it by itself
        super().__init__()
        self.kept: dict[tuple[str, str], str] = kept
        self.shut = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.shut:
            raise keyring.errors.KeyringLocked("shut")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def drawer():
    before = keyring.get_keyring()
    keyring.set_keyring(drawer := Drawer({}))
    yield drawer
    keyring.set_keyring(before)


@pytest.fixture
def home(tmp_path):
    """A closed home with a year's worth of turns in it."""
    with made(tmp_path / "home") as vault:
        for week in range(40):
            vault.keep(begun(vault), answered(f"uge {week} " + "ord " * 200))
    return Home(tmp_path / "home")


def told(act) -> str:
    """Give the sentence's name that `act` ends in; it must be there in both languages, with all that goes into it."""
    with pytest.raises(Trouble) as caught:
        act()
    trouble = caught.value
    for lang in LANGS:
        sentence = Messages.load(lang)(trouble.key, **trouble.values)
        assert re.fullmatch(r"[A-ZÆØÅ/].*\.", sentence)
    assert trouble.__context__ is None or trouble.__suppress_context__
    return trouble.key.removeprefix("trouble.")


# Made


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o277, 0o777])
def test_everything_is_for_the_member_alone_whatever_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        with made(tmp_path / "home") as vault:
            vault.keep(begun(vault), answered("et ord"))
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "home").iterdir()}
            vault.keep_profile(METTE)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    names = ("home.toml", "vault.db", "vault.db-shm", "vault.db-wal", "vault.key")
    assert modes == dict.fromkeys(names, 0o600)


def test_every_file_is_private_when_it_is_made_and_not_only_afterwards(tmp_path):
    script = """
import os, sys
from pathlib import Path
from tests.vaults import made
os.umask(0)
def touched(event, args):
    for path in Path(sys.argv[1]).glob("*"):
        if path.stat().st_mode & 0o077:
            print(path.name, event)
sys.addaudithook(lambda event, args: touched(event, args) if event in ("open", "os.rename", "os.chmod") and
    str(args[0]).startswith(sys.argv[1]) else None)
made(Path(sys.argv[1])).close()
"""
    command = [sys.executable, "-c", script, str(tmp_path / "home")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == ""


def test_no_crash_leaves_a_core_file(tmp_path):
    import resource

    made(tmp_path / "home").close()
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)


def test_a_restored_home_is_closed_to_others_again(home):
    home.folder.chmod(0o755)
    home.database.chmod(0o644)
    Vault.open(home).close()
    assert stat.S_IMODE(home.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(home.database.stat().st_mode) == 0o600


def test_an_existing_home_is_never_overwritten(home):
    before = files(home)
    assert told(lambda: made(home.folder)) == "home_exists"
    home.note_file.rename(home.folder.parent / "home.toml")
    assert home.exists
    assert told(lambda: made(home.folder)) == "home_exists"
    (home.folder.parent / "home.toml").rename(home.note_file)
    assert files(home) == before


def test_a_key_that_lies_there_is_taken_and_not_overwritten(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "vault.key").write_bytes(b"k" * 32)
    made(tmp_path / "home").close()
    assert Home(tmp_path / "home").key_file.read_bytes() == b"k" * 32


def test_a_folder_with_other_things_in_it_is_not_closed_to_those_who_use_it(tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o755)
    (tmp_path / "shared" / "minutes.odt").write_text("theirs")
    assert told(lambda: made(tmp_path / "shared")) == "folder_shared"
    assert stat.S_IMODE((tmp_path / "shared").stat().st_mode) == 0o755
    (tmp_path / "shared" / "minutes.odt").rename(tmp_path / "shared" / "prompts")
    made(tmp_path / "shared").close()
    assert stat.S_IMODE((tmp_path / "shared").stat().st_mode) == 0o700


def test_a_place_where_no_folder_can_be_is_told(tmp_path):
    (tmp_path / "file").write_text("no folder")
    assert told(lambda: made(tmp_path / "file" / "home")) == "home_unwritable"
    assert told(lambda: made(tmp_path / "file")) == "home_unwritable"


# Protected


def test_the_language_and_the_protection_can_be_read_without_the_key(tmp_path):
    with made(tmp_path / "home", Passphrase(WORDS)):
        pass
    assert (Home(tmp_path / "home").lang, Home(tmp_path / "home").protection) == ("da", "passphrase")
    assert Home(tmp_path / "nowhere").lang is None
    assert not Home(tmp_path / "nowhere").exists


def test_a_passphrase_opens_its_vault_and_another_changes_nothing(tmp_path):
    with made(tmp_path / "home", Passphrase(WORDS)) as vault:
        vault.keep(begun(vault), answered("bag lås"))
    home = Home(tmp_path / "home")
    before = files(home)
    for wrong in ("Blå kaffe i regnvejr", "", "\x00", "\ud800"):
        assert told(lambda wrong=wrong: Vault.open(home, lambda: wrong)) == "passphrase_wrong"
    assert told(lambda: Vault.open(home)) == "passphrase_needs_terminal"
    assert files(home) == before
    assert not any(WORDS.encode() in content for content in before.values())
    with Vault.open(home, lambda: "bla\u030a kaffe i regnvejr") as vault:  # as another keyboard writes å
        assert vault.turns(1) == (answered("bag lås"),)


def test_a_blank_passphrase_makes_no_home(tmp_path):
    assert told(lambda: made(tmp_path / "home", Passphrase(" \u200b"))) == "passphrase_blank"
    assert not Home(tmp_path / "home").exists


def test_a_passphrase_is_in_no_repr():
    assert WORDS not in repr(Passphrase(WORDS))


def test_a_keyring_opens_its_vault_and_nothing_else_does(tmp_path, drawer):
    assert Keyring.available()
    with made(tmp_path / "home", Keyring()) as vault:
        vault.keep(begun(vault), answered("i skuffen"))
    home = Home(tmp_path / "home")
    assert sorted(files(home)) == ["home.toml", "vault.db"]
    with Vault.open(home) as vault:
        assert vault.turns(1) == (answered("i skuffen"),)
    drawer.shut = True
    assert told(lambda: Vault.open(home)) == "keyring_closed"
    drawer.shut = False
    drawer.kept.clear()
    assert told(lambda: Vault.open(home)) == "keyring_lost"


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring])
def test_a_computer_without_a_keyring_says_so_and_keeps_no_key_elsewhere(tmp_path, drawer, backend):
    keyring.set_keyring(backend())
    assert not Keyring.available()
    assert told(lambda: made(tmp_path / "home", Keyring())) == "keyring_missing"
    assert list((tmp_path / "home").iterdir()) == []


def test_a_keyring_that_forgets_at_once_is_not_trusted(tmp_path, drawer, monkeypatch):
    monkeypatch.setattr(drawer, "set_password", lambda *_: None)
    assert told(lambda: made(tmp_path / "home", Keyring())) == "keyring_missing"
    assert not Home(tmp_path / "home").exists


def test_the_protection_can_be_changed_and_the_old_one_opens_nothing_more(tmp_path, drawer):
    home = Home(tmp_path / "home")
    with made(home.folder) as vault:
        vault.keep(begun(vault), answered("de samme ord"))
        for protection in (Keyring(), Passphrase("først"), Passphrase("siden"), KeyFile(), Passphrase(WORDS)):
            vault.protect(protection)
            assert home.protection == protection.name
            assert home.key_file.exists() == (protection.name == "key-file")
            assert len(drawer.kept) == (protection.name == "keyring")
    assert told(lambda: Vault.open(home, lambda: "først")) == "passphrase_wrong"
    with Vault.open(home, lambda: WORDS) as vault:
        assert vault.turns(1) == (answered("de samme ord"),)


def test_a_key_file_left_by_a_kill_is_removed_once_a_passphrase_keeps_the_key(home):
    key = home.key_file.read_bytes()
    with Vault.open(home) as vault:
        vault.protect(Passphrase(WORDS))
    home.key_file.write_bytes(key)
    Vault.open(home, lambda: WORDS).close()
    assert not home.key_file.exists()


# Damaged


def lost(home: Home, name: str) -> None:
    (home.folder / name).unlink()


def written(home: Home, name: str, text: str) -> None:
    (home.folder / name).write_text(text, "utf-8")


TROUBLES = {
    "an empty database": (lambda home: written(home, "vault.db", ""), "vault_damaged"),
    "text for a database": (lambda home: written(home, "vault.db", "Kære dagbog\n" * 5000), "vault_damaged"),
    "no database": (lambda home: lost(home, "vault.db"), "vault_missing"),
    "no key": (lambda home: lost(home, "vault.key"), "key_missing"),
    "half a key": (lambda home: written(home, "vault.key", "k" * 16), "key_damaged"),
    "another key": (lambda home: written(home, "vault.key", "k" * 32), "vault_damaged"),
    "no note": (lambda home: lost(home, "home.toml"), "note_missing"),
    "an empty note": (lambda home: written(home, "home.toml", ""), "note_damaged"),
    "a note in no form": (lambda home: written(home, "home.toml", "format = = 1"), "note_damaged"),
    "an unknown protection": (
        lambda home: written(home, "home.toml", 'format = 1\nlang = "da"\nprotection = "hope"'), "note_damaged",
    ),
    "a note without its key": (
        lambda home: written(home, "home.toml", 'format = 1\nlang = "da"\nprotection = "passphrase"'), "note_damaged",
    ),
    "a newer note": (lambda home: written(home, "home.toml", 'format = 2\nlang = "da"\nkeys = 3'), "home_newer"),
    "no home": (lambda home: shutil.rmtree(home.folder), "home_missing"),
}  # fmt: skip


@pytest.mark.parametrize("what", TROUBLES)
def test_what_cannot_be_opened_is_told_and_left_as_it_was(home, what):
    damage, sentence = TROUBLES[what]
    damage(home)
    before = files(home) if home.folder.exists() else {}
    assert told(lambda: Vault.open(home, lambda: WORDS)) == sentence
    assert (files(home) if home.folder.exists() else {}) == before


@pytest.mark.parametrize("what", ["an empty database", "text for a database", "another key"])
def test_what_waits_beside_a_damaged_database_is_left_too(home, what):
    with Vault.open(home) as vault:
        vault.keep(begun(vault), answered("det sidste"))
        waiting = home.folder / "vault.db-wal"
        saved = waiting.read_bytes()
    waiting.write_bytes(saved)
    damage, sentence = TROUBLES[what]
    damage(home)
    before = files(home)
    assert told(lambda: Vault.open(home)) == sentence
    assert {name: content for name, content in files(home).items() if name != "vault.db-shm"} == before


def test_a_flipped_bit_anywhere_is_told_and_never_read_as_words(home, capfd):
    sound = home.database.read_bytes()
    with Vault.open(home) as vault:
        turns = [vault.turns(sitting.id) for sitting in vault.sittings()]
    pages = len(sound) // PAGE
    for page in range(pages):
        at = page * PAGE + (page * 997) % PAGE
        home.database.write_bytes(sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :])
        try:
            with Vault.open(home) as vault:
                assert any("HMAC" in fault for fault in vault.faults())
                read = [vault.turns(sitting.id) for sitting in vault.sittings()]
            assert read == turns
        except Trouble as trouble:
            assert trouble.key == "trouble.vault_damaged"
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")
