"""Who may open the file of a person: the one place that decides, for one file and for lists.

The référents of its organisation, and those of an organisation that it is shared with, until the day that was said.
Nobody else: coordinators and administrators manage accounts and offers, and never read what a person said.
"""

from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement, and_, exists, false, or_

from indexer.dossiers.tables import dossier_shares, dossiers

REFERENT = "referent"


class Reader(Protocol):
    """The part of `indexer.accounts.Actor` that decides."""

    @property
    def user_id(self) -> str: ...

    @property
    def role(self) -> str: ...

    @property
    def organisation_id(self) -> str: ...


def may_open(reader: Reader, now: datetime) -> ColumnElement[bool]:
    """The condition that a row of `dossiers` meets when `reader` may read and change it at `now`."""
    if reader.role != REFERENT or not reader.organisation_id:
        return false()
    return or_(dossiers.c.organisation_id == reader.organisation_id, _is_shared(reader, now))


def may_govern(reader: Reader) -> ColumnElement[bool]:
    """The same for what only its own organisation decides: sharing it, handing it over, deleting it."""
    if reader.role != REFERENT or not reader.organisation_id:
        return false()
    return dossiers.c.organisation_id == reader.organisation_id


def _is_shared(reader: Reader, now: datetime) -> ColumnElement[bool]:
    return exists().where(
        and_(
            dossier_shares.c.dossier_id == dossiers.c.id,
            dossier_shares.c.organisation_id == reader.organisation_id,
            dossier_shares.c.revoked_at.is_(None),
            dossier_shares.c.until > now,
        )
    )
