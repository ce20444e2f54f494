"""A browser as the servers see one: cookies, forms as a page gives them, the headers that tell where they come from."""

import itertools
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

import httpx
import lxml.html

from tests.load.hour.ledger import Ledger, WrongAnswer

Fields = list[tuple[str, str]]
READ, WRITTEN = (200,), (200, 303)


class Page:
    """An answer that was read. `address` is its own, without the server's."""

    def __init__(self, address: str, response: httpx.Response) -> None:
        self.address, self.status, self.text = address, response.status_code, response.text
        self.location = response.headers.get("location", "")

    def form(self, ending: str, **fields: str) -> tuple[str, Fields]:
        """The address and the fields of the first form whose address ends so, and which holds these fields."""
        for form in lxml.html.fromstring(self.text).forms:
            held = [(name, value or "") for name, value in form.form_values()]
            if (form.action or "").endswith(ending) and set(fields.items()) <= set(held):
                return urljoin(self.address, form.action), held
        raise WrongAnswer(f"no form to {ending} {sorted(fields)}")


class Browser:
    """One person's. Each request goes to the next of the servers, as behind a balancer without memory."""

    def __init__(self, bases: Sequence[str], transport: httpx.BaseTransport, address: str, ledger: Ledger) -> None:
        """`address` is where the person sits: what the proxy in front would say."""
        self._bases = itertools.cycle(bases)
        self._client = httpx.Client(transport=transport, headers={"X-Forwarded-For": address}, timeout=120)
        self._ledger = ledger

    def get(self, kind: str, path: str) -> Page:
        """WrongAnswer for anything but the page."""
        return self._ask(kind, "GET", path, READ)

    def send(
        self, kind: str, path: str, fields: Fields, expected: Sequence[int] = WRITTEN, **options: Any
    ) -> tuple[Page, httpx.Response]:
        """The form is sent; WrongAnswer for a status that is not expected. `options` are those of httpx."""
        data: dict[str, list[str]] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        response = self._request(kind, "POST", path, expected, data=data, **options)
        return Page(path, response), response

    def _ask(self, kind: str, method: str, path: str, expected: Sequence[int]) -> Page:
        return Page(path, self._request(kind, method, path, expected))

    def _request(self, kind: str, method: str, path: str, expected: Sequence[int], **options: Any) -> httpx.Response:
        base = next(self._bases)
        headers = {"Origin": base, "Sec-Fetch-Site": "same-origin"} if method == "POST" else {}
        headers |= options.pop("headers", {})
        started = time.perf_counter()
        response = self._client.request(method, base + path, headers=headers, **options)
        self._ledger.time(kind, (time.perf_counter() - started) * 1000)
        if response.status_code not in expected:
            raise WrongAnswer(f"{response.status_code} to {kind}")
        return response


def changed(fields: Fields, changes: Mapping[str, str]) -> Fields:
    """The fields of a form with some of them filled otherwise; those that it did not send are added."""
    kept = [(name, changes.get(name, value)) for name, value in fields]
    held = {name for name, _ in fields}
    return [*kept, *((name, value) for name, value in changes.items() if name not in held)]
