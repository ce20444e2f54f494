"""What the examples are: enough of them, varied, valid, and never to be taken for real ones."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from math import asin, cos, radians, sin, sqrt
from typing import Any

import pytest
from data_inclusion.schema import v1

from indexer.demonstration.load import build_demonstration
from indexer.language.analysis import fold
from indexer.schema import Offer, Structure
from indexer.schema.vocabulary import thematiques, vocabulary

TODAY = date(2025, 3, 5)
MARK = "Exemple fictif, pour la démonstration."
OURS = set(Offer.model_fields) - set(v1.Service.model_fields)
RECORDS = build_demonstration(TODAY)
STRUCTURES = [record for record in RECORDS if "structure_id" not in record]
OFFERS = [record for record in RECORDS if "structure_id" in record]

CENTRES = {  # commune -> its name, its postal code, and a point of its centre (degrees), to the nearest 500 m or so
    "90010": ("Belfort", "90000", 47.639, 6.863),
    "90075": ("Offemont", "90300", 47.663, 6.879),
    "90008": ("Bavilliers", "90800", 47.619, 6.833),
    "90099": ("Valdoie", "90300", 47.666, 6.842),
    "90032": ("Danjoutin", "90400", 47.618, 6.863),
    "90039": ("Essert", "90850", 47.633, 6.817),
    "90033": ("Delle", "90100", 47.508, 6.998),
    "90009": ("Beaucourt", "90500", 47.487, 6.925),
    "90047": ("Fontaine", "90150", 47.657, 6.997),
    "90052": ("Giromagny", "90200", 47.742, 6.825),
    "90017": ("Bourogne", "90140", 47.562, 6.917),
    "25388": ("Montbéliard", "25200", 47.510, 6.798),
    "90089": ("Rougemont-le-Château", "90110", 47.736, 6.968),
    "90053": ("Grandvillars", "90600", 47.537, 6.968),
    "90071": ("Montreux-Château", "90130", 47.606, 6.992),
    "90022": ("Châtenois-les-Forges", "90700", 47.556, 6.852),
    "90065": ("Lepuix", "90200", 47.759, 6.818),
    "90042": ("Évette-Salbert", "90350", 47.674, 6.796),
    "70285": ("Héricourt", "70400", 47.576, 6.759),
}
REAL_ORGANISATIONS = (
    *("adie", "agefiph", "apf", "caf", "ccas", "cidff", "cimade", "cresus", "emmaus", "gret", "mdph", "simplon"),
    *("armee du salut", "banque alimentaire", "cap emploi", "croix rouge", "croix-rouge", "france travail"),
    *("mission locale", "pole emploi", "restos du coeur", "restaurants du coeur", "secours catholique"),
    *("secours populaire", "france services", "wimoov"),
)


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance."""
    a, b = radians(lat), radians(other_lat)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * 6371 * asin(sqrt(half))


