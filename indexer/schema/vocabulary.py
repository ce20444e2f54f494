"""The controlled vocabularies: data·inclusion v1 values and labels, and ours beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from data_inclusion.schema import v1

from indexer.schema.plain_labels import PLAIN_CATEGORY_LABELS, PLAIN_THEMATIQUE_LABELS


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a vocabulary. `plain` is our own wording for people; `parent` the category of a thématique."""

    value: str
    label: str
    description: str | None = None
    plain: str | None = None
    parent: str | None = None

    @property
    def shown(self) -> str:
        """What a person reads."""
        return self.plain or self.label


Vocabulary = Mapping[str, Term]

TYPES_OFFRE = {
    "atelier": ("Atelier", "Un rendez-vous à plusieurs : atelier, réunion, forum, rencontre d'employeurs."),
    "formation": ("Formation", "Apprendre un savoir ou un métier, avec un organisme de formation."),
    "immersion": ("Immersion", "Quelques jours dans une entreprise, pour découvrir un métier."),
    "service": ("Service", "Une aide, un accompagnement, un lieu ouvert."),
}

MOMENTS = {
    "journee": ("En journée", "En semaine, avant 17 h."),
    "soir": ("Le soir (après 17 h)", "Une séance qui commence à 17 h ou plus tard, un lieu ouvert après 18 h."),
    "week-end": ("Le week-end", "Le samedi ou le dimanche."),
}


def _terms(entries: Iterable[Mapping[str, str]]) -> Vocabulary:
    return MappingProxyType({e["value"]: Term(str(e["value"]), e["label"], e["description"]) for e in entries})


@cache
def thematiques() -> Vocabulary:
    """The 69 thématiques and, each before its own, the 16 categories."""
    terms: dict[str, Term] = {}
    categories = {str(c.value): c for c in v1.Categorie}
    for thematique in v1.Thematique:
        value = str(thematique.value)
        category = value.partition("--")[0]
        if category not in terms:
            member = categories[category]
            terms[category] = Term(category, member.label, member.description, PLAIN_CATEGORY_LABELS.get(category))
        plain = PLAIN_THEMATIQUE_LABELS.get(value)
        terms[value] = Term(value, thematique.label, thematique.description, plain, category)
    return MappingProxyType(terms)


@cache
def vocabulary(name: str) -> Vocabulary:
    """The vocabulary of a field, by the field's name. KeyError for a field that has none."""
    if name == "thematiques":
        return thematiques()
    ours = {"types_offre": TYPES_OFFRE, "moments": MOMENTS}
    if name in ours:
        return MappingProxyType({v: Term(v, label, text) for v, (label, text) in ours[name].items()})
    enums = {
        "publics": v1.Public,
        "frais": v1.Frais,
        "modes_accueil": v1.ModeAccueil,
        "modes_mobilisation": v1.ModeMobilisation,
        "mobilisable_par": v1.PersonneMobilisatrice,
        "types": v1.TypeService,
        "reseaux_porteurs": v1.ReseauPorteur,
    }
    return _terms(enums[name].as_dict_list())


def category_of(thematique: str) -> str:
    """The category of a thématique; a category is its own."""
    return thematique.partition("--")[0]


def label_of(name: str, value: str) -> str:
    """What a person reads for a value; the value itself where the vocabulary does not know it."""
    try:
        term = vocabulary(name).get(value)
    except KeyError:
        return value
    return value if term is None else term.shown
