"""Calling Slack's Web API: one client for each workspace, and errors that say what to do next.

What is said is drawn elsewhere. Nothing is retried here: a delivery's next attempt is the ledger's affair.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from watchers.errors import DeliveryError

AGAIN = "Install Clausewatch in this workspace again, then the paused watches can go on."
INVITE = "Type `/invite @Clausewatch` in the channel."
REFUSED: dict[str, str] = {
    "channel_not_found": f"The channel is gone, or it is private and Clausewatch is not in it. {INVITE}",
    "not_in_channel": f"Clausewatch is not in the channel. {INVITE}",
    "is_archived": "The channel is archived. Unarchive it, or watch from another channel.",
    "restricted_action": "Only some people may post in this channel. Allow Clausewatch under the channel's"
    " settings, Posting permissions.",
    "ekm_access_denied": "The workspace's administrators do not let apps post at present.",
    "message_not_found": "The message is gone.",
    "cant_update_message": "The message cannot be changed any more.",
    "edit_window_closed": "The message cannot be changed any more.",
    "user_not_found": "This person is not in the workspace.",
    "cannot_dm_bot": "Bots cannot be written to.",
    "missing_scope": "Clausewatch lacks a right that a newer version needs: {needed}. " + AGAIN,
    **dict.fromkeys(("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"), AGAIN),
    **dict.fromkeys(("access_denied", "no_permission", "org_login_required", "team_access_not_granted"), AGAIN),
    **dict.fromkeys(
        ("invalid_blocks", "msg_blocks_too_long", "msg_too_long", "no_text", "invalid_arguments", "invalid_arg_name"),
        "Slack does not take this message ({error}). That is a fault of Clausewatch; please report it.",
    ),
}
ALIASES = {"restricted_action_read_only_channel": "restricted_action", "restricted_action_non_threadable_channel": ""}
LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
NOT_SENT = frozenset({"service_unavailable", "team_added_to_org", "request_timeout", "accesslimited"})


def web_client(token: str, api_url: str, session: aiohttp.ClientSession | None, timeout: float = 10) -> AsyncWebClient:
    """Make a client that neither retries nor hides anything."""
    return AsyncWebClient(
        token=token or None,
        base_url=f"{api_url.rstrip('/')}/",
        timeout=int(timeout),
        session=session,
        trust_env_in_session=False,
        retry_handlers=[],
    )


@contextmanager
def delivering() -> Iterator[None]:
    """Turn what goes wrong while calling Slack into a DeliveryError that says what to do next."""
    try:
        yield
    except SlackApiError as error:
        raise refused(error) from error
    except aiohttp.ClientConnectorError as error:
        raise DeliveryError("Slack cannot be reached from here.") from error
    except (TimeoutError, aiohttp.ClientError, SlackClientError, OSError) as error:
        raise DeliveryError("The connection to Slack broke; the message may have arrived.", uncertain=True) from error


def refused(error: SlackApiError) -> DeliveryError:
    """Say what an error of the Web API means for what comes next."""
    response: Any = error.response
    status, headers = int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0), response.headers
    name = code(error)
    if name in LIMITED or status == 429:
        wait = {key.lower(): value for key, value in (headers or {}).items()}.get("retry-after", "30")
        return DeliveryError("Slack asks to wait.", retry_after=float(wait) if wait.isdigit() else 30.0)
    if sentence := REFUSED.get(ALIASES.get(name, name)):
        needed = response.get("needed", "") if isinstance(response.data, dict) else ""
        return DeliveryError(sentence.format(needed=needed, error=name), permanent=True)
    if name in NOT_SENT:
        return DeliveryError(f"Slack is not available at present ({name}).")
    return DeliveryError(f"Slack had a fault ({name or status}); the message may have arrived.", uncertain=True)


def code(error: SlackApiError) -> str:
    """Return the short name of a Web API error."""
    found = getattr(error.response, "data", None)
    return str(found.get("error", "")) if isinstance(found, dict) else ""
