"""The composition root: the one place where settings, stores, fetchers, chats and ticks are put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog

from bot.chats.port import Chat
from bot.clock import Clock, system_clock
from bot.commands.commands import Commands
from bot.commands.desk import Desk
from bot.examining.aside import Examiner
from bot.examining.box import Box
from bot.looking.fetchers import Manners, open_fetchers, user_agent, why_no_browser
from bot.looking.introduce import Introducer
from bot.looking.look import Fetcher, Phrase
from bot.looking.renewing import Renewing
from bot.looking.workers import Watching
from bot.monitoring.metrics import Metrics
from bot.monitoring.vitals import Vitals, take
from bot.pages.access import Keys
from bot.pictures.painting import open_painter
from bot.plans import load as load_plans
from bot.process.duties import Duties
from bot.settings import Settings, operator_of, read_law_file
from bot.telling.notify import Notifier
from bot.telling.signing import Signer, open_secret
from bot.telling.summariser import Summariser, phrasing
from bot.telling.webhooks import Outgoing
from storage.archive.archive import Archive
from storage.audience.store import Audience
from storage.database.connection import Database, open_database
from storage.deliveries.engine import Call, Engine
from storage.deliveries.engines import open_engine
from storage.deliveries.errands import Errands
from storage.deliveries.ledger import Ledger
from storage.deliveries.webhooks import Webhooks
from storage.upkeep.tallies import Tallies
from watchers.catalogue import load as load_catalogue
from watchers.fetchers.transport import guarded_client
from watchers.model import Look, Outcome, Platform
from watchers.provisions.law import use_own

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Edges:
    """What comes from outside and is handed in: the time, the chats, and what tests and worlds replace.

    `platforms` None means the catalogue; `allow` names hosts that may be asked although they are private;
    `gap` is the pause between two requests to a host, in seconds; `fetchers`, one for each worker, stand in for
    the web, and `examiner` for the box that pages are examined in; those in `seen` hear of every look.
    """

    clock: Clock = system_clock
    chats: tuple[Chat, ...] = ()
    platforms: Sequence[Platform] | None = None
    allow: tuple[str, ...] = ()
    gap: float = 1.0
    fetchers: Sequence[Fetcher] = ()
    examiner: Examiner | None = None
    seen: tuple[Callable[[Look], Awaitable[None]], ...] = ()


@dataclass(frozen=True, slots=True)
class App:
    """Everything, put together and not yet running."""

    settings: Settings
    clock: Clock
    database: Database
    archive: Archive
    audience: Audience
    ledger: Ledger
    engine: Engine
    chats: tuple[Chat, ...]
    commands: Commands
    watching: Watching
    examiner: Examiner
    renewing: Renewing
    notifier: Notifier
    outgoing: Outgoing
    keys: Keys
    metrics: Metrics

    async def vitals(self) -> Vitals:
        """Return how things stand."""
        return await take(self.archive, self.ledger, self.clock())

    async def turn(self) -> Counter[Outcome]:
        """Look at all that is due and tell all that is untold, once."""
        outcomes = await self.watching.tick()
        await self.tell()
        return outcomes

    async def tell(self) -> None:
        """Plan the digests and recalls whose time has come, and tell all that is untold."""
        await self.ledger.plan_recalls(self.clock())
        await self.ledger.plan_digests(self.clock())
        await self.notifier.tick()
        await self.outgoing.tick()

    @property
    def duties(self) -> Duties:
        """Return what a process that works does again and again."""
        errands = Errands(self.database, self.engine)
        return Duties(
            watching=self.watching,
            renewing=self.renewing,
            notifier=self.notifier,
            outgoing=self.outgoing,
            ledger=self.ledger,
            database=self.database,
            errands=errands,
            clock=self.clock,
            width=self.settings.workers,
        )

    async def take_up(self) -> None:
        """See to what a process that is gone has left half done.

        With SQLite we are the only process, and all that was on its way is nobody's; among several, others
        may be at it, and the ticks wait until they would have been done.
        """
        if self.database.sqlite:
            await self.ledger.recover(self.clock())
            await self.archive.release()
        if place := operator_of(self.settings):
            await self.audience.channel(place, self.clock())  # so that it can be told, though nobody watches there


@asynccontextmanager
async def open_app(settings: Settings, edges: Edges = Edges()) -> AsyncIterator[App]:
    """Put everything together, and take it apart in the end.

    Raises StoreError when the database cannot be used, CatalogueError when a data file is wrong.
    """
    use_own(read_law_file(settings.law_file))
    async with AsyncExitStack() as closing:
        database = await open_database(settings.database_url)
        closing.push_async_callback(database.close)
        engine = await open_engine(database, _failed)
        closing.push_async_callback(engine.close)
        archive = Archive(database, operator=settings.operator_channel, engine=engine)
        await archive.sync_catalogue(load_catalogue() if edges.platforms is None else edges.platforms, edges.clock())
        manners = Manners.of(settings, allow=edges.allow, gap=edges.gap)
        fetchers = edges.fetchers or await open_fetchers(settings, manners, edges.clock, closing, settings.workers)
        phrase = await _open_phrasing(settings, manners, closing)
        secret = await open_secret(database, settings.encryption_keys, edges.clock)
        outgoing = await open_outgoing(settings, archive, Webhooks(database), secret, edges.clock, closing, edges.allow)
        keys = Keys(secret, edges.clock)
        browser = not why_no_browser(settings, manners)
        examiner = edges.examiner or Box()
        closing.callback(examiner.shutdown)
        yield _assembled(
            settings, edges, database, engine, archive, fetchers, phrase, outgoing, keys, browser, examiner
        )


async def open_outgoing(
    settings: Settings,
    archive: Archive,
    webhooks: Webhooks,
    secret: bytes,
    clock: Clock,
    closing: AsyncExitStack,
    allow: tuple[str, ...] = (),
) -> Outgoing:
    """Return what posts to webhooks, with a client of its own."""
    manners = Manners.of(settings, allow=allow)
    client = await closing.enter_async_context(guarded_client(manners.guard, user_agent=user_agent(settings)))
    return Outgoing(webhooks, archive, client, secret, clock, settings.links)


def _failed(call: Call, error: Exception) -> None:
    log.error("a task failed; the next tick calls it again", task=call.task, key=call.key, exc_info=error)


async def _open_phrasing(settings: Settings, manners: Manners, closing: AsyncExitStack) -> Phrase | None:
    """Return what may phrase headlines, or None: it is off unless an endpoint is set."""
    if not settings.summariser_url:
        return None
    client = await closing.enter_async_context(guarded_client(manners.guard, user_agent=user_agent(settings)))
    return phrasing(Summariser(client, settings.summariser_url, settings.summariser_model, settings.summariser_key))


def _assembled(
    settings: Settings,
    edges: Edges,
    database: Database,
    engine: Engine,
    archive: Archive,
    fetchers: Sequence[Fetcher],
    phrase: Phrase | None,
    outgoing: Outgoing,
    keys: Keys,
    browser: bool,
    examiner: Examiner,
) -> App:
    plans = load_plans()
    audience = Audience(database, settings.default_plan, pings=plans.named(settings.default_plan).pings)
    ledger = Ledger(database, settings.operator_channel)
    metrics = Metrics(archive, ledger, Tallies(database), edges.clock)
    sign = Signer(archive, keys, settings.links, audience.links_live).sign
    chats = {chat.name: chat for chat in edges.chats}
    notifier = Notifier(archive, audience, ledger, chats, edges.clock, settings.links, sign, metrics)
    introduce = Introducer(fetchers[0], archive.platforms, examiner, browser=browser)
    desk = Desk(
        *(archive, audience, ledger, plans, edges.clock, settings.links, introduce),
        post=notifier.test_post,
        lacks=notifier.lacks,
        redraw=notifier.redraw,
        seen_by=notifier.seen_by,
        painter=open_painter(settings.pictures),
    )

    async def log_what_it_caused(look: Look) -> None:
        if look.outcome is Outcome.CHANGED:
            change, deliveries = await ledger.caused_by(look.document, look.at)
            log.info("queued", document=look.document, change=change, deliveries=deliveries)

    return App(
        *(settings, edges.clock, database, archive, audience, ledger, engine, edges.chats),
        commands=Commands(desk, sign),
        watching=Watching(
            archive, fetchers, edges.clock, examiner, (log_what_it_caused, *edges.seen), phrase, count=metrics.looked
        ),
        examiner=examiner,
        renewing=Renewing(archive, examiner),
        notifier=notifier,
        outgoing=outgoing,
        keys=keys,
        metrics=metrics,
    )
