"""Any model that litellm knows, asked so that it does this one thing: no retries, no calls home, no prints, no logs.

litellm is two seconds of import and 336 MB with what it needs, so it comes with the extra `[model]` and is imported
in the thread that asks.
"""

import asyncio
import logging
import os
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing, suppress
from typing import Any

from assistant.backend import choice
from assistant.backend.fence import Elsewhere, Fence
from assistant.backend.hush import hush
from assistant.backend.request import Request, Unanswered
from assistant.backend.settings import Settings

ENVIRONMENT = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # else it fetches a list of prices when it is imported
    "LITELLM_MODE": "PRODUCTION",  # else it reads any .env it finds
    "LITELLM_LOG": "CRITICAL",
}
"""What litellm must find when it is imported."""

ASTRAY = ("USE_LITELLM_PROXY", "DISABLE_AIOHTTP_TRANSPORT", "AIOHTTP_TRUST_ENV", "OPENAI_ORGANIZATION")
"""Variables by which litellm asks somebody else, by another way, or tells who one is elsewhere."""

_ONE_AT_A_TIME = threading.Lock()
"""litellm keeps its connections in one place for all threads, where the end of one request would close another's."""

STATUSES = {
    400: "refused_it",
    401: "key",
    403: "forbidden",
    404: "no_model",
    408: "late",
    422: "refused_it",
    429: "busy",
    504: "late",
}
"""What a server's status means, by its sentence in the message catalogue under `model`; any other: it is failing."""

MOST = 4_000_000
"""Bytes of an answer that are taken in: many times what a model says in the time it has."""


class TooMuch(OSError):
    """Somebody sent more than that."""


CAUSES: tuple[tuple[type[BaseException], str], ...] = (
    (Elsewhere, "elsewhere"),
    (TooMuch, "too_much"),
    (socket.gaierror, "no_host"),
    (ssl.SSLCertVerificationError, "certificate"),
    (ssl.SSLError, "no_tls"),
    (ConnectionRefusedError, "nobody_there"),
    (TimeoutError, "late"),
)
"""What lies under an error says more than the error."""


def prepare() -> Any:
    """Import litellm, and take from it what it does beside its work; for any thread but the main one."""
    hush()
    os.environ.update(ENVIRONMENT)
    for name in [name for name in os.environ if name.endswith(("_API_BASE", "_BASE_URL")) or name in ASTRAY]:
        del os.environ[name]  # what was agreed to stands in config.toml, and no variable may lead elsewhere
    if os.environ.get("SSL_VERIFY", "").strip().lower() == "false":
        del os.environ["SSL_VERIFY"]  # else it takes anybody for the receiver
    import httpx
    import litellm  # 2 s

    # A redirect is a request to somebody else, and behind a proxy the fence cannot see to whom.
    httpx.AsyncClient._build_redirect_request = _refused
    # By this client it asks on its own account what an Ollama model can do: at another address, by any proxy.
    litellm.module_level_client.post = litellm.module_level_client.get = _refused
    _bound(httpx)
    litellm.suppress_debug_info = True
    litellm.turn_off_message_logging = True
    litellm.telemetry = False
    for callbacks in (litellm.callbacks, litellm.success_callback, litellm.failure_callback, litellm.input_callback):
        callbacks.clear()
    for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy", "httpx", "openai"):
        logging.getLogger(name).disabled = True
    return litellm


def _refused(*_: object, **__: object) -> None:
    raise Elsewhere


def _bound(httpx: Any) -> None:
    """Let an answer come as it is, and no more of it than `MOST`: a packed one may be a thousand times its size."""
    httpx._client.ACCEPT_ENCODING = "identity"
    for name in [name for name in httpx._decoders.SUPPORTED_DECODERS if name != "identity"]:
        del httpx._decoders.SUPPORTED_DECODERS[name]
    whole = httpx.Response.aiter_raw
    if whole.__name__ == "bounded":
        return

    async def bounded(response: Any, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        size = 0
        async with aclosing(whole(response, chunk_size)) as pieces:
            async for piece in pieces:
                size += len(piece)
                if size > MOST:
                    raise TooMuch
                yield piece

    httpx.Response.aiter_raw = bounded


class ThroughLitellm:
    """A model, by the name litellm has for it."""

    def __init__(self, settings: Settings, key: Callable[[], str | None]) -> None:
        """Ask the model of `settings`, with the key that `key` finds when it is needed."""
        self._settings = settings
        self._key = key

    def prepare(self) -> None:
        """Import litellm, where it is installed."""
        if choice.installed():
            prepare()

    def loop(self) -> asyncio.AbstractEventLoop:
        """Give the loop to ask in: with an address, it leads nowhere else; what it has to complain of, nobody hears."""
        address = self._settings.where
        loop = Fence(address) if address else asyncio.SelectorEventLoop()
        loop.set_exception_handler(lambda *_: None)
        return loop

    async def stream(self, request: Request) -> AsyncIterator[str]:
        """Ask, and give the answer piece by piece; closing it closes the connection, and the server stops.

        Raises:
            Unanswered: when there is no answer, or the end of it is missing.
        """
        if not choice.installed():
            raise Unanswered("not_installed")
        with _ONE_AT_A_TIME:
            async with aclosing(self._stream(prepare(), request)) as pieces:
                async for piece in pieces:
                    yield piece

    async def _stream(self, litellm: Any, request: Request) -> AsyncIterator[str]:
        litellm.disable_aiohttp_trust_env = self._settings.here  # a proxy is not this machine
        came = False
        try:
            answer = await litellm.acompletion(**self._asked(request))
            try:
                async for chunk in answer:
                    for choice in chunk.choices:
                        if choice.delta.content:
                            came = True
                            yield choice.delta.content
            finally:
                with suppress(Exception):
                    await answer.aclose()
            if not came:
                raise Unanswered("empty")
            if not (answer.received_finish_reason or answer.intermittent_finish_reason):
                raise Unanswered("cut_off")
        except Unanswered:
            raise
        except Exception as error:
            raise Unanswered(_why(error)) from None
        finally:
            with suppress(Exception):
                await litellm.close_litellm_async_clients()
                litellm.in_memory_llm_clients_cache.flush_cache()

    def _asked(self, request: Request) -> dict[str, Any]:
        settings, key = self._settings, self._key()
        asked: dict[str, Any] = {
            "model": settings.name,
            "messages": [{"role": message.role, "content": message.text} for message in request.messages],
            "stream": True,
            "temperature": 0,
            "max_tokens": settings.tokens,
            "max_retries": 0,
            "timeout": settings.seconds,
            "drop_params": True,
        }
        if settings.where:
            # Without a key of its own, an address must not get the one that another maker's variable holds.
            return {**asked, "api_base": settings.where, "api_key": key or "none"}
        return {**asked, "api_key": key} if key else asked


def _why(error: BaseException) -> str:
    for cause in _causes(error):
        for kind, why in CAUSES:
            if isinstance(cause, kind):
                return why
    status = getattr(error, "status_code", None)
    if type(error).__name__ == "MidStreamFallbackError":
        return "cut_off"
    return STATUSES.get(status, "failing" if isinstance(status, int) else "unexpected")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
