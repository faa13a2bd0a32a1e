"""The rows of our own outages: times in which this installation could not reach the internet."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from storage.archive.models import Row
from storage.database.columns import Moment


class OutageRow(Row, table=True):
    """Since when we reached hardly any site, and until when; `reason` is what the last site's look said."""

    __tablename__ = "outage"
    since: datetime = Field(primary_key=True, sa_type=Moment)
    until: datetime | None = Field(default=None, sa_type=Moment)
    reason: str = ""
