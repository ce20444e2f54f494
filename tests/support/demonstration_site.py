"""The demonstration's pages on a real server, with the tests' quick encoder; words, places, filters are real."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from indexer.demonstration.load import build_demonstration
from indexer.geocode.communes import load_communes
from indexer.geocode.locate import locate
from indexer.normalise.normalise import normalise
from indexer.schema import Kind
from tests.support.pages import TODAY, PagesWorld, serving

_NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


def demonstration_world(folder: Path) -> PagesWorld:
    """The 220 offers, imported and indexed as of the day of the tests' pages."""
    world = PagesWorld(folder)
    records = [
        (Kind.OFFER if "structure_id" in record else Kind.STRUCTURE, record) for record in build_demonstration(TODAY)
    ]
    place = partial(locate, communes=load_communes())
    world.bring(records, normalise=partial(normalise, locate=place, now=_NOON), licence="Exemples fictifs")
    world.index()
    return world


@contextmanager
def serving_demonstration(folder: Path) -> Iterator[str]:
    """Gives the address of the site."""
    with serving(demonstration_world(folder).app) as address:
        yield address
