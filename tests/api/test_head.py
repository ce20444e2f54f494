"""HEAD answers as GET does, without a body."""

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/v1/offers?size=1", "/v1/doc/frais", "/v1/offers/absente--1"])
def test_head_is_get_without_its_body(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.headers["content-type"]) == (get.status_code, get.headers["content-type"])
    assert head.content == b""
    assert get.content != b""
