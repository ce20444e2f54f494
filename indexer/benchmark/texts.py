"""What made-up offers say: French by templates, filled from our own lexicon. No row of a real feed is copied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from indexer.language.phrases import load_lexicon
from indexer.schema.vocabulary import vocabulary

NAMES: Final = (
    "{titre}", "{titre}", "{titre}", "{titre} : {suite}", "Atelier : {titre}", "{titre} pour {public}",
    "Permanence « {titre} »", "{titre} et {suite}", "Point d'accueil : {titre}",
)  # fmt: skip

SENTENCES: Final = (
    "{geste}.",
    "Ce service s'adresse aux personnes qui disent : « {parole} ».",
    "Notre équipe vous reçoit {moment} pour {theme}.",
    "L'accueil se fait {moment}, avec un conseiller qui prend le temps de vous écouter.",
    "Vous venez avec {papier}, et nous regardons ensemble ce qui est possible.",
    "Un premier entretien permet de faire le point sur votre situation, puis de fixer les étapes suivantes.",
    "{geste} : {suite}.",
    "Pour {public}, {moment}.",
    "Nous travaillons avec {partenaire}, et nous pouvons vous orienter vers {partenaire}.",
    "Quand « {parole} », il est possible de {verbe} dans la semaine.",
    "Les séances réunissent de petits groupes, et chacun avance à son rythme.",
    "Parmi les sujets abordés : {suite}, {suite} et {suite}.",
    "La participation est ouverte à tous, dans la limite des places disponibles.",
    "Une attestation est remise à la fin, utile pour vos démarches auprès de {partenaire}.",
    "Si vous ne pouvez pas vous déplacer, {moment} un rendez-vous par téléphone est proposé.",
)

MOMENTS: Final = (
    "sur rendez-vous", "sans rendez-vous", "le mardi matin", "le jeudi après-midi", "deux fois par mois",
    "du lundi au vendredi", "le mercredi de 14 h à 17 h", "toute l'année sauf en août", "le samedi matin",
    "en dehors des vacances scolaires", "une fois par semaine", "le soir après 18 h",
)  # fmt: skip
PAPERS: Final = (
    "une pièce d'identité", "votre dernier avis d'imposition", "un justificatif de domicile", "votre CV",
    "vos identifiants", "les courriers reçus", "une attestation de droits", "rien de particulier",
)  # fmt: skip
PARTNERS: Final = (
    "France Travail", "la mission locale", "le centre communal d'action sociale", "la caisse d'allocations familiales",
    "le département", "une association du quartier", "la médiathèque", "le centre social", "Cap emploi",
    "une entreprise d'insertion", "la maison de l'emploi", "le bailleur social", "un organisme de formation",
)  # fmt: skip
VERBS: Final = (
    "rencontrer quelqu'un",
    "avoir une réponse",
    "commencer un parcours",
    "être rappelé",
    "essayer une séance",
)
EVERYONE: Final = "toute personne qui en a besoin"

_DECILES: Final = (5, 12, 33, 44, 73, 88, 101, 125, 171, 221, 302)
"""Words of a description, tenth by tenth: as a feed of the Lille area that has real descriptions."""


@dataclass(frozen=True, slots=True)
class Text:
    """The name and the description of an offer."""

    nom: str
    description: str


def write_text(rng: Random, theme: str, publics: Sequence[str]) -> Text:
    """A name and a description of a real length for a thématique; `publics` are values of the vocabulary."""
    slots = _slots(rng, theme, publics)
    return Text(rng.choice(NAMES).format(**slots), _write_description(rng, theme, publics))


def _write_description(rng: Random, theme: str, publics: Sequence[str]) -> str:
    tenth = rng.randrange(len(_DECILES) - 1)
    wanted = rng.randint(_DECILES[tenth], _DECILES[tenth + 1])
    sentences: list[str] = []
    words = 0
    while words < wanted:
        sentence = rng.choice(SENTENCES).format(**_slots(rng, theme, publics))
        sentences.append(sentence[0].upper() + sentence[1:])
        words += sentence.count(" ") + 1
    return " ".join(sentences)


def _slots(rng: Random, theme: str, publics: Sequence[str]) -> Mapping[str, str]:
    said = _said(theme)
    known = vocabulary("publics")
    return {
        "titre": rng.choice(said.titles),
        "suite": _lower(rng.choice(said.gestures)),
        "geste": rng.choice(said.gestures),
        "parole": rng.choice(said.words),
        "theme": _lower(said.label),
        "public": _lower(known[rng.choice(publics)].label) if publics else EVERYONE,
        "moment": rng.choice(MOMENTS),
        "papier": rng.choice(PAPERS),
        "partenaire": rng.choice(PARTNERS),
        "verbe": rng.choice(VERBS),
    }


@dataclass(frozen=True, slots=True)
class _Said:
    """A thématique as the lexicon says it: titles of services, what professionals write, what people say."""

    label: str
    titles: tuple[str, ...]
    gestures: tuple[str, ...]
    words: tuple[str, ...]


@cache
def _said(theme: str) -> _Said:
    sayings = load_lexicon()[theme]
    return _Said(vocabulary("thematiques")[theme].shown, sayings.intitules, sayings.professionnels, sayings.personnes)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
