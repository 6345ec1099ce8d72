"""A synced folder holds anything: what is whole is read once, the rest is told, what is others' is not touched."""

import os
import random

import pytest

from assistant.circle import post
from assistant.circle.envelope import digest, unseal
from assistant.circle.folder import Folder
from assistant.trouble import Trouble
from tests.circles import Group
from tests.vaults import run


@pytest.fixture
def folder(tmp_path):
    folder = Folder(tmp_path / "shared", private=False)
    folder.make()
    return folder


def read(folder, known=()):
    return {file.name: file.reason or "whole" for file in folder.unread(known)}


def test_a_file_is_named_by_its_bytes_and_read_once(folder):
    name = folder.write(b"hej")
    assert name == digest(b"hej")
    assert read(folder) == {f"{name}.vidne": "whole"}
    assert read(folder, {name}) == {}
    assert folder.names() == {name}


def test_a_conflict_copy_counts_once_and_one_that_is_not_whole_is_told(folder):
    name = folder.write(b"hej")
    (folder.path / f"{name} (Bo's conflicted copy 2026-03-02).vidne").write_bytes(b"hej")
    (folder.path / f"{name}-2.vidne").write_bytes(b"he")
    assert read(folder) == {f"{name}.vidne": "whole", f"{name}-2.vidne": "altered"}


def test_a_copy_stands_in_for_a_file_that_did_not_come_whole(folder):
    name = digest(b"hej")
    (folder.path / f"{name}.vidne").write_bytes(b"he")
    (folder.path / f"{name} 2.vidne").write_bytes(b"hej")
    assert read(folder) == {f"{name}.vidne": "altered", f"{name} 2.vidne": "whole"}


def test_other_peoples_files_are_neither_read_nor_touched(folder):
    for name in ("noter.txt", ".DS_Store", "desktop.ini", "\x1b[31m.txt", "æøå"):
        (folder.path / name).write_bytes(b"noget andet")
    (folder.path / "en mappe").mkdir()
    assert read(folder) == {}
    folder.remove({digest(b"noget andet")})
    folder.tidy()
    assert len(list(folder.path.iterdir())) == 6


def test_links_pipes_and_folders_with_our_names_are_told_and_not_followed(folder, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"hemmeligt")
    (folder.path / f"{'a' * 64}.vidne").symlink_to(secret)
    os.mkfifo(folder.path / f"{'b' * 64}.vidne")
    (folder.path / f"{'c' * 64}.vidne").mkdir()
    (folder.path / f"{digest(b'hemmeligt')}.vidne").symlink_to(secret)
    assert set(read(folder).values()) == {"link"}
    assert len(read(folder)) == 4


def test_a_link_put_where_a_file_is_to_come_is_not_written_through(folder, tmp_path):
    target = tmp_path / "target"
    target.write_bytes(b"andres")
    (folder.path / f".~{digest(b'hej')}.tmp").symlink_to(target)
    with pytest.raises(Trouble):
        folder.write(b"hej")
    assert target.read_bytes() == b"andres"


def test_a_file_of_ten_megabytes_is_told_without_being_read(folder):
    with (folder.path / f"{'a' * 64}.vidne").open("wb") as file:
        file.truncate(10_000_000)
    assert read(folder) == {f"{'a' * 64}.vidne": "too_big"}


def test_a_file_that_may_not_be_read_is_told_and_the_rest_is_read(folder):
    name = folder.write(b"hej")
    (folder.path / f"{'a' * 64}.vidne").write_bytes(b"x")
    (folder.path / f"{'a' * 64}.vidne").chmod(0)
    with run("tests.circle_writer", "reads", folder.path) as reader:
        assert sorted(reader.stdout.read().split()) == ["unreadable", "whole"]
    assert name in folder.names()


def test_what_is_taken_back_is_deleted_with_its_copies(folder):
    name, other = folder.write(b"hej"), folder.write(b"andet")
    (folder.path / f"{name} (kopi).vidne").write_bytes(b"hej")
    folder.remove({name})
    assert folder.names() == {other}
    assert len(list(folder.path.iterdir())) == 1


