"""What a person may mean, as they type: communes, thématiques, métiers, structures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice, zip_longest
from typing import Final, Literal

from indexer.geocode.communes import Commune, Communes
from indexer.geocode.names import fold as fold_name
from indexer.language.analysis import iter_words
from indexer.metiers.sayings import load_sayings
from indexer.reference.shipped import departement_names, rome_labels
from indexer.schema.vocabulary import Term, vocabulary
from indexer.search.highlight import highlight
from indexer.search.structure_names import StructureNames
from indexer.search.word_index import WordIndex, typed_words

SuggestionType = Literal["commune", "thematique", "metier", "structure"]

TYPES: Final[tuple[SuggestionType, ...]] = ("commune", "thematique", "metier", "structure")
DEFAULT_SIZE, MAX_SIZE = 10, 50

MAX_TYPED = 100
"""Characters that are read: nobody types a longer label."""

_NAMES_A_METIER = 4
"""Names looked at for one métier shown: several often lead to the same one."""

_ROME = re.compile(r"[a-n]\d{1,4}")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`valeur` is what a search takes (code, id); `precision` tells it from its like; `surligne` is HTML."""

    type: SuggestionType
    valeur: str
    label: str
    precision: str
    surligne: str


class Suggester:
    """Shared by all threads of a process."""

    def __init__(self, communes: Communes, structures: StructureNames) -> None:
        self._communes = communes
        self._structures = structures

    def suggest(self, text: str, types: Sequence[str] = TYPES, size: int = DEFAULT_SIZE) -> tuple[Suggestion, ...]:
        """At most `size`, those of a type together. Each type has its share; communes that only resemble come last."""
        typed = typed_words(text[:MAX_TYPED])
        if not typed or size < 1:
            return ()
        communes = self._communes.search(text[:MAX_TYPED], size) if "commune" in types else []
        held = [commune for commune in communes if _is_typed(commune, text)]
        groups = [
            [_suggest_commune(commune, typed) for commune in held],
            list(self._iter_thematiques(typed, size)) if "thematique" in types else [],
            list(self._iter_metiers(typed, size)) if "metier" in types else [],
            list(self._iter_structures(typed, size)) if "structure" in types else [],
        ]
        kept = set(_share(groups, size))
        found = [suggestion for group in groups for suggestion in group if suggestion in kept]
        found += [_suggest_commune(commune, typed) for commune in communes if commune not in held]
        return tuple(found[:size])

    def _iter_thematiques(self, typed: Sequence[str], size: int) -> Iterator[Suggestion]:
        terms, index = self._thematiques
        for row in index.find(typed, size):
            term = terms[row]
            parent = "" if term.parent is None else vocabulary("thematiques")[term.parent].shown
            precision = " · ".join(part for part in (parent, term.label) if part and part != term.shown)
            yield Suggestion("thematique", term.value, term.shown, precision, highlight(term.shown, typed))

    def _iter_metiers(self, typed: Sequence[str], size: int) -> Iterator[Suggestion]:
        names, index = self._metiers
        if _ROME.fullmatch(typed[0]):
            rows = [row for row, (code, name) in enumerate(names) if name is None and code.startswith(typed[0].upper())]
        else:
            rows = index.find(typed, _NAMES_A_METIER * size)
        found: dict[str, str | None] = {}
        for row in rows:
            found.setdefault(*names[row])
        for code, name in islice(found.items(), size):
            label = rome_labels()[code]
            precision = f"Métier {code}" if name is None else f"Métier {code} · {name}"
            yield Suggestion("metier", code, label, precision, highlight(label, typed))

    def _iter_structures(self, typed: Sequence[str], size: int) -> Iterator[Suggestion]:
        for structure in self._structures.find(typed, size):
            label = highlight(structure.nom, typed)
            yield Suggestion("structure", structure.id, structure.nom, structure.commune or "", label)

    @cached_property
    def _thematiques(self) -> tuple[Sequence[Term], WordIndex]:
        """Categories first: they say more in one word. Found by our label and by the official one."""
        terms = sorted(vocabulary("thematiques").values(), key=lambda term: term.parent is not None)
        return terms, WordIndex(f"{term.shown} {term.label}" for term in terms)

    @cached_property
    def _metiers(self) -> tuple[Sequence[tuple[str, str | None]], WordIndex]:
        """Codes, with the name that people give the job where it is not its label.

        Labels come first, shorter ones before: they are the usual ones.
        """
        labels = sorted(rome_labels().items(), key=lambda metier: (len(metier[1]), metier))
        said = sorted((len(name), name, code) for code, own in load_sayings().items() for name in own.noms)
        names: list[tuple[str, str | None]] = [(code, None) for code, _ in labels]
        names += [(code, name) for _, name, code in said]
        return names, WordIndex(name or rome_labels()[code] for code, name in names)


def _share(groups: Sequence[Sequence[Suggestion]], size: int) -> Iterator[Suggestion]:
    """The first of each group, then the second of each, and so on."""
    turns = chain.from_iterable(zip_longest(*groups))
    return islice((suggestion for suggestion in turns if suggestion is not None), size)


def _is_typed(commune: Commune, text: str) -> bool:
    """Whether a commune holds what was typed, rather than resembles it."""
    own = [*fold_name(commune.nom).split(), *iter_words(commune.nom), commune.code.lower(), *commune.codes_postaux]
    return all(any(word.startswith(typed) for word in own) for typed in fold_name(text[:MAX_TYPED]).split())


def _suggest_commune(commune: Commune, typed: Sequence[str]) -> Suggestion:
    departement = departement_names().get(commune.departement, commune.departement)
    postal = [code for code in commune.codes_postaux if code in typed] or commune.codes_postaux[:1]
    return Suggestion(
        "commune", commune.code, commune.nom, " · ".join([*postal, departement]), highlight(commune.nom, typed)
    )
