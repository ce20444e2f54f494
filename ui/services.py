"""What the pages need of the application: the services that its state holds."""

from typing import TYPE_CHECKING, Protocol, cast

from starlette.requests import HTTPConnection

from indexer.catalogue import Catalogue, SourceSummary
from indexer.labour.service import Labour
from indexer.matching.matcher import Matcher
from indexer.metiers.service import Jobs
from indexer.search import OfferSearch
from indexer.settings import Settings
from search_api import client_address

if TYPE_CHECKING:
    from indexer.workspace import Workspace


class Sources(Protocol):
    """The sources of the catalogue, at most half a minute old: counting them walks all its records."""

    def get(self) -> list[SourceSummary]: ...


class PageServices(Protocol):
    """The part of `app.state.services` that pages use."""

    @property
    def catalogue(self) -> Catalogue: ...

    @property
    def settings(self) -> Settings: ...

    @property
    def search(self) -> OfferSearch: ...

    @property
    def matcher(self) -> Matcher: ...

    @property
    def metiers(self) -> Jobs: ...

    @property
    def labour(self) -> Labour: ...

    @property
    def sources(self) -> Sources: ...

    @property
    def workspace(self) -> "Workspace": ...


def services_of(connection: HTTPConnection) -> PageServices:
    """The services of the application that serves this request."""
    return cast(PageServices, connection.app.state.services)


def sender_of(request: HTTPConnection) -> str:
    """Whom the limits count for a request: an address, or the network of a household."""
    return client_address.sender_of(request.scope, services_of(request).settings.trusted_proxies)
