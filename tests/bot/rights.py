"""Who may do what, as a table, and a way to try every row of it on real stores: what came of it is told, not judged.

The commands are those of the code's own registry; what each is tried with is written here, so that a command nobody
thought of stands out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

from sqlalchemy import text

from bot.chats.port import Place, Request
from bot.commands.commands import SHARE
from tests.bot.conftest import HERE, World, a_world
from tests.bot.reading import whole
from watchers.model import Document, Part, Platform

BESIDE = Place("fake", "T1", "C2")
ELSEWHERE = Place("fake", "T2", "C1")
SECRET = "Zebra"


class Right(StrEnum):
    """What a command takes."""

    READ = "read"
    TAKE_PART = "take part in the channel"
    CONFIGURE = "configure"
    ADMINISTRATE = "administrate"


class Came(StrEnum):
    """What came of an attempt."""

    ANSWERED = "answered"
    CHANGED = "changed"
    REFUSED = "refused"


@dataclass(frozen=True)
class Tried:
    """What a command takes, and words with which it would change something here if it may."""

    right: Right
    words: str = ""


TRIED = {
    "watch": Tried(Right.CONFIGURE, "kite-mail terms"),
    "unwatch": Tried(Right.CONFIGURE, "tern"),
    "undo": Tried(Right.CONFIGURE, "unwatch 1,2,3"),
    "mute": Tried(Right.CONFIGURE, "tern 7d"),
    "unmute": Tried(Right.CONFIGURE, "kite-mail"),
    "digest": Tried(Right.CONFIGURE, "daily 08:00"),
    "testpost": Tried(Right.CONFIGURE),
    "settings": Tried(Right.ADMINISTRATE, "admins"),
    "ack": Tried(Right.TAKE_PART, "{change}"),
    "notrelevant": Tried(Right.TAKE_PART, "{change}"),
    "watches": Tried(Right.READ),
    "changes": Tried(Right.READ, "all"),
    "redline": Tried(Right.READ, "{secret}"),
    "timeline": Tried(Right.READ, "intern"),
    "history": Tried(Right.READ, "intern"),
    "provision": Tried(Right.READ, "intern ai-training"),
    "compare": Tried(Right.READ, "ai-training"),
    "ask": Tried(Right.READ, f"intern {SECRET}"),
    "plan": Tried(Right.READ),
    "help": Tried(Right.READ),
    "home": Tried(Right.READ),
    SHARE: Tried(Right.READ, "redline {secret}"),
}


@dataclass(frozen=True)
class Role:
    """A person as the chat knows them."""

    name: str
    may_configure: bool
    admin: bool


ROLES = (Role("who may not configure", False, False), Role("a member", True, False), Role("an admin", True, True))


@dataclass(frozen=True)
class Attempt:
    """One cell of the matrix: who tries which command, typed or pressed, where, in a workspace open or not."""

    command: str
    role: Role
    place: Place
    pressed: bool
    admins_only: bool

    @property
    def expected(self) -> Came:
        """Return what should come of it in the workspace it is about."""
        right, role = TRIED[self.command].right, self.role
        may = {
            Right.CONFIGURE: role.may_configure and (role.admin or not self.admins_only),
            Right.ADMINISTRATE: role.admin,
        }
        if right is Right.READ:
            return Came.ANSWERED
        return Came.CHANGED if may.get(right, True) else Came.REFUSED


def attempts(command: str, place: Place) -> Iterator[Attempt]:
    """Return every cell of a command; what can only be pressed is not typed."""
    how = (True,) if command in {SHARE, "ack", "notrelevant"} else (False, True)
    for role, pressed, admins_only in product(ROLES, how, (False, True)):
        yield Attempt(command, role, place, pressed, admins_only)


@dataclass(frozen=True)
class Scene:
    """A workspace with watches, a mute, a ping that was posted, and a page of its own that nobody else may know of."""

    world: World
    receipt: str
    change: str
    secret: str

    async def attempt(self, one: Attempt) -> tuple[Came, str]:
        """Try one cell: return what came of it for the workspace T1, and what was answered."""
        await self.world.audience.set_admins_only("fake:T1", one.admins_only)
        before = await self.state()
        words = TRIED[one.command].words.format(change=self.change, secret=self.secret)
        if one.command == "settings" and one.admins_only:
            words = "everyone"
        request = Request(one.place, "U7", one.command, words, one.role.may_configure, one.role.admin, one.pressed)
        reply = await self.world.answer(replace(request, receipt=self.receipt if one.pressed else ""))
        said = whole(reply.message)
        if await self.state() != before:
            return Came.CHANGED, said
        return Came.REFUSED if said.startswith("Only ") else Came.ANSWERED, said

    async def of_channel(self, channel: str) -> list[str]:
        """Return every row that is about one channel of T1, and how much was posted there."""
        posted = len(self.world.chat.posted[replace(HERE, channel=channel)])
        return [f"posted: {posted}", *(row for row in await self.state() if f"T1/{channel}" in row)]

    async def state(self) -> list[str]:
        """Return every row that is about the workspace T1, and how much was posted there."""
        rows = [
            f"posted: {sum(len(kept) for place, kept in self.world.chat.posted.items() if place.workspace == 'T1')}"
        ]
        async with self.world.database.engine.connect() as connection:
            tables = await connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
            for (name,) in tables.all():
                found = await connection.execute(text(f'SELECT * FROM "{name}"'))
                rows += [f"{name}: {row!r}" for row in found.all() if "T2" not in repr(row)]
        return sorted(rows)


async def set_up(world: World) -> Scene:
    """Set the scene."""
    await world.say("watch tern")
    await world.say("watch kite-mail privacy")
    await world.say("mute kite-mail 7d")
    change = await world.change()
    await world.tell()
    await world.say("watches", ELSEWHERE)
    own = Document(
        "intern/privacy-policy", "intern", "Privacy Policy", (Part("https://intern.example/p"),), owner="fake:T1"
    )
    await world.archive.add_document(own, Platform("intern", "Intern", documents=(own,)))
    await world.look(own, f"# Privacy\n\n{SECRET} posts may train models.\n")
    secret = await world.change(own, f"# Privacy\n\n{SECRET} posts may always train models.\n")
    (receipt,) = world.chat.posted[HERE]
    return Scene(world, receipt, change.id, secret.id)


@dataclass
class Stage:
    """Plays attempts one after another; the scene is set anew only after something was changed."""

    closing: AsyncExitStack
    scene: Scene | None = None

    async def play(self, one: Attempt) -> tuple[Came, str]:
        """Play one attempt on an untouched scene."""
        if self.scene is None:
            self.scene = await set_up(await self.closing.enter_async_context(a_world()))
        came, said = await self.scene.attempt(one)
        if came is Came.CHANGED:
            self.scene = None
        return came, said
