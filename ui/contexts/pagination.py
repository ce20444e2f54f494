"""Links to the other pages of a list."""

from collections.abc import Callable
from dataclasses import dataclass

AROUND = 2
"""Pages shown on each side of the current one."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """`number` None is a gap."""

    number: int | None
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Pagination:
    previous: str | None
    next: str | None
    label: str
    links: tuple[PageLink, ...]


def build_pagination(page: int, pages: int, url_of: Callable[[int], str]) -> Pagination | None:
    """None when all is on one page."""
    if pages < 2:
        return None
    shown = sorted({1, pages, *range(max(1, page - AROUND), min(pages, page + AROUND) + 1)})
    links: list[PageLink] = []
    for number in shown:
        last = links[-1].number if links else number - 1
        if last is not None and number - last > 1:
            links.append(PageLink(None, "", False))
        links.append(PageLink(number, url_of(number), number == page))
    return Pagination(
        previous=url_of(page - 1) if page > 1 else None,
        next=url_of(page + 1) if page < pages else None,
        label=f"Page {page} sur {pages}",
        links=tuple(links),
    )
