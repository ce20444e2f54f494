"""All issues of one import, in constant memory: counted by rule with their first rows, the rest spooled to disk."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import Any

import orjson

from indexer.schema import Issue, Severity

EXAMPLES = 5
"""Rows shown for each rule: enough to find the pattern, few enough to read."""

_IN_MEMORY = 4_000_000  # bytes before the spool goes to a temporary file

_GRAVEST_FIRST = {Severity.REJECTION: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(slots=True)
class RuleCount:
    """How often a rule spoke, and the first times."""

    rule: str
    severity: Severity
    count: int = 0
    examples: list[Issue] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return {
            "regle": self.rule,
            "gravite": self.severity,
            "nombre": self.count,
            "exemples": [
                {"fichier": i.fichier, "ligne": i.ligne, "id": i.id, "champ": i.champ, "valeur": i.valeur}
                | {"message": i.message}
                for i in self.examples
            ],
        }


class IssueLog:
    """Takes issues one by one; gives them back in the same order."""

    def __init__(self) -> None:
        self._rules: dict[tuple[str, Severity], RuleCount] = {}
        # Lives as long as the report; its file has no name and goes with it.
        self._spool = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self.total = 0

    def add(self, issue: Issue) -> None:
        key = (issue.regle, issue.gravite)
        rule = self._rules.setdefault(key, RuleCount(*key))
        rule.count += 1
        if len(rule.examples) < EXAMPLES:
            rule.examples.append(issue)
        self._spool.write(orjson.dumps(issue.as_dict(), option=orjson.OPT_APPEND_NEWLINE))
        self.total += 1

    def count(self, rule: str) -> int:
        """How often a rule spoke, whatever the severity."""
        return sum(found.count for found in self._rules.values() if found.rule == rule)

    def by_rule(self) -> list[RuleCount]:
        """Gravest first, then most frequent, then by name."""
        return sorted(self._rules.values(), key=lambda r: (_GRAVEST_FIRST[r.severity], -r.count, r.rule))

    def iter_lines(self) -> Iterator[bytes]:
        """Each issue as one line of JSON, in the order of arrival."""
        self._spool.seek(0)
        try:
            for line in self._spool:
                yield line.rstrip(b"\n")
        finally:
            self._spool.seek(0, 2)
