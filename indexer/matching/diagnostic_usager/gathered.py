"""What has been read so far of a diagnosis: each need once, at its highest priority."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from indexer.matching.diagnostic_usager.labels import LabelBook, Meaning
from indexer.matching.diagnostic_usager.parts import Notes, Part, shown
from indexer.matching.profile import MAX_JOBS, Etat, Moyen, Priorite
from indexer.schema.vocabulary import category_of, label_of

ReadWords = Callable[[str], Sequence[str]]
"""Thématiques that a text says, surest first: for labels that no table holds."""

_RANK: Final[dict[Priorite, int]] = {"haute": 0, "moyenne": 1, "basse": 2}
_STRENGTH: Final[dict[Etat, int]] = {"besoin": 0, "point-fort": 1, "non-explore": 2}
_LONGEST = 300


@dataclass(slots=True)
class _Need:
    etat: Etat
    priorite: Priorite
    words: list[str]


@dataclass
class Gathered:
    """Filled part by part; `notes` tell what was not understood."""

    book: LabelBook
    read_words: ReadWords
    notes: Notes = field(default_factory=Notes)
    moyens: dict[Moyen, None] = field(default_factory=dict)
    publics: dict[str, None] = field(default_factory=dict)
    permis: bool | None = None
    numerique: str | None = None
    projects: list[dict[str, Any]] = field(default_factory=list)
    _needs: dict[str, _Need] = field(default_factory=dict)

    def meaning_of(self, part: Part, kind: str) -> Meaning:
        """What a line means: by its label, else by its code, else by its words; told when it is not by its label."""
        label, code = part.text("libelle"), part.text("code")
        meaning = self.book.read(label)
        if meaning.known or not (label or code):
            return meaning
        meaning = self.book.of_code(kind, code) if kind else Meaning()
        if meaning.known:
            part.tell("code", f"libellé absent ou inconnu ; le code {code[:20]} est lu comme {_say(meaning.themes)}.")
            return meaning
        read = tuple(self.read_words(label))[:1] if label else ()
        told = f"lu par ses mots, comme {_say(read)}" if read else "nous ne savons pas le lire"
        part.tell("libelle", f"« {shown(label or code)} » n'est pas dans notre table ; {told}.")
        return Meaning(themes=read, known=bool(read))

    def take_facts(self, meaning: Meaning) -> None:
        """What a label tells of the person."""
        self.moyens.update(dict.fromkeys(meaning.moyens))
        self.publics.update(dict.fromkeys(meaning.publics))
        self.permis = meaning.permis if meaning.permis is not None else self.permis
        if meaning.needs_help_online:
            self.numerique = "a-accompagner"

    def add(self, themes: Iterable[str], etat: Etat, priorite: Priorite = "moyenne", words: str = "") -> None:
        """A need wins over a strength, a strength over what was not explored."""
        for theme in themes:
            kept = self._needs.setdefault(theme, _Need(etat, priorite, []))
            self._settle(theme, kept, etat)
            if etat == "besoin":
                kept.priorite = min(kept.priorite, priorite, key=_RANK.__getitem__)
            if words and words not in kept.words and etat == kept.etat:
                kept.words.append(words)

    def add_project(self, project: dict[str, Any], part: Part) -> None:
        if project in self.projects:
            return
        if len(self.projects) < MAX_JOBS:
            self.projects.append(project)
        else:
            part.tell("nomMetier", f"plus de {MAX_JOBS} métiers : celui-ci est laissé de côté.")

    def says(self, category: str) -> bool:
        """Whether a line of a category is gathered already."""
        return any(category_of(theme) == category for theme in self._needs)

    def needs(self) -> list[dict[str, Any]]:
        """As the profile writes them; those that press first, then strengths, then what was not explored."""
        ordered = sorted(self._needs.items(), key=lambda own: (_STRENGTH[own[1].etat], _RANK[own[1].priorite]))
        return [_as_json(theme, need) for theme, need in ordered]

    def _settle(self, theme: str, kept: _Need, etat: Etat) -> None:
        if kept.etat == etat:
            return
        if {kept.etat, etat} == {"besoin", "point-fort"}:
            self.notes.add(_say((theme,)), "dit à la fois besoin et point fort ; nous gardons le besoin.")
        if _STRENGTH[etat] < _STRENGTH[kept.etat]:
            kept.etat, kept.words = etat, []


def _as_json(theme: str, need: _Need) -> dict[str, Any]:
    words = " ; ".join(need.words)[:_LONGEST]
    told: dict[str, Any] = {"thematique": theme, "priorite": need.priorite, "etat": need.etat}
    return told | {"texte": words} if words else told


def _say(themes: Sequence[str]) -> str:
    return ", ".join(f"« {label_of('thematiques', theme)} »" for theme in themes)
