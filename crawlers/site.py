"""A site to crawl, told as data: one TOML file, which a coordinator can read and change."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

KINDS: Final = ("schema-org", "agenda", "fiches", "api")
SLOWEST: Final = 1.0
"""Seconds between two pages of one site, at least: a rule that a test holds for every site."""

MAX_PAGES: Final = 5_000
SHIPPED: Final = Path(__file__).parent / "sites"
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_FORBIDDEN: Final = frozenset({"courriel", "contact_nom_prenom"})


class SiteError(ValueError):
    """A description that cannot be followed; the message is French, for the one who wrote it."""


@dataclass(frozen=True)
class Site:
    """`kind`: schema-org (data hidden in pages), agenda (ICS or RSS that pages announce), fiches (CSS selectors), api.

    `follow` are regular expressions of addresses to visit, `details` of those that are records (all pages when empty).
    `fields` maps a field of the national schema to a CSS selector (`h1::text`, `a.site::attr(href)`), of which
    `patterns` keep what their first group finds; `constants` are the same for all records. `delay` in seconds.
    Of an api, `record` is the path of its list in an answer (`data.items`), `fields` hold paths in a record, and
    `next_page` is the path of the next page's address, or `page_parameter` the parameter that counts pages.
    """

    name: str
    kind: str
    domains: tuple[str, ...]
    start: tuple[str, ...]
    licence: str
    producer: str
    sitemaps: tuple[str, ...] = ()
    follow: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    record: str = ""
    next_page: str = ""
    page_parameter: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    patterns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
    delay: float = 2.0
    max_pages: int = 500
    depth: int = 5

    def check(self) -> None:
        """SiteError for what cannot be followed or would not be polite."""
        if _NAME.fullmatch(self.name) is None:
            raise SiteError(f"{self.name} : un nom de site est fait de minuscules, chiffres et tirets.")
        if self.kind not in KINDS:
            raise SiteError(f"{self.name} : genre « {self.kind} » inconnu. Choisissez parmi {', '.join(KINDS)}.")
        if not self.domains or not (self.start or self.sitemaps):
            raise SiteError(f"{self.name} : donnez « domains », et « start » ou « sitemaps ».")
        if not self.licence or not self.producer:
            raise SiteError(f"{self.name} : donnez « licence » et « producer » : sans eux rien n'est repris.")
        if self.delay < SLOWEST or not 1 <= self.max_pages <= MAX_PAGES:
            raise SiteError(f"{self.name} : au moins {SLOWEST} s entre deux pages, et de 1 à {MAX_PAGES} pages.")
        if self.kind == "fiches" and "nom" not in self.fields:
            raise SiteError(f"{self.name} : le sélecteur de « nom » manque dans [fields].")
        if self.kind == "api" and not {"id", "nom"} <= self.fields.keys():
            raise SiteError(f"{self.name} : les chemins de « id » et de « nom » manquent dans [fields].")
        if _FORBIDDEN & (self.fields.keys() | self.constants.keys()):
            raise SiteError(f"{self.name} : les adresses et noms de personnes ne sont pas repris d'une page.")
        for pattern in (*self.follow, *self.details, *self.patterns.values()):
            _compiled(self.name, pattern)


def load_site(path: Path) -> Site:
    """The site of a TOML file. SiteError, naming the file, when it cannot be read or followed."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SiteError(f"{path} : fichier illisible ({error}).") from error
    known = {item.name for item in fields(Site)}
    unknown = sorted(content.keys() - known)
    if unknown:
        raise SiteError(
            f"{path} : clé inconnue « {unknown[0]} ». Clés connues : {', '.join(sorted(known - {'name'}))}."
        )
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in content.items()}
    try:
        site = Site(**{"name": path.stem, **values})
    except TypeError as error:
        raise SiteError(f"{path} : il manque une clé ({error}).") from error
    site.check()
    return site


def find_site(name: str, folders: tuple[Path, ...] = (SHIPPED,)) -> Path:
    """The file of a site, by its name or its path. SiteError naming those that are known."""
    if name.endswith(".toml"):
        return Path(name)
    known = {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}
    if name not in known:
        raise SiteError(f"Site inconnu : « {name} ». Sites connus : {', '.join(sorted(known)) or 'aucun'}.")
    return known[name]


def _compiled(name: str, pattern: str) -> "re.Pattern[str]":
    try:
        return re.compile(pattern)
    except re.error as error:
        raise SiteError(f"{name} : expression « {pattern} » illisible ({error}).") from error