def iter_texts(value: Any) -> Iterator[str]:
    """Every string of a record, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from iter_texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from iter_texts(one)


def days_of(rule: str) -> set[str]:
    """The days of one opening-hours rule such as « Mo-Tu,Th 09:00-12:00 »."""
    week = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
    found = set()
    for first, last in re.findall(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)(?:-(Mo|Tu|We|Th|Fr|Sa|Su))?", rule.split(":")[0]):
        found |= set(week[week.index(first) : week.index(last or first) + 1])
    return found


def test_there_are_24_structures_and_60_offers_of_the_four_types() -> None:
    assert len(STRUCTURES) == 24
    assert Counter(offer["type_offre"] for offer in OFFERS) == {
        "service": 35,
        "atelier": 12,
        "formation": 7,
        "immersion": 6,
    }


def test_structures_come_before_offers() -> None:
    assert [*STRUCTURES, *OFFERS] == RECORDS


def test_all_categories_and_nearly_all_thematiques_have_an_example() -> None:
    given = {value for offer in OFFERS for value in offer.get("thematiques", [])}
    assert {value.partition("--")[0] for value in given} == {str(c.value) for c in v1.Categorie}
    assert len(given) >= 60
    assert given <= thematiques().keys()


@pytest.mark.parametrize("field", ["publics", "frais", "modes_accueil", "modes_mobilisation", "mobilisable_par"])
def test_every_value_of_a_filter_finds_an_example(field: str) -> None:
    given = {value for offer in OFFERS for value in [*iter_texts(offer.get(field, []))]}
    assert given == vocabulary(field).keys()


def test_every_structure_holds_an_offer_and_every_offer_has_its_structure() -> None:
    assert {offer["structure_id"] for offer in OFFERS} == {structure["id"] for structure in STRUCTURES}


def test_ids_are_unique_and_say_example() -> None:
    for records in (STRUCTURES, OFFERS):
        assert len({record["id"] for record in records}) == len(records)
        assert all(re.fullmatch(r"exemple--[a-z0-9-]+", record["id"]) for record in records)
        assert {record["source"] for record in records} == {"exemple"}


@pytest.mark.parametrize("record", OFFERS, ids=lambda record: record["id"])
def test_an_offer_is_one_of_ours_and_one_of_data_inclusion(record: dict[str, Any]) -> None:
    assert Offer.model_validate(record).id == record["id"]
    national = {name: value for name, value in record.items() if name not in OURS}
    assert v1.Service.model_validate(national, context={"ignore_warnings": False}).id == record["id"]


@pytest.mark.parametrize("record", STRUCTURES, ids=lambda record: record["id"])
def test_a_structure_is_one_of_ours_and_one_of_data_inclusion(record: dict[str, Any]) -> None:
    assert Structure.model_validate(record).id == record["id"]
    assert v1.Structure.model_validate(record, context={"ignore_warnings": False}).id == record["id"]


@pytest.mark.parametrize("record", OFFERS, ids=lambda record: record["id"])
def test_an_offer_is_told_in_60_to_150_words_and_says_that_it_is_an_example(record: dict[str, Any]) -> None:
    assert record["description"].endswith(" " + MARK)
    assert 60 <= len(record["description"].split()) <= 150


@pytest.mark.parametrize("record", STRUCTURES, ids=lambda record: record["id"])
def test_a_structure_says_twice_that_it_is_an_example_and_bears_no_real_name(record: dict[str, Any]) -> None:
    assert record["description"].endswith(" " + MARK)
    assert record["nom"].endswith(" (exemple)")
    labels = [fold(str(network.label)) for network in v1.ReseauPorteur]
    words = f" {fold(record['nom'])} "
    assert [name for name in [*labels, *REAL_ORGANISATIONS] if f" {name} " in words] == []
    assert "siret" not in record
    assert "rna" not in record


def test_phones_are_in_the_ranges_kept_for_fiction() -> None:
    phones = {record["telephone"] for record in RECORDS if "telephone" in record}
    assert len(phones) >= 20
    assert [phone for phone in phones if not re.fullmatch(r"\+33(353 ?01|19900)\d{4}", phone)] == []


def test_no_mail_nor_site_can_exist() -> None:
    texts = [text for record in RECORDS for text in iter_texts(record)]
    hosts = [host for text in texts for host in re.findall(r"(?:https?://|\S@)([^\s/]+)", text)]
    assert len(hosts) >= 60
    assert [host for host in hosts if not host.endswith(".example")] == []


def test_communes_are_real_and_points_lie_in_them_near_belfort() -> None:
    for record in RECORDS:
        if "code_insee" not in record:
            continue
        name, postal_code, lat, lon = CENTRES[record["code_insee"]]
        assert (record["commune"], record["code_postal"]) == (name, postal_code)
        if "latitude" in record:
            assert km(record["latitude"], record["longitude"], lat, lon) < 1.5
            assert km(record["latitude"], record["longitude"], 47.639, 6.863) < 20


def test_the_territory_is_covered_beyond_its_main_town() -> None:
    assert {record.get("code_insee") for record in RECORDS} >= CENTRES.keys()


def test_no_opening_hours_rule_overrides_another() -> None:
    for record in RECORDS:
        rules = [days_of(rule) for rule in record.get("horaires_accueil", "").split(";")]
        assert sum(map(len, rules)) == len(set().union(*rules)), record["id"]


def test_remote_offers_say_where_one_must_live() -> None:
    remote = [offer for offer in OFFERS if "a-distance" in offer.get("modes_accueil", [])]
    assert len(remote) >= 8
    assert [offer["id"] for offer in remote if not offer.get("zone_eligibilite")] == []


def test_immersions_name_a_company_and_a_metier() -> None:
    immersions = [offer for offer in OFFERS if offer["type_offre"] == "immersion"]
    assert all(offer["immersion"]["entreprise"].endswith(" (exemple)") for offer in immersions)
    assert all(re.fullmatch(r"[A-N]\d{4}", code) for offer in OFFERS for code in offer.get("metiers", []))
    assert all(offer["metiers"] for offer in immersions)


def test_some_records_are_poor_on_purpose() -> None:
    def lacking(field: str) -> int:
        return sum(field not in offer for offer in OFFERS)

    assert min(lacking("latitude"), lacking("publics"), lacking("modes_accueil"), lacking("thematiques")) >= 1
    assert any(date.fromisoformat(record["date_maj"]).year < TODAY.year for record in RECORDS)


def test_what_is_paid_says_how_much() -> None:
    paid = [offer for offer in OFFERS if offer["frais"] == "payant"]
    assert len(paid) >= 10
    assert [offer["id"] for offer in paid if not re.search(r"euro|%|gratuit", offer["frais_precisions"])] == []


def test_the_texts_use_typographic_apostrophes_and_single_spaces() -> None:
    texts = [text for record in RECORDS for text in iter_texts(record)]
    assert [text for text in texts if "'" in text or "  " in text or text != text.strip()] == []
