"""The audience: who reads, where, and what they asked for. The one door to it for the bot.

Plans are judged elsewhere; here their outcome is kept, as watches that rest. Only ids of people are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from storage.archive.models import table
from storage.audience import forgetting, watch_store
from storage.audience.audience import Channel, Slot, Watch, Workspace
from storage.audience.models import SecretRow
from storage.audience.people import CHANNEL, WATCH, WORKSPACE, slot_values, to_channel, to_workspace
from storage.audience.watch_store import Asked
from storage.database.connection import Database
from storage.database.statements import insert_new
from storage.deliveries import digests, settling
from storage.deliveries.slots import next_slot, zone_exists
from watchers.errors import StoreError

SECRET = table(SecretRow)


class Place(Protocol):
    """Where somebody spoke to us; the names are the chat's own."""

    @property
    def chat(self) -> str: ...
    @property
    def workspace(self) -> str: ...
    @property
    def channel(self) -> str: ...


class Audience:
    """Workspaces, channels and watches. Times are arguments; without one it is now."""

    def __init__(self, database: Database, plan: str = "professional", *, pings: bool = True) -> None:
        """Keep them in a database; `plan`, with or without pings, is what a new workspace gets."""
        self._database = database
        self._new = {"plan": plan, "pings": pings}

    # workspaces

    async def workspace(
        self, chat: str, foreign: str, installed_by: str = "", now: datetime | None = None, *, joined: bool = False
    ) -> Workspace:
        """Return a workspace; it is made the first time, and welcomed back when it `joined` or has an installer.

        Not every chat says who installed it, so a return must not depend on that.
        """
        identity = f"{chat}:{foreign}"
        row = {"id": identity, "chat": chat, "foreign_id": foreign, "installed_by": installed_by, **self._new}
        async with self._database.write() as connection:
            await connection.execute(
                insert_new(connection, WORKSPACE).values(**row, created_at=now or datetime.now(UTC))
            )
            if installed_by or joined:
                back = {"left_at": None, **({"installed_by": installed_by} if installed_by else {})}
                await connection.execute(update(WORKSPACE).where(WORKSPACE.c.id == identity).values(back))
            return to_workspace((await connection.execute(select(WORKSPACE).where(WORKSPACE.c.id == identity))).one())

    async def find_workspace(self, workspace: str) -> Workspace | None:
        """Return a workspace by its id, or None."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(WORKSPACE).where(WORKSPACE.c.id == workspace))).one_or_none()
        return to_workspace(row) if row else None

    async def workspaces(self) -> tuple[Workspace, ...]:
        """Return all workspaces."""
        async with self._database.read() as connection:
            found = await connection.execute(select(WORKSPACE).order_by(WORKSPACE.c.id))
            return tuple(to_workspace(row) for row in found)

    async def set_plan(self, workspace: str, plan: str, *, pings: bool) -> None:
        """Give a workspace a plan with or without pings; which watches rest under it is the caller's to say.

        Who asked for pings keeps asking for them: under a plan without, none is written down.
        """
        await self._set(workspace, plan=plan, pings=pings)

    async def set_admins_only(self, workspace: str, admins_only: bool) -> None:
        """Let only administrators configure, or everybody."""
        await self._set(workspace, admins_only=admins_only)

    async def set_links_days(self, workspace: str, days: int) -> None:
        """Set how long links to the workspace's own pages open, from those that are posted from now on."""
        await self._set(workspace, links_days=days)

    async def links_live(self, workspace: str) -> timedelta:
        """Return how long links to a workspace's own pages open."""
        async with self._database.read() as connection:
            asked = select(WORKSPACE.c.links_days).where(WORKSPACE.c.id == workspace)
            days = (await connection.execute(asked)).scalar()
        return timedelta(days=3650 if days is None else days)

    async def set_doubtful_pings(self, workspace: str, wanted: bool) -> None:
        """Ping changes that are only possibly substantive too, or leave them to the digest."""
        await self._set(workspace, doubtful_pings=wanted)

    async def leave(self, workspace: str, now: datetime | None = None) -> None:
        """A workspace removed us: nothing is sent any more, and its secrets are deleted at once."""
        async with self._database.write() as connection:
            left = update(WORKSPACE).where(WORKSPACE.c.id == workspace).values(left_at=now or datetime.now(UTC))
            await connection.execute(left)
            await connection.execute(SECRET.delete().where(SECRET.c.workspace == workspace))

    async def forget(self, workspace: str) -> Mapping[str, int]:
        """Delete all that is kept of a workspace, its own documents too; return how many rows of what."""
        async with self._database.write() as connection:
            return await forgetting.forget(connection, workspace)

    async def left_before(self, moment: datetime) -> tuple[str, ...]:
        """Return the workspaces that removed us before a moment and can be forgotten now."""
        async with self._database.read() as connection:
            found = await connection.execute(select(WORKSPACE.c.id).where(WORKSPACE.c.left_at < moment))
            return tuple(found.scalars())

    # channels

    async def channel(self, place: Place, now: datetime | None = None) -> Channel:
        """Return the channel of a place, made the first time it is asked for with a weekly digest."""
        identity = f"{place.chat}:{place.workspace}/{place.channel}"
        if known := await self.find_channel(identity):
            return known
        now = now or datetime.now(UTC)
        workspace = await self.workspace(place.chat, place.workspace, now=now)
        row = {
            "id": identity,
            "workspace": workspace.id,
            "chat": place.chat,
            "foreign_id": place.channel,
            **slot_values(Slot()),
            "created_at": now,
            "told_until": now,
            "next_slot": next_slot(Slot(), now),
        }
        async with self._database.write() as connection:
            await connection.execute(insert_new(connection, CHANNEL).values(row))
            return to_channel((await connection.execute(select(CHANNEL).where(CHANNEL.c.id == identity))).one())

    async def find_channel(self, channel: str) -> Channel | None:
        """Return a channel by its id, or None."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(CHANNEL).where(CHANNEL.c.id == channel))).one_or_none()
        return to_channel(row) if row else None

    async def channels(self, workspace: str) -> tuple[Channel, ...]:
        """Return the channels of a workspace."""
        async with self._database.read() as connection:
            asked = select(CHANNEL).where(CHANNEL.c.workspace == workspace).order_by(CHANNEL.c.id)
            return tuple(to_channel(row) for row in await connection.execute(asked))

    async def set_slot(self, channel: str, slot: Slot, now: datetime | None = None) -> datetime | None:
        """Set when a channel's digest is due; return the next time, None for never. StoreError: no such zone."""
        if not zone_exists(slot.zone):
            raise StoreError(f"There is no time zone {slot.zone!r}. Use a name like Europe/Berlin or America/New_York.")
        upcoming = next_slot(slot, now or datetime.now(UTC))
        async with self._database.write() as connection:
            values = {**slot_values(slot), "next_slot": upcoming}
            await connection.execute(update(CHANNEL).where(CHANNEL.c.id == channel).values(values))
            if upcoming:
                await digests.free_days(connection, channel, upcoming.astimezone(ZoneInfo(slot.zone)).date())
        return upcoming

    async def next_digest(self, channel: str) -> datetime | None:
        """Return when a channel's next digest is due, None for never."""
        async with self._database.read() as connection:
            asked = select(CHANNEL.c.next_slot).where(CHANNEL.c.id == channel)
            found: datetime | None = (await connection.execute(asked)).scalar()
        return found

    async def set_role(self, channel: str, role: str) -> None:
        """Set the role that pings of a channel mention; empty for none."""
        async with self._database.write() as connection:
            await connection.execute(update(CHANNEL).where(CHANNEL.c.id == channel).values(role=role))

    async def pause_channel(self, channel: str, reason: str, now: datetime | None = None) -> None:
        """Let a channel rest with all that is due to it, and keep the reason."""
        async with self._database.write() as connection:
            await settling.pause(connection, channel, reason, now or datetime.now(UTC))

    async def resume_channel(self, channel: str, now: datetime | None = None) -> None:
        """Open a channel again; what was due to it is due now, but for pings older than a week."""
        async with self._database.write() as connection:
            await settling.resume(connection, channel, now or datetime.now(UTC))

    # watches

    async def watch(
        self,
        channel: str,
        platform: str = "",
        document: str = "",
        provision: str = "",
        *,
        ping: bool = True,
        digest: bool = True,
        person: str = "",
        now: datetime | None = None,
    ) -> tuple[Watch, bool]:
        """Write a standing order down; return it and whether it is new. Asking twice changes only ping and digest."""
        asked = Asked(channel, platform, document, provision)
        async with self._database.write() as connection:
            return await watch_store.add(connection, asked, ping, digest, person, now or datetime.now(UTC))

    async def unwatch(
        self, channel: str, platform: str, document: str = "", provision: str = "", now: datetime | None = None
    ) -> tuple[Watch, ...]:
        """End the watches of a channel that fall under this; return them, for the undo."""
        asked = Asked(channel, platform, document, provision)
        async with self._database.write() as connection:
            return await watch_store.end(connection, asked, now or datetime.now(UTC))

    async def end_watches(self, channel: str, watches: Sequence[int], now: datetime | None = None) -> tuple[Watch, ...]:
        """End some watches of a channel by number, as an undo of watching; return those that were ended."""
        async with self._database.write() as connection:
            return await watch_store.end_some(connection, channel, watches, now or datetime.now(UTC))

    async def undo(self, channel: str, watches: Sequence[int]) -> tuple[Watch, ...]:
        """Bring watches of a channel back that were ended; return those that are back."""
        async with self._database.write() as connection:
            return await watch_store.revive(connection, channel, watches)

    async def watches(self, channel: str, now: datetime | None = None) -> tuple[Watch, ...]:
        """Return a channel's watches, in the order they were added, with their mutes."""
        return await self._watches(WATCH.c.channel == channel, now)

    async def watches_of(self, workspace: str, now: datetime | None = None) -> tuple[Watch, ...]:
        """Return the watches of all channels of a workspace, in the order they were added."""
        channels = select(CHANNEL.c.id).where(CHANNEL.c.workspace == workspace)
        return await self._watches(WATCH.c.channel.in_(channels), now)

    async def pause_watches(self, watches: Sequence[int], reason: str) -> None:
        """Let watches rest, as under a smaller plan; an empty reason wakes them."""
        async with self._database.write() as connection:
            await connection.execute(update(WATCH).where(WATCH.c.id.in_(watches)).values(paused=reason))

    async def mute(
        self, channel: str, platform: str, until: datetime, person: str = "", now: datetime | None = None
    ) -> None:
        """Send no pings about a platform (empty: about any) to a channel before a moment; digests go on."""
        async with self._database.write() as connection:
            await watch_store.mute(connection, channel, platform, until, person, now or datetime.now(UTC))

    async def unmute(self, channel: str, platform: str = "") -> bool:
        """Send pings again; tell whether any were muted. An empty platform ends all mutes of the channel."""
        async with self._database.write() as connection:
            return await watch_store.unmute(connection, channel, platform)

    async def _set(self, workspace: str, **values: Any) -> None:
        async with self._database.write() as connection:
            await connection.execute(update(WORKSPACE).where(WORKSPACE.c.id == workspace).values(values))

    async def _watches(self, which: Any, now: datetime | None) -> tuple[Watch, ...]:
        async with self._database.read() as connection:
            return await watch_store.standing(connection, which, now or datetime.now(UTC))
