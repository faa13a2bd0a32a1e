"""A page is fetched whole and once; whatever a server does instead ends soon, with a sentence."""

import asyncio
import gzip
import zlib
from datetime import UTC, datetime

import pytest

from tests.watchers.fetchers.conftest import TERMS, Request, Server, endless, moved, page
from watchers.errors import AddressRefused, BotCheck, FetchError
from watchers.fetchers.guard import Guard
from watchers.fetchers.http import HttpFetcher
from watchers.model import Part, Validators

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


async def test_a_page_comes_as_it_was_served(server: Server) -> None:
    server.answers["/terms"] = page(
        TERMS, etag='W/"1"', last_modified="Wed, 04 Mar 2026 10:00:00 GMT", set_cookie="a=b"
    )
    async with HttpFetcher(Guard(allow_loopback=True), "Clausewatch/test", clock=lambda: NOW) as fetcher:
        fetched = await fetcher.fetch(server.part("/terms#section"))
    assert fetched.snapshot is not None
    assert fetched.snapshot.body == TERMS
    assert fetched.snapshot.taken_at == NOW
    assert fetched.snapshot.address.endswith("/terms#section")
    assert "set-cookie" not in dict(fetched.snapshot.headers)
    assert fetched.validators == Validators('W/"1"', "Wed, 04 Mar 2026 10:00:00 GMT")


async def test_we_say_who_we_are_and_which_language_we_read(server: Server, fetcher: HttpFetcher) -> None:
    server.answers["/agb"] = page()
    await fetcher.fetch(server.part("/agb"), language="de")
    headers = server.requests[0].headers
    assert headers["user-agent"] == "Clausewatch/test"
    assert headers["accept-language"].startswith("de,")
    assert headers["accept-encoding"] == "gzip, deflate"
    assert "if-none-match" not in headers


async def test_the_servers_own_validators_go_back_as_they_came(server: Server, fetcher: HttpFetcher) -> None:
    server.answers["/terms"] = page(b"", "304 Not Modified", etag='"2"')
    known = Validators('"1"', "Wed, 04 Mar 2026 10:00:00 GMT")
    fetched = await fetcher.fetch(server.part("/terms"), known)
    assert server.requests[0].headers["if-none-match"] == '"1"'
    assert server.requests[0].headers["if-modified-since"] == "Wed, 04 Mar 2026 10:00:00 GMT"
    assert fetched.snapshot is None
    assert fetched.validators == Validators('"2"', "Wed, 04 Mar 2026 10:00:00 GMT")


async def test_after_unchanged_the_next_request_takes_the_same_connection(server: Server, fetcher: HttpFetcher) -> None:
    server.answers["/terms"] = b'HTTP/1.1 304 Not Modified\r\netag: "1"\r\n\r\n'
    server.answers["/privacy"] = page()
    await fetcher.fetch(server.part("/terms"), Validators('"1"'))
    await fetcher.fetch(server.part("/privacy"))
    assert (len(server.requests), server.connections) == (2, 1)


async def test_words_after_unchanged_belong_to_nobody(server: Server, fetcher: HttpFetcher) -> None:
    server.answers["/terms"] = page(TERMS, "304 Not Modified")
    server.answers["/privacy"] = page()
    assert (await fetcher.fetch(server.part("/terms"), Validators('"1"'))).snapshot is None
    fetched = await fetcher.fetch(server.part("/privacy"))
    assert fetched.snapshot is not None
    assert fetched.snapshot.body == b"<h1>Terms</h1>"


@pytest.mark.parametrize("etag", ['"a\r\nx-evil: 1"', '"ü"', '"' + "a" * 2000 + '"'])
async def test_a_validator_that_is_no_header_is_not_sent_back(server: Server, fetcher: HttpFetcher, etag: str) -> None:
    server.answers["/terms"] = page()
    await fetcher.fetch(server.part("/terms"), Validators(etag))
    assert "if-none-match" not in server.requests[0].headers


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(TERMS)),
        ("x-gzip", gzip.compress(TERMS)),
        ("gzip", gzip.compress(TERMS[:9]) + gzip.compress(TERMS[9:])),
        ("gzip", gzip.compress(TERMS) + bytes(40)),
        ("deflate", zlib.compress(TERMS)),
        ("deflate", zlib.compress(TERMS)[2:-4]),
        ("identity", TERMS),
        ("", TERMS),
    ],
)
async def test_a_packed_page_is_unpacked(server: Server, fetcher: HttpFetcher, coding: str, body: bytes) -> None:
    server.answers["/terms"] = page(body, content_encoding=coding)
    fetched = await fetcher.fetch(server.part("/terms"))
    assert fetched.snapshot is not None
    assert fetched.snapshot.body == TERMS


