"""The paged API of data·inclusion, on a real HTTP client whose server is in memory."""

import io
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from indexer.errors import FeedError
from indexer.feeds.data_inclusion_api import PagedApi

Answer = Callable[[str, int], Any]


def service(number: int) -> dict[str, Any]:
    return {"id": f"dora--{number}", "nom": f"Service {number}", "source": "dora"}


def build_api(answer: Answer, waits: list[float] | None = None, token: str | None = "secret") -> PagedApi:
    """`answer(table, page)` gives a response, or the body of a 200."""

    def serve(request: httpx.Request) -> httpx.Response:
        made = answer(request.url.path.rsplit("/", 1)[1], int(request.url.params["page"]))
        if isinstance(made, httpx.Response):
            return made
        assert request.headers["authorization"] == "Bearer secret"
        return httpx.Response(200, json=made)

    client = httpx.Client(transport=httpx.MockTransport(serve))
    return PagedApi(
        "https://api.example.org/api/v1/", token, client, size=2, sleep=(waits if waits is not None else []).append
    )


def page(items: list[Any], total: int, pages: int) -> dict[str, Any]:
    return {"items": items, "total": total, "page": 1, "size": 2, "pages": pages}


def fetch(api: PagedApi) -> tuple[list[str], Any]:
    into = io.BytesIO()
    read = api.fetch(into, ("services",))
    return [json.loads(line)["id"] for line in into.getvalue().splitlines()], read


def test_all_pages_are_read_in_their_order() -> None:
    pages = {1: [service(1), service(2)], 2: [service(3)]}
    ids, read = fetch(build_api(lambda _, n: page(pages[n], 3, 2)))
    assert ids == ["dora--1", "dora--2", "dora--3"]
    assert (read.received, read.kept, read.missing) == (3, 3, 0)


def test_a_row_that_comes_again_on_the_next_page_is_kept_once() -> None:
    pages = {1: [service(1), service(2)], 2: [service(2), service(3)]}
    ids, _ = fetch(build_api(lambda _, n: page(pages[n], 3, 2)))
    assert ids == ["dora--1", "dora--2", "dora--3"]


def test_a_row_that_slipped_between_two_pages_is_found_by_a_second_reading() -> None:
    calls = []

    def shifting(_: str, number: int) -> Any:
        calls.append(number)
        first = {1: [service(1), service(2)], 2: [service(4)]}
        then = {1: [service(2), service(3)], 2: [service(4), service(1)]}
        return page((first if len(calls) <= 2 else then)[number], 4, 2)

    ids, read = fetch(build_api(shifting))
    assert sorted(ids) == ["dora--1", "dora--2", "dora--3", "dora--4"]
    assert read.missing == 0


def test_rows_that_never_come_are_counted() -> None:
    _, read = fetch(build_api(lambda _, n: page([service(1)], 2, 1)))
    assert read.missing == 1


def test_a_server_that_asks_for_patience_is_obeyed() -> None:
    waits: list[float] = []
    answers = [httpx.Response(429, headers={"Retry-After": "7"}), httpx.Response(503), page([service(1)], 1, 1)]
    ids, _ = fetch(build_api(lambda *_: answers.pop(0), waits))
    assert ids == ["dora--1"]
    assert waits == [7.0, 2.0]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (httpx.Response(401), "jeton refusé"),
        (httpx.Response(404), "a répondu 404"),
        (httpx.Response(500), "après 4 essais"),
        (httpx.Response(200, text="<html>erreur</html>"), "pas du JSON"),
        (httpx.Response(200, json={"message": "ok"}), "pas de liste « items »"),
    ],
)
def test_what_prevents_the_reading_is_said(answer: httpx.Response, message: str) -> None:
    with pytest.raises(FeedError, match=message):
        fetch(build_api(lambda *_: answer))


def test_a_server_that_ignores_the_page_number_is_told_apart_from_a_long_list() -> None:
    with pytest.raises(FeedError, match="répète la précédente"):
        fetch(build_api(lambda *_: page([service(1), service(2)], 100, 50)))


def test_the_address_told_in_an_error_holds_no_token() -> None:
    api = PagedApi("https://u:mot@api.example.org/v1?token=x", None, build_api(lambda *_: httpx.Response(404)).client)
    with pytest.raises(FeedError) as caught:
        api.fetch(io.BytesIO())
    assert "mot" not in str(caught.value)
    assert "token" not in str(caught.value)
