"""Logs: one JSON object a line, for machines. They hold no query string, no address and no words of a person."""

import logging
import sys
import traceback
from typing import Any, TextIO, cast

import orjson
import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor


def build_log(level: str, stream: TextIO | None = None) -> FilteringBoundLogger:
    """A logger that writes on a stream, by default the standard output."""
    logger = structlog.wrap_logger(
        structlog.WriteLogger(stream or sys.stdout),
        processors=_processors(),
        wrapper_class=_at_least(level),
        cache_logger_on_first_use=True,
    )
    return cast(FilteringBoundLogger, logger)


def configure_logs(level: str, stream: TextIO | None = None) -> None:
    """The same form for every module of the process: what a server does, where a command speaks to a person."""
    structlog.configure(
        processors=_processors(),
        wrapper_class=_at_least(level),
        logger_factory=structlog.WriteLoggerFactory(stream or sys.stdout),
    )


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


def _processors() -> list[Processor]:
    return [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="moment"),
        _without_traceback,
        structlog.processors.JSONRenderer(serializer=_dumps),
    ]


def _at_least(level: str) -> type[FilteringBoundLogger]:
    return structlog.make_filtering_bound_logger(getattr(logging, level.upper()))


def _without_traceback(_logger: object, _method: str, event: EventDict) -> EventDict:
    """A traceback quotes the values that it met: type and place say enough."""
    if event.pop("exc_info", None):
        error = sys.exc_info()[1]
        event["erreurs"] = [] if error is None else where_it_failed(error)
    return event


def _dumps(event: Any, **_: Any) -> str:
    return orjson.dumps(event, default=str).decode()
