"""A served process sends the mails that wait, in a thread of its own.

Several processes may: each mail is claimed by one of them. Without a mail server there is no thread, and the workspace
is not even opened.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from structlog.typing import FilteringBoundLogger

from indexer.errors import MaillageError
from search_api.logs import where_it_failed

if TYPE_CHECKING:
    from indexer.mail.delivery import Delivery

EVERY: Final = 10
"""Seconds between two looks at the outbox: one small read."""


@contextmanager
def posting(
    delivery: "Callable[[], Delivery | None] | None", log: FilteringBoundLogger, every: float = EVERY
) -> Iterator[None]:
    """While the block runs; `delivery` is None where no mail server is set. The mail under way at the end is ended."""
    if delivery is None:
        yield
        return
    stopped = threading.Event()
    thread = threading.Thread(target=_post, args=(delivery, log, stopped, every), name="courriels", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(timeout=20)


def _post(
    delivery: "Callable[[], Delivery | None]", log: FilteringBoundLogger, stopped: threading.Event, every: float
) -> None:
    while not stopped.wait(every):
        try:
            found = delivery()
            if found is not None:
                found.run()
        except MaillageError as error:  # the database may be away for a while: the next look tells
            log.warning("courriels non envoyés", erreur=type(error).__name__)
        except Exception as error:  # noqa: BLE001  a fault of one run must not end the sending of mails
            log.error("courriels non envoyés", erreurs=where_it_failed(error))  # noqa: TRY400  no words of a person
