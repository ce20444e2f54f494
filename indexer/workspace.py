"""The workspace of those who accompany people: what pages and commands of accounts, files, plans and mails work with.

Each part brings its field and the line that builds it. Importing this module makes the tables of all parts known to
`indexer.catalogue.tables.metadata`.
"""

from dataclasses import dataclass

from indexer.accounts import Accounts
from indexer.alerts.alerts import Alerts
from indexer.catalogue import Catalogue
from indexer.catalogue.work import Clock
from indexer.dossiers import Dossiers
from indexer.dossiers.letters import AnswerLetters
from indexer.mail.build import build_delivery, build_outbox
from indexer.mail.delivery import Delivery
from indexer.mail.outbox import Outbox
from indexer.mobilise.mobilise import Mobilise
from indexer.plans.service import Plans
from indexer.publish.build import build_publications
from indexer.publish.managing import Managing
from indexer.publish.publications import Publications
from indexer.publish.requests import PublicationHooks
from indexer.relay.relay import Relay
from indexer.relay.states import Kind as RequestKind
from indexer.sealing import Sealer
from indexer.settings import Settings
from indexer.workspace_key import check_key, read_keys


@dataclass(frozen=True)
class Workspace:
    """Opened once in a process and shared by its threads."""

    catalogue: Catalogue
    settings: Settings
    clock: Clock
    sealer: Sealer
    accounts: Accounts
    outbox: Outbox
    delivery: Delivery | None
    relay: Relay
    alerts: Alerts
    dossiers: Dossiers
    plans: Plans
    publications: Publications
    managing: Managing
    mobilise: Mobilise


def open_workspace(catalogue: Catalogue, settings: Settings, clock: Clock) -> Workspace:
    """WorkspaceError when its key is absent or is not the one that sealed what the catalogue's database holds."""
    sealer = Sealer(read_keys(settings, catalogue), clock)
    check_key(catalogue, sealer)
    database = catalogue.database
    accounts = Accounts(database, sealer, clock)
    outbox = build_outbox(database, settings, sealer, clock)
    dossiers = Dossiers(database, sealer, clock, accounts.note_access)
    publications = build_publications(catalogue, settings, sealer, outbox, clock)
    relay = Relay(database, sealer, outbox, clock, dict.fromkeys(RequestKind, PublicationHooks(publications)))
    alerts = Alerts(database, sealer, outbox, clock)
    dossiers.also_forget(relay.erase_dossier)
    dossiers.also_forget(alerts.erase_dossier)
    dossiers.also_hand_over(relay.hand_over)
    dossiers.also_tell_answers(AnswerLetters(outbox).tell)
    dossiers.also_export("orientations", relay.export_dossier)
    plans = Plans(dossiers, sealer, clock)
    dossiers.also_export("plan", plans.export_dossier)
    return Workspace(
        catalogue=catalogue,
        settings=settings,
        clock=clock,
        sealer=sealer,
        accounts=accounts,
        outbox=outbox,
        delivery=build_delivery(outbox, settings, clock),
        relay=relay,
        alerts=alerts,
        dossiers=dossiers,
        plans=plans,
        publications=publications,
        managing=Managing(publications),
        mobilise=Mobilise(database, sealer, outbox, clock),
    )