def test_files_of_a_home_are_for_its_owner_and_a_shared_folder_keeps_its_mode(tmp_path):
    private, shared = Folder(tmp_path / "home" / "circle", private=True), Folder(tmp_path / "shared", private=False)
    shared.path.mkdir()
    shared.path.chmod(0o775)
    for folder in (private, shared):
        folder.make()
        folder.write(b"hej")
    places = [(one.path, *one.path.iterdir()) for one in (private, shared)]
    modes = [[oct(path.stat().st_mode & 0o777) for path in paths] for paths in places]
    assert modes == [["0o700", "0o600"], ["0o775", "0o644"]]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(Trouble, match="circle_folder_gone"):
        Folder(tmp_path / "nowhere", private=False).names()


def test_killed_at_any_moment_a_writer_leaves_no_half_item_to_be_seen(folder):
    dice = random.Random(7731)
    acknowledged = set()
    for _ in range(25):
        with run("tests.circle_writer", "writes", folder.path, dice.randrange(10**6)) as writer:
            lines = [writer.stdout.readline() for _ in range(dice.randrange(1, 8))]
            for _ in range(dice.randrange(40_000)):
                pass
            writer.kill()
            lines += writer.stdout.readlines()
        acknowledged |= {line.strip() for line in lines if line.endswith("\n")}
    assert set(read(folder).values()) == {"whole"}
    assert acknowledged <= folder.names()
    folder.tidy()
    assert all(path.suffix == ".vidne" for path in folder.path.iterdir())


def test_a_file_has_its_name_only_when_the_disk_has_it(folder):
    with run("tests.circle_writer", "dies", folder.path) as writer:
        pass
    assert writer.returncode == -9
    assert folder.names() == set()
    assert len(list(folder.path.iterdir())) == 1
    folder.tidy()
    assert list(folder.path.iterdir()) == []


def test_tidying_leaves_what_another_process_is_writing(folder):
    with run("tests.circle_writer", "holds", folder.path) as holder:
        held = holder.stdout.readline().strip()
        folder.tidy()
        assert (folder.path / held).exists()
        holder.kill()
    folder.tidy()
    assert not (folder.path / held).exists()


def test_two_processes_of_one_member_write_at_once_and_nothing_is_lost(tmp_path):
    group = Group(tmp_path, "Anna", "Bo")
    home = tmp_path / "home Anna"
    with run("tests.circle_writer", "shares", home, 12) as one, run("tests.circle_writer", "shares", home, 12) as other:
        assert (one.wait(), other.wait()) == (0, 0)
    bo = group.rooms["Bo"]
    news = bo.sync()
    assert news.refused == ()
    assert len(bo.view.passages) == 24
    assert len({entry.body.text for entry in bo.view.passages}) == 24
    group.close()


def test_two_members_write_at_once_and_see_the_same(tmp_path):
    group = Group(tmp_path, "Anna", "Bo")
    anna, bo = tmp_path / "home Anna", tmp_path / "home Bo"
    with run("tests.circle_writer", "shares", anna, 8) as one, run("tests.circle_writer", "shares", bo, 8) as two:
        assert (one.wait(), two.wait()) == (0, 0)
    group.sync()
    assert group.rooms["Anna"].view == group.rooms["Bo"].view
    assert len(group.rooms["Bo"].view.passages) == 16
    group.close()


def test_of_thousands_of_items_each_is_opened_once(tmp_path, monkeypatch):
    group = Group(tmp_path, "Anna", "Bo")
    bo = group.rooms["Bo"]
    with run("tests.circle_writer", "floods", tmp_path / "home Anna", 2_000) as writer:
        assert writer.wait() == 0
    opened = []
    monkeypatch.setattr(post, "unseal", lambda *sealed: opened.append(sealed) or unseal(*sealed))
    bo.sync()
    assert len(opened) >= 2_000
    opened.clear()
    bo.sync()
    again = group.reopened("Bo")
    assert len(again.view.passages) == 2_000
    again.sync()
    assert opened == []
    group.close()
