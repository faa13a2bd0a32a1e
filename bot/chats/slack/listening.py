"""What Slack tells us, turned into requests: commands, buttons, forms, mentions, the Home, comings and goings.

Everything is acknowledged before it is answered. How an answer gets to people is `slack_answering`.
"""

from __future__ import annotations

import asyncio
import re

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.chats.asking import NO_ADDRESS, asked, nobody_yet, nothing_yet, sentence, suggested
from bot.chats.port import Answer, Hooks, Place, Reply, Request, Suggest
from bot.chats.slack import home
from bot.chats.slack.answering import Answering, Asked
from bot.chats.slack.rights import Rights
from bot.chats.slack.words import Json, heard
from bot.chats.verbs import ASKING_RIGHTS, VERBS, WHOLE

PRESSED = re.compile(r"cw:([a-z_-]+):\d+")
SUGGEST = re.compile(r"cw:suggest:([a-z]+)")
ADDRESS = re.compile(r"<https?://[^|>\s]+(?:\|[^>]*)?>|https?://[^\s<>]+")
A_MOMENT = "One moment: this takes a little longer. The answer comes here."
MENTION = re.compile(r"^\s*<@[A-Z0-9]+(?:\|[^>]*)?>[\s,:]*")
CLOSED = ("channel_deleted", "channel_archive", "channel_left", "group_deleted", "group_archive", "group_left")
GONE = {
    "deleted": "The channel was deleted.",
    "archive": "The channel was archived.",
    "left": "Clausewatch was removed from the channel. Type `/invite @Clausewatch` to have it back.",
}


