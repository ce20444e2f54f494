"""What was fetched of each source, kept by content so that it can be replayed, and what is known of it."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

import orjson

from indexer.errors import FeedError
from indexer.sources.fetch import Seen

KEPT: Final = 10
"""Contents kept a source: two months of a weekly file, ten days of a daily one."""


@dataclass(frozen=True, slots=True)
class Content:
    """One raw file: its name as told, SHA-256, bytes, when it was first had."""

    nom: str
    sha256: str
    taille: int
    recu_le: datetime


@dataclass(frozen=True, slots=True)
class SourceState:
    """What the last syncs left. `contenus` are the current files; `import_id` the import that they made."""

    etag: str | None = None
    last_modified: str | None = None
    definition: str = ""
    import_id: int | None = None
    importe_le: datetime | None = None
    vu_le: datetime | None = None
    change_le: datetime | None = None
    contenus: tuple[Content, ...] = ()
    anciens: tuple[Content, ...] = ()

    @property
    def seen(self) -> Seen:
        return Seen(self.etag, self.last_modified)

    @property
    def hashes(self) -> tuple[str, ...]:
        return tuple(content.sha256 for content in self.contenus)


class SourceFolder:
    """The folder of one source: `etat.json`, `rapport.json`, `bruts/<sha256>`."""

    def __init__(self, base: Path, flux: str) -> None:
        self.path = base / flux
        self.raw = self.path / "bruts"
        self.report = self.path / "rapport.json"
        self._state = self.path / "etat.json"

    def read(self) -> SourceState:
        """The state; a new one when there is none, or when it cannot be understood: all is then fetched again."""
        try:
            values = orjson.loads(self._state.read_bytes())
            return _parse(values)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return SourceState()

    def write(self, state: SourceState) -> SourceState:
        """Keeps a state, whole or not at all, and forgets the raw files that are of no use any more."""
        known = dict.fromkeys((*state.contenus, *state.anciens))
        kept = replace(state, anciens=tuple(c for c in known if c not in state.contenus)[:KEPT])
        self.path.mkdir(parents=True, exist_ok=True)
        temporary = self._state.with_suffix(".tmp")
        temporary.write_bytes(orjson.dumps(asdict(kept), option=orjson.OPT_INDENT_2))
        temporary.replace(self._state)
        names = {content.sha256 for content in (*kept.contenus, *kept.anciens)}
        for path in self.raw.glob("*"):
            if path.name not in names and not path.name.startswith("tmp"):
                path.unlink(missing_ok=True)
        return kept

    @contextmanager
    def new_file(self) -> Iterator[IO[bytes]]:
        """A file to write a content in, beside those that are kept; gone afterwards unless `add` took it."""
        self.raw.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=self.raw) as file:
            yield file

    def add(self, file: IO[bytes], name: str, now: datetime) -> Content:
        """Keeps what was written in `file` under its hash."""
        file.seek(0)
        hasher = hashlib.sha256()
        while chunk := file.read(1 << 20):
            hasher.update(chunk)
        digest, size = hasher.hexdigest(), file.tell()
        self.raw.mkdir(parents=True, exist_ok=True)
        target = self.raw / digest
        if not target.exists():
            file.seek(0)
            temporary = self.raw / f"tmp-{digest}"
            with temporary.open("wb") as copy:
                shutil.copyfileobj(file, copy)
            temporary.replace(target)
        return Content(name, digest, size, now)

    def path_of(self, content: Content) -> Path:
        """Where a content is. FeedError when it is not kept any more."""
        path = self.raw / content.sha256
        if not path.is_file():
            raise FeedError(f"{content.nom} : ce contenu n'est plus gardé. Relancez sans --replay.")
        return path


def _parse(values: dict[str, Any]) -> SourceState:
    for name in ("importe_le", "vu_le", "change_le"):
        values[name] = None if values.get(name) is None else datetime.fromisoformat(values[name])
    for name in ("contenus", "anciens"):
        values[name] = tuple(_parse_content(item) for item in values[name])
    return SourceState(**values)


def _parse_content(item: dict[str, Any]) -> Content:
    return Content(item["nom"], item["sha256"], item["taille"], datetime.fromisoformat(item["recu_le"]))
