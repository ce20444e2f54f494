"""Field types shared by the models."""

from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, Field

from indexer.schema.vocabulary import vocabulary


def _values_of(name: str) -> Callable[[tuple[str, ...]], tuple[str, ...] | None]:
    """A validator that sorts, removes doubles, and refuses what the vocabulary does not know. Nothing left = absent."""

    def check(values: tuple[str, ...]) -> tuple[str, ...] | None:
        unknown = set(values) - vocabulary(name).keys()
        if unknown:
            raise ValueError(f"valeur inconnue : {', '.join(sorted(unknown))}")
        return tuple(sorted(set(values))) or None

    return check


def _sorted_set(values: tuple[str, ...]) -> tuple[str, ...] | None:
    return tuple(sorted(set(values))) or None


Id = Annotated[str, Field(min_length=4, max_length=512, pattern=r"^(?s:.+?)--(?s:.+)$")]
Latitude = Annotated[float | None, Field(ge=-90, le=90)]
Longitude = Annotated[float | None, Field(ge=-180, le=180)]
Age = Annotated[int | None, Field(ge=0, le=120)]

_Values = tuple[str, ...]
StringSet = Annotated[_Values, AfterValidator(_sorted_set)] | None
Thematiques = Annotated[_Values, AfterValidator(_values_of("thematiques"))] | None
Publics = Annotated[_Values, AfterValidator(_values_of("publics"))] | None
ModesAccueil = Annotated[_Values, AfterValidator(_values_of("modes_accueil"))] | None
ModesMobilisation = Annotated[_Values, AfterValidator(_values_of("modes_mobilisation"))] | None
MobilisablePar = Annotated[_Values, AfterValidator(_values_of("mobilisable_par"))] | None
ReseauxPorteurs = Annotated[_Values, AfterValidator(_values_of("reseaux_porteurs"))] | None
