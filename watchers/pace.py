"""When to look at a document next: a matter of arithmetic over what the last looks saw.

It fires nothing and reads no clock; the time is an argument and the next look is a column somebody else keeps.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b

from watchers.model import Due, Outcome

OFTEN = timedelta(hours=1)
SELDOM = timedelta(days=1)
CONFIRM = timedelta(minutes=20)  # a suspicious look is repeated this soon, before anybody is told
LONGEST_WAIT = timedelta(days=1)  # that a server may ask for; more would leave its documents unseen for days

# A document is looked at this many times within the span since it last changed: one that changed an hour
# ago is looked at hourly, one that changed a fortnight ago every half day, an old one daily.
LOOKS_PER_SPAN = 24

# A document that never changed under our eyes is looked at every six hours for its first week.
_NEW = timedelta(hours=6)
_NEW_LOOKS = 28

ANEW = timedelta(days=7)
"""How often a page is asked for without conditions."""

_ORIGIN = datetime(2020, 1, 1, tzinfo=UTC)
# Around the day a change was announced for: hourly on the day itself, give or take the time zones and one
# late publisher; every three hours in the week before, as announcements are often brought forward.
_DAY_BEFORE = timedelta(days=1)
_DAY_AFTER = timedelta(days=2)
_NEARLY = timedelta(days=7)
_NEARLY_OFTEN = timedelta(hours=3)


def next_look(
    due: Due,
    outcome: Outcome,
    now: datetime,
    *,
    retry_after: float | None = None,
    announced: date | None = None,
) -> datetime:
    """Return when to look again after a look that came to `outcome` just now.

    `retry_after` are the seconds the server asked for; `announced` is an effective date read in this look.
    """
    if outcome is Outcome.HELD:
        return now + CONFIRM
    if outcome in (Outcome.FAILED, Outcome.BLIND):
        wish = min(timedelta(seconds=retry_after or 0), LONGEST_WAIT)
        return spread(due.document.id, max(now + back_off(due.blind_looks), now + wish), not_before=now + wish)
    changed = now if outcome is Outcome.CHANGED else due.last_change
    pause = min(interval(changed, due.steady_looks, now), vigil(announced or due.announced, now))
    pause -= pause / 4 * _share(f"{due.document.id} {now.date()}")
    return spread(due.document.id, now + pause, not_before=now + pause / 2)


def interval(last_change: datetime | None, steady_looks: int, now: datetime) -> timedelta:
    """Return the usual pause between two looks, from how long ago the document last changed."""
    if last_change is None:
        return _NEW if steady_looks < _NEW_LOOKS else SELDOM
    return min(max((now - last_change) / LOOKS_PER_SPAN, OFTEN), SELDOM)


def vigil(announced: date | None, now: datetime) -> timedelta:
    """Return the longest pause allowed by a change announced for a day."""
    if announced is None:
        return SELDOM
    left = datetime(announced.year, announced.month, announced.day, tzinfo=UTC) - now
    if -_DAY_AFTER < left <= _DAY_BEFORE:
        return OFTEN
    if _DAY_BEFORE < left <= _NEARLY:
        return _NEARLY_OFTEN
    return SELDOM


def asks_anew(due: Due, now: datetime) -> bool:
    """Tell whether a look asks for the page itself, and not only whether it changed.

    A server whose validators are frozen answers "unchanged" for ever. So each document is asked for in full once in
    `ANEW`, on a day of its own, and around the day a change was announced for.
    """
    if due.last_look is None or vigil(due.announced, now) == OFTEN:
        return True
    own = _share(due.document.id) * ANEW
    return (now - _ORIGIN + own) // ANEW != (due.last_look - _ORIGIN + own) // ANEW


def back_off(blind_looks: int) -> timedelta:
    """Return the pause after looks in a row that saw nothing: an hour, two, four … a day."""
    return min(OFTEN * (1 << min(blind_looks, 10)), SELDOM)


def spread(document: str, wish: datetime, *, not_before: datetime) -> datetime:
    """Return the moment nearest to a wish that falls on the document's own second of the hour.

    The second follows from the id alone: a catalogue added at once, or all overdue after downtime, is evenly
    spread over the hour again after one look.
    """
    own = timedelta(seconds=int(3600 * _share(document)))
    hour = wish.replace(minute=0, second=0, microsecond=0)
    slots = (hour + timedelta(hours=shift) + own for shift in (-1, 0, 1, 2))
    return min((slot for slot in slots if slot >= not_before), key=lambda slot: abs(slot - wish))


def _share(name: str) -> float:
    """Return a name's own number from 0 to 1, as if drawn at random but always the same.

    A document's, of the day, takes up to a quarter off its pause: those looked at together part within days.
    """
    return int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "big") / 2**32
