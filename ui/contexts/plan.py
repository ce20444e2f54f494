"""A plan in plain words: needs and their offers, jobs, steps, rights, what has no answer nearby; and its sheet."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from indexer.matching.plan import NoOffer, Plan, PlanJob, PlanNeed, PlanOffer, Reached, Right, Step, Tension
from indexer.matching.step_rules import load_step_rules
from ui.contexts.cards import Card, build_plain_card, own_reasons, say_how_far
from ui.contexts.plan_form import PlanForm, build_plan_form, say_minutes
from ui.contexts.plan_sheet import SheetNeed, SheetStep, build_sheet_needs, build_sheet_steps
from ui.emergency import EmergencyNumber, build_numbers
from ui.offer_json import read_offer
from ui.places import commune_label
from ui.plan_form import MEANS, SentPlan
from ui.wording import glued, say_count, sentence

REASONS: Final = 3
_PRIORITIES: Final = {"haute": "À voir d’abord", "moyenne": "", "basse": "Quand vous pourrez"}
_TENSIONS: Final = {
    1: "Les employeurs trouvent facilement : il y a beaucoup de candidats.",
    2: "Les employeurs trouvent assez facilement.",
    3: "Les employeurs ont parfois du mal à trouver quelqu’un.",
    4: "Les employeurs ont du mal à trouver quelqu’un : de bonnes chances pour vous.",
    5: "Les employeurs ont beaucoup de mal à trouver quelqu’un : de très bonnes chances pour vous.",
}


@dataclass(frozen=True, slots=True)
class NeedView:
    """`why` says where the need comes from. `nothing` is empty where cards answer; `far` are the nearest, or remote."""

    id: str
    label: str
    priority: str
    why: str
    cards: tuple[Card, ...]
    nothing: str
    far: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class JobView:
    """`tension` and `hiring` in words, each with its year and place; empty when nothing is known."""

    id: str
    label: str
    why: str
    tension: str
    tension_from: str
    hiring: str
    close: tuple[str, ...]
    immersions: tuple[Card, ...]
    trainings: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class SectorView:
    label: str
    why: tuple[str, ...]
    tension: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """`first` is when one can begin, `hours` how long a week; empty when nothing says it."""

    rank: int
    title: str
    aim: str
    first: str
    hours: str
    offers: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The screen, then what is printed: the same plan, on one sheet."""

    title: str
    description: str
    form: PlanForm
    where: str
    reach: str
    hours: str
    urgency: str
    numbers: tuple[EmergencyNumber, ...]
    alerts: tuple[str, ...]
    steps: tuple[StepView, ...]
    needs: tuple[NeedView, ...]
    jobs: tuple[JobView, ...]
    sectors: tuple[SectorView, ...]
    rights: tuple[Right, ...]
    sheet_steps: tuple[SheetStep, ...]
    sheet_needs: tuple[SheetNeed, ...]
    made_on: str


def build_alerts(plan: Plan) -> tuple[str, ...]:
    """Without the one that says again what the box of urgency says on the same page."""
    urgent = None if plan.urgence is None else plan.urgence.message
    return tuple(alert for alert in plan.alertes if urgent is None or not alert.startswith(urgent))


