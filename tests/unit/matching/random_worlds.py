"""A random catalogue around Belfort and across the water from Quiberon, and random profiles for it."""

import random
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from indexer.engines.base import Need, Vector
from tests.support.small_feeds import offer, structure

WORDS = {
    "permis": "mobilite--preparer-un-permis",
    "loyer": "logement-hebergement--reduire-les-impayes-de-loyer",
    "soins": "sante--acces-aux-soins",
    "francais": "lecture-ecriture-calcul--maitriser-le-francais",
    "garde": "famille--garde-denfants",
    "cv": "preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation",
    "etranger": "souvrir-a-linternational--sorganiser-suite-a-son-retour-en-france",
}
"""Words that say a thématique; the last one has no offer anywhere."""

THEMES = tuple(WORDS.values())
PUBLICS = ("jeunes", "femmes", "seniors", "demandeurs-emploi", "familles")
BELLE_ILE = {"56009", "56114", "56152", "56241"}
_QUIBERON, _PALAIS, _BELFORT = (47.484, -3.120), (47.346, -3.154), (47.638, 6.863)


class WordReader:
    """Reads a need where its word is written."""

    def read(self, texts: Sequence[str], vectors: Vector) -> Sequence[tuple[Need, ...]]:
        return [tuple(Need(theme, 0.9, (word,)) for word, theme in WORDS.items() if word in text) for text in texts]

    def says_no_need(self, text: str, vector: Vector) -> bool:
        return False


def random_records(seed: int, count: int) -> list[Any]:
    rng = random.Random(seed)
    return [structure(1), structure(2), *(offer(n, **_fields(rng)) for n in range(1, count + 1))]


def _fields(rng: random.Random) -> dict[str, Any]:
    (lat, lon), code, km = rng.choice(
        [(_BELFORT, "90010", 0.6), (_BELFORT, "90010", 0.1), (_QUIBERON, "56186", 0.05), (_PALAIS, "56152", 0.02)]
    )
    low = rng.choice([None, None, 16, 26, 60])
    sessions = [[], [], [_session("2026-01-10", 3)], [_session("2026-06-10", 0)], [_session("2026-06-01", 4)]]
    return {
        "structure_id": rng.choice(["ex--s1", "ex--s2"]),
        "thematiques": tuple(rng.sample(THEMES[:-1], rng.randint(1, 3))),
        "publics": rng.choice([None, ("tous-publics",), *[(p,) for p in PUBLICS], ("jeunes", "femmes")]),
        "age_min": low,
        "age_max": rng.choice([None, None, 25, 99]) if low in (None, 16) else None,
        "frais": rng.choice([None, "gratuit", "payant"]),
        "modes_accueil": rng.choice([None, ("en-presentiel",), ("a-distance",), ("a-distance", "en-presentiel")]),
        "zone_eligibilite": rng.choice([None, None, ("90",), ("56",), ("13",)]),
        "sessions": tuple(rng.choice(sessions)),
        "code_insee": code,
        "latitude": lat + rng.uniform(-km, km),
        "longitude": lon + rng.uniform(-km, km),
    }


def _session(day: str, left: int) -> dict[str, Any]:
    return {"debut": f"{day}T09:00+02:00", "places": 8, "places_restantes": left}


_PLACES = st.sampled_from([{"code_commune": "90010"}, {"code_commune": "56186"}, {"lat": 47.64, "lon": 6.86}])
_MEANS = st.lists(st.sampled_from(["a-pied", "velo", "transports-en-commun", "voiture"]), max_size=3)
_NEEDS = st.fixed_dictionaries(
    {
        "thematique": st.sampled_from([*THEMES, "mobilite", "sante"]),
        "etat": st.sampled_from(["besoin", "besoin", "point-fort", "non-explore"]),
        "priorite": st.sampled_from(["haute", "moyenne", "basse"]),
    },
    optional={"texte": st.sampled_from([*WORDS, "rien de connu"])},
)

profiles = st.fixed_dictionaries(
    {"lieu": _PLACES},
    optional={
        "mobilite": st.fixed_dictionaries(
            {}, optional={"moyens": _MEANS, "duree_max_min": st.integers(5, 240), "permis": st.booleans()}
        ),
        "publics": st.lists(st.sampled_from(PUBLICS), max_size=2),
        "age": st.integers(14, 90),
        "besoins": st.lists(_NEEDS, max_size=6),
        "texte": st.lists(st.sampled_from(list(WORDS)), max_size=4).map(
            lambda words: " ".join(f"Il me faut {word} bientôt." for word in words)
        ),
        "contraintes": st.fixed_dictionaries(
            {}, optional={"gratuit": st.booleans(), "a_distance": st.sampled_from(["accepte", "prefere", "refuse"])}
        ),
        "par_besoin": st.integers(1, 5),
    },
)
"""What a JSON body may hold."""
