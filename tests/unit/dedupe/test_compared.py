"""Comparing what changed gives the groups that comparing everything would give."""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.dedupe.blocking import Blocks, Keys, build_keys
from indexer.dedupe.card import Card
from indexer.dedupe.cluster import Cluster, Decisions
from indexer.dedupe.compared import Compared, Known, compare_changes
from tests.support.cards import card, groups_of, offer_card

SIRET = "12345678900011"
FAR = {"adresse": "40 avenue Foch", "latitude": 47.65, "longitude": 6.88}
FEW = 3
"""The largest block of these tests: eight records then pass it often, both ways."""


@dataclass
class World:
    """Records that come, change and go, and the groups kept from one time to the next."""

    largest: int = FEW
    cards: dict[str, Card] = field(default_factory=dict)
    keys: dict[str, Keys] = field(default_factory=dict)
    alike: set[tuple[str, str]] = field(default_factory=set)
    groups: dict[str, Cluster] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=Decisions)
    read: set[str] = field(default_factory=set)

    def follow(self, changed: dict[str, Card], gone: Collection[str]) -> Compared:
        self.cards = {i: c for i, c in {**self.cards, **changed}.items() if i not in gone}
        self.read = set()
        keys = {i: build_keys(c) for i, c in changed.items()}
        found = compare_changes(Known(self.keys, self.alike), keys, gone, self.decisions, self._load, self.largest)
        self.keys = {i: k for i, k in {**self.keys, **keys}.items() if i not in gone}
        self.alike = (self.alike - found.undone) | found.made
        self._keep(found, gone)
        return found

    def told(self) -> list[Cluster]:
        return sorted(self.groups.values(), key=lambda cluster: cluster.best)

    def _load(self, ids: Collection[str]) -> dict[str, Card]:
        self.read |= set(ids)
        return {i: self.cards[i] for i in ids if i in self.cards}

    def _keep(self, found: Compared, gone: Collection[str]) -> None:
        for best in found.reached | set(gone):
            self.groups.pop(best, None)
        self.groups |= {cluster.best: cluster for cluster in found.clusters}


def named(record_id: str, name: str = "Ressort", **fields: object) -> dict[str, Card]:
    return {record_id: card(record_id, name, **fields)}


def test_a_record_that_goes_undoes_its_group() -> None:
    world = World()
    world.follow(named("a--1") | named("b--1"), ())
    assert len(world.told()) == 1
    world.follow({}, {"a--1"})
    assert world.told() == []


def test_two_records_kept_apart_by_a_third_meet_when_it_goes() -> None:
    aci = named("a--1", "Audotri", siret=SIRET, reseaux_porteurs=["aci"])
    ei = named("a--2", "Audotri entreprise", siret=SIRET, reseaux_porteurs=["ei"])
    world = World()
    world.follow(aci | ei | named("b--1", "Audotri", siret=SIRET), ())
    (first,) = world.told()
    alone = ({"a--1", "a--2"} - {first.best, *(i for i, _ in first.others)}).pop()
    world.follow({}, {"a--1", "a--2"} - {alone})
    assert world.told() == groups_of([world.cards[alone], world.cards["b--1"]], largest=FEW)


def test_a_block_that_becomes_too_common_joins_nobody_and_joins_again_when_it_is_rarer() -> None:
    world = World(largest=2)
    world.follow(named("a--1") | named("b--1"), ())
    assert len(world.told()) == 1
    world.follow(named("c--1"), ())
    assert world.told() == []
    world.follow({}, {"c--1"})
    assert len(world.told()) == 1


def test_what_shares_nothing_with_a_change_is_not_even_read() -> None:
    elsewhere = {"code_insee": "86194", "code_postal": "86000", "commune": "Poitiers", "latitude": 46.58}
    world = World(largest=60)
    world.follow(named("a--1") | named("b--1") | named("a--2", "La Boussole", **elsewhere), ())
    world.follow(named("b--1", telephone="+33384000000"), ())
    assert world.read == {"a--1", "b--1"}


def test_nothing_new_reads_nothing() -> None:
    world = World()
    world.follow(named("a--1") | named("b--1"), ())
    assert world.follow({}, ()).clusters == ()
    assert world.read == set()


NAMES = ["Ressort", "Association Ressort", "Ressort Nord", "La Boussole", "Mairie de Belfort"]
IDS = st.sampled_from([f"{source}--{number}" for source in "abc" for number in range(4)])
FIELDS = st.fixed_dictionaries(
    {}, optional={"siret": st.just(SIRET), "telephone": st.just("+33384000000"), "far": st.booleans()}
)


@st.composite
def changes(draw: st.DrawFn) -> tuple[dict[str, Card], set[str], Decisions]:
    """Some records that come or change, others that go, and all that coordinators have said by then."""
    told = draw(st.dictionaries(IDS, st.tuples(st.sampled_from(NAMES), FIELDS), max_size=5))
    gone = draw(st.sets(IDS, max_size=3)) - told.keys()
    said = draw(st.dictionaries(st.sets(IDS, min_size=2, max_size=2).map(frozenset), st.booleans(), max_size=2))
    made = {i: _made(i, name, dict(fields)) for i, (name, fields) in told.items()}
    same, different = ({pair for pair, one in said.items() if one is wanted} for wanted in (True, False))
    return made, gone, Decisions(same, different)


def _made(record_id: str, name: str, fields: dict[str, object]) -> Card:
    place = FAR if fields.pop("far", False) else {}
    return card(record_id, name, **place, **fields)


@settings(deadline=None, max_examples=300)
@given(st.lists(changes(), min_size=1, max_size=6), st.sampled_from([2, FEW, 60]))
def test_after_any_sequence_the_groups_are_those_of_everything_compared_at_once(
    sequence: list[tuple[dict[str, Card], set[str], Decisions]], largest: int
) -> None:
    world = World(largest)
    for changed, gone, said in sequence:
        world.decisions = _with(world.decisions, said)
        world.follow(changed, gone)
        assert world.told() == groups_of([*world.cards.values()], world.decisions, largest)


def _with(former: Decisions, said: Decisions) -> Decisions:
    """A coordinator's last word on a pair takes the place of the one before."""
    same, different = set(said.same), set(said.different)
    return Decisions((set(former.same) - different) | same, (set(former.different) - same) | different)


@given(
    st.lists(st.sets(st.integers(0, 6)), max_size=8),
    st.sets(st.integers(0, 7)),
    st.sampled_from([2, FEW, 60]),
)
@settings(deadline=None)
def test_the_pairs_are_those_that_share_a_block_that_is_not_too_large(
    shared: list[set[int]], concerned: set[int], largest: int
) -> None:
    blocks = Blocks([np.array(sorted(keys), np.uint64) for keys in shared], largest)
    mask = np.array([place in concerned for place in range(len(shared))], np.bool_)
    small = {key for key in range(7) if sum(key in keys for keys in shared) <= largest}
    expected = [
        (one, other)
        for one in range(len(shared))
        for other in range(one + 1, len(shared))
        if shared[one] & shared[other] & small and (one in concerned or other in concerned)
    ]
    assert blocks.pairs_with(mask) == expected


def test_two_offers_of_one_place_share_no_block_unless_their_titles_share_a_word() -> None:
    first, second, third = (
        set(build_keys(offer_card(i, title, "Ressort")).tolist())
        for i, title in (("a--1", "Passer le permis"), ("b--1", "Permis de conduire"), ("c--1", "Cuisine"))
    )
    assert first & second
    assert not first & third
