"""Logs: constant sentences with the data beside them, to standard error. No tokens, no page bodies."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.typing import EventDict, WrappedLogger

from bot.chats.foreign import clean


def set_up_logs(level: str) -> None:
    """Write logs to standard error: readable at a terminal, JSON lines elsewhere."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick that still runs is skipped: no news
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # what fails there we log ourselves, once
    plain = not sys.stderr.isatty()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _cleaned,
            structlog.processors.JSONRenderer() if plain else structlog.dev.ConsoleRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _cleaned(logger: WrappedLogger, method: str, told: EventDict) -> EventDict:
    """Clean what a page may have said: a log is read at a terminal too."""
    return {name: clean(value) if isinstance(value, str) else value for name, value in told.items()}
