"""The demonstration's workspace: three invented people, their answers, plans made by matching, and requests."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from indexer.accounts import Actor, User
from indexer.accounts.demonstration import is_demonstration, prepare_accounts
from indexer.demonstration.requests import prepare_requests
from indexer.dossiers import Dossier, NewDossier
from indexer.dossiers.model import Consent
from indexer.dossiers.sharing import Sharing
from indexer.matching.plan import Plan as Matched
from indexer.matching.profile import Profile
from indexer.plans.meetings import build_meeting
from indexer.plans.model import Etat
from indexer.plans.proposals import build_basis, build_need_line, build_offer_line, build_proposals
from indexer.workspace import Workspace

Match = Callable[[Profile], Matched]

_RENT: Final = "besoin:logement-hebergement--reduire-les-impayes-de-loyer"
_BUDGET: Final = "besoin:difficultes-financieres--ameliorer-sa-gestion-budgetaire"
_CHILDCARE: Final = "besoin:famille--garde-denfants"
_LICENCE: Final = "besoin:mobilite--preparer-un-permis"
_COMPUTER: Final = "besoin:numerique--maitriser-les-fondamentaux-du-numerique"
_FRENCH: Final = "besoin:lecture-ecriture-calcul--maitriser-le-francais"
_COMPANY: Final = "besoin:remobilisation--lien-social"
_TRADE: Final = "besoin:choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite"
_SHARED_DAYS: Final = 180


@dataclass(frozen=True)
class Person:
    """`states` are those of the first lines of the plan; `shared`: with the other organisation too."""

    nom: str
    answers: dict[str, str]
    states: tuple[Etat, ...]
    shared: bool = False


PEOPLE: Final = (
    Person(
        "Mme K.",
        {
            "age": "34", "code_commune": "90010", "public:familles": "oui", "moyen:a-pied": "oui",
            "moyen:transports-en-commun": "oui", "duree": "45", "permis": "non", _RENT: "besoin", _BUDGET: "besoin",
            _CHILDCARE: "besoin", _COMPUTER: "point-fort", "metier1": "aide à domicile",
            "note": "Deux mois de loyer en retard. Cherche une garde pour son fils de deux ans.",
        },
        ("fait", "en-cours"),
        shared=True,
    ),
    Person(
        "Yanis",
        {
            "age": "22", "code_commune": "90010", "public:jeunes": "oui", "moyen:velo": "oui", "duree": "30",
            "permis": "non", _LICENCE: "besoin", _TRADE: "besoin", "metier1": "cuisinier",
            "envies": "Travailler en équipe, bouger.",
        },
        ("en-cours",),
    ),
    Person(
        "M. D.",
        {
            "age": "51", "code_commune": "90010", "public:demandeurs-emploi": "oui", "moyen:voiture": "oui",
            "permis": "oui", _COMPUTER: "besoin", _FRENCH: "besoin", _COMPANY: "besoin",
            "note": "Veut pouvoir faire ses démarches seul.",
        },
        (),
    ),
)  # fmt: skip
"""None exists. The first is followed by the first référent, and shared with the other; the second by the other."""


def prepare_people(workspace: Workspace, match: Callable[[], Match]) -> bool:
    """Accounts, files and plans, once, where the catalogue holds nothing but the demonstration. True if it made them.

    `match` opens what matches a profile to the offers: seconds, spent only when files are to be made.
    """
    if not is_demonstration(workspace.catalogue):
        return False
    accounts = prepare_accounts(workspace.accounts)
    social, work, _ = (_actor(user) for user in accounts)
    if any(True for each in (social, work) for _ in workspace.dossiers.iter_for(each, statut=None)):
        return False
    matched = match()
    for person, referent, other in zip(PEOPLE, (social, work, social), (work, social, work), strict=True):
        _open(workspace, matched, person, referent, other)
    prepare_requests(workspace, social, accounts[0].email, PEOPLE[0].nom)
    return True


def _actor(user: User) -> Actor:
    return Actor(user.id, user.name, user.role, user.organisation_id, user.organisation_name)


def _open(workspace: Workspace, match: Match, person: Person, referent: Actor, other: Actor) -> None:
    made = workspace.dossiers.create(referent, NewDossier(person.nom, Consent.ORAL, person.answers))
    _make_plan(workspace, match, made, referent)
    plan = workspace.plans.of(referent, made.id)
    for line, state in zip(plan.lines, person.states, strict=False):
        workspace.plans.change(referent, made.id, line.id, line.version, replace(line.fields, etat=state))
    soon = workspace.clock().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=7)
    workspace.plans.add_meeting(referent, made.id, build_meeting("rendez-vous", soon, "Faire le point ensemble"))
    if person.shared:
        Sharing(workspace.dossiers).share(referent, made.id, other.organisation_id, _SHARED_DAYS)


def _make_plan(workspace: Workspace, match: Match, made: Dossier, referent: Actor) -> None:
    """What matching chooses at first, as a référent who ticks nothing else gets it."""
    if made.profil is None:
        return
    today, plan = workspace.clock().date(), workspace.plans.of(referent, made.id)
    proposals = build_proposals(plan, match(made.profil), workspace.catalogue, None)
    chosen = [(group.code, item.offer) for group in proposals.groups for item in group.items if item.chosen]
    stored = workspace.catalogue.get_offers([offer.id for _, offer in chosen if offer is not None])
    lines = [
        build_need_line(code) if offer is None else build_offer_line(stored[offer.id], code, today)
        for code, offer in chosen
    ]
    kept = [line for line in lines if line is not None]
    workspace.plans.add(referent, made.id, kept, build_basis(made.profil))
