"""Words and messages to draw: hostile, foreign and far too long."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.compose.message import (
    Block,
    Button,
    Buttons,
    Divider,
    Facts,
    File,
    Heading,
    Message,
    Note,
    Picture,
    Quote,
    Span,
    Style,
    Table,
    Text,
)

HOSTILE = (
    *("<!channel> read this", "<!here|here>", "<@U0123ABC>", "<#C0123ABC|general>", "<!subteam^S012AB>", "@everyone"),
    *(
        "@here",
        "<@123456789012345678>",
        "<@&123456789012345678>",
        "<#123456789012345678>",
        "</watch:123456789012345678>",
    ),
    *("[free](https://evil.example)", "<https://evil.example|our terms>", "[a](<https://evil.example>)"),
    *("```", "```\n@everyone\n```", "`code`", "**bold", "__under__", "~~gone~~", "||spoiler||", "*_~`|>#-"),
    *("> quoted", ">>> all quoted", "# heading", "-# small", "1. one\n2. two", "- item", ":warning: :+1:", "<t:0:R>"),
    *(
        "https://evil.example/x_y_z",
        "mailto:a@b.example",
        "&lt;!channel&gt;",
        "\\",
        "\\*",
        "a\\",
        "<:smile:1234567890>",
    ),
    *(
        "شروط الخدمة ‮gnp.exe",
        "תנאי שימוש \u2067abc",
        "\u2069\u2069 out of the fence",
        "👩‍👩‍👧‍👦🇩🇪👍🏽",
        "e\u0301" * 40,
        "\x00\x07\x1b[31m",
    ),
    *(
        "\ud800 lone",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 " * 30,
        "|a|b|\n|-|-|\n|1|2|",
        "\r\n\r\n",
        "\u200b",
        " ",
        "\t",
        "条款变更。隐私政策。" * 60,
    ),
)
MARKS = st.sampled_from("*_~`|<>@#&[]()!:\\/-+.0123456789 \n\u202e\u2066\u2069\u200d👍aé漢ש")
WORDS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=300),
    st.text(MARKS, max_size=120),
    st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=4).map(" ".join),
    st.builds(lambda word, times: (word or "x") * times, st.text(max_size=30), st.integers(1, 700)),
)
FOREIGN = st.sampled_from([style for style in Style if style not in (Style.PERSON, Style.ROLE)])
LINKS = st.sampled_from(
    (
        "",
        "https://x.example/a?b=c&d=(e)|f>g",
        "javascript:alert(1)",
        "http://[bad",
        "https://a@b.example",
        "https://ü.example/ ",
    )
)
SPANS = st.lists(st.builds(Span, WORDS, FOREIGN, LINKS), max_size=5).map(tuple)
CELLS = st.lists(WORDS.map(lambda text: text[:80]), min_size=2, max_size=4).map(tuple)
BUTTON = st.builds(
    Button, WORDS, st.sampled_from(("ack", "mute", "")), WORDS.map(lambda text: text[:80]), LINKS, st.booleans()
)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, WORDS),
    st.builds(Text, SPANS),
    st.builds(Quote, SPANS, WORDS),
    st.builds(Facts, st.lists(st.tuples(WORDS, WORDS), max_size=12).map(tuple)),
    st.builds(Table, CELLS, st.lists(CELLS, max_size=6).map(tuple)),
    st.builds(Note, SPANS),
    st.just(Divider()),
    st.builds(Picture, st.just(b"png"), WORDS, st.sampled_from(("a.png", "b.png"))),
    st.builds(File, st.just(b"text"), st.sampled_from(("a.md", "b.md")), WORDS),
    st.builds(Buttons, st.lists(BUTTON, min_size=1, max_size=5).map(tuple)),
)
MESSAGES = st.builds(
    Message,
    WORDS.map(lambda text: text or "x"),
    st.lists(BLOCKS, max_size=8).map(tuple),
    st.sampled_from(("", "low", "medium", "high")),
)


def clause(number: int = 1, letters: int = 20_000) -> str:
    """Write a clause of our own of a given length, each sentence of which can be told from the others."""
    said: list[str] = []
    while sum(map(len, said)) < letters:
        said.append(f"Sentence {len(said) + 1} of clause {number}: we may keep what you post, for as long as we like. ")
    return "".join(said)[:letters]
