"""Why an offer is in an answer: plain French, most telling first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from indexer.engines.base import Hit, SearchQuery
from indexer.reference.shipped import rome_labels
from indexer.schema.vocabulary import label_of, vocabulary
from indexer.search.request import SearchRequest
from indexer.search.wording import say_distance, say_moment

MAX_REASONS = 3
ANSWERS_WELL = 0.8
"""Share of requests answered from which it is worth telling."""

_SHOWN_WORDS = 4
_THEMES = "besoins"  # understood or chosen; not the name of a field


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person chose (`request`), what was made of it (`query`), and whether only meaning found anything."""

    request: SearchRequest
    query: SearchQuery
    by_meaning: bool = False
    _values: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def values(self, name: str) -> tuple[str, ...]:
        """What was chosen of a field, then what was wished; worked out once for all the offers of a page."""
        values = self._values.get(name)
        if values is None:
            wished = sorted(self.query.wishes.get(name, ()))
            values = tuple(dict.fromkeys([*self.request.filtres.get(name, ()), *wished]))
            self._values[name] = values
        return values

    def themes(self) -> tuple[str, ...]:
        """The thématiques understood, then those chosen."""
        themes = self._values.get(_THEMES)
        if themes is None:
            chosen = self.request.filtres.get("thematiques", ())
            themes = tuple(dict.fromkeys([*(need.thematique for need in self.query.needs), *chosen]))
            self._values[_THEMES] = themes
        return themes


def build_reasons(asked: Asked, hit: Hit, offre: Mapping[str, Any]) -> tuple[str, ...]:
    """At most three; a reason that was wished for goes before one that nobody asked about."""
    what = [*_iter_jobs(asked, offre), *_iter_needs(asked, offre), *_iter_wishes(asked, offre)]
    reasons = [*what, *_iter_words(hit), *_iter_facts(hit, offre)]
    return tuple(dict.fromkeys(reasons))[:MAX_REASONS]


def _iter_jobs(asked: Asked, offre: Mapping[str, Any]) -> Iterator[str]:
    """The likeliest job understood that the offer names."""
    code = next((code for code in asked.query.metiers if code in (offre["metiers"] or ())), None)
    if code is not None:
        yield f"Métier : {rome_labels().get(code, code)}"
        return
    deduced = proposed_job(asked.query.metiers, offre)
    if deduced is not None:
        yield f"Semble mener au métier : {rome_labels().get(deduced, deduced)}"


def _iter_needs(asked: Asked, offre: Mapping[str, Any]) -> Iterator[str]:
    if asked.by_meaning:
        yield "Proche de votre demande par le sens"
    themes = asked.themes()
    stated = [theme for theme in themes if _speaks_of(offre["thematiques"], theme)]
    if stated:
        yield f"Répond à : {', '.join(label_of('thematiques', theme) for theme in stated[:2])}"
        return
    deduced = [theme for theme in themes if _speaks_of(offre["thematiques_predites"], theme)]
    if deduced:
        yield f"Semble répondre à : {label_of('thematiques', deduced[0])}"


def _iter_wishes(asked: Asked, offre: Mapping[str, Any]) -> Iterator[str]:
    publics = [public for public in asked.values("publics") if public in (offre["publics"] or ())]
    if publics:
        yield f"Pour : {', '.join(label_of('publics', public) for public in publics)}"
    age = asked.query.age
    if age is not None and suits_age(offre, age) and say_ages(offre):
        yield say_ages(offre)
    moments = [moment for moment in asked.values("moments") if moment in offre["moments"]]
    if moments:
        yield ", ".join(label_of("moments", moment) for moment in moments)
    if "gratuit" in asked.values("frais") and offre["frais"] == "gratuit":
        yield "gratuit"
    if "a-distance" in asked.values("modes_accueil") and "a-distance" in (offre["modes_accueil"] or ()):
        yield "à distance"


def _iter_words(hit: Hit) -> Iterator[str]:
    if hit.found_words:
        yield f"Parle de : {', '.join(_told_once(hit.found_words)[:_SHOWN_WORDS])}"


def _iter_facts(hit: Hit, offre: Mapping[str, Any]) -> Iterator[str]:
    if hit.distance_km is not None:
        yield say_distance(hit.distance_km)
    elif "a-distance" in (offre["modes_accueil"] or ()):
        yield "à distance"
    coming = next(iter_next_sessions(hit, offre), None)
    if coming is not None:
        yield f"prochaine séance {say_moment(datetime.fromisoformat(coming['debut']))}"
    if offre["frais"] == "gratuit":
        yield "gratuit"
    rate = (offre.get("immersion") or {}).get("taux_reponse")
    if rate is not None and rate >= ANSWERS_WELL:
        yield f"répond à {round(10 * rate)} demandes sur 10"


def proposed_job(asked: Sequence[str], offre: Mapping[str, Any]) -> str | None:
    """The likeliest job asked for that we deduced from the title; an index built before jobs were has none."""
    own = offre.get("metiers_predits") or ()
    return next((code for code in asked if code in own), None)


def suits_age(offre: Mapping[str, Any], age: int) -> bool:
    """Whether an offer takes people of that age, or names none."""
    youngest, oldest = offre["age_min"], offre["age_max"]
    return (youngest is None or youngest <= age) and (oldest is None or age <= oldest)


def say_ages(offre: Mapping[str, Any]) -> str:
    """« de 16 à 25 ans »; empty when the offer names no age."""
    youngest, oldest = offre["age_min"], offre["age_max"]
    if youngest is not None and oldest is not None:
        return f"de {youngest} à {oldest} ans"
    if youngest is not None:
        return f"à partir de {youngest} ans"
    return "" if oldest is None else f"jusqu'à {oldest} ans"


def _told_once(words: tuple[str, ...]) -> list[str]:
    """Without the words that stand in an expression told already."""
    return [word for word in words if not any(word != other and word in other.split() for other in words)]


def _speaks_of(own: list[str] | None, theme: str) -> bool:
    return bool(own) and not _speaking_of(theme).isdisjoint(own or ())


@lru_cache(maxsize=256)
def _speaking_of(theme: str) -> frozenset[str]:
    """A thématique; for a category, also those under it."""
    return frozenset({theme, *(term.value for term in vocabulary("thematiques").values() if term.parent == theme)})


def iter_next_sessions(hit: Hit, offre: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The sessions that start when the engine found the next one: seldom more than one."""
    for session in offre["sessions"] if hit.next_start is not None else ():
        if int(datetime.fromisoformat(session["debut"]).timestamp()) == hit.next_start:
            yield session
