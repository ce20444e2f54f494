"""What the workspace answers of an offer that the portal shows: `ui.doors` asks it."""

from starlette.requests import Request

from indexer.catalogue import StoredOffer
from indexer.errors import CatalogueError, SealError, WorkspaceError
from ui.doors import CHOOSING
from ui.espace.guard import current_actor
from ui.relais import urls
from ui.relais.target import may_be_asked
from ui.services import services_of


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


def ask_url(request: Request, stored: StoredOffer) -> str | None:
    """The form by which a person asks for an immersion themselves; None for what nobody may ask."""
    try:
        asked = may_be_asked(services_of(request), stored)
    except (WorkspaceError, SealError, CatalogueError):
        return None
    return urls.new_request(stored.offer.id) if asked else None
