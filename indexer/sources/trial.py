"""Reads a source without changing anything: what an import would take, refuse, and leave out."""

import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from indexer.issue_log import IssueLog
from indexer.schema import Kind, Offer, Structure
from indexer.sources.collect import collect
from indexer.sources.fetch import Waits
from indexer.sources.keep import SourceFolder, SourceState
from indexer.sources.mapping import MappingCounts
from indexer.sources.model import Source
from indexer.sources.sync import build_normalise, iter_source_records

SHOWN = 3
_PLURALS = {Kind.STRUCTURE: "structures", Kind.OFFER: "offres"}


@dataclass
class Trial:
    """Figures by kind, what was wrong, and the first records as they would be kept."""

    read: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))
    accepted: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))
    issues: IssueLog = field(default_factory=IssueLog)
    mapping: MappingCounts = field(default_factory=MappingCounts)
    examples: list[Offer | Structure] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return {
            "lues": {_PLURALS[kind]: count for kind, count in self.read.items()},
            "acceptees": {_PLURALS[kind]: count for kind, count in self.accepted.items()},
            "correspondance": self.mapping.as_dict(),
            "regles": [rule.as_dict() for rule in self.issues.by_rule()],
            "exemples": [e.model_dump(mode="json", exclude_none=True, exclude_defaults=True) for e in self.examples],
        }


def try_source(source: Source, waits: Waits, now: datetime) -> Trial:
    """Fetches and reads the source in a folder of its own. Raises FeedError, SettingError."""
    trial = Trial()
    normalise = build_normalise(now)
    with tempfile.TemporaryDirectory() as base:
        folder = SourceFolder(Path(base), source.flux)
        contents = collect(source, SourceState(), folder, waits, now).contents
        for raw in iter_source_records(source, folder, contents, now, trial.mapping):
            trial.read[raw.kind] += 1
            record, issues = normalise(raw)
            for issue in issues:
                trial.issues.add(issue)
            if record is not None:
                trial.accepted[raw.kind] += 1
                if sum(isinstance(e, type(record)) for e in trial.examples) < SHOWN:
                    trial.examples.append(record)
    return trial
