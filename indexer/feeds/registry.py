"""Every format that can be read, by its name: one line each, and no parser is imported before it is needed.

To add a format:

1. Write `indexer/feeds/<name>.py` (or a folder) with one public function `iter_<name>(file: FeedFile)`, a `Feed`.
   It reads `file.stream` once (`file.text(newline="")`, or `file.utf8()` for a parser of bytes), in constant memory,
   and yields `Row(number, fields)` for each structure or offer, with the fields of the national schema and of Maillage
   (docs/data-model.md). One element that makes a structure and an offer yields two rows of one number; the kind is
   told by `kind_of`, or outright by `Row.kind`. A row that is no record is `Row(number, refusal="…")`, a doubt is a
   remark: the normaliser counts both. What stops the reading raises FeedError (French: file, place, what to do).
   `id` may be left bare: the normaliser completes it. A row without `source` takes that of the options.
2. Options of the declared source are in `file.options`: `producer`, `licence`, `today` (a date: ask no clock), and
   `values`, the table `[options]` of the source, to be checked by the parser (`options.text("filtre")`).
3. Add a line to FORMATS below. `sign` is a regular expression searched in the first 64,000 characters, and `starts` the
   beginnings that such a file can have: `--format auto` takes the first line whose two conditions hold.
   XML parsers use defusedxml, lxml with `resolve_entities=False`, or expat with entities refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final, cast

from indexer.errors import FeedError
from indexer.feeds.base import Feed, FeedFile

HEAD_SEARCHED: Final = 64_000


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `reader` is `module:function`; without `sign` it must be asked for by name."""

    reader: str
    label: str
    starts: tuple[str, ...] = ()
    sign: str | None = None

    def load(self) -> Feed:
        """The function that reads it."""
        module, _, function = self.reader.partition(":")
        return cast(Feed, getattr(import_module(module), function))

    def recognises(self, file: FeedFile) -> bool:
        """Whether the beginning of a file looks like this format."""
        head = file.head.lstrip()[:HEAD_SEARCHED]
        return self.sign is not None and head.startswith(self.starts) and re.search(self.sign, head) is not None


FORMATS: Final[Mapping[str, Format]] = {
    "recolte": Format(
        "indexer.feeds.crawl_lines:iter_crawl_lines", "récolte de « maillage crawl »", ("{",), r'"recupere_le"\s*:'
    ),
    "tableur": Format(
        "indexer.feeds.tables.reader:iter_table", "CSV, XLSX ou ODS d'un partenaire", ("PK\x03\x04",), r"^PK"
    ),
    "lheo": Format("indexer.feeds.lheo:iter_lheo", "LHÉO : formations", ("<",), r"<(?:\w+:)?(?:lheo|offres)\b"),
    "ical": Format("indexer.feeds.ical:iter_ical", "iCalendar", ("BEGIN:VCALENDAR",), r"VCALENDAR"),
    "rss": Format("indexer.feeds.rss:iter_rss", "RSS ou Atom", ("<",), r"<(?:rss|feed|(?:\w+:)?RDF)\b"),
    "openagenda": Format(
        "indexer.feeds.open_agenda:iter_open_agenda",
        "OpenAgenda",
        ("{", "["),
        r'"(?:timings|horaires)"\s*:\s*\[\s*\{\s*"begin"|"originagenda_title"\s*:',
    ),
    "immersion-facilitee": Format(
        "indexer.feeds.immersions:iter_immersions", "Immersion Facilitée", ("{", "["), r'"voluntaryToImmersion"\s*:'
    ),
    "mediation-numerique": Format(
        "indexer.feeds.digital_places:iter_digital_places",
        "Lieux de médiation numérique",
        ("{", "["),
        r'"pivot"\s*:|"Nom du lieu ou de la structure"\s*:',
    ),
    "mes-aides": Format(
        "indexer.feeds.local_aids:iter_local_aids", "Aides locales", ("{", "["), r'"geographicalArea"\s*:'
    ),
    "formations-fle": Format(
        "indexer.feeds.french_courses:iter_french_courses", "Cours de français", ("{", "["), r'"placesDispo"\s*:'
    ),
    "siae": Format(
        "indexer.feeds.place_lists:iter_siae", "Structures d'insertion (SIAE)", ("{", "["), r'"enseigne"\s*:.*"naf"\s*:'
    ),
    "france-services": Format(
        "indexer.feeds.place_lists:iter_france_services", "France services", ("id_fs,",), r"format_fs"
    ),
    "agences": Format(
        "indexer.feeds.place_lists:iter_agencies", "Agences France Travail", ("reference,",), r"code_safir"
    ),
    "schema-org": Format(
        "indexer.feeds.schema_org:iter_schema_org", "schema.org : page, ou JSON-LD", ("<", "{", "["), r"schema\.org"
    ),
    "json": Format("indexer.feeds.json_records:iter_json", "JSON : une liste"),
    "ndjson": Format("indexer.feeds.json_records:iter_ndjson", "JSON : un objet par ligne"),
    "csv": Format("indexer.feeds.csv_records:iter_csv", "CSV aux colonnes du schéma national"),
}
"""In the order in which `auto` tries them; the three generic ones are told apart by `detection` afterwards."""

FORMAT_NAMES: Final = ("auto", *FORMATS)


def load_reader(name: str) -> Feed:
    """The reader of a format. FeedError for a name that is not in FORMATS."""
    if name not in FORMATS:
        raise FeedError(f"Format inconnu : « {name} ». Formats connus : {', '.join(FORMAT_NAMES)}.")
    return FORMATS[name].load()


def recognise(file: FeedFile) -> str | None:
    """The first format whose sign is in the file; None when only its syntax can tell."""
    return next((name for name, format in FORMATS.items() if format.recognises(file)), None)
