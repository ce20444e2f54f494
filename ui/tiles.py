"""The images under the map, from a server of the deployment's choice. Without them nothing is asked of another site."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from indexer.settings import Settings
from ui.plain_text import Line, build_line


@dataclass(frozen=True, slots=True)
class Tiles:
    """`url` holds {z}, {x} and {y}; `attribution` is shown under the map."""

    url: str
    attribution: Line

    @property
    def origin(self) -> str:
        """What the content security policy lets images come from."""
        address = urlsplit(self.url)
        return f"{address.scheme}://{address.netloc}"

    @property
    def server(self) -> str:
        """The name that a page tells people."""
        return urlsplit(self.url).hostname or ""


def read_tiles(settings: Settings) -> Tiles | None:
    """None when the deployment names no server."""
    return Tiles(settings.tiles_url, build_line(settings.tiles_attribution)) if settings.tiles_url else None
