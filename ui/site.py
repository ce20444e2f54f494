"""The site that a process serves: its territory, and the public address that links to it may hold."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from indexer.errors import SettingError
from indexer.geocode.communes import load_communes
from indexer.settings import Settings
from ui.asset_files import Assets
from ui.colours import build_style
from ui.places import commune_label
from ui.territory import Territory, checked_base_url
from ui.territory_file import SHIPPED, Logo, load_territory, read_territory
from ui.tiles import Tiles, read_tiles

STYLE = "territoire.css"
LOGO_NAMES = {"image/svg+xml": "logo.svg", "image/png": "logo.png"}


@dataclass(frozen=True, slots=True)
class Site:
    """`base_url` has no final slash. Without it links stay relative: a request's `Host` is anyone's to write.

    `journeys` is the name of the server that says how far a plan goes, None without one.
    """

    territory: Territory
    logo: Logo | None
    base_url: str | None
    tiles: Tiles | None = None
    journeys: str | None = None

    def absolute(self, path: str) -> str | None:
        """The whole address of a page, None when the site does not know its own."""
        return None if self.base_url is None else self.base_url + path

    def canonical(self, path: str) -> str:
        return self.absolute(path) or path

    @property
    def place_label(self) -> str:
        """The territory's commune as a search takes it: « Belfort (90000) »."""
        commune = load_communes().resolve(self.territory.code_commune)
        return "" if commune is None else commune_label(commune)

    @property
    def logo_name(self) -> str | None:
        return None if self.logo is None else LOGO_NAMES[self.logo.media_type]

    def add_assets(self, assets: Assets) -> None:
        """The territory's own style and logo, when it has some."""
        style = build_style(self.territory.couleurs.by_scheme())
        if style:
            assets.add(STYLE, style.encode())
        if self.logo is not None:
            assets.add(LOGO_NAMES[self.logo.media_type], self.logo.content)


def load_site(settings: Settings) -> Site:
    """SettingError for a wrong territory or a wrong public address."""
    territory, logo = load_territory(settings)
    base_url = _base_url(settings.base_url) or territory.base_url
    return Site(territory, logo, base_url, read_tiles(settings), urlsplit(settings.isochrone_url).hostname)


def demonstration_site() -> Site:
    """What a process serves that was told nothing."""
    return Site(*read_territory(SHIPPED / "belfort.toml"), base_url=None)


def _base_url(address: str) -> str | None:
    try:
        return checked_base_url(address) if address else None
    except ValueError as error:
        raise SettingError(
            f"MAILLAGE_BASE_URL : « {address} » refusé. "
            "Attendu : une adresse comme https://offres.exemple.fr, sans chemin."
        ) from error
