"""Draw every change of a history as ping, redline, digest and card for both chats, and refuse what they would refuse.

    python -m bench.chats_corpus VERSIONS.git … [--every N]

Counts messages, payloads above a limit or refused by slack_sdk's models, clauses neither shown nor counted, and
mentions or live markup that words of a page made. Every message is also posted into a simulated Discord (simcord),
by the real adapter: what it refuses and whom it would call is counted too.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import simcord

from bot.chats.discord import embeds
from bot.chats.discord.bot import Discord, DiscordSettings
from bot.chats.discord.embeds import custom_id
from bot.chats.port import Place
from bot.chats.slack import blocks
from bot.compose.card import card
from bot.compose.digest import Issue, digest
from bot.compose.message import Message, Quote
from bot.compose.news import News
from bot.compose.ping import ping
from bot.compose.redline import redline
from tests.bot.chats.limits import check_discord, check_slack, slack_calls, texts
from watchers.comparing.compare import compare
from watchers.errors import DeliveryError
from watchers.model import Change, Document, Finding, Part, Platform, Reading, Version
from watchers.provisions.card import compose_card
from watchers.provisions.recogniser import recognise
from watchers.provisions.source import Source
from watchers.provisions.touches import touched
from watchers.reading.clauses import clauses
from watchers.reading.extract import read_markdown

BASE = "https://watch.example"
ENTRY = re.compile(r":\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) M\t(.+)")
CALL = re.compile(r"(?<!\\)<[@#/:t!]|(?<!\\)@(?:everyone|here)|(?<!\\)\]\((?!https?://)")


def changes(repository: Path) -> Iterator[tuple[str, str, str, int]]:
    """Give path, old and new blob and time of every change of a page."""
    command = ["git", "-C", str(repository), "-c", "core.quotePath=false", "log", "--reverse", "--no-renames"]
    log = subprocess.run(
        [*command, "--raw", "--abbrev=40", "--format=@%ct", "--", "*.md"], capture_output=True, check=True
    )
    at = 0
    for line in log.stdout.decode().splitlines():
        if line.startswith("@"):
            at = int(line[1:])
        elif found := ENTRY.fullmatch(line):
            yield found[3], found[1], found[2], at


class Corpus:
    """Reads blobs, and remembers the latest of each page: it is the old side of the next change."""

    def __init__(self, repository: Path) -> None:
        command = ["git", "-C", str(repository), "cat-file", "--batch"]
        self._git = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._latest: dict[str, tuple[str, Reading]] = {}
        self._found: dict[str, tuple[str, tuple[Finding, ...]]] = {}

    def reading(self, path: str, blob: str) -> Reading:
        """Return a version's words."""
        if self._latest.get(path, ("",))[0] != blob:
            self._latest[path] = (blob, read_markdown(self._blob(blob)))
        return self._latest[path][1]

    def findings(self, path: str, blob: str, reading: Reading) -> tuple[Finding, ...]:
        """Return the provisions of a version."""
        if self._found.get(path, ("",))[0] != blob:
            self._found[path] = (blob, tuple(recognise(reading.text, doc_type=Path(path).stem)))
        return self._found[path][1]

    def _blob(self, blob: str) -> str:
        assert self._git.stdin is not None
        assert self._git.stdout is not None
        self._git.stdin.write(f"{blob}\n".encode())
        self._git.stdin.flush()
        size = int(self._git.stdout.readline().split()[2])
        return self._git.stdout.read(size + 1)[:-1].decode("utf8", "replace")


class Simulated:
    """A simulated Discord, begun anew now and then since it forgets nothing."""

    def __init__(self) -> None:
        self.posted = 0

    async def post(self, message: Message, count: Counter[str]) -> None:
        """Post a message as the real adapter does, and count what is refused and who is called."""
        if not self.posted % 300:
            await self.close()
            self.chat = Discord(DiscordSettings(shards=1))
            self.env = simcord.Env(self.chat.client, shard_count=1)
            await self.env.start()
            guild = self.env.create_guild()
            self.channel = guild.create_text_channel("rules")
            self.viewer = guild.add_member(self.env.create_user("ada"))
            self.place = Place("discord", str(guild.id), str(self.channel.id))
        self.posted += 1
        try:
            receipt = await self.chat.post(self.place, message, str(self.posted))
        except DeliveryError as error:
            count["refused by simcord"] += 1
            print("REFUSED BY SIMCORD", message.text[:80], error)
            return
        parts = len(receipt.split(","))
        count["simcord messages"] += parts
        for sent in self.channel.history(viewer=self.viewer)[-parts:]:
            count["mentions"] += len(sent.mentions) + len(sent.role_mentions) + sent.mention_everyone

    async def close(self) -> None:
        """Shut the simulation down."""
        if self.posted:
            await self.env.shutdown()


