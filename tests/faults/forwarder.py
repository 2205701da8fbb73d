"""A line between two programs that a test can drop, stall and cut."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from academy.lib.processes import find_free_port


class Forwarder:
    """Listens on a port of its own and passes everything on to `target`, in a thread."""

    def __init__(self, target: int) -> None:
        self.port, self._target = find_free_port(), target
        self._loop = asyncio.new_event_loop()
        self._flows = asyncio.Event()
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> None:
        """Begin to pass on."""
        self._thread.start()
        self.mend()

    def stop(self) -> None:
        """Cut every line and end."""
        self.drop()
        self._do(self._end_pumps)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def mend(self) -> None:
        """Pass on again, whatever was wrong."""
        self._do(self._listen)

    def drop(self) -> None:
        """Cut every line and listen no longer: whoever connects is refused."""
        self._do(self._close)

    def stall(self) -> None:
        """Take everything and pass nothing on: a black hole."""
        self._do(self._hold)

    def cut(self) -> None:
        """Break every line that stands, in the middle of whatever it carries."""
        self._do(self._abort)

    def _do(self, step: Callable[[], Coroutine[Any, Any, None]]) -> None:
        asyncio.run_coroutine_threadsafe(step(), self._loop).result(timeout=10)

    async def _listen(self) -> None:
        self._flows.set()
        if self._server is None:
            self._server = await asyncio.start_server(self._join, "127.0.0.1", self.port)

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        await self._abort()

    async def _hold(self) -> None:
        await self._listen()
        self._flows.clear()

    async def _abort(self) -> None:
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry both directions until one of the two ends hangs up."""
        self._writers.add(writer)
        try:
            there, onward = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
        else:
            self._writers.add(onward)
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(self._pump(reader, onward), self._pump(there, writer))
            self._writers.discard(onward)
        self._writers.discard(writer)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.CancelledError):
            while data := await reader.read(65_536):
                await self._flows.wait()
                writer.write(data)
                await writer.drain()
        writer.close()

    async def _end_pumps(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
