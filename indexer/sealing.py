"""Sealed texts and signed tokens: what the workspace keeps, nobody reads or forges without the key of the settings.

Keys come from `MAILLAGE_SECRET_KEY`: the first one seals and signs, all of them open, so that a key can be changed (see
docs/workspace.md). Columns that hold sealed texts have the type `SealedText`: `maillage users reseal` finds them by it.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from indexer.errors import ExpiredLinkError, SealError, WorkspaceError

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet
    from itsdangerous import URLSafeSerializer

Clock = Callable[[], datetime]

SHORTEST_KEY: Final = 32
"""Characters: 128 bits even when they are hexadecimal digits."""

_LOST: Final = "Ce texte ne peut plus être lu : la clé qui l'a chiffré n'est plus dans MAILLAGE_SECRET_KEY."
_EXPIRED: Final = "Ce lien n'est plus valable. Demandez-en un nouveau."


class Sealer:
    """Shared by all threads. Its libraries are read when it is first used."""

    def __init__(self, keys: Sequence[str], clock: Clock) -> None:
        """WorkspaceError without any key, or with one that is too short to be one."""
        if not keys or any(len(key) < SHORTEST_KEY for key in keys):
            raise WorkspaceError(
                f"MAILLAGE_SECRET_KEY : chaque clé doit avoir au moins {SHORTEST_KEY} caractères. "
                "« maillage users new-key » en donne une."
            )
        self._keys, self._clock = tuple(keys), clock

    def seal(self, text: str) -> str:
        """The text, encrypted and authenticated, in ASCII."""
        return self.seal_bytes(text.encode()).decode("ascii")

    def unseal(self, sealed: str) -> str:
        """SealError when none of the keys opens it."""
        return self.unseal_bytes(sealed.encode()).decode()

    def seal_bytes(self, content: bytes) -> bytes:
        return self._fernet.encrypt(content)

    def unseal_bytes(self, sealed: bytes) -> bytes:
        """SealError when none of the keys opens it."""
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise SealError(_LOST) from error

    def reseal(self, sealed: str) -> str:
        """The same text under the first key. SealError when none of the keys opens it."""
        return self.seal(self.unseal(sealed))

    def sign(self, purpose: str, value: str) -> str:
        """A token that says `value`, readable by anyone, made by us alone; fit for an address."""
        token = self._signer(purpose).dumps([int(self._clock().timestamp()), value])
        return token if isinstance(token, str) else token.decode("ascii")

    def read_signed(self, purpose: str, token: str, max_age_s: int) -> str:
        """The value. ExpiredLinkError for a token altered, older than `max_age_s`, or made for another purpose."""
        from itsdangerous import BadData

        try:
            made_at, value = self._signer(purpose).loads(token)
        except BadData as error:
            raise ExpiredLinkError(_EXPIRED) from error
        if not 0 <= int(self._clock().timestamp()) - made_at <= max_age_s:
            raise ExpiredLinkError(_EXPIRED)
        return str(value)

    def fingerprints(self, use: str, value: str) -> tuple[str, ...]:
        """A keyed hash of a value under each key: the first is what to keep, the others what may have been kept."""
        return tuple(hmac.digest(key, value.encode(), "sha256").hex() for key in self._fingerprint_keys(use))

    @cache  # noqa: B019  a process has one sealer
    def _fingerprint_keys(self, use: str) -> tuple[bytes, ...]:
        return tuple(_derive(key, f"fingerprint {use}") for key in self._keys)

    @cached_property
    def _fernet(self) -> "MultiFernet":
        from base64 import urlsafe_b64encode

        from cryptography.fernet import Fernet, MultiFernet

        return MultiFernet([Fernet(urlsafe_b64encode(_derive(key, "seal"))) for key in self._keys])

    @cached_property
    def _signing_keys(self) -> list[bytes]:
        return [_derive(key, "sign") for key in reversed(self._keys)]  # itsdangerous signs with the last one

    def _signer(self, purpose: str) -> "URLSafeSerializer":
        from itsdangerous import URLSafeSerializer

        return URLSafeSerializer(self._signing_keys, salt=purpose, signer_kwargs={"digest_method": hashlib.sha256})


def new_token() -> str:
    """256 random bits, for an address or a cookie."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What is kept of a token: enough to know it again, not to make it. Plain, as 256 bits cannot be tried."""
    return hashlib.sha256(token.encode()).hexdigest()


def _derive(key: str, use: str) -> bytes:
    """32 bytes for one use (HKDF, RFC 5869): no use says anything of another."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt=None, info=f"maillage {use}".encode()).derive(key.encode())
