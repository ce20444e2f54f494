"""`MAILLAGE_SMTP_URL`: how the mail server is reached."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from indexer.errors import SettingError

_PORTS: Final = {"smtps": 465, "smtp": 587}
_WRONG: Final = (
    "MAILLAGE_SMTP_URL n'est pas lisible. Attendu : « smtp://utilisateur:motdepasse@serveur:587 » (STARTTLS) ou "
    "« smtps://… » (TLS d'emblée)."
)


@dataclass(frozen=True, slots=True)
class SmtpAddress:
    """`encrypted` from the first byte; `upgraded` by STARTTLS, without which nothing is sent."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    encrypted: bool
    upgraded: bool


def parse_smtp_url(url: str) -> SmtpAddress:
    """SettingError for anything else. Words travel encrypted, save on this machine or with `?tls=non`."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise SettingError(_WRONG) from error
    wish = parse_qs(parts.query).get("tls", ["oui"])
    if (
        parts.scheme not in _PORTS
        or not parts.hostname
        or parts.path not in ("", "/")
        or wish not in (["oui"], ["non"])
    ):
        raise SettingError(_WRONG)
    encrypted = parts.scheme == "smtps"
    upgraded = not encrypted and wish == ["oui"] and not _is_here(parts.hostname)
    if parts.password and not (encrypted or upgraded or _is_here(parts.hostname)):
        raise SettingError("MAILLAGE_SMTP_URL : un mot de passe ne part pas en clair. Enlevez « tls=non ».")
    user, password = _credentials(parts)
    return SmtpAddress(parts.hostname, port or _PORTS[parts.scheme], user, password, encrypted, upgraded)


def _credentials(parts: SplitResult) -> tuple[str, str]:
    return unquote(parts.username or ""), unquote(parts.password or "")


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
