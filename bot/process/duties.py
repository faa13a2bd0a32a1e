"""Duties: the tasks the engine calls for, and the ticks that find what is due and have them called.

A tick decides nothing and remembers nothing, so it may be late, doubled or lost, in any number of processes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.clock import Clock
from bot.looking.renewing import Renewing
from bot.looking.workers import Watching
from bot.process.schedule import Beat
from bot.process.tidying import tidy_up
from bot.telling.notify import Notifier
from bot.telling.webhooks import Outgoing
from storage.archive.proofs import Proofs
from storage.database.connection import Database
from storage.deliveries.engine import Task
from storage.deliveries.errands import LOOK, POST, TELL, TEND, Errands
from storage.deliveries.ledger import LEASE, Ledger

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Duties:
    """What has to be done again and again, and who does it. `width`: hosts looked at side by side."""

    watching: Watching
    renewing: Renewing
    notifier: Notifier
    outgoing: Outgoing
    ledger: Ledger
    database: Database
    errands: Errands
    clock: Clock
    width: int

    def tasks(self) -> Mapping[str, Task]:
        """Return what the engine calls: a look at a host, the telling of a channel, posting to a webhook, a chore."""
        return {
            LOOK: Task(self.watching.look_on, self.width),
            TELL: Task(self.notifier.tell),
            POST: Task(self.outgoing.post),
            TEND: Task(self._tend, 1),
        }

    def beats(self) -> tuple[Beat, ...]:
        """Return the ticks of a process that works."""
        return (
            Beat("look", lambda: self.errands.looks(self.clock()), 5, at_once=True),
            Beat("tell", lambda: self.errands.tells(self.clock()), 1, at_once=True),
            Beat("post", lambda: self.errands.posts(self.clock()), 5),
            Beat("settle", self.notifier.settle_again, 2),
            Beat("recover", lambda: self.ledger.recover(self.clock(), LEASE), 10),
            Beat("digests", lambda: self.errands.tend(("digests",)), 20),
            Beat("recalls", lambda: self.errands.tend(("recalls",)), 600),
            Beat("renew", self._renew, 30),
            Beat("keeping", lambda: self.errands.tend(("roots", "tidy")), HOUR),
        )

    async def _renew(self) -> None:
        if not self.renewing.done:
            await self.errands.tend(("renew",))

    async def _tend(self, chore: str) -> None:
        await self._chores()[chore]()

    def _chores(self) -> Mapping[str, Callable[[], Awaitable[object]]]:
        return {
            "digests": lambda: self.ledger.plan_digests(self.clock()),
            "recalls": lambda: self.ledger.plan_recalls(self.clock()),
            "renew": self.renewing.go_on,
            "roots": lambda: Proofs(self.database).seal(self.clock()),
            "tidy": lambda: tidy_up(self.database, self.clock()),
        }
