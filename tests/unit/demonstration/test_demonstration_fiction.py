"""Nothing in the examples can be taken for a real structure, nor reach a real person."""

import re
from typing import Any

import pytest
from data_inclusion.schema import v1

from indexer.language.analysis import fold
from tests.support.demonstration import MARK, RECORDS, STRUCTURES, iter_texts

REAL_ORGANISATIONS = (
    *("adie", "agefiph", "apf", "caf", "ccas", "cidff", "cimade", "cresus", "emmaus", "gret", "mdph", "simplon"),
    *("armee du salut", "banque alimentaire", "cap emploi", "croix rouge", "croix-rouge", "france travail"),
    *("mission locale", "pole emploi", "restos du coeur", "restaurants du coeur", "secours catholique"),
    *("secours populaire", "france services", "wimoov"),
)
NATIONAL_NUMBERS = {"15", "17", "18", "112", "114", "115", "119", "3114", "3919", "3977", "3018", "3020"}
"""Emergency and listening lines that a text may give: real, free, and for everybody."""


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_every_description_says_that_it_is_an_example(record: dict[str, Any]) -> None:
    assert record["description"].endswith(" " + MARK)
    assert record["description"].count(MARK) == 1


@pytest.mark.parametrize("record", STRUCTURES, ids=lambda record: record["id"])
def test_the_name_of_a_structure_says_that_it_is_an_example_and_is_no_real_one(record: dict[str, Any]) -> None:
    assert record["nom"].endswith(" (exemple)")
    labels = [fold(str(network.label)) for network in v1.ReseauPorteur]
    words = f" {fold(record['nom'])} "
    assert [name for name in [*labels, *REAL_ORGANISATIONS] if f" {name} " in words] == []


def test_no_identifier_of_a_real_company_is_given() -> None:
    assert [record["id"] for record in STRUCTURES if record.keys() & {"siret", "rna"}] == []


def test_phones_are_in_the_ranges_kept_for_fiction() -> None:
    phones = {record["telephone"] for record in RECORDS if "telephone" in record}
    assert len(phones) >= 20
    assert [phone for phone in phones if not re.fullmatch(r"\+33(35301|19900)\d{4}", phone)] == []


def test_texts_give_no_phone_but_national_listening_lines() -> None:
    texts = [text for record in RECORDS for text in iter_texts({**record, "telephone": ""})]
    assert [text for text in texts if re.search(r"\b0[1-9](?:[ .]?\d\d){4}\b", text)] == []
    called = {number for text in texts for number in re.findall(r"\b(?:le|au) (\d{2,4})\b(?! [a-zé])", text)}
    assert called <= NATIONAL_NUMBERS


def test_no_mail_nor_site_can_exist() -> None:
    texts = [text for record in RECORDS for text in iter_texts(record)]
    hosts = [host for text in texts for host in re.findall(r"(?:https?://|\S@)([^\s/]+)", text)]
    assert len(hosts) >= 60
    assert [host for host in hosts if not host.endswith(".example")] == []
    assert [text for text in texts if re.search(r"\bwww\.|\.(?:fr|com|org|net|eu)\b", text)] == []


def test_a_contact_person_is_evidently_imaginary() -> None:
    names = {record["contact_nom_prenom"] for record in RECORDS if "contact_nom_prenom" in record}
    assert [
        name for name in names if name.split()[-1] not in {"Fictive", "Fictif", "Inventé", "Inventée", "Imaginaire"}
    ] == []
