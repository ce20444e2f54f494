"""Values of the controlled vocabularies: spelling forgiven, older values translated, unknown ones named and dropped."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from rapidfuzz import fuzz, process

from indexer.feeds.cells import split_values
from indexer.normalise.draft import Draft
from indexer.normalise.draft_lists import set_or_remove, text_values
from indexer.normalise.folding import fold
from indexer.normalise.v0_vocabulary import FRAIS_PRECISIONS, V0_VALUES
from indexer.schema import Kind, Severity
from indexer.schema.vocabulary import Vocabulary, category_of, vocabulary

LISTS: Final = {
    Kind.OFFER: ("thematiques", "publics", "modes_accueil", "modes_mobilisation", "mobilisable_par"),
    Kind.STRUCTURE: ("reseaux_porteurs",),
}
SINGLES: Final = {"frais": "frais", "type": "types"}
EVERYONE: Final = "tous-publics"


@cache
def _terms(name: str) -> Vocabulary:
    return vocabulary(name)


@cache
def _known(name: str) -> Mapping[str, str]:
    """Folded value or label → value. A label that names several values names none."""
    terms = _terms(name)
    labels = [fold(term.label) for term in terms.values()]
    by_label = {fold(t.label): v for v, t in terms.items() if labels.count(fold(t.label)) == 1}
    return by_label | {fold(value): value for value in terms}


@cache
def _old(name: str) -> Mapping[str, tuple[str, ...]]:
    return {fold(value): new for value, new in V0_VALUES.get(name, {}).items()}


def closest_value(name: str, text: str) -> str:
    """The known value that looks most like `text`."""
    return str(process.extractOne(fold(text[:200]), {v: fold(v) for v in _terms(name)}, scorer=fuzz.ratio)[2])


def translate_value(name: str, text: str) -> tuple[tuple[str, ...], str | None]:
    """The values of today for `text`, and the rule applied: None as is, `v0`, `categorie` or `inconnu`."""
    if text in _terms(name):
        return (text,), None
    key = fold(text[:200])
    if key in _known(name):
        return (_known(name)[key],), None
    if key in _old(name):
        return _old(name)[key], "v0"
    if name == "thematiques" and "--" in key:
        category = translate_value(name, category_of(key))[0]
        if category:
            return category, "categorie"
    return (), "inconnu"


def normalise_vocabularies(draft: Draft) -> None:
    """All fields whose values come from a list."""
    for field in LISTS[draft.kind]:
        if field in draft.fields:
            _normalise_list(draft, field)
    if draft.kind is Kind.OFFER:
        for field, name in SINGLES.items():
            if field in draft.fields:
                _normalise_single(draft, field, name)


def _normalise_list(draft: Draft, field: str) -> None:
    values = _translated(draft, field, field)
    if field == "publics" and EVERYONE in values and len(values) > 1:
        draft.note(field, "tous-publics", "« tous-publics » avec d'autres publics : seul « tous-publics » est gardé.")
        values = {EVERYONE}
    set_or_remove(draft, field, sorted(values))


def _translated(draft: Draft, field: str, name: str) -> set[str]:
    found: set[str] = set()
    items = draft.fields[field]
    if isinstance(items, list) and all(isinstance(item, str) and item in _terms(name) for item in items):
        return set(items)
    for text in _whole_labels(draft, field, name):
        values, rule = translate_value(name, text)
        if rule is not None:
            _tell(draft, field, name, text, values, rule)
        found.update(values)
    return found


def _whole_labels(draft: Draft, field: str, name: str) -> list[str]:
    """The texts of a field; one that is a label as a whole (« Lecture, écriture, calcul ») is not split."""
    texts: list[str] = []
    for text in text_values(draft, field, split=False):
        whole = translate_value(name, text)[1] is None
        texts += [text] if whole else split_values(text)
    return texts


def _tell(draft: Draft, field: str, name: str, text: str, values: tuple[str, ...], rule: str) -> None:
    if rule == "inconnu":
        message = f"Valeur inconnue, ignorée. La plus proche : « {closest_value(name, text)} »."
        draft.note(field, "valeur-inconnue", message, value=text)
    elif not values:
        draft.note(field, "vocabulaire-v0", "Ancienne valeur sans équivalent aujourd'hui, ignorée.", value=text)
    else:
        message = f"Ancienne valeur, lue comme {', '.join(f'« {v} »' for v in values)}."
        draft.note(field, "vocabulaire-v0", message, Severity.INFO, value=text)


def _normalise_single(draft: Draft, field: str, name: str) -> None:
    if field == "frais":
        _keep_precision(draft)
    values = _translated(draft, field, name)
    if len(values) > 1:
        message = f"Plusieurs valeurs ({', '.join(sorted(values))}) où une seule est attendue : champ ignoré."
        draft.drop(field, "plusieurs-valeurs", message)
    elif values:
        draft.set(field, values.pop())
    else:
        draft.fields.pop(field)


def _keep_precision(draft: Draft) -> None:
    """What an old cost said beyond free or not stays readable."""
    if draft.get("frais_precisions") is not None:
        return
    items = draft.fields["frais"] if isinstance(draft.fields["frais"], list) else [draft.fields["frais"]]
    said = [FRAIS_PRECISIONS[i] for i in items if isinstance(i, str) and i in FRAIS_PRECISIONS]
    if said:
        draft.set("frais_precisions", " ".join(said))
