"""Every address of the pages, built in one place."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, urlencode

from indexer.search.request import DEFAULT_RADIUS_KM
from ui.state import DEFAULT_SIZE, FILTERS, SearchState

HOME: Final = "/"
OFFERS: Final = "/offres"
OFFER_ROUTE: Final = "/offres/{offer_id:path}"
OFFER_REPORT_ROUTE: Final = "/offres/{record_id:path}/signaler"
OFFER_CALENDAR_ROUTE: Final = "/offres/{offer_id:path}/seances.ics"
STRUCTURE_REPORT_ROUTE: Final = "/structures/{record_id:path}/signaler"
KEPT: Final = "/ma-liste"
PLAN: Final = "/plan"
STRUCTURE_ROUTE: Final = "/structures/{structure_id:path}"
SUGGEST: Final = "/v1/suggest"
MAP: Final = "/carte.json"
ASSETS: Final = "/assets"
ASSET_ROUTE: Final = "/assets/{name}"
ABOUT: Final = "/a-propos"
SOURCES: Final = "/sources"
SOURCE_ROUTE: Final = "/sources/{flux}"
ACCESSIBILITY: Final = "/accessibilite"
PRIVACY: Final = "/confidentialite"
LEGAL: Final = "/mentions-legales"
SITE_MAP: Final = "/plan-du-site"
API_DOCS: Final = "/docs"
WORKSPACE: Final = "/espace"
PUBLISH: Final = "/publier"
ROBOTS: Final = "/robots.txt"
SITEMAP: Final = "/sitemap.xml"
SITEMAP_ROUTE: Final = "/sitemap-{name}.xml"

LISTED: Final = (HOME, OFFERS, ABOUT, SOURCES, ACCESSIBILITY, PRIVACY, LEGAL, SITE_MAP)
"""The pages that a sitemap tells, beside offers and structures."""

Pairs = list[tuple[str, str]]


def offers(state: SearchState) -> str:
    """The results page of a search; what is at its default is left out."""
    return _with_query(OFFERS, search_pairs(state))


def map_points(state: SearchState) -> str:
    """What the map of a search shows."""
    return _with_query(MAP, search_pairs(state))


def offers_of_theme(thematique: str) -> str:
    return _with_query(OFFERS, [("thematiques", thematique)])


def offer(offer_id: str, code_commune: str | None = None) -> str:
    """`code_commune` lets the page say how far it is; the words typed stay out of an address that people share."""
    return _with_query(f"/offres/{_segment(offer_id)}", _present([("code_commune", code_commune)]))


def structure(structure_id: str, page: int = 1, code_commune: str | None = None) -> str:
    pairs = [("code_commune", code_commune), ("page", None if page == 1 else str(page))]
    return _with_query(f"/structures/{_segment(structure_id)}", _present(pairs))


def report_offer(offer_id: str) -> str:
    return f"/offres/{_segment(offer_id)}/signaler"


def report_structure(structure_id: str) -> str:
    return f"/structures/{_segment(structure_id)}/signaler"


def source_report(flux: str) -> str:
    return f"/sources/{_segment(flux)}"


def report_sent(form: str, kept: bool) -> str:
    """Where one lands after sending the form at the address `form`."""
    return _with_query(form, [("envoye", "oui" if kept else "deja")])


def calendar(offer_id: str) -> str:
    return f"/offres/{_segment(offer_id)}/seances.ics"


def kept(offer_ids: Iterable[str] = ()) -> str:
    """The list of offers that someone keeps: its address is all there is of it."""
    return _with_query(KEPT, [("ids", offer_id) for offer_id in offer_ids])


def sitemap_file(name: str) -> str:
    return SITEMAP_ROUTE.format(name=name)


def asset(name: str) -> str:
    return f"{ASSETS}/{name}"


def phone(number: str) -> str:
    """`number` as the catalogue keeps it: E.164, or a short number."""
    return "tel:" + "".join(c for c in number if c.isdigit() or c == "+")


def mail(address: str) -> str:
    return "mailto:" + quote(address, safe="@")


def share_by_mail(title: str, address: str) -> str:
    """A letter to nobody yet, that holds an address."""
    return "mailto:?" + urlencode([("subject", title), ("body", f"{title}\n{address}")], quote_via=quote)


def map_of(latitude: float, longitude: float) -> str:
    return (
        f"https://www.openstreetmap.org/?mlat={latitude:.6f}&mlon={longitude:.6f}#map=17/{latitude:.6f}/{longitude:.6f}"
    )


def way_to(latitude: float, longitude: float) -> str:
    """Where a person says from where they go, and sees the way."""
    return f"https://www.openstreetmap.org/directions?to={latitude:.6f}%2C{longitude:.6f}"


def web(address: str | None) -> str | None:
    """The address of another site, None unless it is plain http(s): what a feed brought is never trusted."""
    if address is None or not address.lower().startswith(("http://", "https://")):
        return None
    return address


def search_pairs(state: SearchState) -> Pairs:
    """Names and values of a search, in a fixed order."""
    pairs: list[tuple[str, str | None]] = [
        ("q", state.q or None),
        ("lieu", state.lieu or None),
        ("code_commune", state.code_commune),
        ("lat", _number(state.lat)),
        ("lon", _number(state.lon)),
        ("rayon_km", None if state.rayon_km == DEFAULT_RADIUS_KM else _number(state.rayon_km)),
    ]
    pairs += [(name, value) for name in FILTERS for value in state.filtres.get(name, ())]
    pairs += [("sans_besoin", value) for value in state.sans_besoin]
    pairs += [("sans_souhait", value) for value in state.sans_souhait]
    pairs += [("sans_lieu", "1")] if state.sans_lieu else []
    pairs += [("tel_quel", "1")] if state.tel_quel else []
    pairs += [
        ("debut_apres", None if state.debut_apres is None else state.debut_apres.isoformat()),
        ("debut_avant", None if state.debut_avant is None else state.debut_avant.isoformat()),
        ("tri", None if state.tri == "pertinence" else state.tri),
        ("size", None if state.size == DEFAULT_SIZE else str(state.size)),
        ("page", None if state.page == 1 else str(state.page)),
    ]
    return _present(pairs)


def _present(pairs: list[tuple[str, str | None]]) -> Pairs:
    return [(name, value) for name, value in pairs if value is not None]


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:.10g}"


def _segment(text: str) -> str:
    return quote(text, safe="")


def _with_query(path: str, pairs: Pairs) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path
