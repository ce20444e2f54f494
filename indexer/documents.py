"""From a published offer of the catalogue to a document of the index."""

import hashlib
from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from indexer.catalogue.stored import StoredOffer
from indexer.deduced_jobs import deduce_jobs, jobs_among
from indexer.document_names import names_of
from indexer.engines.base import Document, Slot
from indexer.language.analysis import fold
from indexer.language.frequencies import Field, term_frequencies
from indexer.moments import moments_of
from indexer.predictions import NOTHING_DEDUCED, Deduced
from indexer.public import fresh_on, offer_json, placed
from indexer.quality import score_quality
from indexer.reference.shipped import rome_labels
from indexer.schema import Offer
from indexer.schema.vocabulary import category_of, vocabulary

NAME, THEME, AROUND, TEXT = 3.0, 2.0, 1.0, 1.0
"""What a word is worth in the name, the themes and métiers, the facts around, the description (not tuned yet)."""

USUAL_DESCRIPTION = 100
"""Words of an ordinary description: the mean of the Lille feed is 70 once stop words are left out."""

WHEN_FULL = 0.0
"""An immersion whose month is full goes behind those that can be asked now."""

_ENCODED_CHARACTERS = 2_000
"""Beyond, a description repeats itself, and encoding costs by the word."""

_EPOCH = date(1970, 1, 1).toordinal()


def build_document(
    stored: StoredOffer, vector: NDArray[np.float32], today: date, deduced: Deduced = NOTHING_DEDUCED
) -> Document:
    """`vector` is the unit vector of `passage_of`; `deduced` what its text suggests it is for, and what it does not."""
    offer = placed(stored.offer, stored.structure)
    predicted = (*deduced.predicted, *deduce_jobs(offer))
    modes, moments = modes_of(offer), moments_of(offer, today)
    fresh = fresh_on(stored)
    return Document(
        id=offer.id,
        body=offer_json(stored, today, predicted),
        vector=vector,
        terms=term_frequencies(_fields(stored)),
        codes=codes_of(offer, moments, predicted),
        anything=anything_of(offer, moments),
        latitude=offer.latitude,
        longitude=offer.longitude,
        on_site="en-presentiel" in modes,
        remote="a-distance" in modes,
        zone=offer.zone_eligibilite or (),
        slots=tuple(_slots(offer)),
        valid_from=None if offer.validite is None else offer.validite.debut,
        valid_until=offer.last_day,
        fold=fold_key(offer),
        structure=offer.structure_id or "",
        predicted=predicted,
        faint=deduced.faint,
        names=names_of(offer, stored.structure),
        age_min=offer.age_min,
        age_max=offer.age_max,
        quality=score_quality(stored.offer, fresh, today) * standing_of(offer, today),
        changed=fresh,
    )


def passage_of(stored: StoredOffer) -> str:
    """What the encoder reads of an offer: its name, what it is for, what it says."""
    offer = stored.offer
    themes = ", ".join(dict.fromkeys(_theme_labels(offer)))
    parts = (offer.nom, themes, (offer.description or "")[:_ENCODED_CHARACTERS])
    return ". ".join(part for part in parts if part)


def codes_of(offer: Offer, moments: tuple[str, ...], predicted: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """The values of each filter. A thématique brings its category; `moments` are those of `moments_of`."""
    themes, jobs = offer.thematiques or (), jobs_among(predicted)
    deduced = [value for value in predicted if value not in jobs]
    return {
        "types_offre": (str(offer.type_offre),),
        "thematiques": tuple(dict.fromkeys([*themes, *map(category_of, themes), *deduced])),
        "publics": offer.publics or (),
        "frais": () if offer.frais is None else (offer.frais,),
        "modes_accueil": modes_of(offer),
        "moments": moments,
        "metiers": (*(offer.metiers or ()), *jobs),
        "sources": (offer.source,),
    }


def anything_of(offer: Offer, moments: tuple[str, ...]) -> frozenset[str]:
    """The filters that the offer passes whatever is asked: missing facts are not a no."""
    publics = offer.publics is None or "tous-publics" in offer.publics
    whatever = {
        "publics": publics,
        "frais": offer.frais is None,
        "modes_accueil": not modes_of(offer),
        "moments": not moments,
    }
    return frozenset(field for field, yes in whatever.items() if yes)


def standing_of(offer: Offer, today: date) -> float:
    """What is left of the quality of an immersion that cannot be asked yet, or that leaves requests unanswered."""
    immersion = offer.immersion
    if immersion is None:
        return 1.0
    if immersion.disponible_le is not None and immersion.disponible_le > today:
        return WHEN_FULL
    return 1.0 if immersion.taux_reponse is None else 0.5 + immersion.taux_reponse / 2


def modes_of(offer: Offer) -> tuple[str, ...]:
    """A located offer that says nothing of how it receives counts as on site."""
    if offer.modes_accueil:
        return offer.modes_accueil
    return () if offer.latitude is None else ("en-presentiel",)


def fold_key(offer: Offer) -> int:
    """Equal for the same offer of the same producer elsewhere: same name, same text. 64 bits, never 0."""
    text = "\x1f".join((offer.source, fold(offer.nom), fold(offer.description or "")))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) or 1


def _fields(stored: StoredOffer) -> Iterator[Field]:
    offer = stored.offer
    yield Field(offer.nom, NAME)
    yield Field(" ; ".join([*_theme_labels(offer), *_job_labels(offer)]), THEME)
    yield Field(" ; ".join(_around(stored)), AROUND)
    yield Field(offer.description or "", TEXT, normal=USUAL_DESCRIPTION)


def _theme_labels(offer: Offer) -> Iterator[str]:
    known = vocabulary("thematiques")
    for theme in offer.thematiques or ():
        yield known[theme].shown
        yield known[theme].label


def _job_labels(offer: Offer) -> Iterator[str]:
    for code in offer.metiers or ():
        yield rome_labels().get(code, "")


def _around(stored: StoredOffer) -> Iterator[str]:
    """Who holds the offer, where, for whom, what kind of offer it is."""
    offer = stored.offer
    if stored.structure is not None:
        yield stored.structure.nom
    yield offer.commune or ""
    yield offer.sous_type or str(offer.type_offre)
    for public in offer.publics or ():
        yield vocabulary("publics")[public].label


def _slots(offer: Offer) -> Iterator[Slot]:
    for session in offer.sessions:
        yield Slot(
            session.debut.date().toordinal() - _EPOCH, int(session.debut.timestamp()), session.places_restantes == 0
        )
