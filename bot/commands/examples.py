"""Examples of every command, as people type them, and the other names commands go by.

Data only: a test holds that each command has some, and that each of them is understood.
"""

from __future__ import annotations

from collections.abc import Mapping

ALIASES = {
    "list": "watches",
    "": "help",
    "stop": "unwatch",
    "unsubscribe": "unwatch",
    "subscribe": "watch",
    "test": "testpost",
}

EXAMPLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "watch": (
        ("/watch linkedin", "all documents of LinkedIn: a ping on the day one changes, and the digest"),
        ("/watch linkedin privacy", "its privacy policy alone"),
        ("/watch linkedin ai-training", "only changes that touch AI training"),
        ("/watch all ai-training", "one provision on every platform"),
        ("/watch https://example.org/terms", "any page you can read without a login"),
        ("/watch linkedin digest only", "no pings; what changed stands in the digest"),
    ),
    "unwatch": (
        ("/unwatch linkedin", "nothing more about LinkedIn is posted here"),
        ("/unwatch linkedin privacy", "ends a watch of its privacy policy alone"),
        ("/unwatch", "shows what is watched, with a button for each"),
    ),
    "watches": (("/watches", "what is watched here, when it was last looked at, and what cannot be read"),),
    "changes": (
        ("/changes", "the newest changes on any platform"),
        ("/changes linkedin 30d", "what LinkedIn changed in the last thirty days"),
        ("/changes linkedin privacy", "what changed in one document"),
        ("/changes ai-training 90d", "every change that touched AI training"),
        ("/changes linkedin high", "only of high exposure; or: worse, better"),
    ),
    "digest": (
        ("/digest", "when the digest comes"),
        ("/digest now", "what has changed since the last one, for you alone"),
        ("/digest weekly mon 09:00 Europe/Berlin", "each Monday morning, Berlin time"),
        ("/digest daily 8am", "every day"),
        ("/digest quiet", "nothing is posted when nothing changed; /digest always posts one line"),
        ("/digest off", "no digest in this channel"),
    ),
    "provision": (
        ("/provision linkedin ai-training", "what LinkedIn says about AI training, word for word"),
        ("/provision linkedin privacy data-sharing", "what one document says"),
        ("/provision linkedin ai-training eu", "with the laws it may engage in one region"),
    ),
    "compare": (
        ("/compare ai-training", "what every platform says about AI training"),
        ("/compare arbitration x linkedin", "two platforms side by side"),
    ),
    "timeline": (
        ("/timeline linkedin", "every change of LinkedIn's documents, with its date"),
        ("/timeline linkedin ai-training", "how one provision came, was reworded or left"),
    ),
    "redline": (
        ("/redline linkedin", "the latest change, with struck-out and inserted words"),
        ("/redline linkedin privacy", "the latest change of one document"),
        ("/redline linkedin since 2023-05", "what differs since then, whatever came in between"),
    ),
    "ask": (("/ask linkedin can they train on my posts?", "the clauses that answer, word for word"),),
    "mute": (
        ("/mute linkedin 7d", "no pings about LinkedIn for a week; the digest still has it"),
        ("/mute all 1d", "no pings at all until tomorrow"),
    ),
    "unmute": (
        ("/unmute linkedin", "its pings come again"),
        ("/unmute all", "all pings come again"),
    ),
    "plan": (("/plan", "what the plan allows, and how much of it is used"),),
    "settings": (
        ("/settings", "what is set for this channel"),
        ("/settings pings all", "a ping of what is only possibly substantive too; /settings pings sure ends that"),
        ("/settings admins", "from now on only administrators choose what is watched"),
        ("/settings everyone", "everybody may again"),
        ("/settings links 365 days", "how long links to pages this workspace added open"),
    ),
    "testpost": (("/testpost", "a test message; a channel that rested goes on"),),
    "help": (
        ("/help", "five examples to begin with"),
        ("/help watch", "one command, with its examples"),
    ),
}
