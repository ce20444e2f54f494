"""The page of one file: what it is, the answers that wait, the link of the person, how it ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from indexer.dossiers import Dossier, Statut
from indexer.dossiers.model import Consent
from indexer.dossiers.prefills import LIVES, Prefill
from indexer.dossiers.profile import build_profile
from ui.dossiers import urls
from ui.dossiers.days import say_day_of
from ui.dossiers.frame import DossierFrame, build_frame
from ui.dossiers.labels import say_field, say_value
from ui.dossiers.people import Names
from ui.dossiers.people_pages import end_of_life
from ui.espace.navigation import Frame

_HOW = {Consent.ORAL: "à l’oral", Consent.ECRIT: "par écrit"}


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A field as the person answered it, beside what the file holds; `fresh` when it holds nothing."""

    field: str
    label: str
    now: str
    said: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class FilePage:
    """`link` is the address of a link just made, shown this once; `owned`: this organisation decides of the file."""

    title: str
    description: str
    espace: Frame
    dossier: DossierFrame
    facts: tuple[Fact, ...]
    needs: tuple[str, ...]
    strengths: tuple[str, ...]
    owned: bool
    closed: bool
    link: str
    link_until: str
    open_link: str
    waiting: int
    urls: dict[str, str]
    told: str


@dataclass(frozen=True, slots=True)
class ProposalsPage:
    title: str
    description: str
    espace: Frame
    dossier: DossierFrame
    version: int
    key: str
    answered: str
    proposals: tuple[Proposal, ...]
    action: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as one of its readers sees it. `link` is the whole address of a link just made."""

    dossier: Dossier
    prefills: tuple[Prefill, ...]
    owned: bool
    now: datetime
    link: str = ""
    told: str = ""


def build_file(frame: Frame, seen: Seen, names: Names) -> FilePage:
    dossier = seen.dossier
    stated = {name: value for name, value in dossier.answers.items() if name.startswith("besoin:")}
    still = next((one for one in seen.prefills if one.open), None)
    return FilePage(
        title=dossier.nom,
        description="Un dossier, qui le suit, et comment il finit.",
        espace=frame,
        dossier=build_frame(dossier, "dossier"),
        facts=tuple(_iter_facts(seen, names)),
        needs=tuple(say_field(name) for name, value in stated.items() if value == "besoin"),
        strengths=tuple(say_field(name) for name, value in stated.items() if value == "point-fort"),
        owned=seen.owned,
        closed=dossier.statut is Statut.CLOS,
        link=seen.link,
        link_until=say_day_of(seen.now + LIVES),
        open_link="" if still is None else say_day_of(still.expires_at),
        waiting=sum(bool(one.answered_at) for one in seen.prefills),
        urls={
            name: url(dossier.id)
            for name, url in (
                ("situation", urls.situation),
                ("plan", urls.plan),
                ("link", urls.link),
                ("proposals", urls.proposals),
                ("access", urls.access),
                ("partners", urls.partners),
                ("export", urls.export),
                ("status", urls.status),
                ("delete", urls.delete),
            )
        },
        told=seen.told,
    )


def build_proposals(frame: Frame, dossier: Dossier, prefill: Prefill) -> ProposalsPage:
    answered = "" if prefill.answered_at is None else say_day_of(prefill.answered_at)
    return ProposalsPage(
        title="Ce que la personne a répondu",
        description="À reprendre dans le dossier, réponse par réponse.",
        espace=frame,
        dossier=build_frame(dossier, "situation"),
        version=dossier.version,
        key=prefill.key,
        answered=answered,
        proposals=tuple(
            Proposal(
                field,
                say_field(field),
                say_value(field, dossier.answers.get(field, "")),
                say_value(field, said),
                not dossier.answers.get(field),
            )
            for field, said in prefill.proposals.items()
        ),
        action=urls.proposals(dossier.id),
    )


def _iter_facts(seen: Seen, names: Names) -> Iterable[Fact]:
    dossier = seen.dossier
    where = dossier.answers.get("code_commune", "")
    yield Fact("Référent", names.user(dossier.referent_id))
    yield Fact("Organisation", names.organisation(dossier.organisation_id))
    yield Fact("Accord de la personne", f"{say_day_of(dossier.consent_at)}, {_HOW[dossier.consent_how]}")
    yield Fact("Commune", say_value("code_commune", where) if where else "à demander, pour faire un plan")
    yield Fact("Dernier changement", say_day_of(dossier.changed_at))
    yield Fact("Effacé le", f"{say_day_of(end_of_life(dossier, seen.now))}, si rien ne change d’ici là")
    profile = build_profile(dossier.answers)
    if profile is not None and profile.age is not None:
        yield Fact("Âge", f"{profile.age} ans")
