"""The small catalogue of the page tests, and a reader of pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from fastapi.testclient import TestClient

from indexer.language.needs import NeedReader
from tests.support.pages import BELFORT, RENT, PagesWorld, Records
from tests.support.small_feeds import offer, structure

XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"

RENT_OFFER = {
    "nom": "Payer un loyer en retard",
    "description": "Une aide pour payer le loyer. Demande : https://exemple.test/aide.\n- un dossier\n- un avis",
    "thematiques": (RENT,),
    "frais": "gratuit",
    "telephone": "+33384000102",
    "courriel": "loyer@exemple.test",
    "adresse": "3 rue des Sapins",
    "latitude": 47.64,
    "longitude": 6.86,
    "modes_accueil": ("en-presentiel",),
    "contact_nom_prenom": "Camille Secrete",
    "horaires_accueil": "Mo-Fr 09:00-12:00",
    "justificatifs": ("Le bail",),
    "langues": ("fr", "ar"),
    "age_min": 18,
    "zone_eligibilite": ("90",),
    "sessions": ({"debut": "2026-03-03T14:00:00+01:00", "fin": "2026-03-03T16:00:00+01:00", "places_restantes": 3},),
    **BELFORT,
}
TWIN = {"nom": "Atelier vélo", "description": "Réparer son vélo.", "modes_accueil": ("en-presentiel",)}
ROW = [
    offer(n, nom=f"Cours numéro {n}", description=f"Cours {n}.", latitude=47.6, longitude=6.9, **BELFORT)
    for n in range(100, 145)
]

RECORDS = [
    structure(1, nom="Maison des droits", telephone="+33384000101", description="Un lieu ouvert."),
    structure(2, nom="Sans offre"),
    structure(3, nom=f"Structure {XSS}", description=XSS, adresse=XSS, site_web="javascript:alert(1)"),
    offer(1, **RENT_OFFER),
    offer(2, nom=f"Offre {XSS}", description=f"{XSS}\n- {XSS}", structure_id="ex--s3", conditions_acces=XSS,
          lien_mobilisation="javascript:alert(1)", lien_source="javascript:alert(1)", frais_precisions=XSS),
    offer(3, nom="Aide par téléphone", modes_accueil=("a-distance",)),
    offer(4, **TWIN, commune="Belfort", code_insee="90010", latitude=47.63, longitude=6.86),
    offer(5, **TWIN, commune="Delle", code_insee="90033", latitude=47.508, longitude=6.999),
    offer(10, nom="Sans contact", structure_id="ex--s4", lien_source="https://www.exemple.test/fiche"),
    structure(4, nom="Sans téléphone"),
    offer(6, nom="En pause", suspendue=True),
    offer(7, nom="Terminée", validite={"debut": None, "fin": "2026-01-31"}),
    offer(8, nom="Perdue", structure_id="ex--absente"),
    *ROW,
]  # fmt: skip
GONE = offer(9, nom="Ancienne aide au loyer", thematiques=(RENT,), **BELFORT)
GONE_STRUCTURE = structure(9, nom="Structure partie")


def words_of(element: Element) -> str:
    """All its words, one space between."""
    return " ".join(" ".join(element.itertext()).split())


@dataclass(frozen=True)
class Page:
    """A parsed page."""

    root: Element

    @classmethod
    def read(cls, html: str) -> "Page":
        """ParseError when the page is not valid enough for a strict parser."""
        return cls(html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html))

    def all(self, tag: str, **attributes: str) -> list[Any]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [e for e in self.root.iter(tag) if all(e.get(n) == v for n, v in wanted.items())]

    def text(self, tag: str = "main", **attributes: str) -> str:
        """The words of the first such element, spaces made one."""
        return words_of(self.all(tag, **attributes)[0])

    def links(self) -> dict[str, str]:
        """Address of each link by its words; the last one wins."""
        return {words_of(a): a.get("href", "") for a in self.all("a")}

    def titles(self) -> list[str]:
        """Titles of the cards."""
        return [words_of(e) for e in self.root.iter() if "card-title" in e.get("class", "").split()]


def read_page(client: TestClient, address: str, status: int = 200) -> Page:
    response = client.get(address)
    assert response.status_code == status
    return Page.read(response.text)


def filled_world(folder: Path) -> PagesWorld:
    """All records, with an offer and a structure that are gone."""
    world = PagesWorld(folder)
    world.bring([*RECORDS, GONE, GONE_STRUCTURE])
    world.bring(RECORDS, accept_loss=True)
    world.index()
    return world


@contextmanager
def pages_of(folder: Path, records: Records, needs: NeedReader | None = None) -> Iterator[TestClient]:
    """The pages of a catalogue that holds these records."""
    world = PagesWorld(folder, needs)
    world.bring(records)
    world.index()
    with TestClient(world.app) as client:
        yield client
