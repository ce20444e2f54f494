"""Where the database's errors become ours, in words that say what to do; nowhere else."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from indexer.errors import CatalogueError

_FULL = "Le disque du catalogue est plein. Libérez de la place, puis relancez : rien n'a été changé."
_LOCKED = "Le catalogue est occupé par un autre travail. Attendez qu'il finisse, puis relancez."
_READ_ONLY = "Le catalogue est en lecture seule. Vérifiez les droits sur ce fichier ou sur cette base."
_NO_ACCESS = "Le catalogue ne s'ouvre pas. Vérifiez que le dossier existe et que vous pouvez y écrire."
_DAMAGED = "Le fichier du catalogue est abîmé, ou n'est pas un catalogue. Remettez une sauvegarde à sa place."
_DISK = "Le disque du catalogue a refusé une lecture ou une écriture. Vérifiez son état."
_NO_SERVER = "Le serveur de la base ne répond pas. Vérifiez qu'il tourne, et l'adresse MAILLAGE_DATABASE_URL."
_REFUSED = "Le serveur refuse cet utilisateur ou ce mot de passe. Vérifiez MAILLAGE_DATABASE_URL."
_NO_DATABASE = "Cette base n'existe pas sur le serveur. Créez-la, ou corrigez MAILLAGE_DATABASE_URL."
_UNEXPECTED = "La base de données a refusé une opération."

# Primary codes of SQLite, by prefix of their names (an extended code adds a suffix): sqlite.org/rescode.html
_SQLITE = {
    "SQLITE_FULL": _FULL,
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_CANTOPEN": _NO_ACCESS,
    "SQLITE_PERM": _NO_ACCESS,
    "SQLITE_AUTH": _NO_ACCESS,
    "SQLITE_NOTADB": _DAMAGED,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_IOERR": _DISK,
}

# SQLSTATE codes or their two-letter classes: PostgreSQL manual, appendix A
_POSTGRES = {
    "53100": _FULL,
    "53": _NO_SERVER,
    "55P03": _LOCKED,
    "40": _LOCKED,
    "25006": _READ_ONLY,
    "42501": _READ_ONLY,
    "28": _REFUSED,
    "3D000": _NO_DATABASE,
    "08": _NO_SERVER,
    "57P": _NO_SERVER,
}


@contextmanager
def translating(where: str) -> Iterator[None]:
    """Turns any error of the database into a CatalogueError that names `where` (a path or an address)."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise CatalogueError(f"{build_message(error)} Catalogue : {where}. Détail : {_detail(error)}") from error


def build_message(error: BaseException) -> str:
    """What went wrong and what to do, in French."""
    original: BaseException | None = error.orig if isinstance(error, DBAPIError) else error
    name = getattr(original, "sqlite_errorname", None)
    if name is not None:
        return next((text for prefix, text in _SQLITE.items() if name.startswith(prefix)), _UNEXPECTED)
    state = getattr(original, "sqlstate", None)
    if state is not None:
        return next((text for prefix, text in _POSTGRES.items() if state.startswith(prefix)), _UNEXPECTED)
    if type(original).__name__ in ("OperationalError", "ConnectionTimeout"):
        return _connection_message(str(original))
    return _UNEXPECTED


def _connection_message(text: str) -> str:
    # While connecting, psycopg gives no code: only the server's own words, which depend on its language.
    if "password" in text or "mot de passe" in text:
        return _REFUSED
    if "does not exist" in text or "n'existe pas" in text:
        return _NO_DATABASE
    return _NO_SERVER


def _detail(error: BaseException) -> str:
    """The database's own first line, without the statement or its values (they may be long, or personal)."""
    original = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    lines = str(original).splitlines()
    return (lines[0] if lines else type(original).__name__)[:300]
