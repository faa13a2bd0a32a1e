"""Discord's commands: built from the same table as everything else, with typed options and suggestions.

What they do is decided by the commands; Discord hides those that configure from people without Manage Server.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from inspect import Parameter, Signature
from typing import Any

import discord
from discord import app_commands

from bot.chats.foreign import shorten
from bot.chats.verbs import VERBS, WHOLE, Kind, Option, Verb

Interaction = discord.Interaction[Any]
Ask = Callable[[Interaction, str, dict[str, Any]], Awaitable[None]]
Suggested = Callable[[Interaction, str, str, str], Awaitable[tuple[str, ...]]]
MOST_CHOICES, CHOICE = 25, 100
ADDRESS = re.compile(r"https?://[^\s<>()]+")
NO_LINK = "no-link"  # not a command: the message that was chosen links to nothing
IN_SERVERS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
Channels = discord.TextChannel | discord.Thread | discord.VoiceChannel


def build(
    ask: Ask, suggest: Suggested
) -> list[app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu]:
    """Build every command, the one that holds them all, and the one in the menu of a message."""
    whole = app_commands.Group(name=WHOLE, description="Everything Clausewatch can do", allowed_contexts=IN_SERVERS)
    alone = []
    for verb in VERBS:
        whole.add_command(_command(verb, ask, suggest))
        alone.append(_command(verb, ask, suggest))
        alone[-1].allowed_contexts = IN_SERVERS
        alone[-1].default_permissions = discord.Permissions(manage_guild=True) if verb.configures else None
    return [*alone, whole, _linked(ask)]


def _linked(ask: Ask) -> app_commands.ContextMenu:
    """Build what is chosen on a message, to watch the page it links to; nothing else of the message is read."""

    async def linked(interaction: Interaction, message: discord.Message) -> None:
        found = ADDRESS.search(message.content)
        await ask(interaction, "watch" if found else NO_LINK, {"document": found[0]} if found else {})

    menu = app_commands.ContextMenu(name="Watch the linked page", callback=linked)
    menu.allowed_contexts = IN_SERVERS
    menu.default_permissions = discord.Permissions(manage_guild=True)
    return menu


def _command(verb: Verb, ask: Ask, suggest: Suggested) -> app_commands.Command[Any, ..., Any]:
    callback = _callback(verb, ask)
    command: app_commands.Command[Any, ..., Any] = app_commands.Command(
        name=verb.name, description=shorten(verb.help, 100), callback=callback
    )
    for option in verb.options:
        if option.suggested and option.kind is Kind.WORDS:
            command.autocomplete(option.name)(_suggestions(verb, option, suggest))
    return command


def _callback(verb: Verb, ask: Ask) -> Any:
    """Write the function that discord.py reads the options from."""

    async def typed(interaction: Interaction, **given: Any) -> None:
        await ask(interaction, verb.name, {name: value for name, value in given.items() if value is not None})

    parameters = [Parameter("interaction", Parameter.POSITIONAL_OR_KEYWORD, annotation=Interaction)]
    parameters += [_parameter(option) for option in verb.options]
    typed.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    return app_commands.describe(**{option.name: shorten(option.help, 100) for option in verb.options})(typed)


def _parameter(option: Option) -> Parameter:
    kinds: dict[Kind, Any] = {
        Kind.WORDS: app_commands.Range[str, 1, option.longest],
        Kind.CHANNEL: Channels,
        Kind.ROLE: discord.Role,
    }
    kind = kinds[option.kind]
    if option.required:
        return Parameter(option.name, Parameter.KEYWORD_ONLY, annotation=kind)
    return Parameter(option.name, Parameter.KEYWORD_ONLY, annotation=kind | None, default=None)


def _suggestions(verb: Verb, option: Option, suggest: Suggested) -> Any:
    async def suggestions(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        names = await suggest(interaction, verb.name, option.name, current)
        return [
            app_commands.Choice(name=shorten(name, CHOICE), value=name[:CHOICE])
            for name in names[:MOST_CHOICES]
            if name
        ]

    return suggestions
