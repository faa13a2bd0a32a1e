"""/watch, /unwatch, /watches and their Undo: what a channel is told about.

Every command may be given twice: the second time it says what is so, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from bot.chats.port import Reply
from bot.commands import refusing
from bot.commands.choosing import numbered, numbers, to_end, what
from bot.commands.desk import Asked, Desk, Introduced
from bot.commands.order import Order
from bot.compose import lists, replies
from bot.compose.message import Message
from bot.compose.words import listed
from bot.plans import no_provisions, too_many
from storage.audience.audience import Watch
from watchers.errors import AddressRefused, FetchError
from watchers.model import Document, Platform

NOTHING_LEFT = "There is nothing left to undo."
ENDED = "That is not watched here any more, so nothing about it will be posted."
DIGEST_ONLY = ("digest only", "only digest", "no pings", "no ping", "quietly")


async def watch(desk: Desk, asked: Asked) -> Reply:
    """Watch a platform, some of its documents or provisions, or any page by its address."""
    order = asked.order
    if not (order.platform or order.every or order.address or order.unknown or order.provisions or order.types):
        return helped()
    if order.address:
        return await _page(desk, asked)
    strange = [word for word in order.unknown if word not in DIGEST_ONLY]
    if not (order.platform or order.every):
        return refusing.unknown_platform(asked, strange[0]) if strange else _whose(asked)
    if strange:
        return refusing.unknown_word(asked, strange[0])
    if order.types and not order.documents():
        return refusing.missing_document(order) if order.platform else _one_at_a_time()
    return await _watch(desk, asked)


def helped(about: str = "") -> Reply:
    """Show the five examples."""
    return Reply(replies.help_text(about))


def _whose(asked: Asked) -> Reply:
    example = (asked.order.provisions or asked.order.types)[0].replace("_", "-").lower()
    return helped(f"On which platform? For instance /watch linkedin {example}, or on all of them: /watch all {example}")


def _one_at_a_time() -> Reply:
    remedy = "Name the platform: /watch linkedin privacy. Or watch one provision everywhere: /watch all ai-training"
    return Reply(replies.refused("Documents are chosen on one platform at a time.", remedy))


async def _watch(desk: Desk, asked: Asked, found: Introduced | None = None) -> Reply:
    order = asked.order
    every: tuple[Platform | None, ...] = order.platforms or (None,)
    if refusal := await _refused(desk, asked, every):
        return refusal
    pings = not any(word in DIGEST_ONLY for word in order.unknown)
    made = [
        await desk.audience.watch(asked.channel.id, *wanted, ping=pings, person=asked.person, now=asked.now)
        for wanted in _wanted(asked, every)
    ]
    if asked.channel.paused:
        await desk.audience.resume_channel(asked.channel.id, asked.now)
    if role := asked.request.options.get("role"):
        await desk.audience.set_role(asked.channel.id, role)
    fresh = [one for one, new in made if new]
    return Reply(await confirmed(desk, asked, [one for one, _ in made], fresh, page=_said_of(found)))


def _wanted(asked: Asked, platforms: tuple[Platform | None, ...]) -> list[tuple[str, str, str]]:
    """Return (platform, document, provision) of each watch that an order asks for."""
    order, wanted = asked.order, []
    for platform in platforms:
        documents = replace(order, platforms=(platform,)).documents() if platform and order.types else ()
        names = [document.id for document in documents] or [""]
        wanted += list(product([platform.id if platform else ""], names, order.provisions or ("",)))
    return wanted


async def _refused(desk: Desk, asked: Asked, platforms: tuple[Platform | None, ...]) -> Reply | None:
    """Refuse what the plan of the workspace does not have."""
    plan, workspace = desk.plan(asked), asked.workspace.id
    if asked.order.provisions and (refusal := no_provisions(desk.plans, plan, workspace)):
        return refusing.by_plan(refusal)
    used = await desk.watched(workspace)
    wanted = {platform.id for platform in platforms if platform} or {one.id for one in asked.names.platforms}
    if fresh := wanted - used:
        refusal = too_many(desk.plans, plan, len(used), workspace, len(fresh))
        return refusing.by_plan(refusal) if refusal else None
    return None


async def confirmed(
    desk: Desk, asked: Asked, watches: Sequence[Watch], fresh: Sequence[Watch], *, page: str = ""
) -> Message:
    """Say what is watched now, and offer to take back what is new; `page` says what a page of their own says it is."""
    place = asked.request.options.get("channel")
    told = replies.Watched(
        what(asked, watches),
        await desk.row(watches, asked.names),
        desk.next_digest(asked.channel, asked.now),
        already=not fresh,
        several=len({one.platform for one in watches}) > 1 and not watches[0].provision,
        lacks=await desk.lacks(replace(asked.request.place, channel=asked.channel.foreign)) if desk.lacks else "",
        undo=f"unwatch {ids}" if (ids := numbered(fresh)) else "",
        place="the channel named" if place else "this channel",
        page=page,
    )
    return replies.watching(told, asked.now)


async def _page(desk: Desk, asked: Asked) -> Reply:
    """Watch the page of an address: one of the catalogue's, or a page of the workspace's own."""
    address = asked.order.address
    if known := _catalogued(asked, address):
        return await _introduced(desk, asked, known)
    if refusal := too_many(
        desk.plans, desk.plan(asked), len(await desk.watched(asked.workspace.id)), asked.workspace.id
    ):
        return refusing.by_plan(refusal)
    if desk.introduce is None:
        return Reply(replies.refused("Pages cannot be added here.", refusing.ANY_PAGE))
    try:
        found = await desk.introduce(address, asked.workspace.id)
    except AddressRefused as refused:
        why = str(refused).removeprefix(f"{address}: ")
        remedy = "Whoever runs this bot can allow a host of their own network in ALLOW_HOSTS."
        return Reply(replies.refused(f"{address} is not asked for: {why}.", remedy))
    except FetchError as failed:
        remedy = "Check that it opens in a private window without a login, then try again."
        why = str(failed).removeprefix(f"{address}: ")
        return Reply(replies.refused(f"{address} could not be read: {why}.", remedy))
    await desk.archive.add_document(found.document, found.platform)
    desk.roster.forget(asked.workspace.id)
    return await _introduced(desk, asked, found)


def _catalogued(asked: Asked, address: str) -> Introduced | None:
    wanted = address.rstrip("/").casefold()
    for platform in asked.names.platforms:
        for document in platform.documents:
            if wanted in {part.address.rstrip("/").casefold() for part in document.parts}:
                return Introduced(platform, document)
    return None


async def _introduced(desk: Desk, asked: Asked, found: Introduced) -> Reply:
    alone = replace(found.platform, documents=(found.document,))
    order = replace(asked.order, platforms=(alone,), types=(found.document.type,), address="", unknown=(), every=False)
    names = asked.names.knowing(found.platform, found.document)
    return await _watch(desk, replace(asked, order=order, names=names), found)


def _said_of(found: Introduced | None) -> str:
    """Say by what title and in which language a page was found, so that a wrong one is seen at once."""
    if found is None or not found.title:
        return ""
    language = "" if found.document.language == "en" else f", in the language “{found.document.language}”"
    guess = "; nothing on it says what kind of terms it is, so its type is a guess" if found.guessed else ""
    return f"“{found.title}”{language}{guess}"


async def unwatch(desk: Desk, asked: Asked) -> Reply:
    """End watches: of a platform, of some of its documents or provisions, or all of this channel's."""
    here = await desk.audience.watches(asked.channel.id, asked.now)
    order = asked.order
    if not (order.platform or order.every or order.address or order.provisions):
        typed = order.unknown[0] if order.unknown else ""
        return refusing.unknown_platform(asked, typed) if typed else _which(asked, here)
    if order.address and (known := _catalogued(asked, order.address)):
        alone = replace(known.platform, documents=(known.document,))
        order = replace(order, platforms=(alone,), types=(known.document.type,))
    documents = order.documents() if order.types else ()
    ended = [one for one in here if _meant(one, order, documents)]
    still = [one for one in here if one not in ended and _covers(one, order, documents)]
    if still and not ended:
        return Reply(replies.refused(f"This is watched here as a part of: {what(asked, still)}.", _apart(asked, still)))
    if not ended:
        return Reply(replies.line(f"{_named(asked)} is not watched here, so nothing about it will be posted."))
    await desk.audience.end_watches(asked.channel.id, [one.id for one in ended], asked.now)
    undo = f"watch {ids}" if (ids := numbered(ended)) else ""
    return Reply(replies.unwatched(what(asked, ended), undo, what(asked, still) if still else ""))


