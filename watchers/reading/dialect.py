"""Markup that the parser reads otherwise than browsers do, put into what it reads alike.

Two dialects: shadow roots that a server wrote out, and XHTML, where any element may shut itself.
"""

from __future__ import annotations

import re

_TEMPLATE = re.compile(r"<(/?)template\b([^<>]*)>", re.I)
_SHADOW = re.compile(r"\bshadowroot(?:mode)?\s*=", re.I)
_SHUT_ITSELF = re.compile(r"<([a-zA-Z][\w:-]{0,40})(\s[^<>]*)?/>")
_EMPTY = frozenset("area base br col embed hr img input link meta param source track wbr".split())


def translated(source: str, content_type: str = "") -> str:
    """Return a page whose words the HTML parser finds where a browser shows them.

    >>> translated("<x-a><template shadowrootmode=open>Hi</template></x-a>")
    '<x-a><div>Hi</div></x-a>'
    >>> translated('<title>T</title><script src="x"/><p>Hi</p>', "application/xhtml+xml")
    '<title>T</title><script src="x"></script><p>Hi</p>'
    """
    if "shadowroot" in source:
        source = _opened(source)
    if "xml" in content_type[:40].lower():
        source = _SHUT_ITSELF.sub(_shut, source.replace("<![CDATA[", "").replace("]]>", ""))
    return source


def _opened(source: str) -> str:
    """Turn each template that is a shadow root into an element of the page; other templates stay as they are."""
    roots: list[bool] = []

    def turned(found: re.Match[str]) -> str:
        if not found[1]:
            roots.append(_SHADOW.search(found[2]) is not None)
            return "<div>" if roots[-1] else found[0]
        return "</div>" if roots and roots.pop() else found[0]

    return _TEMPLATE.sub(turned, source)


def _shut(found: re.Match[str]) -> str:
    name = found[1]
    return found[0] if name.lower() in _EMPTY else f"<{name}{(found[2] or '').rstrip()}></{name}>"
