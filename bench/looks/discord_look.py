"""Draw the gallery as Discord shows it: the real bot in simcord, its preview photographed in a real browser.

Usage: pip install 'simcord[preview]' playwright; python -m bench.looks.discord_look FOLDER [CHROMIUM]
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import simcord
from playwright.async_api import async_playwright

from bench.looks.gallery import gallery
from bot.chats.discord_bot import Discord, DiscordSettings
from bot.chats.port import Place


async def look(folder: Path, chromium: str) -> None:
    """Post each message to a channel of its own and take its picture."""
    chat = Discord(DiscordSettings(shards=1))
    async with simcord.run(chat.client, shard_count=1) as env, async_playwright() as playwright:
        await chat.sync()
        guild = env.create_guild("Tern watchers")
        viewer = guild.add_member(env.create_user("ada"))
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for number, (name, message) in enumerate(gallery()):
            channel = guild.create_text_channel(name)
            await chat.post(Place("discord", str(guild.id), str(channel.id)), message, str(number))
            async with env.preview(channel, viewers=[viewer], layout="channel", width=900, height=900) as preview:
                page = await browser.new_page(viewport={"width": 1000, "height": 1000})
                await page.goto(preview.url)
                await page.wait_for_timeout(1500)
                await page.screenshot(path=folder / f"discord-{name}.png")
                await page.close()
        await browser.close()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(look(target, sys.argv[2] if len(sys.argv) > 2 else "/usr/bin/chromium"))
