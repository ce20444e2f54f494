"""Answers as the profile that matching takes, and a profile (a pasted diagnosis) as answers."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from indexer.dossiers.fields import JOBS, MEANS, MINUTES, MOMENT, NEED, PUBLIC, STATES, TEXTS, YES
from indexer.matching.profile import Besoin, Contraintes, Etat, Lieu, Mobilite, Profile, Projet
from indexer.reference.shipped import rome_labels
from indexer.schema.vocabulary import category_of

_YOUNG: Final = "jeunes"
_YOUNG_UNTIL: Final = 26


def build_profile(answers: Mapping[str, str]) -> Profile | None:
    """None without a commune: nothing can be said near nowhere."""
    commune = answers.get("code_commune")
    if not commune:
        return None
    age = int(answers["age"]) if answers.get("age") else None
    return Profile(
        lieu=Lieu(code_commune=commune),
        mobilite=_mobility(answers),
        publics=_publics(answers, age),
        age=age,
        besoins=tuple(_iter_needs(answers)),
        texte="\n".join(answers[name] for name in TEXTS if answers.get(name)),
        projets=tuple(Projet(texte=answers[job]) for job in JOBS if answers.get(job)),
        contraintes=_constraints(answers),
    )


def read_profile_answers(profile: Profile) -> dict[str, str]:
    """The fields that a profile fills; what has no box of its own is written in the note, so that none is lost."""
    answers = {PUBLIC + public: YES for public in profile.publics if public != "tous-publics"}
    answers |= {MEANS + means: YES for means in profile.mobilite.moyens}
    answers |= {MOMENT + moment: YES for moment in profile.contraintes.disponibilites}
    answers |= {
        NEED + need.thematique: need.etat for need in profile.besoins if need.thematique and need.etat in STATES
    }
    answers |= {job: _job_words(project) for job, project in zip(JOBS, profile.projets, strict=False)}
    answers |= _single_answers(profile)
    answers["note"] = "\n".join(_iter_notes(profile))
    return {name: value for name, value in answers.items() if value}


def _codes(answers: Mapping[str, str], prefix: str) -> tuple[str, ...]:
    return tuple(name.removeprefix(prefix) for name, value in answers.items() if name.startswith(prefix) and value)


def _mobility(answers: Mapping[str, str]) -> Mobilite:
    minutes, licence = answers.get("duree"), answers.get("permis")
    return Mobilite(
        moyens=cast(Any, tuple(sorted(_codes(answers, MEANS)))),  # checked values: `indexer.dossiers.checking`
        duree_max_min=int(minutes) if minutes else None,
        permis=licence == YES if licence else None,
    )


def _publics(answers: Mapping[str, str], age: int | None) -> tuple[str, ...]:
    young = {_YOUNG} if age is not None and age < _YOUNG_UNTIL else set()
    return tuple(sorted({*_codes(answers, PUBLIC), *young}))


def _iter_needs(answers: Mapping[str, str]) -> Iterable[Besoin]:
    """A category says nothing more once one of its own thématiques says the same."""
    stated = {name.removeprefix(NEED): value for name, value in answers.items() if name.startswith(NEED) and value}
    narrowed = {(category_of(code), state) for code, state in stated.items() if category_of(code) != code}
    for code, state in sorted(stated.items()):
        if (code, state) not in narrowed:
            yield Besoin(thematique=code, etat=cast(Etat, state))


def _constraints(answers: Mapping[str, str]) -> Contraintes:
    return Contraintes(
        gratuit=answers.get("gratuit") == YES,
        a_distance=cast(Any, answers.get("a_distance") or "accepte"),
        disponibilites=tuple(sorted(_codes(answers, MOMENT))),
        numerique=cast(Any, answers.get("numerique") or None),
    )


def _job_words(project: Projet) -> str:
    return project.texte or rome_labels().get(project.code_rome or "", "")


def _single_answers(profile: Profile) -> dict[str, str]:
    mobility, limits = profile.mobilite, profile.contraintes
    return {
        "age": "" if profile.age is None else str(profile.age),
        "code_commune": profile.lieu.code_commune or "",
        "duree": "" if mobility.duree_max_min is None else _closest_minutes(mobility.duree_max_min),
        "permis": "" if mobility.permis is None else (YES if mobility.permis else "non"),
        "gratuit": YES if limits.gratuit else "",
        "a_distance": "" if limits.a_distance == "accepte" else limits.a_distance,
        "numerique": limits.numerique or "",
    }


def _closest_minutes(minutes: int) -> str:
    """The longest of our choices that does not go beyond what was said; the shortest below all."""
    return max((choice for choice in MINUTES if int(choice) <= minutes), key=int, default=MINUTES[0])


def _iter_notes(profile: Profile) -> Iterable[str]:
    if profile.texte:
        yield profile.texte
    yield from (need.texte for need in profile.besoins if need.thematique is None and need.texte)
    yield from (_job_words(project) for project in profile.projets[len(JOBS) :])
    yield from (f"À préciser : {left}" for left in profile.non_compris)
