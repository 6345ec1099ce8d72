"""litellm itself, against a server on loopback that does everything wrong: each fault has a name, and nothing leaks."""

import gzip
import resource
import socket
import sys
import warnings
from queue import SimpleQueue

import pytest

from assistant.backend import choice, through_litellm
from assistant.backend.asking import Asking, Came, Failed
from assistant.backend.fence import Fence
from assistant.backend.request import Message, Request
from assistant.backend.settings import Settings
from tests.model_server import FAULTS, drips, event, says, serving, silent, stalls, streams

REQUEST = Request((Message("system", "Give it back."), Message("user", "I said it, zyxwv.")))
PLENTY, LITTLE = 30.0, 1.5
WHY = {
    "400": "refused_it",
    "401": "key",
    "403": "forbidden",
    "404": "no_model",
    "408": "late",
    "422": "refused_it",
    "429": "busy",
    "500": "failing",
    "502": "failing",
    "503": "failing",
    "504": "late",
    "529": "failing",
    "silent": "late",
    "stalled": "late",
    "dripping": "late",
    "dying": "cut_off",
    "empty choices": "empty",
    "null content": "empty",
    "no finish reason": "cut_off",
    "an empty stream": "empty",
    "HTML": "empty",
    "HTML and 502": "failing",
    "JSON and no stream": "empty",
    "no JSON": "cut_off",
    "a megabyte": "too_much",
    "a line without end": "late",
    "an error in the stream": "cut_off",
}
SLOW = ("silent", "stalled", "dripping", "a line without end")


@pytest.fixture(autouse=True, scope="module")
def prepared():
    """Import litellm before the first deadline runs."""
    through_litellm.prepare()


def model(address, name="openai/m", key=None):
    return through_litellm.ThroughLitellm(Settings(name=name, address=address), lambda: key)


def ask(backend, seconds=PLENTY):
    """Ask, and give the last thing that was posted."""
    came = SimpleQueue()
    asking = Asking(backend, REQUEST, seconds, came.put)
    while isinstance(last := came.get(timeout=60), Came) and not last.ended:
        pass
    assert asking.join(60)
    return last


def test_an_answer_comes_piece_by_piece_and_what_is_sent_is_the_request():
    with serving(says("You wrote: ", '"it".')) as server:
        assert ask(model(server.address)) == Came('You wrote: "it".', ended=True)
        (_, fields, body) = server.seen[0]
    assert [part["content"] for part in body["messages"]] == ["Give it back.", "I said it, zyxwv."]
    assert "zyxwv" not in str(fields)
    assert not {"user", "metadata", "tools", "store"} & body.keys()


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_has_its_name_and_is_asked_about_once(name):
    slow = name in SLOW
    with serving(FAULTS[name]) as server:
        assert ask(model(server.address), LITTLE if slow else PLENTY) == Failed(WHY[name])
        assert len(server.seen) == 1


def test_an_answer_that_unpacks_to_a_thousand_times_itself_is_never_unpacked():
    bomb = gzip.compress(b'data: {"choices": [{"delta": {"content": "' + b" " * 200_000_000, 1)

    def packed(call):
        call.begin(200, "text/event-stream", "Content-Encoding: gzip")
        call.write(bomb)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with serving(packed) as server:
        assert ask(model(server.address)) == Failed("cut_off")
        assert server.seen[0][1]["accept-encoding"] == "identity"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


def test_a_line_that_never_ends_is_listened_to_for_a_while_only():
    def wide(call):
        call.begin()
        while True:
            call.write(b"x" * 1_000_000)

    with serving(wide) as server:
        assert ask(model(server.address)) == Failed("too_much")
        assert server.hung_up.wait(30)


def test_nobody_at_the_address():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    assert ask(model(f"http://127.0.0.1:{port}/v1")) == Failed("nobody_there")


def test_a_host_that_nobody_knows():
    class Nowhere(Fence):
        async def getaddrinfo(self, host, port, **options):
            raise socket.gaierror(socket.EAI_NONAME, "scripted")

    backend = model("http://nowhere.invalid/v1")
    backend.loop = lambda: Nowhere("http://nowhere.invalid/v1")
    assert ask(backend) == Failed("no_host")


@pytest.mark.parametrize("reply", [silent, stalls("You wrote"), drips("You wrote and wrote")])
def test_when_the_time_is_up_the_server_is_told_to_stop(reply):
    with serving(reply) as server:
        assert ask(model(server.address), LITTLE) == Failed("late")
        assert server.hung_up.wait(30)


def test_who_stops_waiting_stops_the_server():
    with serving(drips("You wrote and wrote")) as server:
        came = SimpleQueue()
        asking = Asking(model(server.address), REQUEST, 60, came.put)
        assert isinstance(came.get(timeout=30), Came)
        asking.stop()
        assert server.hung_up.wait(30)
        assert asking.join(30)


def test_a_request_that_was_stopped_does_the_next_one_no_harm():
    with serving(*[drips("You wrote and wrote"), says("Yes.")] * 15) as server:
        for _ in range(15):
            came = SimpleQueue()
            asking = Asking(model(server.address), REQUEST, 60, came.put)
            assert isinstance(came.get(timeout=30), Came)
            asking.stop()
            assert ask(model(server.address)) == Came("Yes.", ended=True)


def test_an_address_never_gets_a_key_that_was_meant_for_another(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-another")
    with serving(says("Yes.")) as server:
        ask(model(server.address))
        ask(model(server.address, key="sk-own"))
        keys = [fields["authorization"] for _, fields, _ in server.seen]
    assert keys == ["bearer none", "bearer sk-own"]


def test_ollama_is_asked_as_well():
    def line(text, done=False):
        message = {"role": "assistant", "content": text}
        end = {"done_reason": "stop"} if done else {}
        return event({"model": "m", "message": message, "done": done, **end}).removeprefix(b"data: ")

    reply = streams(line("You "), line("wrote it."), line("", done=True), kind="application/x-ndjson")
    with serving(reply) as server:
        came = ask(model(server.address.removesuffix("/v1"), "ollama_chat/m"))
        assert came == Came("You wrote it.", ended=True)
        assert all("zyxwv" not in str(body) for target, _, body in server.seen if target != "/api/chat")


def test_an_answer_that_was_cut_short_for_its_length_has_ended():
    with serving(says("You wrote it. And th", finish="length")) as server:
        assert ask(model(server.address)) == Came("You wrote it. And th", ended=True)


@pytest.mark.parametrize("name", [name for name in FAULTS if name not in SLOW])
def test_no_output_of_the_library_reaches_the_screen(name, capfd):
    with serving(FAULTS[name]) as server:
        ask(model(server.address))
    assert capfd.readouterr() == ("", "")


def test_what_the_library_prints_reaches_nobody(monkeypatch, capsys):
    import litellm

    async def noisy(**asked):
        print("Give Feedback / Get Help")
        warnings.warn("Provider List", stacklevel=1)
        sys.stderr.write("zyxwv")
        raise ValueError("zyxwv")

    monkeypatch.setattr(litellm, "acompletion", noisy)
    assert ask(model("http://127.0.0.1:9/v1")) == Failed("unexpected")
    assert capsys.readouterr() == ("", "")


def test_without_the_library_one_sentence_says_so(monkeypatch):
    monkeypatch.setattr(choice, "installed", lambda: False)
    assert ask(model("http://127.0.0.1:9/v1")) == Failed("not_installed")


def test_every_fault_of_the_server_is_named():
    assert WHY.keys() == FAULTS.keys()
