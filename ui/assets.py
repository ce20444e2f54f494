"""The style sheet and the icon: read once, joined, and named by their content so that a browser keeps them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).parent / "static"
STYLE_PARTS: Final = (
    "tokens.css", "base.css", "frame.css", "components.css", "cards.css", "filters.css", "pages.css", "print.css",
)  # fmt: skip
"""In the order of the cascade."""


@dataclass(frozen=True, slots=True)
class Asset:
    """`name` holds a digest of `content`."""

    name: str
    content: bytes
    media_type: str


class Assets:
    """Assets by the name that an address bears, and that name by the plain one."""

    def __init__(self, assets: Iterable[tuple[str, bytes, str]]) -> None:
        self._by_name: dict[str, Asset] = {}
        self._names: dict[str, str] = {}
        for plain, content, media_type in assets:
            stem, _, extension = plain.rpartition(".")
            name = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{extension}"
            self._by_name[name] = Asset(name, content, media_type)
            self._names[plain] = name

    def get(self, name: str) -> Asset | None:
        return self._by_name.get(name)

    def name_of(self, plain: str) -> str:
        """KeyError for a file that does not exist: a template asks for nothing else."""
        return self._names[plain]


def load_assets() -> Assets:
    style = b"\n".join((STATIC / part).read_bytes() for part in STYLE_PARTS)
    icon = (STATIC / "icon.svg").read_bytes()
    return Assets([("maillage.css", style, "text/css; charset=utf-8"), ("icon.svg", icon, "image/svg+xml")])
