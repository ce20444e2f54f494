"""The plan of a person, for those who accompany them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from indexer.dossiers import Dossier
from indexer.plans.model import Plan
from ui.contexts.report import FieldError
from ui.dossiers import urls as dossier_urls
from ui.dossiers.frame import DossierFrame, build_frame
from ui.espace.navigation import Frame
from ui.plans import urls
from ui.plans.lines import LineForm, LineView, Refused, build_lines
from ui.plans.proposed import ProposedView
from ui.plans.words import say_hours
from ui.wording import say_count


@dataclass(frozen=True, slots=True)
class PlanPage:
    """`turning` is what a change of situation may change."""

    title: str
    description: str
    espace: Frame
    dossier: DossierFrame
    lines: tuple[LineView, ...]
    summary: str
    errors: tuple[FieldError, ...]
    turning: tuple[str, ...]
    proposed: ProposedView | None
    free_title: str
    search_closed: bool
    urls: "PlanUrls"


@dataclass(frozen=True, slots=True)
class PlanUrls:
    """Where its forms go and its links lead."""

    lines: str
    proposals: str
    search: str
    sheet: str
    large_sheet: str
    dates: str
    link: str
    history: str
    situation: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """What is said beside the lines: `lost` by line, `outcomes` of orientations by offer."""

    lost: Mapping[str, str]
    outcomes: Mapping[str, str]
    turning: tuple[str, ...] = ()


def build_plan_page(
    frame: Frame,
    dossier: Dossier,
    plan: Plan,
    noticed: Noticed,
    today: date,
    *,
    proposed: ProposedView | None = None,
    error: str = "",
    free_title: str = "",
    refused: Refused | None = None,
    search_closed: bool = False,
) -> PlanPage:
    """`proposed` is shown as long as the plan is empty; `error` is about `free_title`, a new step that was refused."""
    return PlanPage(
        title=f"Plan de {dossier.nom}",
        description="Les étapes décidées ensemble.",
        espace=frame,
        dossier=build_frame(dossier, "plan"),
        lines=build_lines(dossier.id, plan.lines, today, noticed.lost, noticed.outcomes, refused),
        summary=_say_summary(plan, today),
        errors=(FieldError("titre-nouvelle", error),) if error else (),
        turning=noticed.turning,
        proposed=proposed,
        free_title=free_title,
        search_closed=search_closed,
        urls=build_urls(dossier.id),
    )


def build_urls(dossier_id: str) -> PlanUrls:
    return PlanUrls(
        lines=urls.lines(dossier_id),
        proposals=urls.proposals(dossier_id),
        search=urls.search(dossier_id),
        sheet=urls.sheet(dossier_id),
        large_sheet=urls.sheet(dossier_id, large=True),
        dates=urls.dates(dossier_id),
        link=urls.link(dossier_id),
        history=urls.history(dossier_id),
        situation=dossier_urls.situation(dossier_id),
    )


def _say_summary(plan: Plan, today: date) -> str:
    """« 4 étapes, 1 faite, 1 en retard, 6 h par semaine »."""
    if not plan.lines:
        return ""
    done = sum(line.fields.etat == "fait" for line in plan.lines)
    late = sum(line.is_late(today) for line in plan.lines)
    parts = [
        say_count(len(plan.lines), "étape"),
        say_count(done, "faite", "faites") if done else "",
        f"{late} en retard" if late else "",
        "" if plan.hours is None else say_hours(plan.hours),
    ]
    return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class ConflictField:
    """One field that two people changed: `theirs` and `mine` in words, `mine_value` as the form sends it."""

    name: str
    label: str
    theirs: str
    mine: str
    mine_value: str


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Two versions side by side. `form` holds theirs where both changed, and what each changed alone."""

    title: str
    description: str
    espace: Frame
    dossier: DossierFrame
    who: str
    line_title: str
    fields: tuple[ConflictField, ...]
    form: LineForm
    remove_url: str | None
    back: str
