"""What the vault keeps of a circle: outside the member's own search, gone from the bytes when it is taken back."""

import pytest

from assistant.circle.circle import Circle
from assistant.circle.envelope import digest, seal
from assistant.circle.items import Response, Word
from assistant.trouble import Trouble
from assistant.vault import migrations
from assistant.vault.home import Home
from assistant.vault.vault import Vault
from tests.circles import DAY, Group, bytes_of, passage
from tests.test_vault import shaped
from tests.vaults import decrypted, made

CANARY = "žqxvaskeklud"


@pytest.fixture
def group(tmp_path):
    group = Group(tmp_path, "Anna", "Bo", "Clara")
    yield group
    group.close()


def times_in(group, name):
    """Count the canary in the decrypted pages of a member's vault; it is in no file in the clear."""
    home = Home(group.place / f"home {name}")
    assert not any(CANARY.encode() in path.read_bytes() for path in group.place.rglob("*") if path.is_file())
    return sum(page.count(CANARY.encode()) for page in decrypted(home))


def test_what_is_taken_back_is_in_no_page_of_anyones_vault_and_in_no_file(group):
    item = group.rooms["Bo"].share(passage(f"Jeg sagde {CANARY} " + "ord " * 900))
    group.sync()
    before = group.rooms["Bo"].folder.names()
    group.rooms["Clara"].respond(Response(to=item.id, expression=CANARY))
    group.sync()
    assert all(times_in(group, name) for name in group.rooms)
    group.rooms["Bo"].withdraw(item.id)
    assert times_in(group, "Bo") == 0
    group.sync()
    assert [times_in(group, name) for name in group.rooms] == [0, 0, 0]
    assert len(before - group.rooms["Bo"].folder.names()) == 1
    assert all(vault.faults() == () for vault in group.vaults.values())


def test_what_is_taken_back_does_not_come_again_with_an_old_file(group):
    item = group.rooms["Bo"].share(passage(CANARY))
    old = {path: path.read_bytes() for path in group.folder.path.iterdir()}
    group.sync()
    group.rooms["Bo"].withdraw(item.id)
    group.sync()
    gone = [path for path in old if not path.exists()]
    assert gone
    for path in gone:
        path.write_bytes(old[path])
        path.with_name(path.stem + " 2.vidne").write_bytes(old[path])
    group.sync()
    assert not any(path.exists() for path in gone)
    assert [times_in(group, name) for name in group.rooms] == [0, 0, 0]


def test_a_withdrawal_that_comes_first_keeps_the_words_from_ever_being_kept(group):
    item = group.rooms["Bo"].share(passage(CANARY))
    held = {path: path.read_bytes() for path in group.folder.path.iterdir()}
    group.rooms["Bo"].withdraw(item.id)
    group.rooms["Anna"].sync()
    for path, content in held.items():
        path.write_bytes(content)
    group.rooms["Anna"].sync()
    assert times_in(group, "Anna") == 0
    assert group.rooms["Anna"].view.passages == ()


def test_a_word_taken_back_while_another_lets_a_newcomer_read_it_does_not_come_again(group):
    anna, bo = group.rooms["Anna"], group.rooms["Bo"]
    word = anna.bring(Word(word=CANARY, by=anna.me.key, found=DAY))
    group.sync()
    again = seal(bo._ledger.signed[word.id], [member.recipient for member in bo.view.here], [])
    anna.withdraw(word.id)
    group.sync()
    (group.folder.path / f"{digest(again)}.vidne").write_bytes(again)
    group.sync()
    assert digest(again) not in group.folder.names()
    assert [times_in(group, name) for name in group.rooms] == [0, 0, 0]


def test_leaving_erases_the_circle_from_ones_own_vault(group):
    group.rooms["Anna"].share(passage(CANARY))
    group.sync()
    assert times_in(group, "Bo")
    group.rooms["Bo"].leave(take=False)
    assert times_in(group, "Bo") == 0
    assert group.vaults["Bo"].circles.belongings() == ()


def test_what_others_wrote_is_not_found_among_ones_own_words(group):
    group.rooms["Anna"].share(passage(CANARY))
    group.sync()
    assert times_in(group, "Bo")
    assert group.vaults["Bo"].search(CANARY) == ()


def test_the_member_is_told_when_another_window_still_holds_the_bytes(group):
    item = group.rooms["Bo"].share(passage(CANARY))
    with Vault.open(Home(group.place / "home Bo")) as other:
        twice = "SELECT content FROM circle_items UNION ALL SELECT content FROM circle_items"
        reading = other._connection.execute(twice)
        reading.fetchone()
        group.vaults["Bo"]._connection.execute("PRAGMA busy_timeout = 10")
        with pytest.raises(Trouble, match="forgotten_in_part"):
            group.rooms["Bo"].withdraw(item.id)
        assert not group.rooms["Bo"].sync().swept
        reading.close()
    assert group.rooms["Bo"].view.passages == ()
    assert group.rooms["Bo"].sync().swept
    assert times_in(group, "Bo") == 0


