"""Honest inputs of our own that hostile ones are made from: pages, policies, orders, declarations.

No text of a real platform is here.
"""

from __future__ import annotations

POLICY = """# Privacy Policy

Last updated: 3 March 2026. This version takes effect on 1 April 2026.

## 1. What we collect

We collect your name, e-mail address, location and the posts you write. You must be at least 16 years old.

- cookies and similar identifiers
- messages you send, for 30 days

## 2. What we do with it

We may use your posts to train machine learning models of our own, unless you opt out in your settings.

| purpose | basis |
|---|---|
| security | legitimate interest |

We share personal data with service providers and never sell it. Disputes are settled by binding arbitration; you
waive the right to a class action. We may change these terms at any time by posting them here.
"""

PAGE = """<!doctype html><html lang="en"><head><title>Terms of Service | Tern</title><meta charset="utf-8"></head><body>
<nav><ul><li><a href="/">Home</a></li></ul></nav><main><h1>Terms of Service</h1><p>Last updated: 3 March 2026</p>
<h2 id="a">1. Your account</h2><p>You must be at least <b>16</b> years old. See our
<a href="/privacy?sid=1">policy</a>.</p>
<ol start="2"><li>You may not sell it<ul><li>to anyone</li></ul></li></ol><table><tr><th>a</th><td>b</td></tr></table>
<h2>2. Changes</h2><p>We may change these terms at any time. Your use means that you accept them.</p>
<p>Any dispute is resolved by binding arbitration, and you waive class actions.</p></main>
<footer>© 2026</footer></body></html>"""

GERMAN = "# Nutzungsbedingungen\n\nStand: 3. März 2026. Gültig ab dem 1. April 2026.\n\nWir speichern Ihre Daten."

TAGS = (
    "p div ul ol li h1 h2 h3 table tr td th a b span br form main nav script style svg template title base meta iframe"
)
MARKUP = (
    *(f"<{tag}>" for tag in TAGS.split()),
    *(f"</{tag}>" for tag in TAGS.split()),
    *("<a href='javascript:1'>", "<a href='//[::1'>", "<base href=':'>", "<ol start=99999999999>", "<ol start=x>"),
    *("<td colspan=99999999>", "<p hidden>", "<p style='display:none'>", "<meta charset=utf-7>", "<plaintext>"),
)
MARKDOWN = (
    *("# ", "###### ", "- ", "* ", "1. ", "99999999. ", "| a | b |\n", "|---|---|\n", "- - -\n", "**", "_", "~~", "`"),
    *("[a](b)", "[a](<b c>)", "![x](y)", "[", "](", ")", "> ", "\n\n", "    ", "<https://a.example>", "\\*"),
)
WORDS = (
    *("we may ", "you must not ", "never ", "unless you opt out ", "30 days", "1 April 2026", "Last updated: ", "(a) "),
    *("3.1.2 ", "without notice", "arbitration ", "third parties", "and/or ", "$1,000.00 ", "© 2026 Tern, Inc.", "; "),
    *("effective ", "as of 03/04/2026", "“quoted”", "section 5(b)", "https://tern.example/a?b=c#d ", "e.g. ", "GDPR "),
)
ORDERS = (
    *("watch x privacy", "unwatch all", "changes tern 30d page 2", "digest weekly mon 09:00 Europe/Berlin"),
    *(
        "watch https://tern.example/terms ai-training",
        "mute x 7d",
        "ask x can they train on my posts?",
        "compare ai-training x",
    ),
    *(
        "watch <https://tern.example/terms|tern.example/terms>",
        "settings admins",
        "daily 8am",
        "redline x c-20260101-abcdef",
    ),
)
TYPED = (
    *(
        "x ",
        "all ",
        "privacy ",
        "terms ",
        "ai-training ",
        "30d ",
        "2 weeks ",
        "page 99999 ",
        "https://",
        "example.com/a ",
    ),
    *(
        "<https://a.example|b> ",
        "<@U123> ",
        "mon ",
        "09:00 ",
        "25:61 ",
        "8 pm ",
        "Europe/Berlin ",
        "weekly ",
        "off ",
        "/",
        "?",
    ),
)
ADDRESSES = (
    *("https://example.com/terms?a=b#c", "http://user@127.0.0.1:80/", "https://[::ffff:10.0.0.1]/", "http://0x7f.1/"),
    *("https://münchen.de/agb", "http://example.com\\@127.0.0.1/", "//example.com/a", "file:///etc/passwd", "../b"),
)
LETTERS = (
    *("http://", "https://", "//", "/", "\\", "@", ":", "?", "#", "%", "%40", "[", "]", ".", "。", "127.0.0.1", "0x7f"),
    *(
        "::1",
        "::ffff:",
        "localhost",
        "example.com",
        ":80",
        ":8080",
        "xn--",
        "xn--mnchen-3ya",
        "１２７",
        "\u2024",
        "-",
        "_",
    ),
)
DECLARATION = (
    '{"name": "Tern", "terms": {"Terms of Service": {"fetch": "https://tern.example/terms", "select": [".main", '
    '{"startBefore": "#a", "endBefore": "#b"}], "remove": "nav", "filter": ["removeA"]}, "Privacy Policy": {"combine": '
    '[{"fetch": "https://tern.example/a.pdf"}, {"fetch": "https://tern.example/b"}], "select": "main"}}}'
)
HISTORY = '{"Terms": [{"fetch": "https://tern.example/t", "select": "main", "validUntil": "2024-01-02T03:04:05Z"}]}'
JSON = (
    *(
        "{",
        "}",
        "[",
        "]",
        '"',
        ":",
        ",",
        "null",
        "true",
        "1e999",
        "-0",
        '"\\ud800"',
        '"fetch"',
        '"combine"',
        '"select"',
    ),
    *('"startBefore"', '"terms"', '"documents"', '"validUntil"', '"name"', "{}", "[]", '""', "1", '"filter"'),
)
PLATFORM = """name = "Tern"
aliases = ["birdsite"]
group = "social"

[[document]]
type = "Terms of Service"
address = "https://tern.example/terms"
select = ["main"]

[[document]]
type = "Privacy Policy"
[[document.part]]
address = "https://tern.example/a"
[[document.part]]
address = "https://tern.example/b"
"""
TOML = (
    'name = ""',
    "[[document]]",
    "[[document.part]]",
    'type = "Terms of Service"',
    "select = [",
    "]",
    "= ",
    '"',
    "{",
    "1979-05-27",
    "[a.b]",
)
ROBOTS = "User-agent: *\nDisallow: /private\nAllow: /terms$\nCrawl-delay: 3\n\nUser-agent: clausewatch\nDisallow:\n"
RULES = (
    "User-agent: ",
    "Disallow: ",
    "Allow: ",
    "Crawl-delay: ",
    "*",
    "$",
    "/",
    "%2F",
    "clausewatch",
    "\n",
    "Request-rate: 1/5",
    "Sitemap: ",
)
