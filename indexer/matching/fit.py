"""Whether an offer suits what a person's words say of them, beyond publics and ages: see `rules/personne.toml`."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

from indexer.matching.needs import URGENT_THEMES
from indexer.matching.note import Note
from indexer.matching.plain import any_of, plain
from indexer.matching.profile import Profile
from indexer.matching.things import Named, read_things, words_of
from indexer.schema.vocabulary import category_of

_OF_COMPANIES: Final = "creer-une-entreprise"
_OF_VIOLENCE: Final = frozenset(("danger", "violences", "enfant-en-danger"))
_CONFLICTS: Final = "famille--surmonter-conflits-separation-violence"
_EMERGENCY: Final = "personnes-en-situation-durgence"
_OF_EMERGENCY: Final = frozenset(
    (
        "equipement-et-alimentation--alimentation",
        "logement-hebergement--rechercher-une-solution-dhebergement-temporaire",
    )
)
_SURE: Final = 0.3  # probability from which a need that words say counts here


@dataclass(frozen=True, slots=True)
class Said:
    """What the words say: of a company of theirs, of violence, of a body that must be spared, the need that presses
    (None: none does), and things that may be mistaken for others. `words` are all of them, as `plain` writes them;
    `man`: they surely speak of one."""

    company: bool = False
    violence: bool = False
    spared: bool = False
    pressing: str | None = None
    things: Named = field(default_factory=dict)
    words: str = ""
    man: bool = False


@dataclass(frozen=True, slots=True)
class _Rules:
    company: re.Pattern[str]
    spared: re.Pattern[str]
    ruled_out: re.Pattern[str]
    protecting: re.Pattern[str]
    heavy: tuple[str, ...]
    heavy_reserve: str
    man: re.Pattern[str]
    woman: re.Pattern[str]


def read_said(profile: Profile, note: Note) -> Said:
    """From all the words of a profile, and from its needs."""
    rules = _load_rules()
    own = words_of(profile)
    words = plain(" | ".join(own))
    needs = {category_of(need.thematique) for need in profile.besoins if need.thematique}
    needs |= {category_of(need.thematique) for need in note.needs if need.score >= _SURE}
    motive = None if note.urgency is None else note.urgency.motive
    return Said(
        company=_OF_COMPANIES in needs or rules.company.search(words) is not None,
        violence=motive in _OF_VIOLENCE,
        spared=rules.spared.search(words) is not None,
        pressing=None if motive is None else URGENT_THEMES.get(motive),
        things=read_things(own),
        words=words,
        man=_speaks_of_a_man(words),
    )


def _speaks_of_a_man(words: str) -> bool:
    """From its first words, or from « il » where no woman is spoken of."""
    rules = _load_rules()
    found = rules.man.search(words)
    return found is not None and (found.start() == 0 or rules.woman.search(words) is None)


def is_ruled_out(said: Said, offre: Mapping[str, Any], themes: Iterable[str]) -> bool:
    """For a line that asks for some thématiques: a company's service, or a mediation where there is violence."""
    asked = set(themes)
    if not said.company and asked and _is_for_companies(offre) and _OF_COMPANIES not in map(category_of, asked):
        return True
    return said.violence and _CONFLICTS in asked and _load_rules().ruled_out.search(_text(offre)) is not None


def is_beside(said: Said, offre: Mapping[str, Any], themes: Iterable[str]) -> bool:
    """Where there is violence: what speaks of separation or of conflicts without a word on protection."""
    return said.violence and _CONFLICTS in themes and _load_rules().protecting.search(_text(offre)) is None


def is_for_emergencies(said: Said, offre: Mapping[str, Any], themes: Iterable[str]) -> bool:
    """For the need that presses: what is made for people in an emergency; for who has no roof, meals too."""
    if _EMERGENCY not in (offre["publics"] or ()):
        return False
    return said.pressing in set(themes) or (said.pressing in _OF_EMERGENCY and is_of_emergency(offre, themes))


def is_of_emergency(offre: Mapping[str, Any], themes: Iterable[str]) -> bool:
    """A meal or a roof for people in an emergency: who needs one is likely to be in it."""
    return _EMERGENCY in (offre["publics"] or ()) and not _OF_EMERGENCY.isdisjoint(themes)


def body_reserve(said: Said, offre: Mapping[str, Any]) -> tuple[str, ...]:
    """What to tell of heavy work to who must be spared; empty where there is nothing to tell. A workshop on several
    trades is told only where all of them are heavy."""
    rules = _load_rules()
    how_many = {"immersion": any, "formation": any, "atelier": all}.get(offre["type_offre"])
    jobs = (*(offre["metiers"] or ()), *(offre.get("metiers_predits") or ()))
    if said.spared and jobs and how_many is not None and how_many(job.startswith(rules.heavy) for job in jobs):
        return (rules.heavy_reserve,)
    return ()


def _is_for_companies(offre: Mapping[str, Any]) -> bool:
    """Half of what it says to be for, or more: a place that does everything is for all."""
    own = offre["thematiques"] or ()
    return 2 * sum(category_of(theme) == _OF_COMPANIES for theme in own) >= len(own) > 0


def _text(offre: Mapping[str, Any]) -> str:
    return plain(f"{offre['nom']} | {offre.get('description') or ''}")


@cache
def _load_rules() -> _Rules:
    read = tomllib.loads(files("indexer.matching").joinpath("rules", "personne.toml").read_text(encoding="utf-8"))
    heavy = read["travail-physique"]
    return _Rules(
        company=any_of(read["entreprise"]["dit"]),
        spared=any_of(heavy["dit"]),
        ruled_out=any_of(read["violences"]["exclut"]),
        protecting=any_of(read["violences"]["attend"]),
        heavy=tuple(heavy["domaines"]),
        heavy_reserve=heavy["reserve"],
        man=re.compile(rf"^{read['homme']['debut']}\b|\b{read['homme']['il']}\b"),
        woman=re.compile(rf"\b{read['homme']['femme']}\b"),
    )
