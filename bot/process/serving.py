"""Serving: a Starlette application on a port inside this process, started and stopped like everything else.

How much it bears is the gate's.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from functools import partial

import uvicorn
from starlette.types import ASGIApp

from bot.process.gate import Gate, Gated, room
from watchers.errors import ClausewatchError

GRACE = 5
"""Seconds a request that is being answered gets to finish when we are told to stop."""


class _Quiet(uvicorn.Server):
    """A server that leaves the signals to whoever runs the process, and says when it has started."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Serving:
    """One application on one port. Port 0 takes any free one; `port` says which."""

    def __init__(self, app: ASGIApp, host: str, port: int, gate: Gate | None = None) -> None:
        self._host = host
        self._port = port
        connections = room()
        self._server = _Quiet(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                http=partial(Gated, gate or Gate(connections)),  # type: ignore[arg-type]  # all it does is call it
                ws="none",
                backlog=connections,
                server_header=False,
                log_level="error",
                lifespan="off",
                timeout_graceful_shutdown=GRACE,
            )
        )
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen, and return once connections are taken.

        Raises ClausewatchError when the port is taken or not ours to take.
        """
        listener = self._listener()
        self._port = int(listener.getsockname()[1])
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]))
        await self._server.up.wait()

    async def stop(self) -> None:
        """Finish what is being answered, then close."""
        self._server.should_exit = True
        if self._task is not None:
            await self._task

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return self._port

    @property
    def url(self) -> str:
        """The address of the application's root, without a slash at its end."""
        return f"http://{self._host}:{self._port}"

    def _listener(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self._host, self._port))
        except OSError as error:
            listener.close()
            raise ClausewatchError(
                f"cannot listen on {self._host}:{self._port} ({error.strerror}); set PORT to a free port"
            ) from error
        listener.listen(256)
        listener.setblocking(False)
        return listener
