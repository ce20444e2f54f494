"""Whether two cards tell of the same thing: a few written reasons, tried in order, each with its name.

"The same" means: the same organisation at the same door; for an offer, the same help given there. Two agencies of a
network, a label and the town hall that hosts it, a bus and its garage, are not the same.
"""

from dataclasses import dataclass
from typing import Final

from indexer.dedupe.card import Card
from indexer.dedupe.compare import Features, compare
from indexer.schema import Kind

SAME: Final = 0.5
"""Scores at and above say the same. Each reason has one score, in the order in which it is to be trusted."""

_NEXT_DOOR_M: Final = 150.0
_SAME_TOWN_M: Final = 500.0
_FAR_M: Final = 5_000.0
"""Within a street, within a village; beyond the last, one of the two points is wrong or they are two places."""

_ALIKE: Final = 0.85
_RATHER_ALIKE: Final = 0.6
_LONGER_NAME: Final = 0.7
_ALIKE_TEXT: Final = 0.7
_WORDS_SHARED: Final = 2

_ONE_A_DOOR: Final = frozenset(("france services", "france travail"))
"""Labels of which an address holds one place only."""

_NOT: Final = "non"
_PUBLIC_BODIES: Final = frozenset(("mairie", "intercommunalite", "ccas", "departement"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """`score` in 0–1, and why, in words for a coordinator."""

    score: float
    reason: str

    @property
    def same(self) -> bool:
        return self.score >= SAME


def judge(one: Card, other: Card, features: Features | None = None) -> Verdict:
    """The verdict on two cards of one kind, whatever their order."""
    found = compare(one, other) if features is None else features
    refusal = _contradiction(one, other, found)
    if refusal:
        return Verdict(0.0, refusal)
    if found.source:
        return _judge_within_source(one, other, found)
    return _judge_across_sources(one, other, found)


def _contradiction(one: Card, other: Card, found: Features) -> str:
    """What forbids a pair, "" when nothing does."""
    if one.mobile != other.mobile:
        return "l'un est itinérant, l'autre non"
    if one.numbers and other.numbers and one.numbers != other.numbers:
        return "les numéros de leurs noms diffèrent"
    if found.natures is False or _hosted(one, other) or _hosted(other, one):
        return "deux sortes de lieux"
    if found.siren is False and found.name < _ALIKE:
        return "deux SIREN, deux noms"
    if found.commune is False and (found.distance is None or found.distance > _SAME_TOWN_M):
        return "deux communes"
    if one.sessions and other.sessions and one.sessions.isdisjoint(other.sessions):
        return "deux dates"
    return _other_help(one, other, found) if one.kind is Kind.OFFER else ""


def _other_help(one: Card, other: Card, found: Features) -> str:
    """« Non-scolarisés » is not « scolarisés »; and of one source, titles that differ by a word are two offers."""
    if found.title < _ALIKE or (_NOT in one.title) != (_NOT in other.title):
        return "deux aides différentes"
    if found.source and one.title != other.title:
        return "sa source les distingue"
    if one.zones and other.zones and one.zones.isdisjoint(other.zones):
        return "deux territoires"
    return ""


def _hosted(guest: Card, host: Card) -> bool:
    """Whether one is a crèche or a labelled counter, and the other the body that holds it."""
    extra = guest.natures - host.natures
    if "creche" in extra and bool(host.natures):
        return True
    return "france services" in extra and not host.natures.isdisjoint(_PUBLIC_BODIES)


def _judge_within_source(one: Card, other: Card, found: Features) -> Verdict:
    """A producer tells its records apart by their ids: only a plain repeat is a duplicate."""
    if found.networks is False or found.siret is False:
        return Verdict(0.0, "sa source les distingue")
    at_door = _same_street(found) or (found.street is None and _near(found, _NEXT_DOOR_M))
    renamed = found.siret is True and found.telling >= _ALIKE and found.name >= _LONGER_NAME
    if at_door and (one.name == other.name or renamed) and (found.text is None or found.text >= _ALIKE_TEXT):
        return Verdict(0.9, "répété par sa source : même nom, même adresse")
    return Verdict(0.1, "sa source les distingue")


def _judge_across_sources(one: Card, other: Card, found: Features) -> Verdict:
    """Reasons from the surest to the least sure; the first that holds gives the score."""
    alike = max(found.name, found.telling)
    if found.siret and _same_street(found) and (found.number or alike >= _RATHER_ALIKE):
        return Verdict(0.95, "même SIRET, même adresse")
    if found.siret and _near(found, _NEXT_DOOR_M) and alike >= _RATHER_ALIKE:
        return Verdict(0.9, "même SIRET, points voisins, noms proches")
    if found.siret and not _is_far(found) and (found.name >= _ALIKE or (alike >= _ALIKE and found.number is not False)):
        return Verdict(0.9, "même SIRET, noms proches")
    if _same_street(found) and (alike >= _ALIKE or _share_words(one, other, found)):
        return Verdict(0.85, "même adresse, noms proches")
    if _same_street(found) and not one.natures.isdisjoint(other.natures & _ONE_A_DOOR):
        return Verdict(0.8, "même label à la même adresse")
    if _near(found, _NEXT_DOOR_M) and alike >= _ALIKE and found.number is not False:
        return Verdict(0.8, "noms proches, points voisins")
    if _near(found, _SAME_TOWN_M) and one.name == other.name and found.number is None:
        return Verdict(0.75, "même nom, même village")
    if (found.phone or found.email) and alike >= _ALIKE and not _is_far(found):
        return Verdict(0.75, "même contact, noms proches")
    return Verdict(0.2, "trop peu en commun")


def _share_words(one: Card, other: Card, found: Features) -> bool:
    return found.telling >= _RATHER_ALIKE and len(one.telling & other.telling) >= _WORDS_SHARED


def _same_street(found: Features) -> bool:
    return found.street is not None and found.street >= _ALIKE and found.number is not False


def _near(found: Features, metres: float) -> bool:
    return found.distance is not None and found.distance <= metres


def _is_far(found: Features) -> bool:
    return found.distance is not None and found.distance > _FAR_M
