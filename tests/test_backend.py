"""What is sent to a language model and what isn't, how long is waited, and when one may be asked at all."""

import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.backend import choice, secret, settings
from assistant.backend.asking import LONGEST, Asking, Came, Failed
from assistant.backend.fence import is_here
from assistant.backend.hush import MainThreadOnly
from assistant.backend.masks import Masks
from assistant.backend.reflector import Reflector, Told, instructions
from assistant.backend.request import Message, Request, Unanswered
from assistant.backend.scripted import Scripted
from assistant.guides.events import Drafted, DraftFailed, Reflect
from assistant.guides.instruction import TOLD as NAMES
from assistant.trouble import Trouble

PROMPTS = Path(__file__).parent.parent / "prompts"
NOW = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)
TOLD = {"reflect": "Give it back.", "gather": "Gather it.", "again": "Once more:"}
REQUEST = Request((Message("system", "Give it back."), Message("user", "I said it.")))


# What travels


@pytest.mark.parametrize(
    ("lang", "names", "text", "travels"),
    [
        ("da", ["Mette"], "Mette sagde det til mette.", "NAVN1 sagde det til NAVN2."),
        ("da", ["Mette"], "Det var Mettes tur, ikke Mettesen.", "Det var NAVN1s tur, ikke Mettesen."),
        ("da", ["Mette-Marie Østergaard"], "Marie Østergaard og Mette-Marie.", "NAVN1 NAVN2 og NAVN3-NAVN1."),
        ("en", ["Niamh"], "Niamh's word, as Niamh says.", "NAME1's word, as NAME1 says."),
        ("en", ["Niamh"], "NAME1 is a joke of Niamh.", "NAME1 is a joke of NAME2."),
        ("da", ["Mia"], "_Mia_ og *mia* og MIAS.", "_NAVN1_ og *NAVN2* og NAVN3S."),
        ("da", ["Jørgen Åse"], "Joergen, Jorgen og Aase.", "NAVN1, NAVN2 og NAVN3."),
        ("en", ["René O'Brien"], "Rene and O’Brien, said René.", "NAME1 and NAME2, said NAME3."),
        ("da", [], "Skriv til a.b+c@firma.dk i dag.", "Skriv til MAIL1 i dag."),
        ("da", [], "Skriv til anna @ firma.dk eller bo@firma.", "Skriv til MAIL1 eller MAIL2."),
        ("da", [], "Ring 12 34 56 78 eller +45 12345678.", "Ring TEL1 eller TEL2."),
        (
            "da",
            [],
            "Ring 12–34–56–78, 12\u00a034\u00a056\u00a078 eller tel_12345678.",
            "Ring TEL1, TEL2 eller tel_TEL3.",
        ),
        ("da", [], "CPR 010203-1234 og 0102031234.", "CPR CPR1 og CPR2."),
        ("da", [], "CPR 010203 – 1234 og 010203.1234.", "CPR CPR1 og CPR2."),
        ("en", [], "Ring 07700 900123 or (020) 7946 0018.", "Ring TEL1 or TEL2."),
        ("da", [], "Kl. 7.15 stod 8 mænd der, 12 timer i træk.", "Kl. 7.15 stod 8 mænd der, 12 timer i træk."),
    ],
)
def test_what_leads_to_a_person_stays_and_comes_back_in_its_place(lang, names, text, travels):
    masks = Masks(text, names, lang)
    assert masks.put_on(text) == travels
    assert masks.take_off(travels) == text


@given(st.text(max_size=80), st.lists(st.text(min_size=2, max_size=8), max_size=2), st.sampled_from(["da", "en"]))
def test_every_mask_comes_off_again(text, names, lang):
    masks = Masks(text, names, lang)
    assert masks.take_off(masks.put_on(text)) == text


def test_a_huge_text_is_masked_without_delay():
    text = "a" * 300_000 + "@" + "1" * 300_000
    assert Masks(text, ["aa"], "da").put_on(text)


def reflector(backend, names=("Mette",), seconds=5.0, sent=lambda: None):
    return Reflector(
        backend, Told(TOLD), names=names, lang="da", seconds=seconds, receiver="m", clock=lambda: NOW, sent=sent
    )


def heard(asks, wanted):
    """What comes of a request, to its end."""
    came = []
    with asks.asking(wanted) as coming:
        while not came or not (isinstance(came[-1], DraftFailed) or came[-1].ended):
            came.append(coming())
    return came


def test_one_answer_travels_with_one_instruction_and_nothing_else():
    backend = Scripted("Du skrev det.")
    asks = reflector(backend)
    wanted = Reflect(1, "reflect", "Jeg er Mette.")
    heard(asks, wanted)
    assert backend.asked == [asks.request(wanted)]
    assert backend.asked[0].messages == (Message("system", TOLD["reflect"]), Message("user", "Jeg er NAVN1."))


def test_a_second_try_carries_the_reasons_and_no_more_of_the_members_words():
    asks = reflector(Scripted())
    first, second = (asks.request(Reflect(1, "reflect", "Jeg er Mette.", again)) for again in (None, ("For langt.",)))
    assert first.messages[1] == second.messages[1]
    assert second.messages[0].text == f"{TOLD['reflect']}\n\n{TOLD['again']}\n- For langt."


