"""From a profile to a plan: what is needed, what is reached, one batched retrieval, then the parts of the plan."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from indexer.embeddings.encoder import Encoder
from indexer.engines.base import Place, SearchEngine, SearchHits, Vector
from indexer.geocode.communes import Commune, Communes
from indexer.matching.answering import fields_of
from indexer.matching.asking import Setting, build_wishes, job_query, need_query
from indexer.matching.eligibility import build_person
from indexer.matching.extent import build_extent
from indexer.matching.islands import ground_of
from indexer.matching.needs import PersonNeed, Told, build_needs
from indexer.matching.needs_answered import answer_needs
from indexer.matching.note import Note, read_note
from indexer.matching.offers import OfferReader
from indexer.matching.plan import JobAsk, JobPlanner, JobSetting, Plan, Step, WantedJob
from indexer.matching.profile import Moyen, Profile
from indexer.matching.reach import build_travel, density_at
from indexer.matching.rights import find_rights
from indexer.matching.steps import build_steps
from indexer.matching.wanted import FindJobs, read_wanted
from indexer.matching.warnings import iter_warnings
from indexer.schema.vocabulary import vocabulary
from indexer.understanding.understander import Understander

if TYPE_CHECKING:
    from indexer.matching.isochrones import Isochrones

_MOYENS: Final[dict[str, Moyen]] = {"pied": "a-pied", "velo": "velo", "transports": "transports-en-commun"}


@dataclass(frozen=True)
class Tools:
    """What matching works with, shared by all threads of a process."""

    engine: SearchEngine
    encoder: Encoder
    understander: Understander
    communes: Communes
    find_jobs: FindJobs
    jobs: JobPlanner
    clock: Callable[[], datetime]
    dead_links: Callable[[], frozenset[str]] = frozenset
    stale_days: int | None = None
    isochrones: "Isochrones | None" = None


class Matcher:
    """Keeps nothing of a profile: neither it nor its words are stored or logged."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def match(self, profile: Profile) -> Plan:
        """EngineErrors and EncoderErrors as they come."""
        started = time.perf_counter()
        tools = self._tools
        note, told = self._read(profile)
        needs, warnings = build_needs(profile, told, note)
        wanted, unread = read_wanted(profile, note, tools.find_jobs)
        setting, commune = self._settle(profile, note)
        job_setting = JobSetting(profile, commune, wanted, tuple(need.thematique for need in needs))
        asks = tools.jobs.asks(job_setting)
        setting = replace(setting, fields=_fields_of(wanted, asks))
        needs = self._with_meaning(needs)
        queries = [need_query(setting, need) for need in needs]
        job_queries = [job_query(setting, ask) for ask in asks]
        hits = tools.engine.search_many([*queries, *job_queries])
        reader = OfferReader(setting, tools.communes, tools.dead_links())
        answered = answer_needs(setting, reader, tools.engine, needs, queries, hits[: len(queries)])
        found = [
            tuple(one.offer for one in reader.candidates(query, own)[: ask.size])
            for ask, query, own in zip(asks, job_queries, hits[len(queries) :], strict=True)
        ]
        jobs, sectors = tools.jobs.prospects(job_setting, found)
        steps = build_steps(profile, answered, jobs)
        alerts = (*warnings, *unread, *iter_warnings(profile, note, setting.extent, answered, wanted))
        return Plan(
            lieu=commune,
            portee=setting.reached,
            besoins=answered,
            metiers=jobs,
            secteurs_porteurs=sectors,
            etapes=steps,
            heures_semaine=_total_hours(steps),
            droits=find_rights(profile, answered),
            alertes=tuple(dict.fromkeys(alerts)),
            urgence=note.urgency,
            non_compris=profile.non_compris,
            version=_version(hits),
            duree_ms=(time.perf_counter() - started) * 1000,
        )

    def warm_up(self) -> None:
        """Encodes the labels that explicit needs are ranked by: half a second, once."""
        self._meanings(list(vocabulary("thematiques")))

    def _read(self, profile: Profile) -> tuple[Note, list[Told]]:
        """The note, and the words of each need."""
        understand = partial(self._tools.understander.understand, look_for_place=False)
        told = [
            Told(need, read_note(need.texte, understand, asked=True) if need.etat == "besoin" and need.texte else None)
            for need in profile.besoins
        ]
        return read_note(profile.texte, understand), told

    def _settle(self, profile: Profile, note: Note) -> tuple[Setting, Commune | None]:
        """Where, how far, for whom."""
        commune, latitude, longitude = self._locate(profile)
        density = density_at(self._tools.communes, latitude, longitude)
        said = None if note.reach is None else _MOYENS.get(note.reach)
        travel = build_travel(profile.mobilite, density, said)
        extent = build_extent(travel, latitude, longitude, self._tools.isochrones)
        zones = frozenset({"france", "99100"}) if commune is None else self._tools.communes.zones_of(commune)
        person = build_person(profile, note)
        setting = Setting(
            profile=profile,
            person=person,
            place=Place(latitude, longitude, extent.reached.rayon_km, zones),
            extent=extent,
            ground=ground_of(commune),
            today=self._tools.clock().date(),
            wishes=build_wishes(profile, person),
            stale_days=self._tools.stale_days,
        )
        return setting, commune

    def _locate(self, profile: Profile) -> tuple[Commune | None, float, float]:
        """The commune, None at sea and abroad, and the point: the one given, else the commune's centre."""
        place, communes = profile.lieu, self._tools.communes
        commune = None if place.code_commune is None else communes.resolve(place.code_commune)
        if place.lat is not None and place.lon is not None:
            nearest = communes.nearest(place.lat, place.lon) if commune is None else None
            return (nearest[0] if nearest is not None else commune), place.lat, place.lon
        assert commune is not None  # the profile says one or the other, and its code was resolved
        return commune, commune.latitude, commune.longitude

    def _with_meaning(self, needs: Sequence[PersonNeed]) -> tuple[PersonNeed, ...]:
        """Needs are ranked by the meaning of their label, and of the words that say them: a sentence says more than its
        need (« licencié, je n'ai jamais fait de CV »), a label less."""
        if not needs:
            return ()
        labels = self._meanings([need.thematique for need in needs])
        return tuple(
            replace(need, vector=_between(label, need.vector)) for need, label in zip(needs, labels, strict=True)
        )

    def _meanings(self, themes: Sequence[str]) -> list[Vector]:
        terms = [vocabulary("thematiques")[theme] for theme in themes]
        return list(self._tools.encoder.encode_queries([f"{term.shown}. {term.label}" for term in terms]))


def _fields_of(wanted: Sequence[WantedJob], asks: Sequence[JobAsk]) -> frozenset[str]:
    """Those of the jobs wanted and of their close ones: the first asks are theirs, two a job."""
    return fields_of(code for ask in asks[: 2 * len(wanted)] for code in ask.metiers)


def _between(label: Vector, words: Vector | None) -> Vector:
    """The unit vector half way; the label's where there are no words."""
    if words is None:
        return label
    both = label + words
    half: Vector = both / np.linalg.norm(both)
    return half


def _version(hits: Sequence[SearchHits]) -> str:
    return hits[0].version if hits else ""


def _total_hours(steps: Sequence[Step]) -> float | None:
    """Hours a week of all the steps together; None when none is known."""
    known = [step.heures_semaine for step in steps if step.heures_semaine is not None]
    return sum(known) if known else None
