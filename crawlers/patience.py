"""A server that says when to come back is obeyed."""

import asyncio
from typing import Final

from scrapy import Request
from scrapy.http import Response

LONGEST: Final = 120.0


def asked_wait(response: Response) -> float:
    """Seconds of `Retry-After`, bounded; 0 when it asks for nothing, or by a date."""
    said = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    return min(LONGEST, float(said)) if said.isdecimal() else 0.0


class ObeyRetryAfter:
    """Waits before the retry middleware asks again (429 and 503 only)."""

    async def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002 (Scrapy's)
        if response.status in (429, 503):
            await asyncio.sleep(asked_wait(response))
        return response
