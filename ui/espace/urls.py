"""Addresses of the workspace's shell."""

from typing import Final
from urllib.parse import quote, urlencode

SIGN_IN: Final = "/connexion"
SIGN_OUT: Final = "/deconnexion"
SIGNED_OUT: Final = "/connexion?fait=sortie"
LEAVE: Final = "/deconnexion/fournisseur"
LEAVE_PROVIDER: Final = "/deconnexion/fournisseur/depart"
LEFT: Final = "/deconnexion/fournisseur/retour"
CODE: Final = "/connexion/code"
TAKE_UP: Final = "/connexion/reprise"
FORGOTTEN: Final = "/connexion/oubli"
PASSWORD_ROUTE: Final = "/connexion/mot-de-passe/{token}"  # noqa: S105  an address
OIDC: Final = "/connexion/fournisseur"
OIDC_BACK: Final = "/connexion/fournisseur/retour"
DEMONSTRATION: Final = "/connexion/demonstration"
SPACE: Final = "/espace"
ACCOUNT: Final = "/espace/compte"
OWN_PASSWORD: Final = "/espace/compte/mot-de-passe"  # noqa: S105
SECOND_FACTOR: Final = "/espace/compte/double-verification"
SECOND_FACTOR_END: Final = "/espace/compte/double-verification/arreter"
TEAM: Final = "/espace/equipe"
TEAM_MEMBER_ROUTE: Final = "/espace/equipe/{user_id}"
ORGANISATIONS: Final = "/espace/organisations"

TOP: Final = SPACE
"""Where one lands after signing in without anywhere else to go."""


def sign_in(then: str | None = None) -> str:
    """`then` is a local path."""
    return SIGN_IN if then in (None, SPACE) else f"{SIGN_IN}?{urlencode({'suite': then})}"


def provider(then: str) -> str:
    return OIDC if then == SPACE else f"{OIDC}?{urlencode({'suite': then})}"


def password(token: str) -> str:
    return f"/connexion/mot-de-passe/{quote(token, safe='')}"


def team_member(user_id: str) -> str:
    return f"{TEAM}/{quote(user_id, safe='')}"


def local_path(typed: str | None) -> str:
    """Where to go after signing in: a path of this site, whatever was typed in the address."""
    path = typed or ""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and " " not in path
    return path if safe and path.isascii() and "\\" not in path and len(path) < 2000 else SPACE
