"""What holds in a real terminal: nothing steers it, every letter arrives, and a kill takes no word."""

import os
import re
import signal
import sys

import pytest

from assistant.text import clean
from tests.tui_house import House
from tests.tui_terminal import Terminal

HOSTILE = {
    "a clipboard write": "\x1b]52;c;aGVq\x07",
    "a title": "\x1b]0;ejet\x1b\\",
    "a cleared screen": "\x1b[2J",
    "C1": "\x9b2J\x9d52;c;aGVq\x9c\x90q\x9c",
    "DEL, NUL and bell": "\x7f\x00\x07",
    "text turned round": "\u202egod\u2066",
    "tags": "\U000e0041\U000e007f",
    "a lone surrogate": "\ud800",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_reaches_the_terminal_as_anything_but_text(tmp_path, text):
    House.lived_in(tmp_path / "home")
    with Terminal(tmp_path / "home", question=f"BEGYND{text}SLUT") as terminal:
        terminal.until("SLUT")
        shown = re.search("BEGYND(.*?)SLUT", terminal.stream.decode("utf-8"), re.DOTALL).group(1)
        assert re.sub("[^\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", "", shown) == ""


def test_danish_letters_and_new_lines_arrive(tmp_path):
    House.lived_in(tmp_path / "home")
    with Terminal(tmp_path / "home") as terminal:
        terminal.until("Hvor kommer du fra")
        terminal.send("Blåbærgrød @ {[]}\rnæste\nsidst")
        lines = terminal.until("sidst").splitlines()
        written = [line.strip() for line in lines]
        at = written.index("Blåbærgrød @ {[]}")
        assert written[at + 1 : at + 3] == ["næste", "sidst"]


def test_a_key_hidden_in_a_paste_does_nothing(tmp_path):
    House.lived_in(tmp_path / "home")
    with Terminal(tmp_path / "home") as terminal:
        terminal.until("Hvor kommer du fra")
        terminal.send("\x1b[200~før\x1b[201~\x11\x04\x0eefter\x1b[201~")
        assert "1 af 3" in terminal.until("førefter")


NASTY = "Mandag\x1b[31m rød\x1b\x1b[201~\x11\x04\x0e\x1b[A stod jeg \x1b]0;titel\x07i døren.\n"


@pytest.mark.parametrize("size", [0, 50_000, 200_000, 1_000_000])
def test_a_paste_is_kept_once_cleaned_and_in_order_whatever_is_in_it(tmp_path, size):
    House.lived_in(tmp_path / "home")
    pasted = NASTY * (size // len(NASTY) + 1)
    with Terminal(tmp_path / "home") as terminal:
        terminal.until("Hvor kommer du fra")
        terminal.send("Først ")
        terminal.until("Først")
        terminal.send(f"\x1b[200~{pasted}\x1b[201~")
        terminal.until("i døren." if size < 100_000 else "er sat ind ved siden af")
        terminal.send("og sidst xyz")
        terminal.until("og sidst xyz", patience=5)
        terminal.send("\x7fæ")
        assert "1 af 3" in terminal.until("og sidst xyæ", patience=5)
        terminal.send("\x04")
        terminal.until("2 af 3")
    house = House(tmp_path / "home")
    house.unlock(None)
    (kept,) = (turn.text for turn in house.vault.turns(1) if turn.kind == "answered")
    house.close()
    pasted = clean(pasted)
    whole = f"Først {pasted}og sidst xyæ" if size < 100_000 else f"Først og sidst xyæ\n\n{pasted}"
    assert kept == whole
    assert pasted.splitlines()[-1] == "Mandag rød stod jeg i døren."


def test_much_text_from_a_terminal_that_marks_no_pastes_is_kept_too(tmp_path):
    House.lived_in(tmp_path / "home")
    with Terminal(tmp_path / "home") as terminal:
        terminal.until("Hvor kommer du fra")
        terminal.send("Mandag stod jeg i døren.\r" * 2_000 + "slut")
        terminal.until("slut", patience=10)


def test_keys_do_what_they_do_in_the_order_they_were_pressed(tmp_path):
    House.lived_in(tmp_path / "home")
    with Terminal(tmp_path / "home") as terminal:
        terminal.until("Hvor kommer du fra")
        terminal.send("abx\x7fc" * 12 + "\x1b[D\x1b[Dæ")
        terminal.until("abc" * 11 + "aæbc")


def test_bytes_that_are_no_text_do_not_end_the_sitting(tmp_path):
    House.lived_in(tmp_path / "home")
    with Terminal(tmp_path / "home") as terminal:
        terminal.until("Hvor kommer du fra")
        terminal.send(b"f\xf8r \xff\xfe ")
        terminal.send("efter")
        assert "1 af 3" in terminal.until("efter")


def test_a_kill_takes_no_word(tmp_path):
    House.lived_in(tmp_path / "home")
    with Terminal(tmp_path / "home") as terminal:
        terminal.until("Hvor kommer du fra")
        terminal.send("Fra vagten.\x04")
        terminal.until("2 af 3")
        terminal.send("Mandag stod jeg i døren og")
        terminal.until("i døren og")
        terminal.kill()
    with Terminal(tmp_path / "home") as terminal:
        assert "2 af 3" in terminal.until("Mandag stod jeg i døren og")


def test_leaving_keeps_the_half_written_answer(tmp_path):
    House.lived_in(tmp_path / "home")
    with Terminal(tmp_path / "home") as terminal:
        terminal.until("Hvor kommer du fra")
        terminal.send(f"\x1b[200~{'x' * 25_000}\x1b[201~slut")
        terminal.until("slut")
        terminal.until_closed(pressing="\x11")
    house = House(tmp_path / "home")
    house.unlock(None)
    assert house.vault.draft(1).text == "x" * 25_000 + "slut"
    house.close()


def test_nothing_of_what_was_written_is_printed_when_vidne_fails(tmp_path):
    House.lived_in(tmp_path / "home")
    with Terminal(tmp_path / "home") as terminal:
        terminal.until("Hvor kommer du fra")
        terminal.send("Fra en hemmelighed.\x04")
        terminal.until("2 af 3")
        terminal.send("\x0e")
        terminal.until("3 af 3")
        terminal.send("\x12")
        terminal.until_closed()
        report = terminal.stream.rpartition(b"\x1b[?1049l")[2]  # what stands there once the screen is left
        assert b"a fault inside" in report
        assert b"hemmelighed" not in report


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGHUP])
def test_asked_by_the_system_to_end_it_gives_the_terminal_back_and_keeps_what_is_half_written(tmp_path, asked):
    home = tmp_path / "home"
    House.lived_in(home)
    program = [sys.executable, "-m", "assistant", "--home", str(home), "--lang", "da", "talk", "weekly"]
    with Terminal(home, program=program) as terminal:
        terminal.until("1 af")
        terminal.send("zyxhalv")
        terminal.until("zyxhalv")
        os.kill(terminal.process, asked)
        terminal.until_closed()
        assert b"\x1b[?1049l" in terminal.stream
        assert "Stoppet her." in terminal.text
    with Terminal(home, program=program) as terminal:
        terminal.until("zyxhalv")
