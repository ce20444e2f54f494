"""The report of a source, in words. Values of records stay out of it: they may hold what persons wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from indexer.report import ImportState
from ui import urls
from ui.contexts.facts import Link
from ui.contexts.practical import Fact
from ui.wording import say_count, say_date, sentence

MAX_RULES: Final = 20

_STATES: Final[Mapping[str, str]] = {
    ImportState.DONE: "Lu et pris en compte",
    ImportState.HELD: "Retenu : rien n’a changé",
    ImportState.FAILED: "Échoué : rien n’a changé",
    ImportState.RUNNING: "En cours",
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One thing to mend: how often, what it is, where first. A rejection is `grave`."""

    count: str
    rule: str
    rows: str
    grave: bool


@dataclass(frozen=True, slots=True)
class SourcePage:
    title: str
    description: str
    flux: str
    back: Link
    facts: tuple[Fact, ...]
    late: str | None
    rules: tuple[RuleLine, ...]
    runs: tuple[str, ...]


def build_source_page(values: Mapping[str, Any]) -> SourcePage:
    """`values` are those of `indexer.sources.quality.build_source_report`."""
    titre = str(values["titre"])
    return SourcePage(
        title=f"Qualité de l’import « {titre} »",
        description=f"Ce que l’import « {titre} » apporte, de quand il date, et ce qui est à corriger.",
        flux=values["flux"],
        back=Link("Toutes les sources", urls.SOURCES),
        facts=_facts(values),
        late=_say_late(values),
        rules=tuple(_rule(rule) for rule in values["regles"] if rule["gravite"] != "info")[:MAX_RULES],
        runs=tuple(map(_run, values["evolution"])),
    )


def _facts(values: Mapping[str, Any]) -> tuple[Fact, ...]:
    changed = values["dernier_changement"]
    return (
        Fact(
            "Dernière lecture", (f"{_day(values['derniere_lecture'])}. {_STATES.get(values['etat'], values['etat'])}.",)
        ),
        Fact("Dernier changement", ("Date inconnue" if changed is None else sentence(_day(changed)),)),
        Fact(
            "Ce qu’il apporte",
            (
                say_count(values["offres_publiees"], "offre publiée", "offres publiées"),
                say_count(values["offres"], "offre gardée", "offres gardées"),
                say_count(values["structures"], "structure"),
            ),
        ),
        Fact(
            "Complétude",
            (
                f"Offres avec un point sur la carte : {_percent(values['part_localisee'])}",
                f"Offres avec un thème : {_percent(values['part_avec_thematique'])}",
            ),
        ),
        Fact(
            "Fiches lues",
            (
                say_count(values["lues"], "fiche lue", "fiches lues"),
                say_count(values["rejetees"], "fiche refusée", "fiches refusées"),
                say_count(values["doublons"], "doublon"),
                say_count(values["codes_inconnus"], "code ou mot inconnu", "codes ou mots inconnus"),
            ),
        ),
        Fact("Liens", (say_count(values["liens_morts"], "lien mort", "liens morts"),)),
        Fact("Licence", (values["licence"] or "Non précisée",)),
    )


def _say_late(values: Mapping[str, Any]) -> str | None:
    if not values["en_retard"]:
        return None
    expected = values["fraicheur_attendue_jours"]
    return f"Rien n’a changé depuis {values['age_jours']} jours : un changement est attendu tous les {expected} jours."


def _rule(rule: Mapping[str, Any]) -> RuleLine:
    rows = ", ".join(str(example["ligne"]) for example in rule["exemples"][:3])
    name = sentence(str(rule["regle"]).replace("-", " "))
    return RuleLine(f"{rule['nombre']} fois", name, f"Lignes {rows}" if rows else "", rule["gravite"] == "rejet")


def _run(run: Mapping[str, Any]) -> str:
    figures = ", ".join(
        (
            say_count(run["lues"], "fiche lue", "fiches lues"),
            say_count(run["rejetees"], "refusée", "refusées"),
            say_count(run["creees"], "créée", "créées"),
            say_count(run["modifiees"], "modifiée", "modifiées"),
            say_count(run["retirees"], "retirée", "retirées"),
        )
    )
    return f"{sentence(_day(run['le']))} : {figures}. {_STATES.get(run['etat'], run['etat'])}."


def _day(moment: str) -> str:
    return say_date(datetime.fromisoformat(moment).date())


def _percent(share: float | None) -> str:
    """Rounded down: never 100 % while one is missing. `share` has three decimals."""
    return "inconnue" if share is None else f"{round(share * 1000) // 10}\u00a0%"
