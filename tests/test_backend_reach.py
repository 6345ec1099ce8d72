"""Whom a member's words reach: the one that was agreed to, over no detour, and nobody that a library thinks of."""

import asyncio
import os
import socket
import ssl
import subprocess
import sys
import threading
import tomllib
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from assistant.backend import through_litellm
from assistant.backend.asking import Came, Failed
from assistant.backend.fence import Elsewhere, Fence
from tests.model_server import moves_to, says, serving
from tests.test_backend_litellm import ask, model

ROOT = Path(__file__).parent.parent
KINDS = ("openai/m", "ollama_chat/m")
"""A model whose maker's client litellm uses, and one that it reaches with its own."""


@pytest.fixture(autouse=True, scope="module")
def prepared():
    through_litellm.prepare()


def at(server, name="openai/m"):
    """A model at a server, as its kind writes an address."""
    return model(server.address if name.startswith("openai/") else server.address.removesuffix("/v1"), name)


# Elsewhere


@pytest.mark.parametrize("name", KINDS)
def test_a_server_cannot_send_the_words_on_not_even_to_another_program_on_the_same_machine(name):
    with serving(says("Got it.")) as other:
        for elsewhere in (other.address, "http://example.invalid/v1", "http://192.0.2.1/v1"):
            with serving(moves_to(elsewhere)) as server:
                assert ask(at(server, name)) == Failed("elsewhere")
                assert len(server.seen) == 1
        assert other.seen == []


@pytest.mark.parametrize("name", KINDS)
def test_behind_a_proxy_a_server_cannot_send_the_words_on_either(monkeypatch, name):
    with serving(moves_to("http://elsewhere.example.com/v1")) as proxy:
        monkeypatch.setenv("http_proxy", proxy.address.removesuffix("/v1"))
        assert ask(model("http://model.example.com/v1", name)) == Failed("elsewhere")
        assert ["//model.example.com/" in target for target, _, _ in proxy.seen] == [True]


@pytest.mark.parametrize("setting", ["", "DISABLE_AIOHTTP_TRANSPORT", "AIOHTTP_TRUST_ENV", "USE_LITELLM_PROXY"])
@pytest.mark.parametrize("name", KINDS)
def test_neither_a_proxy_nor_a_variable_leads_words_for_this_machine_elsewhere(monkeypatch, name, setting):
    if setting:
        monkeypatch.setenv(setting, "True")
    with serving(says("Got it.")) as other, serving(says("Here.")) as server:
        for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(variable, other.address.removesuffix("/v1"))
        for variable in ("OPENAI_API_BASE", "OPENAI_BASE_URL", "OLLAMA_API_BASE", "LITELLM_PROXY_API_BASE"):
            monkeypatch.setenv(variable, other.address)
        ask(at(server, name))
        assert server.seen and other.seen == []
        assert "OPENAI_API_BASE" not in os.environ


def test_nobody_is_asked_what_a_model_can_do():
    """Else litellm asks so of an Ollama model, at the usual address or by the proxy that stood when it was imported."""
    with serving(says("Here.")) as server, suppress(Exception):
        through_litellm.prepare().get_model_info("ollama_chat/new", api_base=server.address.removesuffix("/v1"))
    assert server.seen == []


def test_nobody_is_told_what_one_is_called_elsewhere(monkeypatch):
    monkeypatch.setenv("OPENAI_ORGANIZATION", "org-secret")
    with serving(says("Here.")) as server:
        assert ask(at(server)) == Came("Here.", ended=True)
        assert "org-secret" not in str(server.seen)


