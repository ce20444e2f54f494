"""What is proposed to a plan, as boxes to tick, and the lines that ticked boxes make."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.catalogue import StoredOffer
from indexer.plans.model import Fields
from indexer.plans.proposals import Group, Proposal, Proposals, build_need_line, build_offer_line
from ui import urls as portal
from ui.contexts.cards import build_plain_card, own_reasons, say_how_far
from ui.lookups import may_be_id
from ui.offer_json import read_offer
from ui.wording import say_count

_REASONS = 2


@dataclass(frozen=True, slots=True)
class Box:
    """One thing to put in the plan; `value` is what the form sends: a need or a job, and an offer."""

    id: str
    value: str
    title: str
    url: str | None
    facts: tuple[str, ...]
    new: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class BoxGroup:
    label: str
    urgent: bool
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class ProposedView:
    """`count` says how many things are ticked, for the button; `new` how many came since the last look."""

    groups: tuple[BoxGroup, ...]
    new: str
    chosen: int


def build_proposed(proposals: Proposals, today: date) -> ProposedView:
    groups = tuple(_group(group, place, today) for place, group in enumerate(proposals.groups))
    return ProposedView(
        groups=groups,
        new=say_count(proposals.new, "offre nouvelle", "offres nouvelles") if proposals.new else "",
        chosen=sum(box.chosen for group in groups for box in group.boxes),
    )


def read_chosen(
    values: Sequence[str], get_offers: Callable[[list[str]], dict[str, StoredOffer]], today: date
) -> list[Fields]:
    """The lines of the boxes ticked, in their order; what names no need and no offer of the catalogue is left out."""
    pairs = [(code, offer_id) for code, _, offer_id in (value.partition("|") for value in values)]
    known = get_offers(sorted({offer_id for _, offer_id in pairs if may_be_id(offer_id)}))
    lines = (_line(code, offer_id, known, today) for code, offer_id in pairs)
    return [line for line in lines if line is not None]


def _line(code: str, offer_id: str, known: Mapping[str, StoredOffer], today: date) -> Fields | None:
    if not offer_id:
        return build_need_line(code)
    return build_offer_line(known[offer_id], code, today) if offer_id in known else None


def _group(group: Group, place: int, today: date) -> BoxGroup:
    boxes = (_box(group, item, f"proposition-{place}-{number}", today) for number, item in enumerate(group.items))
    return BoxGroup(group.label, group.urgent, tuple(boxes))


def _box(group: Group, item: Proposal, box_id: str, today: date) -> Box:
    offer = item.offer
    if offer is None:
        said = ("Rien à portée pour l’instant : le référent cherche.",)
        return Box(box_id, f"{group.code}|", "Chercher une solution", None, said, item.new, item.chosen)
    offre = read_offer(offer.offre)
    card = build_plain_card(offre, today)
    far = None if offer.distance_km is None else say_how_far(offer.distance_km, offre["position_approximative"])
    facts = (card.kind.label, far or card.distance, card.cost, card.next_date, card.holder)
    reasons = own_reasons(offer.raisons, offer.distance_km)[:_REASONS]
    return Box(
        id=box_id,
        value=f"{group.code}|{offer.id}",
        title=card.title,
        url=portal.offer(offer.id),
        facts=tuple(fact for fact in (*facts, *reasons, *(f"à savoir : {one}" for one in offer.reserves)) if fact),
        new=item.new,
        chosen=item.chosen,
    )
