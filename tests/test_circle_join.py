"""Coming in, stepping aside and leaving well; an invitation holds once, for one person, in one circle."""

from dataclasses import replace

import pytest

from assistant.circle.circle import Circle
from assistant.circle.invitation import Invitation
from assistant.sittings.circles import Circles
from assistant.trouble import Trouble
from assistant.vault.home import Home
from tests.circles import Group, bytes_of, charter, passage
from tests.vaults import made


@pytest.fixture
def group(tmp_path):
    group = Group(tmp_path, "Anna", "Bo", "Clara")
    yield group
    group.close()


def test_an_invitation_that_has_been_used_is_told_before_anything_is_changed(group):
    used = group.rooms["Anna"].invite("Bo den anden", bytes_of("Dorte"))
    group.join("Dorte", used)
    before = group.folder.names()
    with pytest.raises(Trouble, match="invitation_used"):
        group.join("Eva", used)
    assert group.vaults["Eva"].circles.belongings() == ()
    assert group.folder.names() == before


def test_of_two_who_use_one_invitation_apart_one_is_in_and_everyone_agrees_who(group, tmp_path):
    invitation = group.rooms["Anna"].invite("Dorte", bytes_of("Dorte"))
    shared = group.folder.path
    shared.rename(tmp_path / "away")
    shared.mkdir()
    group.join("Dorte", invitation)  # on a train
    first = {path.name: path.read_bytes() for path in shared.iterdir()}
    for path in shared.iterdir():
        path.unlink()
    group.join("Eva", invitation)  # on another
    for name, content in first.items():
        (shared / name).write_bytes(content)
    for path in (tmp_path / "away").iterdir():
        path.rename(shared / path.name)
    group.sync()
    inside = {name for name in ("Dorte", "Eva") if group.rooms[name].admitted}
    assert len(inside) == 1
    assert {member.name for member in group.rooms["Anna"].view.here} == {"Anna", "Bo", "Clara", *inside}
    assert group.rooms["Anna"].view == group.rooms["Clara"].view
    assert [one.reason for one in group.rooms["Bo"].sync().refused] == ["invitation_used"]


def test_all_who_knock_are_let_in_by_one_sync_of_one_member(group):
    names = ("Dorte", "Eva", "Finn", "Gry", "Hans")
    invitations = {name: group.rooms["Anna"].invite(name, bytes_of(name)) for name in names}
    for name, invitation in invitations.items():
        group.join(name, invitation)
        assert group.rooms[name].sync().refused == ()
    group.rooms["Anna"].sync()
    assert {member.name for member in group.rooms["Anna"].view.here} == {"Anna", "Bo", "Clara", *names}
    for name in names:
        group.rooms[name].sync()
        assert group.rooms[name].view.members == group.rooms["Anna"].view.members


def test_whoever_is_in_already_is_told(group, tmp_path):
    circles = Circles(Home(tmp_path / "home Bo"), group.vaults["Bo"], lambda: bytes_of("chance"))
    with pytest.raises(Trouble, match="invitation_inside"):
        circles.join(str(group.rooms["Anna"].invite("Dorte", bytes_of("Dorte"))))


def test_a_folder_of_another_of_ones_circles_is_told(group, tmp_path):
    other = Group(tmp_path / "other", "Eva", circle="d2" * 16, group="Den anden")
    circles = Circles(Home(tmp_path / "home Bo"), group.vaults["Bo"], lambda: bytes_of("chance"))
    text = str(other.rooms["Eva"].invite("Bo", bytes_of("Bo i den anden")))
    with pytest.raises(Trouble, match="circle_folder_taken"):
        circles.join(text, folder=group.folder.path)
    with pytest.raises(Trouble, match="invitation_folder"):
        circles.join(text, folder=tmp_path / "nowhere")
    joined = circles.join(text)
    other.sync()
    joined.sync()
    assert joined.admitted
    assert [one.name for one in circles.all()] == ["Kredsen", "Den anden"]
    assert circles.named("den ANDEN").id == "d2" * 16
    with pytest.raises(Trouble, match="circle_which"):
        circles.named(None)
    with pytest.raises(Trouble, match="circle_no_such"):
        circles.named("En tredje")
    other.close()


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "x" * 201])
def test_a_name_nobody_could_be_called_by_is_told(group, name):
    with pytest.raises(Trouble, match="circle_name_blank"):
        group.rooms["Anna"].invite(name, bytes_of("x"))


