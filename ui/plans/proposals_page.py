"""What could be added to a plan, on a page of its own: after the diagnosis changed, or to see what is new."""

from dataclasses import dataclass
from datetime import date

from indexer.dossiers import Dossier
from indexer.plans.proposals import Proposals
from ui.contexts.plan import build_alerts
from ui.dossiers import urls as dossier_urls
from ui.dossiers.frame import DossierFrame, build_frame
from ui.emergency import EmergencyNumber, build_numbers
from ui.espace.navigation import Frame
from ui.plans import urls
from ui.plans.proposed import ProposedView, build_proposed


@dataclass(frozen=True, slots=True)
class ProposalsPage:
    """`proposed` is None as long as nobody said where the person lives."""

    title: str
    description: str
    espace: Frame
    dossier: DossierFrame
    proposed: ProposedView | None
    turning: tuple[str, ...]
    alerts: tuple[str, ...]
    urgency: str
    numbers: tuple[EmergencyNumber, ...]
    action: str
    back: str
    situation: str


def build_proposals_page(
    frame: Frame, dossier: Dossier, proposals: Proposals | None, turning: tuple[str, ...], today: date
) -> ProposalsPage:
    matched = None if proposals is None else proposals.matched
    urgency = None if matched is None else matched.urgence
    return ProposalsPage(
        title=f"À ajouter au plan de {dossier.nom}",
        description="Ce que les réponses d’aujourd’hui proposent en plus.",
        espace=frame,
        dossier=build_frame(dossier, "plan"),
        proposed=None if proposals is None else build_proposed(proposals, today),
        turning=turning,
        alerts=() if matched is None else build_alerts(matched),
        urgency="" if urgency is None else urgency.message,
        numbers=() if urgency is None else build_numbers(urgency.numbers),
        action=urls.proposals(dossier.id),
        back=urls.plan(dossier.id),
        situation=dossier_urls.situation(dossier.id),
    )
