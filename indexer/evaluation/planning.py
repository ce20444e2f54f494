"""How well plans answer the profiles that people judged."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from indexer.evaluation.fairness import faults
from indexer.evaluation.families import Families, fold
from indexer.evaluation.figures import Grouping
from indexer.evaluation.plan_sets import JudgedPlan
from indexer.evaluation.scored import Run, Scored
from indexer.geocode.communes import load_communes
from indexer.matching.plan import Plan, PlanNeed, PlanOffer
from indexer.matching.profile import Profile

KIND: Final = "match"

GROUPINGS: Final[tuple[Grouping, ...]] = ((), ("situation",))

FOUND, KEPT_OUT, PERMITTED = "besoins trouvés", "forces respectées", "offres permises"
PRECISION, COVERAGE, ORDER, DANGER = "P@3", "manques dits", "ordre", "urgence dite"
MEASURES: Final = (FOUND, KEPT_OUT, PERMITTED, PRECISION, COVERAGE, ORDER, DANGER)
"""Shares in 0–1, each a mean over the profiles that it can be asked of.

Needs judged that are in the plan; needs never to be there that are not; offers shown that this person may have and
reach; right offers among the first three of each need (0 where none is shown and some is right); needs said without
an offer exactly where the judge found none; pairs of steps in order; danger told where there is one, and only there.
"""

DEPTH: Final = 3

Planning = Callable[[Profile], Plan]


def measure_plans(judged: Sequence[JudgedPlan], make: Planning, families: Families, about: dict[str, str]) -> Run:
    """One plan a profile."""
    return Run(KIND, about, tuple(_score(one, make(one.profile), families) for one in judged))


def _score(judged: JudgedPlan, plan: Plan, families: Families) -> Scored:
    values = zip(MEASURES, _values(judged, plan, families), strict=True)
    return Scored(
        judged.name,
        {"situation": judged.situation},
        {name: value for name, value in values if value is not None},
        tuple(_expected(judged)),
        tuple(_found(judged, plan, families)),
    )


def _values(judged: JudgedPlan, plan: Plan, families: Families) -> Iterator[float | None]:
    yield _share(bool(_standing_for(plan, need)) for need in judged.needs)
    yield _share(not _standing_for(plan, need) for need in judged.never)
    yield _share(not told for _, told in _checked(judged, plan))
    yield _mean([_precision(_standing_for(plan, need), right, families) for need, right in judged.right.items()])
    yield _share(_is_honest(judged, plan, need) for need in judged.needs)
    yield _share(_in_order(plan, first, then) for first, then in judged.before)
    yield float((plan.urgence is not None) == judged.urgent)


def _standing_for(plan: Plan, need: str) -> list[PlanNeed]:
    """The needs of the plan that are this one, or of this category."""
    return [one for one in plan.besoins if need in (one.thematique, one.thematique.partition("--")[0])]


def _precision(needs: Sequence[PlanNeed], right: frozenset[str], families: Families) -> float:
    shown = [one for need in needs for one in fold(families, [offer.id for offer in need.offres])[:DEPTH]]
    return sum(one in right for one in shown) / len(shown) if shown else 0.0


def _is_honest(judged: JudgedPlan, plan: Plan, need: str) -> bool:
    """Silence is never honest: an empty need says what is nearest, and only an empty one does."""
    standing = _standing_for(plan, need)
    told = bool(standing) and all((one.sans_offre is None) == bool(one.offres) for one in standing)
    empty = all(one.sans_offre is not None for one in standing)
    return told and empty == (need in judged.without)


def _in_order(plan: Plan, first: str, then: str) -> bool:
    titles = [step.titre for step in plan.etapes]
    return first in titles and (then not in titles or titles.index(first) < titles.index(then))


def _checked(judged: JudgedPlan, plan: Plan) -> Iterator[tuple[PlanOffer, tuple[str, ...]]]:
    if plan.lieu is None:
        return
    home = load_communes().resolve(plan.lieu.code) or plan.lieu
    for offer in _shown(plan):
        yield offer, faults(judged, offer, home)


def _shown(plan: Plan) -> Iterator[PlanOffer]:
    """All that is proposed. The nearest offer of an empty need is told to be too far: it is no proposal."""
    for need in plan.besoins:
        yield from need.offres if need.sans_offre is None else need.sans_offre.a_distance
    for step in plan.etapes:
        yield from step.offres
    for job in plan.metiers:
        yield from (*job.immersions, *job.formations)
    for sector in plan.secteurs_porteurs:
        yield from (*sector.immersions, *sector.formations)


def _expected(judged: JudgedPlan) -> Iterator[str]:
    for need, right in judged.right.items():
        yield f"{need} : {', '.join(sorted(right))}"
    for need in sorted(judged.without):
        yield f"{need} : rien à portée"


def _found(judged: JudgedPlan, plan: Plan, families: Families) -> Iterator[str]:
    for need in plan.besoins:
        yield f"{need.thematique} : {', '.join(fold(families, [one.id for one in need.offres])) or 'rien à portée'}"
    yield f"étapes : {' → '.join(step.titre for step in plan.etapes)}"
    yield from dict.fromkeys(f"{offer.id} : {', '.join(told)}" for offer, told in _checked(judged, plan) if told)


def _share(checks: Iterable[bool]) -> float | None:
    """None when there was nothing to check."""
    return _mean([float(one) for one in checks])


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
