"""A small invented catalogue around Belfort for the API's tests, imported and indexed by the real code."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from indexer.catalogue import open_catalogue
from indexer.embeddings.vector_cache import VectorCache
from indexer.engines.factory import build_engine
from indexer.rebuild import Indexing, reindex
from indexer.schema import Kind
from indexer.settings import Settings
from tests.support.catalogues import lay_tables
from tests.support.hashing_encoder import HashingEncoder
from tests.support.small_feeds import bring, offer, structure

NOW = datetime(2026, 5, 4, 12, tzinfo=ZoneInfo("Europe/Paris"))
BELFORT = {
    "commune": "Belfort",
    "code_insee": "90010",
    "code_postal": "90000",
    "latitude": 47.6397,
    "longitude": 6.8638,
}
DELLE = {"commune": "Delle", "code_insee": "90033", "code_postal": "90100", "latitude": 47.5079, "longitude": 7.0}
ODD_ID = "ex--atelier/vélo [1]?#&% n°2"

Records = list[tuple[Kind, dict[str, Any]]]


def belfort_records() -> Records:
    """What each one is for is in its name."""
    permis = "mobilite--preparer-un-permis"
    loyer = "logement-hebergement--reduire-les-impayes-de-loyer"
    session = ({"debut": "2026-05-20T09:00+02:00"},)
    contact = {"contact_nom_prenom": "Ada L."}
    return [
        structure(1, nom="Maison des mobilités", siret="21900010100015", **BELFORT),
        structure(2, nom="Épicerie « L'Entraide » & <Cie>", **DELLE),
        offer(1, nom="Passer le permis de conduire", thematiques=(permis,), frais="payant", **BELFORT),
        offer(2, nom="Aide au permis, sans en dire le prix", thematiques=(permis,), **DELLE),
        offer(3, nom="Payer son loyer", thematiques=(loyer,), frais="gratuit", publics=("familles",), **BELFORT),
        offer(4, nom="Conseil par téléphone", thematiques=(loyer,), modes_accueil=("a-distance",)),
        offer(5, nom="Atelier de réparation", type_offre="atelier", sessions=session, **BELFORT),
        offer(6, nom="Formation de cuisinier", type_offre="formation", metiers=("G1602",), **contact, **DELLE),
        offer(7, nom="Offre suspendue", suspendue=True, **BELFORT),
        offer(8, nom="Offre expirée", validite={"debut": "2026-01-01", "fin": "2026-02-01"}, **BELFORT),
        offer(9, nom="Offre sans structure", structure_id="ex--inconnue", **BELFORT),
        offer(10, id=ODD_ID, nom="Atelier vélo", **BELFORT),
        offer(11, id="ex--o1/similaires", nom="Offre dont l'identifiant finit comme une adresse", **BELFORT),
        *(offer(100 + n, nom="Permanence numérique", description="Un ordinateur.", **DELLE) for n in range(30)),
    ]  # fmt: skip


def fill(settings: Settings, records: Records | None = None) -> None:
    """Imports the records, retires `ex--ancienne`, and indexes what is left."""
    catalogue = open_catalogue(lay_tables(settings.catalogue_url))
    encoder = HashingEncoder()
    records = belfort_records() if records is None else records
    gone = offer(
        99, id="ex--ancienne", nom="Ancien permis à un euro", thematiques=("mobilite--preparer-un-permis",), **BELFORT
    )
    bring(catalogue, [*records, gone], now=NOW)
    bring(catalogue, records, now=NOW, accept_loss=True)
    with VectorCache(settings.vector_cache_path) as cache:
        reindex(Indexing(catalogue, build_engine(settings, encoder.dimensions), encoder, cache, NOW.date()))
    catalogue.close()


def settings_in(folder: Path, **values: Any) -> Settings:
    return Settings(data_dir=folder, **{"rate_limit": "off"} | values)
