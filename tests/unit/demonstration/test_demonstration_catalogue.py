"""What the examples are: enough of them, varied, valid, and told in the words of a good public writer."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from data_inclusion.schema import v1

import indexer.demonstration
from indexer.reference.shipped import rome_labels
from indexer.schema import Offer, Structure
from indexer.schema.vocabulary import thematiques, vocabulary
from tests.support.demonstration import OFFERS, RECORDS, STRUCTURES, TODAY, iter_texts, own_words

OURS = set(Offer.model_fields) - set(v1.Service.model_fields)
FILES = sorted((Path(indexer.demonstration.__file__).parent / "offers").iterdir())


def days_of(rule: str) -> set[str]:
    """The days of one opening-hours rule such as « Mo-Tu,Th 09:00-12:00 »."""
    week = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
    found = set()
    for first, last in re.findall(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)(?:-(Mo|Tu|We|Th|Fr|Sa|Su))?", rule.split(":")[0]):
        found |= set(week[week.index(first) : week.index(last or first) + 1])
    return found


def test_there_are_61_structures_and_220_offers_of_the_four_types() -> None:
    assert len(STRUCTURES) == 61
    assert Counter(offer["type_offre"] for offer in OFFERS) == {
        "service": 116,
        "atelier": 49,
        "formation": 30,
        "immersion": 25,
    }


def test_structures_come_before_offers() -> None:
    assert [*STRUCTURES, *OFFERS] == RECORDS


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_holds_the_offers_of_its_category_and_can_be_read_by_a_person(file: Path) -> None:
    text = file.read_text("utf-8")
    assert len(text.splitlines()) <= 1_500
    firsts = {(*offer.get("thematiques", []), "sans-thematique")[0].partition("--")[0] for offer in json.loads(text)}
    assert firsts == {file.stem}


def test_every_category_has_its_file() -> None:
    assert {file.stem for file in FILES} == {*(str(c.value) for c in v1.Categorie), "sans-thematique"}


def test_each_of_the_69_thematiques_has_an_example() -> None:
    given = {value for offer in OFFERS for value in offer.get("thematiques", [])}
    wanted = {value for value in thematiques() if "--" in value}
    assert len(wanted) == 69
    assert given == wanted


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


def test_offers_are_told_in_50_to_145_words_but_for_some_that_are_poor_on_purpose() -> None:
    assert max(map(own_words, OFFERS)) <= 145
    assert min(map(own_words, OFFERS)) >= 8
    assert sum(own_words(offer) < 50 for offer in OFFERS) <= 0.1 * len(OFFERS)


def test_no_two_offers_are_told_alike_but_siblings_of_the_same_name() -> None:
    names_of: dict[str, set[str]] = {}
    for offer in OFFERS:
        names_of.setdefault(offer["description"], set()).add(offer["nom"])
    assert [names for names in names_of.values() if len(names) > 1] == []
    assert len({offer["nom"] for offer in OFFERS}) == len(names_of)


def test_siblings_are_the_same_offer_in_several_towns() -> None:
    towns_of: dict[str, list[str]] = {}
    for offer in OFFERS:
        towns_of.setdefault(offer["description"], []).append(offer.get("code_insee", ""))
    families = [towns for towns in towns_of.values() if len(towns) > 1]
    assert (len(families), sum(map(len, families)), max(map(len, families))) == (11, 37, 4)
    assert [towns for towns in families if len(set(towns)) < len(towns) or "" in towns] == []


def test_no_opening_hours_rule_overrides_another() -> None:
    for record in RECORDS:
        rules = [days_of(rule) for rule in record.get("horaires_accueil", "").split(";")]
        assert sum(map(len, rules)) == len(set().union(*rules)), record["id"]


def test_immersions_name_a_company_and_a_metier() -> None:
    immersions = [offer for offer in OFFERS if offer["type_offre"] == "immersion"]
    assert all(offer["immersion"]["entreprise"].endswith(" (exemple)") for offer in immersions)
    assert all(offer["metiers"] for offer in immersions)


def test_every_metier_is_of_the_rome() -> None:
    assert {code for offer in OFFERS for code in offer.get("metiers", [])} <= rome_labels().keys()


def test_job_datings_and_forums_are_ateliers_with_dates() -> None:
    meetings = [offer for offer in OFFERS if offer.get("sous_type") in {"job-dating", "forum"}]
    assert Counter(offer["sous_type"] for offer in meetings) == {"job-dating": 6, "forum": 2}
    assert all(offer["type_offre"] == "atelier" and offer["sessions"] for offer in meetings)


def test_people_who_work_in_the_day_find_courses_in_the_evening() -> None:
    starts = {o["id"]: [s["debut"][11:16] for s in o["sessions"]] for o in OFFERS if "sessions" in o}
    assert sum(any(hour >= "18:00" for hour in hours) for hours in starts.values()) >= 10


@pytest.mark.parametrize(
    ("public", "least"),
    [
        *(("jeunes", 30), ("seniors", 15), ("femmes", 20), ("personnes-exilees", 20), ("familles", 25)),
        *(("personnes-en-situation-de-handicap", 10), ("personnes-en-situation-juridique-specifique", 4)),
    ],
)
def test_each_public_has_offers_of_its_own(public: str, least: int) -> None:
    assert sum(public in offer.get("publics", []) for offer in OFFERS) >= least


def test_many_languages_are_spoken() -> None:
    assert {code for offer in OFFERS for code in offer.get("langues", [])} >= {
        "ar",
        "en",
        "tr",
        "uk",
        "pt",
        "fsl",
        "de",
    }


def test_some_records_are_poor_on_purpose() -> None:
    def lacking(field: str) -> int:
        return sum(field not in offer for offer in OFFERS)

    assert min(map(lacking, ("latitude", "publics", "modes_accueil", "thematiques", "modes_mobilisation"))) >= 2
    assert sum(own_words(offer) < 30 for offer in OFFERS) >= 8
    assert sum(date.fromisoformat(record["date_maj"]).year < TODAY.year for record in OFFERS) >= 5


def test_what_is_paid_says_how_much() -> None:
    paid = [offer for offer in OFFERS if offer.get("frais") == "payant"]
    assert len(paid) >= 40
    assert [offer["id"] for offer in paid if not re.search(r"euro|%|gratuit", offer["frais_precisions"])] == []


def test_the_texts_use_typographic_apostrophes_and_single_spaces() -> None:
    texts = [text for record in RECORDS for text in iter_texts(record)]
    assert [text for text in texts if "'" in text or "  " in text or text != text.strip()] == []
