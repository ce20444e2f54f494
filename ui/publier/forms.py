"""What the forms of publications send: long texts, no cookie, nothing but a form of ours."""

from collections.abc import Mapping
from typing import Final

from fastapi import Request

from ui.posted import parse_fields, read_body

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
