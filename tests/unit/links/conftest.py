"""The fixtures of both real databases, and the sites that links point to."""

from collections.abc import Iterator

import pytest

from tests.support.linked_site import Site, serve_links


@pytest.fixture
def site() -> Iterator[Site]:
    with serve_links() as served:
        yield served
