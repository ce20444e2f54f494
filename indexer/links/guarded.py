"""A transport that goes only where the public may go: what a feed brought must not make us call our own network."""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Sequence
from typing import Final

import httpx

PORTS: Final = frozenset({80, 443, 8080, 8443})

Resolve = Callable[[str, int], Sequence[str]]
"""The addresses (IP) of a host."""


class RefusedAddressError(Exception):
    """A link to a private, local or reserved address, or to a port where no site is."""


class UnknownHostError(Exception):
    """No such host."""


def resolve(host: str, port: int) -> Sequence[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnknownHostError(host) from error
    return [str(place[0]) for *_, place in found]


def is_public(address: str, port: int) -> bool:
    """Whether anyone may call it: a global unicast address, on a port of the web."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast and port in PORTS


class GuardedTransport(httpx.BaseTransport):
    """Resolves a host itself and calls the very address that it judged: a name that changes in between gains nothing.

    Each redirection comes through here too. Certificates are not judged: the question is whether a page is there,
    nothing is sent, and browsers mend many chains that a strict client refuses.
    """

    def __init__(self, resolve: Resolve = resolve, allowed: Callable[[str, int], bool] = is_public) -> None:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        # No connection is kept: it would be found again by its number, for another site of the same machine.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._inner = httpx.HTTPTransport(verify=context, trust_env=False, limits=limits)
        self._resolve, self._allowed = resolve, allowed

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        addresses = self._resolve(host, port)
        if not addresses or not all(self._allowed(address, port) for address in addresses):
            raise RefusedAddressError(host)
        request.extensions = {**request.extensions, "sni_hostname": host}
        there = request.url
        request.url = there.copy_with(host=addresses[0])
        try:
            return self._inner.handle_request(request)
        finally:
            request.url = there  # redirections are read from the name, not from the number

    def close(self) -> None:
        self._inner.close()
