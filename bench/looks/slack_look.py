"""Write the gallery as a page that draws Slack's Block Kit with a renderer from npm, and photograph it.

Usage: in an empty folder: npm i slack-blocks-to-jsx react react-dom esbuild; pip install playwright;
python -m bench.looks.slack_look FOLDER-WITH-node_modules OUTPUT-FOLDER [CHROMIUM]
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.looks.gallery import gallery
from bot.chats.slack_blocks import draw
from bot.chats.slack_home import answer, home, watch_form
from tests.bot.chats.limits import walk

PAGE = """import React from "react"; import {createRoot} from "react-dom/client";
import {Message} from "slack-blocks-to-jsx"; import "slack-blocks-to-jsx/dist/style.css";
const all = %s;
const people = [{id: "U0ADA", name: "ada"}];
createRoot(document.body).render(all.map(([name, blocks]) => <section id={name} key={name}>
  <Message blocks={blocks} name="Clausewatch" logo="" time={new Date(0)} data={{users: people}} theme="light" />
</section>));
"""
STYLE = "<style>body{margin:0}section{width:680px;padding:16px;font-family:Lato,'Noto Sans',sans-serif}</style>"
HTML = (
    f"<!doctype html><meta charset=utf8><link rel=stylesheet href=look.css>{STYLE}<body><script src=look.js></script>"
)


def page(folder: Path) -> Path:
    """Write the page and bundle it."""
    shown = [
        (f"{name}-{place}", part.blocks) for name, message in gallery() for place, part in enumerate(draw(message))
    ]
    shown += [(f"{name}-home", home(message)["blocks"]) for name, message in gallery() if name == "watches"]
    shown += [(f"{name}-window", answer(message)["blocks"]) for name, message in gallery() if name == "watching"]
    for block in walk(shown):  # the renderer shows mrkdwn that is `verbatim` raw, which Slack does not
        block.pop("verbatim", None)
    shown.append(("form", watch_form()["blocks"]))
    (folder / "look.jsx").write_text(PAGE % json.dumps(shown), encoding="utf8")
    bundler = [
        str(folder / "node_modules/.bin/esbuild"),
        "look.jsx",
        "--bundle",
        "--outfile=look.js",
        "--jsx=automatic",
    ]
    subprocess.run([*bundler, "--loader:.jsx=jsx", "--log-level=error"], cwd=folder, check=True)
    html = folder / "look.html"
    html.write_text(HTML)
    return html


def main(folder: Path, out: Path, chromium: str) -> None:
    """Photograph each message by itself."""
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 720, "height": 900})
        tab.goto(page(folder).resolve().as_uri())
        for section in tab.locator("section").all():
            section.screenshot(path=out / f"slack-{section.get_attribute('id')}.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "/usr/bin/chromium")
