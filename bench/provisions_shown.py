"""Ask the real commands about imported histories, and print what a person sees: cards, comparison, history, answers.

    DATABASE_URL=sqlite:///scratch.db clausewatch import history VERSIONS.git     (once for each history)
    python bench/provisions_shown.py sqlite:///scratch.db                          prints it all
    python bench/provisions_shown.py sqlite:///scratch.db "/provision reddit ai-training"    only this

The short cards are what the console draws; the whole cards are their pages with the markup taken off. Nothing is
looked at and nobody is told anything.
"""

from __future__ import annotations

import asyncio
import io
import pathlib
import re
import sys
from collections.abc import AsyncIterator, Sequence
from html import unescape

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import httpx
from rich.console import Console as Terminal

from bot.app import App, Edges, open_app
from bot.chats.console.chat import Console
from bot.pages.publishing import site_routes
from bot.pages.shelf import Shelf
from bot.process.web import web_app
from bot.settings import Settings
from storage.archive.search import Search

ASKED = (
    "/provision mistral ai-training",
    "/provision linkedin ai-training",
    "/provision reddit ai-training",
    "page /platforms/mistral/provisions/ai_training",
    "page /platforms/linkedin/provisions/ai_training",
    "page /platforms/reddit/provisions/ai_training",
    "/compare ai-training",
    "page /provisions/ai_training",
    "/timeline mistral ai-training",
    "/ask linkedin can they train on my posts?",
    "/ask reddit how long do they keep my data?",
    "/ask spotify do they sell my blood?",
)


async def typed(lines: Sequence[str]) -> AsyncIterator[str]:
    for line in lines:
        yield line


async def answered(app: App, line: str) -> str:
    """Return what the console draws for one line."""
    drawn = io.StringIO()
    console = Console(Terminal(file=drawn, width=110, highlight=False), typed([line]))
    await console.start(app.commands.answer, app.commands.suggest)
    await console.closed.wait()
    return drawn.getvalue()


async def page(app: App, path: str) -> str:
    """Return the words of a page, a line for each block."""
    transport = httpx.ASGITransport(app=web_app(site_routes(Shelf(app.archive, Search(app.database)), "")))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        found = await client.get(path)
    body = re.sub(r"(?s)<(script|style|nav|header|footer|head)\b.*?</\1>", "", found.text)
    body = re.sub(r"</?(?:p|h\d|li|ul|ol|blockquote|tr|div|table|dl|dt|dd|section|main)\b[^>]*>", "\n", body)
    body = re.sub(r"</t[hd]>", "  |  ", body)
    return re.sub(r"\s*\n\s*", "\n", unescape(re.sub(r"<[^>]+>", "", body))).strip() + "\n"


async def main() -> None:
    settings = Settings(database_url=sys.argv[1], pictures="off")
    async with open_app(settings, Edges()) as app:
        for line in sys.argv[2:] or ASKED:
            print(f"\n===== {line}\n")
            print(await (page(app, line.removeprefix("page ")) if line.startswith("page ") else answered(app, line)))


if __name__ == "__main__":
    asyncio.run(main())