@pytest.mark.parametrize("name", ["🦊" * 20, "Ø" * 200, "Bo [bold]x[/]"])
def test_a_name_may_be_long_or_made_of_emoji(group, name):
    room = group.join(name[:20], group.rooms["Anna"].invite(name, bytes_of(name)))
    group.sync()
    assert room.admitted


def test_a_name_that_someone_here_has_is_told(group):
    with pytest.raises(Trouble, match="circle_name_taken"):
        group.rooms["Anna"].invite(" bo ", bytes_of("x"))


def test_a_newcomer_who_cannot_see_the_others_yet_writes_nothing(group):
    dorte = group.join("Dorte", group.rooms["Anna"].invite("Dorte", bytes_of("Dorte")))
    for act in (
        lambda: dorte.share(passage("hej")),
        lambda: dorte.invite("Eva", bytes_of("Eva")),
        dorte.pause,
        lambda: dorte.agree(charter("Dorte")),
    ):
        with pytest.raises(Trouble, match="circle_waiting"):
            act()


def test_someone_who_pauses_reads_along_and_comes_back(group):
    group.rooms["Bo"].pause()
    group.rooms["Anna"].share(passage("imens"))
    group.sync()
    assert [member.name for member in group.rooms["Anna"].view.active] == ["Anna", "Clara"]
    assert len(group.rooms["Bo"].view.passages) == 1
    group.rooms["Bo"].back()
    group.sync()
    assert len(group.rooms["Anna"].view.active) == 3


@pytest.mark.parametrize("take", [True, False])
def test_someone_leaves_with_what_they_shared_or_without_it(group, take):
    group.rooms["Bo"].share(passage("mit"))
    group.rooms["Anna"].share(passage("Annas"))
    group.sync()
    group.rooms["Bo"].leave(take)
    left = group.rooms.pop("Bo")
    group.sync()
    texts = {entry.body.text for entry in group.rooms["Clara"].view.passages}
    assert texts == ({"Annas"} if take else {"mit", "Annas"})
    group.rooms["Anna"].share(passage("bagefter"))
    assert not any(kept for kept in left._ledger.keeper.items())


def test_who_left_may_be_invited_again_and_has_new_keys(group):
    before = group.rooms["Bo"].me.key
    group.rooms["Bo"].leave(take=False)
    del group.rooms["Bo"]
    group.sync()
    again = group.join("Bo", group.rooms["Anna"].invite("Bo", bytes_of("Bo igen")), times=2)
    group.sync()
    assert again.admitted
    assert again.me.key != before
    assert [member.state for member in group.rooms["Anna"].view.members] == ["in", "left", "in", "in"]


def test_what_is_written_after_leaving_is_refused_with_a_reason_and_harms_nothing(group):
    bo = group.reopened("Bo")
    seed, keeper = group.vaults["Bo"].circles.seed, bo._ledger.keeper
    kept = list(keeper.items())
    belonging = bo._belonging
    group.rooms["Bo"].leave(take=False)
    del group.rooms["Bo"]
    with keeper.writing():  # a copy of the home from before, used by someone who ought not to
        keeper.enter(replace(belonging, times=2))
        for row in kept:
            keeper.keep_item(row)
    ghost = type(bo)(belonging, seed, keeper, group.folder)
    for text in ("spøgelse", "igen"):
        ghost.share(passage(text))
    group.sync()
    anna = group.rooms["Anna"]
    assert anna.view.passages == ()
    assert {one.reason for one in anna.refused()} <= {"left_before", "fork"}
    assert anna.refused()
    assert anna.view == group.rooms["Clara"].view


def test_leaving_needs_the_folder_so_that_the_others_hear_of_it(group):
    away = group.folder.path.rename(group.folder.path.with_name("away"))
    with pytest.raises(Trouble, match="circle_folder_gone"):
        group.rooms["Bo"].leave(take=True)
    away.rename(group.folder.path)
    group.rooms["Bo"].leave(take=True)
    group.rooms["Anna"].sync()
    assert group.rooms["Anna"].view.members[1].state == "left"


def test_an_invitation_by_someone_who_has_left_lets_nobody_in(group):
    invitation = group.rooms["Bo"].invite("Dorte", bytes_of("Dorte"))
    group.rooms["Bo"].leave(take=False)
    del group.rooms["Bo"]
    group.sync()
    dorte = group.join("Dorte", invitation)
    group.sync()
    assert not dorte.admitted
    assert len(group.rooms["Anna"].view.here) == 2


