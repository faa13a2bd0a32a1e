"""Pages of our own for the peers to watch, and the server of them: a process whose CPU is nobody's.

`/plain/N` has no validators, `/etag/N` answers 304 when asked, `/pair/N` shows the old or the new page of a pair.
"""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FIRST, CHANGED = 0, 1
HEAD = (
    "<!doctype html><html lang='en'><head><title>{title}</title><script>var session = '{nonce}';</script></head><body>"
)
NAV = "<nav><ul><li><a href='/?sid={nonce}'>Home</a></li><li><a href='/help'>Help</a></li></ul></nav>"
MAIN = "<main><h1>{title}</h1>"
FOOT = "</main><aside>{ticker}</aside><footer><p>© 2026 Tern, Inc.</p></footer></body></html>"
SUBJECTS = (
    "your posts",
    "your contact details",
    "your location",
    "messages you send",
    "payment records",
    "device identifiers",
)
DEEDS = (
    "keep",
    "share with service providers",
    "use to improve the service",
    "analyse",
    "combine with other records",
    "delete",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two looks at one page. `real`: its words changed; otherwise nobody should be told. `type`: the terms type."""

    name: str
    old: bytes
    new: bytes
    real: bool
    type: str = "Terms of Service"


def policy(number: int, clauses: int = 200, days: int = 30, nonce: str = "0", ticker: str = "", extra: str = "") -> str:
    """Return a policy of some sixty kilobytes, each clause of which differs from the others."""
    title = f"Terms of Service {number}"
    said = [
        f"<h2>{n}. On {SUBJECTS[n % 6]}</h2>"
        f"<p>In case {number}-{n} we may {DEEDS[n % 5]} {SUBJECTS[(n + number) % 6]} for "
        f"{days if n == 7 else 10 + n} days, unless the law of the place where you live asks for less, and we "
        f"tell you <a href='/more/{n}?session={nonce}'>more about it</a> before we do so.</p>"
        for n in range(1, clauses + 1)
    ]
    body = "".join(said) + (f"<p>{extra}</p>" if extra else "")
    opening = (HEAD + NAV + MAIN).format(title=title, nonce=nonce)
    return opening + body + FOOT.format(ticker=ticker)


def own_pairs() -> tuple[Pair, ...]:
    """Return pairs of our own: what stirs around the words, and small changes in them."""

    def small(number: int, **more: Any) -> bytes:
        return policy(number, 20, **more).encode()

    base = [small(number) for number in range(12)]
    tern = base[0].decode()
    noise = {
        "a session in the links": small(0, nonce="8f3a91"),
        "a ticker beside the words": small(0, ticker="Trending now: 2,674 people read this"),
        "a script of the page": tern.replace("var session", "var token = 1; var session").encode(),
        "the year of the footer": tern.replace("© 2026", "© 2027").encode(),
        "a menu entry": tern.replace(
            "<li><a href='/help'>", "<li><a href='/jobs'>Jobs</a></li><li><a href='/help'>"
        ).encode(),
        "line breaks in the source": tern.replace("</h2>", "</h2>\n\n  ").encode(),
        "attributes and classes": tern.replace("<p>", "<p class='x9 y2' data-n='77'>").encode(),
        "typographic quotes": tern.replace("you live asks", "you live asks ").encode(),
    }
    real = {
        "thirty days become ninety": (small(0), small(0, days=90)),
        "a sentence more": (small(0), small(0, extra="We may sell your posts to anybody.")),
        "may becomes may not": (base[1], base[1].replace(b"case 1-3 we may", b"case 1-3 we may not")),
        "a clause less": (
            base[2],
            base[2].replace(b"<h2>5. On", b"<h2 hidden>5. On").replace(b"In case 2-5 we may", b"We may"),
        ),
        "a promise is gone": (small(3, extra="We never sell your data."), small(3)),
        "from 16 to 13": (small(4, extra="You must be at least 16."), small(4, extra="You must be at least 13.")),
    }
    quiet = [Pair(name, base[0], new, False) for name, new in noise.items()]
    return (*quiet, *(Pair(name, old, new, True) for name, (old, new) in real.items()))


class Pages:
    """The server. `turn` says which look it is; `pairs` are shown under `/pair/N`."""

    def __init__(self, count: int, pairs: Sequence[Pair], clauses: int = 200) -> None:
        self.turn = multiprocessing.Value("i", FIRST)
        self.asked = multiprocessing.Value("i", 0)
        self._port = multiprocessing.Value("i", 0)
        self._ready = multiprocessing.Event()
        looks = (
            [policy(n, clauses).encode() for n in range(count)],
            [policy(n, clauses, extra="From now on we may sell your posts.").encode() for n in range(count)],
        )
        self._process = multiprocessing.get_context("fork").Process(
            target=self._serve, args=(looks, pairs), daemon=True
        )

    def start(self) -> str:
        """Begin to serve; return the address."""
        self._process.start()
        self._ready.wait(20)
        return f"http://127.0.0.1:{self._port.value}"

    def stop(self) -> None:
        """End."""
        self._process.terminate()

    def _serve(self, looks: Sequence[Sequence[bytes]], pairs: Sequence[Pair]) -> None:
        pages = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                kind, _, number = self.path.strip("/").partition("/")
                with pages.asked.get_lock():
                    pages.asked.value += kind in ("plain", "etag", "pair")
                if kind not in ("plain", "etag", "pair"):
                    self._answer(404, b"")
                elif kind == "pair":
                    pair = pairs[int(number)]
                    self._answer(200, pair.new if pages.turn.value else pair.old)
                else:
                    body = looks[pages.turn.value][int(number)]
                    mark = f'"{hashlib.sha256(body).hexdigest()[:16]}"' if kind == "etag" else ""
                    same = bool(mark) and self.headers.get("If-None-Match", "") == mark
                    self._answer(304 if same else 200, b"" if same else body, mark)

            def _answer(self, status: int, body: bytes, mark: str = "") -> None:
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                if mark:
                    self.send_header("ETag", mark)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._port.value = server.server_address[1]
        self._ready.set()
        server.serve_forever()
