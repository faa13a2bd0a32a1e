"""Planted secrets come out nowhere: not in logs, errors, pages, bundles, answers, nor in the database file."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import structlog
from cryptography.fernet import Fernet
from rich.console import Console as Terminal
from typer.testing import CliRunner

from bot.__main__ import app as command_line
from bot.app import Edges, open_app
from bot.chats.console.chat import HERE, PERSON, Console
from bot.chats.port import Request
from bot.clock import SteppedClock
from bot.evidence.bundle import files_of
from bot.evidence.gather import gather
from bot.examining.aside import Aside
from bot.monitoring.doctor import examine_installation
from bot.monitoring.heartbeat import Heartbeat
from bot.monitoring.vitals import Vitals
from bot.pages.publishing import site_routes
from bot.pages.shelf import Shelf
from bot.process.run import Door, open_chats
from bot.process.web import vital_routes, web_app
from bot.settings import Settings, SettingsError, load_settings
from bot.telling.summariser import Summariser
from bot.worlds.demo import START, platform, put_up
from bot.worlds.pages import Pages
from storage.archive.proofs import Proofs
from storage.archive.search import Search
from storage.database.connection import open_database
from watchers.errors import ClausewatchError, FetchError
from watchers.fetchers.guard import Guard
from watchers.fetchers.http import HttpFetcher
from watchers.fetchers.transport import guarded_client
from watchers.model import Difference, Part, Significance

PLANT = "PLANTED"
KEY = Fernet.generate_key().decode()
PLANTED = {
    "slack_bot_token": f"xoxb-{PLANT}-1",
    "slack_app_token": f"xapp-{PLANT}-2",
    "slack_signing_secret": f"{PLANT}-3",
    "slack_client_secret": f"{PLANT}-4",
    "discord_token": f"{PLANT}-5",
    "encryption_keys": KEY,
    "summariser_key": f"{PLANT}-6",
    "summariser_url": f"http://127.0.0.1:9/{PLANT}-7",
    "heartbeat_url": f"http://127.0.0.1:9/{PLANT}-8",
    "proxy": f"http://user:{PLANT}-9@127.0.0.1:9",
}
SECRETIVE = re.compile(r"token|secret|_key|keys|password|heartbeat_url|summariser_url|^proxy$")


def leaks(said: str | bytes) -> list[str]:
    """Return the planted secrets that stand in what was said."""
    text = said.decode("latin1") if isinstance(said, bytes) else said
    return [line[:200] for line in text.splitlines() if PLANT in line or KEY in line]


def settings(folder: Path) -> Settings:
    return Settings(_env_file=None, database_url=f"sqlite:///{folder}/s.db", workers=2, **PLANTED)  # type: ignore[arg-type]


@pytest.fixture
def heard() -> Iterator[io.StringIO]:
    """Everything that is logged, down to the smallest."""
    paper = io.StringIO()
    before = structlog.get_config()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(0),
        processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
        logger_factory=structlog.PrintLoggerFactory(paper),
        cache_logger_on_first_use=False,
    )
    yield paper
    structlog.configure(**before)


def kept(folder: Path) -> list[bytes]:
    """Return the bytes of everything that was written down."""
    return [file.read_bytes() for file in folder.iterdir()]


@contextmanager
def listening() -> Iterator[io.StringIO]:
    """Hear what is printed."""
    paper = io.StringIO()
    with redirect_stdout(paper), redirect_stderr(paper):
        yield paper


def test_every_setting_that_sounds_secret_is_planted() -> None:
    assert {name for name in Settings.model_fields if SECRETIVE.search(name)} <= set(PLANTED)


def test_settings_do_not_show_their_secrets_when_they_are_printed(tmp_path: Path) -> None:
    made = settings(tmp_path)
    assert leaks(repr(made)) == []
    assert leaks(str(made)) == []


@pytest.mark.parametrize(
    "given", [{"slack_bot_token": PLANT}, {"slack_app_token": PLANT}, {"encryption_keys": PLANT}, {"port": PLANT}]
)
def test_a_wrong_setting_is_told_without_its_value(given: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as wrong:
        load_settings(None, **given)
    assert leaks(str(wrong.value)) == []


async def test_what_the_doctor_finds_names_no_secret(tmp_path: Path) -> None:
    found = await examine_installation(settings(tmp_path))
    assert leaks("\n".join(map(repr, found))) == []


def test_the_doctor_and_the_status_print_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PLANTED.items():
        monkeypatch.setenv(name.upper(), value)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/s.db")
    for command in ("migrate", "doctor", "status"):
        shown = CliRunner().invoke(command_line, [command])
        assert not isinstance(shown.exception, RuntimeError), shown.exception
        assert leaks(shown.output) == [], command


@pytest.mark.parametrize("kind", ["postgresql", "postgresql+psycopg", "mysql"])
async def test_a_database_that_does_not_answer_is_told_without_its_password(kind: str) -> None:
    with pytest.raises(ClausewatchError) as failed:
        await open_database(f"{kind}://somebody:{PLANT}@127.0.0.1:9/clausewatch")
    assert leaks(str(failed.value)) == []


async def test_what_goes_out_and_fails_is_logged_without_keys_and_addresses(heard: io.StringIO) -> None:
    async def well() -> Vitals:
        return Vitals(timedelta(), timedelta(), {}, (), ())

    for guard in (Guard(), Guard(allow_loopback=True)):
        async with guarded_client(guard, user_agent="test", timeout=2) as client:
            assert not await Heartbeat(client, PLANTED["heartbeat_url"], well).beat()
            summariser = Summariser(client, PLANTED["summariser_url"], "m", PLANTED["summariser_key"])
            difference = Difference(True, False, Significance.SUBSTANTIVE)
            assert await summariser.headline("Plain.", "Tern", "Terms", difference, ()) == "Plain."
    assert "was not heard" in heard.getvalue()
    assert leaks(heard.getvalue()) == []


async def test_a_proxy_that_does_not_answer_is_told_without_its_password() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        return ["93.184.215.14"]

    async with HttpFetcher(Guard(resolve=resolve), "test", proxies=(PLANTED["proxy"],)) as fetcher:
        with pytest.raises(FetchError) as failed:
            await fetcher.fetch(Part("https://example.com/terms"))
    assert leaks(str(failed.value)) == []


@pytest.fixture
async def pages() -> AsyncIterator[Pages]:
    made = Pages()
    await made.start()
    put_up(made, "privacy-1", START)
    put_up(made, "terms-1", START)
    yield made
    await made.stop()


async def test_a_whole_day_with_secrets_leaves_none_anywhere(tmp_path: Path, heard: io.StringIO, pages: Pages) -> None:
    with listening() as printed:
        clock, screen = SteppedClock(START), io.StringIO()
        chat = Console(Terminal(file=screen, width=100))
        given = settings(tmp_path).model_copy(update={"proxy": ""})
        edges = Edges(clock, (chat,), (platform(pages),), allow=(pages.host,), gap=0, examiner=Aside())
        async with open_app(given, edges) as app:
            for command, words in (("watch", "fernpost"), ("settings", ""), ("plan", ""), ("help", ""), ("home", "")):
                await chat.post(HERE, (await app.commands.answer(Request(HERE, PERSON, command, words))).message, "")
            await app.turn()
            clock.step(timedelta(days=1))
            put_up(pages, "privacy-3", clock())
            await app.turn()
            shelf = Shelf(app.archive, Search(app.database))
            (change,) = await app.archive.changes(significance="substantive")
            for name, body in files_of(await gather(shelf, Proofs(app.database), change.id)).items():
                assert leaks(body) == [], name
            web = web_app([*vital_routes(app.metrics, app.vitals), *site_routes(shelf, "https://watch.example")])
            await _read_every_page(web, change.id)
    assert "privacy" in screen.getvalue().lower()
    for said in (heard.getvalue(), printed.getvalue(), screen.getvalue()):
        assert leaks(said) == []
    assert [leaks(body) for body in kept(tmp_path)] == [[] for _ in kept(tmp_path)]


async def _read_every_page(web: object, change: str) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://site") as client:  # type: ignore[arg-type]
        for path in (
            "/platforms",
            f"/changes/{change}",
            "/metrics",
            "/readyz",
            "/healthz",
            "/feed.atom",
            "/api/v1/platforms",
        ):
            answer = await client.get(path)
            assert answer.status_code in (200, 503), path
            assert leaks(answer.text + repr(answer.headers)) == [], path


def test_chats_as_they_are_set_up_do_not_show_their_tokens(tmp_path: Path) -> None:
    for chat in open_chats(settings(tmp_path), Door()):
        assert leaks(repr(chat)) == []
        assert leaks(repr(vars(chat).get("_settings", ""))) == []


async def test_a_page_that_breaks_says_nothing_of_what_broke_it() -> None:
    from starlette.requests import Request as Asked
    from starlette.responses import Response
    from starlette.routing import Route

    async def breaks(request: Asked) -> Response:
        raise RuntimeError(f"the token is {PLANT}")

    site = httpx.ASGITransport(web_app([Route("/breaks", breaks)]), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=site, base_url="http://site") as client:
        answer = await client.get("/breaks")
    assert answer.status_code == 500
    assert leaks(answer.text) == []
    assert answer.headers["x-content-type-options"] == "nosniff"
