"""What a process does of all there is to do: everything (`up`), or one part beside others on PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass

from bot.settings import Settings
from watchers.errors import ClausewatchError

ALONE = (
    "`clausewatch {role}` works beside other processes on one PostgreSQL database, and an SQLite file serves one "
    "process only: run `clausewatch up`, which does everything, or set DATABASE_URL to PostgreSQL."
)
NO_TOKEN = "DISCORD_TOKEN is not set, so there is nothing to hear; `clausewatch doctor` says where to get it."


@dataclass(frozen=True, slots=True)
class Role:
    """What a process does.

    `hears`: the chats whose commands it answers; `serves`: the pages, health and Slack's requests;
    `works`: looks, tells and ticks.
    """

    name: str
    hears: frozenset[str] = frozenset()
    serves: bool = False
    works: bool = False

    def speaks(self, chat: str) -> bool:
        """Tell whether the process needs a chat at all."""
        return self.works or chat in self.hears

    @property
    def needs_a_chat(self) -> bool:
        """Tell whether the process is there for its chats, and of no use without one."""
        return bool(self.hears) and (self.works or not self.serves)

    def check(self, settings: Settings) -> None:
        """Raise ClausewatchError when the settings do not allow this process."""
        if self is not UP and settings.database_url.startswith("sqlite"):
            raise ClausewatchError(ALONE.format(role=self.name))
        if self is DISCORD and not settings.discord:
            raise ClausewatchError(NO_TOKEN)


UP = Role("up", frozenset({"slack", "discord", "console"}), serves=True, works=True)
WEB = Role("web", frozenset({"slack"}), serves=True)
DISCORD = Role("discord", frozenset({"discord"}))
WORKER = Role("worker", works=True)
