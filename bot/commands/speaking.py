"""/plan, /settings and /help: what is set, what is allowed, what can be typed."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from bot.chats.port import Reply
from bot.chats.verbs import NAMED
from bot.commands.choosing import LONGEST_VALUE
from bot.commands.desk import Asked, Desk
from bot.commands.examples import ALIASES, EXAMPLES
from bot.commands.quieting import QUIET, RHYTHMS, comes
from bot.compose import replies
from bot.compose.lists import state
from bot.compose.message import Block, Button, Divider, Facts, Heading, Message, Note, Span, Style, Text
from bot.compose.words import counted
from bot.plans import allows
from storage.audience.audience import Channel, Watch

LINKS = re.compile(r"links (\d{1,6})(?: ?d| days?)?")
MOST_DAYS = 36_500
SHOWN = 60  # characters of what was typed that are said back
SETTABLE = "For instance: /settings pings all, or /settings admins; when the digest comes is set with /digest."
HOME = "It reads terms and privacy policies every day and tells your channels what changed, clause by clause."


async def plan(desk: Desk, asked: Asked) -> Reply:
    """Say which plan the workspace has, what it allows and what is used."""
    mine, used = desk.plan(asked), len(await desk.watched(asked.workspace.id))
    room = "of any number" if mine.platforms is None else f"of {mine.platforms:,}"
    said = f"This workspace is on the {mine.title} plan."
    facts = (("Allowed", allows(mine)), ("Used", f"{counted(used, 'platform')} {room}"))
    who = f"Whoever runs Clausewatch changes it: clausewatch plan set {asked.workspace.id} " + "|".join(
        one.name for one in desk.plans.every
    )
    return Reply(
        Message(f"{said} {facts[1][1]} are used.", (Heading(said.rstrip(".")), Facts(facts), Note((Span(who),))))
    )


async def settings(desk: Desk, asked: Asked) -> Reply:
    """Show what is set for the channel and the workspace, or set who may configure."""
    word = asked.words.casefold()
    if word in {"admins", "everyone"}:
        return await _open(desk, asked, admins_only=word == "admins")
    if found := LINKS.fullmatch(word):
        return await _links(desk, asked, int(found[1]))
    if word in {"pings sure", "pings all"}:
        return await _pings(desk, asked, doubtful=word == "pings all")
    if word:
        return Reply(replies.refused(f"“{word[:SHOWN]}” is nothing that can be set here.", SETTABLE))
    who = "administrators only" if asked.workspace.admins_only else "everybody who may use commands here"
    facts = (
        ("Digest", comes(desk, asked.channel, asked.now)),
        ("Plan", desk.plan(asked).title),
        ("Pings", "of all changes, doubtful ones too" if asked.workspace.doubtful_pings else "of sure changes only"),
        ("May configure", who),
        ("Links to own pages open", f"for {counted(asked.workspace.links_days, 'day')}"),
    )
    pings = "/settings pings sure · /settings pings all"
    who_may = "/settings admins · /settings everyone · /settings links 365 days"
    how = f"To change it: {RHYTHMS} · {QUIET} · {pings} · {who_may}"
    return Reply(Message("Settings of this channel.", (Heading("Settings"), Facts(facts), Note((Span(how),)))))


async def _links(desk: Desk, asked: Asked, days: int) -> Reply:
    if not asked.request.admin:
        return Reply(replies.refused("Only administrators of the workspace set how long links open.", "Ask one."))
    if not 1 <= days <= MOST_DAYS:
        return Reply(replies.refused(f"Links open for 1 to {MOST_DAYS:,} days.", "Try: /settings links 365 days"))
    await desk.audience.set_links_days(asked.workspace.id, days)
    said = f"Links to pages this workspace added open for {counted(days, 'day')}, from those posted now on."
    return Reply(replies.line(said))


async def _open(desk: Desk, asked: Asked, *, admins_only: bool) -> Reply:
    if not asked.request.admin:
        return Reply(replies.refused("Only administrators of the workspace set who may configure.", "Ask one of them."))
    await desk.audience.set_admins_only(asked.workspace.id, admins_only)
    who = "only administrators" if admins_only else "everybody who may use commands"
    return Reply(replies.line(f"From now on {who} may configure Clausewatch here."))


async def _pings(desk: Desk, asked: Asked, *, doubtful: bool) -> Reply:
    if not asked.request.admin:
        return Reply(replies.refused("Only administrators of the workspace set what is pinged.", "Ask one of them."))
    await desk.audience.set_doubtful_pings(asked.workspace.id, doubtful)
    said = (
        "of all changes, those that are only possibly substantive too"
        if doubtful
        else ("only of changes that are surely substantive; the digest has the others")
    )
    return Reply(replies.line(f"From now on pings come {said}."))


async def home(desk: Desk, asked: Asked) -> Reply:
    """Show what a person's channels watch, one by one, with health and the next digests; the others are counted."""
    blocks: list[Block] = [Heading("Clausewatch"), Text((Span(HOME),))]
    watches = await desk.audience.watches_of(asked.workspace.id, asked.now)
    seen, hidden = await _seen(desk, asked), 0
    for channel in await desk.audience.channels(asked.workspace.id):
        mine = [one for one in watches if one.channel == channel.id]
        if mine and seen is not None and channel.foreign not in seen:
            hidden += 1
        elif mine:
            blocks += [Divider(), *await _channel(desk, asked, channel, mine)]
    if hidden:
        where = counted(hidden, "channel that you are not in has", "channels that you are not in have")
        blocks.append(Note((Span(f"{where} watches too."),)))
    if not watches:
        blocks.append(Note((Span("Nothing is watched yet. Add a watch here, or type /watch linkedin privacy"),)))
    blocks.append(Note((Span(f"{desk.plan(asked).title} plan. /plan says what it allows, /help what can be typed."),)))
    said = f"{counted(len(watches), 'watch', 'watches')} in this workspace."
    return Reply(Message(said, tuple(blocks)))


