"""The commands: they exist once, for every chat."""

from bot.commands.commands import Commands

__all__ = ["Commands"]
