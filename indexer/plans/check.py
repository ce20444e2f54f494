"""What a line may hold."""

from dataclasses import replace

from indexer.plans.errors import PlanError
from indexer.plans.model import MAX_HOURS, MAX_TITLE, MAX_WORDS, Fields


def checked(fields: Fields) -> Fields:
    """The fields, trimmed. PlanError says which one to mend."""
    fields = replace(
        fields,
        titre=fields.titre.strip(),
        partenaire=fields.partenaire.strip() if fields.qui == "partenaire" else "",
        note=fields.note.strip(),
        raison=fields.raison.strip() if fields.etat == "abandonne" else "",
        commentaire=fields.commentaire.strip(),
        avis_mots=fields.avis_mots.strip(),
    )
    if not fields.titre:
        raise PlanError("Écrivez ce qu’il y a à faire : le titre de l’étape est vide.")
    if len(fields.titre) > MAX_TITLE or len(fields.partenaire) > MAX_TITLE:
        raise PlanError(f"Le titre et le nom du partenaire ont {MAX_TITLE} caractères au plus.")
    if max(map(len, (fields.note, fields.raison, fields.commentaire, fields.avis_mots))) > MAX_WORDS:
        raise PlanError(f"Ce texte est trop long : {MAX_WORDS} caractères au plus.")
    if fields.heures is not None and not 0 < fields.heures <= MAX_HOURS:
        raise PlanError(f"Les heures par semaine vont de 0,5 à {MAX_HOURS:g}.")
    return fields
