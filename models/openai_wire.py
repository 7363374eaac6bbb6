"""One POST after another to one address, over aiohttp's connections and its reader of replies.

Not through its sessions: they make every request anew from its parts, of which here all but the body are the same each time, and
that took longer than all else that aiohttp does for a call. No cookies and no redirections, as nothing may pass from call to call.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import NamedTuple

import aiohttp
from aiohttp.connector import Connection
from aiohttp.http_exceptions import HttpProcessingError
from yarl import URL

_MOST_UNSOUND = 100

_UNTIMED = aiohttp.ClientTimeout()
_SWITCHING_PROTOCOLS = 101


class Reply(NamedTuple):
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Wire:
    """The connections to one address, as many as there are calls at a time. To be made and used in one event loop."""

    def __init__(self, pool: aiohttp.BaseConnector, url: str, headers: Mapping[str, str]) -> None:
        self._pool = pool
        self._asking = aiohttp.ClientRequest("POST", URL(url), headers=headers, loop=asyncio.get_running_loop())
        said = [f"{name}: {value}\r\n" for name, value in self._asking.headers.items() if name.lower() != "content-length"]
        self._head = f"POST {self._asking.url.raw_path_qs} HTTP/1.1\r\n{''.join(said)}Content-Length: ".encode()

    async def post(self, body: Callable[[], bytes], largest: int) -> Reply:
        """The reply to what ``body`` makes, or the beginning of one that is larger than ``largest`` bytes.

        aiohttp.ClientError or OSError where there is none. What is sent is kept no longer than it takes to send it: a call waits for
        its reply far longer, and thousands do at a time.
        """
        connection = await self._connected()
        try:
            reply = await self._exchanged(connection, body, largest)
        except BaseException:
            connection.close()
            raise
        connection.release()
        return reply

    async def _connected(self) -> Connection:
        """A connection, new or kept alive, but none on which something came unasked: it would be read as the reply to another call."""
        for _ in range(_MOST_UNSOUND):
            connection = await self._pool.connect(self._asking, [], _UNTIMED)
            if connection.protocol is None or not connection.protocol.should_close:
                return connection
            connection.close()
        raise aiohttp.ClientConnectionError("the server speaks before it is asked")

    async def _exchanged(self, connection: Connection, body: Callable[[], bytes], largest: int) -> Reply:
        protocol, transport = connection.protocol, connection.transport
        if protocol is None or transport is None:
            raise aiohttp.ClientConnectionError("Cannot write to closing transport")
        protocol.set_response_params(read_until_eof=True)
        transport.write(self._request(body()))
        try:
            message, content = await protocol.read()
            while 100 <= message.code < 200 and message.code != _SWITCHING_PROTOCOLS:  # early hints, and the like
                message, content = await protocol.read()
        except HttpProcessingError as error:
            about = self._asking.request_info
            raise aiohttp.ClientResponseError(about, (), status=error.code, message=error.message, headers=error.headers) from error
        raw = bytearray()
        while not content.at_eof() and len(raw) <= largest:
            raw += await content.readany()
        if transport.get_write_buffer_size():  # what is left of this request would come before the next one
            protocol.force_close()
        return Reply(message.code, message.headers, bytes(raw))

    def _request(self, body: bytes) -> bytes:
        return b"%b%d\r\n\r\n%b" % (self._head, len(body), body)
