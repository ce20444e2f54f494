"""One declared source, as its TOML says it. docs/sources/README.md explains each key."""

import hashlib
import os
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import ConfigDict, Field, field_validator, model_validator

from indexer.errors import SettingError
from indexer.feeds.registry import FORMAT_NAMES
from indexer.sources.mapping_model import RecordMapping, Strict

Share = Annotated[float, Field(ge=0, le=1)]
_CRON: Final = r"^\S+( \S+){4}$"
_ENVIRONMENT: Final = r"^[A-Z][A-Z0-9_]{2,63}$"


class Access(Strict):
    """Where the data are: a path (may hold `*`), an address, or the paged API of data·inclusion (`api`).

    `jeton` names the environment variable that holds the token, sent as `prefixe` + token in the header `entete`.
    """

    fichier: str | None = None
    url: Annotated[str | None, Field(pattern=r"^https?://\S+$")] = None
    api: Annotated[str | None, Field(pattern=r"^https?://\S+$")] = None
    jeton: Annotated[str | None, Field(pattern=_ENVIRONMENT)] = None
    entete: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,63}$")] = "Authorization"
    prefixe: str = "Bearer "
    parametres: Annotated[dict[str, str], Field(default_factory=dict)]
    delai_s: Annotated[int, Field(ge=1, le=7200)] = 300
    taille_max_mo: Annotated[int, Field(ge=1, le=4000)] = 500
    essais: Annotated[int, Field(ge=1, le=8)] = 4

    @model_validator(mode="after")
    def _one_place(self) -> "Access":
        if sum(place is not None for place in (self.fichier, self.url, self.api)) != 1:
            raise ValueError("il faut une seule de ces clés : fichier, url, api")
        return self

    def token(self) -> str | None:
        """The token, when one is asked for. SettingError when its variable is empty."""
        if self.jeton is None:
            return None
        value = os.environ.get(self.jeton, "").strip()
        if not value:
            raise SettingError(f"Le jeton manque : donnez-le dans la variable d'environnement {self.jeton}.")
        if not value.isascii() or not value.isprintable():
            raise SettingError(f"La variable {self.jeton} contient un caractère qui ne peut pas être envoyé.")
        return value


class SourceGuards(Strict):
    """Beyond these shares the import is held, and the catalogue keeps what it had."""

    perte_max: Share = 0.3
    rejets_max: Share = 0.5


class Source(Strict):
    """`flux` is the name of its file; `fichier_toml` is where it is declared. `actif` false: only when named."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    flux: str
    fichier_toml: Path
    titre: str = ""
    producteur: Annotated[str | None, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")] = None
    licence: str | None = None
    attribution: str = ""
    contact: str = ""
    format: str = "auto"
    actif: bool = True
    planning: Annotated[str | None, Field(pattern=_CRON)] = None
    fraicheur_jours: Annotated[int | None, Field(ge=1, le=3650)] = None
    acces: Access
    gardes: SourceGuards = SourceGuards()
    options: Annotated[dict[str, Any], Field(default_factory=dict)]
    fiches: Annotated[list[RecordMapping], Field(default_factory=list)]

    @field_validator("format")
    @classmethod
    def _known_format(cls, name: str) -> str:
        if name not in FORMAT_NAMES:
            raise ValueError(f"format inconnu. Formats connus : {', '.join(FORMAT_NAMES)}")
        return name

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the mapping cannot do without."""
        return tuple(dict.fromkeys(column for fiche in self.fiches for column in fiche.columns))

    @property
    def place(self) -> str:
        """Where the data are, as it is told."""
        return self.acces.fichier or self.acces.url or self.acces.api or ""

    @property
    def fingerprint(self) -> str:
        """Changes with whatever changes how the data are read."""
        return hashlib.sha256(self.model_dump_json(exclude={"fichier_toml", "planning", "titre"}).encode()).hexdigest()
