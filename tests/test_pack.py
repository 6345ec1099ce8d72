"""A pack from a stranger is taken in whole and proved, or not at all; and nothing of the group's own goes unsaid."""

import io
import stat
import struct
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.guides.workshop import pack as packs
from assistant.guides.workshop.files import EARLIER
from assistant.guides.workshop.texts import Workshop
from assistant.messages import Messages
from assistant.trouble import Trouble
from tests.workshops import RULE, TEXTS, Line, write, write_all


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def own(home):
    return home / "prompts"


@pytest.fixture
def vidne(home, capsys):
    return Line(home, capsys)


def zipped(file, texts, **how):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in texts.items():
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            for key, value in how.items():
                setattr(info, key, value)
            packed.writestr(info, text, compress_type=zipfile.ZIP_DEFLATED)
    return file


def test_what_one_group_packs_another_can_unpack(vidne, own, tmp_path, capsys):
    write_all(own, TEXTS)
    write(own, "weekly/da/hard.md", "Hvad var tungt?\n")
    write(own, "witness/da/advice.toml", RULE)
    write(own, ".git/config", "hemmelig")
    vidne("prompts", "pack", tmp_path / "ours.zip")
    assert b"hemmelig" not in (tmp_path / "ours.zip").read_bytes()
    there = Line(tmp_path / "there", capsys)
    there("prompts", "unpack", tmp_path / "ours.zip")
    assert there("prompts", "preview", "weekly", "hard") == "Hvad var tungt?\n"
    assert there("prompts", "check").startswith("Alt er")
    there("prompts", "pack", tmp_path / "theirs.zip")
    assert (tmp_path / "theirs.zip").read_bytes() == (tmp_path / "ours.zip").read_bytes()


def test_nothing_is_written_over_without_a_word(vidne, own, tmp_path):
    write_all(own, TEXTS)
    vidne("prompts", "pack", tmp_path / "ours.zip")
    assert "ours.zip" in vidne("prompts", "pack", tmp_path / "ours.zip", code=1)
    write(own, "trial/da/notice.md", "Hvad var der?\n")
    told = vidne("prompts", "unpack", tmp_path / "ours.zip", code=1)
    assert told.count("trial/") == 1 and "trial/da/notice.md" in told
    assert (own / "trial/da/notice.md").read_text("utf-8") == "Hvad var der?\n"
    assert EARLIER in vidne("prompts", "unpack", tmp_path / "ours.zip", "--replace")
    assert (own / "trial/da/notice.md").read_text("utf-8") == TEXTS["trial/da/notice.md"]
    assert (own / EARLIER / "trial/da/notice.md").read_text("utf-8") == "Hvad var der?\n"


def test_a_pack_is_written_into_no_folder_that_is_not_there(vidne, own, tmp_path):
    write_all(own, TEXTS)
    vidne("prompts", "pack", tmp_path / "nowhere" / "ours.zip", code=1)
    assert not (tmp_path / "nowhere").exists()


def test_a_pack_with_faults_is_not_unpacked_nor_packed(vidne, own, tmp_path):
    faulty = zipped(tmp_path / "f.zip", {**TEXTS, "trial/da/notice.md": "Du burde hvile dig."})
    assert 'trial/da/notice.md:1:1: "Du burde' in vidne("prompts", "unpack", faulty, code=1)
    rule = zipped(tmp_path / "r.zip", {"witness/da/crisis.toml": RULE.replace('rød alarm"\n', '.*"\n')})
    assert "rammer næsten alt" in vidne("prompts", "unpack", rule, code=1)
    assert not own.exists()
    write_all(own, {**TEXTS, "trial/da/notice.md": "Du burde hvile dig."})
    vidne("prompts", "pack", tmp_path / "new.zip", code=1)
    assert not (tmp_path / "new.zip").exists()


def test_a_pack_that_is_well_alone_but_not_among_the_groups_own_is_not_unpacked(vidne, own, tmp_path):
    write_all(own, {"trial/da/_hej.md": "Hej.", "trial/da/notice.md": '{% include "_hej.md" %} Hvad så du?'})
    write_all(own, {name: text for name, text in TEXTS.items() if name != "trial/da/notice.md"})
    pack = zipped(tmp_path / "p.zip", TEXTS)
    assert "_hej.md" in vidne("prompts", "unpack", pack, "--replace", code=1)
    assert "include" in (own / "trial/da/notice.md").read_text("utf-8")


def linked(name, mode=stat.S_IFLNK):
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (mode | 0o777) << 16
    return info


