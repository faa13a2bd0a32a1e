"""Write the gallery as a page that draws Slack's Block Kit with a renderer from npm, and photograph it.

Usage: in an empty folder: npm i slack-blocks-to-jsx react react-dom esbuild; pip install playwright;
python -m bench.looks.slack_look OUTPUT-FOLDER --modules FOLDER-WITH-node_modules [--history DATABASE_URL PLATFORM …]
"""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright

from bench.looks.gallery import Looks, shown
from bot.chats.slack.blocks import draw
from bot.chats.slack.home import answer, home, watch_form
from bot.compose.message import Message, Picture
from tests.bot.chats.limits import walk

PAGE = """import React from "react"; import {createRoot} from "react-dom/client";
import {Message} from "slack-blocks-to-jsx"; import "slack-blocks-to-jsx/dist/style.css";
const all = %s;
const people = [{id: "U0ADA", name: "ada"}], channels = [{id: "C0RULES", name: "rules"}];
createRoot(document.body).render(all.map(([name, blocks]) => <section id={name} key={name}>
  <Message blocks={blocks} name="Clausewatch" logo="" time={new Date(0)} theme="%s"
    data={{users: people, channels: channels}} />
</section>));
"""
STYLE = "<style>body{margin:0}section{width:680px;padding:16px;font-family:Lato,'Noto Sans',sans-serif}</style>"
HTML = (
    f"<!doctype html><meta charset=utf8><link rel=stylesheet href=look.css>{STYLE}<body><script src=look.js></script>"
)


def page(looks: Looks, messages: Sequence[tuple[str, Message]]) -> Path:
    """Write the page and bundle it."""
    blocks = [(f"{name}-{place}", part) for name, message in messages for place, part in enumerate(drawn(message))]
    blocks += [(f"{name}-tab", home(message)["blocks"]) for name, message in messages if name in {"watches", "home"}]
    blocks += [(f"{name}-window", answer(message)["blocks"]) for name, message in messages if name == "watching"]
    for block in walk(blocks):  # the renderer shows mrkdwn that is `verbatim` raw, which Slack does not
        block.pop("verbatim", None)
    blocks.append(("form", watch_form()["blocks"]))
    folder = looks.modules
    (folder / "look.jsx").write_text(PAGE % (json.dumps(blocks), looks.theme), encoding="utf8")
    bundler = [str(folder / "node_modules/.bin/esbuild"), "look.jsx", "--bundle", "--outfile=look.js"]
    how = ["--jsx=automatic", "--loader:.jsx=jsx", "--log-level=error"]
    subprocess.run([*bundler, *how], cwd=folder, check=True)
    html = folder / "look.html"
    html.write_text(HTML)
    return html


def drawn(message: Message) -> list[list[dict[str, Any]]]:
    """Draw a message with its pictures inside it, as they are once they were uploaded."""
    pictures = {block.name: block for block in message.blocks if isinstance(block, Picture)}
    parts = [list(part.blocks) for part in draw(message, {name: name for name in pictures})]
    for block in walk(parts):
        if file := block.pop("slack_file", None):
            png = base64.b64encode(pictures[file["id"]].png).decode()
            block["image_url"] = f"data:image/png;base64,{png}"
    return parts


async def look(looks: Looks) -> None:
    """Photograph each message by itself."""
    messages = await shown(looks)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=looks.chromium, args=["--no-sandbox"])
        tab = await browser.new_page(viewport={"width": 720, "height": 900})
        await tab.goto(page(looks, messages).resolve().as_uri())
        await tab.locator("section").first.wait_for()
        for section in await tab.locator("section").all():
            await section.screenshot(path=looks.folder / f"slack-{await section.get_attribute('id')}.png")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(look(Looks.asked(__doc__)))
