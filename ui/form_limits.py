"""How many times one sender may send a form that asks for no account."""

import math
import time
from dataclasses import dataclass, field
from typing import Final, cast

from fastapi import HTTPException
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import HTTPConnection

from ui.services import sender_of


class FormLimit:
    """So many forms a sender, in a moving window kept in the memory of each process."""

    AMOUNT: Final = 10
    MINUTES: Final = 10

    def __init__(self) -> None:
        self._item = RateLimitItemPerMinute(self.AMOUNT, self.MINUTES)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def check(self, request: HTTPConnection) -> None:
        """HTTPException 429, with when to come back, for a sender who sends too much."""
        sender = sender_of(request)
        if self._limiter.hit(self._item, sender):
            return
        wait = max(1, math.ceil(self._limiter.get_window_stats(self._item, sender).reset_time - time.time()))
        raise HTTPException(429, headers={"Retry-After": str(wait)})


@dataclass(frozen=True)
class FormLimits:
    """One count a form, on the state of the application: routes themselves remember nothing."""

    reports: FormLimit = field(default_factory=FormLimit)
    answers: FormLimit = field(default_factory=FormLimit)
    alerts: FormLimit = field(default_factory=FormLimit)
    requests: FormLimit = field(default_factory=FormLimit)


def form_limits_of(connection: HTTPConnection) -> FormLimits:
    """The counts of the application that serves this request."""
    return cast(FormLimits, connection.app.state.form_limits)
