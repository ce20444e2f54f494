"""Any sequence of imports by three fluxes gives what ten lines of plain Python say it must."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from indexer.catalogue import Catalogue
from indexer.catalogue.tables import listings, offers
from indexer.schema import Statut
from tests.support.small_feeds import bring, offer, structure

FLUXES = ("A", "a", "b")


@dataclass(frozen=True)
class Line:
    """What one flux says of one offer."""

    nom: str
    date_maj: date | None


lines = st.builds(Line, st.sampled_from(["x", "y"]), st.sampled_from([None, date(2026, 1, 1), date(2026, 2, 1)]))
feeds = st.dictionaries(st.integers(1, 4), lines, max_size=4)
commands = st.lists(st.tuples(st.sampled_from(FLUXES), feeds), min_size=1, max_size=6)


class Model:
    """The catalogue as a dictionary: what each flux lists, and the last content of each offer."""

    def __init__(self) -> None:
        self.listed: dict[str, dict[int, Line]] = {flux: {} for flux in FLUXES}
        self.content: dict[int, str] = {}
        self.changes = 0

    def bring(self, flux: str, feed: dict[int, Line]) -> None:
        before = self.state()
        self.listed[flux] = feed
        for number, (_, line) in self.winners().items():
            self.content[number] = line.nom
        self.changes += sum(before.get(number) != now for number, now in self.state().items())

    def winners(self) -> dict[int, tuple[str, Line]]:
        """Newest date, then first name."""
        found: dict[int, tuple[str, Line]] = {}
        for flux in FLUXES:
            for number, line in self.listed[flux].items():
                best = found.get(number)
                if best is None or (line.date_maj or date.min) > (best[1].date_maj or date.min):
                    found[number] = (flux, line)
        return found

    def state(self) -> dict[int, tuple[str, bool]]:
        winners = self.winners()
        return {number: (nom, number in winners) for number, nom in self.content.items()}


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(commands)
def test_any_sequence_of_imports_agrees_with_the_model(
    catalogue: Catalogue, sequence: list[tuple[str, dict[int, Line]]]
) -> None:
    check_sequence(catalogue, sequence)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(commands)
def test_some_sequences_of_imports_agree_with_the_model(
    catalogue: Catalogue, sequence: list[tuple[str, dict[int, Line]]]
) -> None:
    check_sequence(catalogue, sequence)


def check_sequence(catalogue: Catalogue, sequence: list[tuple[str, dict[int, Line]]]) -> None:
    _empty(catalogue)
    model = Model()
    for flux, feed in sequence:
        records = [offer(number, nom=line.nom, date_maj=line.date_maj) for number, line in feed.items()]
        bring(catalogue, [structure(), *records], flux=flux)
        model.bring(flux, feed)
        _check(catalogue, model)
        revisions = catalogue.latest_revision_id()
        again = bring(catalogue, [structure(), *records], flux=flux)
        assert (again.unchanged, catalogue.latest_revision_id()) == (len(feed) + 1, revisions)


def _check(catalogue: Catalogue, model: Model) -> None:
    with catalogue.database.reading() as connection:
        rows = connection.execute(select(offers)).all()
        bodies = connection.execute(
            select(listings.c.body, listings.c.content_hash, offers.c.content_hash.label("own")).join(
                offers, offers.c.id == listings.c.record_id
            )
        ).all()
    stored = {int(row.id.removeprefix("ex--o")): row for row in rows}
    found = {number: catalogue.get_offer(row.id) for number, row in stored.items()}
    assert {n: (s.offer.nom, s.statut is Statut.PUBLIEE) for n, s in found.items() if s is not None} == model.state()
    for number, (flux, line) in model.winners().items():
        assert (stored[number].flux, stored[number].date_maj) == (flux, line.date_maj)
    # A listing keeps its own text exactly when the record has another one.
    assert all((row.body is None) == (row.content_hash == row.own) for row in bodies)
    own_changes = [r for r in catalogue.iter_changes_since(0) if r.kind == "offre"]
    assert len(own_changes) == model.changes


def _empty(catalogue: Catalogue) -> None:
    with catalogue.database.writing() as connection:
        for table in ("revisions", "listings", "offers", "structures", "imports", "fluxes", "jobs"):
            connection.execute(text(f"DELETE FROM {table}"))
