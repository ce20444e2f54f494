"""A coordinator's list of companies, in any usual table: rows that are right, and the others with what to mend."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Final

from indexer.errors import FeedError
from indexer.geocode.communes import Commune, Communes
from indexer.mobilise.model import MobiliseError, NewCompany
from indexer.mobilise.sectors import parse_naf
from indexer.normalise.identifiers import parse_siret
from indexer.normalise.mails import parse_mails
from indexer.normalise.phones import parse_phones

if TYPE_CHECKING:
    from indexer.feeds.base import FeedFile

COLUMNS: Final = {
    "siret": ("siret", "n° siret", "numéro siret", "numéro de siret", "siret de l'établissement"),
    "nom": ("nom", "raison sociale", "dénomination", "denomination", "entreprise", "nom de l'entreprise", "enseigne",
            "nom commercial", "établissement", "société"),
    "adresse": ("adresse", "adresse 1", "adresse postale", "rue", "voie", "numéro et voie"),
    "code_postal": ("code postal", "cp", "code_postal"),
    "commune": ("commune", "ville", "localité", "libellé commune"),
    "naf": ("naf", "ape", "code naf", "code ape", "naf/ape", "ape/naf", "activité principale", "code naf/ape"),
    "courriel": ("courriel", "e-mail", "email", "mail", "mél", "adresse e-mail", "adresse mail", "adresse courriel"),
    "telephone": ("téléphone", "tél", "tel", "tél.", "numéro de téléphone", "téléphone fixe", "n° de téléphone"),
}  # fmt: skip
NEEDED: Final = ("siret", "nom", "commune", "naf")
LABELS: Final = {"siret": "SIRET", "nom": "nom", "commune": "commune", "naf": "NAF"}

MOST_ROWS: Final = 20_000
"""Rows of one list: the companies of a département with employees, a few times over."""

MAX_BYTES: Final = 50_000_000
"""Bytes of a list once unpacked."""

MAX_NAME: Final = 200
MAX_ADDRESS: Final = 300

_FORMULA: Final = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that was left out: its line in the file, its cells as they were read, and what to mend."""

    line: int
    cells: Mapping[str, str]
    reason: str


@dataclass(frozen=True, slots=True)
class CompanyList:
    """What a list holds. Of two rows with one SIRET, the first is kept and the second is a fault."""

    companies: tuple[NewCompany, ...]
    faults: tuple[Fault, ...]


@dataclass
class _Reading:
    communes: Communes
    columns: Mapping[str, str]
    lines: dict[str, int] = field(default_factory=dict)


def read_companies(content: bytes, name: str, communes: Communes) -> CompanyList:
    """MobiliseError, in French, when the file is no table, or lacks a column that is needed."""
    found: list[NewCompany] = []
    faults: list[Fault] = []
    reading: _Reading | None = None
    for line, cells, header in _iter_rows(content, name):
        if reading is None:
            reading = _Reading(communes, find_columns(header))
        if len(found) + len(faults) >= MOST_ROWS:
            raise MobiliseError(f"Cette liste a plus de {MOST_ROWS} lignes : coupez-la en plusieurs fichiers.")
        made = _build(reading, line, cells)
        if isinstance(made, str):
            faults.append(Fault(line, cells, made))
        else:
            found.append(made)
    return CompanyList(tuple(found), tuple(faults))


def find_columns(header: tuple[str, ...]) -> dict[str, str]:
    """The name in the file of each of our columns. MobiliseError telling which ones are missing, and those read."""
    from indexer.feeds.tables.header import column_key

    keys = {column_key(name): name for name in reversed(header) if name}
    known = {ours: next((keys[key] for key in map(column_key, names) if key in keys), "")
             for ours, names in COLUMNS.items()}  # fmt: skip
    missing = [LABELS[ours] for ours in NEEDED if not known[ours]]
    if missing:
        read = ", ".join(name for name in header if name) or "aucune"
        raise MobiliseError(
            f"Colonnes absentes : {', '.join(missing)}. Colonnes lues : {read[:500]}. "
            "Ajoutez-les à votre fichier, puis envoyez-le de nouveau."
        )
    return {ours: name for ours, name in known.items() if name}