def _which(asked: Asked, here: tuple[Watch, ...]) -> Reply:
    if not here:
        return Reply(replies.refused("Nothing is watched here.", "To begin: /watch linkedin privacy"))
    return Reply(
        replies.which("Which one should end?", to_end(asked, here), "Or type it: /unwatch linkedin, /unwatch all")
    )


def _meant(one: Watch, order: Order, documents: tuple[Document, ...]) -> bool:
    """Tell whether an order to end watches means this one; what it does not name, it does not narrow."""
    platforms = {platform.id for platform in order.platforms}
    of_platform = (order.every and not platforms) or one.platform in (platforms or {""})
    of_document = not order.types or one.document in {document.id for document in documents}
    return of_platform and of_document and (not order.provisions or one.provision in order.provisions)


def _covers(one: Watch, order: Order, documents: tuple[Document, ...]) -> bool:
    """Tell whether a watch of more than an order names goes on telling what the order wants ended."""
    if order.every and not order.platforms:
        return False
    of_platform = one.platform in {"", *(platform.id for platform in order.platforms)}
    of_document = not order.types or one.document in {"", *(document.id for document in documents)}
    return of_platform and of_document and (not order.provisions or one.provision in {"", *order.provisions})


def _apart(asked: Asked, still: Sequence[Watch]) -> str:
    whole = "all" if any(not one.platform for one in still) else still[0].platform
    quiet = f"; or /mute {asked.order.platform.id} 30d" if asked.order.platform else ""
    return f"Nothing was changed. /unwatch {whole} ends that, then /watch what you still want{quiet}."


def _named(asked: Asked) -> str:
    order = asked.order
    return listed([platform.name for platform in order.platforms]) or "Every platform"


async def watches(desk: Desk, asked: Asked) -> Reply:
    """List the watches of the channel with their health."""
    rows = await desk.rows(await desk.audience.watches(asked.channel.id, asked.now), asked.names)
    following = f"Next digest: {desk.next_digest(asked.channel, asked.now)}."
    return Reply(lists.watches(rows, asked.now, following, asked.order.page, asked.channel.paused))


async def undo(desk: Desk, asked: Asked) -> Reply:
    """Take back a watch or its end; done twice, it stays as it is."""
    verb, _, written = asked.request.words.partition(" ")
    ids = list(numbers(written))
    if verb == "unwatch":
        ended = await desk.audience.end_watches(asked.channel.id, ids, asked.now)
        return Reply(replies.unwatched(what(asked, ended), f"watch {written}") if ended else replies.line(ENDED))
    back = await desk.audience.undo(asked.channel.id, ids)
    return Reply(await confirmed(desk, asked, back, back) if back else replies.line(NOTHING_LEFT))
