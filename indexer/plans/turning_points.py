"""What a change of the person's situation may change of their plan: said, never done without them."""

from datetime import datetime

from dateutil.relativedelta import relativedelta

from indexer.plans.model import Basis
from indexer.schema.vocabulary import label_of

MINIMA = "beneficiaires-des-minimas-sociaux"

_RSA_AGE = 25
"""Code de l'action sociale et des familles, article L262-4."""

_YOUNG_UNTIL = 26
"""Code du travail, article L5131-6: the contract of young people ends on the 26th birthday."""


def find_turning_points(before: Basis, built_at: datetime, after: Basis, now: datetime) -> tuple[str, ...]:
    """Sentences for who accompanies; empty when nothing changed since the plan was built."""
    return (
        *_by_age(before.age, _age_now(before, built_at, after, now)),
        *_by_income(MINIMA in before.publics, MINIMA in after.publics),
        *_by_place(before.code_commune, after.code_commune),
        *_by_needs(before, after),
    )


def _age_now(before: Basis, built_at: datetime, after: Basis, now: datetime) -> int | None:
    """What the diagnosis says, or what the years that went by make of what it said."""
    if after.age is None or before.age is None:
        return after.age
    years: int = relativedelta(now, built_at).years
    return max(after.age, before.age + years)


def _by_age(before: int | None, now: int | None) -> list[str]:
    if before is None or now is None:
        return []
    said = []
    if before < _RSA_AGE <= now:
        said.append("25 ans : le RSA peut être demandé, même sans enfant. Vérifiez ses droits avec la personne.")
    if before < _YOUNG_UNTIL <= now:
        said.append(
            "26 ans : la mission locale et le contrat d’engagement jeune s’arrêtent, sauf handicap. "
            "Prévoyez qui prend la suite, et revoyez les étapes réservées aux jeunes."
        )
    return said


def _by_income(before: bool, after: bool) -> list[str]:
    if after and not before:
        return [
            "La personne touche maintenant un minimum social : des offres lui sont réservées, et la complémentaire "
            "santé solidaire peut être gratuite. Regardez les propositions."
        ]
    if before and not after:
        return [
            "La personne ne touche plus de minimum social : vérifiez les étapes réservées à ces bénéficiaires, "
            "et la prime d’activité si elle travaille."
        ]
    return []


def _by_place(before: str | None, after: str | None) -> list[str]:
    if before is None or after is None or before == after:
        return []
    return ["La personne a changé de commune : vérifiez que ses étapes restent à sa portée."]


def _by_needs(before: Basis, after: Basis) -> list[str]:
    added = [label_of("thematiques", code) for code in after.besoins if code not in before.besoins]
    gone = [label_of("thematiques", code) for code in before.besoins if code not in after.besoins]
    said = []
    if added:
        said.append(f"Besoins ajoutés au diagnostic : {', '.join(added)}.")
    if gone:
        said.append(f"Besoins qui n’y sont plus : {', '.join(gone)}. Leurs étapes restent : retirez-les si besoin.")
    return said
