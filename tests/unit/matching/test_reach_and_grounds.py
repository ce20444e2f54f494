"""How far a person goes, and what the sea keeps apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.geocode.communes import load_communes
from indexer.matching.islands import ground_at, ground_of
from indexer.matching.profile import Mobilite, Moyen
from indexer.matching.reach import MAX_KM, MIN_KM, PACES, Density, build_travel, density_at

DENSITIES: tuple[Density, ...] = ("dense", "moyen", "rural")
MEANS: tuple[Moyen, ...] = ("a-pied", "velo", "transports-en-commun", "voiture")


@given(st.sampled_from(DENSITIES), st.sampled_from(MEANS), st.integers(5, 240))
def test_more_time_never_reaches_less_far(density: Density, means: Moyen, minutes: int) -> None:
    def km(duration: int) -> float:
        return build_travel(Mobilite(moyens=(means,), duree_max_min=duration), density).reached.rayon_km

    assert MIN_KM <= km(minutes) <= km(min(minutes + 10, 240)) <= MAX_KM


@given(st.sampled_from(DENSITIES), st.sampled_from(MEANS), st.integers(30, 120))
def test_the_journey_to_the_edge_of_the_circle_takes_the_time_given(
    density: Density, means: Moyen, minutes: int
) -> None:
    pace = PACES[density][means]
    assert minutes - 1e-6 <= pace.minutes(pace.km(minutes)) < minutes + 5


def test_the_means_that_goes_farthest_gives_the_circle_and_the_quickest_the_journey() -> None:
    travel = build_travel(Mobilite(moyens=("a-pied", "voiture"), duree_max_min=30), "rural")
    assert travel.reached.moyen == "voiture"
    assert travel.duration_min(0.2) == 5  # on foot: under the five minutes that a car costs


@pytest.mark.parametrize(
    ("density", "licence", "means"),
    [
        ("dense", None, "transports-en-commun"),
        ("rural", None, "voiture"),
        ("rural", False, "transports-en-commun"),
        ("rural", True, "voiture"),
    ],
)
def test_without_means_they_are_supposed_and_it_is_known(density: Density, licence: bool | None, means: Moyen) -> None:
    travel = build_travel(Mobilite(permis=licence), density)
    assert (travel.reached.moyen, travel.supposed) == (means, True)


def test_what_the_words_say_is_heard_when_no_means_is_given() -> None:
    assert build_travel(Mobilite(), "rural", "velo").reached.moyen == "velo"
    assert build_travel(Mobilite(moyens=("voiture",)), "rural", "velo").reached.moyen == "voiture"


@pytest.mark.parametrize(("code", "density"), [("75056", "dense"), ("59350", "dense"), ("48095", "rural")])
def test_density_is_that_of_the_communes_around(code: str, density: Density) -> None:
    commune = load_communes().get(code)
    assert commune is not None
    assert density_at(load_communes(), commune.latitude, commune.longitude) == density


@pytest.mark.parametrize(
    ("one", "other"),
    [("56186", "56152"), ("97105", "97112"), ("13055", "2A004"), ("971" + "05", "97209"), ("97608", "97611")],
)
def test_places_apart_by_the_sea_are_on_different_grounds(one: str, other: str) -> None:
    communes = load_communes()
    assert ground_of(communes.resolve(one)) != ground_of(communes.resolve(other))


@pytest.mark.parametrize(("one", "other"), [("90010", "56186"), ("2A004", "2B033"), ("17300", "17161")])
def test_places_that_a_road_joins_are_on_one_ground(one: str, other: str) -> None:
    communes = load_communes()
    assert ground_of(communes.resolve(one)) == ground_of(communes.resolve(other)) is not None


def test_the_ground_of_an_offer_is_read_from_its_point_when_it_has_no_commune() -> None:
    communes = load_communes()
    assert ground_at(communes, None, 47.346, -3.154) == "belle-ile"
    assert ground_at(communes, None, None, None) is None
