"""Addresses of the pages of publications. Those that mails lead to are in `indexer.publish.paths`."""

from typing import Final
from urllib.parse import quote

from indexer.publish import paths
from indexer.publish.reading import Step

PUBLISH: Final = "/publier"
SIRET: Final = "siret"
"""In an invitation's link: who it was sent to need not look for it."""

LOST: Final = "/publier/lien-perdu"
STEP_ROUTE: Final = "/publier/{jeton}/{etape}"
SENT_ROUTE: Final = "/publier/{jeton}/envoyee"
CONFIRM_ROUTE: Final = paths.CONFIRM
CONTACT_ROUTE: Final = paths.CONTACT
CHANGE_MAIL_ROUTE: Final = paths.CHANGE_MAIL
MANAGE_ROUTE: Final = paths.MANAGE
OFFICIAL_IMMERSION_FORM: Final = "https://immersion-facile.beta.gouv.fr/demande-immersion"


def publish_for(siret: str) -> str:
    return f"{PUBLISH}?{SIRET}={quote(siret, safe='')}"


def step(token: str, which: Step) -> str:
    return f"/publier/{quote(token, safe='')}/{which}"


def sent(token: str) -> str:
    return f"/publier/{quote(token, safe='')}/envoyee"


def manage(token: str, done: str = "") -> str:
    """`done` names what was just done, for the page to say it."""
    page = f"/ma-publication/{quote(token, safe='')}"
    return f"{page}?fait={done}" if done else page
