"""Settings, read from the environment with the prefix `MAILLAGE_` (see docs/settings.md)."""

import os
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from indexer.errors import SettingError


def default_data_dir() -> Path:
    """`maillage` under the XDG data folder of the user."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "maillage"


class Settings(BaseSettings):
    """Everything that a deployment may change. Without any of them the program runs on embedded defaults."""

    model_config = SettingsConfigDict(env_prefix="MAILLAGE_", env_ignore_empty=True, extra="ignore", frozen=True)

    data_dir: Annotated[
        Path, Field(default_factory=default_data_dir, description="Catalogue SQLite, index construits, encodeur.")
    ]
    database_url: Annotated[
        SecretStr | None, Field(description="Base PostgreSQL du catalogue, à la place de SQLite.")
    ] = None
    engine: Annotated[
        Literal["embedded", "elasticsearch"], Field(description="Moteur de recherche : `embedded` ou `elasticsearch`.")
    ] = "embedded"
    elasticsearch_url: Annotated[
        str, Field(description="Adresses des nœuds Elasticsearch, séparées par des virgules.")
    ] = ""
    elasticsearch_user: Annotated[str, Field(description="Utilisateur Elasticsearch.")] = ""
    elasticsearch_password: Annotated[SecretStr | None, Field(description="Mot de passe de cet utilisateur.")] = None
    elasticsearch_api_key: Annotated[
        SecretStr | None, Field(description="Clé d'API Elasticsearch, à la place d'un utilisateur.")
    ] = None
    elasticsearch_ca: Annotated[
        Path | None, Field(description="Certificat de l'autorité qui a signé celui d'Elasticsearch (PEM).")
    ] = None
    elasticsearch_prefix: Annotated[
        str,
        Field(
            pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$",
            description="Début du nom de tout ce que Maillage garde dans Elasticsearch.",
        ),
    ] = "maillage"
    encoder: Annotated[
        str,
        Field(
            pattern=r"^(onnx|sentence-transformers:.+)$",
            description="Encodeur de textes : `onnx`, ou `sentence-transformers:NOM` avec l'extra du même nom.",
        ),
    ] = "onnx"
    reference_dir: Annotated[
        Path | None, Field(description="Tables de référence chargées ; par défaut `reference` dans `DATA_DIR`.")
    ] = None
    base_url: Annotated[str, Field(description="Adresse publique du site, sans barre finale.")] = ""
    territoire: Annotated[
        str, Field(description="Fichier TOML du territoire, ou le nom d'un de ceux de `ui/territoires`.")
    ] = "belfort"
    territoires_dir: Annotated[
        Path | None, Field(description="Dossier où `TERRITOIRE` est d'abord cherché par son nom.")
    ] = None
    sources_dir: Annotated[
        Path | None, Field(description="Dossier de vos sources (fichiers TOML) ; par défaut `sources` dans `DATA_DIR`.")
    ] = None
    geocoder_url: Annotated[
        str,
        Field(
            pattern=r"^(ban|https?://[^\s/?#@]+(/[^\s?#]*)?)?$",
            description="Service d'adresses : `ban` pour le service national, ou l'adresse d'un addok ; sans lui, le "
            "centre des communes.",
        ),
    ] = ""
    stale_months: Annotated[
        int,
        Field(
            ge=0,
            le=240,
            description="Mois sans changement après lesquels une offre est « à vérifier » et passe derrière ; 0 pour "
            "jamais.",
        ),
    ] = 24
    tiles_url: Annotated[
        str,
        Field(
            pattern=r"^(https?://[A-Za-z0-9.-]+(:\d+)?/[^\s\"'<>]*)?$",
            description="Fond de carte, comme `https://tuiles.exemple.fr/{z}/{x}/{y}.png` ; sans lui, un fond sobre.",
        ),
    ] = ""
    tiles_attribution: Annotated[
        str, Field(description="À qui l'on doit le fond de carte : un texte montré dessous.")
    ] = "© les contributeurs d’OpenStreetMap, https://www.openstreetmap.org/copyright"
    isochrone_url: Annotated[
        str,
        Field(
            pattern=r"^(https?://[^\s\"'<>]+)?$",
            description="Service d'isochrones des plans (GeoJSON), avec `{lat}`, `{lon}`, `{mode}` et `{minutes}`.",
        ),
    ] = ""
    registre_url: Annotated[
        str,
        Field(
            pattern=r"^(https?://[^\s\"'<>?#]+)?$",
            description="Registre public des entreprises (« Recherche d'entreprises »), pour remplir nom et adresse.",
        ),
    ] = ""
    rate_limit: Annotated[
        str,
        Field(
            pattern=r"^(off|\d+/(second|minute|hour))$",
            description="Requêtes permises par adresse, comme `600/minute` ; `off` pour aucune limite.",
        ),
    ] = "600/minute"
    trusted_proxies: Annotated[
        str,
        Field(description="Mandataires dont l'en-tête `X-Forwarded-For` est cru, séparés par des virgules."),
    ] = ""
    smtp_url: Annotated[
        SecretStr | None,
        Field(
            description="Serveur qui envoie les courriels, comme `smtp://utilisateur:motdepasse@serveur:587` ; sans "
            "lui, ils se lisent sur `/courriels`.",
        ),
    ] = None
    mail_from: Annotated[
        str,
        Field(
            pattern=r"^([^\r\n<>]{0,80}<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)?$",
            description="Adresse d'où partent les courriels, comme `Maillage <ne-pas-repondre@exemple.fr>`.",
        ),
    ] = ""
    secret_key: Annotated[
        SecretStr | None,
        Field(
            description="Clé de l'espace de travail (32 caractères au moins) ; plusieurs, séparées par des virgules : "
            "la première chiffre, toutes ouvrent.",
        ),
    ] = None
    oidc_issuer: Annotated[
        str,
        Field(
            pattern=r"^(https?://[^\s?#]+)?$",
            description="Fournisseur d'identité (OpenID Connect), comme `https://identite.exemple.fr`.",
        ),
    ] = ""
    oidc_client_id: Annotated[str, Field(description="Identifiant de ce site chez ce fournisseur.")] = ""
    oidc_client_secret: Annotated[SecretStr | None, Field(description="Secret de ce site chez ce fournisseur.")] = None
    oidc_name: Annotated[str, Field(description="Nom du fournisseur, sur le bouton de connexion.")] = "ProConnect"
    oidc_email_verified: Annotated[
        bool,
        Field(description="Vrai si ce fournisseur garantit les courriels sans le dire (`email_verified` absent)."),
    ] = False
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Field(description="Niveau des journaux.")] = (
        "info"
    )

    @field_validator("tiles_url")
    @classmethod
    def _check_tiles_url(cls, address: str) -> str:
        return _check_parts(address, ("{z}", "{x}", "{y}"), "des tuiles")

    @field_validator("isochrone_url")
    @classmethod
    def _check_isochrone_url(cls, address: str) -> str:
        return _check_parts(address, ("{lat}", "{lon}", "{mode}", "{minutes}"), "des isochrones")

    @cached_property
    def catalogue_url(self) -> str:
        """SQLAlchemy address of the catalogue."""
        if self.database_url is None:
            return f"sqlite:///{self.data_dir / 'catalogue.sqlite'}"
        url = self.database_url.get_secret_value()
        scheme, separator, rest = url.partition("://")
        if not separator or scheme not in ("postgresql", "postgres", "postgresql+psycopg"):
            raise SettingError("MAILLAGE_DATABASE_URL doit commencer par « postgresql:// ».")
        return f"postgresql+psycopg://{rest}"

    @property
    def stale_days(self) -> int | None:
        """The same in days; None for never."""
        return None if self.stale_months == 0 else round(self.stale_months * 365.25 / 12)

    @property
    def index_dir(self) -> Path:
        return self.data_dir / "index"

    @property
    def encoder_dir(self) -> Path:
        return self.data_dir / "encoder"

    @property
    def own_sources_dir(self) -> Path:
        """Where the declared sources of this deployment are."""
        return self.sources_dir or self.data_dir / "sources"

    @property
    def sync_dir(self) -> Path:
        """What was fetched of each source, and when."""
        return self.data_dir / "sync"

    @property
    def vector_cache_path(self) -> Path:
        return self.data_dir / "vectors.sqlite"

    @property
    def loaded_reference_dir(self) -> Path:
        return self.reference_dir or self.data_dir / "reference"


def _check_parts(address: str, parts: tuple[str, ...], of_what: str) -> str:
    missing = [part for part in parts if address and part not in address]
    if missing:
        raise ValueError(f"il manque {', '.join(missing)} dans l'adresse {of_what}")
    return address


def load_settings(**given: Any) -> Settings:
    """The settings of this process; a wrong one is refused with its name and what it takes. `given` stand before."""
    try:
        return Settings(**given)
    except ValidationError as error:
        lines = [f"MAILLAGE_{'_'.join(map(str, e['loc'])).upper()} : {e['msg']}" for e in error.errors()]
        raise SettingError("Réglage refusé. " + " ; ".join(lines)) from error
