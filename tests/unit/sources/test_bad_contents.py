"""What a server may give instead of yesterday's data: said clearly, and the catalogue keeps what it had."""

import io
import zipfile

import pytest

from indexer.catalogue import Catalogue
from indexer.sources.sync import SyncState
from tests.support.lheo_samples import build_catalogue, build_formation
from tests.unit.sources.conftest import Answer, Declare, Site, Sync, records

ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE lheo [<!ENTITY a0 "ah">{ENTITIES}]><lheo><offres>&a9;</offres></lheo>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE lheo [<!ENTITY x SYSTEM "file:///etc/hostname">]><lheo>&x;</lheo>'
CALENDAR = "\r\n".join(
    ("BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "SUMMARY:Atelier CV", "LOCATION:Belfort")
)
PAGE = b"<!DOCTYPE html><html><title>Maintenance</title></html>"


TABLE = """
titre = "Tableau"
licence = "Essai"
format = "tableur"
[acces]
url = "{url}/tableau.csv"
[[fiches]]
genre = "structure"
[fiches.champs]
id = {{ valeur = "s" }}
nom = {{ valeur = "Maison des aides" }}
[[fiches]]
genre = "offre"
[fiches.champs]
id = {{ colonne = "Code" }}
nom = {{ colonne = "Action" }}
code_insee = {{ colonne = "Commune" }}
structure_id = {{ valeur = "s" }}
"""


def workbook_that_swells() -> bytes:
    """A workbook of a few kB whose sheet holds 300 MB of blanks."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(300):
                sheet.write(b" " * 1_000_000)
    return made.getvalue()


CASES = {
    "xml-bomb": (BOMB.encode(), "DOCTYPE ou ENTITY, refusée par sécurité"),
    "external-entity": (OUTSIDE.encode(), "DOCTYPE ou ENTITY, refusée par sécurité"),
    "zip-bomb": (workbook_that_swells(), "classeur anormalement grand"),
    "page": (PAGE, "le serveur a répondu une page"),
    "page-after-a-comment": (b"<!-- serveur 3 -->" + PAGE, "une page HTML"),
    "error-in-json": (
        b'{"error": "service indisponible", "code": 503}',
        "un message d'erreur au lieu des données (« service indisponible »)",
    ),
    "message-in-text": (b"Service temporairement indisponible", "format non reconnu"),
    "nothing": (b"", "vide"),
    "empty-list": (b"[]", "aucune fiche acceptée"),
    "cut-json": (records()[:-20], "fichier tronqué"),
    "cut-xml": (build_catalogue(build_formation())[:-60].encode(), "ligne"),
    "calendar-cut": (CALENDAR.encode(), "calendrier tronqué"),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "Ce n'est pas un fichier texte"),
}


@pytest.mark.parametrize(("content", "told"), list(CASES.values()), ids=list(CASES))
def test_a_content_that_is_no_feed_is_said_and_yesterday_s_truth_stays(
    content: bytes, told: str, site: Site, declare: Declare, sync: Sync, catalogue: Catalogue
) -> None:
    source = declare(f'titre = "Essai"\nlicence = "Essai"\n[acces]\nurl = "{site.url}/export"\n')
    site.say(Answer(body=records()))
    assert sync(source).state is SyncState.IMPORTED
    site.say(Answer(body=content))
    outcome = sync(source)
    assert outcome.state in (SyncState.FAILED, SyncState.HELD)
    assert told in outcome.message
    assert "Traceback" not in outcome.message
    assert [stored.offer.id for stored in catalogue.iter_offers_for_index()] == ["ex--0", "ex--1", "ex--2"]


def test_columns_moved_since_yesterday_are_found_by_their_names(
    site: Site, declare: Declare, sync: Sync, catalogue: Catalogue
) -> None:
    source = declare(TABLE.format(url=site.url))
    site.say(Answer(body=b"Code;Action;Commune\n1;Atelier CV;90010\n"))
    assert sync(source).state is SyncState.IMPORTED
    site.say(Answer(body=b"Commune;Remarque;Code;Action\n90010;;1;Atelier CV\n"))
    outcome = sync(source)
    assert outcome.report is not None
    assert (outcome.state, outcome.report.updated) == (SyncState.IMPORTED, 0)
    (offer,) = catalogue.iter_offers_for_index()
    assert offer.offer.nom == "Atelier CV"


def test_a_column_renamed_since_yesterday_is_named_with_those_that_are_there(
    site: Site, declare: Declare, sync: Sync, catalogue: Catalogue
) -> None:
    source = declare(TABLE.format(url=site.url))
    site.say(Answer(body=b"Code;Action;Commune\n1;Atelier CV;90010\n"))
    sync(source)
    site.say(Answer(body="Code;Intitulé;Commune\n1;Atelier CV;90010\n".encode()))
    outcome = sync(source)
    assert outcome.state is SyncState.FAILED
    assert "colonnes absentes : Action" in outcome.message
    assert "Intitulé" in outcome.message
    assert [stored.offer.nom for stored in catalogue.iter_offers_for_index()] == ["Atelier CV"]
