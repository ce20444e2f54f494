import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.geocode.communes import Communes, load_communes


def codes(communes: Communes, text: str, limit: int = 10) -> list[str]:
    return [c.code for c in communes.search(text, limit)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("La Rochelle", "17300"),
        ("rochelle", "17300"),
        ("havre", "76351"),
        ("le hav", "76351"),
        ("letang sale", "97404"),
        ("st etienne", "42218"),
        ("belf", "90010"),
        ("marsielle", "13055"),
        ("bordaux", "33063"),
        ("montpelier", "34172"),
        ("ajacio", "2A004"),
        ("denis", "97411"),
        ("90000", "90010"),
        ("59350", "59527"),
        ("2a004", "2A004"),
        ("paris", "75056"),
        ("paris 1", "75101"),
        ("Lyon 3e", "69383"),
        ("75010", "75110"),
        ("7501", "75056"),
        ("arbignieu", "01015"),
        ("59000 lille", "59350"),
        ("saint denis 93", "93066"),
        ("évry", "91228"),
        ("noumea", "98818"),
    ],
)
def test_what_is_typed_finds_the_commune_first(shipped: Communes, typed: str, first: str) -> None:
    assert codes(shipped, typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "also"), [("59350", "59350"), ("lile", "59350"), ("renes", "35238"), ("750", "75115")]
)
def test_what_is_typed_also_finds(shipped: Communes, typed: str, also: str) -> None:
    assert also in codes(shipped, typed)


def test_larger_communes_come_first(shipped: Communes) -> None:
    populations = [c.population for c in shipped.search("sai")]
    assert len(populations) == 10
    assert populations == sorted(populations, reverse=True)


def test_every_commune_of_more_than_a_thousand_is_found_by_its_name(shipped: Communes) -> None:
    everything = [c for n in "0123456789" for c in shipped.search(n, 50_000)]
    named = [c for c in everything if c.population > 1000][::7]
    missed = [c.nom for c in named if c.code not in codes(shipped, c.nom)]
    assert len(named) > 1000
    assert len(missed) <= len(named) * 0.005  # homonyms by the dozen, as Saint-Martin


@pytest.mark.parametrize("typed", ["", "   ", "zzzz", "!!!", "x" * 10_000])
def test_nothing_sensible_finds_nothing(shipped: Communes, typed: str) -> None:
    assert codes(shipped, typed) == []


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert Communes([]).search("paris") == []


@given(st.text(max_size=20), st.integers(0, 12))
def test_any_text_gives_at_most_the_limit_without_doubles(text: str, limit: int) -> None:
    found = codes(load_communes(), text, limit)
    assert len(found) == len(set(found)) <= limit
