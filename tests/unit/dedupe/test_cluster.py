from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.dedupe.card import Card
from indexer.dedupe.cluster import Cluster, Decisions
from indexer.dedupe.rule import judge
from tests.support.cards import card, groups_of

SIRET = "12345678900011"
FAR = {"adresse": "40 avenue Foch", "latitude": 47.65, "longitude": 6.88}


def ids_of(clusters: Sequence[Cluster]) -> list[set[str]]:
    return [{cluster.best, *(i for i, _ in cluster.others)} for cluster in clusters]


def test_the_record_that_tells_most_is_the_best() -> None:
    poor = card("a--1", "Ressort")
    rich = card("b--1", "Ressort", telephone="+33384000000", description="Une aide à l'emploi.")
    (cluster,) = groups_of([poor, rich])
    assert (cluster.best, [i for i, _ in cluster.others]) == ("b--1", ["a--1"])


def test_a_chain_of_likenesses_is_no_group() -> None:
    here = card("a--1", "Ressort", siret=SIRET)
    moved = card("b--1", "Ressort", siret=SIRET, **FAR)
    neighbour = card("c--1", "Ressort", **FAR)
    assert judge(here, moved).same
    assert judge(moved, neighbour).same
    assert not judge(here, neighbour).same
    (group,) = ids_of(groups_of([here, moved, neighbour]))
    members = [one for one in (here, moved, neighbour) if one.id in group]
    assert any(all(core is one or judge(core, one).same for one in members) for core in members)


def test_two_pairs_do_not_meet_by_their_ends() -> None:
    ends = [card("a--1", "Ressort", siret=SIRET), card("b--1", "Ressort", siret=SIRET, **FAR)]
    others = [card("c--1", "Ressort"), card("d--1", "Ressort", **FAR)]
    assert all(len(group) < 4 for group in ids_of(groups_of([*ends, *others])))


def test_two_records_that_one_source_keeps_apart_never_meet_through_a_third() -> None:
    aci = card("a--1", "Audotri", siret=SIRET, reseaux_porteurs=["aci"])
    ei = card("a--2", "Audotri entreprise", siret=SIRET, reseaux_porteurs=["ei"])
    (group,) = ids_of(groups_of([aci, ei, card("b--1", "Audotri", siret=SIRET)]))
    assert len(group & {"a--1", "a--2"}) == 1


def test_a_coordinator_joins_what_the_rule_leaves_apart() -> None:
    cards = [card("a--1", "Ressort"), card("b--1", "La Boussole", **FAR)]
    assert groups_of(cards) == []
    joined = groups_of(cards, Decisions(same={frozenset(("a--1", "b--1"))}))
    assert ids_of(joined) == [{"a--1", "b--1"}]


def test_a_coordinator_parts_what_the_rule_joins() -> None:
    cards = [card("a--1", "Ressort"), card("b--1", "Ressort")]
    assert groups_of(cards, Decisions(different={frozenset(("a--1", "b--1"))})) == []


def test_parted_records_do_not_meet_through_a_third() -> None:
    cards = [card(f"{source}--1", "Ressort") for source in "abc"]
    groups = groups_of(cards, Decisions(different={frozenset(("a--1", "b--1"))}))
    assert not any({"a--1", "b--1"} <= ids for ids in ids_of(groups))


def test_a_decision_on_a_record_that_is_gone_is_waited_for() -> None:
    decisions = Decisions(same={frozenset(("a--1", "gone--1"))})
    assert groups_of([card("a--1", "Ressort")], decisions) == []


NAMES = st.sampled_from(["Ressort", "Association Ressort", "Ressort Nord", "La Boussole", "Mairie de Belfort"])
CARDS = st.lists(
    st.builds(
        lambda source, name, siret: (source, name, siret), st.sampled_from("abc"), NAMES, st.sampled_from([None, SIRET])
    ),
    max_size=8,
).map(lambda rows: [card(f"{s}--{n}", name, siret=siret) for n, (s, name, siret) in enumerate(rows)])


@settings(deadline=None)
@given(CARDS, st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_no_group_and_each_is_in_one_at_most(
    cards: list[Card], chance: object
) -> None:
    groups = groups_of(cards)
    chance.shuffle(cards)  # type: ignore[attr-defined]
    assert groups_of(cards) == groups
    everyone = [i for ids in ids_of(groups) for i in ids]
    assert len(everyone) == len(set(everyone))