class Ears:
    """Listens to Slack through bolt and asks the commands. `patience`: seconds a form may take of Slack's three."""

    def __init__(self, answering: Answering, rights: Rights, hooks: Hooks, patience: float = 1.5) -> None:
        self._patience = patience
        self._answering = answering
        self._rights = rights
        self._hooks = hooks
        self._answer: Answer = nobody_yet
        self._suggest: Suggest = nothing_yet

    def hear(self, answer: Answer, suggest: Suggest) -> None:
        """Set who answers."""
        self._answer, self._suggest = answer, suggest

    def listen(self, app: AsyncApp) -> None:
        """Register everything with bolt."""
        for name in (*(verb.name for verb in VERBS if verb.name != "help"), WHOLE):
            app.command(f"/{name}")(self.command)
        app.action(home.ADD_WATCH)(self.form)
        app.action(PRESSED)(self.pressed)
        app.options(SUGGEST)(self.suggestions)
        app.shortcut("add_watch")(self.form)
        app.shortcut("watch_link")(self.linked)
        app.view(home.WATCH_FORM)(self.submitted)
        app.event("app_mention")(self.mentioned)
        app.event("app_home_opened")(self.home_opened)
        app.event("app_uninstalled")(self.left)
        app.event("tokens_revoked")(self.left)
        for event in CLOSED:
            app.event(event)(self.closed)

    async def command(self, ack: AsyncAck, body: Json, context: AsyncBoltContext, respond: AsyncRespond) -> None:
        """Answer a slash command, seen by the asker alone unless the answer says otherwise."""
        await ack()
        verb, words = understood(str(body["command"]), str(body.get("text", "")))
        request = await self._request(context, str(body["channel_id"]), verb, words)
        await self._answering.to_command(Asked(request, context, respond), await asked(self._answer, request))

    async def pressed(self, ack: AsyncAck, body: Json, context: AsyncBoltContext, respond: AsyncRespond) -> None:
        """Answer a button; rights are checked anew."""
        await ack()
        action = body["actions"][0]
        found = PRESSED.fullmatch(str(action["action_id"]))
        if found is None or found[1] == "link":
            return
        view = body.get("view") or {}
        channel = str((body.get("channel") or {}).get("id") or home.about(view))
        request = await self._request(
            context, channel, found[1], str(action.get("value", "")).strip(), receipt=_receipt(body), home=_home(body)
        )
        reply = await asked(self._answer, request)
        await self._answering.to_press(Asked(request, context, respond, body), reply)
        if view.get("type") == "home":
            await self._publish(context)

    async def form(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        """Open the form to add a watch."""
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=home.watch_form())

    async def submitted(self, ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        """Watch what the form says, and show the answer in its place: at once, or after a word when it takes long."""
        values = home.filled(body["view"])
        channel = values.pop("channel", "")
        words = " ".join(values.get(name, "") for name in home.SUGGESTED).strip()

        async def watched() -> tuple[Request, Reply]:
            request = await self._request(context, channel, "watch", words, options=values, home=_home(body))
            return request, await asked(self._answer, request)

        answer = asyncio.ensure_future(watched())
        in_time, _ = await asyncio.wait({answer}, timeout=self._patience)
        shown = answer.result()[1].message if in_time else sentence(A_MOMENT)
        await ack(response_action="update", view=home.answer(shown, channel))
        if not in_time:
            request, reply = await answer
            await self._answering.in_its_window(Asked(request, context), str(body["view"].get("id", "")), reply)

    async def linked(self, ack: AsyncAck, body: Json, context: AsyncBoltContext, respond: AsyncRespond) -> None:
        """Watch the page that a message links to; nothing else of the message is read."""
        await ack()
        found = ADDRESS.search(str(body["message"].get("text", "")))
        request = await self._request(
            context, str(body["channel"]["id"]), "watch", heard(found[0]) if found else "", home=_home(body)
        )
        reply = await asked(self._answer, request) if found else Reply(sentence(NO_ADDRESS))
        await self._answering.to_command(Asked(request, context, respond), reply)

    async def suggestions(self, ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        """Suggest names while somebody types in a form."""
        found = SUGGEST.fullmatch(str(body["action_id"]))
        filled = home.filled(body.get("view") or {})
        request = await self._request(context, filled.get("channel", ""), "suggest", "", options=filled)
        names = await suggested(self._suggest, request, found[1] if found else "", str(body.get("value", "")))
        await ack(**home.options(names))

    async def mentioned(self, event: Json, context: AsyncBoltContext) -> None:
        """Answer a mention as if its words were a command; in a shared channel it may be a guest's."""
        verb, words = understood(f"/{WHOLE}", MENTION.sub("", str(event.get("text", ""))))
        home = str(event.get("user_team") or event.get("team") or "")
        request = await self._request(context, str(event["channel"]), verb, words, home=home)
        await self._answering.to_mention(Asked(request, context), await asked(self._answer, request))

    async def home_opened(self, event: Json, context: AsyncBoltContext) -> None:
        """Draw the Home of the person who opened it."""
        if event.get("tab") == "home":
            await self._publish(context)

    async def _publish(self, context: AsyncBoltContext) -> None:
        request = await self._request(context, "", "home", "")
        reply = await asked(self._answer, request)
        await self._answering.publish(Asked(request, context), home.home(reply.message))

    async def left(self, body: Json, context: AsyncBoltContext) -> None:
        """Pass on that a workspace took the app out, or the bot's token away."""
        event = body["event"]
        if event["type"] == "tokens_revoked" and not event.get("tokens", {}).get("bot"):
            return
        await self._hooks.left("slack", str(context.team_id), str(event["type"]).replace("_", " "))

    async def closed(self, event: Json, context: AsyncBoltContext) -> None:
        """Pass on that a channel cannot be posted to any more."""
        place = Place("slack", str(context.team_id), str(event["channel"]))
        await self._hooks.gone(place, GONE[str(event["type"]).rpartition("_")[2]])

    async def _request(
        self,
        context: AsyncBoltContext,
        channel: str,
        verb: str,
        words: str,
        *,
        receipt: str = "",
        options: dict[str, str] | None = None,
        home: str = "",
    ) -> Request:
        """Make a request of what bolt knows; `receipt` marks a press, `home` the person's own workspace."""
        workspace, person = str(context.team_id), str(context.user_id)
        guest = bool(home) and home != workspace
        asks = bool(receipt) or verb in ASKING_RIGHTS
        return Request(
            Place("slack", workspace, channel),
            person,
            verb,
            words,
            may_configure=not guest,
            admin=asks and not guest and await self._rights.admin(context.client, workspace, person),
            pressed=bool(receipt),
            receipt=receipt,
            options=options or {},
        )


def understood(command: str, text: str) -> tuple[str, str]:
    """Read a verb and its words out of a command ("/watch x", "/clausewatch watch x", a mention's words)."""
    verb, words = command.removeprefix("/"), heard(text)
    if verb == WHOLE:
        verb, _, words = words.partition(" ")
        verb = verb.removeprefix("/").casefold()
    if not verb or (verb == "watch" and not words.strip()):
        return "help", ""
    return verb, words.strip()


def _receipt(body: Json) -> str:
    """Name the message that was pressed, with those before it that belong to it."""
    stamp = str((body.get("container") or {}).get("message_ts") or (body.get("view") or {}).get("id") or "")
    marked = str(body["actions"][0].get("block_id", "")).split("|")
    earlier = [one for one in marked[1].split(",") if one] if len(marked) == 3 and marked[0] == "cw" else []
    return ",".join((*earlier, stamp))


def _home(body: Json) -> str:
    return str((body.get("user") or {}).get("team_id") or "")
