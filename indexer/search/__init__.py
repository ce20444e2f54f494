"""The search as people ask for it: words and a commune in, offers with their reasons out. Knows no HTTP and no page."""

from indexer.search.answer import FacetValue, Item, OtherPlace, SearchAnswer
from indexer.search.request import SearchRequest
from indexer.search.service import OfferSearch, build_offer_search

__all__ = [
    "FacetValue",
    "Item",
    "OfferSearch",
    "OtherPlace",
    "SearchAnswer",
    "SearchRequest",
    "build_offer_search",
]
