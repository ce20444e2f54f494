"""Logs: one JSON object a line, for machines. They hold no query string, no address and no words of a person."""

import logging
import sys
import traceback
from typing import Any, TextIO, cast

import orjson
import structlog
from structlog.typing import FilteringBoundLogger


def build_log(level: str, stream: TextIO | None = None) -> FilteringBoundLogger:
    """A logger that writes on a stream, by default the standard output."""
    logger = structlog.wrap_logger(
        structlog.WriteLogger(stream or sys.stdout),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="moment"),
            structlog.processors.JSONRenderer(serializer=_dumps),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        cache_logger_on_first_use=True,
    )
    return cast(FilteringBoundLogger, logger)


def where_it_failed(error: BaseException) -> list[str]:
    """Type and place of an error and of its causes, without their messages: those can quote what a person typed."""
    told: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(told) < 5:
        frames = traceback.extract_tb(cause.__traceback__)[-8:]
        path = " > ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames)
        told.append(f"{type(cause).__name__} ({path})")
        cause = cause.__cause__ or cause.__context__
    return told


def _dumps(event: Any, **_: Any) -> str:
    return orjson.dumps(event, default=str).decode()