def test_circles_are_made_and_moved_from_the_home(tmp_path):
    with made(tmp_path / "home") as vault:
        circles = Circles(Home(tmp_path / "home"), vault, lambda: bytes_of("chance"))
        room = circles.found(charter("Mette"), "Mette")
        assert room.folder.path == tmp_path / "home" / "circle" / room.id
        assert oct(room.folder.path.stat().st_mode & 0o777) == "0o700"
        moved = circles.move(room, tmp_path / "shared")
        moved.sync()
        assert len(moved.folder.names()) == 2
        assert circles.named(room.id[:8]) is moved
        assert Invitation.read(str(moved.invite("Bo", bytes_of("Bo")))).folder == str(tmp_path / "shared")


class Ordered(Group):
    """A group in which some have keys that come behind everybody else's in the order."""

    def __init__(self, place, *names, behind):
        self.behind = behind
        super().__init__(place, *names)

    def _vault(self, name):
        vault = super()._vault(name)
        seeds = (bytes_of(f"{name} {number}") for number in range(1000))
        seed = next(seed for seed in seeds if (Circle.key_of(seed, self.circle) > "8") is (name in self.behind))
        vault._connection.execute("UPDATE seeds SET seed = ?", (seed,))
        return vault


@pytest.mark.parametrize("behind", [("Anna",), ("Dea",), ("Anna", "Bo"), ("Clara", "Dea")], ids=" ".join)
@pytest.mark.parametrize("written", [0, 1, 2, 3])
def test_who_knocks_is_let_in_by_one_sync_whatever_the_order_of_keys_and_files(tmp_path, behind, written):
    """Clara let Bo in, and Bo invited Dea; Anna has not got Clara's file yet when both stand at her door."""
    group = Ordered(tmp_path, "Anna", "Clara", behind=behind)
    group.join("Bo", group.rooms["Clara"].invite("Bo", bytes_of("Bo")))
    before = group.folder.names()
    group.rooms["Clara"].sync()
    group.rooms["Bo"].sync()
    welcome = {name: (group.folder.path / f"{name}.vidne").read_bytes() for name in group.folder.names() - before}
    group.join("Dea", group.rooms["Bo"].invite("Dea", bytes_of("Dea")))
    for name in welcome:  # a slow drive
        (group.folder.path / f"{name}.vidne").unlink()
    for _ in range(written):
        group.rooms["Anna"].share(passage("imens"))
    group.rooms["Anna"].sync()
    assert {member.name for member in group.rooms["Anna"].view.here} == {"Anna", "Clara", "Bo", "Dea"}
    group.rooms["Dea"].sync()
    assert group.rooms["Dea"].admitted
    for name, content in welcome.items():
        (group.folder.path / f"{name}.vidne").write_bytes(content)
    group.sync()
    assert len({frozenset(group.rooms[name].view.members) for name in group.rooms}) == 1
    group.close()


def test_whose_invitation_somebody_else_came_in_by_is_told_and_may_come_in_by_another(group, tmp_path):
    invitation = group.rooms["Anna"].invite("Dorte", bytes_of("Dorte"))
    away = tmp_path / "away"
    away.mkdir()
    group.join("Dorte", invitation)
    joined = {path: path.read_bytes() for path in group.folder.path.iterdir()}
    for path in joined:
        path.rename(away / path.name)
    group.join("Eva", invitation)
    for path, content in joined.items():
        path.write_bytes(content)
    group.sync()
    (lost,) = (name for name in ("Dorte", "Eva") if not group.rooms[name].admitted)
    (won,) = {"Dorte", "Eva"} - {lost}
    assert (group.rooms[lost].overtaken, group.rooms[won].overtaken) == (True, False)
    assert group.rooms[lost].view.members == ()
    circles = Circles(Home(tmp_path / f"home {lost}"), group.vaults[lost], lambda: bytes_of("chance"))
    joined = circles.join(str(group.rooms["Anna"].invite("Finn", bytes_of("Finn"))))
    del group.rooms[lost]
    group.sync()
    joined.sync()
    assert joined.admitted
    assert not joined.overtaken


def test_who_only_waits_is_not_told_that_they_were_overtaken(group):
    dorte = group.join("Dorte", group.rooms["Anna"].invite("Dorte", bytes_of("Dorte")))
    dorte.sync()
    assert (dorte.admitted, dorte.overtaken) == (False, False)


def test_an_invitation_that_was_put_under_another_circle_is_told_so(group):
    invitation = group.rooms["Anna"].invite("Dorte", bytes_of("Dorte"))
    forged = invitation.model_copy(update={"circle": "d2" * 16})
    once = forged.once.author
    forged = forged.model_copy(update={"ticket": forged.ticket.model_copy(update={"once": once})})
    with pytest.raises(Trouble, match="invitation_elsewhere"):
        Invitation.read(str(forged))
