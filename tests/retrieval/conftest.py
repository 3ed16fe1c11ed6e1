"""An https server on the loopback that behaves as badly as a test asks for."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

BODY = bytes(range(256)) * 1600
"""400 kB, more than one block of a download."""


@dataclass
class Behaviour:
    """What the server does next; the tests change it, the server notes what it was asked."""

    status: int = 200
    location: str = ""
    cut_at: int | None = None
    """Close the connection behind so many bytes of the file; once."""
    has_ranges: bool = True
    etag: str = '"first"'
    is_endless: bool = False
    is_chunked: bool = False
    silence_s: float = 0.0
    drip_s: float = 0.0
    """Send the body byte by byte, with such pauses between; below 0 the head of the answer."""
    kind: str = "application/octet-stream"
    body: bytes = BODY
    asked: list[dict[str, str]] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    behaviour: Behaviour

    def do_GET(self) -> None:
        now = self.behaviour
        now.asked.append({"path": self.path, **dict(self.headers)})
        time.sleep(now.silence_s)
        if self.path.startswith("/moved"):
            self._head(302, Location=now.location)
        elif now.status != 200:
            self._head(now.status)
        elif now.is_endless:
            self._endless()
        elif now.is_chunked:
            self._pieces()
        elif now.drip_s:
            self._drip()
        else:
            self._file()

    def _file(self) -> None:
        now, start = self.behaviour, 0
        wanted = self.headers.get("Range")
        if wanted and now.has_ranges and self.headers.get("If-Range") == now.etag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        if start >= len(now.body):
            self._head(416)
            return
        fields = {"Content-Type": now.kind} | ({"ETag": now.etag} if now.etag else {})
        if start:
            fields["Content-Range"] = f"bytes {start}-{len(now.body) - 1}/{len(now.body)}"
        self._head(206 if start else 200, length=len(now.body) - start, **fields)
        end, now.cut_at = now.cut_at, None
        self.wfile.write(now.body[start:end])
        if end is not None:
            self.wfile.flush()
            self.connection.shutdown(2)
            self.close_connection = True

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            return

    def _pieces(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        body = self.behaviour.body
        for start in range(0, len(body), 100_000):
            piece = body[start : start + 100_000]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")

    def _drip(self) -> None:
        pause, self.close_connection = self.behaviour.drip_s, True
        if pause > 0:
            self._head(200, length=len(self.behaviour.body))
        else:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-More: ")
        try:
            while True:
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(abs(pause))
        except OSError:
            return

    def _head(self, status: int, length: int = 0, **fields: str) -> None:
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def behaviour(monkeypatch: pytest.MonkeyPatch, authority: trustme.CA, tmp_path: Path) -> Behaviour:
    """How the server behaves; its certificate is trusted, and no proxy stands between."""
    bundle = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(bundle)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    monkeypatch.setenv("NO_PROXY", "*")
    return Behaviour()


@pytest.fixture
def serve(authority: trustme.CA) -> Iterator[Callable[..., str]]:
    """Start the server and return its address."""
    servers: list[ThreadingHTTPServer] = []

    def start(behaviour: Behaviour, *, name: str = "localhost") -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"behaviour": behaviour}))
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  a client that refuses hangs up
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        servers.append(server)
        return f"https://localhost:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
