"""Reads what a form of ours sends by POST: not from another site, not endless, and nothing but a form.

On public pages no cookie gives anyone a right, so another site could gain nothing by sending a form in a reader's name;
what a browser says comes from another site is refused all the same. A request that says nothing of where it comes from
is taken: old browsers say nothing. The workspace asks for a token too (`ui.espace.guard`).
"""

from typing import Final
from urllib.parse import parse_qs, urlsplit

from fastapi import HTTPException, Request

MAX_BODY: Final = 16_384
"""Bytes: a text of the longest in characters of four bytes, percent-encoded."""

_SAME = ("same-origin", "none")


async def read_body(request: Request, most: int = MAX_BODY) -> bytes:
    """HTTPException 403 from another site, 413 beyond `most` bytes, 422 for what is no form."""
    refuse_other_sites(request)
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(422)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise HTTPException(413)
    return body


def parse_fields(body: bytes, most: int) -> dict[str, list[str]]:
    """Values by name. HTTPException 422 for more than `most` fields."""
    try:
        return parse_qs(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=most, errors="replace")
    except ValueError:
        raise HTTPException(422) from None


def refuse_other_sites(request: Request) -> None:
    """HTTPException 403 for what a browser says comes from another site."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin", "null")
    if site is not None:
        foreign = site not in _SAME
    else:
        foreign = origin != "null" and urlsplit(origin).netloc != request.url.netloc
    if foreign:
        raise HTTPException(403)
