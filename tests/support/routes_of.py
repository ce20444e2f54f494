"""Every route of an application, and whether somebody must be signed in to reach it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant

from indexer.accounts import Role
from ui.espace.guard import read_form, signed_in
from ui.late_routes import LateRoutes


@dataclass(frozen=True)
class FoundRoute:
    """`roles` are those that its guard lets in; None when nobody has to be signed in."""

    path: str
    methods: frozenset[str]
    roles: frozenset[Role] | None

    @property
    def names(self) -> list[str]:
        """Of its parameters, in their order."""
        return [part[1:-1].partition(":")[0] for part in self.path.split("/") if part.startswith("{")]

    def address(self, values: dict[str, str]) -> str:
        """KeyError for a parameter that has no value."""
        return "/".join(
            values[part[1:-1].partition(":")[0]] if part.startswith("{") else part for part in self.path.split("/")
        )


def routes_of(app: FastAPI) -> list[FoundRoute]:
    """In their order, those of included routers too; not the files of documentation that the framework adds."""
    found = [route for route in _iter_flat(app.routes) if hasattr(route, "dependant")]
    return [FoundRoute(route.path, frozenset(route.methods), _roles(route.dependant)) for route in found]


def _iter_flat(routes: Iterable[Any]) -> Iterator[Any]:
    for route in routes:
        included = route.router.get() if isinstance(route, LateRoutes) else getattr(route, "original_router", None)
        if included is None:
            yield route
        else:
            yield from _iter_flat(included.routes)


def _roles(dependant: Dependant) -> frozenset[Role] | None:
    """The strictest guard of a route and of what it depends on."""
    own: list[frozenset[Role]] = []
    if dependant.call in (signed_in, read_form):
        own.append(frozenset(Role))
    if hasattr(dependant.call, "guards"):
        own.append(frozenset(dependant.call.guards))
    own += [roles for roles in map(_roles, dependant.dependencies) if roles is not None]
    return frozenset.intersection(*own) if own else None
