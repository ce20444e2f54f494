"""When, where, how much, for whom: the sections of an offer's page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from indexer.geocode.communes import Commune, Communes
from indexer.geocode.distance import distance_km
from indexer.reference.shipped import rome_labels
from indexer.schema.vocabulary import label_of
from ui import urls
from ui.contexts.cards import say_how_far
from ui.contexts.facts import address_lines, cost_of, is_only_remote
from ui.offer_json import OfferJson, SessionJson, StructureJson, coming_sessions
from ui.plain_text import Block, build_blocks
from ui.wording import say_count, say_date, say_list, say_of, say_session, sentence
from ui.zones import say_zone

MAX_SESSIONS = 8


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what there is to say: one line, or several."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionLine:
    when: str
    place: str | None
    seats: str | None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`lines` is the address; `notes` what to know of it. A map is linked only to a point that is known."""

    lines: tuple[str, ...]
    distance: str | None
    notes: tuple[str, ...]
    map_url: str | None = None
    way_url: str | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """`label` when the price is known to be one, or none; `notice` when nothing is known."""

    label: str | None
    notice: str | None
    details: tuple[Block, ...]


def build_eligibility(offre: OfferJson, communes: Communes) -> tuple[Fact, ...]:
    """« Est-ce pour moi ? »"""
    return tuple(_iter_eligibility(offre, communes))


def build_sessions(offre: OfferJson, today: date) -> tuple[SessionLine, ...]:
    """The next ones."""
    coming = coming_sessions(offre["sessions"], today)[:MAX_SESSIONS]
    return tuple(_session_line(start, session, today) for start, session in coming)


def build_duration(offre: OfferJson) -> str | None:
    """« 3 semaines, 12 heures par semaine »."""
    weeks, hours = offre["nombre_semaines"], offre["volume_horaire_hebdomadaire"]
    parts = (
        None if weeks is None else say_count(weeks, "semaine"),
        None if not hours else f"{hours:g}".replace(".", ",") + f" heure{'s' if hours >= 2 else ''} par semaine",
    )
    return ", ".join(part for part in parts if part) or None


def build_whereabouts(record: OfferJson | StructureJson, near: Commune | None) -> Whereabouts:
    """`near` is where the person is."""
    lines, latitude, longitude = address_lines(record), record["latitude"], record["longitude"]
    if latitude is None or longitude is None:
        return Whereabouts(lines, None, ())
    approximate, distance = record["position_approximative"], None
    if near is not None:
        km = distance_km(near.latitude, near.longitude, latitude, longitude)
        distance = f"{say_how_far(km, approximate)} du centre {say_of(near.nom)}"
    if approximate:
        return Whereabouts(lines, distance, ("L’adresse exacte n’est pas connue : demandez-la avant de venir.",))
    return Whereabouts(lines, distance, (), urls.map_of(latitude, longitude), urls.way_to(latitude, longitude))


def build_offer_whereabouts(offre: OfferJson, near: Commune | None) -> Whereabouts:
    """A remote offer has no distance."""
    if is_only_remote(offre):
        return Whereabouts((), None, ("À distance : par téléphone ou par Internet.",))
    place = build_whereabouts(offre, near)
    return replace(place, notes=(*place.notes, *_iter_place_notes(offre)))


def build_cost(offre: OfferJson) -> Cost:
    details = build_blocks(offre["frais_precisions"])
    unknown = None if details else "Le prix n’est pas précisé : demandez avant de venir."
    label = cost_of(offre)
    return Cost(label, unknown if label is None else None, details)


def _iter_place_notes(offre: OfferJson) -> Iterator[str]:
    if "a-distance" in (offre["modes_accueil"] or ()):
        yield "Possible aussi à distance, par téléphone ou par Internet."
    if offre["accessible_pmr"] is True:
        yield "Accessible en fauteuil roulant."
    elif offre["accessible_pmr"] is False:
        yield "L’accès en fauteuil roulant n’est pas possible : demandez une solution."


def _iter_eligibility(offre: OfferJson, communes: Communes) -> Iterator[Fact]:
    publics = tuple(label_of("publics", value) for value in offre["publics"] or ())
    yield Fact("Pour qui", publics or ("Ce n’est pas précisé : demandez.",))
    for name, text in (("Précisions", offre["publics_precisions"]), ("Conditions", offre["conditions_acces"])):
        lines = tuple(line.strip() for line in (text or "").split("\n") if line.strip())
        if lines:
            yield Fact(name, lines)
    age = _say_ages(offre["age_min"], offre["age_max"])
    if age is not None:
        yield Fact("Âge", (age,))
    zone = say_zone(tuple(offre["zone_eligibilite"] or ()), communes)
    if zone:
        yield Fact("Il faut habiter", (say_list(zone, "ou"),))
    jobs = tuple(rome_labels().get(code, code) for code in offre["metiers"] or ())
    if jobs:
        yield Fact("Métier" if len(jobs) == 1 else "Métiers", jobs)
    proposed = tuple(rome_labels().get(code, code) for code in offre["metiers_predits"])
    if proposed:
        yield Fact("Métier proposé par Maillage d’après le titre : la source ne le dit pas", proposed)
    yield from _iter_immersion(offre)
    until = None if offre["validite"] is None else offre["validite"].get("fin")
    if until is not None:
        yield Fact("Jusqu’au", (say_date(date.fromisoformat(until)),))


def _iter_immersion(offre: OfferJson) -> Iterator[Fact]:
    immersion = offre["immersion"]
    if immersion is None:
        return
    if immersion["entreprise"] is not None:
        yield Fact("Entreprise", (immersion["entreprise"],))
    if immersion["capacite"]:
        yield Fact("Places", (f"{say_count(immersion['capacite'], 'personne')} par mois",))


def _say_ages(lowest: int | None, highest: int | None) -> str | None:
    if lowest is not None and highest is not None:
        return f"De {lowest} à {highest} ans"
    if lowest is not None:
        return f"À partir de {lowest} ans"
    return None if highest is None else f"Jusqu’à {highest} ans"


def _session_line(start: datetime, session: SessionJson, today: date) -> SessionLine:
    end = None if session["fin"] is None else datetime.fromisoformat(session["fin"])
    return SessionLine(sentence(say_session(start, end, today)), session["lieu"], _say_seats(session))


def _say_seats(session: SessionJson) -> str | None:
    left = session["places_restantes"]
    if left is None:
        return None if session["places"] is None else say_count(session["places"], "place")
    return "Complet" if left == 0 else say_count(left, "place restante", "places restantes")
