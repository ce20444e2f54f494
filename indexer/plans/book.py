"""The verbs of a plan, once it is known that the author may: access is decided by `service` and `links`."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from indexer.catalogue.database import Database
from indexer.catalogue.work import Clock
from indexer.plans.check import checked
from indexer.plans.errors import LineGone, PlanError, StaleLine
from indexer.plans.history import Value, read_changes, read_values_before, write_change
from indexer.plans.meetings import read_meetings
from indexer.plans.merge import list_changes, merge, rebuild_base
from indexer.plans.model import FIELDS, MAX_LINES, Author, Basis, Change, Fields, Line, Plan
from indexer.plans.rows import (
    add_line,
    drop_line,
    lock_plan,
    read_basis,
    read_line,
    read_lines,
    write_basis,
    write_line,
    write_ranks,
)
from indexer.plans.sealed import Sealing

Touch = Callable[[Connection, str, datetime], None]


class Book:
    """Reads and writes plans by the id of their dossier."""

    def __init__(self, database: Database, sealer: Sealing, clock: Clock, touch: Touch) -> None:
        """`touch` says that something of a dossier changed: its retention starts again."""
        self.database, self.sealer, self.clock, self._touch = database, sealer, clock, touch

    @contextmanager
    def writing(self, dossier_id: str) -> Iterator[Connection]:
        """A transaction in which nobody else changes this plan. NotFound for a dossier just deleted."""
        with self.database.writing() as connection:
            lock_plan(connection, dossier_id)
            yield connection
            self._touch(connection, dossier_id, self.clock())

    def read(self, dossier_id: str) -> Plan:
        """Empty for a dossier whose plan was never made."""
        with self.database.reading() as connection:
            return self.read_in(connection, dossier_id)

    def read_in(self, connection: Connection, dossier_id: str) -> Plan:
        """The same, in a transaction of the caller."""
        built_at, basis = read_basis(connection, self.sealer, dossier_id)
        lines = read_lines(connection, self.sealer, dossier_id)
        return Plan(dossier_id, lines, read_meetings(connection, self.sealer, dossier_id), built_at, basis)

    def history(self, dossier_id: str, limit: int) -> list[Change]:
        with self.database.reading() as connection:
            return read_changes(connection, self.sealer, dossier_id, limit)

    def add(self, dossier_id: str, author: Author, items: Sequence[Fields], basis: Basis | None = None) -> list[Line]:
        """The lines added, at the end. An offer that the plan holds already is not added twice.

        With `basis`, the plan is told to be built from that diagnosis. PlanError beyond MAX_LINES.
        """
        wanted = [checked(fields) for fields in items]
        with self.writing(dossier_id) as connection:
            now, lines = self.clock(), read_lines(connection, self.sealer, dossier_id)
            fresh = _not_held(lines, wanted)
            if len(lines) + len(fresh) > MAX_LINES:
                raise PlanError(f"Un plan a {MAX_LINES} étapes au plus. Retirez celles qui ne servent plus.")
            added = [Line(secrets.token_urlsafe(9), 1, fields, now, now) for fields in fresh]
            for rank, line in enumerate(added, len(lines)):
                add_line(connection, self.sealer, dossier_id, rank, line)
                self._tell(connection, dossier_id, author, line, ("ajout", None, line.fields.titre))
            if basis is not None:
                write_basis(connection, self.sealer, dossier_id, basis, now)
        return added

    def change(self, dossier_id: str, author: Author, line_id: str, version: int, wanted: Fields) -> Line:
        """The line as written: `wanted`, with what others changed of other fields since `version`.

        StaleLine when both changed a field, each otherwise; LineGone when it was taken off.
        """
        wanted = checked(wanted)
        with self.writing(dossier_id) as connection:
            current = self._current(connection, dossier_id, line_id, wanted)
            base = rebuild_base(current.fields, read_values_before(connection, self.sealer, line_id, version))
            merged = merge(base, current.fields, wanted)
            if merged.conflicts:
                raise StaleLine(current, wanted, merged.conflicts, merged.fields)
            return self._write(connection, dossier_id, author, current, merged.fields)

    def fields_at(self, dossier_id: str, line_id: str, version: int) -> Fields:
        """The fields of a line as they were at a version. LineGone when it was taken off."""
        with self.database.reading() as connection:
            current = self._current(connection, dossier_id, line_id, Fields(titre=""))
            return rebuild_base(current.fields, read_values_before(connection, self.sealer, line_id, version))

    def remove(self, dossier_id: str, author: Author, line_id: str, version: int) -> None:
        """StaleLine when it was changed since `version`. A line that is gone already is no error."""
        with self.writing(dossier_id) as connection:
            current = read_line(connection, self.sealer, dossier_id, line_id)
            if current is None:
                return
            if current.version != version:
                raise StaleLine(current, current.fields, (), current.fields)
            drop_line(connection, line_id)
            lines = read_lines(connection, self.sealer, dossier_id)
            write_ranks(connection, lines)
            self._tell(connection, dossier_id, author, current, ("retrait", current.fields.titre, None))

    def move(self, dossier_id: str, author: Author, line_id: str, places: int) -> None:
        """By `places` towards the end, towards the beginning when below 0; never beyond either."""
        with self.writing(dossier_id) as connection:
            lines = list(read_lines(connection, self.sealer, dossier_id))
            was = next((place for place, line in enumerate(lines) if line.id == line_id), None)
            if was is None:
                raise PlanError("Cette étape n’est plus dans le plan : quelqu’un d’autre l’a retirée.")
            line = lines.pop(was)
            place = min(max(was + places, 0), len(lines))
            if place == was:
                return
            lines.insert(place, line)
            write_ranks(connection, lines)
            self._tell(connection, dossier_id, author, line, ("ordre", was + 1, place + 1))

    def tell_in(self, connection: Connection, dossier_id: str, author: Author, champ: str, titre: str) -> None:
        """Writes down what is of no line, in a transaction of the caller."""
        change = Change(self.clock(), author, champ, titre, None, None, None)
        write_change(connection, self.sealer, dossier_id, change)

    def _current(self, connection: Connection, dossier_id: str, line_id: str, wanted: Fields) -> Line:
        current = read_line(connection, self.sealer, dossier_id, line_id)
        if current is None:
            raise LineGone(wanted)
        return current

    def _write(self, connection: Connection, dossier_id: str, author: Author, was: Line, fields: Fields) -> Line:
        changes = list_changes(was.fields, fields)
        if not changes:
            return was
        line = replace(was, version=was.version + 1, fields=fields, changed_at=self.clock())
        write_line(connection, self.sealer, line)
        for change in changes:
            self._tell(connection, dossier_id, author, line, change)
        return line

    def _tell(
        self, connection: Connection, dossier_id: str, author: Author, line: Line, what: tuple[str, Value, Value]
    ) -> None:
        champ, avant, apres = what
        change = Change(self.clock(), author, champ, line.fields.titre, avant, apres, line.id)
        write_change(connection, self.sealer, dossier_id, change, line.version if champ in FIELDS else None)


def _not_held(lines: Sequence[Line], wanted: Sequence[Fields]) -> list[Fields]:
    """Those whose offer no line holds yet, each once; steps in free words are all new."""
    held = {line.fields.offre_id for line in lines} - {None}
    fresh = []
    for fields in wanted:
        if fields.offre_id is None or fields.offre_id not in held:
            fresh.append(fields)
            held.add(fields.offre_id)
    return fresh
