"""The models of the list of companies, and of one of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from indexer.geocode.communes import load_communes
from indexer.mobilise.model import NOTED, OUTCOME_LABELS, Company, Contacts, Outcome
from indexer.mobilise.sectors import sector_of
from ui import urls as portal
from ui.contexts.report import Choice, FieldError
from ui.espace.navigation import Frame
from ui.mobilisation import urls
from ui.mobilisation.overview_page import job_label
from ui.wording import say_count, say_phone

PAGE: Final = 50
_ORDER: Final = (Outcome.TO_CALL, Outcome.INVITED, Outcome.REFUSED, Outcome.PUBLISHED, Outcome.STOPPED)


@dataclass(frozen=True, slots=True)
class CompanyRow:
    name: str
    url: str
    about: str
    outcome: str


@dataclass(frozen=True)
class CompaniesPage:
    """`metier` is the job whose sectors are listed, "" for all; `states` choose one outcome."""

    title: str
    description: str
    espace: Frame
    summary: str
    metier: str
    states: tuple[Choice, ...]
    rows: tuple[CompanyRow, ...]
    previous_url: str | None
    next_url: str | None
    action: str = urls.COMPANIES
    back: str = urls.OVERVIEW


@dataclass(frozen=True)
class CompanyPage:
    """`call` are the words to say; `letter` the invitation as it would leave, "" where none may."""

    title: str
    description: str
    espace: Frame
    told: str
    siret: str
    outcome: str
    noted: str
    facts: tuple[tuple[str, str], ...]
    phone_label: str
    phone_url: str
    call: tuple[str, ...]
    letter: str
    metier: str
    outcomes: tuple[Choice, ...]
    errors: tuple[FieldError, ...]
    note_url: str
    invite_url: str
    back: str


def build_companies_page(frame: Frame, found: Sequence[Company], metier: str, etat: str, number: int) -> CompaniesPage:
    """`found` are those of the job, in any state."""
    states = tuple(
        Choice(state, f"{OUTCOME_LABELS[state]} ({sum(1 for one in found if one.outcome is state)})", state == etat)
        for state in _ORDER
    )
    shown = [one for one in found if not etat or one.outcome == etat]
    shown.sort(key=lambda one: (_ORDER.index(one.outcome), one.name.casefold(), one.siret))
    last = max(math.ceil(len(shown) / PAGE), 1)
    number = min(number, last)
    title = f"Entreprises : {job_label(metier)}" if metier else "Toutes les entreprises"
    return CompaniesPage(
        title=title,
        description="Les entreprises du territoire qui peuvent accueillir.",
        espace=frame,
        summary=say_count(len(shown), "entreprise", "entreprises"),
        metier=metier,
        states=states,
        rows=tuple(_row(one, metier) for one in shown[(number - 1) * PAGE : number * PAGE]),
        previous_url=urls.companies(metier, etat, number - 1) if number > 1 else None,
        next_url=urls.companies(metier, etat, number + 1) if number < last else None,
    )


def build_company_page(
    frame: Frame,
    company: Company,
    contacts: Contacts,
    words: tuple[tuple[str, ...], str],
    metier: str,
    told: str = "",
    error: str = "",
) -> CompanyPage:
    """`words`: those of the call, and the text of the mail."""
    phone = contacts.phone
    return CompanyPage(
        title=company.name,
        description="Une entreprise du territoire.",
        espace=frame,
        told=told,
        siret=company.siret,
        outcome=OUTCOME_LABELS[company.outcome],
        noted=_noted(company),
        facts=_facts(company, contacts),
        phone_label="" if phone is None else say_phone(phone),
        phone_url="" if phone is None else portal.phone(phone),
        call=words[0],
        letter=words[1],
        metier=metier,
        outcomes=tuple(Choice(one, OUTCOME_LABELS[one], one is company.noted) for one in NOTED),
        errors=(FieldError("suite", error),) if error else (),
        note_url=urls.company(company.siret),
        invite_url=urls.invite(company.siret),
        back=urls.companies(metier),
    )


def commune_name(code: str) -> str:
    """The name of an INSEE code; the code itself once the commune is no more."""
    commune = load_communes().resolve(code)
    return code if commune is None else commune.nom


def _row(company: Company, metier: str) -> CompanyRow:
    sector = sector_of(company.naf)
    parts = ["Secteur sans métier connu" if sector is None else sector.nom, commune_name(company.code_insee)]
    parts += [] if company.has_phone or company.has_mail else ["ni téléphone ni courriel"]
    return CompanyRow(
        company.name, urls.company(company.siret, metier), ", ".join(parts), OUTCOME_LABELS[company.outcome]
    )


def _noted(company: Company) -> str:
    if company.noted_at is None:
        return ""
    return f"{OUTCOME_LABELS[company.noted]}, le {company.noted_at:%d/%m/%Y}, {_who(company)}."


def _who(company: Company) -> str:
    return "par l’entreprise elle-même" if company.noted_by is None else f"par {company.noted_by}"


def _facts(company: Company, contacts: Contacts) -> tuple[tuple[str, str], ...]:
    sector = sector_of(company.naf)
    facts = (
        ("Adresse", ", ".join(part for part in (company.address, commune_name(company.code_insee)) if part)),
        ("Secteur", f"{company.naf}, {'aucun métier connu' if sector is None else sector.nom}"),
        ("Métiers", "" if sector is None else ", ".join(map(job_label, sector.metiers))),
        ("Courriel", contacts.mail or ""),
        ("SIRET", company.siret),
        ("Immersions", str(company.immersions) if company.immersions else ""),
    )
    return tuple((name, value) for name, value in facts if value)
