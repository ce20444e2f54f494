"""Passwords: what is accepted, and what is kept of them (argon2id)."""

from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final

from indexer.errors import AccountError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST: Final = 12
LONGEST: Final = 200

_MEMORY_KIB, _PASSES = 19_456, 2
"""OWASP's second choice for argon2id (Password Storage Cheat Sheet): 30 ms and 19 MiB for each sign-in."""

_AT_ONCE = BoundedSemaphore(4)
"""How many are computed together: a crowd that signs in waits, rather than fills the memory."""

_TOO_COMMON: Final = ("motdepasse", "azerty", "qwerty", "123456", "abcdef", "000000", "111111", "password", "insertion")


def check_password(typed: str, *known: str) -> str:
    """The password. AccountError, which says what to do, for a short one or one that is easily guessed.

    `known` are words that an attacker has: the e-mail address, the name.
    """
    if len(typed) < SHORTEST:
        raise AccountError(
            f"Choisissez un mot de passe d'au moins {SHORTEST} caractères : quelques mots suffisent.", "mot_de_passe"
        )
    if len(typed) > LONGEST:
        raise AccountError(f"Choisissez un mot de passe de {LONGEST} caractères au plus.", "mot_de_passe")
    rest = typed.lower()
    for part in (*_TOO_COMMON, *(p for word in known for p in word.lower().replace("@", " ").split() if len(p) > 3)):
        rest = rest.replace(part, "")
    if len(set(rest)) < 5:
        raise AccountError("Ce mot de passe se devine facilement. Ajoutez-y d'autres mots.", "mot_de_passe")
    return typed


def hash_password(password: str) -> str:
    with _AT_ONCE:
        return _hasher().hash(password)


def verify_password(stored: str | None, typed: str) -> bool:
    """Takes the same time without anything stored: nobody learns from it which accounts exist."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _AT_ONCE:
        try:
            right = _hasher().verify(stored or _decoy(), typed[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
    return right and stored is not None


def is_outdated(stored: str) -> bool:
    """Whether it was made with other costs than today's."""
    return _hasher().check_needs_rehash(stored)


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=1)


@cache
def _decoy() -> str:
    """What is compared when nothing is stored; no password gives it."""
    return _hasher().hash("aucun mot de passe")
