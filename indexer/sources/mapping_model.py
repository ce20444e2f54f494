"""The mapping of a source, as its TOML declares it: how a row of any table makes structures and offers."""

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from indexer.closest import closest
from indexer.schema import Kind, Offer, Structure
from indexer.sources.forms import FORMS
from indexer.sources.templates import columns_of, parse_template

Scalar = str | bool | int | float
NESTED: Final = {"sessions": ("debut", "fin", "lieu", "places", "places_restantes"), "validite": ("debut", "fin")}
_NOT_OURS: Final = {"source", "position_approximative", *NESTED}
FIELDS: Final = {
    "offre": sorted(set(Offer.model_fields) - _NOT_OURS),
    "structure": sorted(set(Structure.model_fields) - _NOT_OURS),
}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Rule(Strict):
    """Where one field comes from: one of `colonne`, `colonnes`, `modele`, `valeur`; then how it is changed.

    In the order: columns joined by `liant`, `forme`, cut by `separateurs`, translated by `valeurs` (whatever accents
    and capitals), `autres` telling what becomes of a value that is not listed, `defaut` when nothing is left.
    """

    colonne: str | None = None
    colonnes: list[str] | None = None
    modele: str | None = None
    valeur: Scalar | list[str] | None = None
    liant: str = " "
    forme: str | None = None
    separateurs: str | None = None
    valeurs: dict[str, Scalar | list[str]] | None = None
    autres: Literal["garder", "ecarter"] | None = None
    defaut: Scalar | list[str] | None = None
    facultatif: bool = False

    @field_validator("forme")
    @classmethod
    def _known_form(cls, form: str | None) -> str | None:
        if form is not None and form not in FORMS:
            raise ValueError(f"forme inconnue. Formes connues : {', '.join(FORMS)}")
        return form

    @field_validator("modele")
    @classmethod
    def _sound_template(cls, template: str | None) -> str | None:
        if template is not None:
            parse_template(template)
        return template

    @model_validator(mode="after")
    def _one_origin(self) -> "Rule":
        given = [self.colonne, self.colonnes, self.modele, self.valeur]
        if sum(value is not None for value in given) != 1:
            raise ValueError("il faut une seule de ces clés : colonne, colonnes, modele, valeur")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        if self.modele is not None:
            return columns_of(self.modele)
        return tuple(self.colonnes or ()) + ((self.colonne,) if self.colonne is not None else ())


def _as_rule(value: Any) -> Any:
    return {"colonne": value} if isinstance(value, str) else value


AnyRule = Annotated[Rule, BeforeValidator(_as_rule)]


class RecordMapping(Strict):
    """One record that each row makes, when `si` (column → admitted values) holds and `sauf` does not.

    `deduite`: an offer that the source does not give as such; its description says so.
    """

    genre: Literal["structure", "offre"]
    champs: Annotated[dict[str, AnyRule], Field(min_length=2)]
    sessions: Annotated[dict[str, AnyRule], Field(default_factory=dict)]
    validite: Annotated[dict[str, AnyRule], Field(default_factory=dict)]
    si: Annotated[dict[str, list[str]], Field(default_factory=dict)]
    sauf: Annotated[dict[str, list[str]], Field(default_factory=dict)]
    deduite: bool = False

    @property
    def kind(self) -> Kind:
        return Kind.OFFER if self.genre == "offre" else Kind.STRUCTURE

    @model_validator(mode="after")
    def _known_fields(self) -> "RecordMapping":
        _refuse_unknown(self.champs, FIELDS[self.genre])
        for name, rules in (("sessions", self.sessions), ("validite", self.validite)):
            _refuse_unknown(rules, NESTED[name])
            if rules and self.genre == "structure":
                raise ValueError(f"« {name} » est pour une offre, et non pour une structure")
        missing = [name for name in ("id", "nom") if name not in self.champs]
        if missing:
            raise ValueError(f"il manque le champ « {missing[0]} » : chaque fiche a un id stable et un nom")
        return self

    def iter_rules(self) -> Iterator[Rule]:
        yield from self.champs.values()
        yield from self.sessions.values()
        yield from self.validite.values()

    @property
    def columns(self) -> list[str]:
        """Those without which the rows cannot be understood."""
        needed = [column for rule in self.iter_rules() if not rule.facultatif for column in rule.columns]
        return list(dict.fromkeys([*needed, *self.si, *self.sauf]))


def _refuse_unknown(rules: dict[str, Rule], known: Any) -> None:
    for name in rules:
        if name not in known:
            near = closest(name, known)
            hint = f" Vouliez-vous dire « {near} » ?" if near else f" Champs connus : {', '.join(known)}."
            raise ValueError(f"champ inconnu : « {name} ».{hint}")
