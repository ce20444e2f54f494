"""A record while it is being mended: its values, and what was found on the way."""

from typing import Any

from indexer.schema import Issue, Kind, RawRecord, Severity
from indexer.schema.issues import shown


class Draft:
    """The values of one raw record, changed step by step; each change that a producer should know of is an issue.

    An absent value has no key. Steps read `fields` freely and write it through the verbs below.
    """

    def __init__(self, raw: RawRecord) -> None:
        self.raw = raw
        self.kind: Kind = raw.kind
        self.fields: dict[str, Any] = dict(raw.fields)
        self.issues: list[Issue] = []
        self.rejected = False

    def get(self, field: str) -> Any:
        return self.fields.get(field)

    def set(self, field: str, value: Any) -> None:
        """Replaces a value without telling: cosmetic changes only."""
        self.fields[field] = value

    def mend(self, field: str, value: Any, rule: str, message: str, severity: Severity = Severity.INFO) -> None:
        """Replaces a value and says so."""
        self.note(field, rule, message, severity)
        self.fields[field] = value

    def drop(self, field: str, rule: str, message: str) -> None:
        """Removes an optional value and says so; the record stays."""
        self.note(field, rule, message, Severity.WARNING)
        self.fields.pop(field, None)

    def reject(self, field: str, rule: str, message: str) -> None:
        """The record is not taken in."""
        self.note(field, rule, message, Severity.REJECTION)
        self.rejected = True

    def note(
        self, field: str, rule: str, message: str, severity: Severity = Severity.WARNING, value: object = None
    ) -> None:
        """An issue about a value that stays as it is (or about `value`, when given)."""
        seen = self.fields.get(field) if value is None else value
        identity = self.fields.get("id")
        self.issues.append(
            Issue(
                flux=self.raw.flux,
                fichier=self.raw.file,
                ligne=self.raw.row,
                id=None if identity is None else shown(identity),
                champ=field,
                valeur="" if seen is None else shown(seen),
                regle=rule,
                gravite=severity,
                message=message,
            )
        )
