"""The key of the workspace: where it comes from, and whether it is the one that sealed what the database holds."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import insert, select, update

from indexer.accounts.examples import holds_only_examples
from indexer.accounts.tables import key_check
from indexer.catalogue import Catalogue
from indexer.errors import SealError, WorkspaceError
from indexer.sealing import Sealer, new_token
from indexer.settings import Settings

_KNOWN: Final = "maillage"
_ROW: Final = 1

_MISSING: Final = (
    "L'espace de travail demande une clé : donnez MAILLAGE_SECRET_KEY (« maillage users new-key » en écrit une), et "
    "gardez-en une copie. Le portail public marche sans elle."
)
_OTHER_KEY: Final = (
    "MAILLAGE_SECRET_KEY n'ouvre pas ce que l'espace de travail a chiffré. Remettez l'ancienne clé, seule ou après la "
    "nouvelle et une virgule. Si elle est perdue, ce qui est chiffré l'est aussi : « maillage users reseal "
    "--accept-loss » le dit et repart avec la nouvelle."
)


def read_keys(settings: Settings, catalogue: Catalogue) -> tuple[str, ...]:
    """The keys of the settings; without any, the demonstration's own, made at its first start.

    WorkspaceError where the catalogue holds more than the demonstration: a key beside its database protects nothing.
    """
    if settings.secret_key is not None:
        return tuple(key.strip() for key in settings.secret_key.get_secret_value().split(",") if key.strip())
    with catalogue.database.reading() as connection:
        if not holds_only_examples(connection):
            raise WorkspaceError(_MISSING)
    return (_read_own_key(settings.data_dir / "secret-key"),)


def check_key(catalogue: Catalogue, sealer: Sealer) -> None:
    """Notes the key of a new database; WorkspaceError when the one of the database is another."""
    query = select(key_check.c.sealed).where(key_check.c.id == _ROW)
    with catalogue.database.reading() as connection:
        sealed = connection.scalar(query)
    if sealed is None:
        with catalogue.database.writing() as connection:
            catalogue.database.lock_records(connection)  # two processes at once: the second finds the first one's
            sealed = connection.scalar(query)
            if sealed is None:
                connection.execute(insert(key_check).values(id=_ROW, sealed=sealer.seal(_KNOWN)))
                return
    try:
        sealer.unseal(sealed)
    except SealError as error:
        raise WorkspaceError(_OTHER_KEY) from error


def replace_check(catalogue: Catalogue, sealer: Sealer) -> None:
    """The key of the database is from now on the first of the settings."""
    with catalogue.database.writing() as connection:
        connection.execute(update(key_check).where(key_check.c.id == _ROW).values(sealed=sealer.seal(_KNOWN)))


def _read_own_key(path: Path) -> str:
    """Made once: of two processes that start together, the second reads the first one's."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_once(path, new_token())
        return path.read_text().strip()
    except OSError as error:
        raise WorkspaceError(f"La clé de la démonstration ne s'écrit pas ou ne se lit pas : {error}.") from error


def _write_once(path: Path, key: str) -> None:
    """The whole file appears at once, readable by its owner only, unless there is one."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(key)
    try:
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
