"""What comes of an attempt that failed: when it is made again, or that it is given up. Pure; `now` is an argument."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.deliveries.delivery import Dead, Delivery, Outcome, Paused, Retry, State, Uncertain
from watchers.errors import DeliveryError

MOST_ATTEMPTS = 12
OUTAGE = timedelta(days=1)
"""How long a chat may be down before what is due there is given up: its attempts alone are used up in hours."""

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
NOT_CONNECTED = timedelta(minutes=5)


def after_refusal(delivery: Delivery, refused: DeliveryError, now: datetime) -> Outcome:
    """Say what comes of a chat's refusal: only the error's own words about itself decide."""
    reason = str(refused)
    if refused.permanent:
        return Paused(reason, doubtful=_doubtful(delivery))
    if refused.retry_after is not None:
        return later(delivery, now + timedelta(seconds=refused.retry_after), reason, uncertain=refused.uncertain)
    if delivery.attempts >= MOST_ATTEMPTS and now - (delivery.created_at or now) < OUTAGE:
        return later(delivery, now + LONGEST_WAIT, reason, uncertain=refused.uncertain)
    return after_failure(delivery, reason, now, uncertain=refused.uncertain)


def after_failure(delivery: Delivery, reason: str, now: datetime, *, uncertain: bool = False) -> Outcome:
    """Say what comes of a failure of whatever kind: another attempt, or none after so many."""
    if delivery.attempts >= MOST_ATTEMPTS:
        return Dead(reason, doubtful=uncertain or _doubtful(delivery))
    return later(delivery, now + patience(delivery.attempts), reason, uncertain=uncertain)


def later(delivery: Delivery, at: datetime, reason: str, *, uncertain: bool = False) -> Outcome:
    """Try again at a moment. A doubt stays until the receipt is found or the message is sent anew."""
    return Uncertain(reason, at) if uncertain or _doubtful(delivery) else Retry(at, reason)


def _doubtful(delivery: Delivery) -> bool:
    """Tell whether an earlier attempt may have arrived."""
    return delivery.state is State.UNCERTAIN


def patience(attempts: int, longest: timedelta = LONGEST_WAIT) -> timedelta:
    """Return how long to wait after so many attempts: half a minute, and twice as long each time."""
    doublings = min(max(0, attempts - 1), 12)
    return min(longest, FIRST_WAIT * (1 << doublings))
