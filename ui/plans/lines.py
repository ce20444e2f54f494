"""A line of a plan as pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from indexer.plans.model import DOERS, OPEN, OPINIONS, STATES, Fields, Line
from indexer.plans.proposals import is_need
from indexer.schema.vocabulary import label_of
from ui import urls as portal
from ui.contexts.report import Choice
from ui.plans import urls
from ui.plans.words import say_hours
from ui.relais.urls import new_orientation
from ui.wording import glued, say_day

_TYPED: Final = ("titre", "partenaire", "echeance", "heures", "note", "raison")


@dataclass(frozen=True, slots=True)
class LineForm:
    """The fields of one line. `id` keeps the ids of several forms of a page apart."""

    id: str
    action: str
    version: int
    titre: str
    states: tuple[Choice, ...]
    doers: tuple[Choice, ...]
    partenaire: str
    echeance: str
    heures: str
    note: str
    raison: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that could not be written: why, and the fields as they were typed."""

    line_id: str
    error: str
    typed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LineView:
    """`facts` in words: who, when, hours. `lost` when its offer is gone; `outcome` what a structure answered."""

    id: str
    rank: int
    title: str
    offer_url: str | None
    need: str
    state: str
    state_label: str
    late: bool
    facts: tuple[str, ...]
    note: str
    reason: str
    comment: str
    opinion: str
    opinion_words: str
    lost: str
    outcome: str
    form: LineForm
    move_url: str
    remove_url: str
    others_url: str
    orient_url: str | None
    first: bool
    last: bool


def build_lines(
    dossier_id: str,
    lines: Sequence[Line],
    today: date,
    lost: Mapping[str, str],
    outcomes: Mapping[str, str],
    refused: Refused | None = None,
) -> tuple[LineView, ...]:
    """`lost` by line, `outcomes` by offer."""
    views = []
    for rank, line in enumerate(lines, 1):
        fields = line.fields
        form = build_form(line.id, urls.line(dossier_id, line.id), line.version, fields)
        views.append(
            LineView(
                id=f"etape-{line.id}",
                rank=rank,
                title=glued(fields.titre),
                offer_url=None if fields.offre_id is None else portal.offer(fields.offre_id),
                need=_say_need(fields.besoin),
                state=fields.etat,
                state_label=STATES[fields.etat],
                late=line.is_late(today),
                facts=say_facts(fields, today),
                note=fields.note,
                reason=fields.raison,
                comment=fields.commentaire,
                opinion="" if fields.avis is None else OPINIONS[fields.avis],
                opinion_words=fields.avis_mots,
                lost=lost.get(line.id, ""),
                outcome="" if fields.offre_id is None else outcomes.get(fields.offre_id, ""),
                form=form if refused is None or refused.line_id != line.id else _as_typed(form, refused),
                move_url=urls.move(dossier_id, line.id),
                remove_url=urls.remove(dossier_id, line.id),
                others_url=urls.others(dossier_id, line.id),
                orient_url=_orient(dossier_id, line),
                first=rank == 1,
                last=rank == len(lines),
            )
        )
    return tuple(views)


def _orient(dossier_id: str, line: Line) -> str | None:
    """Where one asks the offer's structure for the person; nothing to ask of a step in words, or that is over."""
    offer_id = line.fields.offre_id
    return None if offer_id is None or line.fields.etat not in OPEN else new_orientation(offer_id, dossier_id)


def _say_need(code: str | None) -> str:
    return label_of("thematiques", code) if code is not None and is_need(code) else ""


def say_facts(fields: Fields, today: date) -> tuple[str, ...]:
    """Who does it, by when, how many hours."""
    who = fields.partenaire if fields.qui == "partenaire" and fields.partenaire else DOERS[fields.qui]
    due = "" if fields.echeance is None else f"pour le {say_day(fields.echeance, today)}"
    return tuple(part for part in (who, due, "" if fields.heures is None else say_hours(fields.heures)) if part)


def build_form(form_id: str, action: str, version: int, fields: Fields) -> LineForm:
    return LineForm(
        id=form_id,
        action=action,
        version=version,
        titre=fields.titre,
        states=tuple(Choice(code, label, code == fields.etat) for code, label in STATES.items()),
        doers=tuple(Choice(code, label, code == fields.qui) for code, label in DOERS.items()),
        partenaire=fields.partenaire,
        echeance="" if fields.echeance is None else fields.echeance.isoformat(),
        heures="" if fields.heures is None else f"{fields.heures:g}".replace(".", ","),
        note=fields.note,
        raison=fields.raison,
    )


def _as_typed(form: LineForm, refused: Refused) -> LineForm:
    """What was typed stays, with what is wrong."""
    texts = {name: refused.typed[name] for name in _TYPED if name in refused.typed}
    states = _choose(form.states, refused.typed.get("etat"))
    doers = _choose(form.doers, refused.typed.get("qui"))
    return replace(form, states=states, doers=doers, error=refused.error, **texts)  # type: ignore[arg-type]


def _choose(choices: tuple[Choice, ...], value: str | None) -> tuple[Choice, ...]:
    if value is None:
        return choices
    return tuple(replace(choice, checked=choice.value == value) for choice in choices)
