"""Version folders: their names, what is said of them, which one is live."""

import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import orjson

from indexer.engines.base import VersionInfo
from indexer.engines.embedded.storage import replacing, sync_folder
from indexer.engines.shared import KEPT_FOR_ROLLBACK, build_name, parse_name
from indexer.errors import EngineError, NoActiveVersionError, VersionGoneError

SCHEMA = 3
"""Raised when the files of a version change: an older version is then refused and must be rebuilt."""

_BUILDING = ".building"
_MANIFEST = "version.json"
_CURRENT = "CURRENT"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a finished version says of itself."""

    name: str
    documents: int
    encoder: str
    dimensions: int
    schema: int
    built_at: str


class VersionFolders:
    """The folder of an index: one folder a version, and `CURRENT`, which names the live one and those before it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, name: str) -> Path:
        return self.root / name

    def building_path(self, name: str) -> Path:
        return self.root / (name + _BUILDING)

    def start(self, day: date) -> str:
        """A new empty folder for a build; what dead builders left is removed."""
        self.root.mkdir(parents=True, exist_ok=True)
        for left in self.root.glob(f"*{_BUILDING}"):
            shutil.rmtree(left)
        numbers = [n for _, d, n in self._parsed() if d == f"{day:%Y%m%d}"]
        name = build_name(SCHEMA, day, 1 + max(numbers, default=0))
        self.building_path(name).mkdir()
        return name

    def finish(self, manifest: Manifest) -> None:
        """The build becomes a version; complete on disk."""
        folder = self.building_path(manifest.name)
        with replacing(folder / _MANIFEST) as file:
            file.write(orjson.dumps(asdict(manifest)))
        folder.rename(self.path(manifest.name))
        sync_folder(self.root)

    def discard(self, name: str) -> None:
        if name == self.live_name():
            raise EngineError(f"La version {name} est en service : elle ne peut pas être supprimée.")
        for folder in (self.path(name), self.building_path(name)):
            shutil.rmtree(folder, ignore_errors=True)

    def manifest(self, name: str) -> Manifest:
        """VersionGoneError when the version is not kept, or is no version's name: a name becomes a folder."""
        if parse_name(name) is None:
            raise VersionGoneError("Cette version de l'index n'existe pas.")
        try:
            return Manifest(**orjson.loads((self.path(name) / _MANIFEST).read_bytes()))
        except FileNotFoundError as error:
            raise VersionGoneError(f"La version {name} de l'index n'est plus conservée.") from error
        except (TypeError, orjson.JSONDecodeError) as error:
            raise EngineError(f"La version {name} de l'index est illisible. Lancez « maillage reindex ».") from error

    def history(self) -> list[str]:
        """The live version, then those before it."""
        try:
            names = orjson.loads((self.root / _CURRENT).read_bytes())
        except FileNotFoundError:
            return []
        return [str(name) for name in names]

    def live_name(self) -> str | None:
        return next(iter(self.history()), None)

    def live(self) -> Manifest:
        """The live version's manifest; it must be of this schema."""
        name = self.live_name()
        if name is None:
            raise NoActiveVersionError("Aucun index n'est construit. Lancez « maillage reindex ».")
        return self.usable(name)

    def usable(self, name: str) -> Manifest:
        """The manifest of a version that this program can read; EngineError for another schema."""
        manifest = self.manifest(name)
        if manifest.schema != SCHEMA:
            message = f"L'index {name} a le schéma {manifest.schema}, ce programme attend le {SCHEMA}."
            raise EngineError(f"{message} Lancez « maillage reindex ».")
        return manifest

    def stamp(self) -> tuple[int, int]:
        """Changes whenever another version becomes live."""
        try:
            status = (self.root / _CURRENT).stat()
        except FileNotFoundError:
            return (0, 0)
        return status.st_mtime_ns, status.st_ino

    def switch(self, name: str, *, keep: bool = True) -> None:
        """Makes a version live at once. `keep`: the one it replaces stays for a rollback, and older ones are removed.

        A version that was rolled back from stays until another goes live, so that its name is never given again.
        """
        self.usable(name)
        before = [n for n in self.history() if n != name]
        if not keep:
            before = before[1:]
        names = [name, *before[:KEPT_FOR_ROLLBACK]]
        with replacing(self.root / _CURRENT) as file:
            file.write(orjson.dumps(names))
        for other in self._names() if keep else ():
            if other not in names:
                shutil.rmtree(self.path(other), ignore_errors=True)

    def infos(self) -> list[VersionInfo]:
        """Finished versions, newest first. One that cannot be read, or goes as we look, is left out."""
        live = self.live_name()
        manifests = [manifest for manifest in map(self._manifest_or_none, self._names()) if manifest is not None]
        newest_first = sorted(manifests, key=lambda m: (m.built_at, m.name), reverse=True)
        return [info_of(manifest, active=manifest.name == live) for manifest in newest_first]

    def _manifest_or_none(self, name: str) -> Manifest | None:
        try:
            return self.manifest(name)
        except EngineError:
            return None

    def _names(self) -> Iterator[str]:
        for path in self.root.iterdir() if self.root.is_dir() else ():
            if parse_name(path.name) is not None and (path / _MANIFEST).is_file():
                yield path.name

    def _parsed(self) -> Iterator[tuple[int, str, int]]:
        for path in self.root.iterdir():
            parsed = parse_name(path.name)
            if parsed is not None:
                yield parsed


def info_of(manifest: Manifest, *, active: bool) -> VersionInfo:
    built_at = datetime.fromisoformat(manifest.built_at).astimezone(UTC)
    return VersionInfo(manifest.name, manifest.documents, manifest.encoder, manifest.schema, built_at, active)
