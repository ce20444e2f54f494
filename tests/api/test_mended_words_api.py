"""`corrections` and `tel_quel` of `GET /v1/offers`."""

from starlette.testclient import TestClient


def test_a_mended_word_is_told_and_words_are_taken_as_they_are_when_asked(client: TestClient) -> None:
    body = client.get("/v1/offers", params={"q": "premis"}).json()
    assert body["items"]
    assert body["corrections"] == [{"tape": "premis", "lu": "permis"}]
    typed = client.get("/v1/offers", params={"q": "premis", "tel_quel": "true"}).json()
    assert typed["corrections"] == []
    assert typed["par_sens"]


def test_a_wrong_flag_is_refused(client: TestClient) -> None:
    assert client.get("/v1/offers", params={"q": "permis", "tel_quel": "peut-être"}).status_code == 422
