"""Who is due what, reckoned from what people did, in the script's own words: the oracle's view of the audience.

It shares no code with the program; where the order of things leaves a doubt, the oracle asks at every moment in doubt.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.simulation.play import Done
from tests.simulation.slots import Rhythm, typed

END = datetime(2100, 1, 1, tzinfo=UTC)
FORGOTTEN = timedelta(days=30)
"""After so long a watch that was ended cannot be undone: asked for again, it is a new one."""

ROOM = {"free": 1, "watcher": 10, "professional": 10_000}


@dataclass(slots=True)
class Order:
    """A watch. `since`: the act that added it; `rank`: when it was first thought of, which decides who rests."""

    since: int
    rank: int
    ping: bool
    rests: bool = False


@dataclass(slots=True)
class State:
    """What a channel wants at a moment. `foggy`: it refused messages, so whether it was paused is not known."""

    rhythm: Rhythm = field(default_factory=Rhythm)
    orders: dict[tuple[str, str], Order] = field(default_factory=dict)
    ranks: dict[tuple[str, str], int] = field(default_factory=dict)  # of all that is watched here or can be again
    ended: dict[tuple[str, str], datetime] = field(default_factory=dict)
    mutes: dict[str, datetime] = field(default_factory=dict)
    foggy: bool = False
    closed: bool = False
    left: bool = False
    plan: str = "professional"

    def covering(self, platform: str, trains: bool) -> Iterable[Order]:
        """Give the orders that ask for a change of a platform."""
        for (of, provision), order in self.orders.items():
            if of in ("", platform) and (not provision or trains) and not order.rests:
                yield order

    def rests(self, platform: str, trains: bool, before: int) -> bool:
        """Tell whether all that asked for a change of a platform before an act rests, for want of room."""
        every = [order for (of, _), order in self.orders.items() if of in ("", platform)]
        asked = any(order.rests for order in every if order.since < before)
        return asked and not self.digests(platform, trains, before)

    def silent(self, platform: str, clock: datetime) -> bool:
        """Tell whether pings about a platform are muted."""
        return any(self.mutes.get(key, clock) > clock for key in ("", platform))

    def pinged(self, platform: str, trains: bool, clock: datetime) -> bool:
        """Tell whether a change is to be pinged."""
        asked = self.plan != "free" and any(order.ping for order in self.covering(platform, trains))
        return asked and not self.left and not self.silent(platform, clock)

    def hears(self, platform: str, clock: datetime) -> bool:
        """Tell whether news of a platform's documents are told: that one is blind, or sees again."""
        asked = any(not order.rests for (of, _), order in self.orders.items() if of in ("", platform))
        return asked and not self.left and not self.silent(platform, clock)

    def drops(self, platform: str, clock: datetime) -> bool:
        """Tell whether what still waits about a platform is dropped now: it is muted, or watched no more."""
        return self.silent(platform, clock) or not any(of in ("", platform) for of, _ in self.orders)

    def digests(self, platform: str, trains: bool, before: int) -> bool:
        """Tell whether a digest planned now may hold a change seen when the act `before` was the last."""
        return any(order.since < before for order in self.covering(platform, trains))

    @property
    def wants_digest(self) -> bool:
        """Tell whether a slot that passes now gives a digest."""
        return not self.left and any(not order.rests for order in self.orders.values())


class Channel:
    """A channel through time."""

    def __init__(self, place: tuple[str, str, str]) -> None:
        self.place = place
        self.numbers: list[int] = []
        self.times: list[tuple[datetime, datetime]] = []  # true, and as our clock had it
        self.states: list[State] = []
        self.rhythms: list[tuple[int, datetime]] = []
        self.platforms: set[str] = set()

    def at(self, number: int) -> State:
        """Return the state when a beat was fired."""
        found = bisect_right(self.numbers, number) - 1
        return self.states[found] if found >= 0 else State()

    def between(self, first: int, last: int) -> list[State]:
        """Return every state from one beat to another."""
        start = max(0, bisect_right(self.numbers, first) - 1)
        return [self.at(first), *self.states[start : bisect_right(self.numbers, last)]]

    def spells(self, what: Callable[[State], bool]) -> Iterator[tuple[datetime, datetime, datetime]]:
        """Give the times in which something is so: from, until, and until as our clock had it."""
        begun: datetime | None = None
        for state, (at, clock) in zip(self.states, self.times, strict=True):
            if what(state):
                begun = begun or at
            elif begun:
                yield begun, at, clock
                begun = None
        if begun:
            yield begun, END, END

    def put(self, one: Done, state: State) -> None:
        """Remember a new state."""
        self.numbers.append(one.number)
        self.times.append((one.at, one.clock))
        self.states.append(state)


def followed(done: list[Done], places: list[tuple[str, str, str]]) -> dict[tuple[str, str, str], Channel]:
    """Follow all channels through what was done."""
    channels = {place: Channel(place) for place in places}
    for one in done:
        act = one.act
        mine = [c for c in channels.values() if c.place[:2] == (act.chat, act.workspace)]
        if act.channel:
            _typed(channels[act.chat, act.workspace, act.channel], one)
            continue
        for channel in mine:
            state = deepcopy(channel.at(one.number))
            state.left = act.verb == "leave" or (state.left and act.verb != "join")
            state.plan = act.words if act.verb == "plan" else state.plan
            channel.put(one, state)
        if act.verb == "plan":
            _replan([channel.states[-1] for channel in mine], act.words)
    return channels


def _typed(channel: Channel, one: Done) -> None:
    state, act = deepcopy(channel.at(one.number)), one.act
    name, _, more = act.words.partition(" ")
    platform = "" if name == "all" else name.removeprefix("Fern")
    match act.verb:
        case "watch":
            key = (platform, "ai_training" if more == "ai-training" else "")
            known = state.orders.get(key)
            if one.clock - state.ended.pop(key, one.clock) > FORGOTTEN:
                del state.ranks[key]
            ping, rank = more != "digest only", state.ranks.setdefault(key, one.number)
            state.orders[key] = Order(known.since if known else one.number, rank, ping)
            state.foggy = state.closed
            channel.platforms.add(platform)
        case "unwatch":
            state.ended |= {key: one.clock for key in state.orders if key[0] == platform}
            state.orders = {key: order for key, order in state.orders.items() if key[0] != platform}
        case "mute":
            state.mutes[platform] = one.clock + timedelta(days=int(more.removesuffix("d")))
        case "unmute":
            state.mutes = {key: until for key, until in state.mutes.items() if key != platform and platform}
        case "digest":
            state.rhythm = typed(act.words, state.rhythm)
        case "close":
            state.closed = state.foggy = True
        case "reopen":
            state.closed = state.foggy = False
    if act.verb == "digest" or not channel.rhythms:
        channel.rhythms.append((one.number, one.clock))
    channel.put(one, state)


def _replan(states: list[State], plan: str) -> None:
    """Let the orders rest that a plan has no room for: those of the platforms that were watched last."""
    every = sorted((order.rank, key, order) for state in states for key, order in state.orders.items())
    narrow = [key[0] for _, key, _ in every if key[0] and (plan == "professional" or not key[1])]
    room = set(list(dict.fromkeys(narrow))[: ROOM[plan]])
    for _, (platform, provision), order in every:
        order.rests = plan != "professional" and (bool(provision) or platform not in room)