def messages(corpus: Corpus, change: tuple[str, str, str, int], recent: list[News]) -> Iterator[tuple[str, Message]]:
    """Compose what people are told of a change."""
    path, old_blob, new_blob, seconds = change
    old, new = corpus.reading(path, old_blob), corpus.reading(path, new_blob)
    difference = compare(old, new)
    if not difference.passages:
        return
    name, kind = path.split("/")[0], Path(path).stem
    now = datetime.fromtimestamp(seconds, UTC)
    document = Document(f"{name}/{kind}", name, kind, (Part(f"https://{name.lower().replace(' ', '')}.example"),))
    before, after = corpus.findings(path, old_blob, old), corpus.findings(path, new_blob, new)
    touches = touched(old.text, before, new.text, after, difference)
    news = News(
        Change(new_blob[:12], document.id, old_blob, new_blob, now, difference, touches), Platform(name, name), document
    )
    recent.append(news)
    yield "ping", ping([news], now, BASE)
    yield "redline", redline(news, now, BASE)
    yield "digest", digest(Issue(now, now, now, tuple(recent[-12:])), BASE)
    version = Version(new_blob, document.id, now, new.sha256, new.text)
    source = Source(name, document, version, clauses(new.text), after)
    for provision in list(dict.fromkeys(finding.provision for finding in after))[:2]:
        yield "card", card(compose_card(provision, source), name, name, BASE)


def bare(text: str) -> str:
    """Take everything away but letters and figures."""
    return re.sub(r"[\W_]+", "", re.sub(r"(?<!\\)\]\(http[^)]*\)", "", text))


def judge(kind: str, message: Message, count: Counter[str]) -> None:
    """Draw a message for both chats and count what is wrong with it."""
    quotes = [bare("".join(span.text for span in block.spans)) for block in message.blocks if isinstance(block, Quote)]
    slack = blocks.draw(message)
    discord = embeds.draw(message)
    count[f"{kind} messages"] += 1
    count["slack payloads"] += len(slack)
    count["discord payloads"] += len(discord)
    try:
        for part in slack:
            check_slack(part.blocks, part.text)
        for one in discord:
            row = [{"label": button.label, "custom_id": custom_id(button)} for button in one.buttons if not button.link]
            check_discord(one.content, one.embeds, [{"components": row}] if row else [])
    except AssertionError as error:
        count["refused"] += 1
        print("REFUSED", kind, message.text[:80], repr(error)[:200])
    said = "".join(text for part in slack for text in texts(part.blocks))
    drawn = "\n".join(str(embed.get("description", "")) for one in discord for embed in one.embeds)
    count["mentions"] += sum(len(slack_calls(part.blocks, part.text)) for part in slack)
    count["mentions"] += len(CALL.findall(drawn + "".join(one.content for one in discord)))
    for name, words in (("slack", said), ("discord", drawn)):
        counted = "Not shown here" in words
        count[f"{name} messages with clauses counted"] += counted
        whole = bare(words)
        count[f"{name} clauses lost"] += sum(quote not in whole for quote in quotes) if not counted else 0
    count["clauses"] += len(quotes)


async def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repositories", nargs="+", type=Path)
    parser.add_argument("--every", type=int, default=1)
    asked = parser.parse_args()
    count = Counter({"refused": 0, "refused by simcord": 0, "mentions": 0})
    drawing, simulated = 0.0, Simulated()
    for repository in asked.repositories:
        corpus, recent = Corpus(repository), list[News]()
        for change in list(changes(repository))[:: asked.every]:
            count["changes"] += 1
            for kind, message in messages(corpus, change, recent):
                began = time.process_time()
                judge(kind, message, count)
                drawing += time.process_time() - began
                await simulated.post(message, count)
            if not count["changes"] % 200:
                print(dict(count), flush=True)
    await simulated.close()
    for name, number in sorted(count.items()):
        print(f"{number:8,} {name}")
    payloads = count["slack payloads"] + count["discord payloads"]
    print(f"{1000 * drawing / max(1, payloads):.2f} ms of CPU a payload, drawing and checks")


if __name__ == "__main__":
    asyncio.run(main())
