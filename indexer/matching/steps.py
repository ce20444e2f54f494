"""The steps of a plan: needs and what leads to the job, grouped and put in a sensible order."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from indexer.matching.plan import PlanJob, PlanNeed, PlanOffer, Step
from indexer.matching.profile import Priorite, Profile
from indexer.matching.step_rules import StepRules, Waits, load_step_rules

FAR_KM: Final = 10.0
"""Beyond, few go on foot or by bicycle every day: half an hour at 20 km/h."""

SHOWN: Final = 3
"""Offers of a step: what one can begin with; the needs of the plan tell the others."""

_RANKS: Final[dict[Priorite, int]] = {"haute": 0, "moyenne": 1, "basse": 2}
_PROJECT_RANK: Final = 1


class _Draft:
    """A step being filled."""

    def __init__(self) -> None:
        self.rank = max(_RANKS.values())
        self.offers: dict[str, PlanOffer] = {}

    def take(self, rank: int, offers: Iterable[PlanOffer]) -> None:
        self.rank = min(self.rank, rank)
        for offer in offers:
            self.offers.setdefault(offer.id, offer)

    @property
    def shown(self) -> tuple[PlanOffer, ...]:
        return tuple(self.offers.values())[:SHOWN]


def build_steps(profile: Profile, needs: tuple[PlanNeed, ...], jobs: tuple[PlanJob, ...]) -> tuple[Step, ...]:
    """From what comes first to what comes last. A need without an offer nearby has its step: it must be dealt with.

    `depend_de` holds ranks of earlier steps only, and `objectif` says why. An offer stands in one step.
    """
    rules = load_step_rules()
    drafts = _draft(needs, jobs, rules)
    far = {code for code, draft in drafts.items() if _leads_far(profile, draft)}
    ordered = rules.order({code: draft.rank for code, draft in drafts.items()}, far)
    ranks = {code: rank for rank, (code, _) in enumerate(ordered, 1)}
    return tuple(_build(rules, code, drafts[code], waits, ranks) for code, waits in ordered)


def _draft(needs: tuple[PlanNeed, ...], jobs: tuple[PlanJob, ...], rules: StepRules) -> dict[str, _Draft]:
    drafts: dict[str, _Draft] = {}
    placed: set[str] = set()
    for need in needs:
        code = "urgence" if need.urgent else rules.step_of(need.thematique)
        draft = drafts.setdefault(code, _Draft())
        draft.take(_RANKS[need.priorite], (offer for offer in need.offres if offer.id not in placed))
        placed |= draft.offers.keys()
    for step in rules.steps.values():
        offers = [offer for offer in _of_jobs(jobs, step.metiers) if offer.id not in placed]
        if offers:  # a step whose offers all stand in earlier ones has nothing more to tell
            draft = drafts.setdefault(step.code, _Draft())
            draft.take(_PROJECT_RANK, offers)
            placed |= draft.offers.keys()
    return drafts


def _of_jobs(jobs: tuple[PlanJob, ...], kind: str | None) -> list[PlanOffer]:
    """The first of each job, then the second: no job takes the whole step."""
    if kind is None:
        return []
    lists = [job.immersions if kind == "immersions" else job.formations for job in jobs]
    longest = max(map(len, lists), default=0)
    return [offers[place] for place in range(longest) for offers in lists if place < len(offers)]


def _leads_far(profile: Profile, draft: _Draft) -> bool:
    """Whether nothing of the step is near; someone who drives goes far already."""
    if "voiture" in profile.mobilite.moyens:
        return False
    reached = [offer.distance_km for offer in draft.offers.values()]
    return bool(reached) and all(km is not None and km > FAR_KM for km in reached)


def _build(rules: StepRules, code: str, draft: _Draft, waits: tuple[Waits, ...], ranks: dict[str, int]) -> Step:
    rule = rules.steps[code]
    before = sorted(waits, key=lambda wait: ranks[wait.apres])
    slots = [offer.prochain_creneau for offer in draft.shown if offer.prochain_creneau is not None]
    return Step(
        rang=ranks[code],
        titre=rule.titre,
        objectif=" ".join([rule.objectif, *(_say_after(ranks[wait.apres], wait.raison) for wait in before)]),
        offres=draft.shown,
        premier_creneau=min(slots, key=_moment, default=None),
        heures_semaine=_hours(draft.shown),
        depend_de=tuple(ranks[wait.apres] for wait in before),
    )


def _say_after(rank: int, reason: str) -> str:
    return f"Après l’étape {rank}. {reason}"


def _moment(slot: str) -> datetime:
    return datetime.fromisoformat(slot)


def _hours(offers: tuple[PlanOffer, ...]) -> float | None:
    """The hours of the first that says some: the offers of a step are choices, not a sum."""
    return next((offer.heures_semaine for offer in offers if offer.heures_semaine is not None), None)