async def test_bytes_in_a_wrong_encoding_are_kept_as_they_are(server: Server, fetcher: HttpFetcher) -> None:
    body = "Überall \ud800".encode("utf16", "surrogatepass")
    server.answers["/terms"] = page(body, content_type="text/html; charset=utf-8")
    fetched = await fetcher.fetch(server.part("/terms"))
    assert fetched.snapshot is not None
    assert (fetched.snapshot.body, fetched.snapshot.media_type) == (body, "text/html")


@pytest.mark.parametrize(
    ("said", "body", "media_type"),
    [
        ("Text/HTML; charset=utf-8", TERMS, "text/html"),
        ("", TERMS, "text/html"),
        ("application/octet-stream", b"%PDF-1.7 x", "application/pdf"),
        ("text/html", b"\n%PDF-1.4 x", "application/pdf"),
        ("text/plain", b"Terms", "text/plain"),
        ("text/markdown", b"# Terms", "text/markdown"),
        ("application/xhtml+xml", TERMS, "application/xhtml+xml"),
        ("html", b"<!DOCTYPE html><p>Terms", "text/html"),
        ("text/html, text/html; charset=utf-8", TERMS, "text/html"),
        ("charset=utf-8; text/html", TERMS, "text/html"),
        ("application/x-httpd-php", b"\n<html><p>Terms", "text/html"),
    ],
)
async def test_the_kind_of_page_is_told_by_type_and_first_bytes(
    server: Server, fetcher: HttpFetcher, said: str, body: bytes, media_type: str
) -> None:
    server.answers["/terms"] = page(body, content_type=said)
    fetched = await fetcher.fetch(server.part("/terms"))
    assert fetched.snapshot is not None
    assert fetched.snapshot.media_type == media_type


async def test_redirects_are_followed_and_the_last_address_is_kept(server: Server, fetcher: HttpFetcher) -> None:
    server.answers |= {"/a": moved("b"), "/b": moved("//" + server.base[7:] + "/c%20d?e=f g"), "/c%20d?e=f%20g": page()}
    fetched = await fetcher.fetch(server.part("/a"))
    assert fetched.snapshot is not None
    assert fetched.snapshot.final_address == f"{server.base}/c%20d?e=f%20g"


async def test_more_than_ten_redirects_are_too_many(server: Server, fetcher: HttpFetcher) -> None:
    server.answers |= {f"/{n}": moved(f"/{n + 1}") for n in range(30)}
    with pytest.raises(FetchError, match="more than 10 times"):
        await fetcher.fetch(server.part("/0"))
    assert len(server.requests) == 11


async def test_a_cookie_asked_for_on_the_way_is_shown_and_then_forgotten(server: Server, fetcher: HttpFetcher) -> None:
    async def gate(request: Request, writer: asyncio.StreamWriter) -> None:
        seen = request.headers.get("cookie") == "seen=1"
        writer.write(page() if seen else moved("/terms", set_cookie="seen=1; Path=/"))
        await writer.drain()

    server.answers["/terms"] = gate
    assert (await fetcher.fetch(server.part("/terms"))).snapshot
    assert (await fetcher.fetch(server.part("/terms"))).snapshot
    assert [request.headers.get("cookie") for request in server.requests] == [None, "seen=1", None, "seen=1"]


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        ("404 Not Found", True),
        ("410 Gone", True),
        ("451 Unavailable For Legal Reasons", True),
        ("400 Bad Request", True),
        ("408 Request Timeout", False),
        ("429 Too Many Requests", False),
        ("500 Internal Server Error", False),
        ("503 Service Unavailable", False),
        ("599 Odd", False),
        ("202 Accepted", False),
        ("300 Multiple Choices", False),
    ],
)
async def test_a_status_says_whether_asking_again_may_help(
    server: Server, fetcher: HttpFetcher, status: str, permanent: bool
) -> None:
    server.answers["/terms"] = page(b"<p>sorry</p>", status)
    with pytest.raises(FetchError, match=f"answered {status[:3]}") as trouble:
        await fetcher.fetch(server.part("/terms"))
    assert trouble.value.permanent is permanent
    assert not isinstance(trouble.value, BotCheck)


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        ("403 Forbidden", b"no", {}),
        ("503 Service Unavailable", b"<title>Just a moment...</title><script>_cf_chl_opt</script>", {}),
        ("200 OK", b"<title>Just a moment...</title>", {}),
        ("200 OK", b"<div id=px-captcha></div>", {}),
        ("200 OK", b"<p>hello</p>", {"cf_mitigated": "challenge"}),
        ("202 Accepted", b"", {"x_amzn_waf_action": "challenge"}),
        ("429 Too Many Requests", b"Vercel Security Checkpoint", {"retry_after": "9"}),
    ],
)
async def test_a_check_for_robots_is_known_as_such(
    server: Server, fetcher: HttpFetcher, status: str, body: bytes, headers: dict[str, str]
) -> None:
    server.answers["/terms"] = page(body, status, **headers)
    with pytest.raises(BotCheck, match="suspects a robot"):
        await fetcher.fetch(server.part("/terms"))


