"""The step that places a record: its commune, then its point. What is unusual is told as an issue."""

from indexer.geocode.commune import Commune
from indexer.geocode.communes import Communes
from indexer.geocode.designate import designate
from indexer.geocode.distance import distance_km
from indexer.geocode.names import departement_of_postal_code
from indexer.geocode.point import Point, find_repair, is_possible
from indexer.normalise.draft import Draft
from indexer.schema import Kind, Severity

FAR_KM = 25.0
"""A point nearer than this to its commune's centre is never doubted."""

NEIGHBOURING_KM = 10.0
"""Nor one that is that near to a wide commune's farthest outline point."""


def locate(draft: Draft, communes: Communes) -> None:
    """Fills `commune`, `code_insee`, `code_postal` where absent, mends the point, and says what it did.

    Values are already normalised: texts stripped, absent when empty, coordinates floats.
    """
    commune = designate(draft, communes)
    point = _read_point(draft)
    if commune is None:
        commune = _place_by_point(draft, communes, point)
    elif point is not None:
        _check_point(draft, commune, point)
    if commune is None:
        _tell_unplaced(draft)
        return
    _fill(draft, commune)
    if draft.get("latitude") is None:
        _place_at_centre(draft, commune)


def is_near(commune: Commune, point: Point) -> bool:
    """Whether a point may be that of a place in this commune."""
    distance = distance_km(*point, commune.latitude, commune.longitude)
    return distance <= max(FAR_KM, commune.rayon_km + NEIGHBOURING_KM)


def _read_point(draft: Draft) -> Point | None:
    """The point as given, perhaps out of range; half a point and 0, 0 are dropped."""
    latitude, longitude = draft.get("latitude"), draft.get("longitude")
    if latitude is None and longitude is None:
        return None
    if latitude is None or longitude is None:
        field = "longitude" if latitude is None else "latitude"
        draft.drop(field, "point-incomplet", "Il manque la latitude ou la longitude : donnez les deux.")
        return None
    if latitude == 0 and longitude == 0:
        _set_aside(draft, "point-nul", "Les coordonnées 0, 0 ne désignent aucun lieu : laissez-les vides.")
        return None
    return float(latitude), float(longitude)


def _check_point(draft: Draft, commune: Commune, point: Point) -> None:
    """Keeps a point near its commune; else mends it when a single repair brings it there; else sets it aside."""
    if is_possible(point) and is_near(commune, point):
        return
    repair = find_repair(point, lambda candidate: is_near(commune, candidate))
    if repair is not None:
        _move(draft, repair.point, repair.done)
        return
    if not is_possible(point):
        _set_aside(draft, "point-hors-bornes", "Ces coordonnées n'existent pas : vérifiez-les.")
        return
    distance = _told_distance(commune, point)
    message = f"Le point est à {distance} km de {commune.nom} ({commune.code}) : vérifiez l'adresse et les coordonnées."
    _set_aside(draft, "point-eloigne", message)


def _told_distance(commune: Commune, point: Point) -> int:
    """Of the point, or of its nearest mirror image: a feed that lost a sign is far by its sign and by its fault."""
    latitude, longitude = point
    images = ((latitude, longitude), (-latitude, longitude), (latitude, -longitude))
    return round(min(distance_km(*image, commune.latitude, commune.longitude) for image in images))


def _place_by_point(draft: Draft, communes: Communes, point: Point | None) -> Commune | None:
    """The commune of a point, of the postal code's département when one is known."""
    if point is None:
        return None
    postal = draft.get("code_postal")
    known = departement_of_postal_code(postal) if isinstance(postal, str) else ()

    def find(candidate: Point) -> Commune | None:
        found = (communes.nearest(*candidate, departement) for departement in (known or (None,)))
        return min((f for f in found if f is not None), key=lambda f: f[1], default=(None, 0.0))[0]

    commune = find(point) if is_possible(point) else None
    if commune is None:
        repair = find_repair(point, lambda candidate: find(candidate) is not None)
        if repair is None:
            _set_aside(draft, "point-sans-commune", "Aucune commune de France à ces coordonnées : vérifiez-les.")
            return None
        _move(draft, repair.point, repair.done)
        commune = find(repair.point)
    if commune is not None:
        message = f"Commune déduite du seul point : {commune.nom} ({commune.code}). Indiquez le code INSEE."
        draft.note("code_insee", "commune-par-point", message)
    return commune


def _move(draft: Draft, point: Point, done: str) -> None:
    shown = f"{draft.get('latitude')}, {draft.get('longitude')}"
    message = f"Point réparé : {done}."
    draft.note("latitude", "point-repare", message, Severity.INFO, shown)
    draft.set("latitude", point[0])
    draft.set("longitude", point[1])


def _set_aside(draft: Draft, rule: str, message: str) -> None:
    shown = f"{draft.get('latitude')}, {draft.get('longitude')}"
    draft.note("latitude", rule, message, Severity.WARNING, shown)
    draft.fields.pop("latitude", None)
    draft.fields.pop("longitude", None)


def _fill(draft: Draft, commune: Commune) -> None:
    """Only what is absent: a postal code, when the commune has a single one."""
    if draft.get("code_insee") is None:
        draft.set("code_insee", commune.code)
    if draft.get("commune") is None:
        draft.set("commune", commune.nom)
    if draft.get("code_postal") is None and len(commune.codes_postaux) == 1:
        draft.set("code_postal", commune.codes_postaux[0])


def _place_at_centre(draft: Draft, commune: Commune) -> None:
    """The map shows the town hall, and says that it is approximate."""
    draft.set("latitude", commune.latitude)
    draft.set("longitude", commune.longitude)
    draft.set("position_approximative", True)


def _tell_unplaced(draft: Draft) -> None:
    """A remote offer needs no place."""
    remote = draft.kind is Kind.OFFER and list(draft.get("modes_accueil") or ()) == ["a-distance"]
    if not remote:
        message = "Aucun lieu : indiquez la commune et le code postal, ou le code INSEE."
        draft.note("commune", "lieu-inconnu", message)
