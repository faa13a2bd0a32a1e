"""Telling: untold → compose → post → settle. What became of each delivery is written down, whatever happens.

It knows no chat and no store's insides; who is due what was decided when the cause was recorded.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Protocol, TypeVar

import structlog

from bot.chats.port import Careful, Chat, Discreet, Place
from bot.clock import Clock
from bot.compose import sight
from bot.compose.message import Message
from bot.facts.roster import Roster
from bot.telling.drafts import Drafts
from bot.telling.newsroom import Newsroom
from bot.telling.patience import NOT_CONNECTED, after_failure, after_refusal, later
from storage.archive.archive import Archive
from storage.audience.audience import Channel
from storage.audience.store import Audience
from storage.deliveries.delivery import Delivery, Dropped, Kind, Outcome, Paused, Sent, Silent, State
from storage.deliveries.ledger import Ledger
from watchers.errors import DeliveryError, StoreError

log = structlog.get_logger(__name__)

T = TypeVar("T")
Sign = Callable[[Message, str], Awaitable[Message]]
"""Give the links of a message for a workspace what they need to open its own pages."""

BATCH = 50
SENDING = timedelta(seconds=30)
"""How long composing and posting may take each; the ledger's lease is longer, so nobody else is at it meanwhile."""

REMEDY = "When messages can get through there again, type /testpost in the channel: then everything goes on."


async def unsigned(message: Message, workspace: str) -> Message:
    """Leave links as they are."""
    return message


class Counts(Protocol):
    """Who counts what becomes of attempts to deliver."""

    def settled(self, chat: str, outcome: str) -> None:
        """Count an attempt."""

    def posted(self, chat: str, seconds: float) -> None:
        """Count how long a chat took to accept a message."""