def test_a_local_name_that_leads_away_from_this_machine_is_not_followed(monkeypatch):
    async def away(self, host, port, **options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", port))]

    monkeypatch.setattr(asyncio.SelectorEventLoop, "getaddrinfo", away)
    assert ask(model("http://localhost:9/v1")) == Failed("elsewhere")


async def connects(host, port):
    """Try to connect; that nobody is there is well."""
    with suppress(ConnectionRefusedError):
        await asyncio.get_running_loop().create_connection(asyncio.Protocol, host, port)


@pytest.mark.parametrize(
    ("address", "host", "port", "is_open"),
    [
        ("http://localhost:9", "localhost", 9, True),
        ("http://127.0.0.1:9", "127.0.0.1", 9, True),
        ("http://127.0.0.1:9", "127.0.0.1", 10, False),
        ("http://127.0.0.1:9", "192.0.2.1", 9, False),
        ("http://localhost:9", "example.invalid", 9, False),
        ("https://example.invalid", "127.0.0.1", 443, False),
        ("https://example.invalid", "example.invalid", 80, False),
        ("https://192.0.2.1", "192.0.2.1", 80, False),
    ],
)
def test_a_fence_lets_one_host_through_at_one_port_and_no_other(monkeypatch, address, host, port, is_open):
    monkeypatch.setenv("no_proxy", "localhost:8080,example.com")
    with asyncio.Runner(loop_factory=lambda: Fence(address)) as runner:
        if is_open:
            runner.run(connects(host, port))
        else:
            with pytest.raises(Elsewhere):
                runner.run(connects(host, port))


@pytest.mark.parametrize("number", ["::1", "127.0.0.1", "127.9.9.9"])
def test_this_machine_is_reached_by_any_of_its_own_numbers(number):
    fence = Fence("http://[::1]:9")
    assert fence._is_open(number, 9)
    assert not fence._is_open(number, 10)
    fence.close()


# Who it says it is


def certificate(path):
    """Make a certificate that nobody vouches for."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begins = datetime(2020, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, begins, begins + timedelta(days=36_500))
    no_passphrase = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, no_passphrase)
    path.write_bytes(private + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("verify", ["", "False"])
def test_who_cannot_show_that_it_is_the_receiver_gets_nothing(monkeypatch, tmp_path, name, verify):
    monkeypatch.setenv("SSL_VERIFY", verify)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path / "made.pem"))
    with serving(says("Got it.")) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        backend = model(server.address.replace("http:", "https:"), name)
        assert ask(backend) == Failed("certificate")
        assert server.seen == []


@contextmanager
def speaking(words):
    """Whoever connects is told `words`."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer():
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    connection.recv(1000)
                    connection.sendall(words)
                    connection.close()

        threading.Thread(target=answer, daemon=True).start()
        yield listening.getsockname()[1]


def test_an_address_that_promises_encryption_and_has_none_is_told_of():
    with speaking(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n") as port:
        assert ask(model(f"https://127.0.0.1:{port}/v1")) == Failed("no_tls")


# What litellm finds when it is imported

SCRIPT = """
import os, sys
reached = []
def heard(event, args):
    if event in ("socket.connect", "socket.getaddrinfo"):
        reached.append(event)
sys.addaudithook(heard)
class Looks:
    def find_spec(self, name, path=None, target=None):
        if name == "litellm":
            print({name: os.environ.get(name) for name in through_litellm.ENVIRONMENT} == through_litellm.ENVIRONMENT)
from assistant.backend import through_litellm
sys.meta_path.insert(0, Looks())
through_litellm.prepare()
print(reached, os.environ.get("STRAY"), os.environ.get("OPENAI_API_KEY"))
"""


def test_litellm_is_imported_with_its_settings_set_and_neither_calls_home_nor_reads_a_stray_file(tmp_path):
    (tmp_path / ".env").write_text("STRAY=1\nOPENAI_API_KEY=sk-stray\n")
    wrong = {"LITELLM_LOCAL_MODEL_COST_MAP": "False", "LITELLM_MODE": "DEV", "LITELLM_LOG": "DEBUG"}
    clean = {name: value for name, value in os.environ.items() if name != "OPENAI_API_KEY"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=tmp_path, env=clean | wrong, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["True", "[] None None"]
    assert done.stderr == ""


def test_the_stolen_versions_are_excluded():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["model"]
    (litellm,) = map(Requirement, wanted)
    for stolen in ("1.82.7", "1.82.8"):
        assert str(f"!={stolen}") in str(litellm.specifier)
        assert not litellm.specifier.contains(stolen)
        assert version("litellm") != stolen
        for lock in (ROOT / "requirements").glob("*.txt"):
            assert f"litellm=={stolen} " not in lock.read_text()


def test_litellm_writes_nothing_down_and_tells_nobody():
    litellm = through_litellm.prepare()
    assert litellm.turn_off_message_logging and litellm.suppress_debug_info and not litellm.telemetry
    kinds = ("callbacks", "success_callback", "failure_callback", "input_callback")
    with serving(says("Here.")) as server:
        assert ask(at(server)) == Came("Here.", ended=True)
    assert {kind: getattr(litellm, kind) for kind in kinds} == {kind: [] for kind in kinds}
