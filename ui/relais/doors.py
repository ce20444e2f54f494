"""The ways in from the portal's pages: to orient a person from an offer, to be told of new offers of a search."""

from urllib.parse import urlencode

from starlette.datastructures import Headers
from starlette.requests import Request

from indexer.catalogue import StoredOffer
from indexer.errors import CatalogueError, SealError, WorkspaceError
from search_api.client_address import client_of, is_forwarded, parse_networks
from ui import urls as portal
from ui.espace.guard import current_actor
from ui.plans.search_routes import COOKIE as CHOOSING
from ui.relais import urls
from ui.relais.target import may_be_asked
from ui.services import services_of
from ui.state import SearchState


def orient_url(request: Request, offer_id: str) -> str | None:
    """The form of an offer, for a signed-in référent; None for anybody else, and when the workspace is closed.

    It starts with the person for whom offers are being chosen.
    """
    try:
        actor = current_actor(request)
    except WorkspaceError:
        return None
    if actor is None or not actor.follows_people:
        return None
    return urls.new_orientation(offer_id, request.cookies.get(CHOOSING) or None)


def alert_url(request: Request, state: SearchState) -> str | None:
    """The form that saves a search; None where no mail would ever arrive."""
    return urls.new_alert(urlencode(portal.search_pairs(state))) if mail_arrives(request) else None


def ask_url(request: Request, stored: StoredOffer) -> str | None:
    """The form by which a person asks for an immersion themselves; None for other offers, and where no mail arrives."""
    if not mail_arrives(request):
        return None
    try:
        asked = may_be_asked(services_of(request), stored)
    except (WorkspaceError, SealError, CatalogueError):
        return None
    return urls.new_request(stored.offer.id) if asked else None


def mail_arrives(request: Request) -> bool:
    """Mails are sent, or read on this very machine."""
    return services_of(request).settings.smtp_url is not None or is_here(request)


def is_here(request: Request) -> bool:
    """The browser is on this machine, and no proxy stands between."""
    if is_forwarded(Headers(scope=request.scope)):
        return False
    address = client_of(request.scope, parse_networks(services_of(request).settings.trusted_proxies))
    return address is not None and address.is_loopback