@pytest.mark.parametrize(
    "body",
    [
        b"<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script><h1>Terms</h1>",
        b"<h1>Terms</h1><p>We may verify you are human.</p><div class=g-recaptcha>",
        b"<title>Just a moment</title>" + b"<p>But a long one.</p>" * 2000,
    ],
)
async def test_a_good_page_with_a_bot_script_in_it_is_a_page(server: Server, fetcher: HttpFetcher, body: bytes) -> None:
    server.answers["/terms"] = page(body)
    assert (await fetcher.fetch(server.part("/terms"))).snapshot


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        ("Wed, 04 Mar 2026 12:10:00 GMT", 600.0),
        ("Wed, 04 Mar 2026 11:00:00 GMT", 0.0),
        ("99999999999999", 86400.0),
        ("Wed, 04 Mar 2126 11:00:00 GMT", 86400.0),
        ("soon", None),
        ("-5", None),
        ("Wed, 99 Mar 2026 12:10:00 GMT", None),
    ],
)
async def test_the_wait_a_server_asks_for_is_passed_on(server: Server, said: str, seconds: float | None) -> None:
    server.answers["/terms"] = page(b"", "503 Service Unavailable", retry_after=said)
    async with HttpFetcher(Guard(allow_loopback=True), "Clausewatch/test", clock=lambda: NOW) as fetcher:
        with pytest.raises(FetchError) as trouble:
            await fetcher.fetch(server.part("/terms"))
    assert trouble.value.retry_after == seconds


async def test_of_an_endless_robots_txt_the_beginning_is_read(server: Server, fetcher: HttpFetcher) -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n"
    server.answers["/robots.txt"] = endless(head, b"user-agent: *\ndisallow: /private\n" * 20)
    answer = await fetcher.get(f"{server.base}/robots.txt", first=1000)
    assert len(answer.body) == 1000
    assert answer.body.startswith(b"user-agent: *")


async def test_a_server_that_is_not_there_is_a_passing_trouble(fetcher: HttpFetcher, server: Server) -> None:
    part = server.part("/terms").__class__("http://127.0.0.1:1/terms")
    with pytest.raises(FetchError, match="cannot be reached") as trouble:
        await fetcher.fetch(part)
    assert not trouble.value.permanent


async def test_an_inner_address_is_refused_before_anything_is_sent(server: Server) -> None:
    async with HttpFetcher(Guard(), "Clausewatch/test") as fetcher:
        with pytest.raises(AddressRefused):
            await fetcher.fetch(server.part("/terms"))
    assert server.requests == []


