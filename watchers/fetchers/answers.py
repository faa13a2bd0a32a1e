"""What an answer means before anybody reads its page: gone, busy, blocked, moved, or no page at all.

Plain rules over status, headers and first bytes; nothing is fetched here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import unescape
from http import HTTPStatus

from watchers.errors import BotCheck, FetchError

LONGEST_WAIT = 24 * 3600.0  # seconds; for a server that asks for more the documents would be unseen for days
REDIRECTS = frozenset({301, 302, 303, 307, 308})

# Asking again may help, without anybody changing an address.
_PASSING = frozenset({403, 408, 409, 421, 423, 425, 429})
_PAGES = frozenset({200, 203})
_GONE = frozenset({404, 410})
_BLOCKING = frozenset({202, 401, 405, 429, 503})  # the statuses bot checks answer with

_PAGE_TYPES = re.compile(
    r"text/(?!css|javascript|calendar|csv|event-stream|vcard)[\w.+-]+|application/(xhtml\+xml|pdf)"
)
_LOOKS_LIKE_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--[^>]*-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I)
_NO_PAGE = ("image/", "audio/", "video/", "font/", "text/css", "text/javascript", "application/json")

# A page that only leads on is small and holds next to no words.
_LONGEST_REFRESH = 20_000  # bytes
_FEWEST_WORDS = 60
_UNREAD = re.compile(rb"<(script|style|noscript|!--)\b.*?(?:</\1\s*>|-->)", re.I | re.S)
_META = re.compile(rb"<meta\s[^<>]{1,600}>", re.I)
_TAG = re.compile(rb"<[^<>]*>")
_IS_REFRESH = re.compile(rb"http-equiv\s*=\s*[\"']?\s*refresh", re.I)
_CONTENT = re.compile(rb"\bcontent\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.I)
_REFRESH = re.compile(r"\s*[0-5](?:\.\d*)?\s*[;,]\s*(?:url\s*=)?\s*(\S.*)", re.I)

_VAGUE_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/force-download"})

# The pages that bot checks put before the real one: Cloudflare, AWS WAF, DataDome, Imperva, PerimeterX,
# Akamai, Vercel, captchas. Their scripts also stand in good pages, so these words count beside a bad status …
_CHECK_WORDS = re.compile(
    rb"cf-chl|_cf_chl|cdn-cgi/challenge|awswaf|aws-waf|captcha|_incapsula_resource|_pxappid|errors\.edgesuite\.net"
    rb"|security checkpoint|enable javascript and cookies|you are (a )?human|disable any ad blocker",
    re.IGNORECASE,
)
# … and only these beside a good one, on a page too small to have words of its own.
_CHECK_PAGE = re.compile(
    rb"<title>\s*(just a moment|attention required|vercel security checkpoint|access denied|pardon our interruption)"
    rb"|_cf_chl_opt|captcha-delivery\.com|px-captcha|enable js and disable any ad blocker",
    re.IGNORECASE,
)
_CHECK_HEADERS = {"cf-mitigated": "challenge", "x-amzn-waf-action": "c", "x-vercel-mitigated": "challenge"}
_CHECK_SIZE = 20_000  # bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in full, after redirects: `headers` have lower-case names, `body` is unpacked."""

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """Return a header's first value, or an empty string."""
        return next((value for key, value in self.headers if key == name), "")


def objection(asked: str, answer: Answer, now: datetime) -> FetchError | None:
    """Return the error an answer amounts to, or None when it brings a page."""
    if looks_blocked(answer):
        wait = retry_after(answer.header("retry-after"), now)
        return BotCheck(f"{asked}: the site suspects a robot and asks for proof ({answer.status})", retry_after=wait)
    if answer.status in _PAGES:
        return None
    said = f"{asked}: answered {answer.status}{_phrase(answer.status)}"
    if answer.status in _GONE:
        return FetchError(f"{said}: the page is gone; look up its new address", permanent=True)
    if answer.status in _PASSING or answer.status >= 500 or answer.status < 400:
        return FetchError(f"{said}; it will be asked again", retry_after=retry_after(answer.header("retry-after"), now))
    return FetchError(f"{said}: access refused", permanent=True)


def looks_blocked(answer: Answer) -> bool:
    """Tell whether a bot check answered instead of the site; a browser may get further."""
    if any(answer.header(name).startswith(value) for name, value in _CHECK_HEADERS.items()):
        return True
    if answer.status == 403:
        return True
    if answer.status in _BLOCKING:
        return _CHECK_WORDS.search(answer.body) is not None
    return answer.status in _PAGES and len(answer.body) < _CHECK_SIZE and _CHECK_PAGE.search(answer.body) is not None


def retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds a Retry-After header asks for, given as seconds or as a date (RFC 9110, 10.2.3)."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), LONGEST_WAIT)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max((when - now).total_seconds(), 0.0), LONGEST_WAIT) if when.tzinfo else None


def media_type(asked: str, answer: Answer) -> str:
    """Return the kind of page that came, lower-case and bare; raises `FetchError` when it is none."""
    said = _said_type(answer.header("content-type"))
    if answer.body[:1024].lstrip().startswith(b"%PDF-"):
        return "application/pdf"
    if said in _VAGUE_TYPES and answer.body[:512].lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        return "text/html"
    if _PAGE_TYPES.fullmatch(said) and said != "application/pdf":
        return said
    if not said.startswith(_NO_PAGE) and _LOOKS_LIKE_HTML.match(answer.body[:1024]):
        return "text/html"
    told = f"“{said[:60]}”" if said else "something without a type"
    raise FetchError(f"{asked}: sent {told} where a page was expected; look up its address", permanent=True)


def _said_type(header: str) -> str:
    """Return the type that a Content-Type names, wherever in it: of several the first that a page may have.

    >>> _said_type("charset=utf-8; text/html"), _said_type("text/html, text/html; charset=utf-8")
    ('text/html', 'text/html')
    """
    named = [part.strip().lower() for part in re.split("[;,]", header[:500])]
    return next((part for part in named if _PAGE_TYPES.fullmatch(part)), named[0])


def refresh(answer: Answer) -> str:
    """Return where a page leads that says so instead of its words: by its Refresh header or the `meta` for it.

    One that is to be read first (with a delay, or with words of its own) leads nowhere; nor does what is meant for
    browsers that run no scripts.
    """
    if len(answer.body) > _LONGEST_REFRESH or answer.status not in _PAGES:
        return ""
    page = _UNREAD.sub(b" ", answer.body)
    said = [answer.header("refresh")]
    tags = [tag for tag in _META.findall(page) if _IS_REFRESH.search(tag)]
    said += [content[1].decode("utf8", "replace").strip("\"'") for tag in tags if (content := _CONTENT.search(tag))]
    found = next((f for f in map(_REFRESH.match, said) if f), None)
    if found is None or len(_TAG.sub(b" ", page).split()) > _FEWEST_WORDS:
        return ""
    return unescape(found[1].strip().strip("\"'"))


def conditions(etag: str, last_modified: str) -> Mapping[str, str]:
    """Return the request headers that ask for a page only if it differs from the one we have.

    The values are the server's own, sent back as they came; one that would not survive as a header is left out.
    """
    asked = {"if-none-match": etag, "if-modified-since": last_modified}
    return {name: value for name, value in asked.items() if value and _sendable(value)}


def _sendable(value: str) -> bool:
    return value.isascii() and value.isprintable() and len(value) < 1000


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""
