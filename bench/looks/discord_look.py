"""Draw the gallery as Discord shows it: the real bot in simcord, its preview photographed in a real browser.

Usage: pip install 'simcord[preview]' playwright
python -m bench.looks.discord_look FOLDER [--history DATABASE_URL PLATFORM …] [--chromium FILE]
"""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import simcord
from PIL import Image, ImageChops
from playwright.async_api import async_playwright

from bench.looks.gallery import Looks, shown
from bot.chats.discord.bot import Discord, DiscordSettings
from bot.chats.port import Place

CLIP = {"x": 256, "y": 100, "width": 744, "height": 1700}  # the messages, without the preview's own frame
GAP = 60  # empty rows that end a message


async def look(wanted: Looks) -> None:
    """Post each message to a channel of its own and take its picture."""
    chat = Discord(DiscordSettings(shards=1))
    async with simcord.run(chat.client, shard_count=1) as env, async_playwright() as playwright:
        await chat.sync()
        guild = env.create_guild("Tern watchers")
        viewer = guild.add_member(env.create_user("ada"))
        browser = await playwright.chromium.launch(executable_path=wanted.chromium, args=["--no-sandbox"])
        for number, (name, message) in enumerate(await shown(wanted)):
            channel = guild.create_text_channel(name)
            await chat.post(Place("discord", str(guild.id), str(channel.id)), message, str(number))
            async with env.preview(channel, viewers=[viewer], layout="channel", width=900, height=1800) as preview:
                page = await browser.new_page(viewport={"width": 1000, "height": 1880})
                await page.goto(preview.url)
                await page.wait_for_timeout(2500)
                trimmed(await page.screenshot(clip=CLIP), wanted.folder / f"discord-{name}.png")
                await page.close()
        await browser.close()


def trimmed(png: bytes, file: Path) -> None:
    """Cut off what is empty below and keep the rest."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    empty = Image.new("RGB", (image.width, 1), image.getpixel((2, image.height // 2)))
    last = 0
    for row in range(image.height):
        if ImageChops.difference(image.crop((0, row, image.width, row + 1)), empty).getbbox():
            last = row
        elif row - last > GAP:
            break
    image.crop((0, 0, image.width, min(image.height, last + 20))).save(file)


if __name__ == "__main__":
    asyncio.run(look(Looks.asked(__doc__)))