def test_an_older_vault_gets_a_seed_and_keeps_it(tmp_path):
    home = shaped(tmp_path / "old", migrations.STEPS[:2], 2)
    with Vault.open(home) as vault:
        seed = vault.circles.seed
        assert len(seed) == 32
        assert vault.circles.belongings() == ()
    with Vault.open(home) as vault, made(tmp_path / "other") as other:
        assert vault.circles.seed == seed != other.circles.seed


def test_two_circles_of_one_member_know_nothing_of_each_other(tmp_path):
    one = Group(tmp_path / "one", "Anna", "Bo")
    other = Group(tmp_path / "other", "Clara", "Dorte", circle="d2" * 16, group="Den anden")
    other.vaults["Anna"] = one.vaults["Anna"]
    other.join("Anna", other.rooms["Clara"].invite("Anna", bytes_of("to anna")))
    other.sync()
    one.rooms["Anna"].share(passage("kun til Bo"))
    other.rooms["Anna"].share(passage("kun til Clara og Dorte"))
    one.sync()
    other.sync()
    here, there = one.rooms["Anna"], other.rooms["Anna"]
    assert [entry.body.text for entry in here.view.passages] == ["kun til Bo"]
    assert [entry.body.text for entry in there.view.passages] == ["kun til Clara og Dorte"]
    assert not {here.me.key, here.me.recipient} & {there.me.key, there.me.recipient}
    for path in one.folder.path.iterdir():
        (other.folder.path / path.name).write_bytes(path.read_bytes())  # the wrong folder, or somebody's trick
    before = there.view
    other.sync()
    assert there.view == before == other.rooms["Clara"].view
    assert there.refused() == ()  # they are sealed to other keys, so not even that can be told
    one.close()
    other.close()


def test_what_is_written_while_the_folder_is_away_is_kept_and_brought_later(group):
    anna = group.rooms["Anna"]
    away = group.folder.path.with_name("away")
    group.folder.path.rename(away)
    anna.share(passage("i toget"))
    with pytest.raises(Trouble, match="circle_folder_gone"):
        anna.sync()
    away.rename(group.folder.path)
    assert anna.sync().waiting == 0
    group.sync()
    assert [entry.body.text for entry in group.rooms["Bo"].view.passages] == ["i toget"]


def test_a_kill_between_vault_and_folder_loses_nothing(group):
    anna = group.rooms["Anna"]
    with anna._ledger.keeper.writing():
        anna._ledger.write(passage("lige før"))  # and then the power goes
    again = group.reopened("Anna")
    again.sync()
    group.sync()
    assert [entry.body.text for entry in group.rooms["Bo"].view.passages] == ["lige før"]


def test_a_folder_can_be_moved_and_what_one_shared_reaches_those_it_was_shared_with_only(group, tmp_path):
    anna = group.rooms["Anna"]
    anna.share(passage("før Dorte"))
    group.sync()
    group.join("Dorte", anna.invite("Dorte", bytes_of("Dorte")))
    group.sync()
    place = tmp_path / "new place"
    place.mkdir()
    group.rooms = {name: group.moved(name, place) for name in group.rooms}
    group.sync()
    assert [entry.body.text for entry in group.rooms["Bo"].view.passages] == ["før Dorte"]
    assert group.rooms["Dorte"].view.passages == ()
    assert len(list(place.iterdir())) > 5


def test_who_has_left_is_known_in_a_new_folder_too(group, tmp_path):
    group.rooms["Bo"].leave(take=False)
    del group.rooms["Bo"]
    group.rooms["Anna"].sync()
    place = tmp_path / "new place"
    place.mkdir()
    group.rooms = {name: group.moved(name, place) for name in group.rooms}  # before Clara saw it in the old one
    group.sync()
    assert [member.state for member in group.rooms["Clara"].view.members] == ["in", "left", "in"]


def test_an_answer_goes_to_those_who_could_read_what_it_answers(group):
    item = group.rooms["Anna"].share(passage("før Dorte"))
    group.sync()
    dorte = group.join("Dorte", group.rooms["Anna"].invite("Dorte", bytes_of("Dorte")))
    group.sync()
    group.rooms["Bo"].respond(Response(to=item.id, expression="før"))
    group.sync()
    assert len(group.rooms["Anna"].view.responses) == 1
    assert not any(kept[4] == "response" for kept in dorte._ledger.keeper.items())


def test_a_circle_is_opened_from_the_vault_without_the_folder(group):
    group.rooms["Bo"].share(passage("hej"))
    group.sync()
    before = group.rooms["Anna"].view
    for path in group.folder.path.iterdir():
        path.unlink()
    group.folder.path.rmdir()
    assert group.reopened("Anna").view == before
    assert isinstance(group.reopened("Anna"), Circle)
