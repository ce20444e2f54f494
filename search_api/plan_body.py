"""A plan, as JSON tells it. The stored bytes of an offer are spliced in as they are."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import orjson

from indexer.matching.plan import CloseJob, NoOffer, Plan, PlanJob, PlanNeed, PlanOffer, Sector, Step, Tension
from search_api.bodies import build_place
from search_api.understood_body import build_urgency


def build_plan(plan: Plan) -> dict[str, Any]:
    """Ready for orjson."""
    return {
        "lieu": None if plan.lieu is None else build_place(plan.lieu),
        "portee": asdict(plan.portee),
        "besoins": [_need(need) for need in plan.besoins],
        "metiers": [_job(job) for job in plan.metiers],
        "secteurs_porteurs": [_sector(sector) for sector in plan.secteurs_porteurs],
        "etapes": [_step(step) for step in plan.etapes],
        "heures_semaine": plan.heures_semaine,
        "droits": [asdict(right) for right in plan.droits],
        "alertes": plan.alertes,
        "urgence": None if plan.urgence is None else build_urgency(plan.urgence),
        "non_compris": plan.non_compris,
        "version": plan.version,
        "duree_ms": round(plan.duree_ms, 1),
    }


def build_offer(offer: PlanOffer) -> dict[str, Any]:
    return {
        "offre": orjson.Fragment(offer.offre),
        "distance_km": offer.distance_km,
        "duree_min": offer.duree_min,
        "score": offer.score,
        "raisons": offer.raisons,
        "reserves": offer.reserves,
        "prochain_creneau": offer.prochain_creneau,
    }


def _offers(offers: Iterable[PlanOffer]) -> list[dict[str, Any]]:
    return [build_offer(offer) for offer in offers]


def _need(need: PlanNeed) -> dict[str, Any]:
    return {
        "thematique": need.thematique,
        "label": need.label,
        "origine": need.origine,
        "priorite": need.priorite,
        "urgent": need.urgent,
        "extrait": need.extrait,
        "offres": _offers(need.offres),
        "sans_offre": None if need.sans_offre is None else _without(need.sans_offre),
    }


def _without(without: NoOffer) -> dict[str, Any]:
    nearest = without.offre_la_plus_proche
    return {
        "offre_la_plus_proche": None if nearest is None else build_offer(nearest),
        "distance_km": without.distance_km,
        "a_distance": _offers(without.a_distance),
    }


def _job(job: PlanJob) -> dict[str, Any]:
    return {
        "code_rome": job.code_rome,
        "libelle": job.libelle,
        "origine": job.origine,
        "tension": _tension(job.tension),
        "embauches": None if job.embauches is None else asdict(job.embauches),
        "proches": [_close(close) for close in job.proches],
        "immersions": _offers(job.immersions),
        "formations": _offers(job.formations),
    }


def _close(close: CloseJob) -> dict[str, Any]:
    return {"code_rome": close.code_rome, "libelle": close.libelle, "tension": _tension(close.tension)}


def _tension(tension: Tension | None) -> dict[str, Any] | None:
    if tension is None:
        return None
    return {
        "niveau": tension.niveau,
        "millesime": tension.millesime,
        "territoire": tension.territoire,
        "facteurs": dict(tension.facteurs),
        "source": tension.source,
    }


def _sector(sector: Sector) -> dict[str, Any]:
    return {
        "domaine": sector.domaine,
        "libelle": sector.libelle,
        "tension": _tension(sector.tension),
        "immersions": _offers(sector.immersions),
        "formations": _offers(sector.formations),
        "raisons": sector.raisons,
    }


def _step(step: Step) -> dict[str, Any]:
    """Its offers by their id: they stand whole under their need or their job."""
    return {
        "rang": step.rang,
        "titre": step.titre,
        "objectif": step.objectif,
        "offres": [
            {"id": offer.id, "nom": offer.nom, "prochain_creneau": offer.prochain_creneau} for offer in step.offres
        ],
        "premier_creneau": step.premier_creneau,
        "heures_semaine": step.heures_semaine,
        "depend_de": step.depend_de,
    }
