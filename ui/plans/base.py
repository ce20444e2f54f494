"""What the routes of plans share: the services, the dossier of the address, the notices beside its lines."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse

from indexer.accounts import Actor
from indexer.dossiers import Dossier
from indexer.geocode.clocks import MAINLAND
from indexer.plans.lost_offers import find_lost_offers
from indexer.plans.model import Plan
from indexer.plans.proposals import Proposals, build_basis, build_proposals
from indexer.plans.service import Plans
from indexer.plans.turning_points import find_turning_points
from indexer.workspace import Workspace
from ui.espace.guard import workspace_of
from ui.espace.navigation import Frame, frame_of
from ui.plans.outcomes import say_outcome
from ui.plans.plan_page import Noticed
from ui.rendering import NEVER
from ui.services import PageServices, services_of

_LONGEST_ID: Final = 64


@dataclass
class Visit:
    """One request about one dossier, by one professional. NotFound for a dossier that is not theirs to open."""

    request: Request
    actor: Actor
    dossier_id: str

    @cached_property
    def services(self) -> PageServices:
        return services_of(self.request)

    @cached_property
    def workspace(self) -> Workspace:
        return workspace_of(self.request)

    @cached_property
    def plans(self) -> Plans:
        return self.workspace.plans

    @cached_property
    def dossier(self) -> Dossier:
        return self.workspace.dossiers.get(self.actor, self.dossier_id)

    @cached_property
    def plan(self) -> Plan:
        return self.plans.of(self.actor, self.dossier_id)

    @cached_property
    def now(self) -> datetime:
        return self.workspace.clock().astimezone(MAINLAND)

    @property
    def today(self) -> date:
        return self.now.date()

    @cached_property
    def frame(self) -> Frame:
        return frame_of(self.request, self.actor)

    def noticed(self) -> Noticed:
        """What became of the offers of the plan, and what a change of situation may change."""
        plan, profile = self.plan, self.dossier.profil
        lost = find_lost_offers(plan, self.workspace.catalogue, self.today)
        turning: tuple[str, ...] = ()
        if plan.basis is not None and plan.built_at is not None and profile is not None:
            turning = find_turning_points(plan.basis, plan.built_at, build_basis(profile), self.now)
        return Noticed(lost, self._outcomes(), turning)

    def _outcomes(self) -> dict[str, str]:
        """What the structures answered, by offer: the latest request of each."""
        asked = sorted(self.workspace.relay.of_dossier(self.dossier_id), key=lambda one: (one.created_at, one.id))
        return {request.offer_id: say_outcome(request, self.today) for request in asked}

    def proposals(self) -> Proposals | None:
        """Asked of the matcher now; None as long as nobody said where the person lives."""
        profile = self.dossier.profil
        if profile is None:
            return None
        since = self.plans.last_look(self.actor, self.dossier_id)
        return build_proposals(self.plan, self.services.matcher.match(profile), self.workspace.catalogue, since)


def go(address: str) -> RedirectResponse:
    """After a form was taken: the page that shows it, which can be read again without sending anything twice."""
    return RedirectResponse(address, 303, {"Cache-Control": NEVER})


def open_visit(request: Request, actor: Actor, dossier_id: str, *ids: str) -> Visit:
    """NotFound for who may not open the dossier; HTTPException 404 for what no id of ours looks like."""
    for one in (dossier_id, *ids):
        if not one.isascii() or not one.isprintable() or len(one) > _LONGEST_ID:  # PostgreSQL refuses a NUL
            raise HTTPException(404)
    visit = Visit(request, actor, dossier_id)
    visit.dossier  # noqa: B018  asked at once: who may not open it learns nothing more
    return visit
