"""A checked number is connected to under the name that was asked, in TLS and in Host, and certificates must hold."""

import asyncio
import datetime
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

from tests.watchers.fetchers.conftest import page
from watchers.errors import FetchError
from watchers.fetchers.guard import Guard
from watchers.fetchers.http import HttpFetcher
from watchers.fetchers.transport import guarded_client
from watchers.model import Part

NAME = "policies.example.com"


def write_certificate(folder: Path) -> Path:
    """Write a certificate for our name that nobody signed but itself, with its key, as one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    pem, raw = serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL
    path.write_bytes(key.private_bytes(pem, raw, serialization.NoEncryption()) + certificate.public_bytes(pem))
    return path


class TlsServer:
    """A server that writes down the names it was called by."""

    def __init__(self, certificate: Path) -> None:
        self.certificate = certificate
        self.names: list[str | None] = []
        self.hosts: list[str] = []
        self.port = 0

    async def start(self) -> asyncio.Server:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate)
        context.sni_callback = lambda _, name, __: self.names.append(name)
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0, ssl=context)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.hosts.append(next(line[6:] for line in head.split("\r\n") if line.lower().startswith("host: ")))
        writer.write(page(b"words", connection="close"))
        await writer.drain()
        writer.close()


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[TlsServer]:
    server = TlsServer(write_certificate(tmp_path))
    running = await server.start()
    yield server
    running.close()


async def resolve(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def guard(server: TlsServer) -> Guard:
    return Guard(allowed=[f"{NAME}:{server.port}", f"other.example.com:{server.port}"], resolve=resolve)


def trusting(server: TlsServer) -> HttpFetcher:
    """Return a fetcher that takes the server's certificate as that of an authority."""
    tls = ssl.create_default_context(cafile=str(server.certificate))
    return HttpFetcher(guard(server), "Clausewatch/test", tls=tls)


async def test_the_name_stays_with_the_connection_though_a_number_is_connected_to(server: TlsServer) -> None:
    async with trusting(server) as fetcher:
        fetched = await fetcher.fetch(Part(f"https://{NAME}:{server.port}/terms"))
    assert fetched.snapshot is not None
    assert fetched.snapshot.body == b"words"
    assert server.names == [NAME]
    assert server.hosts == [f"{NAME}:{server.port}"]


async def _speak_http2(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer every request of a connection in HTTP/2."""
    connection = H2Connection(H2Configuration(client_side=False))
    connection.initiate_connection()
    writer.write(connection.data_to_send())
    while came := await reader.read(65536):
        for event in connection.receive_data(came):
            if isinstance(event, RequestReceived) and event.stream_id is not None:
                said = [(":status", "200"), ("content-type", "text/html"), ("etag", 'W/"2"')]
                connection.send_headers(event.stream_id, said)
                connection.send_data(event.stream_id, b"words in two", end_stream=True)
        writer.write(connection.data_to_send())
        await writer.drain()
    writer.close()


async def test_a_server_that_speaks_http2_is_answered_in_it(server: TlsServer) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(server.certificate)
    context.set_alpn_protocols(["h2"])
    running = await asyncio.start_server(_speak_http2, "127.0.0.1", 0, ssl=context)
    port = running.sockets[0].getsockname()[1]
    tls = ssl.create_default_context(cafile=str(server.certificate))
    guard = Guard(allowed=[f"{NAME}:{port}"], resolve=resolve)
    async with HttpFetcher(guard, "Clausewatch/test", tls=tls, http2=True) as fetcher:
        fetched = await fetcher.fetch(Part(f"https://{NAME}:{port}/terms"))
    running.close()
    assert fetched.snapshot is not None
    assert fetched.snapshot.body == b"words in two"
    assert fetched.validators.etag == 'W/"2"'


async def test_a_certificate_for_another_name_does_not_hold(server: TlsServer) -> None:
    async with trusting(server) as fetcher:
        with pytest.raises(FetchError, match="its TLS certificate is invalid"):
            await fetcher.fetch(Part(f"https://other.example.com:{server.port}/terms"))
    assert server.hosts == []


async def test_a_certificate_that_nobody_signed_does_not_hold(server: TlsServer) -> None:
    async with HttpFetcher(guard(server), "Clausewatch/test") as fetcher:
        with pytest.raises(FetchError, match="its TLS certificate is invalid"):
            await fetcher.fetch(Part(f"https://{NAME}:{server.port}/terms"))


async def test_an_environment_that_names_a_proxy_is_not_listened_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    async with guarded_client(Guard(allow_loopback=True), user_agent="Clausewatch/test") as client:
        assert client.headers["user-agent"] == "Clausewatch/test"
        with pytest.raises(httpx.ConnectError):
            await client.get("http://127.0.0.1:2/")
