"""What was typed when a session had ended: sealed in the page that asks to sign in, and given back after."""

import zlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import orjson

from indexer.errors import SealError
from indexer.sealing import Sealer

FIELD: Final = "reprise"


@dataclass(frozen=True, slots=True)
class HeldForm:
    """A form that could not be taken. `user_id` is whose session had ended, None when nobody knows.

    `lost_files`: some were joined, which a page cannot hand on.
    """

    path: str
    pairs: tuple[tuple[str, str], ...]
    user_id: str | None
    lost_files: bool = False

    def may_go_to(self, user_id: str) -> bool:
        """Nobody gets what another person typed."""
        return self.user_id in (None, user_id)


def seal_form(sealer: Sealer, held: HeldForm) -> str:
    content = orjson.dumps([held.path, held.pairs, held.user_id, held.lost_files])
    return b64encode(sealer.seal_bytes(zlib.compress(content))).decode("ascii")


def unseal_form(sealer: Sealer, text: str) -> HeldForm | None:
    """None for what we did not seal."""
    if not text:
        return None
    try:
        content = orjson.loads(zlib.decompress(sealer.unseal_bytes(b64decode(text, validate=True))))
    except (SealError, ValueError, zlib.error):
        return None
    path, pairs, user_id, lost_files = content
    return HeldForm(path, _pairs(pairs), user_id, lost_files)


def _pairs(found: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in found)
