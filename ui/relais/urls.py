"""Addresses of requests, saved searches and mails."""

from typing import Final
from urllib.parse import quote, urlencode

ORIENTATIONS: Final = "/espace/orientations"
NEW_ROUTE: Final = "/espace/orientations/nouvelle"
ORIENTATION_ROUTE: Final = "/espace/orientations/{request_id}"
NEW_REQUEST: Final = "/demande/nouvelle"
REQUEST_ROUTE: Final = "/demande/{token}"
DOCUMENT_ROUTE: Final = "/demande/{token}/pieces/{document_id}"
NEW_ALERT: Final = "/alertes/nouvelle"
ALERT_ROUTE: Final = "/alertes/{token}"
OWN_ALERTS: Final = "/espace/alertes"
MAILS: Final = "/courriels"
MAIL_ROUTE: Final = "/courriels/{mail_id}"


def new_orientation(offer_id: str, dossier_id: str | None = None) -> str:
    """The form that asks an offer for a person; `dossier_id` names their file."""
    pairs = [("offre", offer_id)] + ([] if dossier_id is None else [("personne", dossier_id)])
    return f"{NEW_ROUTE}?{urlencode(pairs)}"


def new_request(offer_id: str) -> str:
    """The form by which a person asks for an immersion themselves."""
    return f"{NEW_REQUEST}?{urlencode([('offre', offer_id)])}"


def orientation(request_id: str, done: str | None = None) -> str:
    """`done` is what was just done, which the page says."""
    return f"{ORIENTATIONS}/{quote(request_id, safe='')}" + ("" if done is None else f"?fait={done}")


def request(token: str, done: str | None = None) -> str:
    return f"/demande/{quote(token, safe='')}" + ("" if done is None else f"?fait={done}")


def document(token: str, document_id: str) -> str:
    return f"/demande/{quote(token, safe='')}/pieces/{quote(document_id, safe='')}"


def new_alert(search_query: str) -> str:
    """`search_query` is the query of a results page, without its question mark."""
    return NEW_ALERT + (f"?{search_query}" if search_query else "")


def alert(token: str) -> str:
    return f"/alertes/{quote(token, safe='')}"


def mail(mail_id: int) -> str:
    return f"{MAILS}/{mail_id}"
