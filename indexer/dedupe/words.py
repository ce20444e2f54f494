"""Names and addresses as they are compared: folded, abbreviations spelt one way, what tells nothing set apart."""

import re
from functools import lru_cache
from typing import Final

from indexer.language.analysis import iter_words

_ONE_WAY: Final = {
    "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "blvd": "boulevard", "boul": "boulevard",
    "pl": "place", "r": "rue", "rte": "route", "ch": "chemin", "che": "chemin", "chem": "chemin", "imp": "impasse",
    "all": "allee", "allees": "allee", "sq": "square", "crs": "cours", "fg": "faubourg", "fbg": "faubourg",
    "gal": "general", "dr": "docteur", "pdt": "president", "mal": "marechal", "st": "saint", "ste": "sainte",
    "qu": "quai", "res": "residence", "bat": "batiment", "zi": "zone", "za": "zone", "zac": "zone",
    "ass": "association", "assoc": "association", "asso": "association", "ctre": "centre", "cent": "centre",
    "mun": "municipale", "bib": "bibliotheque", "bibli": "bibliotheque",
    "msap": "france services", "mfs": "france services", "efs": "france services", "cmnal": "communal",
    "agglo": "agglomeration", "mairie": "commune", "1er": "1", "premier": "1",
    "quartiers": "quartier", "regies": "regie",
}  # fmt: skip
_SPELT: Final = tuple(
    (f" {long} ", f" {short} ")
    for long, short in (
        ("maison services public", "france services"),
        ("maison services publics", "france services"),
        ("maison france services", "france services"),
        ("maison france service", "france services"),
        ("maison services", "france services"),
        ("espace france services", "france services"),
        ("espace france service", "france services"),
        ("france service", "france services"),
        ("centre communal action sociale", "ccas"),
        ("centre com action sociale", "ccas"),
        ("centre com action social", "ccas"),
        ("centre action sociale ville", "ccas"),
        ("centre intercommunal action sociale", "cias"),
        ("communaute com", "communaute communes"),
        ("com commune", "communaute communes"),
        ("com com", "communaute communes"),
        ("cc", "communaute communes"),
        ("ca", "communaute agglomeration"),
        ("com", "commune"),
        ("maison jeunes culture", "mjc"),
        ("point information mediation multi services", "pimms"),
        ("union departementale associations familiales", "udaf"),
        ("union dep associations familiales", "udaf"),
        ("centre information droits femmes familles", "cidff"),
        ("pole emploi", "france travail"),
        ("bureau information jeunesse", "bij"),
        ("point information jeunesse", "pij"),
        ("espace public numerique", "epn"),
        ("cyber base", "cyberbase"),
        ("cyber espace", "cyberespace"),
    )
)
"""Long and short forms of one thing, once link words are left out, in the order in which they are replaced."""

_LINKS: Final = frozenset(
    "a au aux avec chez d dans de des du en et l la le les ou par pour sous sur un une the and".split()
)
_LEGAL: Final = frozenset(
    "association sarl sas sasu scop scic sa eurl gie groupement federation siege antenne site local locale annexe "
    "municipal municipale communal communale intercommunal intercommunale ville etablissement service".split()
)
"""Words that a producer adds or leaves out at will."""

_LABELS: Final = frozenset("france services mediation".split())
"""Of a national label: what tells one of its places from another is beside them."""

_MOBILE: Final = frozenset("bus itinerant itinerante itinerance camion mobile caravane".split())
_EVERY_TITLE: Final = frozenset("aide accompagnement service services atelier ateliers cours offre dispositif".split())

