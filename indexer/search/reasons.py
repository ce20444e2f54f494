"""Why an offer is in an answer, and what to check before going: plain French, most telling first."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from indexer.engines.base import Hit, Need
from indexer.schema.vocabulary import label_of, vocabulary
from indexer.search.request import SearchRequest
from indexer.search.wording import say_distance, say_moment

MAX_REASONS = 3
_SHOWN_WORDS = 4


def build_reasons(
    request: SearchRequest, hit: Hit, offre: Mapping[str, Any], needs: tuple[Need, ...], *, by_meaning: bool
) -> tuple[str, ...]:
    """At most three."""
    return tuple(_iter_reasons(request, hit, offre, needs, by_meaning))[:MAX_REASONS]


def build_reserves(request: SearchRequest, hit: Hit, offre: Mapping[str, Any]) -> tuple[str, ...]:
    """What the offer does not say though it was asked, or says only roughly."""
    return tuple(_iter_reserves(request, hit, offre))


def _iter_reasons(
    request: SearchRequest, hit: Hit, offre: Mapping[str, Any], needs: tuple[Need, ...], by_meaning: bool
) -> Iterator[str]:
    if by_meaning:
        yield "Proche de votre demande par le sens"
    asked = dict.fromkeys([*(need.thematique for need in needs), *request.filtres.get("thematiques", ())])
    themes = [theme for theme in asked if _speaks_of(offre, theme)]
    if themes:
        yield f"Répond à : {', '.join(label_of('thematiques', theme) for theme in themes[:2])}"
    if hit.found_words:
        yield f"Parle de : {', '.join(_told_once(hit.found_words)[:_SHOWN_WORDS])}"
    publics = [p for p in request.filtres.get("publics", ()) if p in (offre["publics"] or ())]
    if publics:
        yield f"Pour : {', '.join(label_of('publics', public) for public in publics)}"
    moments = [m for m in request.filtres.get("moments", ()) if m in offre["moments"]]
    if moments:
        yield ", ".join(label_of("moments", moment) for moment in moments)
    if hit.distance_km is not None:
        yield say_distance(hit.distance_km)
    elif "a-distance" in (offre["modes_accueil"] or ()):
        yield "à distance"
    coming = _next_session(hit, offre)
    if coming is not None:
        yield f"prochaine séance {say_moment(coming)}"
    if offre["frais"] == "gratuit":
        yield "gratuit"


def _iter_reserves(request: SearchRequest, hit: Hit, offre: Mapping[str, Any]) -> Iterator[str]:
    if request.filtres.get("publics") and not offre["publics"]:
        yield "public à vérifier"
    if request.filtres.get("frais") and offre["frais"] is None:
        yield "prix à vérifier"
    if request.filtres.get("moments") and not offre["moments"]:
        yield "horaires à vérifier"
    if request.has_place and hit.distance_km is None and not offre["zone_eligibilite"]:
        yield "territoire à vérifier"
    if offre["position_approximative"] and offre["modes_accueil"] != ["a-distance"]:
        yield "adresse à vérifier"


def _told_once(words: tuple[str, ...]) -> list[str]:
    """Without the words that stand in an expression told already."""
    return [word for word in words if not any(word != other and word in other.split() for other in words)]


def _speaks_of(offre: Mapping[str, Any], theme: str) -> bool:
    own = offre["thematiques"] or ()
    return theme in own or any(vocabulary("thematiques")[t].parent == theme for t in own)


def _next_session(hit: Hit, offre: Mapping[str, Any]) -> datetime | None:
    """The session that the engine found next, with the offset that the offer gives it."""
    for session in offre["sessions"]:
        start = datetime.fromisoformat(session["debut"])
        if int(start.timestamp()) == hit.next_start:
            return start
    return None