async def _seen(desk: Desk, asked: Asked) -> frozenset[str] | None:
    """Return the channels who asks may read of: what a closed channel watches is its members' affair."""
    if desk.seen_by is None:
        return None
    seen = await desk.seen_by(asked.request.place, asked.person)
    return None if seen is None else seen | {asked.request.place.channel}


async def _channel(desk: Desk, asked: Asked, channel: Channel, watches: list[Watch]) -> tuple[Block, ...]:
    """Tell of one channel: what is watched there, how well it is read, and when its digest comes."""
    spans = [Span(channel.foreign, Style.CHANNEL)]
    for row in await desk.rows(watches, asked.names):
        spans += [Span("\n• "), Span(row.platform, Style.BOLD), Span(f" {row.documents}, {row.provisions}: ")]
        spans.append(Span(state(row, asked.now)))
    resting = f"Nothing is posted there for now: {channel.paused.rstrip('.')}. " if channel.paused else ""
    return (
        Text(tuple(spans)),
        Note((Span(f"{resting}Next digest: {desk.next_digest(channel, asked.now)}. To change it: /watches there."),)),
    )


async def helped(desk: Desk, asked: Asked) -> Reply:
    """Show one command with its examples, or five to begin with."""
    words = asked.words if asked.request.command == "help" else asked.request.command
    about = words.split()[0].casefold().lstrip("/") if words.strip() else ""
    verb = NAMED.get(ALIASES.get(about, about))
    if not about or verb is None:
        return await strange(desk, asked, about, _near(about)) if about else Reply(replies.help_text())
    who = "It changes what the channel gets; /settings says who may." if verb.configures else ""
    return Reply(replies.help_on(verb.name, verb.help, EXAMPLES[verb.name], who))


def _near(about: str) -> tuple[str, ...]:
    found = process.extract(about, NAMED.keys(), scorer=fuzz.ratio, limit=2, score_cutoff=50)
    return tuple(name for name, _, _ in found)


async def strange(desk: Desk, asked: Asked, command: str, nearest: tuple[str, ...]) -> Reply:
    """Say that there is no such command, which is near, and five examples."""
    near = f" Did you mean /{' or /'.join(nearest)}?" if nearest else ""
    said = asked.request.words if asked.request.command != "help" else ""
    asks = [(name, said if name != "help" else "") for name in nearest]
    again = tuple(
        Button(f"/{name} {words}".strip(), name, words) for name, words in asks if len(words) <= LONGEST_VALUE
    )
    return Reply(replies.help_text(f"There is no command “{command}”.{near}", again))
