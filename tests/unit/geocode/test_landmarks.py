from hypothesis import given
from hypothesis import strategies as st

from indexer.geocode.communes import load_communes
from indexer.geocode.distance import distance_km

BELFORT = (47.6386, 6.8628)


def test_the_most_peopled_communes_come_first() -> None:
    names = [commune.nom for commune in load_communes().largest_within(*BELFORT, 20, 3)]
    assert names == ["Belfort", "Montbéliard", "Audincourt"]


def test_a_city_with_arrondissements_is_one_landmark() -> None:
    largest = load_communes().largest_within(48.8566, 2.3522, 5, 10)
    assert largest[0].nom == "Paris"
    assert not [commune for commune in largest if commune.type != "COM"]


def test_at_sea_there_is_none() -> None:
    assert load_communes().largest_within(40.0, -30.0, 100, 5) == []


@given(st.floats(42, 51), st.floats(-4, 8), st.floats(1, 80), st.integers(0, 30))
def test_each_is_within_the_circle_and_none_that_is_left_out_is_larger(
    latitude: float, longitude: float, radius_km: float, limit: int
) -> None:
    found = load_communes().largest_within(latitude, longitude, radius_km, limit)
    every = load_communes().largest_within(latitude, longitude, radius_km, 40_000)
    assert found == every[:limit]
    assert all(distance_km(latitude, longitude, c.latitude, c.longitude) <= radius_km + 1e-6 for c in every)
    assert [c.population for c in every] == sorted((c.population for c in every), reverse=True)
