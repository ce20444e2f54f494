"""Values of a plan, sealed as one JSON text a row."""

from typing import Any, Protocol

import orjson


class Sealing(Protocol):
    """The part of `indexer.sealing.Sealer` that plans use."""

    def seal(self, text: str) -> str: ...
    def unseal(self, sealed: str) -> str: ...


def seal_json(sealer: Sealing, values: dict[str, Any]) -> str:
    return sealer.seal(orjson.dumps(values).decode())


def unseal_json(sealer: Sealing, sealed: str) -> dict[str, Any]:
    values: dict[str, Any] = orjson.loads(sealer.unseal(sealed))
    return values
