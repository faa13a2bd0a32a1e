"""Addresses of links, without what changes at every look: session ids, signatures, tracking.

It does not decide whether a link matters, and never asks the network.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

#: Query parameters that carry no destination, by name. Each row: what they are, and patterns of their names.
VOLATILE_PARAMETERS = (
    ("campaigns", r"utm_\w+ mtm_\w+ pk_\w+ hsa_\w+ _hs\w+ mc_[ce]id cm_\w+ ns_\w+ trk\w* tracking\w* campaign(id)?"),
    ("campaigns", r"cmpid icid ncid spm scm"),
    ("click ids", r"gclid gclsrc dclid fbclid msclkid yclid twclid ttclid igshid igsh li_fat_id _ga _gl [wg]braid"),
    ("click ids", r"ved ei usg sca_esv"),
    (
        "sessions",
        r"(php|j|asp(net)?_?)?sess(ion)?_?(id|key|token)? sid phpsessid jsessionid cfid cftoken visit(or)?_?id",
    ),
    ("sessions", r"csrf\w* xsrf\w* nonce authenticity_token ahoy\w*"),
    ("signatures", r"x-(amz|goog|oss|ms)-\w[\w-]* awsaccesskeyid googleaccessid signature sig expires expiry policy"),
    ("signatures", r"key-pair-id hmac token oh oe _nc_\w+ ccb stp __cft__.* __tn__ __xts__.* oauth\w* jwt checksum"),
    ("referrers", r"ref referr?er ref_?src ref_?url return_?(to|url) redirect_?(to|url|uri) back_?url followup"),
    ("caches", r"cb cachebuster cache _ ts timestamp rnd rand random dpr"),
)
_VOLATILE = re.compile("|".join(name for _, names in VOLATILE_PARAMETERS for name in names.split()), re.I)
_PATH_SESSION = re.compile(r";(?:jsessionid|sid|phpsessid)=[^/?#]*|/\(S\([a-z0-9]{10,}\)\)", re.I)
#: Redirectors that wrap the true target in a parameter (Facebook's and Instagram's `l.php?u=`, Google's `url?q=`).
_WRAPPED = re.compile(
    r"https?://(?:lm?\.(?:facebook|instagram|threads)\.(?:com|net)/(?:l\.php)?|(?:www\.)?google\.[a-z.]{2,6}/url"
    r"|(?:www\.)?youtube\.com/redirect|[\w.-]*safelinks\.protection\.outlook\.com/)\?",
    re.I,
)
_TARGET = re.compile(r"[?&](?:u|q|url)=([^&]+)")
_NO_ADDRESS = ("javascript:", "data:", "blob:", "about:", "#")


@lru_cache(maxsize=4096)
def clean(href: str, base: str = "", drop: tuple[str, ...] = ()) -> str:
    """Return the lasting address of a link, absolute where `base` is known; empty when it leads nowhere.

    `drop` names further query parameters that this document's description declares volatile.
    """
    href = "".join(href.split())
    if len(href) > 4096 or href.lower().startswith(_NO_ADDRESS):
        return ""
    try:
        address = _lasting(_unwrapped(urljoin(base, href) if base else href), drop)
        return address if "[" not in address or urlsplit(address).path else ""
    except ValueError:  # what urllib takes for a broken host
        return ""


def _unwrapped(address: str) -> str:
    """Return the target behind a known redirector, or the address itself."""
    if not _WRAPPED.match(address):
        return address
    found = _TARGET.search(address)
    target = _unquote(found[1]) if found else ""
    return target if target.startswith(("http://", "https://")) else address


def _unquote(text: str) -> str:
    return re.sub(r"%([0-9A-Fa-f]{2})", lambda found: chr(int(found[1], 16)), text)


def _lasting(address: str, drop: tuple[str, ...]) -> str:
    if "?" not in address and ";" not in address and "(" not in address:
        return address
    scheme, host, path, query, fragment = urlsplit(address)
    kept = [pair for pair in query.split("&") if pair and not _is_volatile(pair.partition("=")[0], drop)]
    return urlunsplit((scheme, host, _PATH_SESSION.sub("", path), "&".join(kept), fragment))


def _is_volatile(name: str, drop: tuple[str, ...]) -> bool:
    return name in drop or _VOLATILE.fullmatch(name) is not None


def unmasked(code: str) -> str:
    """Return the e-mail address behind Cloudflare's `data-cfemail` mask, whose key differs at every look."""
    try:
        key, *rest = bytes.fromhex(code)
        return bytes(byte ^ key for byte in rest).decode()
    except (ValueError, UnicodeDecodeError):
        return ""
