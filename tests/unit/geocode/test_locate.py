from typing import Any

import pytest

from indexer.geocode.communes import Communes
from indexer.geocode.locate import locate
from indexer.normalise.draft import Draft
from indexer.schema import Kind, RawRecord, Severity


def located(communes: Communes, kind: Kind = Kind.OFFER, **fields: Any) -> Draft:
    draft = Draft(RawRecord(kind, "essai", "essai.json", 1, {"id": "a--1", **fields}))
    locate(draft, communes)
    return draft


def rules(draft: Draft) -> list[str]:
    return [issue.regle for issue in draft.issues]


def position(draft: Draft) -> tuple[Any, Any]:
    return draft.get("latitude"), draft.get("longitude")


GOOD = {"commune": "La Grande-Ville", "code_postal": "90000", "code_insee": "90001"}


def test_a_record_in_order_is_left_as_it_is(world: Communes) -> None:
    draft = located(world, **GOOD, latitude=47.61, longitude=6.81)
    assert rules(draft) == []
    assert position(draft) == (47.61, 6.81)
    assert draft.get("position_approximative") is None


def test_an_old_code_becomes_that_of_today(world: Communes) -> None:
    draft = located(world, code_insee="90099")
    assert draft.get("code_insee") == "90002"
    assert draft.get("commune") == "Petit-Bourg"
    assert draft.get("code_postal") == "90100"
    assert rules(draft) == ["code-insee-ancien"]


def test_an_absent_code_is_found_by_name_and_postal_code(world: Communes) -> None:
    draft = located(world, commune="GRANDE VILLE", code_postal="90100")
    assert draft.get("code_insee") == "90001"
    assert draft.get("commune") == "GRANDE VILLE"
    assert [(i.regle, i.gravite) for i in draft.issues] == [("commune-par-nom", Severity.INFO)]


def test_an_unknown_code_is_dropped_then_found_by_name(world: Communes) -> None:
    draft = located(world, **{**GOOD, "code_insee": "00000"})
    assert draft.get("code_insee") == "90001"
    assert rules(draft) == ["code-insee-inconnu", "commune-par-nom"]


def test_a_code_that_the_name_contradicts_is_kept_and_reported(world: Communes) -> None:
    draft = located(world, **{**GOOD, "code_insee": "90002"})
    assert draft.get("code_insee") == "90002"
    assert rules(draft) == ["code-insee-contredit"]


def test_a_city_code_is_not_contradicted_by_an_arrondissement(shipped: Communes) -> None:
    draft = located(shipped, commune="Paris", code_postal="75010", code_insee="75056")
    assert rules(draft) == []


def test_a_postal_code_of_one_commune_designates_it(world: Communes) -> None:
    draft = located(world, commune="Lieu-dit", code_postal="90300")
    assert draft.get("code_insee") == "90003"
    assert rules(draft) == ["commune-par-code-postal"]


def test_a_postal_code_of_two_communes_designates_none(world: Communes) -> None:
    draft = located(world, commune="Lieu-dit", code_postal="90100")
    assert draft.get("code_insee") is None
    assert rules(draft) == ["lieu-inconnu"]


def test_an_unknown_postal_code_leaves_the_name_in_its_departement(world: Communes) -> None:
    draft = located(world, commune="Petit Bourg", code_postal="90987")
    assert draft.get("code_insee") == "90002"
    assert rules(draft) == ["commune-par-departement"]


def test_a_point_alone_gives_its_commune(world: Communes) -> None:
    draft = located(world, latitude=47.6, longitude=6.91)
    assert draft.get("code_insee") == "90002"
    assert rules(draft) == ["commune-par-point"]


def test_a_spoilt_point_alone_is_mended_within_the_departement(world: Communes) -> None:
    draft = located(world, code_postal="90999", latitude=-47.6, longitude=6.91)
    assert draft.get("code_insee") == "90002"
    assert position(draft) == (47.6, 6.91)
    assert rules(draft) == ["point-repare", "commune-par-point"]


