"""The jobs of a process: the index made on first use, again when other tables are loaded."""

import threading
from dataclasses import dataclass
from pathlib import Path

from indexer.embeddings.encoder import Encoder
from indexer.errors import ReferenceDataError
from indexer.metiers.reader import JobReader
from indexer.metiers.sayings import Sayings, load_sayings
from indexer.metiers.search import JobHit, JobIndex
from indexer.metiers.titles import LoadedJobs, load_jobs
from indexer.metiers.vectors import load_vectors
from indexer.reference.loaded import stamp_of
from indexer.reference.shipped import rome_labels

SHOWN_CLOSE = 10
"""Close jobs that are given: the table ranks more than anyone reads."""


@dataclass(frozen=True, slots=True)
class JobSheet:
    """A job. `noms` are ours, as people say it; `proches` is None when close jobs are not loaded."""

    code_rome: str
    libelle: str
    sayings: Sayings
    titles: tuple[str, ...]
    close: tuple[tuple[str, str], ...] | None


@dataclass(frozen=True)
class _Made:
    """An index and the loaded tables that it was made with."""

    stamp: int
    loaded: LoadedJobs
    index: JobIndex


class Jobs:
    """Shared by all threads of a process. Making the index takes about a second, twice with the job titles."""

    def __init__(self, encoder: Encoder, directory: Path) -> None:
        self._encoder, self._directory = encoder, directory
        self._lock = threading.Lock()
        self._made: _Made | None = None
        self.reader = JobReader(lambda: self._current().index, encoder)

    def search(self, text: str, size: int) -> tuple[JobHit, ...]:
        """The likeliest jobs, best first. EncoderError when the encoder cannot answer."""
        index = self._current().index
        return index.search(text, self._encoder.encode_queries([text])[0], size) if text.strip() else ()

    def get(self, code: str) -> JobSheet | None:
        """None for a code that the ROME does not have."""
        label = rome_labels().get(code)
        if label is None:
            return None
        loaded = self._current().loaded
        titles = tuple(entry.text for entry in loaded.titles if entry.code == code)
        return JobSheet(code, label, load_sayings().get(code, Sayings()), titles, _close(loaded, code))

    def close_to(self, code: str) -> tuple[str, ...]:
        """Codes of the jobs that one easily goes to, the closest first; none where they are not loaded."""
        close = self._current().loaded.close
        return () if close is None else close.get(code, ())

    def warm_up(self) -> None:
        """Makes the index before the first question."""
        self._current()

    def _current(self) -> _Made:
        """Loaded anew when the record of loaded tables has changed."""
        stamp = stamp_of(self._directory)
        made = self._made
        if made is not None and made.stamp == stamp:
            return made
        with self._lock:
            if self._made is None or self._made.stamp != stamp:
                self._made = self._make(stamp)
            return self._made

    def _make(self, stamp: int) -> _Made:
        try:
            loaded = load_jobs(self._directory)
        except ReferenceDataError:
            loaded = LoadedJobs()  # `maillage reference status` tells it; jobs are found without titles meanwhile
        return _Made(stamp, loaded, JobIndex(loaded.titles, load_vectors(self._encoder.name)))


def _close(loaded: LoadedJobs, code: str) -> tuple[tuple[str, str], ...] | None:
    if loaded.close is None:
        return None
    labels = rome_labels()
    return tuple((other, labels[other]) for other in loaded.close.get(code, ())[:SHOWN_CLOSE])
