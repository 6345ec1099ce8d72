"""A model that answers as scripted: an OpenAI-compatible server on loopback, with everything that can go wrong.

Each request takes the next reply of the queue; the last one stands for all that follow.
"""

import json
import socket
import socketserver
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

Reply = Callable[["Call"], None]
"""Answers one request."""


class Call(socketserver.StreamRequestHandler):
    """One request, read whole; a reply writes to it."""

    server: "ModelServer"

    def handle(self) -> None:
        """Read, write down what came, and reply as scripted."""
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        head = self._head()
        if not head:
            return
        self.target = head[0].split()[1]
        fields = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        body = self.rfile.read(int(fields.get("content-length", 0)))
        self.server.seen.append((self.target, fields, json.loads(body) if body else {}))
        self.close_connection = True
        try:
            self.server.next_reply()(self)
        except OSError:
            self.server.hung_up.set()

    def _head(self) -> list[str]:
        lines = []
        while (line := self.rfile.readline().decode("latin-1").rstrip("\r\n")) != "":
            lines.append(line)
        return lines

    def write(self, content: bytes) -> None:
        """Send bytes as they are."""
        self.wfile.write(content)
        self.wfile.flush()

    def begin(self, status: int = 200, kind: str = "text/event-stream", *more: str) -> None:
        """Send the head of a reply that ends when the connection does."""
        head = [f"HTTP/1.1 {status} Scripted", f"Content-Type: {kind}", "Connection: close", *more, "", ""]
        self.write("\r\n".join(head).encode())

    def wait(self, seconds: float | None = None) -> None:
        """Wait, or give up when the other side has hung up or the server closes."""
        self.connection.settimeout(seconds)
        try:
            if self.connection.recv(1) == b"":
                raise BrokenPipeError
        except TimeoutError:
            pass
        finally:
            self.connection.settimeout(None)


class ModelServer(socketserver.ThreadingTCPServer):
    """The server, and what it saw."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Call)
        self.seen: list[tuple[str, dict[str, str], dict]] = []
        """Each request's target, head fields and body."""
        self.hung_up = threading.Event()
        """Set when somebody stopped listening before the end."""
        self._script: Iterator[Reply] = iter(())
        self._last: Reply = says("")

    @property
    def address(self) -> str:
        """Where an OpenAI client finds it."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def script(self, *replies: Reply) -> "ModelServer":
        """Reply so from here on."""
        self._script = iter(replies)
        return self

    def next_reply(self) -> Reply:
        """Take the next reply."""
        self._last = next(self._script, self._last)
        return self._last

    def handle_error(self, request, client_address) -> None:
        """Let a broken connection go without a word."""


@contextmanager
def serving(*replies: Reply) -> Iterator[ModelServer]:
    """Serve `replies` until the block ends."""
    with ModelServer() as server:
        server.script(*replies)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()


DONE = b"data: [DONE]\n\n"


# Replies that are well


def chunk(delta: dict, finish: str | None = None) -> bytes:
    """Give one event of a stream."""
    choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
    return event({"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices})


def event(content: dict) -> bytes:
    return f"data: {json.dumps(content)}\n\n".encode()


def says(*pieces: str, finish: str | None = "stop") -> Reply:
    """Stream `pieces` and finish."""

    def reply(call: Call) -> None:
        call.begin()
        call.write(chunk({"role": "assistant", "content": ""}))
        for piece in pieces:
            call.write(chunk({"content": piece}))
        if finish:
            call.write(chunk({}, finish))
        call.write(DONE)

    return reply


# Replies that are not


def status(code: int) -> Reply:
    """Refuse with a status, as OpenAI words it."""

    def reply(call: Call) -> None:
        call.begin(code, "application/json")
        call.write(json.dumps({"error": {"message": f"\x1b[31mscripted {code}", "type": "x", "code": code}}).encode())

    return reply


def streams(*pieces: bytes, kind: str = "text/event-stream", code: int = 200) -> Reply:
    """Send these bytes and close."""

    def reply(call: Call) -> None:
        call.begin(code, kind)
        for piece in pieces:
            call.write(piece)

    return reply


def silent(call: Call) -> None:
    """Take the request and say nothing."""
    call.wait()


def stalls(*pieces: str) -> Reply:
    """Stream `pieces`, then nothing more."""

    def reply(call: Call) -> None:
        call.begin()
        for piece in pieces:
            call.write(chunk({"content": piece}))
        call.wait()

    return reply


def drips(text: str, seconds: float = 0.02) -> Reply:
    """Stream `text` again and again, slowly, until the other side hangs up."""

    def reply(call: Call) -> None:
        call.begin()
        while True:
            for piece in text.split(" "):
                call.write(chunk({"content": f"{piece} "}))
                call.wait(seconds)

    return reply


def endless(call: Call) -> None:
    """Begin a line, and never end it."""
    call.begin()
    call.write(b'data: {"choices": [{"delta": {"content": "')
    while True:
        call.write(b"You wrote and wrote. " * 50)
        call.wait(0.01)


def dies(*pieces: str) -> Reply:
    """Stream `pieces`, promise more, and break the connection."""

    def reply(call: Call) -> None:
        call.begin(200, "text/event-stream", "Transfer-Encoding: chunked")
        for piece in pieces:
            content = chunk({"content": piece})
            call.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")
        call.write(b"ffff\r\ndata: {")
        call.connection.shutdown(socket.SHUT_RDWR)

    return reply


def moves_to(address: str) -> Reply:
    """Send the client elsewhere."""

    def reply(call: Call) -> None:
        call.begin(307, "text/plain", f"Location: {address}/chat/completions", "Content-Length: 0")

    return reply


def numbered(text: str, size: int) -> Iterable[str]:
    """Give `text` with a number, again and again, `size` characters in all; litellm itself stops a mere repetition."""
    return (f"{text} {number} " for number in range(size // len(text)))


LOGIN = b"<!doctype html><title>Log in</title><p>Please log in.</p>"
WHOLE = {"choices": [{"index": 0, "message": {"role": "assistant", "content": "You wrote."}, "finish_reason": "stop"}]}
FAULTS: dict[str, Reply] = {
    **{str(code): status(code) for code in (400, 401, 403, 404, 408, 422, 429, 500, 502, 503, 504, 529)},
    "silent": silent,
    "stalled": stalls("You wrote"),
    "dripping": drips("You wrote and wrote and wrote"),
    "dying": dies("You wrote"),
    "empty choices": streams(event({"object": "chat.completion.chunk", "choices": []}), DONE),
    "null content": streams(chunk({"content": None}), chunk({"content": None}, "stop"), DONE),
    "no finish reason": says("You wrote it.", finish=None),
    "an empty stream": streams(),
    "HTML": streams(LOGIN, kind="text/html"),
    "HTML and 502": streams(LOGIN, kind="text/html", code=502),
    "JSON and no stream": streams(json.dumps(WHOLE).encode(), kind="application/json"),
    "no JSON": streams(b"data: {not json\n\n"),
    "a megabyte": says(*numbered("You wrote and wrote and wrote", 1_000_000)),
    "a line without end": endless,
    "an error in the stream": streams(chunk({"content": "You wrote"}), event({"error": {"code": 500}})),
}
"""What may go wrong on the way, by name; what may be wrong with a text that arrives is the gate's to find."""
