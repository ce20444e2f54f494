"""Style, font, scripts and icon: read once, and named by their content so that a browser keeps them for ever.

The style sheet is joined here from its parts; the rest is what `ui.build_assets` wrote, absent until it has run.
"""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import orjson

STATIC: Final = Path(__file__).parent / "static"
BUILD: Final = STATIC / "build"
STYLE_PARTS: Final = (
    "tokens.css", "base.css", "frame.css", "components.css", "cards.css", "filters.css", "search.css", "pages.css",
    "offer.css", "wide.css", "trust.css", "own.css", "plan.css", "print.css",
)  # fmt: skip
"""In the order of the cascade."""

WORKSPACE_PARTS: Final = ("espace.css", "publier.css", "dossiers.css", "plans.css", "relais.css", "mobilisation.css")
"""What only the pages of the workspace need, after the rest: the portal's sheet stays light."""

_MEDIA_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "woff2": "font/woff2",
    "txt": "text/plain; charset=utf-8",
}
_TWINS: Final = {"br": ".br", "gzip": ".gz"}
"""Encodings, the smallest first, and how the file of each ends."""


@dataclass(frozen=True, slots=True)
class Asset:
    """`name` holds a digest of `content`; `encoded` the same content by the encoding that an answer names."""

    name: str
    content: bytes
    encoded: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self.name.rpartition(".")[2]]

    def best_for(self, accepted: str) -> tuple[bytes, str | None]:
        """The smallest form that a browser takes, and its encoding; `accepted` is the header Accept-Encoding."""
        taken = {word.split(";")[0].strip() for word in accepted.lower().split(",") if not _is_refused(word)}
        encoding = next((name for name in self.encoded if name in taken), None)
        return (self.content, None) if encoding is None else (self.encoded[encoding], encoding)


class Assets:
    """Assets by the name that an address bears, and that name by the plain one."""

    def __init__(self) -> None:
        self._by_name: dict[str, Asset] = {}
        self._names: dict[str, str] = {}

    def add(self, plain: str, content: bytes) -> None:
        """An asset made here: named by its digest, compressed on the spot."""
        stem, _, extension = plain.rpartition(".")
        name = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{extension}"
        self.add_made(Asset(name, content, {"gzip": gzip.compress(content, 9, mtime=0)}), plain)

    def add_made(self, asset: Asset, plain: str | None = None) -> None:
        self._by_name[asset.name] = asset
        if plain is not None:
            self._names[plain] = asset.name

    def get(self, name: str) -> Asset | None:
        return self._by_name.get(name)

    def __contains__(self, plain: str) -> bool:
        return plain in self._names

    def name_of(self, plain: str) -> str:
        """KeyError for a file that does not exist: a template asks for nothing else."""
        return self._names[plain]


def load_assets(build: Path = BUILD) -> Assets:
    """`build` is where `ui.build_assets` writes; without it, pages have neither font nor script."""
    assets = Assets()
    manifest = _read_manifest(build)
    for path in sorted(build.iterdir()) if manifest else ():
        if path.suffix.lstrip(".") in _MEDIA_TYPES:
            assets.add_made(_read(path), next((plain for plain, name in manifest.items() if name == path.name), None))
    parts = [STATIC / part for part in STYLE_PARTS]
    if "font.css" in manifest:
        parts.insert(0, build / manifest["font.css"])
    assets.add("maillage.css", b"\n".join(part.read_bytes() for part in parts))
    assets.add("espace.css", b"\n".join((STATIC / part).read_bytes() for part in WORKSPACE_PARTS))
    assets.add("plans.css", (STATIC / "plans.css").read_bytes())
    assets.add("icon.svg", (STATIC / "icon.svg").read_bytes())
    assets.add("own.js", (STATIC / "js" / "own.js").read_bytes())
    assets.add("partage.png", (STATIC / "partage.png").read_bytes())
    return assets


def _read_manifest(build: Path) -> Mapping[str, str]:
    try:
        manifest: dict[str, str] = orjson.loads((build / "manifest.json").read_bytes())
    except FileNotFoundError:
        return {}
    return manifest


def _read(path: Path) -> Asset:
    twins = {encoding: path.with_name(path.name + end) for encoding, end in _TWINS.items()}
    return Asset(
        path.name, path.read_bytes(), {name: twin.read_bytes() for name, twin in twins.items() if twin.exists()}
    )


def _is_refused(word: str) -> bool:
    """« br;q=0 » says that br is not taken."""
    return word.replace(" ", "").endswith((";q=0", ";q=0.0", ";q=0.00", ";q=0.000"))
