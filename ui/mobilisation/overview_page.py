"""The model of « Mobiliser »: what to do this week, the table, then the chart."""

from dataclasses import dataclass
from typing import Final

from indexer.labour.model import Hiring
from indexer.mobilise.hiring_words import say_projects
from indexer.mobilise.model import Outcome
from indexer.mobilise.overview import JobRow, Overview
from indexer.reference.shipped import rome_labels
from ui.contexts.report import Choice, FieldError
from ui.espace.navigation import Frame
from ui.mobilisation import urls
from ui.wording import say_count

FIRST_JOBS: Final = 20
CHART_JOBS: Final = 10
_LEVELS: Final = {5: "très forte", 4: "forte"}
_NO_FIGURES: Final = (
    "Les tensions de recrutement ne sont pas chargées : nous ne savons pas quels métiers manquent. La personne qui "
    "administre Maillage les charge avec « maillage reference load DOSSIER »."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One job. `where` says the territory and the year of the shortage; `share` is said only where it is published."""

    label: str
    url: str
    level: str
    where: str
    projects: str
    share: str
    immersions: str
    near: str
    silent: str
    to_call: str


@dataclass(frozen=True, slots=True)
class Bar:
    """`width` in per cent of the longest."""

    label: str
    projects: str
    immersions: str
    width: float


@dataclass(frozen=True)
class OverviewPage:
    title: str
    description: str
    espace: Frame
    told: str
    week: str
    week_url: str | None
    late: str
    place: str
    bassins: tuple[Choice, ...]
    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]
    more_url: str | None
    sources: tuple[str, ...]
    errors: tuple[FieldError, ...]
    list_url: str = urls.LIST
    action: str = urls.OVERVIEW
    companies_url: str = urls.COMPANIES
    late_url: str = urls.companies(etat=Outcome.INVITED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks, and what was just done or refused."""

    bassin: str
    all_jobs: bool
    told: str = ""
    error: str = ""


def build_overview_page(
    frame: Frame, overview: Overview, place: str, bassins: tuple[Choice, ...], asked: Asked
) -> OverviewPage:
    shown = overview.rows if asked.all_jobs else overview.rows[:FIRST_JOBS]
    first = overview.first
    more = len(shown) < len(overview.rows)
    return OverviewPage(
        title="Mobiliser les entreprises",
        description="Les métiers qui manquent, les immersions qui existent, les entreprises à appeler.",
        espace=frame,
        told=asked.told,
        week=_week(overview),
        week_url=None if first is None else urls.companies(first.code_rome, Outcome.TO_CALL),
        late=_late(overview.late),
        place=place,
        bassins=bassins,
        lines=tuple(map(_line, shown)),
        bars=_bars(overview.rows),
        more_url=urls.overview(asked.bassin, all_jobs=True) if more else None,
        sources=_sources(shown),
        errors=(FieldError("liste", asked.error),) if asked.error else (),
    )


def job_label(code: str) -> str:
    """As one says it: « Cuisinier / Cuisinière »; the code where the ROME has no label."""
    return rome_labels().get(code, code)


def _week(overview: Overview) -> str:
    if not overview.rows:
        return _NO_FIGURES
    first = overview.first
    if overview.known == 0:
        return f"Cette semaine : apportez la liste de vos entreprises, plus bas. {_most_wanted(overview.rows[0])}"
    if first is None:
        return "Cette semaine : rien à appeler. Toutes les entreprises connues de ces métiers l’ont été."
    call = say_count(first.to_call, "entreprise", "entreprises")
    told = "" if first.hiring is None else f"{say_projects(first.hiring)}, "
    return f"Cette semaine : appelez {call} pour « {job_label(first.code_rome)} » : {told}{_say_immersions(first)}."


def _most_wanted(row: JobRow) -> str:
    return f"Le métier qui manque le plus est « {job_label(row.code_rome)} » : {_say_immersions(row)}."


def _say_immersions(row: JobRow) -> str:
    if row.immersions == 0:
        return "aucune immersion sur le territoire"
    return f"{say_count(row.immersions, 'immersion', 'immersions')} sur le territoire"


def _late(count: int) -> str:
    if not count:
        return ""
    if count == 1:
        return "Une entreprise invitée depuis plus de deux semaines n’a pas répondu."
    return f"{count} entreprises invitées depuis plus de deux semaines n’ont pas répondu."


def _line(row: JobRow) -> Line:
    tension = row.tension
    return Line(
        label=job_label(row.code_rome),
        url=urls.companies(row.code_rome),
        level=_LEVELS[tension.niveau],
        where=f"{tension.territoire.shown}, {tension.millesime}",
        projects="pas de chiffre" if row.hiring is None else _count(row.hiring),
        share=_share(row.hiring),
        immersions=str(row.immersions),
        near=f"et {row.near} dans un métier proche" if row.near else "",
        silent=f"{row.silent} sur {row.companies}" if row.companies else "aucune connue",
        to_call=str(row.to_call),
    )


def _count(hiring: Hiring) -> str:
    if hiring.projets is None:
        return "non publié"
    return f"au moins {hiring.projets}" if hiring.secret else str(hiring.projets)


def _share(hiring: Hiring | None) -> str:
    share = None if hiring is None else hiring.difficult_share
    where = "" if hiring is None else f"{hiring.territoire.shown}, {hiring.millesime}"
    return where if share is None else f"{share * 100:.0f} % difficiles ; {where}"


def _bars(rows: tuple[JobRow, ...]) -> tuple[Bar, ...]:
    """Hiring projects that are published, the most first, with the immersions that answer them."""
    told = sorted((row for row in rows if row.projects), key=lambda row: (-row.projects, row.code_rome))[:CHART_JOBS]
    longest = told[0].projects if told else 1
    return tuple(
        Bar(
            job_label(row.code_rome),
            "" if row.hiring is None else _count(row.hiring),
            str(row.immersions),
            round(100 * row.projects / longest, 1),
        )
        for row in told
    )


def _sources(rows: tuple[JobRow, ...]) -> tuple[str, ...]:
    told = [row.tension.source for row in rows] + [row.hiring.source for row in rows if row.hiring is not None]
    return tuple(dict.fromkeys(told))
