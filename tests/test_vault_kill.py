"""What was acknowledged is kept: through `kill -9` at any moment, a full disk, and two processes on one home.

`--kills 1000` does it as often as the promise says.
"""

import random

import pytest

from assistant.vault.home import Home
from assistant.vault.vault import Draft, Vault
from tests.keeper import text
from tests.vaults import METTE, answered, begun, files, made, run


def numbers(lines: list[str], word: str) -> list[int]:
    return [int(line.split()[1]) for line in lines if line.startswith(f"{word} ") and line.endswith("\n")]


def killed(home: Home, dice: random.Random) -> list[str]:
    """Let a process keep turns, kill it at a random moment, and give what it had acknowledged by then."""
    with run("tests.keeper", "keeps", home.folder, 10_000) as keeper:
        lines = [keeper.stdout.readline() for _ in range(dice.randrange(1, 60))]
        for _ in range(dice.randrange(20_000)):
            pass  # about a millisecond at most, so that the kill falls anywhere within the keeping of a turn
        keeper.kill()
        return lines + keeper.stdout.readlines()


def test_every_acknowledged_turn_and_draft_is_there_after_a_kill(tmp_path, request):
    dice = random.Random(7731)
    acknowledged: dict[Home, dict[int, int]] = {}
    for kill in range(request.config.getoption("--kills")):
        home = Home(tmp_path / f"home{kill // 50}")  # each home is killed fifty times
        if home not in acknowledged:
            acknowledged[home] = {}
            made(home.folder).close()
        lines = killed(home, dice)
        with Vault.open(home) as vault:
            assert vault.faults() == ()
            for sitting in numbers(lines, "sitting"):
                drafts, turns = numbers(lines, "draft"), numbers(lines, "turn")
                kept = vault.turns(sitting)
                assert kept == tuple(answered(text("turn", number)) for number in range(len(kept)))
                assert len(turns) <= len(kept) <= len(turns) + 1
                draft = vault.draft(sitting)
                if len(drafts) > len(kept):
                    assert draft is not None
                if draft is not None:
                    assert draft == Draft("notice", text("draft", len(kept)))
                acknowledged[home][sitting] = len(turns)
    for home, sittings in acknowledged.items():
        with Vault.open(home) as vault:
            assert vault.profile == METTE
            assert all(len(vault.turns(sitting)) >= turns for sitting, turns in sittings.items())
    print(f"{sum(sum(sittings.values()) for sittings in acknowledged.values())} acknowledged turns, all there")


def test_a_home_whose_making_is_killed_at_any_touch_is_completed_or_made_again(tmp_path):
    for touch in range(1, 200):
        home = Home(tmp_path / f"home{touch}")
        with run("tests.maker", home.folder, touch) as maker:
            pass
        existed = home.exists
        with Vault.open(home) if existed else made(home.folder) as vault:
            assert vault.profile == METTE
            assert vault.faults() == ()
            sitting = begun(vault)
            vault.keep(sitting, answered("det første"))
        with Vault.open(home) as vault:
            assert vault.turns(sitting) == (answered("det første"),)
        assert sorted(files(home)) == ["home.toml", "vault.db", "vault.key"]
        if maker.returncode == 0:
            assert existed
            break
    assert touch > 10
    assert maker.returncode == 0


def test_two_processes_on_one_home_lose_nothing(tmp_path):
    made(tmp_path / "home").close()
    home = Home(tmp_path / "home")
    with run("tests.keeper", "keeps", home.folder, 60) as one, run("tests.keeper", "keeps", home.folder, 60) as other:
        sittings = [numbers(keeper.communicate()[0].splitlines(True), "sitting")[0] for keeper in (one, other)]
    assert (one.returncode, other.returncode) == (0, 0)
    with Vault.open(home) as vault:
        for sitting in sittings:
            assert vault.turns(sitting) == tuple(answered(text("turn", number)) for number in range(60))
        assert vault.faults() == ()


def test_a_full_disk_is_told_and_what_was_kept_before_and_after_is_there(tmp_path):
    made(tmp_path / "home").close()
    home = Home(tmp_path / "home")
    with run("tests.keeper", "fills_the_disk", home.folder, 10_000) as keeper:
        said = keeper.communicate()[0].splitlines(True)
    assert keeper.returncode == 0
    assert [line for line in said if line.startswith("trouble.")] == ["trouble.disk_failed\n"]  # EFBIG, not ENOSPC
    turns = numbers(said, "turn")
    assert len(turns) > 5
    with Vault.open(home) as vault:
        assert vault.faults() == ()
        (sitting,) = numbers(said, "sitting")
        assert vault.turns(sitting) == tuple(answered(text("turn", number)) for number in turns)


@pytest.mark.parametrize("mode", [0o500, 0o555])
def test_a_folder_that_may_only_be_read_is_read_and_left_as_it_was(tmp_path, mode):
    with made(tmp_path / "home") as vault:
        vault.keep(begun(vault), answered("før"))
    home = Home(tmp_path / "home")
    before = files(home)
    home.folder.chmod(mode)
    with run("tests.keeper", "may_not_write", home.folder, 0) as keeper:
        said = keeper.stdout.read().split()
    home.folder.chmod(0o700)
    assert said == ["før", "trouble.vault_unwritable", "trouble.home_unwritable"]
    assert files(home) == before


def test_what_waits_beside_a_database_that_may_only_be_read_is_never_left_out(tmp_path):
    home = Home(tmp_path / "home")
    with made(home.folder) as vault:
        vault.keep(begun(vault), answered("før"))
        waiting = home.database.with_name("vault.db-wal").read_bytes()
    home.database.with_name("vault.db-wal").write_bytes(waiting)  # as a kill leaves it
    home.folder.chmod(0o500)
    with run("tests.keeper", "may_not_write", home.folder, 0) as keeper:
        said = keeper.stdout.read().split()
    home.folder.chmod(0o700)
    assert said[0] == "trouble.vault_unwritable"
