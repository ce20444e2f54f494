"""The page of one offer."""

from dataclasses import dataclass
from datetime import date, datetime

from indexer.geocode.communes import Commune, Communes
from indexer.schema import Statut
from indexer.schema.vocabulary import label_of
from indexer.search.reserves import holds_dead_link, stale_since
from indexer.search.wording import say_month
from ui import urls
from ui.contexts.cards import Card
from ui.contexts.contact import Action, build_actions, build_advice
from ui.contexts.facts import EXAMPLE_SOURCE, KindOfOffer, Link, kind_of
from ui.contexts.practical import (
    Cost,
    Fact,
    SessionLine,
    Whereabouts,
    build_cost,
    build_duration,
    build_eligibility,
    build_offer_whereabouts,
    build_sessions,
)
from ui.hours import HoursLine, say_hours
from ui.languages import say_languages
from ui.offer_json import OfferJson, fresh_on
from ui.opening import say_opening
from ui.places import commune_label
from ui.plain_text import Block, build_blocks, build_lead, split_lead
from ui.state import SearchState
from ui.take_away import Sharing
from ui.wording import glued, say_date, say_list, sentence

SHOWN_TEXT = 600
"""Characters of the long text before it folds: about eight lines."""

STATES = {
    Statut.SUSPENDUE: "Cette offre est en pause. Appelez avant de venir.",
    Statut.EXPIREE: "Cette offre est terminée. Regardez plus bas les offres proches.",
}


DEAD_LINK_NOTICE = "Le site de cette offre ne répond plus. Appelez ou écrivez avant de venir."


@dataclass(frozen=True, slots=True)
class OtherOrigin:
    """Who else publishes the same offer, and its page there."""

    source: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where what is written comes from."""

    source: str
    licence: str | None
    updated: str
    link: str | None
    others: tuple[OtherOrigin, ...] = ()


@dataclass(frozen=True, slots=True)
class HolderBlock:
    name: str
    url: str
    place: str


@dataclass(frozen=True, slots=True)
class OfferPage:
    id: str
    title: str
    description: str
    kind: KindOfOffer
    back: Link
    is_example: bool
    state_notice: str | None
    link_notice: str | None
    age_notice: str | None
    month_notice: str | None
    lead: str | None
    eligibility: tuple[Fact, ...]
    actions: tuple[Action, ...]
    advice: tuple[str, ...]
    how: tuple[Block, ...]
    sessions: tuple[SessionLine, ...]
    duration: str | None
    calendar_url: str | None
    hours: tuple[HoursLine, ...]
    opening: str | None
    where: Whereabouts
    cost: Cost
    to_bring: tuple[str, ...]
    languages: str | None
    proposed_themes: str | None
    text: tuple[Block, ...]
    folded_text: tuple[Block, ...]
    holder: HolderBlock | None
    similar: tuple[Card, ...]
    origin: Origin
    sharing: Sharing
    report_url: str
    orient_url: str | None = None
    ask_url: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """The moment, and where the person is when they said it."""

    now: datetime
    near: Commune | None
    dead_links: frozenset[str] = frozenset()
    stale_days: int | None = None

    @property
    def today(self) -> date:
        return self.now.date()


def build_offer_page(
    offre: OfferJson, similar: tuple[Card, ...], communes: Communes, visit: Visit, sharing: Sharing
) -> OfferPage:
    lead = build_lead(offre["description"])
    text, folded = split_lead(build_blocks(_beyond(offre["description"], lead)), SHOWN_TEXT)
    sessions = build_sessions(offre, visit.today)
    return OfferPage(
        id=offre["id"],
        title=glued(offre["nom"]),
        description=lead or offre["nom"],
        kind=kind_of(offre),
        back=_back(visit.near),
        is_example=offre["source"] == EXAMPLE_SOURCE,
        state_notice=STATES.get(Statut(offre["statut"])),
        link_notice=DEAD_LINK_NOTICE if holds_dead_link(offre, visit.dead_links) else None,
        age_notice=_say_age(offre, visit),
        month_notice=_say_full_month(offre, visit.today),
        lead=None if lead is None else glued(lead),
        eligibility=build_eligibility(offre, communes),
        actions=build_actions(offre),
        advice=build_advice(offre),
        how=build_blocks(offre["mobilisation_precisions"]),
        sessions=sessions,
        duration=build_duration(offre),
        calendar_url=urls.calendar(offre["id"]) if sessions else None,
        hours=say_hours(offre["horaires_accueil"]),
        opening=_opening(offre, visit),
        where=build_offer_whereabouts(offre, visit.near),
        cost=build_cost(offre),
        to_bring=tuple(offre["justificatifs"]),
        languages=sentence(say_list(say_languages(offre["langues"] or ()))) or None,
        proposed_themes=_say_proposed(offre),
        text=text,
        folded_text=folded,
        holder=_holder(offre, visit.near),
        similar=similar,
        origin=_origin(offre),
        sharing=sharing,
        report_url=urls.report_offer(offre["id"]),
    )


def _say_full_month(offre: OfferJson, today: date) -> str | None:
    """Of an immersion whose company has as many requests as it wished for this month."""
    immersion = offre["immersion"]
    told = None if immersion is None else immersion.get("disponible_le")
    asked_from = None if told is None else date.fromisoformat(told)
    if asked_from is None or asked_from <= today:
        return None
    return f"Ce mois-ci est complet. Vous pourrez faire votre demande dès le {say_date(asked_from)}."


def _say_age(offre: OfferJson, visit: Visit) -> str | None:
    """Of a published offer only: one that is over or paused says so already."""
    since = stale_since(offre, visit.today, visit.stale_days)
    if since is None or offre["statut"] != Statut.PUBLIEE:
        return None
    return f"À vérifier : cette offre n’a pas été mise à jour depuis {say_month(since)}. Appelez avant de venir."


def _opening(offre: OfferJson, visit: Visit) -> str | None:
    """Nothing for an offer that is paused or over: its door may well be closed."""
    if offre["statut"] != Statut.PUBLIEE:
        return None
    return say_opening(offre["horaires_accueil"], offre["code_insee"] or offre["code_postal"], visit.now)


def _say_proposed(offre: OfferJson) -> str | None:
    """Thématiques that Maillage deduced from the text, faute de mieux; None when the source states its own."""
    return sentence(say_list(tuple(label_of("thematiques", theme) for theme in offre["thematiques_predites"]))) or None


def _beyond(description: str | None, lead: str | None) -> str | None:
    """Nothing more to tell when the summary is all there is."""
    return None if description is None or description.strip() == lead else description


def _back(near: Commune | None) -> Link:
    if near is None:
        return Link("Toutes les offres", urls.OFFERS)
    label = commune_label(near)
    return Link(f"Offres près de {near.nom}", urls.offers(SearchState(lieu=label, code_commune=near.code)))


def _holder(offre: OfferJson, near: Commune | None) -> HolderBlock | None:
    structure = offre["structure"]
    if structure is None:
        return None
    code = None if near is None else near.code
    return HolderBlock(structure["nom"], urls.structure(structure["id"], code_commune=code), structure["commune"] or "")


def _origin(offre: OfferJson) -> Origin:
    provenance = offre["provenance"]
    return Origin(
        source=offre["source"],
        licence=provenance["licence"],
        updated=say_date(fresh_on(offre["date_maj"], provenance)),
        link=urls.web(offre["lien_source"]) or urls.web(provenance["url"]),
        others=tuple(OtherOrigin(o["source"], urls.web(o["lien_source"])) for o in offre["autres_sources"]),
    )
