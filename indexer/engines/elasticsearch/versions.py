"""Versions as indices: their names, what is said of them, which is live. Everything is told by the cluster itself."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from indexer.engines.base import Document, VersionInfo
from indexer.engines.elasticsearch.client import WRITE_S, Cluster, MissingError, RefusedError
from indexer.engines.elasticsearch.mapping import SCHEMA, build_mapping, build_settings, live_settings
from indexer.engines.shared import KEPT_FOR_ROLLBACK, build_name, parse_name
from indexer.errors import BusyError, EngineError, NoActiveVersionError, VersionGoneError

_ROLES = ("offres", *(f"offres-avant-{n}" for n in range(1, KEPT_FOR_ROLLBACK + 1)))
"""Aliases: the live version, then those that it replaced. They move together, in one request."""

_SEGMENT = 250_000
"""Offers that one segment holds, about: 100,000 in one are searched twice as fast as in eighteen."""

_GATHERING_S, _BEAT_S = 3_600.0, 60.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A version as the cluster tells it. `finished`: its build came to its end."""

    name: str
    encoder: str
    dimensions: int
    schema: int
    finished: bool
    documents: int
    built_at: str
    roles: frozenset[str]


class Versions:
    """The versions of one prefix."""

    def __init__(self, cluster: Cluster, prefix: str, dimensions: int) -> None:
        self._cluster, self._prefix, self._dimensions = cluster, prefix, dimensions

    @property
    def live_alias(self) -> str:
        return self._alias(_ROLES[0])

    def index(self, name: str) -> str:
        """The index of a version. VersionGoneError for what is no version's name: a name becomes an address."""
        if parse_name(name) is None:
            raise VersionGoneError("Cette version de l'index n'existe pas.")
        return f"{self._prefix}-{name}"

    def name_of(self, index: str) -> str:
        return index.removeprefix(f"{self._prefix}-")

    def check(self, document: Document) -> None:
        """EngineError for a vector that a version could not hold: nothing is written then."""
        if document.vector.shape != (self._dimensions,) or not np.isfinite(document.vector).all():
            message = f"Le vecteur de « {document.id} » ne convient pas à l'index."
            raise EngineError(f"{message} L'encodeur a-t-il changé ? Lancez « maillage reindex ».")

    def start(self, day: date, encoder: str) -> str:
        """A new empty version; what dead builders left is removed."""
        kept = self.all()
        self._delete([version.name for version in kept if not version.finished])
        parsed = [parse_name(version.name) for version in kept if version.finished]
        numbers = [p[2] for p in parsed if p is not None and p[1] == f"{day:%Y%m%d}"]
        name = build_name(SCHEMA, day, 1 + max(numbers, default=0))
        meta = {"encoder": encoder, "dimensions": self._dimensions, "schema": SCHEMA, "finished": False}
        mapping = build_mapping(self._dimensions, meta)
        index, settings = self.index(name), build_settings()
        try:
            self._cluster.call(
                lambda c: c.indices.create(index=index, settings=settings, mappings=mapping), timeout=WRITE_S
            )
        except RefusedError as error:
            if "resource_already_exists" in str(error):
                raise BusyError("Une construction de l'index est déjà en cours. Attendez qu'elle finisse.") from error
            raise
        return name

    def finish(self, name: str, documents: int, now: datetime, beat: Callable[[], None]) -> VersionInfo:
        """The build becomes a version, with copies where there are nodes for them. `beat` is called all along."""
        index = self.index(name)
        held = self.get(name)
        meta = {
            "encoder": held.encoder,
            "dimensions": held.dimensions,
            "schema": held.schema,
            "finished": True,
            "documents": documents,
            "built_at": now.isoformat(),
        }
        settings = live_settings()
        self._gather(index, documents, beat)
        self._cluster.call(lambda c: c.indices.refresh(index=index), timeout=WRITE_S)
        self._cluster.call(lambda c: c.indices.put_settings(index=index, settings=settings), timeout=WRITE_S)
        self._cluster.call(lambda c: c.indices.put_mapping(index=index, meta=meta), timeout=WRITE_S)
        return info_of(self.get(name))

    def _gather(self, index: str, documents: int, beat: Callable[[], None]) -> None:
        """Few large segments in place of dozens: each search pays for every one."""
        segments = max(1, documents // _SEGMENT)
        with ThreadPoolExecutor(1) as pool:
            gathering = pool.submit(
                self._cluster.call,
                lambda c: c.indices.forcemerge(index=index, max_num_segments=segments),
                timeout=_GATHERING_S,
            )
            while not wait([gathering], timeout=_BEAT_S).done:
                beat()
        gathering.result()

    def discard(self, name: str) -> None:
        if _ROLES[0] in self._roles_of(name):
            raise EngineError(f"La version {name} est en service : elle ne peut pas être supprimée.")
        self._delete([name])

    def switch(self, name: str, *, keep: bool = True) -> None:
        """Makes a version live at once. `keep`: the one it replaces stays for a rollback, and older ones are removed.

        A version that was rolled back from stays until another goes live, so that its name is never given again.
        """
        usable(self.get(name))
        kept = self.all()
        before = [other for other in _history(kept) if other != name]
        names = [name, *(before if keep else before[1:])][: len(_ROLES)]
        self._move(kept, dict(zip(_ROLES, names, strict=False)))
        if keep:
            self._delete([v.name for v in kept if v.finished and v.name not in names])

    def remove_all(self) -> None:
        """Every version, the live one too."""
        self._delete([version.name for version in self.all()])

    def history(self) -> list[str]:
        """The live version, then those before it."""
        return _history(self.all())

    def live(self) -> Kept:
        """The live version; it must be of this schema."""
        live = next((version for version in self.all() if _ROLES[0] in version.roles), None)
        if live is None:
            raise NoActiveVersionError("Aucun index n'est construit. Lancez « maillage reindex ».")
        return usable(live)

    def get(self, name: str) -> Kept:
        """VersionGoneError when it is not kept."""
        index = self.index(name)
        try:
            told = self._cluster.call(lambda c: c.indices.get(index=index, features="aliases,mappings"))
        except MissingError as error:
            raise VersionGoneError(f"La version {name} de l'index n'est plus conservée.") from error
        return self._kept(index, told[index])

    def all(self) -> list[Kept]:
        """Everything of this prefix, unfinished ones too."""
        pattern = f"{self._prefix}-offres-*"
        told = self._cluster.call(lambda c: c.indices.get(index=pattern, features="aliases,mappings"))
        return [self._kept(index, held) for index, held in told.items() if parse_name(self.name_of(index)) is not None]

    def infos(self) -> list[VersionInfo]:
        """Finished versions, newest first."""
        finished = sorted((v for v in self.all() if v.finished), key=lambda v: (v.built_at, v.name), reverse=True)
        return [info_of(version) for version in finished]

    def _move(self, kept: Iterable[Kept], roles: dict[str, str]) -> None:
        actions: list[dict[str, Any]] = [
            {"remove": {"index": self.index(version.name), "alias": self._alias(role)}}
            for version in kept
            for role in sorted(version.roles)
        ]
        actions += [{"add": {"index": self.index(name), "alias": self._alias(role)}} for role, name in roles.items()]
        self._cluster.call(lambda c: c.indices.update_aliases(actions=actions), timeout=WRITE_S)

    def _delete(self, names: Iterable[str]) -> None:
        for name in names:
            self._drop(self.index(name))

    def _drop(self, index: str) -> None:
        self._cluster.call(lambda c: c.indices.delete(index=index, ignore_unavailable=True), timeout=WRITE_S)

    def _roles_of(self, name: str) -> frozenset[str]:
        try:
            return self.get(name).roles
        except VersionGoneError:
            return frozenset()

    def _alias(self, role: str) -> str:
        return f"{self._prefix}-{role}"

    def _kept(self, index: str, told: dict[str, Any]) -> Kept:
        meta = told["mappings"].get("_meta", {})
        return Kept(
            name=self.name_of(index),
            encoder=meta.get("encoder", ""),
            dimensions=meta.get("dimensions", 0),
            schema=meta.get("schema", 0),
            finished=meta.get("finished", False),
            documents=meta.get("documents", 0),
            built_at=meta.get("built_at", ""),
            roles=frozenset(role for role in _ROLES if self._alias(role) in told.get("aliases", {})),
        )


def usable(version: Kept) -> Kept:
    """The version, if this program can read it; EngineError for another schema."""
    if version.schema != SCHEMA:
        message = f"L'index {version.name} a le schéma {version.schema}, ce programme attend le {SCHEMA}."
        raise EngineError(f"{message} Lancez « maillage reindex ».")
    return version


def info_of(version: Kept) -> VersionInfo:
    built_at = datetime.fromisoformat(version.built_at).astimezone(UTC)
    active = _ROLES[0] in version.roles
    return VersionInfo(version.name, version.documents, version.encoder, version.schema, built_at, active)


def _history(kept: Iterable[Kept]) -> list[str]:
    by_role = {role: version.name for version in kept for role in version.roles}
    return [by_role[role] for role in _ROLES if role in by_role]
