"""Which web addresses may be asked at all, decided from their letters and their numbers.

Nothing here resolves a name or opens a connection: `guard` does, and asks here before each step.
The rules are stricter than any browser's, so that no two parsers can read one address differently.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urljoin

import idna

from watchers.errors import AddressRefused

LONGEST = 4096  # letters; no real policy is further away, and parsers are quadratic in places
DEFAULT_PORTS = {"http": 80, "https": 443}

_SHAPE = re.compile(r"([a-z][a-z0-9+.-]*):(//)?", re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC = re.compile(r"\d+|0x[0-9a-f]*")

# Names that mean something only inside a network (RFC 6761, RFC 6762, RFC 8375, RFC 9476, and habit).
_INNER_NAMES = frozenset(
    (
        *("localhost", "local", "localdomain", "internal", "intranet", "private", "lan", "corp", "home"),
        *("arpa", "onion", "test", "invalid", "alt"),
    )
)

# IANA special-purpose registries (RFC 6890 and its heirs), and the metadata services of large clouds.
_INNER_NETWORKS = tuple(
    (ip_network(network), reason)
    for network, reason in (
        ("169.254.169.254/32", "a cloud's metadata service"),
        ("168.63.129.16/32", "a cloud's metadata service"),
        ("100.100.100.200/32", "a cloud's metadata service"),
        ("192.0.0.192/32", "a cloud's metadata service"),
        ("fd00:ec2::254/128", "a cloud's metadata service"),
        ("fd20:ce::254/128", "a cloud's metadata service"),
        ("0.0.0.0/8", "an unspecified address"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a carrier's inner network"),
        ("127.0.0.0/8", "this machine itself"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "an address for documentation"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "a private network"),
        ("198.18.0.0/15", "a network for benchmarks"),
        ("198.51.100.0/24", "an address for documentation"),
        ("203.0.113.0/24", "an address for documentation"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
        ("::/128", "an unspecified address"),
        ("::1/128", "this machine itself"),
        ("::/96", "an IPv4 address inside an IPv6 one"),
        ("::ffff:0:0/96", "an IPv4 address inside an IPv6 one"),
        ("::ffff:0:0:0/96", "an IPv4 address inside an IPv6 one"),
        ("64:ff9b::/96", "a NAT64 address"),
        ("64:ff9b:1::/48", "a NAT64 address"),
        ("2001::/32", "a Teredo address"),
        ("2001::/23", "a reserved address"),
        ("2001:db8::/32", "an address for documentation"),
        ("2002::/16", "a 6to4 address"),
        ("3fff::/20", "an address for documentation"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a private network"),
        ("ff00::/8", "a multicast address"),
    )
)
_PUBLIC_IPV6 = ip_network("2000::/3")
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214: the interface part that carries an IPv4 address


@dataclass(frozen=True, slots=True)
class Target:
    """Where an address leads: `host` is lower-case ASCII, an IPv6 host has no brackets."""

    scheme: str
    host: str
    port: int

    @property
    def literal(self) -> bool:
        """Tell whether the host is a number already, so that nobody needs to be asked for it."""
        return ":" in self.host or self.host.rsplit(".", 1)[-1].isdigit()


@lru_cache(maxsize=4096)
def target(address: str) -> Target:
    """Read an address strictly, or raise `AddressRefused` saying what is wrong with it."""
    _check_letters(address)
    shape = _SHAPE.match(address)
    scheme = shape[1].lower() if shape else ""
    if scheme not in DEFAULT_PORTS:
        raise refused(address, f"only http and https are fetched{f', not {scheme}' if scheme else ''}")
    if not shape or not shape[2]:
        raise refused(address, "two slashes are missing after the scheme")
    authority, end = re.split(r"([/?#]|$)", address[shape.end() :], maxsplit=1)[:2]
    if end in ("?", "#") and "@" in address:
        raise refused(address, "an @ before any path is read in two ways")
    host, port = _split(address, authority)
    return Target(scheme, _host(address, host), _port(address, port) if port is not None else DEFAULT_PORTS[scheme])


def join(base: str, location: str) -> str:
    """Return where a redirect from `base` leads; the letters are checked before any parser mends them."""
    location = location.strip(" ").replace(" ", "%20")
    _check_letters(location)
    return urljoin(base, location)


def refused(address: str, why: str) -> AddressRefused:
    """Return the error for an address, with the address made safe to print and cut short."""
    shown = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in address[:120])
    return AddressRefused(f"{shown}: refused, {why}")


def inner_name(host: str) -> str:
    """Say why a name may only be known inside a network, or return an empty string."""
    if "." not in host and ":" not in host:
        return "a name without a dot is known inside a network only"
    last = host.rsplit(".", 1)[-1]
    return f"names under .{last} are known inside a network only" if last in _INNER_NAMES else ""


@lru_cache(maxsize=4096)
def inner_number(number: str) -> str:
    """Say what kind of inner address an IP number is, or return an empty string for a public one."""
    ip = ip_address(number.split("%", 1)[0])
    for network, reason in _INNER_NETWORKS:
        if ip.version == network.version and ip in network:
            return reason
    if isinstance(ip, IPv6Address) and (ip not in _PUBLIC_IPV6 or (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP):
        return "not a public address"
    return ""


def _check_letters(address: str) -> None:
    """Refuse letters that one parser drops, another maps and a third takes as they are."""
    if len(address) > LONGEST:
        raise refused(address, f"it is longer than {LONGEST} letters")
    if "\\" in address:
        raise refused(address, "a backslash is read in two ways")
    if any(letter <= " " or unicodedata.category(letter)[0] in "CZ" for letter in address):
        raise refused(address, "it holds blanks or invisible letters")


def _split(address: str, authority: str) -> tuple[str, str | None]:
    """Split an authority into host and port; the port is None when no colon announces one."""
    if "@" in authority:
        raise refused(address, "names and passwords do not belong in an address")
    if "%" in authority:
        raise refused(address, "a host is written out, without percent signs")
    if authority.startswith("["):
        host, bracket, rest = authority.partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise refused(address, "its brackets do not match")
        return host + bracket, rest[1:] if rest else None
    host, colon, port = authority.partition(":")
    return host, port if colon else None


def _host(address: str, host: str) -> str:
    if not host:
        raise refused(address, "it names no host")
    if host.startswith("["):
        return str(_number(address, host[1:-1], IPv6Address))
    name = _ascii(address, host.lower())
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise refused(address, "its host name is malformed")
    # As in the WHATWG address standard: a last label that is a number makes the whole host a number,
    # and then only the plain form of four decimal numbers is taken.
    return str(_number(address, name, IPv4Address)) if _NUMERIC.fullmatch(labels[-1]) else name


def _ascii(address: str, host: str) -> str:
    """Return the host in ASCII by IDNA 2008 without any mapping, so that look-alike digits and dots fail."""
    if host.isascii():
        return host
    try:
        return idna.encode(host, strict=True).decode()
    except idna.IDNAError as error:
        raise refused(address, "its host name holds letters that names may not have") from error


def _number(address: str, text: str, kind: type[IPv4Address] | type[IPv6Address]) -> IPv4Address | IPv6Address:
    try:
        return kind(text)
    except ValueError as error:
        raise refused(address, "its number is not written the plain way") from error


def _port(address: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and not text.startswith("0") and int(text[:6]) < 65536):
        raise refused(address, "its port is not a plain number")
    return int(text)