def test_without_a_point_the_centre_is_taken_and_marked(world: Communes) -> None:
    draft = located(world, **GOOD)
    assert position(draft) == (47.6, 6.8)
    assert draft.get("position_approximative") is True


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(-47.6, 6.8), (47.6, -6.8), (6.8, 47.6), (-6.8, 47.6), (6.8, -47.6), (-47.6, -6.8), (-6.8, -47.6)],
)
def test_the_only_repair_that_lands_in_the_commune_is_made(world: Communes, latitude: float, longitude: float) -> None:
    draft = located(world, **GOOD, latitude=latitude, longitude=longitude)
    assert position(draft) == (47.6, 6.8)
    assert [(i.regle, i.gravite) for i in draft.issues] == [("point-repare", Severity.INFO)]
    assert draft.get("position_approximative") is None


def test_longitude_zero_is_a_longitude(shipped: Communes) -> None:
    draft = located(shipped, code_insee="14754", latitude=49.35, longitude=0.0)
    assert draft.get("longitude") == 0.0
    assert rules(draft) == []


def test_a_sign_lost_near_the_meridian_of_greenwich_is_still_sure(shipped: Communes) -> None:
    draft = located(shipped, code_insee="14754", latitude=-49.35, longitude=0.01)
    assert position(draft) == (49.35, 0.01)


def test_a_far_point_is_set_aside_for_the_centre(world: Communes) -> None:
    draft = located(world, **GOOD, latitude=48.8, longitude=2.3)
    assert position(draft) == (47.6, 6.8)
    assert draft.get("position_approximative") is True
    (issue,) = draft.issues
    assert (issue.regle, issue.gravite, issue.valeur) == ("point-eloigne", Severity.WARNING, "48.8, 2.3")


@pytest.mark.parametrize(
    ("latitude", "longitude", "rule"),
    [
        (0.0, 0.0, "point-nul"),
        (547.0, 6.8, "point-hors-bornes"),
        (float("nan"), 6.8, "point-hors-bornes"),
        (47.6, None, "point-incomplet"),
        (None, 6.8, "point-incomplet"),
    ],
)
def test_impossible_points_give_way_to_the_centre(world: Communes, latitude: Any, longitude: Any, rule: str) -> None:
    given = {"latitude": latitude, "longitude": longitude}
    draft = located(world, **GOOD, **{k: v for k, v in given.items() if v is not None})
    assert position(draft) == (47.6, 6.8)
    assert rules(draft) == [rule]


def test_a_point_abroad_without_commune_is_set_aside(world: Communes) -> None:
    draft = located(world, latitude=10.0, longitude=20.0)
    assert position(draft) == (None, None)
    assert rules(draft) == ["point-sans-commune", "lieu-inconnu"]


@pytest.mark.parametrize(
    ("kind", "modes", "expected"),
    [
        (Kind.OFFER, ["a-distance"], []),
        (Kind.OFFER, ("a-distance",), []),
        (Kind.OFFER, ["a-distance", "en-presentiel"], ["lieu-inconnu"]),
        (Kind.OFFER, None, ["lieu-inconnu"]),
        (Kind.STRUCTURE, None, ["lieu-inconnu"]),
    ],
)
def test_only_a_remote_offer_needs_no_place(world: Communes, kind: Kind, modes: Any, expected: list[str]) -> None:
    fields = {} if modes is None else {"modes_accueil": modes}
    assert rules(located(world, kind, **fields)) == expected


@pytest.mark.parametrize(
    ("code_postal", "told"),
    [("90300", ["code-postal-contredit"]), ("90100", []), ("90999", [])],
    ids=["of another commune", "of several", "of none, as a CEDEX"],
)
def test_a_postal_code_of_another_commune_is_told_and_the_insee_code_kept(
    world: Communes, code_postal: str, told: list[str]
) -> None:
    draft = located(world, code_insee="90001", commune="Nulle-Part", code_postal=code_postal)
    assert rules(draft) == told
    assert (draft.get("code_insee"), draft.get("code_postal")) == ("90001", code_postal)


@pytest.mark.parametrize("code", ["75056", "75111", "69123"])
def test_an_arrondissement_and_its_city_share_their_postal_codes(shipped: Communes, code: str) -> None:
    commune = shipped.get(code)
    postal = "69003" if code == "69123" else "75011"
    draft = located(shipped, code_insee=code, code_postal=postal)
    assert commune is not None
    assert "code-postal-contredit" not in rules(draft)