def build_plan_page(plan: Plan, sent: SentPlan, today: date) -> PlanPage:
    """`sent` fills the form again, so that it can be changed."""
    where = "" if plan.lieu is None else commune_label(plan.lieu)
    maker = _Cards(today, sent.code_commune or None)
    needs = tuple(_need(need, number, maker) for number, need in enumerate(_in_order(plan), 1))
    return PlanPage(
        title="Votre plan",
        description="Par où commencer, et où aller près de chez vous.",
        form=build_plan_form(sent),
        where=where,
        reach=_say_reach(plan.portee),
        hours="" if plan.heures_semaine is None else f"Environ {plan.heures_semaine:g} h par semaine, tout compris.",
        urgency="" if plan.urgence is None else plan.urgence.message,
        numbers=() if plan.urgence is None else build_numbers(plan.urgence.numbers),
        alerts=tuple(map(glued, build_alerts(plan))),
        steps=tuple(_step(step, maker) for step in plan.etapes),
        needs=needs,
        jobs=tuple(_job(job, number, maker) for number, job in enumerate(plan.metiers, 1)),
        sectors=tuple(
            SectorView(sector.libelle, sector.raisons, _say_tension(sector.tension),
                       maker.all((*sector.immersions, *sector.formations)[:REASONS]))
            for sector in plan.secteurs_porteurs
        ),
        rights=plan.droits,
        sheet_steps=build_sheet_steps(plan.etapes),
        sheet_needs=build_sheet_needs(_in_order(plan), plan.metiers),
        made_on=f"{today:%d/%m/%Y}",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Cards:
    """Makes cards of offers of the plan."""

    today: date
    code_commune: str | None

    def all(self, offers: Iterable[PlanOffer]) -> tuple[Card, ...]:
        return tuple(self.one(offer) for offer in offers)

    def one(self, offer: PlanOffer) -> Card:
        offre = read_offer(offer.offre)
        plain = build_plain_card(offre, self.today, self.code_commune)
        return replace(
            plain,
            distance=plain.distance if offer.distance_km is None else _say_way(offer, offre["position_approximative"]),
            reasons=own_reasons(offer.raisons, offer.distance_km)[:REASONS],
            reserves=offer.reserves,
        )


def _say_way(offer: PlanOffer, approximate: bool) -> str:
    """« À 3,2 km, environ 25 min »."""
    far = say_how_far(offer.distance_km or 0.0, approximate)
    return far if offer.duree_min is None else f"{far.removesuffix(' environ')}, environ {say_minutes(offer.duree_min)}"


def _in_order(plan: Plan) -> list[PlanNeed]:
    """Needs as their steps come, so that the page reads from top to bottom."""
    rules = load_step_rules()
    ranks = {step.titre: step.rang for step in plan.etapes}
    places = {code: ranks.get(step.titre, len(ranks)) for code, step in rules.steps.items()}
    return sorted(plan.besoins, key=lambda need: (not need.urgent, places[rules.step_of(need.thematique)]))


def _need(need: PlanNeed, number: int, maker: _Cards) -> NeedView:
    missing = need.sans_offre
    return NeedView(
        id=f"besoin-{number}",
        label=need.label,
        priority="Urgent" if need.urgent else _PRIORITIES[need.priorite],
        why=_say_why(need),
        cards=maker.all(need.offres),
        nothing="" if missing is None else _say_nothing(missing),
        far=() if missing is None else maker.all(_instead(missing)),
    )


def _say_why(need: PlanNeed) -> str:
    if need.extrait:
        return f"Parce que vous avez écrit : « {need.extrait} »."
    return "Parce que vous l’avez coché." if need.origine == "explicite" else "Compris dans vos mots."


def _say_nothing(missing: NoOffer) -> str:
    if missing.offre_la_plus_proche is not None and missing.distance_km is not None:
        return f"Rien à votre portée. Le plus proche est à {missing.distance_km:.0f} km."
    if missing.a_distance:
        return "Rien à votre portée, mais une aide existe à distance."
    return "Rien n’est publié ici pour ce besoin. Parlez-en à votre référent ou à la mairie."


def _instead(missing: NoOffer) -> tuple[PlanOffer, ...]:
    nearest = () if missing.offre_la_plus_proche is None else (missing.offre_la_plus_proche,)
    return (*nearest, *missing.a_distance[:2])


def _job(job: PlanJob, number: int, maker: _Cards) -> JobView:
    return JobView(
        id=f"metier-{number}",
        label=job.libelle,
        why="Le métier que vous avez choisi." if job.origine == "explicite" else "Compris dans vos mots.",
        tension="" if job.tension is None else _say_tension(job.tension),
        tension_from="" if job.tension is None else _say_from(job.tension),
        hiring=_say_hiring(job),
        close=tuple(close.libelle for close in job.proches[:REASONS]),
        immersions=maker.all(job.immersions),
        trainings=maker.all(job.formations),
    )


def _say_tension(tension: Tension) -> str:
    return _TENSIONS.get(tension.niveau, "")


def _say_from(tension: Tension) -> str:
    """Where, when, and who says it."""
    return sentence(", ".join(part for part in (tension.territoire, tension.millesime, tension.source) if part))


def _say_hiring(job: PlanJob) -> str:
    """Empty for what is not known; a figure that is a secret is said to be one, never 0."""
    hiring = job.embauches
    if hiring is None:
        return ""
    about = ", ".join(part for part in (hiring.famille, hiring.territoire, hiring.millesime) if part)
    if hiring.secret:
        return f"Embauches prévues : chiffre secret, car trop peu d’employeurs ont répondu ({about})."
    if hiring.projets is None:
        return ""
    return f"{say_count(hiring.projets, 'embauche prévue', 'embauches prévues')} ({about})."


def _step(step: Step, maker: _Cards) -> StepView:
    cards = maker.all(step.offres)
    first = next((card.next_date for card in cards if card.next_date is not None), None)
    return StepView(
        rank=step.rang,
        title=step.titre,
        aim=step.objectif,
        first="" if step.premier_creneau is None or first is None else f"Premier rendez-vous : {first}",
        hours="" if step.heures_semaine is None else f"Environ {step.heures_semaine:g} h par semaine",
        offers=cards,
    )


def _say_reach(reached: Reached) -> str:
    means = dict(MEANS).get(reached.moyen, reached.moyen).lower()  # type: ignore[call-overload]
    return (
        f"Nous avons cherché jusqu’à {reached.rayon_km:.0f} km, {means}, "
        f"en {say_minutes(reached.duree_max_min)} au plus.{' C’est une estimation.' if reached.estimation else ''}"
    )
