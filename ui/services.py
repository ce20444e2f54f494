"""What the pages need of the application: the two services that its state holds."""

from typing import Protocol, cast

from starlette.requests import HTTPConnection

from indexer.catalogue import Catalogue
from indexer.search import OfferSearch


class PageServices(Protocol):
    """The part of `app.state.services` that pages use."""

    @property
    def catalogue(self) -> Catalogue: ...

    @property
    def search(self) -> OfferSearch: ...


def services_of(connection: HTTPConnection) -> PageServices:
    """The services of the application that serves this request."""
    return cast(PageServices, connection.app.state.services)
