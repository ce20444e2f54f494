"""What a plan must say of itself: what was supposed, what contradicts, what was not read."""

from collections.abc import Iterator, Sequence
from typing import Final

from indexer.matching.extent import UNANSWERED, Extent
from indexer.matching.note import MAX_PIECES, Note
from indexer.matching.plan import PlanNeed, WantedJob
from indexer.matching.profile import Profile

_MEANS: Final = {
    "a-pied": "à pied", "velo": "à vélo", "transports-en-commun": "en transports en commun", "voiture": "en voiture",
}  # fmt: skip


def iter_warnings(
    profile: Profile, note: Note, extent: Extent, needs: Sequence[PlanNeed], wanted: Sequence[WantedJob]
) -> Iterator[str]:
    """In plain French, what matters most first."""
    if note.urgency is not None:
        numbers = ", ".join(f"{one.number} ({one.name})" for one in note.urgency.numbers)
        yield f"{note.urgency.message} {numbers}"
    if not needs and not wanted:
        yield "Aucun besoin ni projet : ajoutez un besoin, un métier, ou quelques mots sur la situation."
    if extent.unanswered and (needs or wanted):
        yield UNANSWERED
    if needs and not any(need.offres for need in needs):
        yield "Aucune offre à portée ne répond à ces besoins : voyez les plus proches et celles à distance."
    yield from _iter_of_prices(needs)
    yield from _iter_of_journeys(profile, extent)
    if profile.age is not None and note.age is not None and profile.age != note.age:
        yield f"L'âge donné ({profile.age} ans) n'est pas celui de la note ({note.age} ans) : le premier a été retenu."
    if note.cut:
        yield f"La note est longue : ses {MAX_PIECES} premières phrases ont été lues."


def _iter_of_prices(needs: Sequence[PlanNeed]) -> Iterator[str]:
    """What only its price leaves out: a few euros may be worth a question."""
    for need in needs:
        for offer in need.payantes:
            price = next((one for one in offer.reserves if one.startswith("payant")), "payant")
            yield f"« {need.label} » : « {offer.nom} » répondrait aussi ({price}). À voir selon le prix."


def _iter_of_journeys(profile: Profile, extent: Extent) -> Iterator[str]:
    reached, travel = extent.reached, extent.travel
    how = f"{reached.duree_max_min} minutes {_MEANS[reached.moyen]}, environ {reached.rayon_km:.0f} km"
    if travel.supposed:
        yield f"Moyens de transport inconnus : nous avons supposé {how}."
    elif profile.mobilite.duree_max_min is None:
        yield f"Durée de trajet inconnue : nous avons supposé {how}."
    if profile.mobilite.permis is False and "voiture" in profile.mobilite.moyens:
        yield "Voiture sans permis : nous avons compté qu'une autre personne conduit. À vérifier."
