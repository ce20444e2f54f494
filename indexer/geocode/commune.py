"""A commune, and the shipped gazetteer as a list of them."""

from typing import Final, NamedTuple

from indexer.reference.shipped import load_columns

CURRENT: Final = "COM"
ARRONDISSEMENT: Final = "ARM"


class Commune(NamedTuple):
    """A commune of today (COM), an arrondissement (ARM), or one that is delegated (COMD) or associated (COMA).

    `parent` is the code of the commune that an arrondissement, a delegated or associated commune is part of.
    `latitude` and `longitude` (degrees) are the town hall's, else the centre's; `rayon_km` is the greatest distance
    from there to the commune's outline. `population` is 0 where it is not counted.
    A named tuple: made by C, 37,590 of them take half the time of frozen dataclasses, and a server waits for it.
    """

    code: str
    nom: str
    type: str
    parent: str | None
    codes_postaux: tuple[str, ...]
    population: int
    departement: str
    region: str
    epci: str | None
    latitude: float
    longitude: float
    rayon_km: float

    @property
    def is_place(self) -> bool:
        """Whether data may name it: a commune of today or an arrondissement."""
        return self.type == CURRENT or self.type == ARRONDISSEMENT


def load_shipped_communes() -> list[Commune]:
    """Every row of the shipped table, sorted by code. Column by column: half the time of row by row."""
    code, nom, kind, parent, postal, population, departement, region, epci, lat, lon, reach = load_columns("communes")
    codes_postaux = [tuple(codes.split()) for codes in postal]
    rows = zip(
        code, nom, kind, map(_absent, parent), codes_postaux, map(int, population),
        departement, region, map(_absent, epci), map(float, lat), map(float, lon), map(float, reach),
        strict=True,
    )  # fmt: skip
    return list(map(Commune._make, rows))


def _absent(value: str) -> str | None:
    return value or None