_NATURES: Final = {
    "commune": "mairie", "mediatheque": "lecture", "bibliotheque": "lecture",
    "ludotheque": "ludotheque", "ccas": "ccas", "cias": "ccas", "mission locale": "mission locale",
    "centre social": "centre social", "centre socio culturel": "centre social", "centre socioculturel": "centre social",
    "mjc": "mjc", "poste": "poste", "agence postale": "poste", "france services": "france services",
    "france travail": "france travail", "college": "college", "lycee": "lycee", "ecole": "ecole", "creche": "creche",
    "micro creche": "creche", "halte garderie": "creche", "multi accueil": "creche", "caf": "caf", "cpam": "cpam",
    "msa": "msa", "carsat": "carsat", "plie": "plie", "cidff": "cidff", "epide": "epide", "greta": "greta",
    "communaute": "intercommunalite", "agglomeration": "intercommunalite", "metropole": "intercommunalite",
    "sivom": "intercommunalite",
    "chrs": "chrs", "cada": "cada", "siao": "siao", "foyer": "foyer", "ehpad": "ehpad", "ram": "ram", "rpe": "ram",
    "office tourisme": "office tourisme", "conseil departemental": "departement", "departement": "departement",
    "maison departementale": "departement", "fablab": "fablab", "tiers lieu": "tiers lieu",
    "ressourcerie": "recyclerie", "recyclerie": "recyclerie", "restos coeur": "restos coeur",
    "restaurants coeur": "restos coeur",
    "secours populaire": "secours populaire", "secours catholique": "secours catholique",
    "croix rouge": "croix rouge",
    "emmaus": "emmaus", "adie": "adie", "afpa": "afpa", "pij": "pij", "bij": "pij",
}  # fmt: skip
"""What kind of place a name says it is: two different kinds at one address are two structures."""

_LONGEST_NATURE: Final = 3
_SPACED: Final = re.compile(r"\b(?:\w ){2,}\w\b")
"""An acronym written with spaces: « C C A S »."""

_NUMBER: Final = re.compile(r"^(\d{1,4})(?:bis|ter|quater)?$")
_POSTAL_LINE: Final = re.compile(r"\b\d{5}\b.*$")


@lru_cache(maxsize=100_000)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, abbreviations spelt out, link words left out, in their order."""
    words = iter_words(_SPACED.sub(lambda run: run[0].replace(" ", ""), name))
    spelt = " ".join(spelt for word in words for spelt in _ONE_WAY.get(word, word).split() if spelt not in _LINKS)
    spelt = f" {spelt} "
    for long, short in _SPELT:
        spelt = spelt.replace(long, short)
    return tuple(spelt.split())


def telling_words(words: tuple[str, ...], place: frozenset[str]) -> frozenset[str]:
    """Those that tell this structure from another one of the same town."""
    told = frozenset(words) - _LEGAL
    return (told - place - _LABELS) or (told - place) or told


def natures_of(words: tuple[str, ...]) -> frozenset[str]:
    """The kinds of place that a name says."""
    runs = (words[i : i + n] for n in range(1, _LONGEST_NATURE + 1) for i in range(len(words) - n + 1))
    found = (_NATURES.get(" ".join(run)) for run in runs)
    return frozenset(nature for nature in found if nature is not None)


def is_mobile(words: tuple[str, ...]) -> bool:
    """Whether a name says that it travels."""
    return not _MOBILE.isdisjoint(words)


def title_words(title: str, holder: str) -> frozenset[str]:
    """What an offer's title says is given, without the name of who gives it and without what every title says."""
    words = frozenset(name_words(title.removesuffix(f" : {holder}")))
    return (words - _EVERY_TITLE) or words


def nature_words() -> frozenset[str]:
    """Every word of a kind of place: too common to bring two records together."""
    return frozenset(word for nature in _NATURES for word in nature.split())


@lru_cache(maxsize=100_000)
def address_words(address: str | None) -> tuple[str | None, str]:
    """The number in the street (None when it says none) and the street's words, without a postal line after them."""
    if address is None:
        return None, ""
    words = [_ONE_WAY.get(w, w) for w in iter_words(_POSTAL_LINE.sub("", address)) if w not in _LINKS]
    number = next((m[1] for word in words[:3] if (m := _NUMBER.match(word)) is not None), None)
    return number, " ".join(word for word in words if _NUMBER.match(word) is None and word not in ("bis", "ter"))
