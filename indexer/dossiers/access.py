"""Who may open the file of a person: the one place that decides, for one file and for lists.

Those who follow people in its organisation (référents, and who coordinates them), and in an organisation that it is
shared with, until the day that was said. Nobody else: administrators never read what a person said.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, or_

from indexer.accounts import Actor
from indexer.dossiers.tables import dossier_shares, dossiers


def may_follow(reader: Actor) -> bool:
    """Whether the role lets someone have files at all."""
    return reader.follows_people and bool(reader.organisation_id)


def may_open(reader: Actor, now: datetime) -> ColumnElement[bool]:
    """The condition that a row of `dossiers` meets when `reader` may read and change it at `now`."""
    if not may_follow(reader):
        return false()
    return or_(dossiers.c.organisation_id == reader.organisation_id, _is_shared(reader, now))


def may_govern(reader: Actor) -> ColumnElement[bool]:
    """The same for what only its own organisation decides: sharing it, handing it over, deleting it."""
    if not may_follow(reader):
        return false()
    return dossiers.c.organisation_id == reader.organisation_id


def _is_shared(reader: Actor, now: datetime) -> ColumnElement[bool]:
    return exists().where(
        and_(
            dossier_shares.c.dossier_id == dossiers.c.id,
            dossier_shares.c.organisation_id == reader.organisation_id,
            dossier_shares.c.revoked_at.is_(None),
            dossier_shares.c.until > now,
        )
    )
