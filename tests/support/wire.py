"""A cable to a server on loopback, which a test can cut and join again; and a server that says what it is told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.support.loopback import serving_loopback


class Wire:
    """Forwards one loopback port to another. `cut` closes the port and all that passes; `join` opens it again."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._listener: socket.socket | None = None
        self._passing: list[socket.socket] = []
        self.port = 0

    def join(self) -> None:
        listener = socket.create_server(("127.0.0.1", self.port))
        self.port, self._listener = listener.getsockname()[1], listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def cut(self) -> None:
        for held in (self._listener, *self._passing):
            if held is not None:
                with suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)
                held.close()
        self._passing.clear()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near = listener.accept()[0]
                far = socket.create_connection(self._target)
                self._passing += [near, far]
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=_pump, args=(source, sink), daemon=True).start()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


@contextmanager
def answering(status: int, body: bytes, kind: str = "application/json", **headers: str) -> Iterator[str]:
    """The address of a server that gives the same answer to everything."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = answer

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the screen."""

    with serving_loopback(Handler) as address:
        yield address
