"""Requests that no HTTP client would let through, sent straight to an application."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import anyio
from fastapi import FastAPI


@dataclass
class RawAnswer:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def raw_get(app: FastAPI, path: str, query: bytes = b"", client: str = "127.0.0.1", **headers: str) -> RawAnswer:
    """Header names are written with underscores."""
    answer = RawAnswer()

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    raw_headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query,
        "headers": raw_headers, "client": (client, 1), "server": ("test", 80), "scheme": "http",
        "http_version": "1.1", "root_path": "",
    }  # fmt: skip
    with ThreadPoolExecutor(1) as own:  # a browser of another test may hold this thread's event loop
        own.submit(anyio.run, app, scope, receive, send).result()
    return answer
