"""A territory: the name of the site, whom to call, its colours, who answers for it (see docs/territory.md)."""

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from indexer.geocode.communes import load_communes
from indexer.reference.shipped import departement_names
from ui import urls
from ui.colours import Colours, Scheme, read_tokens
from ui.wording import say_list, say_phone

MAX_CONTACTS: Final = 6
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_PHONE = re.compile(r"\+\d{6,15}|\d{2,5}")


def _checked_departement(code: str) -> str:
    if code not in departement_names():
        raise ValueError("inconnu")
    return code


def _checked_commune(code: str) -> str:
    if load_communes().resolve(code) is None:
        raise ValueError("inconnu")
    return code


def _checked_phone(number: str) -> str:
    compact = re.sub(r"[ .\u00a0-]", "", number)
    if re.fullmatch(r"0[1-9]\d{8}", compact):
        compact = "+33" + compact[1:]
    if not _PHONE.fullmatch(compact):
        raise ValueError("illisible")
    return compact


def _checked_site(address: str) -> str:
    if urls.web(address) is None or not urlsplit(address).hostname:
        raise ValueError("illisible")
    return address


def checked_base_url(address: str) -> str:
    """A scheme and a host, without the final slash. ValueError for anything else: pages are at the root of a host."""
    parts = urlsplit(address)
    bare = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ValueError("illisible")
    if address.rstrip("/") != bare or not re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", parts.netloc):
        raise ValueError("illisible")
    return bare


def _checked_role(role: str) -> str:
    if role not in read_tokens()["clair"]:
        raise ValueError("inconnu")
    return role


def _checked_colour(colour: str) -> str:
    if not _COLOUR.fullmatch(colour.lower()):
        raise ValueError("illisible")
    return colour.lower()


Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Palette = dict[Annotated[str, AfterValidator(_checked_role)], Annotated[str, AfterValidator(_checked_colour)]]
_PALETTE: Final = 'un rôle de ui/static/tokens.css et sa couleur, comme action = "#0b5d5e"'


class _Part(BaseModel):
    """The description of a field is what a wrong value is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Contact(_Part):
    """Whom to call, and what for."""

    nom: Short = Field(description="un nom de 1 à 80 caractères")
    pour: Line = Field(description="une phrase qui dit pour quoi appeler, de 1 à 300 caractères")
    telephone: Annotated[str, AfterValidator(_checked_phone)] | None = Field(
        default=None, description="un numéro comme « 03 84 00 00 00 », « +33384000000 » ou « 3949 »"
    )
    courriel: Annotated[str, StringConstraints(pattern=r"^[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+$")] | None = Field(
        default=None, description="une adresse comme « contact@exemple.fr »"
    )
    site: Annotated[str, AfterValidator(_checked_site)] | None = Field(
        default=None, description="une adresse qui commence par https:// ou http://"
    )

    @property
    def phone_url(self) -> str | None:
        return None if self.telephone is None else urls.phone(self.telephone)

    @property
    def phone_label(self) -> str | None:
        return None if self.telephone is None else say_phone(self.telephone)

    @property
    def mail_url(self) -> str | None:
        return None if self.courriel is None else urls.mail(self.courriel)


class Texts(_Part):
    accueil: Line | None = Field(default=None, description="une phrase d'accueil, de 1 à 300 caractères")


class LegalNotices(_Part):
    """What French law asks of a public site (loi pour la confiance dans l'économie numérique, article 1-1)."""

    editeur: Line = Field(description="qui publie le site, avec son adresse, de 1 à 300 caractères")
    directeur: Line = Field(description="le directeur ou la directrice de la publication, de 1 à 300 caractères")
    hebergeur: Line = Field(description="qui héberge le site, avec son adresse, de 1 à 300 caractères")
    contact: Line | None = Field(default=None, description="comment écrire à l'éditeur, de 1 à 300 caractères")


class Palettes(_Part):
    clair: Palette = Field(default={}, description=_PALETTE)
    sombre: Palette = Field(default={}, description=_PALETTE)

    def by_scheme(self) -> dict[Scheme, Colours]:
        return {"clair": self.clair, "sombre": self.sombre}


class Territory(_Part):
    """What a territory's file says."""

    nom: Short = Field(description="le nom du site, de 1 à 80 caractères")
    territoire: Short = Field(description="le nom du territoire, de 1 à 80 caractères")
    departements: Annotated[tuple[Annotated[str, AfterValidator(_checked_departement)], ...], Field(min_length=1)] = (
        Field(description='une liste de codes de départements, comme ["90"] ou ["2A", "2B"]')
    )
    code_commune: Annotated[str, AfterValidator(_checked_commune)] = Field(
        description='le code Insee d\'une commune, comme "90010" (pas son code postal)'
    )
    base_url: Annotated[str, AfterValidator(checked_base_url)] | None = Field(
        default=None, description="l'adresse publique du site, comme https://offres.exemple.fr, sans chemin"
    )
    logo: str | None = Field(
        default=None, description="le chemin d'un fichier .svg ou .png, à partir du dossier de ce fichier"
    )
    textes: Texts = Field(default=Texts(), description="un tableau [textes]")
    contacts: Annotated[tuple[Contact, ...], Field(max_length=MAX_CONTACTS)] = Field(
        default=(), description=f"au plus {MAX_CONTACTS} tableaux [[contacts]]"
    )
    entreprises: Contact | None = Field(
        default=None, description="un tableau [entreprises] : l'interlocuteur des entreprises, avec nom et pour"
    )
    mentions: LegalNotices = Field(description="un tableau [mentions] avec editeur, directeur et hebergeur")
    couleurs: Palettes = Field(default=Palettes(), description="des tableaux [couleurs.clair] et [couleurs.sombre]")

    @property
    def place(self) -> str:
        """« Haute-Saône (70) », « Alsace : Bas-Rhin (67) et Haut-Rhin (68) »."""
        named = tuple(f"{departement_names()[code]} ({code})" for code in self.departements)
        if len(named) == 1 and named[0].startswith(f"{self.territoire} ("):
            return named[0]
        return f"{self.territoire} : {say_list(named)}"
