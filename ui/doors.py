"""The ways from the portal's pages into the workspace: to orient a person, to ask, to be told, to choose for a plan.

Nearly all who read the portal are signed out, and few offers are immersions: what the workspace itself has to answer is
imported for the others only, so that no start of a server waits for it.
"""

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.datastructures import Headers
from starlette.requests import Request

from indexer.catalogue import StoredOffer
from indexer.late import importing
from indexer.schema import TypeOffre
from search_api.client_address import client_of, is_forwarded, parse_networks
from ui import urls as portal
from ui.relais import urls
from ui.services import services_of
from ui.session_cookie import read_token
from ui.state import SearchState

if TYPE_CHECKING:
    from ui.plans.search_routes import Choosing

CHOOSING: Final = "plan-en-cours"
"""The cookie that says for whom a professional chooses offers."""


def alert_url(request: Request, state: SearchState) -> str | None:
    """The form that saves a search; None where no mail would ever arrive."""
    return urls.new_alert(urlencode(portal.search_pairs(state))) if mail_arrives(request) else None


def orient_url(request: Request, offer_id: str) -> str | None:
    """The form of an offer, for a signed-in référent; None for anybody else, and when the workspace is closed."""
    if read_token(request) is None:
        return None
    with importing():
        from ui.relais import doors
    return doors.orient_url(request, offer_id)


def ask_url(request: Request, stored: StoredOffer) -> str | None:
    """The form by which a person asks for an immersion themselves; None for other offers, and where no mail arrives."""
    if stored.offer.type_offre is not TypeOffre.IMMERSION or not mail_arrives(request):
        return None
    with importing():
        from ui.relais import doors
    return doors.ask_url(request, stored)


def choosing_of(request: Request) -> "Choosing | None":
    """For whom the professional chooses offers; None for everyone else, at the price of one look for a cookie."""
    dossier_id = request.cookies.get(CHOOSING)
    if not dossier_id or read_token(request) is None:
        return None
    with importing():
        from ui.plans import search_routes
    return search_routes.choosing_of(request, dossier_id)


def mail_arrives(request: Request) -> bool:
    """Mails are sent, or read on this very machine."""
    return services_of(request).settings.smtp_url is not None or is_here(request)


def is_here(request: Request) -> bool:
    """The browser is on this machine, and no proxy stands between."""
    if is_forwarded(Headers(scope=request.scope)):
        return False
    address = client_of(request.scope, parse_networks(services_of(request).settings.trusted_proxies))
    return address is not None and address.is_loopback
