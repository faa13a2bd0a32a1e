"""Reads what people did about messages: who took note, who found a change not worth telling, who muted its platform."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive.models import table
from storage.audience.models import AckRow, MuteRow, ReportRow
from storage.deliveries.delivery import Delivery

ACK, REPORT, MUTE = table(AckRow), table(ReportRow), table(MuteRow)


@dataclass(frozen=True, slots=True)
class Done:
    """What a person did; `at` is when, for a mute until when it lasts."""

    deed: Literal["ack", "report", "mute"]
    person: str
    at: datetime


async def done(connection: AsyncConnection, carried: Sequence[Delivery], now: datetime) -> tuple[Done, ...]:
    """Return what was done about the deliveries of one message: the first ack, every report, a mute that lasts."""
    if not carried:
        return ()
    channel = carried[0].channel.id
    acks = select(ACK.c.person, ACK.c.at).where(ACK.c.delivery.in_([one.id for one in carried])).order_by(ACK.c.at)
    about = [one.subject for one in carried]
    reports = select(REPORT.c.person, REPORT.c.at).where(REPORT.c.channel == channel, REPORT.c.change.in_(about))
    platforms = {"", *(one.platform for one in carried)}
    mutes = select(MUTE.c.person, MUTE.c.until).where(
        *(MUTE.c.channel == channel, MUTE.c.platform.in_(platforms), MUTE.c.until > now, MUTE.c.person != "")
    )
    said = [Done("ack", *row) for row in (await connection.execute(acks.limit(1)))]
    marked = {row.person: Done("report", *row) for row in await connection.execute(reports.order_by(REPORT.c.at))}
    quiet = [Done("mute", *row) for row in await connection.execute(mutes.order_by(MUTE.c.until.desc()).limit(1))]
    return (*said, *marked.values(), *quiet)
