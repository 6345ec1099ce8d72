"""Erased means gone from the bytes: the test first finds a rare word in the decrypted pages, and then nowhere."""

import random

import pytest

from assistant.guides.events import Turn
from assistant.trouble import Trouble
from assistant.vault.home import Home
from assistant.vault.vault import Vault
from tests.vaults import AT, answered, begun, decrypted, files, made

CANARY = "žqxvaskeklud"
"""No other word begins like it, so that the index holds it whole."""
TEXT = "jeg stod i døren og så mig selv tale før de andre var færdige med at tænke tavsheden bordet mødet"
WORDS = TEXT.split()


def times_in(home: Home) -> int:
    """Count the canary in every decrypted page, and look that it is in no file in the clear."""
    assert not any(CANARY.encode() in content for content in files(home).values())
    return sum(page.count(CANARY.encode()) for page in decrypted(home))


def a_year_of(vault: Vault, dice: random.Random, turns: int) -> None:
    sitting = begun(vault)
    for _ in range(turns):
        vault.keep(sitting, answered(" ".join(dice.choices(WORDS, k=dice.choice((3, 40, 900))))))


@pytest.mark.parametrize("seed", [*range(12), 222])  # 222 left the word in the unused middle of a rebuilt page
def test_forgotten_words_are_in_no_page_of_no_file(tmp_path, seed):
    dice = random.Random(seed)
    with made(tmp_path / "home") as vault:
        home = Home(tmp_path / "home")
        a_year_of(vault, dice, 60)
        sitting = begun(vault)
        for length in range(2, 8):  # as it is typed
            words = dice.choices(WORDS, k=length ** dice.choice((1, 4)))
            vault.keep_draft(sitting, "notice", " ".join([CANARY, *words]))
        for _ in range(dice.choice((1, 2, 3))):
            text = " ".join([*dice.choices(WORDS, k=dice.choice((2, 700))), CANARY, *dice.choices(WORDS, k=9)])
            vault.keep(sitting, answered(text, "sealed"))
            a_year_of(vault, dice, dice.choice((0, 5)))
        vault.keep_draft(sitting, "notice", f"{CANARY} og mere")
        assert times_in(home) > 2
        vault.forget(sitting, 3)
        assert times_in(home) == 0
        assert vault.faults() == ()
        assert vault.search(CANARY) == ()
        assert vault.draft(sitting) is None
        assert {turn.text for turn in vault.turns(sitting)} == {""}


def test_forgotten_words_are_in_the_index_before_and_not_after(tmp_path):
    with made(tmp_path / "home") as vault:
        sitting = begun(vault)
        vault.keep(sitting, answered(f"Det er {CANARY}", "sealed"))
        assert len(vault.search(CANARY)) == 1
        assert times_in(Home(tmp_path / "home")) >= 2  # in the turn and in the index
        vault.forget(sitting, 1)
        assert times_in(Home(tmp_path / "home")) == 0


def test_a_half_written_answer_leaves_nothing_when_it_is_replaced_or_kept(tmp_path):
    with made(tmp_path / "home") as vault:
        sitting = begun(vault)
        vault.keep_draft(sitting, "notice", CANARY * 900)
        vault.keep_draft(sitting, "notice", "noget andet")
        vault.keep(sitting, answered("noget tredje"))
    assert times_in(Home(tmp_path / "home")) == 0


def test_only_the_last_sealed_turns_are_forgotten(tmp_path):
    with made(tmp_path / "home") as vault:
        sitting = begun(vault)
        other = begun(vault)
        kept = [answered("først"), answered("ældre", "sealed"), answered("midt imellem")]
        for turn in (*kept, answered("nyere", "sealed"), answered("nyest", "sealed")):
            vault.keep(sitting, turn)
        vault.keep(other, answered("en andens", "sealed"))
        vault.forget(sitting, 2)
        assert vault.turns(sitting) == (*kept, answered("", "sealed"), answered("", "sealed"))
        assert vault.turns(other) == (answered("en andens", "sealed"),)
        assert vault.sitting(sitting).words == 4


def test_the_member_is_told_when_another_window_still_holds_the_bytes_and_may_erase_again(tmp_path):
    with made(tmp_path / "home") as vault, Vault.open(Home(tmp_path / "home")) as other:
        sitting = begun(vault)
        vault.keep(sitting, answered(CANARY, "sealed"))
        reading = other._connection.execute("SELECT text FROM turns UNION ALL SELECT text FROM turns")
        reading.fetchone()
        vault._connection.execute("PRAGMA busy_timeout = 10")
        with pytest.raises(Trouble) as trouble:
            vault.forget(sitting, 1)
        assert trouble.value.key == "trouble.forgotten_in_part"
        reading.close()
        vault.forget(sitting, 1)
        assert times_in(Home(tmp_path / "home")) == 0


@pytest.mark.parametrize("sql", ["DELETE FROM turns", "UPDATE turns SET text = 'andet'", "UPDATE turns SET text = ''"])
def test_nothing_but_forgetting_changes_what_was_kept(tmp_path, sql):
    with made(tmp_path / "home") as vault:
        sitting = begun(vault)
        vault.keep(sitting, answered("som jeg skrev det"))
        with pytest.raises(Exception, match="only ever added"):
            vault._connection.execute(sql)
        assert vault.turns(sitting) == (answered("som jeg skrev det"),)


def test_a_choice_and_an_ending_have_no_words_to_forget(tmp_path):
    with made(tmp_path / "home") as vault:
        sitting = begun(vault)
        turns = (Turn("chose", "notice", "delete", AT), Turn("finished", "notice", at=AT))
        for turn in turns:
            vault.keep(sitting, turn)
        vault.forget(sitting, 5)
        assert vault.turns(sitting) == turns
