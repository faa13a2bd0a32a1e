"""The commands as people meet them in a chat: names, one line of help, and the options where a chat has them.

What a command does is `bot/commands`; this is only what Slack's manifest and Discord's command list are made of.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an option takes."""

    WORDS = "words"
    CHANNEL = "channel"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a command. `suggested`: its values are suggested while people type."""

    name: str
    help: str
    required: bool = False
    suggested: bool = True
    kind: Kind = Kind.WORDS
    longest: int = 100


@dataclass(frozen=True, slots=True)
class Verb:
    """One command. `configures`: it changes what a channel gets; `hint` is shown in Slack while people type."""

    name: str
    help: str
    options: tuple[Option, ...] = ()
    hint: str = ""
    configures: bool = False


PLATFORM = Option("platform", "The company whose rules are watched, e.g. x")
SOME_PLATFORM = Option(PLATFORM.name, PLATFORM.help, required=True)
DOCUMENT = Option("document", "terms, privacy, all, or the address of any page", longest=500)
PROVISION = Option("provision", "One kind of clause, e.g. ai-training")
SOME_PROVISION = Option(PROVISION.name, PROVISION.help, required=True)
CHANNEL = Option("channel", "Where it is posted; this channel if left out", kind=Kind.CHANNEL)
ROLE = Option("role", "A role to be called with each ping", kind=Kind.ROLE)
REGION = Option("region", "Laws of one region, e.g. eu, uk, us, california")
SPAN = Option("since", "How far back, e.g. 30d")

VERBS: tuple[Verb, ...] = (
    Verb(
        "watch",
        "Watch a platform's terms and policies in this channel",
        (PLATFORM, DOCUMENT, PROVISION, CHANNEL, ROLE),
        "x [terms|privacy|all|URL] [provision]",
        configures=True,
    ),
    Verb(
        "unwatch", "Stop watching a platform here", (SOME_PLATFORM, DOCUMENT, PROVISION, CHANNEL), "x", configures=True
    ),
    Verb("watches", "What is watched here, and how well it is read"),
    Verb("changes", "The newest changes", (PLATFORM, SPAN), "[x] [30d]"),
    Verb(
        "digest",
        "Read the digest now, or set when it comes",
        (Option("when", "now, off, daily 09:00, weekly mon 09:00 Europe/Berlin"),),
        "now | weekly mon 09:00 Europe/Berlin | daily | off",
        configures=True,
    ),
    Verb(
        "provision",
        "What a platform's rules say about one subject",
        (SOME_PLATFORM, SOME_PROVISION, REGION),
        "x ai-training [eu]",
    ),
    Verb(
        "compare",
        "One subject across platforms, in their own words",
        (SOME_PROVISION, Option("platforms", "Which platforms, e.g. x, linkedin; all if left out", longest=300)),
        "ai-training [x linkedin …]",
    ),
    Verb("timeline", "How a platform's rules changed over time", (SOME_PLATFORM, PROVISION), "x [ai-training]"),
    Verb(
        "redline",
        "Struck-out and inserted words of a change",
        (SOME_PLATFORM, Option("change", "Which change, or since 2023-05; the latest if left out")),
        "x [change]",
    ),
    Verb(
        "ask",
        "Find the clauses that answer a question, word for word",
        (SOME_PLATFORM, Option("question", "can they train on my posts?", required=True, suggested=False, longest=300)),
        "x can they train on my posts?",
    ),
    Verb(
        "mute",
        "Stay quiet about a platform for a while",
        (SOME_PLATFORM, Option("days", "For how long: 1d, 7d or 30d")),
        "x 7d",
        configures=True,
    ),
    Verb("unmute", "Hear about a platform again", (SOME_PLATFORM,), "x", configures=True),
    Verb("plan", "What this workspace's plan allows, and what is used"),
    Verb(
        "settings",
        "What is set here, and who may change it",
        (Option("who", "Who may configure: admins or everyone; what is pinged: pings sure or pings all"),),
        "[admins | everyone | pings sure | pings all]",
    ),
    Verb("testpost", "Post a test message here; a channel that was paused goes on", configures=True),
    Verb("help", "What can be typed, with examples", (Option("command", "Which command, e.g. watch"),)),
)
NAMED = {verb.name: verb for verb in VERBS}
CONFIGURING = frozenset(verb.name for verb in VERBS if verb.configures)
ASKING_RIGHTS = CONFIGURING | {"settings"}
WHOLE = "clausewatch"
"""The command under which all the others are found too, since another app may own a name already."""
