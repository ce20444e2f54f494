"""Who may come, by where they live: codes of eligibility in words."""

from indexer.geocode.communes import Communes
from indexer.reference.shipped import departement_names, epci_names

COUNTRY = frozenset({"france", "99100"})


def say_zone(codes: tuple[str, ...], communes: Communes) -> tuple[str, ...]:
    """Names of places, one a code; empty for everywhere. A code that nobody knows is given as it is."""
    if not codes or COUNTRY.intersection(codes):
        return ()
    return tuple(_say_one(code, communes) for code in codes)


def _say_one(code: str, communes: Communes) -> str:
    departement, epci, commune = departement_names().get(code), epci_names().get(code), communes.get(code)
    if departement is not None:
        return f"{departement} ({code})"
    if epci is not None:
        return epci
    return code if commune is None else commune.nom
