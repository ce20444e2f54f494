"""What matching proposes to a plan: the offers and steps that it does not hold yet, and which of them are new.

A plan is built, and built again after its diagnosis changed, by choosing among these: nothing done is ever taken away.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol

from indexer.catalogue import StoredOffer
from indexer.matching.plan import Plan as Matched
from indexer.matching.plan import PlanJob, PlanNeed, PlanOffer
from indexer.matching.profile import Profile
from indexer.plans.model import MAX_TITLE, Basis, Fields, Plan
from indexer.reference.shipped import rome_labels
from indexer.schema.vocabulary import vocabulary

FIRST_CHOSEN: Final = 1
"""Offers of a need that are chosen at first: a plan of one step a need is what one sheet and one person hold."""


class Offers(Protocol):
    """The part of the catalogue that tells when an offer came."""

    def get_offers(self, offer_ids: list[str]) -> dict[str, StoredOffer]: ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """An offer, or None for a step in words where nothing answers nearby. `new`: it came since the last look."""

    offer: PlanOffer | None
    new: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What answers one need or one job; `code` is its thématique, or the ROME code."""

    code: str
    label: str
    urgent: bool
    items: tuple[Proposal, ...]


@dataclass(frozen=True)
class Proposals:
    """Groups from what presses most, only those with something to propose; `matched` is all that matching said."""

    groups: tuple[Group, ...]
    matched: Matched

    @property
    def new(self) -> int:
        return sum(item.new for group in self.groups for item in group.items)


def build_proposals(plan: Plan, matched: Matched, offers: Offers, since: datetime | None) -> Proposals:
    """`since` is the last look; None for who never looked, to whom nothing is told to be new."""
    offered = [offer for _, _, _, some in _iter_groups(matched) for offer in some]
    known = offers.get_offers([offer.id for offer in offered]) if since is not None else {}
    new = {offer_id for offer_id, stored in known.items() if since is not None and stored.created_at > since}
    held, answered = set(plan.offer_ids), {line.fields.besoin for line in plan.lines}
    groups = []
    for code, label, urgent, some in _iter_groups(matched):
        fresh = [offer for offer in some if offer.id not in held]
        held |= {offer.id for offer in fresh}
        items = list(_iter_items(fresh, new, first=code not in answered))
        if not some and code not in answered:
            items = [Proposal(None, False, True)]
        if items:
            groups.append(Group(code, label, urgent, tuple(items)))
    return Proposals(tuple(groups), matched)


def build_basis(profile: Profile) -> Basis:
    """What is kept of a diagnosis to tell later what changed."""
    needs = (need.thematique for need in profile.besoins if need.etat == "besoin" and need.thematique is not None)
    return Basis(profile.age, profile.publics, tuple(sorted(needs)), profile.lieu.code_commune)


def build_offer_line(stored: StoredOffer, code: str | None, today: date) -> Fields:
    """The line of an offer: due on the day of its next session, with the hours that it says.

    `code` is the need or the job that it answers; one that is neither is left out.
    """
    starts = sorted(session.debut.date() for session in stored.offer.sessions or ())
    return Fields(
        titre=stored.offer.nom[:MAX_TITLE],
        echeance=next((day for day in starts if day >= today), None),
        heures=_hours(stored.offer.volume_horaire_hebdomadaire),
        offre_id=stored.offer.id,
        besoin=code if code is not None and (is_need(code) or code in rome_labels()) else None,
    )


def build_need_line(code: str) -> Fields | None:
    """The step for a need that nothing answers nearby, for who accompanies; None for a code that is no need."""
    term = vocabulary("thematiques").get(code)
    if term is None:
        return None
    return Fields(titre=f"Chercher une solution : {term.shown}"[:MAX_TITLE], qui="referent", besoin=code)


def _iter_groups(matched: Matched) -> Iterator[tuple[str, str, bool, tuple[PlanOffer, ...]]]:
    for need in matched.besoins:
        yield need.thematique, need.label, need.urgent, _offers_of(need)
    for job in matched.metiers:
        offers = _offers_of_job(job)
        if offers:
            yield job.code_rome, f"Métier : {job.libelle}", False, offers


def _offers_of(need: PlanNeed) -> tuple[PlanOffer, ...]:
    """Those within reach, else what can be had at a distance: never what is too far to go to."""
    return need.offres or (() if need.sans_offre is None else need.sans_offre.a_distance)


def _offers_of_job(job: PlanJob) -> tuple[PlanOffer, ...]:
    return (*job.immersions, *job.formations)


def _iter_items(offers: Iterable[PlanOffer], new: Collection[str], *, first: bool) -> Iterator[Proposal]:
    """`first`: the plan holds nothing yet for this need."""
    for place, offer in enumerate(offers):
        yield Proposal(offer, offer.id in new, first and place < FIRST_CHOSEN)


def _hours(hours: float | None) -> float | None:
    """Hours as a line may hold them: a feed may say 0, or those of a whole session."""
    return hours if hours is not None and 0 < hours <= 48 else None


def is_need(code: str) -> bool:
    """Whether the code of a line is a need, not a job."""
    return code in vocabulary("thematiques")
