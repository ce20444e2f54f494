"""The jobs of a project: those given by code, and those that words name."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from indexer.matching.note import Note
from indexer.matching.plan import WantedJob
from indexer.matching.profile import Profile, Projet
from indexer.metiers.search import JobHit
from indexer.reference.shipped import rome_labels

LEAST_SURE: Final = 0.45
"""Score of a job found in a project's words under which it is asked again instead of guessed."""

MAX_WANTED: Final = 4
_OF_NOTE: Final = 2  # a note names jobs of the past too

FindJobs = Callable[[str, int], Sequence[JobHit]]


def read_wanted(profile: Profile, note: Note, find_jobs: FindJobs) -> tuple[tuple[WantedJob, ...], tuple[str, ...]]:
    """The jobs, those of the highest priority first, and what to tell of words that name none."""
    order = {"haute": 0, "moyenne": 1, "basse": 2}
    found: dict[str, WantedJob] = {}
    told: list[str] = []
    for project in sorted(profile.projets, key=lambda one: order[one.priorite]):
        job = _read_project(project, find_jobs)
        if job is None:
            said = (project.texte or "").strip()[:80]
            told.append(f"Le métier « {said} » n'a pas été reconnu : dites-le avec d'autres mots.")
        else:
            found.setdefault(job.code_rome, job)
    for job in _of_note(note):
        found.setdefault(job.code_rome, job)
    return tuple(found.values())[: max(MAX_WANTED, len(profile.projets))], tuple(told)


def _read_project(project: Projet, find_jobs: FindJobs) -> WantedJob | None:
    if project.code_rome is not None:
        return WantedJob(project.code_rome, rome_labels()[project.code_rome], "explicite", project.priorite)
    hits = find_jobs((project.texte or "").strip(), 1)
    if not hits or hits[0].score < LEAST_SURE:
        return None
    return WantedJob(hits[0].code_rome, hits[0].libelle, "deduit", project.priorite, hits[0].score)


def _of_note(note: Note) -> Iterator[WantedJob]:
    for job in note.jobs[:_OF_NOTE]:
        yield WantedJob(job.code_rome, job.libelle, "deduit", "basse", job.score)
