"""Organisations of the territory."""

from collections.abc import Sequence

from sqlalchemy import Connection, Row, func, insert, select, update
from stdnum.fr import siret as siret_number

from indexer.accounts.model import Organisation, new_id
from indexer.accounts.tables import organisations
from indexer.catalogue.work import Clock
from indexer.errors import AccountError, NotFoundError

MAX_NAME = 150


def add_organisation(
    connection: Connection, clock: Clock, name: str, siret: str | None = None, partner: bool = True
) -> Organisation:
    """AccountError for a name that is empty, too long or taken, and for a SIRET that is none."""
    name, siret = checked_name(name), _checked_siret(siret)
    taken = select(organisations.c.id).where(func.lower(organisations.c.name) == name.lower())
    if connection.execute(taken).first() is not None:
        raise AccountError(f"L'organisation « {name} » existe déjà.", "nom")
    made = Organisation(new_id(), name, siret, partner)
    row = {"id": made.id, "name": name, "siret": siret, "partner": partner, "created_at": clock()}
    connection.execute(insert(organisations).values(row))
    return made


def set_partner(connection: Connection, organisation_id: str, partner: bool) -> None:
    """Whether it is asked for help with situations of others."""
    mine = organisations.c.id == organisation_id
    if connection.execute(update(organisations).where(mine).values(partner=partner)).rowcount != 1:
        raise NotFoundError("Cette organisation n'existe pas.")


def read_organisations(connection: Connection) -> list[Organisation]:
    """All of them, in the order of their names."""
    query = select(organisations).order_by(func.lower(organisations.c.name), organisations.c.id)
    return [_build(row) for row in connection.execute(query)]


def read_organisation(connection: Connection, organisation_id: str) -> Organisation:
    """NotFoundError for an unknown id."""
    row = connection.execute(select(organisations).where(organisations.c.id == organisation_id)).one_or_none()
    if row is None:
        raise NotFoundError("Cette organisation n'existe pas.")
    return _build(row)


def find_organisation(connection: Connection, name_or_id: str) -> Organisation:
    """By id or by name. AccountError, which says how to see them all, for an unknown one."""
    wanted = name_or_id.strip().lower()
    for organisation in read_organisations(connection):
        if name_or_id == organisation.id or wanted == organisation.name.lower():
            return organisation
    raise AccountError(
        f"Aucune organisation ne s'appelle « {name_or_id} ». « maillage users organisations list » les donne."
    )


def checked_name(typed: str, field: str = "nom") -> str:
    """The name on one line. AccountError when it is empty or too long."""
    name = " ".join(typed.split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise AccountError(f"Donnez un nom, de {MAX_NAME} caractères au plus.", field)
    return name


def _checked_siret(typed: str | None) -> str | None:
    if not typed or not typed.strip():
        return None
    compact: str = siret_number.compact(typed)
    if not siret_number.is_valid(compact):
        raise AccountError(f"« {typed} » n'est pas un SIRET : vérifiez ses 14 chiffres.", "siret")
    return compact


def _build(row: Row[tuple[object, ...]]) -> Organisation:
    fields: Sequence[object] = (row.id, row.name, row.siret, row.partner)
    return Organisation(*fields)  # type: ignore[arg-type]
