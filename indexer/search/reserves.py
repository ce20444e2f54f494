"""What to check before going: what an offer does not say though it was asked, or says only roughly."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from indexer.engines.base import Hit
from indexer.search.reasons import Asked, iter_next_sessions, proposed_job, say_ages, suits_age
from indexer.search.wording import say_day, say_month

DEAD_LINK: Final = "le site ne répond plus"
PROPOSED_JOB: Final = "métier proposé par Maillage d'après le titre"


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
    yield from _iter_immersion(offre, asked.query.today)
    if asked.query.needs and offre["thematiques_predites"]:
        yield "thème proposé par Maillage"
    if proposed_job(asked.query.metiers, offre) is not None:
        yield PROPOSED_JOB
    if asked.request.has_place and hit.distance_km is None and not offre["zone_eligibilite"]:
        yield "territoire à vérifier"
    stale = stale_since(offre, asked.query.today, asked.query.stale_days)
    if stale is not None:
        yield f"à vérifier : pas mise à jour depuis {say_month(stale)}"
    if offre["position_approximative"] and offre["modes_accueil"] != ["a-distance"]:
        yield "adresse à vérifier"


def _iter_immersion(offre: Mapping[str, Any], today: date) -> Iterator[str]:
    """An index built before these facts were kept has none of them."""
    immersion = offre.get("immersion") or {}
    asked_from, rate = immersion.get("disponible_le"), immersion.get("taux_reponse")
    if asked_from is not None and date.fromisoformat(asked_from) > today:
        yield f"ce mois est complet : à demander dès le {say_day(date.fromisoformat(asked_from))}"
    elif rate is not None and rate < 0.5:
        yield "répond à moins d'une demande sur deux"


def stale_since(offre: Mapping[str, Any], today: date, stale_days: int | None) -> date | None:
    """The day of the last change of content (see `indexer.public.fresh_on`), when it is that old; else None."""
    if stale_days is None:
        return None
    seen = datetime.fromisoformat(offre["provenance"]["recupere_le"]).date()
    told = offre["date_maj"]
    changed = seen if told is None else min(date.fromisoformat(told), seen)
    return changed if (today - changed).days >= stale_days else None


def _is_full(hit: Hit, offre: Mapping[str, Any]) -> bool:
    """Whether the next session that the engine found has no seat: it takes one with a seat first."""
    return any(session["places_restantes"] == 0 for session in iter_next_sessions(hit, offre))
