"""Domains short of people around that a person could go to: by the project, by close jobs, by the same skills."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.labour.market import Market
from indexer.labour.model import SHORTAGE, TERRITORIES, Tension
from indexer.labour.service import Labour
from indexer.matching.plan import JobSetting
from indexer.matching.sector_rules import is_open, load_sector_rules
from indexer.metiers.service import Jobs
from indexer.reference.shipped import rome_labels
from indexer.schema.vocabulary import category_of

MAX_SECTORS: Final = 3
_CLOSE: Final = 6
"""Close jobs of each job of the project that open a domain: those after them are far from it."""

_WORK: Final = frozenset(("trouver-un-emploi", "choisir-un-metier", "se-former", "preparer-sa-candidature"))
"""Categories of need of a person who looks for work, and to whom domains are told without a project."""

PROJECT, CLOSE, SKILLS, OPEN = 4, 3, 2, 1


@dataclass(frozen=True, slots=True)
class Fit:
    """Why a domain may suit: the greater `rank`, the nearer to what the person said."""

    domain: str
    rank: int
    reason: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A domain to tell: its shortage (the middle one of its jobs), and its jobs, the scarcest first.

    `only_with_offers`: the person said nothing that leads there, so it is told only where an offer does.
    """

    domaine: str
    libelle: str
    tension: Tension
    codes: tuple[str, ...]
    raisons: tuple[str, ...]
    only_with_offers: bool


def choose_sectors(setting: JobSetting, market: Market, labour: Labour, jobs: Jobs) -> tuple[Chosen, ...]:
    """The best fit first, then the scarcest, then those that hire most; always the same for the same question.

    `MAX_SECTORS` of them; twice as many when nothing was said of a job, for only those with an offer are then told.
    """
    fits: dict[str, Fit] = {}
    for fit in _iter_fits(setting, labour, jobs):
        if fit.rank > (fits[fit.domain].rank if fit.domain in fits else 0) and is_open(fit.domain, setting.profile):
            fits[fit.domain] = fit
    labels, projects = labour.domains(), market.projects_by_domain
    read = [(fit.rank, one) for fit in fits.values() if (one := _read_sector(fit, market, labels)) is not None]
    read.sort(key=lambda pair: (-pair[0], -pair[1].tension.niveau, -projects.get(pair[1].domaine, 0), pair[1].domaine))
    return tuple(one for _, one in read[: MAX_SECTORS if setting.wanted else 2 * MAX_SECTORS])


def close_jobs(code: str, labour: Labour, jobs: Jobs) -> tuple[str, ...]:
    """Of the job, else of the code that it comes from; nothing where they are not loaded."""
    own = labour.family(code)
    return next((close for one in own if (close := tuple(c for c in jobs.close_to(one) if c not in own))), ())


def _iter_fits(setting: JobSetting, labour: Labour, jobs: Jobs) -> Iterator[Fit]:
    for wanted in setting.wanted:
        name = rome_labels()[wanted.code_rome]
        yield Fit(_domain(wanted.code_rome), PROJECT, f"C'est le domaine de votre projet : {name}.")
        yield from _toward(
            close_jobs(wanted.code_rome, labour, jobs)[:_CLOSE], CLOSE, f"Métier proche de « {name} » : {{}}."
        )
        same = f"Mêmes compétences que « {name} », en partie : {{}}."
        yield from _toward(labour.akin(wanted.code_rome), SKILLS, same)
    if not setting.wanted and _looks_for_work(setting):
        for domain in labour.domains():
            yield Fit(domain, OPEN, "Des employeurs y cherchent du monde près de chez vous.")


def _toward(codes: Iterable[str], rank: int, reason: str) -> Iterator[Fit]:
    for code in codes:
        yield Fit(_domain(code), rank, reason.format(rome_labels().get(code, code)))


def _looks_for_work(setting: JobSetting) -> bool:
    return any(category_of(theme) in _WORK for theme in setting.needs)


def _read_sector(fit: Fit, market: Market, labels: Mapping[str, str]) -> Chosen | None:
    """None where the domain is not short of people, or nothing is published of it."""
    known = _of_nearest(market.by_domain.get(fit.domain, ()))
    if not known or _middle_of([one.niveau for one in known]) < SHORTAGE:
        return None
    label = labels.get(fit.domain, f"Domaine {fit.domain}")
    codes = tuple(one.code_rome for one in known)
    return Chosen(fit.domain, label, _middle(known), codes, tuple(_reasons(fit, known)), fit.rank == OPEN)


def _of_nearest(found: Sequence[Tension]) -> list[Tension]:
    """Levels of one territory only, the nearest that has any: those of two are not compared."""
    nearest = min((TERRITORIES.index(one.territoire.type) for one in found), default=0)
    return [one for one in found if one.territoire.type == TERRITORIES[nearest]]


def _middle_of(levels: Sequence[int]) -> int:
    """The median, the lower of the two when they are even: a level that is published."""
    return sorted(levels)[(len(levels) - 1) // 2]


def _middle(known: Sequence[Tension]) -> Tension:
    """The middle level and the middle of each factor."""
    first = known[0]
    factors = {
        name: _middle_of([one.facteurs[name] for one in known if name in one.facteurs]) for name in first.facteurs
    }
    level = _middle_of([one.niveau for one in known])
    return Tension(first.code_rome, level, first.territoire, factors, first.millesime, first.source)


def _reasons(fit: Fit, scarce: Sequence[Tension]) -> Iterator[str]:
    yield fit.reason
    first = scarce[0]
    where = f"{first.territoire.shown}, {first.millesime}"
    yield f"Les employeurs y peinent le plus à recruter : {rome_labels().get(first.code_rome, '')} ({where})."
    if any(one.liste_legale for one in scarce):
        yield "Un de ces métiers est dans la liste légale des métiers en tension de la région."
    rule = load_sector_rules().get(fit.domain)
    if rule is not None:
        yield f"À savoir : {rule.raison}."


def _domain(code: str) -> str:
    return code[:3]
