"""What a page costs a person's data plan: every byte that a first visit receives, as Chromium counts them."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page


@dataclass(frozen=True)
class Received:
    """One answer: `bytes` are those of the wire, headers included, body as it was sent (compressed or not)."""

    path: str
    bytes: int


def weigh(page: Page, address: str) -> list[Received]:
    """Opens an address in a browser that knows nothing of the site, until no request is under way."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    paths: dict[str, str] = {}
    received: list[Received] = []
    session.on("Network.requestWillBeSent", lambda event: paths.update({event["requestId"]: event["request"]["url"]}))

    def count(event: dict[str, Any]) -> None:
        path = paths.get(event["requestId"])
        if path is not None:  # else asked for by the page before, and late
            received.append(Received(path, int(event["encodedDataLength"])))

    session.on("Network.loadingFinished", count)
    page.goto(address, wait_until="networkidle")
    session.detach()
    return received
