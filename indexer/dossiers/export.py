"""All that is kept of one file, to be handed to the person: their right of access (GDPR, article 15)."""

from typing import Any

from sqlalchemy import Connection, select

from indexer.accounts import Actor
from indexer.dossiers.model import Dossier
from indexer.dossiers.saving import read_changes
from indexer.dossiers.store import Dossiers
from indexer.dossiers.tables import complex_answers, complex_situations, dossier_links, dossier_shares


def export_file(files: Dossiers, actor: Actor, dossier_id: str) -> dict[str, Any]:
    """Ready for JSON; the parts of other packages under their own names. NotFound. The log of accesses is told."""
    with files.database.writing() as connection:
        dossier = files.read(connection, actor, dossier_id)
        exported = _build_own(dossier) | {
            "historique": _read_history(files, connection, dossier_id),
            "partages": _read_shares(connection, dossier_id),
            "liens": _read_links(connection, dossier_id),
            "partenaires": _read_situation(files, connection, dossier_id),
        }
        exported |= {name: list(part(connection, dossier_id)) for name, part in files.parts.items()}
        files.note(connection, actor, "export", dossier_id)
    return exported


def _build_own(dossier: Dossier) -> dict[str, Any]:
    return {
        "dossier": dossier.id,
        "nom": dossier.nom,
        "statut": dossier.statut.value,
        "ouvert_le": dossier.created_at.isoformat(),
        "change_le": dossier.changed_at.isoformat(),
        "accord": {"le": dossier.consent_at.isoformat(), "comment": dossier.consent_how.value},
        "reponses": dict(dossier.answers),
    }


def _read_history(files: Dossiers, connection: Connection, dossier_id: str) -> list[dict[str, str]]:
    return [
        {"le": change.at.isoformat(), "par": change.author_id, "champ": change.field, "avant": change.before}
        for change in read_changes(files, connection, dossier_id, 0)
    ]


def _read_shares(connection: Connection, dossier_id: str) -> list[dict[str, str]]:
    query = select(dossier_shares).where(dossier_shares.c.dossier_id == dossier_id).order_by(dossier_shares.c.at)
    return [
        {
            "organisation": row.organisation_id,
            "du": row.at.isoformat(),
            "au": (row.revoked_at or row.until).isoformat(),
        }
        for row in connection.execute(query)
    ]


def _read_links(connection: Connection, dossier_id: str) -> list[dict[str, str]]:
    query = select(dossier_links).where(dossier_links.c.dossier_id == dossier_id).order_by(dossier_links.c.created_at)
    return [
        {"du": row.created_at.isoformat(), "au": (row.revoked_at or row.expires_at).isoformat()}
        for row in connection.execute(query)
    ]


def _read_situation(files: Dossiers, connection: Connection, dossier_id: str) -> list[dict[str, str]]:
    """What partners were told, and what they answered."""
    asked = select(complex_situations).where(complex_situations.c.dossier_id == dossier_id)
    told = [
        {"le": row.at.isoformat(), "par": row.author_id, "demande": files.sealer.unseal(row.texte)}
        for row in connection.execute(asked)
    ]
    of_file = complex_answers.c.situation_id == complex_situations.c.id
    answered = select(complex_answers).join(complex_situations, of_file)
    answered = answered.where(complex_situations.c.dossier_id == dossier_id).order_by(complex_answers.c.id)
    told += [
        {"le": row.at.isoformat(), "organisation": row.organisation_id, "reponse": files.sealer.unseal(row.texte)}
        for row in connection.execute(answered)
    ]
    return told
