"""The address of the mail server, and what it must not allow."""

import pytest

from indexer.catalogue import Catalogue
from indexer.errors import SettingError
from indexer.mail.build import build_delivery
from indexer.mail.outbox import Outbox
from indexer.mail.smtp_address import parse_smtp_url
from indexer.settings import load_settings
from tests.support.clocks import MovedClock


@pytest.mark.parametrize(
    ("url", "host", "port", "encrypted", "upgraded"),
    [
        ("smtp://mail.example", "mail.example", 587, False, True),
        ("smtp://mail.example:25?tls=non", "mail.example", 25, False, False),
        ("smtps://u:p%40ss@mail.example", "mail.example", 465, True, False),
        ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, False, False),
        ("smtp://localhost:1025/", "localhost", 1025, False, False),
    ],
)
def test_words_travel_encrypted_save_on_this_machine(
    url: str, host: str, port: int, encrypted: bool, upgraded: bool
) -> None:
    address = parse_smtp_url(url)
    assert (address.host, address.port, address.encrypted, address.upgraded) == (host, port, encrypted, upgraded)


def test_a_password_is_decoded_and_never_shown() -> None:
    address = parse_smtp_url("smtps://u:p%40ss@mail.example")
    assert (address.user, address.password) == ("u", "p@ss")
    assert "p@ss" not in repr(address)


@pytest.mark.parametrize(
    "url", ["mail.example", "http://mail.example", "smtp://", "smtp://mail.example:99999", "smtp://mail.example/box"]
)
def test_what_is_no_mail_server_is_refused_with_the_name_of_the_setting(url: str) -> None:
    with pytest.raises(SettingError, match="MAILLAGE_SMTP_URL"):
        parse_smtp_url(url)


def test_a_password_never_leaves_in_clear() -> None:
    with pytest.raises(SettingError, match="en clair"):
        parse_smtp_url("smtp://u:p@mail.example?tls=non")


@pytest.mark.parametrize(
    ("given", "missing"),
    [({"mail_from": "m@m.example"}, "MAILLAGE_BASE_URL"), ({"base_url": "https://m.example"}, "MAILLAGE_MAIL_FROM")],
)
def test_a_server_asks_for_what_a_mail_must_say(
    outbox: Outbox, clock: MovedClock, given: dict[str, str], missing: str
) -> None:
    settings = load_settings(smtp_url="smtp://127.0.0.1:1025", **given)
    with pytest.raises(SettingError, match=missing):
        build_delivery(outbox, settings, clock)


def test_without_a_server_nothing_delivers(outbox: Outbox, catalogue: Catalogue, clock: MovedClock) -> None:
    assert build_delivery(outbox, load_settings(), clock) is None
