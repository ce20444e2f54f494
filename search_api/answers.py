"""JSON answers that caches can keep: a weak ETag of the content, 304 when it is known, how long it holds."""

import hashlib
from typing import Final

from fastapi import Request
from starlette.responses import Response

SEARCHED: Final = "private, max-age=30"
"""What a person looks for is kept by no shared cache."""

RECORD: Final = "public, max-age=60"
VOCABULARY: Final = "public, max-age=86400"
STATE: Final = "no-store"


def answer_json(request: Request, content: bytes, cache: str, *, unstable: bytes = b"") -> Response:
    """`content` is a JSON value. `unstable` are members added at the end of it that the ETag leaves out."""
    etag = f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": cache}
    if _knows(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers | {"Vary": "Accept-Encoding"})
    body = content[:-1] + b"," + unstable + b"}" if unstable else content
    return Response(body, headers=headers, media_type="application/json")


def answer_state(content: bytes, status: int = 200) -> Response:
    """What is true now only."""
    return Response(content, status, {"Cache-Control": STATE}, "application/json")


def _knows(known: str | None, etag: str) -> bool:
    """Whether `If-None-Match` holds the ETag, compared weakly (RFC 9110, 13.1.2)."""
    if known is None:
        return False
    return known.strip() == "*" or etag.removeprefix("W/") in (
        tag.strip().removeprefix("W/") for tag in known.split(",")
    )
