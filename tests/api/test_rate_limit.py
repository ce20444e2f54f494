"""So many requests an address, and whose address it is."""

import io

import pytest
from fastapi import FastAPI
from starlette.datastructures import Headers

from indexer.errors import SettingError
from indexer.settings import Settings
from search_api.app import create_app
from search_api.client_address import bucket_of, client_of, parse_networks
from search_api.logs import build_log
from search_api.services import Services
from tests.api.raw import RawAnswer, raw_get
from tests.support.pages import demonstration_pages
from ui.routes import mount

OUTSIDE = "203.0.113.7"


def limited_app(services: Services, settings: Settings, limit: str = "3/hour", proxies: str = "") -> FastAPI:
    changed = settings.model_copy(update={"rate_limit": limit, "trusted_proxies": proxies})
    return create_app(changed, services, build_log("error", io.StringIO()))


def get(app: FastAPI, client: str = OUTSIDE, path: str = "/v1/doc/frais", **headers: str) -> RawAnswer:
    return raw_get(app, path, b"", client, **headers)


def test_past_the_limit_a_problem_says_when_to_come_back(services: Services, filled_settings: Settings) -> None:
    app = limited_app(services, filled_settings)
    answers = [get(app) for _ in range(4)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["ratelimit-remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert answers[3].headers["content-type"] == "application/problem+json"
    assert 0 < int(answers[3].headers["retry-after"]) <= 3600
    assert answers[0].headers["ratelimit-limit"] == "3"


def test_a_person_past_the_limit_gets_a_page_and_its_files_are_free(
    services: Services, filled_settings: Settings
) -> None:
    app = limited_app(services, filled_settings, "1/hour")
    mount(app, demonstration_pages())
    answers = [get(app, path=path) for path in ("/a-propos", "/a-propos", "/assets/absent.css")]
    assert [answer.status for answer in answers] == [200, 429, 404]
    assert answers[1].headers["content-type"] == "text/html; charset=utf-8"
    assert 0 < int(answers[1].headers["retry-after"]) <= 3600


def test_each_address_has_its_own_limit(services: Services, filled_settings: Settings) -> None:
    app = limited_app(services, filled_settings, "1/hour")
    assert [get(app).status, get(app, "203.0.113.8").status, get(app).status] == [200, 200, 429]


def test_this_machine_is_not_limited(services: Services, filled_settings: Settings) -> None:
    app = limited_app(services, filled_settings, "1/hour")
    assert [get(app, "127.0.0.1").status for _ in range(3)] == [200, 200, 200]
    assert [get(app, "::1").status for _ in range(3)] == [200, 200, 200]


def test_a_proxy_on_this_machine_is_limited(services: Services, filled_settings: Settings) -> None:
    app = limited_app(services, filled_settings, "1/hour")
    assert [get(app, "127.0.0.1", x_forwarded_for="1.2.3.4").status for _ in range(2)] == [200, 429]


def test_a_forwarding_header_is_believed_from_trusted_proxies_only(
    services: Services, filled_settings: Settings
) -> None:
    app = limited_app(services, filled_settings, "1/hour", proxies="127.0.0.1, 10.0.0.0/8")
    behind = [get(app, "127.0.0.1", x_forwarded_for=f"1.1.1.{n}").status for n in range(3)]
    forging = [get(app, OUTSIDE, x_forwarded_for=f"1.1.2.{n}").status for n in range(2)]
    assert (behind, forging) == ([200, 200, 200], [200, 429])


def test_probes_always_answer(services: Services, filled_settings: Settings) -> None:
    app = limited_app(services, filled_settings, "1/hour")
    assert [get(app, path=path).status for path in ("/healthz", "/readyz", "/metrics") * 2] == [200] * 6


def test_off_limits_nothing(services: Services, filled_settings: Settings) -> None:
    app = limited_app(services, filled_settings, "off")
    answer = get(app)
    assert answer.status == 200
    assert "ratelimit-limit" not in answer.headers


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("10.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "9.9.9.9, 1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "1.2.3.4, 10.0.0.2", "1.2.3.4"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "pas une adresse", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("5.6.7.8", "1.2.3.4", "5.6.7.8"),
        ("::ffff:10.0.0.1", "::ffff:1.2.3.4", "1.2.3.4"),
    ],
)
def test_the_client_is_the_nearest_address_that_is_no_trusted_proxy(peer: str, forwarded: str, expected: str) -> None:
    scope = {"type": "http", "client": (peer, 1), "headers": Headers({"x-forwarded-for": forwarded}).raw}
    assert str(client_of(scope, parse_networks("10.0.0.0/8"))) == expected


def test_an_ipv6_subscriber_has_one_limit() -> None:
    scope = {"type": "http", "headers": []}
    one, other = (client_of(scope | {"client": (a, 1)}, ()) for a in ("2001:db8::1", "2001:db8::ffff"))
    assert bucket_of(one) == bucket_of(other) == "2001:db8::/64"


def test_a_wrong_proxy_is_named() -> None:
    with pytest.raises(SettingError, match=r"« proxy\.local »"):
        parse_networks("10.0.0.1, proxy.local")