HOSTILE = {
    "outside": {"../../evil.md": "?"},
    "outside, further in": {"trial/../../evil.md": "?"},
    "absolute": {"/tmp/evil.md": "?"},
    "another drive": {"C:/evil.md": "?"},
    "backslashes": {"trial\\..\\..\\evil.md": "?"},
    "a link": {linked("trial/da/notice.md"): "/etc/passwd"},
    "a pipe": {linked("trial/da/notice.md", stat.S_IFIFO): ""},
    "control characters": {"trial/da/no\x1b[2Jtice.md": "?"},
    "a line end": {"trial/da/no\ntice.md": "?"},
    "a null": {"trial/da/notice.md\0.toml": "?"},
    "hidden": {".git/hooks/post-checkout.md": "?"},
    "hidden, further in": {"trial/.git/config.md": "?"},
    "a program": {"trial/da/run.py": "?"},
    "a pack in a pack": {"trial/da/inner.zip": "?"},
    "at the top": {"evil.md": "?"},
    "too deep": {"a/b/c/d/e/f.md": "?"},
    "a file that is a folder": {"trial/da.md": "?", "trial/da.md/notice.md": "?"},
    "capitals": {"trial/DA/notice.md": "?"},
    "right to left": {"trial/da/\u202enotice.md": "?"},
    "a long name": {f"trial/da/{'x' * 300}.md": "?"},
    "zeros": {"trial/da/notice.md": b"\0" * (30 << 20)},
    "many": {f"trial/da/n{n}.md": "?" for n in range(2_000)},
    "many that are large": {f"trial/da/n{n}.md": b"x" * 60_000 for n in range(400)},
    "nothing": {},
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_pack_is_refused_and_harms_nothing(vidne, own, tmp_path, how):
    before = sorted(tmp_path.rglob("*"))
    pack = zipped(tmp_path / "pack.zip", HOSTILE[how])
    began = time.monotonic()
    told = vidne("prompts", "unpack", pack, "--replace", code=1)
    assert time.monotonic() - began < 5
    assert not any(ord(letter) < 32 and letter != "\n" for letter in told) and "\u202e" not in told
    assert sorted(tmp_path.rglob("*")) == sorted([*before, pack])


def test_a_pack_that_lies_about_its_sizes_is_refused(vidne, tmp_path):
    pack = zipped(tmp_path / "pack.zip", {"trial/da/notice.md": b"\0" * (20 << 20)})
    raw = pack.read_bytes()
    size = struct.pack("<I", 20 << 20)
    assert raw.count(size) == 2
    pack.write_bytes(raw.replace(size, struct.pack("<I", 10)))
    vidne("prompts", "unpack", pack, code=1)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_pack_is_stored_or_deflated_and_nothing_else(vidne, tmp_path, method):
    with zipfile.ZipFile(tmp_path / "pack.zip", "w", method) as packed:
        packed.writestr("trial/da/notice.md", "?")
    vidne("prompts", "unpack", tmp_path / "pack.zip", code=1)


def test_a_name_that_comes_twice_is_refused(vidne, tmp_path):
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as packed, pytest.warns(UserWarning):
        packed.writestr("trial/da/notice.md", "?")
        packed.writestr("trial/da/notice.md", "!")
    vidne("prompts", "unpack", tmp_path / "pack.zip", code=1)


def test_what_is_no_pack_is_refused(vidne, tmp_path):
    with (tmp_path / "big.zip").open("wb") as file:
        file.truncate(10 << 30)
    for file in (tmp_path, tmp_path / "none.zip", write(tmp_path, "text.zip", "?"), tmp_path / "big.zip"):
        vidne("prompts", "unpack", file, code=1)


def test_a_pack_that_cannot_be_written_to_its_end_changes_nothing(own, tmp_path, monkeypatch):
    write_all(own, {"trial/da/notice.md": "Hvad var der?\n"})
    workshop = Workshop(own, Messages.load("da"), "da")
    saved, save = [], Workshop.save

    def fails_at_the_fourth(self, name, text):
        saved.append(name)
        if len(saved) == 4:
            raise Trouble("text_unwritable", file=name, error="full")
        return save(self, name, text)

    monkeypatch.setattr(Workshop, "save", fails_at_the_fourth)
    with pytest.raises(Trouble):
        packs.unpack({name: text.encode() for name, text in TEXTS.items()}, workshop)
    assert [path.read_text("utf-8") for path in own.glob("trial/**/*.*")] == ["Hvad var der?\n"]


@given(st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_pack_damaged_anywhere_is_read_or_refused(tmp_path, data):
    held = io.BytesIO()
    zipped(held, TEXTS)
    raw = bytearray(held.getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    file = write(tmp_path, "pack.zip", bytes(raw[: data.draw(st.integers(0, len(raw)))]))
    try:
        texts = packs.read_pack(file)
    except Trouble as trouble:
        assert trouble.key.startswith("trouble.pack_")
    else:
        assert all(isinstance(name, str) and isinstance(text, bytes) for name, text in texts.items())
