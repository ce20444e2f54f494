"""All that is kept of one file, to be read and printed for the person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from indexer.dossiers import Dossier
from ui.dossiers import urls
from ui.dossiers.days import say_day_of
from ui.dossiers.frame import DossierFrame, build_frame
from ui.dossiers.labels import say_field, say_value
from ui.dossiers.people import Names
from ui.espace.navigation import Frame

_TITLES: Final = {
    "historique": "Ce qui a changé",
    "partages": "Partages",
    "liens": "Liens donnés à la personne",
    "partenaires": "Demandes aux partenaires",
}
_OWN: Final = ("dossier", "nom", "statut", "ouvert_le", "change_le", "accord", "reponses")

Line = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Section:
    """`lines` are names and values."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ExportPage:
    title: str
    description: str
    espace: Frame
    dossier: DossierFrame
    sections: tuple[Section, ...]
    json_url: str


def build_export(frame: Frame, dossier: Dossier, exported: Mapping[str, Any], names: Names) -> ExportPage:
    """`exported` is what `indexer.dossiers.export` gives."""
    answers = tuple((say_field(name), say_value(name, value)) for name, value in dossier.answers.items())
    sections = [Section("Dossier", (_facts(dossier, names),)), Section("Réponses", (answers,) if answers else ())]
    sections += [
        Section(_TITLES.get(name, name.capitalize()), tuple(_say_line(line, names) for line in lines))
        for name, lines in exported.items()
        if name not in _OWN
    ]
    return ExportPage(
        title=f"Tout le dossier de {dossier.nom}",
        description="Tout ce qui est gardé, à lire ou à remettre à la personne.",
        espace=frame,
        dossier=build_frame(dossier, "dossier"),
        sections=tuple(section for section in sections if section.lines),
        json_url=urls.export(dossier.id, "json"),
    )


def _facts(dossier: Dossier, names: Names) -> Line:
    return (
        ("Nom", dossier.nom),
        ("Référent", names.user(dossier.referent_id)),
        ("Organisation", names.organisation(dossier.organisation_id)),
        ("Ouvert le", say_day_of(dossier.created_at)),
        ("Accord donné le", say_day_of(dossier.consent_at)),
        ("Dernier changement", say_day_of(dossier.changed_at)),
    )


def _say_line(line: Mapping[str, Any], names: Names) -> Line:
    """What other parts keep (a plan, its history) says what it is by `sorte`, and holds its own words."""
    if "sorte" in line:
        return tuple((_title(name), _say_plain(value)) for name, value in line.items() if value not in (None, ""))
    return tuple(_iter_pairs(line, line.get("champ", ""), names))


def _iter_pairs(line: Mapping[str, str], field: str, names: Names) -> Iterable[tuple[str, str]]:
    for name, value in line.items():
        match name:
            case "champ":
                yield "Réponse", say_field(field)
            case "avant":
                yield "Avant", say_value(field, value)
            case "par":
                yield "Par", names.user(value)
            case "organisation":
                yield "Organisation", names.organisation(value)
            case _:
                yield _title(name), _say_moment(value)


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _say_plain(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return _say_moment(value) if isinstance(value, str) else str(value).replace(".", ",")


def _say_moment(value: str) -> str:
    """A date as one reads it; anything else as it is."""
    try:
        return say_day_of(datetime.fromisoformat(value))
    except ValueError:
        return value
