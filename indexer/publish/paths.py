"""Addresses of the pages that mails lead to. Pages build theirs from these."""

from typing import Final

CONFIRM: Final = "/publier/confirmer/{jeton}"
MANAGE: Final = "/ma-publication/{jeton}"
CONTACT: Final = "/publier/contact/{jeton}"
CHANGE_MAIL: Final = "/publier/adresse/{jeton}"
MODERATION: Final = "/moderation"


def with_token(path: str, token: str) -> str:
    return path.format(jeton=token)