class Notifier:
    """Tells what is untold, one message a channel at a time."""

    def __init__(
        self,
        archive: Archive,
        audience: Audience,
        ledger: Ledger,
        chats: Mapping[str, Chat],
        clock: Clock,
        base: str = "",
        sign: Sign = unsigned,
        counts: Counts | None = None,
    ) -> None:
        self._counts = counts
        self._unsettled: dict[int, tuple[Delivery, Outcome]] = {}
        self._archive = archive
        self._audience = audience
        self._ledger = ledger
        self._chats = dict(chats)
        self._clock = clock
        self._sign = sign
        self._drafts = Drafts(Newsroom(archive, ledger, Roster(archive, clock)), base)

    def take(self, chat: Chat) -> None:
        """Post through a chat: it can be reached."""
        self._chats[chat.name] = chat

    def drop(self, chat: str) -> None:
        """Post through a chat no more: it cannot be reached, and what is due there waits."""
        self._chats.pop(chat, None)

    async def tick(self) -> int:
        """Tell all that is due now; return how many deliveries were settled."""
        settled = 0
        while claimed := await self._ledger.claim(self._clock(), BATCH):
            await asyncio.gather(*(self._tell(delivery) for delivery in claimed))
            settled += len(claimed)
        return settled

    async def tell(self, channel: str) -> None:
        """Tell a channel what is due to it now; a message a second.

        This is a task of the engine, which makes sure that nobody else is with this channel.
        """
        while claimed := await self._ledger.claim(self._clock(), 1, channel):
            await self._tell(claimed[0])

    async def test_post(self, place: Place) -> None:
        """Post a test message; raise DeliveryError when it does not get through.

        A paused channel opens again unless it still refuses: a message may arrive although the chat did not say so.
        """
        chat = self._chats.get(place.chat)
        if chat is None:
            raise DeliveryError(f"{place.chat} is not connected.")
        try:
            await chat.post(place, sight.test_post(self._clock()), "")
        except DeliveryError as failed:
            if not failed.permanent:
                await self._open(place)
            raise
        await self._open(place)

    async def _open(self, place: Place) -> None:
        channel = await self._audience.channel(place, self._clock())
        if channel.paused:
            await self._audience.resume_channel(channel.id, self._clock())

    async def lacks(self, place: Place) -> str:
        """Say which right is missing to post in a place and how to give it, or nothing."""
        chat = self._chats.get(place.chat)
        return await chat.lacks(place) if isinstance(chat, Careful) else ""

    async def seen_by(self, place: Place, person: str) -> frozenset[str] | None:
        """Return the channels of a workspace that a person sees, by their foreign ids; None where all see all."""
        chat = self._chats.get(place.chat)
        return await chat.seen_by(place.workspace, person) if isinstance(chat, Discreet) else None

    async def greet(self, chat: str, workspace: str, person: str) -> None:
        """Welcome the person who installed us, alone, with three things to try."""
        if person and (network := self._chats.get(chat)):
            await self._whisper(network, Place(chat, workspace, f"@{person}"), sight.greeting())

    async def closed(self, place: Place, reason: str) -> None:
        """A channel is gone or closed to us: it rests, and those who added its watches hear of it, once."""
        channel = await self._audience.channel(place, self._clock())
        if not channel.paused:
            await self._audience.pause_channel(channel.id, reason, self._clock())
            await self._leave_word(channel, reason)

    async def _tell(self, delivery: Delivery) -> None:
        try:
            outcome = await self._outcome(delivery)
        except Exception:
            log.exception("a delivery could not be told", delivery=delivery.id, kind=str(delivery.kind))
            outcome = after_failure(delivery, "it could not be composed", self._clock())
        await self._settle(delivery, outcome)

    async def settle_again(self) -> None:
        """Write down what the database could not be told at its time: a lost receipt costs a doubt."""
        for delivery, outcome in tuple(self._unsettled.values()):
            await self._settle(delivery, outcome)

    async def _settle(self, delivery: Delivery, outcome: Outcome) -> None:
        try:
            mine = await self._ledger.settle(delivery.id, outcome, self._clock(), delivery.attempts)
        except StoreError:
            self._unsettled[delivery.id] = (delivery, outcome)
            raise
        self._unsettled.pop(delivery.id, None)
        self._note(delivery, outcome, mine)
        if isinstance(outcome, Paused) and mine:
            await self._leave_word(delivery.channel, outcome.reason)
        if isinstance(outcome, Sent) and delivery.kind is Kind.PING:
            await self._amend(delivery)

    async def redraw(self, delivery: int) -> None:
        """Redraw the message that carries a delivery, as it is now; what cannot be redrawn stays as it was."""
        lead = await self._ledger.delivery(delivery)
        chat = self._chats.get(lead.channel.chat) if lead else None
        if lead is None or chat is None or not lead.receipt:
            return
        carried = await self._ledger.by_receipt(lead.channel.id, lead.receipt)
        try:
            if message := await self._drafts.again(carried, self._clock()):
                signed = await self._sign(message, lead.channel.workspace)
                await chat.edit(place_of(lead.channel), lead.receipt, signed)
        except DeliveryError as refused:
            log.warning("a message could not be redrawn", delivery=delivery, reason=str(refused))

    async def _amend(self, delivery: Delivery) -> None:
        """Redraw the earlier messages of a channel that a ping makes wrong: it told that a change was taken back."""
        for told in (delivery, *delivery.companions):
            for earlier in await self._drafts.newsroom.taken_back(told.subject, delivery.channel.workspace):
                for one in await self._ledger.told(Kind.PING, earlier):
                    if one.channel.id == delivery.channel.id:
                        await self.redraw(one.id)

    async def _outcome(self, delivery: Delivery) -> Outcome:
        """Compose and post a delivery, and say what became of it."""
        chat = self._chats.get(delivery.channel.chat)
        if chat is None:
            return later(delivery, self._clock() + NOT_CONNECTED, f"{delivery.channel.chat} is not connected")
        place = place_of(delivery.channel)
        try:
            taken_at, doubtful = self._clock(), delivery.state is State.UNCERTAIN
            if doubtful and (receipt := await chat.find(place, str(delivery.id))):
                return Sent(receipt)
            if doubtful and (why := await self._ledger.unwanted(delivery, taken_at)):
                return Dropped(why)
            drawn = await self._drafts.draw(delivery, self._clock(), repeated=doubtful)
            if drawn is None:
                return Silent()
            message = await self._sign(drawn.message, delivery.channel.workspace)
            if self._clock() - taken_at > SENDING:
                return later(delivery, self._clock(), "it took so long to compose that others may have taken it")
            if drawn.receipt and await self._edited(chat, place, drawn.receipt, message):
                return Sent(drawn.receipt)
            return Sent(await self._posted(chat, place, message, str(delivery.id)))
        except DeliveryError as refused:
            return after_refusal(delivery, refused, self._clock())

    async def _posted(self, chat: Chat, place: Place, message: Message, delivery: str) -> str:
        """Post and return the receipt."""
        began = self._clock()
        receipt = await _within(chat.post(place, message, delivery), place)
        if self._counts is not None:
            self._counts.posted(place.chat, (self._clock() - began).total_seconds())
        return receipt

    async def _edited(self, chat: Chat, place: Place, receipt: str, message: Message) -> bool:
        """Redraw a message; tell whether that went through, or whether the message is there no longer."""
        try:
            await _within(chat.edit(place, receipt, message), place)
        except DeliveryError as refused:
            if not refused.permanent:
                raise
            return False
        return True

    def _note(self, delivery: Delivery, outcome: Outcome, mine: bool) -> None:
        """Log and count what became of an attempt: one line a delivery, from its subject to its receipt."""
        became = type(outcome).__name__.lower()
        carries = [each.id for each in delivery.companions]
        beside = {"receipt": outcome.receipt} if isinstance(outcome, Sent) else {"reason": outcome.reason}
        log.info(
            "settled",
            delivery=delivery.id,
            kind=str(delivery.kind),
            subject=delivery.subject,
            channel=delivery.channel.id,
            outcome=became,
            attempt=delivery.attempts,
            carries=carries,
            mine=mine,
            **beside,
        )
        if self._counts is not None:
            self._counts.settled(delivery.channel.chat, became)

    async def _leave_word(self, channel: Channel, reason: str) -> None:
        """Tell each person who added a watch of a channel that it rests, and what to do."""
        chat, now = self._chats.get(channel.chat), self._clock()
        if chat is None:
            return
        names = {platform.id: platform.name for platform in await self._archive.platforms(channel.workspace)}
        watches = await self._audience.watches(channel.id, now)
        for person in sorted({watch.added_by for watch in watches if watch.added_by}):
            mine = {names.get(watch.platform, "every platform") for watch in watches if watch.added_by == person}
            message = sight.paused(channel.foreign, reason, sorted(mine), REMEDY)
            await self._whisper(chat, place_of(channel).beside(person), message)

    async def _whisper(self, chat: Chat, place: Place, message: Message) -> None:
        try:
            await chat.post(place, message, "")
        except DeliveryError as refused:
            log.warning("a person could not be told", chat=place.chat, reason=str(refused))


async def _within(sending: Awaitable[T], place: Place) -> T:
    """Wait for a chat. An error that nobody foresaw may have come after the message arrived."""
    try:
        async with asyncio.timeout(SENDING.total_seconds()):
            return await sending
    except DeliveryError:
        raise
    except TimeoutError as error:
        raise DeliveryError(f"{place.chat} did not answer in time.", uncertain=True) from error
    except Exception as unforeseen:
        log.exception("a chat failed in a way it does not know", chat=place.chat)
        raise DeliveryError(f"{place.chat} failed ({type(unforeseen).__name__}).", uncertain=True) from unforeseen


def place_of(channel: Channel) -> Place:
    """Return where a channel is, in its chat's own names."""
    return Place(channel.chat, channel.workspace.partition(":")[2], channel.foreign)