def test_what_is_shown_as_the_request_is_every_character_that_travels():
    assert str(REQUEST) == "Give it back.\n\nI said it."


def test_what_was_hidden_is_back_in_what_the_model_wrote():
    came = heard(reflector(Scripted(["Du er N", "AVN1", ". Ja."])), Reflect(7, "reflect", "Jeg er Mette."))
    assert came[-1] == Drafted(7, "Du er Mette. Ja.", True, NOW)


def test_each_request_is_written_down_before_it_is_sent():
    written = []
    backend = Scripted("Du skrev det.")
    heard(reflector(backend, sent=lambda: written.append(len(backend.asked))), Reflect(1, "reflect", "Hej."))
    assert written == [0]


def test_a_request_that_cannot_be_written_down_is_not_sent():
    def full():
        raise Trouble("disk_full")

    backend = Scripted("Du skrev det.")
    assert heard(reflector(backend, sent=full), Reflect(1, "reflect", "Hej."))[0].why == "unwritten"
    assert backend.asked == []


@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_model_is_told_something_short_in_each_language(lang):
    told = instructions([PROMPTS], lang).texts
    assert set(told) == set(NAMES)
    assert all(0 < len(text.split()) < 150 for text in told.values())


def test_the_groups_own_instruction_wins(tmp_path):
    own = tmp_path / "model" / "da"
    own.mkdir(parents=True)
    (own / "reflect.md").write_text("Kort, tak.", "utf-8")
    told = instructions([tmp_path, PROMPTS], "da").texts
    assert told["reflect"] == "Kort, tak."
    assert told["again"] == instructions([PROMPTS], "da").texts["again"]


# How long is waited


class Endless(Scripted):
    """Writes until somebody stops it, and says when that was; or holds its thread, as a library may."""

    def __init__(self, holds=False):
        super().__init__()
        self.holds = threading.Event() if holds else None
        self.began, self.closed = threading.Event(), threading.Event()

    async def stream(self, request):
        import asyncio

        self.began.set()
        try:
            while True:
                if self.holds:
                    self.holds.wait(20)
                yield "x"
                await asyncio.sleep(0.01)
        finally:
            self.closed.set()


def posted(backend, seconds, until):
    """Ask, and give what was posted, to the first thing that satisfies `until`."""
    came = SimpleQueue()
    asking = Asking(backend, REQUEST, seconds, came.put)
    seen = [came.get(timeout=20)]
    while not until(seen[-1]):
        seen.append(came.get(timeout=20))
    return asking, seen


def test_the_deadline_is_for_the_whole_answer_and_stops_the_models_work():
    backend = Endless()
    asking, seen = posted(backend, 0.2, lambda came: isinstance(came, Failed))
    assert seen[-1] == Failed("late")
    assert asking.join(20)
    assert backend.closed.is_set()


def test_a_library_that_holds_its_thread_holds_nobody_else():
    backend = Endless(holds=True)
    asking, seen = posted(backend, 0.1, lambda came: isinstance(came, Failed))
    assert seen == [Failed("late")]
    assert not asking.join(0)
    backend.holds.set()
    assert asking.join(20)


def test_who_stops_waiting_stops_the_models_work_and_hears_no_more():
    backend = Endless()
    came = SimpleQueue()
    asking = Asking(backend, REQUEST, 60, came.put)
    assert came.get(timeout=20) == Came("x")
    asking.stop()
    assert asking.join(20)
    assert backend.closed.is_set()
    assert all(isinstance(left, Came) and not left.ended for left in iter_queue(came))


def iter_queue(queue):
    while not queue.empty():
        yield queue.get()


def test_a_request_that_is_stopped_at_once_does_no_harm():
    for _ in range(30):
        backend = Endless()
        asking = Asking(backend, REQUEST, 60, lambda _: None)
        asking.stop()
        assert asking.join(20)


def test_an_answer_without_end_is_not_listened_to():
    _, seen = posted(Scripted(["word " * 100] * 1000), 20, lambda came: isinstance(came, Failed))
    assert seen[-1] == Failed("too_much")
    assert max(len(came.text) for came in seen[:-1]) <= LONGEST


@pytest.mark.parametrize(
    ("fault", "why"),
    [(Unanswered("busy"), "busy"), (["Du ", Unanswered("cut_off")], "cut_off"), ([object()], "unexpected")],
)
def test_whatever_goes_wrong_is_one_name_and_never_an_exceptions_text(fault, why):
    _, seen = posted(Scripted(fault), 20, lambda came: isinstance(came, Failed))
    assert seen[-1] == Failed(why)


def test_a_second_try_has_what_is_left_of_the_time():
    asks = reflector(Endless(), seconds=0.2)
    assert heard(asks, Reflect(1, "reflect", "Hej."))[-1].why == "late"
    assert heard(asks, Reflect(2, "reflect", "Hej.", ("Nej.",)))[-1].why == "late"
    assert asks._until > 0


