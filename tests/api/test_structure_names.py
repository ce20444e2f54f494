"""Names of structures kept in memory follow the catalogue."""

from pathlib import Path

import pytest

from indexer.catalogue import Catalogue, open_catalogue
from indexer.errors import CatalogueError
from indexer.search.structure_names import CHECK_SECONDS, StructureNames
from tests.support.small_feeds import LATER, bring, offer, structure


class Hand:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    opened = open_catalogue(f"sqlite:///{tmp_path / 'c.sqlite'}")
    bring(opened, [structure(1, nom="Maison verte", commune="Delle"), offer(1), offer(2), offer(3, suspendue=True)])
    return opened


def named(names: StructureNames, typed: str) -> list[str]:
    return [found.nom for found in names.find([typed], 5)]


def test_the_catalogue_lists_names_with_their_published_offers(catalogue: Catalogue) -> None:
    (name,) = catalogue.iter_structure_names()
    assert (name.id, name.nom, name.commune, name.offers) == ("ex--s1", "Maison verte", "Delle", 2)


def test_a_retired_structure_is_not_listed(catalogue: Catalogue) -> None:
    bring(catalogue, [structure(2, nom="Maison bleue")], now=LATER, accept_loss=True)
    assert [name.nom for name in catalogue.iter_structure_names()] == ["Maison bleue"]


def test_changes_are_seen_after_the_next_check(catalogue: Catalogue) -> None:
    clock = Hand()
    names = StructureNames(catalogue, clock, lambda work: work())
    assert named(names, "maison") == ["Maison verte"]
    bring(catalogue, [structure(1, nom="Maison jaune")], now=LATER, accept_loss=True)
    assert named(names, "maison") == ["Maison verte"]
    clock.now = CHECK_SECONDS
    assert named(names, "maison") == ["Maison jaune"]


def test_a_check_that_fails_keeps_the_names_and_tries_again(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Hand()
    names = StructureNames(catalogue, clock, lambda work: work())
    assert named(names, "maison") == ["Maison verte"]

    def unreachable() -> int:
        raise CatalogueError("hors service")

    with monkeypatch.context() as broken:
        broken.setattr(catalogue, "latest_revision_id", unreachable)
        clock.now = CHECK_SECONDS
        assert named(names, "maison") == ["Maison verte"]
    bring(catalogue, [structure(1, nom="Maison jaune")], now=LATER, accept_loss=True)
    clock.now = 2 * CHECK_SECONDS
    assert named(names, "maison") == ["Maison jaune"]
