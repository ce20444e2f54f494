import pytest

from indexer.geocode.communes import Communes
from indexer.geocode.distance import distance_km


def code_of(commune: object) -> str | None:
    return getattr(commune, "code", None)


def test_get_wants_the_exact_code_and_prefers_the_commune_of_today(world: Communes) -> None:
    assert code_of(world.get("90001")) == "90001"
    found = world.get("90002")
    assert found is not None
    assert found.nom == "Petit-Bourg"
    assert world.get("90099") is None


def test_resolve_follows_merged_and_delegated_codes(shipped: Communes) -> None:
    assert code_of(shipped.resolve("01340")) == "01015"  # merged
    assert code_of(shipped.resolve("01120")) == "01262"  # associated
    assert code_of(shipped.resolve("69232")) == "69123"
    assert shipped.resolve("00000") is None


@pytest.mark.parametrize("code", ["75056", "75110", "69123", "69383", "13055", "13201", "97411", "98818", "97801"])
def test_cities_their_arrondissements_and_overseas_stay_what_they_are(shipped: Communes, code: str) -> None:
    assert code_of(shipped.resolve(code)) == code


def test_arrondissements_answer_for_their_city_to_a_postal_code(shipped: Communes) -> None:
    assert [c.code for c in shipped.by_postal_code("75010")] == ["75110"]
    assert [c.code for c in shipped.by_postal_code("90000")] == ["90010"]
    assert shipped.by_postal_code("99999") == ()


@pytest.mark.parametrize(
    ("nom", "postal", "code"),
    [
        ("ST DENIS", "97400", "97411"),
        ("L ETANG SALE", "97427", "97404"),
        ("Port", "97420", "97407"),
        ("Saint Pierre", "97410", "97416"),
        ("LILLE CEDEX 9", "59777", "59350"),
        ("Paris", "75010", "75110"),
        ("Paris 10e Arrondissement", "75010", "75110"),
        ("PARIS", "75000", "75056"),
        ("Marseille 01", "13001", "13201"),
        ("Arbignieu", "01300", "01015"),
        ("Villeneuve d'Asq", "59650", "59009"),
    ],
)
def test_a_name_and_a_postal_code_designate_a_commune(shipped: Communes, nom: str, postal: str, code: str) -> None:
    assert code_of(shipped.match(nom, postal)) == code


@pytest.mark.parametrize(
    ("nom", "postal"),
    [
        ("La", "97432"),
        ("Saint-Gilles les Hauts", "97435"),
        ("Saint-Pierre", "97451"),
        ("Saint-André", "97400"),
        ("Paris 10e", "75011"),
        ("Paris", "59000"),
        ("", "59000"),
    ],
)
def test_nothing_is_designated_at_the_least_doubt(shipped: Communes, nom: str, postal: str) -> None:
    assert shipped.match(nom, postal) is None


def test_the_zones_of_a_commune_hold_no_region(shipped: Communes) -> None:
    paris_10 = shipped.get("75110")
    assert paris_10 is not None
    assert shipped.zones_of(paris_10) == {"75110", "75056", "75", "200054781", "france", "99100"}


def test_the_nearest_commune_comes_with_its_distance(world: Communes) -> None:
    found = world.nearest(47.6, 6.81)
    assert found is not None
    commune, distance = found
    assert commune.code == "90001"
    assert distance == pytest.approx(distance_km(47.6, 6.81, 47.6, 6.8))


def test_a_departement_restricts_the_nearest_commune(shipped: Communes) -> None:
    found = shipped.nearest(47.638, 6.86, "90")
    assert found is not None
    assert found[0].code == "90010"
    assert shipped.nearest(47.638, 6.86, "974") is None


@pytest.mark.parametrize(
    ("where", "latitude", "longitude"),
    [("Dover", 51.13, 1.31), ("Jersey", 49.19, -2.11), ("mid-Atlantic", 40.0, -40.0), ("Sardinia", 40.9, 9.3)],
)
def test_a_point_across_the_sea_has_no_commune(
    shipped: Communes, where: str, latitude: float, longitude: float
) -> None:
    assert shipped.nearest(latitude, longitude) is None


def test_a_point_of_paris_is_given_an_arrondissement(shipped: Communes) -> None:
    found = shipped.nearest(48.8763, 2.3596)
    assert found is not None
    assert found[0].code == "75110"
