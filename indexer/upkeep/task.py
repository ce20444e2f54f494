"""One daily duty."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Task:
    """`run` takes the workspace and the moment, and gives how many things it did. Doing it again does no harm.

    `label` says in French what it counts: « courriels effacés ».
    """

    name: str
    label: str
    run: "Callable[[Workspace, datetime], int]"
