"""From the centre of a commune to the door: records that have an address and no point ask the address service.

The order that settles what contradicts (also in docs/sources/adresses.md): the INSEE code holds, then name and postal
code, then the postal code, then the point (`designate.py`, `locate.py`). The service comes last: it moves no point that
the source gave, and renames no commune that the record designates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from indexer.catalogue.database import Database
from indexer.catalogue.geocodes import keep_geocodes, read_geocodes
from indexer.errors import CatalogueError, GeocoderError
from indexer.geocode.address import build_address
from indexer.geocode.communes import Commune, Communes
from indexer.geocode.found import Found, Precision, parse_found
from indexer.geocode.locate import is_near
from indexer.schema import Issue, Offer, RawRecord, Severity, Structure
from indexer.schema.issues import shown

GOOD_SCORE: Final = 0.7
"""From here a house, a street or a lieu-dit of the right commune is taken: below, the service itself doubts."""

SURE_SCORE: Final = 0.85
"""For a record that designates no commune: only the service says where it is."""

KEPT: Final = timedelta(days=365)
"""An answer is asked again after a year: streets are numbered, towns merge."""

KEPT_UNKNOWN: Final = timedelta(days=30)

_log = structlog.get_logger(__name__)

Pair = tuple[RawRecord, Offer | Structure]
Precised = tuple[Offer | Structure, tuple[Issue, ...]]


class AddressService(Protocol):
    """What is asked of a geocoder. GeocoderError when it is away."""

    def find(self, addresses: Sequence[str]) -> list[Found | None]: ...


@dataclass
class Preciser:
    """Of one import. Once the service has failed it is left in peace: what was kept before still serves.

    Without a service, nothing but what was kept serves.
    """

    service: AddressService | None
    database: Database
    communes: Communes
    now: datetime
    _away: bool = field(default=False, init=False)

    def __call__(self, pairs: Sequence[Pair]) -> list[Precised]:
        """Each record, perhaps with its point, and what was found; in the same order. Never raises for the service."""
        addresses = [build_address(r, self.communes) if wants_point(r) else None for _, r in pairs]
        answers = self._answers(list(dict.fromkeys(address for address in addresses if address is not None)))
        return [
            (record, ()) if address is None else self._settle(raw, record, address, answers)
            for (raw, record), address in zip(pairs, addresses, strict=True)
        ]

    def _settle(
        self, raw: RawRecord, record: Offer | Structure, address: str, answers: Mapping[str, Found | None]
    ) -> Precised:
        if address not in answers:
            message = "Le service d'adresses n'a pas répondu : réessayé au prochain import."
            return record, (_issue(raw, record, "adresse-non-cherchee", message, Severity.INFO),)
        return apply_found(raw, record, answers[address], self.communes)

    def _answers(self, addresses: list[str]) -> dict[str, Found | None]:
        """Kept ones first; the others are asked, unless the service is away. No lock is held meanwhile."""
        if not addresses:
            return {}
        try:
            kept = read_geocodes(self.database, addresses)
        except CatalogueError as error:
            _log.warning("geocodes_not_read", reason=str(error))
            kept = {}
        answers = {a: None if found is None else parse_found(_raw(found)) for a, (_, found) in kept.items()}
        fresh = {a for a, (at, found) in kept.items() if self.now - at < (KEPT_UNKNOWN if found is None else KEPT)}
        return answers | self._ask([address for address in addresses if address not in fresh])

    def _ask(self, addresses: list[str]) -> dict[str, Found | None]:
        if self.service is None or self._away or not addresses:
            return {}
        try:
            asked = dict(zip(addresses, self.service.find(addresses), strict=True))
        except GeocoderError as error:
            self._away = True
            _log.warning("geocoder_away", reason=str(error))
            return {}
        try:
            keep_geocodes(self.database, {a: None if f is None else f.as_dict() for a, f in asked.items()}, self.now)
        except CatalogueError as error:
            _log.warning("geocodes_not_kept", reason=str(error))  # asked again next time: nothing else is lost
        return asked


def wants_point(record: Offer | Structure) -> bool:
    """Whether a record has an address, and no point of its own. A remote offer has no door to show."""
    if isinstance(record, Offer) and record.modes_accueil is not None and set(record.modes_accueil) == {"a-distance"}:
        return False
    return record.adresse is not None and (record.latitude is None or record.position_approximative)


def apply_found(raw: RawRecord, record: Offer | Structure, found: Found | None, communes: Communes) -> Precised:
    """The record with what was found, if it may be believed; and what its producer should know."""
    if found is None:
        return record, (_issue(raw, record, "adresse-inconnue", _UNKNOWN),)
    there = communes.resolve(found.code_insee)
    own = None if record.code_insee is None else communes.resolve(record.code_insee)
    if there is None or not is_near(there, (found.latitude, found.longitude)):
        return record, (_issue(raw, record, "adresse-inconnue", _UNKNOWN),)
    if own is None:
        return _place_unplaced(raw, record, found, there)
    if found.precision is Precision.COMMUNE or found.score < GOOD_SCORE:
        return record, (_issue(raw, record, "adresse-imprecise", _say_doubt(found)),)
    if not _same_place(own, there):
        message = f"Cette adresse existe à {there.nom} ({there.code}), pas à {own.nom} ({own.code}). La commune est "
        return record, (_issue(raw, record, "adresse-ailleurs", f"{message}gardée : vérifiez l'adresse."),)
    return _at_door(record, found), (
        _issue(raw, record, "adresse-trouvee", f"Point trouvé par l'adresse : {found.label}.", Severity.INFO),
    )


_UNKNOWN: Final = "Adresse introuvable : le point est au centre de la commune. Vérifiez le numéro et le nom de la voie."


def _place_unplaced(raw: RawRecord, record: Offer | Structure, found: Found, there: Commune) -> Precised:
    """Only a sure answer places a record that designates no commune."""
    if found.score < SURE_SCORE:
        return record, (_issue(raw, record, "adresse-imprecise", _say_doubt(found)),)
    placed = record.model_copy(
        update={
            "code_insee": there.code,
            "commune": record.commune or there.nom,
            "code_postal": record.code_postal or found.code_postal,
            "latitude": there.latitude,
            "longitude": there.longitude,
            "position_approximative": True,
        }
    )
    message = f"Commune trouvée par la seule adresse : {there.nom} ({there.code}). Indiquez le code INSEE."
    issue = _issue(raw, record, "commune-par-adresse", message)
    return (placed if found.precision is Precision.COMMUNE else _at_door(placed, found)), (issue,)


def _at_door(record: Offer | Structure, found: Found) -> Offer | Structure:
    at = {"latitude": found.latitude, "longitude": found.longitude, "position_approximative": False}
    return record.model_copy(update=at)


def _same_place(one: Commune, other: Commune) -> bool:
    """The same, or an arrondissement and its city."""
    return one.code == other.code or one.parent == other.code or other.parent == one.code


def _say_doubt(found: Found) -> str:
    return (
        f"Adresse trouvée de façon trop vague (« {found.label} », {found.precision}, score {found.score:.2f}) : "
        "le point est au centre de la commune. Précisez le numéro et la voie."
    )


def _issue(
    raw: RawRecord, record: Offer | Structure, rule: str, message: str, severity: Severity = Severity.WARNING
) -> Issue:
    return Issue(
        flux=raw.flux,
        fichier=raw.file,
        ligne=raw.row,
        id=shown(record.id),
        champ="adresse",
        valeur=shown(record.adresse or ""),
        regle=rule,
        gravite=severity,
        message=message,
    )


def _raw(found: Mapping[str, object]) -> dict[str, object]:
    """As the service names them."""
    names = {"precision": "type", "code_insee": "citycode", "code_postal": "postcode"}
    return {names.get(name, name): value for name, value in found.items()}
