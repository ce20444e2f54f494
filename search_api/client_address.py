"""Whose request it is: the address behind the proxies that are trusted, and no others."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import Scope

from indexer.errors import SettingError

Address = IPv4Address | IPv6Address
Networks = Sequence[IPv4Network | IPv6Network]

_FORWARDING = ("x-forwarded-for", "forwarded", "x-real-ip")
_HOUSEHOLD = 64  # bits: one subscriber holds that many IPv6 addresses


def parse_networks(setting: str) -> Networks:
    """`TRUSTED_PROXIES`: addresses or networks (`10.0.0.0/8`), separated by commas. SettingError for a wrong one."""
    return tuple(_parse_network(part.strip()) for part in setting.split(",") if part.strip())


def _parse_network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text, strict=False)
    except ValueError as error:
        raise SettingError(
            f"MAILLAGE_TRUSTED_PROXIES : « {text} » n'est ni une adresse IP ni un réseau comme « 10.0.0.0/8 »."
        ) from error


def is_forwarded(headers: Headers) -> bool:
    """Whether some proxy, trusted or not, says that it forwards."""
    return any(name in headers for name in _FORWARDING)


def client_of(scope: Scope, trusted: Networks) -> Address | None:
    """The nearest address that no trusted proxy has; None when the server tells none (a unix socket)."""
    peer = _parse_address(scope["client"][0]) if scope.get("client") else None
    if peer is None or not _is_trusted(peer, trusted):
        return peer
    forwarded = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
    for text in reversed(forwarded):
        address = _parse_address(text.strip())
        if address is None:
            return peer
        if not _is_trusted(address, trusted):
            return address
        peer = address
    return peer


def bucket_of(address: Address | None) -> str:
    """What shares one limit: an IPv4 address, or the network of an IPv6 subscriber."""
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _HOUSEHOLD), strict=False))
    return str(address)


def sender_of(scope: Scope, trusted_proxies: str) -> str:
    """Whom the limits count for a request. `trusted_proxies` as the setting says them."""
    return bucket_of(client_of(scope, parse_networks(trusted_proxies)))


def _parse_address(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_trusted(address: Address, trusted: Networks) -> bool:
    return any(address in network for network in trusted)
