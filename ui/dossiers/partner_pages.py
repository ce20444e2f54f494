"""Asking the partners of the territory for ideas, and answering those who ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.dossiers import Dossier
from indexer.dossiers.situations import LIVES, MAX_TEXT, Situation, build_draft
from ui import urls as site_urls
from ui.contexts.report import FieldError
from ui.dossiers import urls
from ui.dossiers.days import say_day_of
from ui.dossiers.frame import DossierFrame, build_frame
from ui.dossiers.people import Names
from ui.espace.navigation import Frame


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """`offer_url` is empty when no offer was named."""

    who: str
    text: str
    when: str
    offer_url: str


@dataclass(frozen=True, slots=True)
class SituationCard:
    """`typed` is an answer that could not be taken; `error` says why."""

    id: str
    text: str
    who: str
    until: str
    mine: bool
    answers: tuple[AnswerLine, ...]
    typed: str = ""
    offer: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class AskPage:
    """`asked` is the request of the file, None when there is none; `text` what the form shows."""

    title: str
    description: str
    espace: Frame
    dossier: DossierFrame
    asked: SituationCard | None
    text: str
    days: int
    max_text: int
    errors: tuple[FieldError, ...]
    action: str


@dataclass(frozen=True, slots=True)
class SituationsPage:
    title: str
    description: str
    espace: Frame
    cards: tuple[SituationCard, ...]
    max_text: int
    told: str


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that could not be taken, as it was typed."""

    id: str
    text: str
    offer: str
    error: str


def build_ask(
    frame: Frame, dossier: Dossier, asked: Situation | None, names: Names, typed: str, errors: Mapping[str, str]
) -> AskPage:
    return AskPage(
        title="Demander des idées aux partenaires",
        description="Une situation complexe, sans dire de qui l’on parle.",
        espace=frame,
        dossier=build_frame(dossier, "dossier"),
        asked=None if asked is None else _card(asked, names),
        text=typed or build_draft(dossier),
        days=LIVES.days,
        max_text=MAX_TEXT,
        errors=tuple(FieldError(name, text) for name, text in errors.items()),
        action=urls.partners(dossier.id),
    )


def build_situations(
    frame: Frame, found: Iterable[Situation], names: Names, told: str = "", refused: Refused | None = None
) -> SituationsPage:
    return SituationsPage(
        title="Situations complexes",
        description="Des partenaires cherchent des idées. Ils ne disent pas de qui il s’agit.",
        espace=frame,
        cards=tuple(_card(one, names, refused) for one in found),
        max_text=MAX_TEXT,
        told=told,
    )


def _card(one: Situation, names: Names, refused: Refused | None = None) -> SituationCard:
    mine = refused if refused is not None and refused.id == one.id else None
    return SituationCard(
        id=one.id,
        text=one.texte,
        who=names.organisation(one.organisation_id),
        until=say_day_of(one.until),
        mine=one.mine,
        answers=tuple(
            AnswerLine(
                f"{names.user(answer.author_id)}, {names.organisation(answer.organisation_id)}",
                answer.texte,
                say_day_of(answer.at),
                "" if answer.offer_id is None else site_urls.offer(answer.offer_id),
            )
            for answer in one.answers
        ),
        typed="" if mine is None else mine.text,
        offer="" if mine is None else mine.offer,
        error="" if mine is None else mine.error,
    )