async def _socks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Be a SOCKS5 proxy (RFC 1928) for one connection, and the web behind it."""
    await reader.readexactly(3)
    writer.write(b"\x05\x00")
    kind = (await reader.readexactly(4))[3]
    length = (await reader.readexactly(1))[0] if kind == 3 else 4
    host = await reader.readexactly(length + 2)
    writer.write(b"\x05\x00\x00\x01" + bytes(6))
    await reader.readuntil(b"\r\n\r\n")
    writer.write(page(b"for " + host[:-2], connection="close"))
    await writer.drain()
    writer.close()


async def test_a_page_comes_through_a_socks_proxy_and_inner_ones_do_not() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        return ["93.184.215.14"] if host == "tern.example.com" else ["10.0.0.1"]

    running = await asyncio.start_server(_socks, "127.0.0.1", 0)
    proxy = f"socks5://127.0.0.1:{running.sockets[0].getsockname()[1]}"
    async with HttpFetcher(Guard(resolve=resolve), "Clausewatch/test", proxies=(proxy,)) as fetcher:
        fetched = await fetcher.fetch(Part("http://tern.example.com/terms"))
        with pytest.raises(AddressRefused):
            await fetcher.fetch(Part("http://inner.example.com/terms"))
    running.close()
    assert fetched.snapshot is not None
    assert fetched.snapshot.body == b"for tern.example.com"


async def test_every_host_keeps_to_one_proxy(server: Server) -> None:
    server.answers["http://93.184.215.14/terms"] = page()
    async with HttpFetcher(Guard(), "Clausewatch/test", proxies=[server.base, server.base]) as fetcher:
        await fetcher.get("http://93.184.215.14/terms")
        with pytest.raises(AddressRefused):
            await fetcher.get("http://10.0.0.1/terms")
    assert [request.path for request in server.requests] == ["http://93.184.215.14/terms"]


@pytest.mark.parametrize(
    "answer",
    [
        page(b'<title>T</title><meta content="0; url=/new" http-equiv=refresh>'),
        page(b"<meta http-equiv='refresh' content='0;URL=\"/new\"'><p>If you are not sent on, follow the link.</p>"),
        page(b"", refresh="0; url=/new"),
        page(b"<p>Moved</p>", refresh="1;/new", etag='"stub"'),
    ],
)
async def test_a_page_that_only_leads_on_is_followed(server: Server, fetcher: HttpFetcher, answer: bytes) -> None:
    server.answers |= {"/terms": answer, "/new": page(TERMS, etag='"new"')}
    fetched = await fetcher.fetch(server.part("/terms"))
    assert fetched.snapshot is not None
    assert (fetched.snapshot.body, fetched.snapshot.final_address) == (TERMS, f"{server.base}/new")
    assert fetched.validators == Validators()


@pytest.mark.parametrize(
    "body",
    [
        b'<noscript><meta http-equiv="refresh" content="0; url=/new"></noscript><div id=app></div>',
        b'<meta http-equiv="refresh" content="1800; url=/new"><p>Terms</p>',
        b'<meta http-equiv="refresh" content="0; url=/new"><p>' + b"word " * 100,
        b'<meta name="refresh" content="0; url=/new"><p>Terms</p>',
        b'<meta http-equiv="refresh" content="3"><p>Terms</p>',
    ],
)
async def test_a_page_of_its_own_leads_nowhere(server: Server, fetcher: HttpFetcher, body: bytes) -> None:
    server.answers["/terms"] = page(body)
    fetched = await fetcher.fetch(server.part("/terms"))
    assert fetched.snapshot is not None
    assert fetched.snapshot.body == body


async def test_a_page_that_leads_inward_is_refused(server: Server, fetcher: HttpFetcher) -> None:
    server.answers["/terms"] = page(b'<meta http-equiv=refresh content="0;url=http://169.254.169.254/latest/">')
    with pytest.raises(AddressRefused):
        await fetcher.fetch(server.part("/terms"))


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\ncache/result: x\r\ncontent-type: text/html\r\n",
        b"HTTP/1.1 200 OK\r\nX Served By: a\r\ncontent-type: text/html\r\n",
        b"\r\n\r\nHTTP/1.1 200 OK\r\ncontent-type: text/html\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\ncontent-type: text/html\r\n",
        b"HTTP/1.1 200 OK\ncontent-type: text/html\nno header at all\n",
    ],
)
async def test_a_head_that_browsers_overlook_is_no_reason_to_refuse_a_page(
    server: Server, fetcher: HttpFetcher, head: bytes
) -> None:
    server.answers["/terms"] = head + b"content-length: %d\r\n\r\n" % len(TERMS) + TERMS
    for _ in range(2):  # the second on the same connection
        fetched = await fetcher.fetch(server.part("/terms"))
        assert fetched.snapshot is not None
        assert fetched.snapshot.body == TERMS
