"""Answers to what cannot be done: names that nobody knows, rights and plans that do not allow it."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from bot.chats.port import Reply
from bot.commands.choosing import meant
from bot.commands.desk import Asked, Desk
from bot.commands.order import Order, plain
from bot.compose import replies
from bot.compose.words import listed, title_of
from bot.plans import Refusal, no_provisions

ANY_PAGE = "Any page that can be read without a login can be watched by its address: /watch https://example.org/terms"
DOCUMENTS = {"privacy": "privacy", "terms": "terms", "cookies": "cookies"}
FURTHER = 15  # how much worse than the best a suggestion may fit
NO_RIGHT = "Only people who may configure this can do that here."
ASK_ADMIN = {
    "slack": "An administrator of this workspace can do it, or open it to all members with /settings everyone.",
    "discord": "It takes the permission “Manage Server”; an administrator can give the command to others under "
    "Server Settings, Integrations, Clausewatch.",
}


def unknown_platform(asked: Asked, typed: str) -> Reply:
    """Name the three nearest platforms, and how to watch any page."""
    near = asked.names.nearest(typed) if plain(typed) else ()
    again = meant(asked, typed, [(platform.name, platform.id) for platform in near])
    return Reply(replies.unknown("platform", typed, [platform.name for platform in near], ANY_PAGE, again))


def unknown_word(asked: Asked, typed: str) -> Reply:
    """Say what else was not understood, with the nearest provisions."""
    known = {**asked.names.provisions, **DOCUMENTS}
    near = process.extract(plain(typed), known.keys(), scorer=fuzz.WRatio, limit=9, score_cutoff=55)
    good = [name for name, score, _ in near if score >= near[0][1] - FURTHER]
    nearest = list(dict.fromkeys(known[name].replace("_", "-") for name in good))[:3]
    how = "After the platform comes a document (terms, privacy, all) or a provision (ai-training)."
    again = meant(asked, typed, [(name, name) for name in nearest])
    return Reply(replies.unknown("document or provision", typed, nearest, how, again))


def missing_document(order: Order) -> Reply:
    """Say which documents a platform has."""
    assert order.platform
    have = listed([title_of(document) for document in order.platform.documents]) or "none yet"
    wanted = listed(list(order.types))
    reason = f"{order.platform.name} has no {wanted} in the catalogue. It has: {have}."
    return Reply(replies.refused(reason, f"If there is a page for it: /watch {order.platform.id} https://…"))


def no_right(asked: Asked) -> Reply:
    """Refuse what only some may do."""
    remedy = ASK_ADMIN.get(asked.request.place.chat, "Ask an administrator.")
    return Reply(replies.refused(NO_RIGHT, remedy))


def by_plan(refusal: Refusal) -> Reply:
    """Refuse what the plan does not have."""
    return Reply(replies.refused(refusal.reason, refusal.remedy))


def may_configure(asked: Asked) -> bool:
    """Tell whether who asks may change what this workspace watches."""
    allowed = asked.request.may_configure
    return allowed and (asked.request.admin or not asked.workspace.admins_only)


def below_documents(desk: Desk, asked: Asked) -> Reply | None:
    """Refuse what goes below whole documents where the plan does not have it."""
    refusal = no_provisions(desk.plans, desk.plan(asked), asked.workspace.id)
    return by_plan(refusal) if refusal else None
