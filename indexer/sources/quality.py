"""The quality report of a source: what its partner can mend, and where."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import ijson
import orjson

from indexer.catalogue import Catalogue
from indexer.catalogue.stored import ImportSummary
from indexer.errors import SettingError
from indexer.links.run import list_dead_links
from indexer.report import ImportState
from indexer.sources.keep import SourceFolder, SourceState
from indexer.sources.model import Source

RUNS: Final = 10
UNKNOWN_CODES: Final = frozenset({"code-insee-inconnu", "valeur-inconnue", "lieu-inconnu"})
"""The rules that tell of a code or a word that no vocabulary and no table holds."""

CSV_COLUMNS: Final = ("fichier", "ligne", "id", "champ", "valeur", "gravite", "regle", "message")
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class SourceReport:
    """Figures of one source, as JSON names them."""

    values: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        return self.values


def build_source_report(source: Source, catalogue: Catalogue, state: SourceState, now: datetime) -> SourceReport:
    """From what the catalogue holds of the flux and its latest imports. SettingError when it was never imported."""
    runs = catalogue.imports(source.flux, RUNS)
    if not runs:
        raise SettingError(f"Le flux « {source.flux} » n'a jamais été lu. Lancez « maillage sync {source.flux} ».")
    held = [s for s in catalogue.sources() if s.flux == source.flux]
    changed = state.change_le or next((r.started_at for r in runs if r.state == ImportState.DONE), None)
    age = None if changed is None else (now - changed).days
    late = None if source.fraicheur_jours is None or age is None else age > source.fraicheur_jours
    latest = runs[0].report
    return SourceReport(
        {
            "flux": source.flux,
            "titre": source.titre or source.flux,
            "licence": source.licence,
            "contact": source.contact,
            "etat": runs[0].state,
            "message": latest.get("message", ""),
            "derniere_lecture": runs[0].started_at.isoformat(),
            "dernier_changement": None if changed is None else changed.isoformat(),
            "age_jours": age,
            "fraicheur_attendue_jours": source.fraicheur_jours,
            "en_retard": late,
            "structures": sum(s.structures for s in held),
            "offres": sum(s.offers for s in held),
            "offres_publiees": sum(s.published for s in held),
            "part_localisee": _share([(s.offers, s.located_share) for s in held]),
            "part_avec_thematique": _share([(s.offers, s.themed_share) for s in held]),
            "lues": _sum(latest, "lues"),
            "rejetees": _sum(latest, "rejetees"),
            "codes_inconnus": sum(r["nombre"] for r in latest.get("regles", []) if r["regle"] in UNKNOWN_CODES),
            "liens_morts": len(list_dead_links(catalogue, source.flux)),
            "doublons": _sum(latest, "doublons"),
            "regles": latest.get("regles", []),
            "evolution": [_run(run) for run in runs],
        }
    )


def undeclared_source(flux: str, licence: str | None) -> Source:
    """What is known of a flux that `maillage import` brought, without any declaration."""
    known = {"flux": flux, "fichier_toml": Path(flux), "licence": licence, "acces": {"fichier": flux}}
    return Source.model_validate(known)


def _share(parts: list[tuple[int, float | None]]) -> float | None:
    total = sum(number for number, share in parts if share is not None)
    return None if not total else round(sum(n * share for n, share in parts if share is not None) / total, 3)


def _sum(report: dict[str, Any], name: str) -> int:
    return sum(int(report.get(kind, {}).get(name, 0)) for kind in ("structures", "offres"))


def _run(run: ImportSummary) -> dict[str, Any]:
    names = ("lues", "acceptees", "rejetees", "creees", "modifiees", "retirees")
    return {"le": run.started_at.isoformat(), "etat": run.state} | {name: _sum(run.report, name) for name in names}


def build_email(report: SourceReport) -> str:
    """What to write to the partner: what was read, what to mend first, with rows, and thanks."""
    values = report.values
    lines = [
        f"Objet : {values['titre']} : ce que nous avons lu, et ce qui est à corriger",
        "",
        "Bonjour,",
        "",
        f"Nous avons lu votre fichier le {values['derniere_lecture'][:10]} : {values['lues']} fiches, dont "
        f"{values['rejetees']} que nous n'avons pas pu prendre. {values['offres_publiees']} offres sont publiées.",
    ]
    if values["message"]:
        lines += ["", f"Cette lecture n'a rien changé au catalogue : {values['message']}"]
    if values["en_retard"]:
        lines += ["", f"Rien n'a changé depuis {values['age_jours']} jours : ces offres sont-elles toujours à jour ?"]
    to_mend = [rule for rule in values["regles"] if rule["gravite"] != "info"][:8]
    if to_mend:
        lines += ["", "À corriger, le plus grave d'abord :", *(_rule(rule) for rule in to_mend)]
        lines += ["", "Le fichier joint donne chaque ligne concernée."]
    else:
        lines += ["", "Rien n'est à corriger. Merci !"]
    return "\n".join([*lines, "", "Merci de votre aide.", ""])


def _rule(rule: dict[str, Any]) -> str:
    rows = ", ".join(str(example["ligne"]) for example in rule["exemples"][:3])
    first = rule["exemples"][0] if rule["exemples"] else {"message": rule["regle"]}
    return f"- {rule['nombre']} fois (lignes {rows}) : {first['message']}"


def iter_issues(folder: SourceFolder) -> Iterator[dict[str, Any]]:
    """Every issue of the last reading, in the order of rows. SettingError when there was none."""
    try:
        with folder.report.open("rb") as file:
            yield from ijson.items(file, "anomalies.item")
    except FileNotFoundError as error:
        raise SettingError("Aucune lecture de cette source n'est gardée. Lancez « maillage sync ».") from error
    except ijson.JSONError as error:
        raise SettingError("Le rapport gardé est abîmé. Relancez « maillage sync --force ».") from error


def iter_csv(issues: Iterator[dict[str, Any]]) -> Iterator[str]:
    """The rows at fault, for a spreadsheet: a byte-order mark, semicolons, and no cell that is a formula."""
    yield "\ufeff" + _csv_line(CSV_COLUMNS)
    for issue in issues:
        yield _csv_line([safe_cell(issue.get(name)) for name in CSV_COLUMNS])


def safe_cell(value: object) -> str:
    """A text that no spreadsheet runs (OWASP, CSV injection): an apostrophe before what would begin a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def _csv_line(cells: Any) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def write_csv(folder: SourceFolder, path: Path) -> int:
    """Writes the rows at fault; returns how many. Raises SettingError."""
    count = -1
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            for count, line in enumerate(iter_csv(iter_issues(folder))):  # noqa: B007 (the header is number 0)
                file.write(line)
    except OSError as error:
        raise SettingError(f"{path} : écriture impossible ({error.strerror}).") from error
    return count


def to_json(report: SourceReport) -> str:
    return orjson.dumps(report.values, option=orjson.OPT_INDENT_2).decode()
