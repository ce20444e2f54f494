"""Made-up offers, one after the other: N of them take no more memory than one."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.benchmark import facts
from indexer.benchmark.places import Places, scatter
from indexer.benchmark.texts import Text, write_text
from indexer.benchmark.vectors import VectorPool
from indexer.catalogue.stored import StoredOffer
from indexer.documents import build_document
from indexer.engines.base import Document
from indexer.geocode.commune import Commune
from indexer.schema import Offer, Provenance, Statut, Structure, TypeOffre

FLUX: Final = "banc"

ALONE = 0.75
"""Share of texts that one offer bears; the others have siblings, so that half of the offers do, as in real feeds."""

_MORE_SIBLINGS = 0.55
_MOST_SIBLINGS = 60
_SAME_STRUCTURE = 0.35  # 1.5 offers a structure
_NEAR = 0.8  # siblings of one département
_REMEMBERED = 32
_OLDEST_DAYS = 700


@dataclass(frozen=True)
class World:
    """What offers are drawn from. The same seed and day give the same offers, whatever their number."""

    seed: int
    today: date
    places: Places
    pool: VectorPool


@dataclass(frozen=True, slots=True)
class _Family:
    """What siblings share: the producer, the text, what it says, its meaning. `home` is where they are around."""

    source: str
    text: Text
    themes: tuple[str, ...]
    publics: tuple[str, ...]
    frais: facts.Frais | None
    modes: tuple[str, ...]
    kind: TypeOffre
    metiers: tuple[str, ...]
    home: Commune
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Holder:
    structure: Structure
    commune: Commune
    point: tuple[float, float]


def iter_documents(world: World, offers: int) -> Iterator[Document]:
    """The documents of the first `offers` offers, as an indexing builds them."""
    for stored, vector in iter_offers(world, offers):
        yield build_document(stored, vector, world.today)


def iter_offers(world: World, offers: int) -> Iterator[tuple[StoredOffer, NDArray[np.float32]]]:
    """Published offers with their vector; identifiers follow each other."""
    rng = Random(f"{world.seed}:offers")  # noqa: S311 — not a secret
    noise = np.random.default_rng([world.seed, 1])
    holders: deque[_Holder] = deque(maxlen=_REMEMBERED)
    number = 0
    while True:
        family = _draw_family(world, rng, noise)
        for _ in range(_draw_size(rng)):
            if number >= offers:
                return
            holder = _draw_holder(world, rng, family, holders, number)
            yield _build_stored(world, rng, family, holder, number), family.vector
            number += 1


def _draw_size(rng: Random) -> int:
    size = 1
    if rng.random() < ALONE:
        return size
    size += 1
    while size < _MOST_SIBLINGS and rng.random() < _MORE_SIBLINGS:
        size += 1
    return size


def _draw_family(world: World, rng: Random, noise: np.random.Generator) -> _Family:
    themes, publics, kind = facts.draw_themes(rng), facts.draw_publics(rng), facts.draw_type(rng)
    subject = themes[0] if themes else facts.draw_subject(rng)
    return _Family(
        source=facts.draw_source(rng),
        text=write_text(rng, subject, publics),
        themes=themes,
        publics=publics,
        frais=facts.draw_frais(rng),
        modes=facts.draw_modes(rng),
        kind=kind,
        metiers=facts.draw_metiers(rng, kind),
        home=world.places.draw(rng),
        vector=world.pool.draw(subject, noise),
    )


def _draw_holder(world: World, rng: Random, family: _Family, known: deque[_Holder], number: int) -> _Holder:
    """A structure made just before by the same producer, or a new one around the family's home."""
    own = [holder for holder in known if holder.structure.source == family.source]
    if own and rng.random() < _SAME_STRUCTURE:
        return rng.choice(own)
    near = rng.random() < _NEAR
    commune = world.places.draw_near(rng, family.home) if near else world.places.draw(rng)
    holder = _build_holder(rng, family.source, commune, number)
    known.append(holder)
    return holder


def _build_holder(rng: Random, source: str, commune: Commune, number: int) -> _Holder:
    kind = rng.choice(("Maison", "Espace", "Association", "Centre social", "Antenne", "Point relais", "Relais"))
    name = rng.choice(("des possibles", "du lien", "pour avancer", "des habitants", "solidaire", "du pays", "ensemble"))
    point = scatter(rng, commune)
    structure = Structure(
        source=source,
        id=f"{source}--structure-{number}",
        nom=f"{kind} {name} de {commune.nom}",
        commune=commune.nom,
        code_postal=commune.codes_postaux[0] if commune.codes_postaux else None,
        code_insee=commune.code,
        adresse=f"{rng.randint(1, 120)} rue de la République",
        latitude=point[0],
        longitude=point[1],
        telephone="+33100000000",
        site_web="https://exemple.fr/",
    )
    return _Holder(structure, commune, point)


def _build_stored(world: World, rng: Random, family: _Family, holder: _Holder, number: int) -> StoredOffer:
    source, structure = family.source, holder.structure
    offer = Offer(
        source=source,
        id=f"{source}--offre-{number}",
        structure_id=structure.id,
        nom=family.text.nom,
        description=family.text.description,
        lien_source=f"https://exemple.fr/offres/{number}",
        date_maj=world.today - timedelta(days=rng.randint(1, _OLDEST_DAYS)),
        thematiques=family.themes or None,
        frais=family.frais,
        publics=family.publics or None,
        commune=structure.commune,
        code_postal=structure.code_postal,
        code_insee=structure.code_insee,
        adresse=structure.adresse,
        latitude=holder.point[0],
        longitude=holder.point[1],
        telephone=structure.telephone,
        modes_accueil=family.modes or None,
        zone_eligibilite=facts.draw_zone(rng, holder.commune),
        type_offre=family.kind,
        metiers=family.metiers or None,
        sessions=facts.draw_sessions(rng, family.kind, world.today),
    )
    seen = datetime.combine(offer.date_maj or world.today, time(), UTC)
    origin = Provenance(flux=FLUX, source=source, recupere_le=seen, hash_contenu=f"{number:016x}")
    return StoredOffer(offer, Statut.PUBLIEE, origin, structure, seen, seen, None)
