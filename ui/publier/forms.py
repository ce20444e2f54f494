"""What the forms of publications send: long texts, no cookie, nothing but a form of ours."""

from collections.abc import Mapping
from typing import Final

from fastapi import Request

from search_api.client_address import bucket_of, client_of, parse_networks
from ui.posted import parse_fields, read_body
from ui.services import services_of

MAX_BODY: Final = 400_000
"""Bytes: a text of 20,000 characters is read whole, so that the page can say that it is too long, and give it back."""

MAX_FIELDS: Final = 300
TRAP: Final = "site_internet"
"""A field that nobody sees: what fills it is a program."""

Fields = Mapping[str, list[str]]


async def read_fields(request: Request) -> Fields:
    """A dependency. HTTPException 403 from another site, 413 when far too long, 422 for what is no form."""
    return parse_fields(await read_body(request, MAX_BODY), MAX_FIELDS)


def first(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def sender_of(request: Request) -> str:
    """Whom the limits count."""
    trusted = parse_networks(services_of(request).settings.trusted_proxies)
    return bucket_of(client_of(request.scope, trusted))
