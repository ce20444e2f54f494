"""The report of one import: what was read, what it changed, what was wrong and where."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson

from indexer.issue_log import IssueLog
from indexer.schema import Issue, Kind, Severity


@dataclass(slots=True)
class Tally:
    """Records of one kind. read = accepted + rejected + duplicates + identical_duplicates;
    accepted = created + updated + unchanged + restored; what the flux listed no more = retired + taken_over.
    """

    read: int = 0
    accepted: int = 0
    rejected: int = 0
    duplicates: int = 0  # same id as an earlier record, other content: left out, with an issue
    identical_duplicates: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    restored: int = 0
    retired: int = 0
    taken_over: int = 0  # gone from this flux, still listed by another

    def as_dict(self) -> dict[str, int]:
        return {_FRENCH[item.name]: getattr(self, item.name) for item in fields(self)}


_FRENCH = {
    "read": "lues",
    "accepted": "acceptees",
    "rejected": "rejetees",
    "duplicates": "doublons",
    "identical_duplicates": "doublons_identiques",
    "created": "creees",
    "updated": "modifiees",
    "unchanged": "inchangees",
    "restored": "restaurees",
    "retired": "retirees",
    "taken_over": "reprises",
}


class ImportState(StrEnum):
    """How a command ended; `retenu` by a guard."""

    RUNNING = "en-cours"
    DONE = "fini"
    HELD = "retenu"
    FAILED = "echoue"


@dataclass
class ImportReport:
    """What one command did. `import_id` is None unless it is committed; `message` tells why it is not."""

    flux: str
    files: tuple[str, ...]
    licence: str | None
    started_at: datetime
    finished_at: datetime | None = None
    state: ImportState = ImportState.RUNNING
    message: str = ""
    import_id: int | None = None
    tallies: dict[Kind, Tally] = field(default_factory=lambda: {Kind.STRUCTURE: Tally(), Kind.OFFER: Tally()})
    dropped_fields: int = 0
    mended: int = 0
    unpublished: int = 0  # offers without their structure
    issues: IssueLog = field(default_factory=IssueLog)

    def total(self, name: str) -> int:
        """One figure of Tally, over both kinds."""
        return sum(getattr(tally, name) for tally in self.tallies.values())

    @property
    def read(self) -> int:
        return self.total("read")

    @property
    def accepted(self) -> int:
        return self.total("accepted")

    @property
    def rejected(self) -> int:
        return self.total("rejected")

    @property
    def duplicates(self) -> int:
        return self.total("duplicates")

    @property
    def created(self) -> int:
        return self.total("created")

    @property
    def updated(self) -> int:
        return self.total("updated")

    @property
    def unchanged(self) -> int:
        return self.total("unchanged")

    @property
    def restored(self) -> int:
        return self.total("restored")

    @property
    def retired(self) -> int:
        return self.total("retired")

    @property
    def taken_over(self) -> int:
        return self.total("taken_over")

    @property
    def changed(self) -> bool:
        """Whether the live index has something to learn."""
        return self.created + self.updated + self.restored + self.retired > 0

    def note(self, issue: Issue, dropped: bool = False) -> None:
        """Counts and keeps one issue; `dropped` when it cost the record a value."""
        self.issues.add(issue)
        self.dropped_fields += dropped
        self.mended += issue.gravite is Severity.INFO

    def end(self, state: ImportState, message: str, now: datetime) -> None:
        """Closes the report. Of an import that is undone, what it would have changed is forgotten."""
        self.state, self.message, self.finished_at = state, message, now
        if state is not ImportState.DONE:
            self.import_id, self.unpublished = None, 0
            for tally in self.tallies.values():
                tally.created = tally.updated = tally.unchanged = 0
                tally.restored = tally.retired = tally.taken_over = 0

    def as_dict(self) -> dict[str, Any]:
        """The report without the list of all issues: figures, and each rule with its first rows."""
        return {
            "flux": self.flux,
            "fichiers": list(self.files),
            "licence": self.licence,
            "etat": self.state,
            "message": self.message,
            "import": self.import_id,
            "debut": self.started_at.isoformat(),
            "fin": None if self.finished_at is None else self.finished_at.isoformat(),
            "structures": self.tallies[Kind.STRUCTURE].as_dict(),
            "offres": self.tallies[Kind.OFFER].as_dict(),
            "offres_sans_structure": self.unpublished,
            "champs_ecartes": self.dropped_fields,
            "corrections": self.mended,
            "regles": [rule.as_dict() for rule in self.issues.by_rule()],
        }

    def iter_json(self) -> Iterator[bytes]:
        """The whole report as JSON, in pieces: `as_dict` and, under `anomalies`, every issue."""
        head = orjson.dumps(self.as_dict(), option=orjson.OPT_INDENT_2)
        yield head.removesuffix(b"\n}") + b',\n  "anomalies": ['
        separator = b"\n    "
        for line in self.issues.iter_lines():
            yield separator + line
            separator = b",\n    "
        yield b"\n  ]\n}\n"

    def write(self, path: Path) -> None:
        """Writes `iter_json` to a file. Raises OSError."""
        with path.open("wb") as file:
            file.writelines(self.iter_json())
