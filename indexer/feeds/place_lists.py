"""Lists of structures as national networks publish them. They make no offer, unless the list itself is one.

France services is such a case: every place of the list does the same, by its label. The offer is marked as drawn.
Structures of insertion by work, agencies and the like are structures alone; `[options] offre` and `thematiques` of the
declared source may say what each of its places offers.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from indexer.errors import FeedError
from indexer.feeds.base import FeedFile, Row
from indexer.feeds.building import given, iter_objects, text_of
from indexer.feeds.derived import derive_offer
from indexer.schema import Kind

Fields = dict[str, Any]
_DAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")
_PAPERS: Final = "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives"


@dataclass(frozen=True)
class PlaceList:
    """One list: its producer, how a line becomes a structure, and what each place offers by its label, if anything."""

    source: str
    build: Callable[[Mapping[str, Any]], Fields]
    offer: str = ""
    about: str = ""
    thematiques: tuple[str, ...] = ()

    def iter_rows(self, file: FeedFile, lines: Iterator[Row]) -> Iterator[Row]:
        """A structure a line, then the offer that is declared, if any."""
        name = file.options.text("offre", self.offer)
        needs = file.options.texts("thematiques") or self.thematiques
        for line in lines:
            if line.refusal is not None:
                yield line
                continue
            structure = given({**self.build(line.fields), "source": file.options.producer or self.source})
            yield Row(line.number, structure, kind=Kind.STRUCTURE)
            if name and "id" in structure and "nom" in structure:
                title = f"{name} : {structure['nom']}"
                offer = derive_offer(structure, title, self.about, thematiques=list(needs))
                yield Row(line.number, offer, kind=Kind.OFFER)


def build_france_services(line: Mapping[str, Any]) -> Fields:
    hours = [f"{day} {text_of(line.get(f'h_{day}'))}" for day in _DAYS if text_of(line.get(f"h_{day}"))]
    return {
        "id": f"fs-{text_of(line.get('id_fs'))}" if text_of(line.get("id_fs")) else None,
        "nom": text_of(line.get("lib_fs")),
        "adresse": text_of(line.get("adresse")),
        "complement_adresse": text_of(line.get("complement_adresse")),
        "code_insee": text_of(line.get("insee_com")),
        "code_postal": text_of(line.get("code_postal")),
        "commune": text_of(line.get("lib_com")),
        "latitude": line.get("latitude"),
        "longitude": line.get("longitude"),
        "horaires_accueil": "; ".join(hours),
        "reseaux_porteurs": ["france-service"],
    }


def build_agency(line: Mapping[str, Any]) -> Fields:
    return {
        "id": text_of(line.get("reference")),
        "nom": f"Agence France Travail {text_of(line.get('nom'))}",
        "adresse": text_of(line.get("adresse")),
        "code_postal": text_of(line.get("code_postal")),
        "commune": text_of(line.get("commune")),
        "latitude": line.get("lat"),
        "longitude": line.get("lon"),
        "reseaux_porteurs": ["france-travail"],
    }


def build_siae(line: Mapping[str, Any]) -> Fields:
    kind = text_of(line.get("type"))
    return {
        "id": "-".join(part for part in (text_of(line.get("siret")), kind.lower()) if part),
        "nom": text_of(line.get("enseigne")) or text_of(line.get("nom")),
        "siret": text_of(line.get("siret")),
        "description": text_of(line.get("description")),
        "adresse": text_of(line.get("adresse")),
        "code_postal": text_of(line.get("code_postal")),
        "commune": text_of(line.get("commune")),
        "latitude": line.get("lat"),
        "longitude": line.get("lon"),
        "reseaux_porteurs": [kind.lower()] if kind else None,
    }


FRANCE_SERVICES: Final = PlaceList(
    "france-services",
    build_france_services,
    "Aide aux démarches",
    "Des conseillers aident à faire les démarches de santé, famille, retraite, emploi, logement, impôts, papiers, et à "
    "se servir des services en ligne.",
    (_PAPERS, "numerique--acceder-a-des-services-en-ligne"),
)
AGENCIES: Final = PlaceList("france-travail", build_agency)
SIAE: Final = PlaceList("les-emplois", build_siae)


def iter_france_services(file: FeedFile) -> Iterator[Row]:
    """Places of France services, each with the help that its label promises."""
    return FRANCE_SERVICES.iter_rows(file, iter_lines(file, "id_fs"))


def iter_agencies(file: FeedFile) -> Iterator[Row]:
    """Agencies: structures alone."""
    return AGENCIES.iter_rows(file, iter_lines(file, "code_safir"))


def iter_siae(file: FeedFile) -> Iterator[Row]:
    """Structures of insertion by work: structures alone."""
    return SIAE.iter_rows(file, iter_objects(file))


def iter_lines(file: FeedFile, needed: str) -> Iterator[Row]:
    """The lines of a comma-separated file with a header. FeedError when a column has gone, or a quote never closes."""
    reader = csv.DictReader(file.text(newline=""), strict=True)
    if needed not in (reader.fieldnames or ()):
        raise FeedError(f"{file.name} : la colonne « {needed} » a disparu. Le producteur a-t-il changé son fichier ?")
    try:
        for number, line in enumerate(reader, start=2):
            yield Row(number, dict(line))
    except csv.Error as error:
        raise FeedError(f"{file.name} : CSV illisible ({error}). Téléchargez-le de nouveau.") from error