def test_only_the_main_thread_prints():
    written = []
    stream = MainThreadOnly(SimpleNamespace(write=written.append, flush=lambda: None))
    stream.write("main")
    thread = threading.Thread(target=stream.write, args=("library",))
    thread.start()
    thread.join()
    stream.flush()
    assert written == ["main"]


# Whether one may be asked


def noted(*pairs):
    return [SimpleNamespace(what=what, receiver=receiver) for what, receiver in pairs]


@pytest.mark.parametrize(
    ("receiver", "notes", "allowed", "state"),
    [
        (None, [], True, "none"),
        ("m", [], True, "off"),
        ("m", [("on", "m")], True, "on"),
        ("m", [("on", "m"), ("asked", "m")], True, "on"),
        ("m", [("on", "m"), ("off", "m")], True, "off"),
        ("m", [("on", "other")], True, "moved"),
        ("m", [("on", "other"), ("on", "m")], True, "on"),
        ("m", [("on", "m")], False, "vetoed"),
        (None, [("on", "m")], True, "none"),
    ],
)
def test_a_model_is_on_only_if_the_member_said_yes_to_this_one_and_the_group_not_no(receiver, notes, allowed, state):
    assert choice.state(receiver, noted(*notes), allowed) == state


def test_one_no_from_the_group_holds_whatever_another_copy_says(tmp_path):
    near, far = tmp_path / "near", tmp_path / "far"
    for folder, word in ((near, "true"), (far, "false")):
        (folder / "model").mkdir(parents=True)
        (folder / "model" / "model.toml").write_text(f"allowed = {word}\n")
    assert choice.allowed([PROMPTS])
    assert choice.allowed([near, PROMPTS])
    assert not choice.allowed([near, far, PROMPTS])
    (near / "model" / "model.toml").write_text("allowed = perhaps")
    with pytest.raises(Trouble):
        choice.allowed([near, PROMPTS])


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("[model]\nname = 'a/b'\nadress = 'http://x'\n", "adress", 3),
        ("[model]\nname = 'ab'\n", "name", 2),
        ("[model]\nname = 'a/b'\nseconds = 0\n", "seconds", 3),
        ("[model]\nname = 'a/b'\naddress = 'ftp://x'\n", "address", 3),
        ("[model]\naddress = 'http://x'\n", "name", 1),
        ("[modle]\nname = 'a/b'\n", "modle", 1),
        ("nothing = 1\n", "nothing", 1),
        ("[model]\nname = 'a/b'\nkey = 'sk-1'\n", "key", 3),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(tmp_path, text, key, line):
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(Trouble) as told:
        settings.read(path)
    assert (told.value.values["key"], told.value.values["line"]) == (key, line)


@pytest.mark.parametrize(
    ("address", "stays"),
    [
        ("http://127.0.0.1:8080/v1", "stays_here"),
        ("http://localhost:8080", "stays_here"),
        ("http://[::1]:8080", "stays_here"),
        ("http://127.0.0.1.example.com", "open_line"),
        ("https://example.com/127.0.0.1", "leaves"),
        (None, "leaves"),
    ],
)
def test_a_member_is_told_rightly_whether_it_stays_on_this_machine(address, stays):
    assert settings.Settings(name="openai/m", address=address).stays == stays
    assert address is None or is_here(address) == (stays == "stays_here")


def test_what_is_written_for_a_member_can_be_read_again(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes(settings.written("ollama_chat/llama3.1", None))
    assert settings.read(path).receiver == "ollama_chat/llama3.1 (http://127.0.0.1:11434)"
    assert settings.read(path).stays == "stays_here"
    for name, address in (("llama", None), ("a/b", "nowhere"), ("a/b", 'http://x"\nkey = "'), ('a/"b', None)):
        with pytest.raises(Trouble):
            settings.written(name, address)


class Ring:
    """A keyring."""

    priority = 1

    def __init__(self):
        self.kept = {}

    def get_password(self, service, name):
        return self.kept.get((service, name))

    def set_password(self, service, name, key):
        self.kept[service, name] = key

    def delete_password(self, service, name):
        del self.kept[service, name]


def test_a_key_lives_in_the_environment_or_the_keyring(monkeypatch):
    import keyring

    ring = Ring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    for name in ("get_password", "set_password", "delete_password"):
        monkeypatch.setattr(keyring, name, getattr(ring, name))
    monkeypatch.delenv(secret.VARIABLE, raising=False)
    assert secret.find("m") is None
    assert secret.keep("m", " sk-1 ")
    assert (secret.find("m"), secret.find("other")) == ("sk-1", None)
    monkeypatch.setenv(secret.VARIABLE, "sk-2")
    assert secret.find("m") == "sk-2"
    monkeypatch.delenv(secret.VARIABLE)
    assert secret.keep("m", "")
    assert secret.find("m") is None
    ring.priority = 0
    assert not secret.keep("m", "sk-1")
    assert secret.find("m") is None


def test_importing_vidne_imports_no_language_model():
    modules = "assistant.__main__, assistant.cli.model, assistant.sittings.session, assistant.backend.through_litellm"
    script = f"import sys, {modules}; print('litellm' in sys.modules, 'openai' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
