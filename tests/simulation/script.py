"""The script of a made-up world: what pages say when, what people ask for when, and what goes wrong when.

Everything follows from a seed and a size; nothing here runs, and nothing here knows Clausewatch.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from tests.simulation.pages import Edition

ZONES = (
    *("UTC", "Europe/Berlin", "America/New_York", "Australia/Sydney", "Pacific/Auckland", "Asia/Kathmandu"),
    *("Africa/Casablanca", "America/Sao_Paulo", "Australia/Lord_Howe", "America/Los_Angeles", "Europe/London"),
)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KINDS = ("Terms of Service", "Commercial Terms", "Community Guidelines")
CALM = timedelta(days=4)
"""The end of every story, in which nothing goes wrong any more and everything that waits must come."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a world is and how long it lasts."""

    documents: int = 24
    workspaces: int = 6
    channels: int = 12
    days: int = 24
    start: datetime = datetime(2026, 3, 20, 6, tzinfo=UTC)
    step: timedelta = timedelta(minutes=20)
    pause: float = 9
    """Days between two editions of a document, on average."""

    @property
    def end(self) -> datetime:
        """Return when the story ends."""
        return self.start + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Site:
    """One document of the world: its editions in order of time, and the spells in which its server fails."""

    document: str
    platform: str
    name: str
    kind: str
    since: tuple[datetime, ...]
    editions: tuple[Edition, ...]
    down: tuple[tuple[datetime, datetime], ...] = ()

    def at(self, moment: datetime) -> Edition | None:
        """Return what the page says at a moment, or None when its server does not answer."""
        if any(start <= moment < end for start, end in self.down):
            return None
        return self.editions[bisect_right(self.since, moment) - 1]


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody does something at a moment: types a command, or `close`, `reopen`, `plan`, `leave`, `join`."""

    at: datetime
    chat: str
    workspace: str
    channel: str
    verb: str
    words: str = ""


@dataclass(slots=True)
class Script:
    """The whole story, before it is played."""

    seed: int
    size: Size
    sites: dict[str, Site] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    outages: list[tuple[str, datetime, datetime]] = field(default_factory=list)  # of a chat
    full: list[tuple[datetime, datetime]] = field(default_factory=list)  # the disk
    rests: list[tuple[datetime, timedelta]] = field(default_factory=list)  # the program is stopped for a while
    jumps: list[tuple[datetime, datetime, timedelta]] = field(default_factory=list)  # the clock is wrong by so much
    places: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def calm(self) -> datetime:
        """Return from when on nothing goes wrong."""
        return self.size.end - CALM


def write(seed: int, size: Size) -> Script:
    """Write the story of a seed."""
    script, chance = Script(seed, size), random.Random(seed)
    for number in range(size.documents):
        site = _site(chance, size, number)
        script.sites[site.document] = site
    _people(chance, script)
    _misfortunes(chance, script)
    script.acts = _sensible(sorted(script.acts, key=lambda act: act.at))
    return script


def _sensible(acts: list[Act]) -> list[Act]:
    """Leave out what nobody can do: typing where we are not installed, adding watches that a plan has no room for.

    A channel that is opened while we are not installed hears from somebody once we are.
    """
    kept: list[Act] = []
    left: set[tuple[str, str]] = set()
    small: set[tuple[str, str]] = set()
    waiting: list[Act] = []
    for act in acts:
        space = (act.chat, act.workspace)
        if act.verb == "plan":
            (small.discard if act.words == "professional" else small.add)(space)
        elif act.verb == "leave":
            left.add(space)
        elif act.verb == "join":
            left.discard(space)
            back = [one for one in waiting if (one.chat, one.workspace) == space]
            waiting = [one for one in waiting if one not in back]
            kept += [act, *(replace(one, at=act.at) for one in back)]
            continue
        elif act.verb == "reopen" and space in left:
            waiting.append(act)
            continue
        elif act.verb == "close":
            waiting = [one for one in waiting if one.channel != act.channel]
        elif (act.verb == "watch" and space in small) or (space in left and act.verb != "close"):
            continue
        kept.append(act)
    return kept


def _site(chance: random.Random, size: Size, number: int) -> Site:
    platform, kind = f"p{number // len(KINDS)}", KINDS[number % len(KINDS)]
    edition, moment = Edition(100_000 + number * 1000, trains=chance.random() < 0.3), size.start - timedelta(days=1)
    since, editions = [moment], [edition]
    while True:
        moment += timedelta(days=chance.expovariate(1 / size.pause), hours=2)
        if moment > size.end - CALM:
            break
        edition = _next(chance, editions, moment)
        since.append(moment)
        editions.append(edition)
    down = [_spell(chance, size, timedelta(hours=2), timedelta(days=3)) for _ in range(chance.randrange(3))]
    return Site(f"{platform}/d{number}", platform, _name(platform), kind, tuple(since), tuple(editions), tuple(down))


def _name(platform: str) -> str:
    """Return a name that is one word to a command and unlike every other."""
    return f"Fern{platform}"


def _next(chance: random.Random, before: list[Edition], moment: datetime) -> Edition:
    """Return what follows: the same in another frame, the words before the last ones, or new words."""
    edition = before[-1]
    if chance.random() < 0.3:
        return replace(edition, look=edition.look + 1)
    if chance.random() < 0.15 and len(before) > 1 and before[-2].number != edition.number:
        return before[-2]
    day = (moment + timedelta(days=chance.randint(3, 20))).date() if chance.random() < 0.3 else edition.effective
    trains = edition.trains != (chance.random() < 0.25)
    highest = max(one.number for one in before)
    return replace(edition, number=highest + 1, trains=trains, effective=day)


def _spell(chance: random.Random, size: Size, shortest: timedelta, longest: timedelta) -> tuple[datetime, datetime]:
    start = size.start + timedelta(days=1) + (size.end - CALM - size.start - timedelta(days=1)) * chance.random()
    return start, min(size.end - CALM, start + shortest + (longest - shortest) * chance.random() ** 2)


def _people(chance: random.Random, script: Script) -> None:
    size = script.size
    for number in range(size.channels):
        space = number % size.workspaces
        place = (f"net{space % 2}", f"w{space}", f"c{number}")
        script.places.append(place)
        _channel(chance, script, place)
    for space in range(size.workspaces):
        _workspace(chance, script, space)


def _channel(chance: random.Random, script: Script, place: tuple[str, str, str]) -> None:
    start, size = script.size.start, script.size

    def act(at: datetime, verb: str, words: str = "") -> None:
        if at < script.calm:
            script.acts.append(Act(at, *place, verb, words))

    settled = start + timedelta(minutes=chance.randint(1, 600))
    mine = [f"p{chance.randrange(max(1, size.documents // len(KINDS)))}" for _ in range(chance.randint(1, 4))]
    for platform in mine:
        act(settled, "watch", _name(platform) + chance.choice(("", "", "", " digest only")))
    if chance.random() < 0.15:
        act(settled, "watch", chance.choice(("all", "all ai-training")))
    act(settled, "digest", _rhythm(chance))
    moment = settled
    while (moment := moment + timedelta(days=chance.expovariate(1 / 6), hours=1)) < script.calm:
        _whim(chance, act, moment, chance.choice(mine))


def _whim(chance: random.Random, act: object, moment: datetime, platform: str) -> None:
    """Let somebody change their mind, and perhaps change it back."""
    assert callable(act)
    later = moment + timedelta(hours=chance.expovariate(1 / 60))
    name = _name(platform)
    match chance.choice(("mute", "mute all", "unwatch", "watch", "digest", "close", "blip")):
        case "mute":
            act(moment, "mute", f"{name} {chance.randint(1, 9)}d")
            if chance.random() < 0.5:
                act(later, "unmute", name)
        case "mute all":
            act(moment, "mute", f"all {chance.randint(1, 3)}d")
        case "unwatch":
            act(moment, "unwatch", name)
            act(later, "watch", name)
        case "watch":
            act(moment, "watch", name)
        case "digest":
            act(moment, "digest", _rhythm(chance))
        case "close":
            act(moment, "close")
            act(moment + timedelta(days=chance.expovariate(1 / 5), hours=2), "reopen")
        case "blip":
            act(moment, "close")
            act(moment + timedelta(minutes=chance.randint(1, 50)), "reopen")


def _rhythm(chance: random.Random) -> str:
    if chance.random() < 0.08:
        return "off"
    hour, minute = chance.choice((0, 1, 2, 2, 3, 8, 9, 17, 23)), chance.choice((0, 15, 30, 45))
    how = "daily" if chance.random() < 0.5 else f"weekly {chance.choice(DAYS)}"
    return f"{how} {hour:02}:{minute:02} {chance.choice(ZONES)}"


def _workspace(chance: random.Random, script: Script, space: int) -> None:
    """Change plans, leave and come back."""
    place = (f"net{space % 2}", f"w{space}", "")
    moment = script.size.start + timedelta(days=2)
    while (moment := moment + timedelta(days=chance.expovariate(1 / 15))) < script.calm:
        until = moment + timedelta(days=chance.expovariate(1 / 4), hours=3)
        if until >= script.calm:
            break
        if chance.random() < 0.6:
            script.acts.append(Act(moment, *place, "plan", chance.choice(("free", "watcher"))))
            script.acts.append(Act(until, *place, "plan", "professional"))
        else:
            script.acts.append(Act(moment, *place, "leave"))
            script.acts.append(Act(until, *place, "join"))
        moment = until


def _misfortunes(chance: random.Random, script: Script) -> None:
    size = script.size
    for _ in range(max(1, size.days // 12)):
        script.outages.append((f"net{chance.randrange(2)}", *_spell(chance, size, timedelta(0), timedelta(hours=18))))
        script.full.append(_spell(chance, size, timedelta(0), timedelta(hours=6)))
        start, end = _spell(chance, size, timedelta(minutes=10), timedelta(days=3))
        script.rests.append((start, end - start))
        script.jumps.append(_jump(chance, size))
    script.rests.sort()
    script.jumps.sort()


def _jump(chance: random.Random, size: Size) -> tuple[datetime, datetime, timedelta]:
    start, end = _spell(chance, size, timedelta(minutes=15), timedelta(hours=5))
    wrong = chance.choice((-2.5, -0.75, -0.02, 0.02, 1.25, 26.0, 24 * 40))
    return start, end, timedelta(hours=wrong)