def write_faults(faults: tuple[Fault, ...]) -> str:
    """The rows left out, with what to mend before them: CSV for a spreadsheet, « ; » between cells."""
    columns = list(dict.fromkeys(name for fault in faults for name in fault.cells))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["À corriger", "Ligne", *columns])
    for fault in faults:
        writer.writerow([fault.reason, fault.line, *(_harmless(fault.cells.get(name, "")) for name in columns)])
    return text.getvalue()


def _iter_rows(content: bytes, name: str) -> Iterator[tuple[int, dict[str, str], tuple[str, ...]]]:
    """Line, cells by column, and the header, for each row that holds something."""
    from indexer.feeds.tables.reader import open_table

    with _opened(content, name) as file:
        table = open_table(file)
        names, empty = table.header.names, True
        for line in table.lines:
            cells = {name: cell for name, cell in zip(names, line.cells, strict=False) if name and cell}
            if cells:
                empty = False
                yield line.number, cells, names
        if empty:
            find_columns(names)
            raise MobiliseError("Cette liste ne contient aucune entreprise sous ses titres de colonnes.")


@contextmanager
def _opened(content: bytes, name: str) -> "Iterator[FeedFile]":
    """The file as readers of feeds take it; what they refuse is told with the name that the coordinator knows."""
    from indexer.feeds.base import FeedOptions
    from indexer.feeds.opening import open_feed

    wanted = FeedOptions(columns=tuple(alias for aliases in COLUMNS.values() for alias in aliases))
    with NamedTemporaryFile() as copy:
        copy.write(content)
        copy.flush()
        try:
            with open_feed(copy.name, MAX_BYTES) as file:
                yield replace(file, name=name, options=wanted)
        except FeedError as error:
            raise MobiliseError(str(error).replace(copy.name, name)) from error


def _build(reading: _Reading, line: int, cells: Mapping[str, str]) -> NewCompany | str:
    """The company of a row, or all that is to mend in it."""
    given = {ours: cells.get(theirs, "").strip().lstrip("'") for ours, theirs in reading.columns.items()}
    siret, why = parse_siret(given["siret"]) if given["siret"] else (None, "SIRET absent.")
    name = " ".join(given["nom"].split())[:MAX_NAME]
    naf, commune = parse_naf(given["naf"]), _commune_of(reading.communes, given)
    phone, phone_fault = _phone_of(given.get("telephone", ""))
    mail, mail_fault = _mail_of(given.get("courriel", ""))
    faults = [why, "" if name else "Nom absent.", phone_fault, mail_fault]
    faults += ["" if commune else "Commune inconnue : vérifiez son nom et son code postal."]
    faults += ["" if naf else "NAF illisible : 4 chiffres et une lettre attendus, comme 10.71C."]
    faults += [_double(reading, siret, line)]
    told = " ".join(fault for fault in faults if fault)
    if told or siret is None or naf is None or commune is None:
        return told
    reading.lines[siret] = line
    address = " ".join(given.get("adresse", "").split())[:MAX_ADDRESS]
    return NewCompany(siret, name, address, commune.code, naf, phone, mail)


def _double(reading: _Reading, siret: str | None, line: int) -> str:
    first = None if siret is None else reading.lines.get(siret)
    return "" if first in (None, line) else f"SIRET déjà lu à la ligne {first}."


def _commune_of(communes: Communes, given: Mapping[str, str]) -> Commune | None:
    """By its name and postal code; by the postal code alone where it is that of one commune."""
    code = re.sub(r"\s", "", given.get("code_postal", ""))
    code = code.zfill(5) if code.isascii() and code.isdigit() and len(code) == 4 else code
    name = re.sub(r"(?i)\s+cedex(\s+\d+)?$", "", given["commune"])
    found = communes.match(name, code) if code else None
    if found is not None:
        return found
    near = communes.by_postal_code(code)
    return near[0] if len(near) == 1 else None


def _phone_of(text: str) -> tuple[str | None, str]:
    """A number that leads nowhere is a fault: it would be called."""
    if not text:
        return None, ""
    text = f"0{text}" if re.fullmatch(r"[1-9]\d{8}", text) else text  # a spreadsheet drops the first zero
    found = parse_phones(text, "FR")
    return (found[0], "") if found else (None, "Téléphone illisible : 10 chiffres attendus.")


def _mail_of(text: str) -> tuple[str | None, str]:
    if not text:
        return None, ""
    found = parse_mails(text)
    return (found[0], "") if found else (None, "Courriel illisible : écrivez-le comme « contact@exemple.fr ».")


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet will not take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
