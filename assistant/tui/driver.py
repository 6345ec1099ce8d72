"""Where the terminal is read: Textual's driver, with pastes divided from keys before its parser sees either."""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Iterable
from time import monotonic

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from assistant.tui.pastes import QUIET, Pastes, Piece

CHUNK = 65_536
"""Bytes that are read at once, at most."""
IDLE = 0.1
"""Seconds after which it is looked whether the app has ended."""


class Driver(LinuxDriver):
    """Reads keys and pastes, whole and in their order, whatever the bytes are."""

    def run_input_thread(self) -> None:
        """Read until the app ends or the terminal is closed."""
        parser, pastes = XTermParser(self._debug), Pastes()
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:  # the one that reads every terminal, on macOS too
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(QUIET if pastes.waits else IDLE):
                    try:
                        data = os.read(self.fileno, CHUNK)
                    except OSError:
                        data = b""
                    if not data:
                        self._app.call_later(self._app.exit)
                        return
                    pieces = pastes.feed(decode(data), monotonic())
                else:
                    pieces = pastes.rest(monotonic())
                for piece in pieces:
                    for message in _messages(piece, parser):
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)


def _messages(piece: Piece, parser: XTermParser) -> Iterable[Message]:
    return [events.Paste(piece.text)] if piece.what == "paste" else parser.feed(piece.text)
