"""Files that the feed tests read."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from indexer.feeds.base import NO_OPTIONS, FeedFile, FeedOptions
from indexer.feeds.data_inclusion import iter_raw_records
from indexer.feeds.opening import open_feed
from indexer.schema import RawRecord
from tests.support.loopback import serving_loopback

Reader = Callable[..., list[RawRecord]]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Writes one content (text in UTF-8, or bytes) to a file without a telling name, and reads its records."""

    def read_content(
        content: str | bytes, format: str = "auto", name: str = "depot", options: FeedOptions = NO_OPTIONS
    ) -> list[RawRecord]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(iter_raw_records([str(path)], "essai", format, options))

    return read_content


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/list")
            self.end_headers()
            return
        body = {"/list": b'[{"id": "a--1", "nom": "Un"}]', "/large": b"x" * 5_000}.get(path)
        self.send_response(200 if body is not None else 404)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def site() -> Iterator[str]:
    """A real server on loopback: /list is a JSON list, /moved leads to it, /large is 5,000 bytes."""
    with serving_loopback(_Handler) as address:
        yield address


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[str], FeedFile]]:
    """Opens one content as a feed file, for parsers that are called directly."""
    with ExitStack() as stack:

        def open_content(content: str, options: FeedOptions = NO_OPTIONS) -> FeedFile:
            path = tmp_path / "ouvert"
            path.write_text(content, encoding="utf-8")
            return replace(stack.enter_context(open_feed(str(path))), options=options)

        yield open_content
