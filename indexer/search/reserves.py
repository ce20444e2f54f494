"""What to check before going: what an offer does not say though it was asked, or says only roughly."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from indexer.engines.base import Hit
from indexer.search.reasons import Asked, iter_next_sessions, say_ages, suits_age

DEAD_LINK: Final = "le site ne répond plus"


def build_reserves(
    asked: Asked, hit: Hit, offre: Mapping[str, Any], dead_links: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """In plain French. `dead_links` are the addresses that answer no more."""
    dead = (DEAD_LINK,) if holds_dead_link(offre, dead_links) else ()
    return (*_iter_reserves(asked, hit, offre), *dead)


def holds_dead_link(offre: Mapping[str, Any], dead_links: frozenset[str]) -> bool:
    """Whether a page that the offer sends people to is gone."""
    return offre["lien_source"] in dead_links or offre["lien_mobilisation"] in dead_links


def _iter_reserves(asked: Asked, hit: Hit, offre: Mapping[str, Any]) -> Iterator[str]:
    age = asked.query.age
    if age is not None and not suits_age(offre, age):
        yield f"réservé : {say_ages(offre)}"
    if asked.values("publics") and not offre["publics"]:
        yield "public à vérifier"
    if asked.values("frais") and offre["frais"] is None:
        yield "prix à vérifier"
    if asked.values("moments") and not offre["moments"]:
        yield "horaires à vérifier"
    if _is_full(hit, offre):
        yield "complet pour l'instant"
    if asked.query.needs and offre["thematiques_predites"]:
        yield "thème proposé par Maillage"
    if asked.request.has_place and hit.distance_km is None and not offre["zone_eligibilite"]:
        yield "territoire à vérifier"
    if offre["position_approximative"] and offre["modes_accueil"] != ["a-distance"]:
        yield "adresse à vérifier"


def _is_full(hit: Hit, offre: Mapping[str, Any]) -> bool:
    """Whether the next session that the engine found has no seat: it takes one with a seat first."""
    return any(session["places_restantes"] == 0 for session in iter_next_sessions(hit, offre))
