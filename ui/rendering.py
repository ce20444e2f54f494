"""Templates to responses, with the headers that every page bears."""

from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from ui import urls
from ui.asset_files import Assets
from ui.contexts.trust import FOOTER_LINKS
from ui.emergency import EMERGENCY_NUMBERS
from ui.head import UNLISTED, Head
from ui.site import STYLE, Site
from ui.tiles import Tiles

TEMPLATES: Final = Path(__file__).parent / "templates"

_HEADERS: Final = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
}
PUBLIC: Final = "public, max-age=60"
PRIVATE: Final = "private, max-age=60"
"""For addresses that hold the words of a person: no cache between them and us keeps the page."""

NEVER: Final = "no-store"


def content_security_policy(tiles: Tiles | None) -> str:
    """Everything comes from the site itself; images under the map from one other origin, when a deployment names it."""
    images = "img-src 'self' data:" if tiles is None else f"img-src 'self' data: {tiles.origin}"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            images,
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


class Renderer:
    """Shared by all threads."""

    def __init__(self, assets: Assets, site: Site, *, fresh_templates: bool = False) -> None:
        """With `fresh_templates`, a template that was changed is read again: a look at its file at each page."""
        self._headers = _HEADERS | {"Content-Security-Policy": content_security_policy(site.tiles)}
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=fresh_templates,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            asset=lambda plain: urls.asset(assets.name_of(plain)),
            suggest_url=urls.SUGGEST,
            has_scripts="portal.js" in assets,
            has_map="map.css" in assets,
            has_asset=assets.__contains__,
            home_url=urls.HOME,
            offers_url=urls.OFFERS,
            emergency_numbers=EMERGENCY_NUMBERS,
            site=site,
            territory=site.territory,
            territory_style=STYLE if STYLE in assets else None,
            footer_links=FOOTER_LINKS,
            urls=urls,
        )

    def html(self, template: str, page: Any, head: Head = UNLISTED, choosing: object | None = None) -> str:
        """`choosing` is for whom a professional picks offers, on the pages that show some: `ui.plans.search_routes`."""
        return self._environment.get_template(template).render(page=page, head=head, choosing=choosing)

    def response(
        self,
        template: str,
        page: Any,
        cache: str,
        status: int = 200,
        *,
        head: Head = UNLISTED,
        choosing: object | None = None,
    ) -> HTMLResponse:
        content = self.html(template, page, head, choosing)
        return HTMLResponse(content, status, self._headers | {"Cache-Control": NEVER if choosing else cache})
