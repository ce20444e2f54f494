"""Rules of a mapping, and the values that they shape."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.feeds.base import Row
from indexer.schema import Kind
from indexer.sources.forms import FORMS, date_of, hours_of
from indexer.sources.mapping import DERIVED, MappingCounts, build_shape
from indexer.sources.mapping_model import RecordMapping
from indexer.sources.templates import columns_of, parse_template, render_template


def offer(**champs: Any) -> dict[str, Any]:
    return {"genre": "offre", "champs": {"id": "N°", "nom": "Nom"} | champs}


def shape(mapping: dict[str, Any], *rows: dict[str, Any], counts: MappingCounts | None = None) -> list[Row]:
    mapped = RecordMapping.model_validate(mapping)
    return list(build_shape((mapped,), counts)(iter([Row(n, row) for n, row in enumerate(rows, 2)])))


BASE = {"N°": "1", "Nom": "CV"}


@pytest.mark.parametrize(
    ("rule", "row", "expected"),
    [
        ("Ville", {"VILLE ": "Belfort"}, "Belfort"),
        ({"valeur": "Belfort"}, {}, "Belfort"),
        ({"colonnes": ["Rue", "Ville"], "liant": ", "}, {"Rue": "2 rue X", "Ville": "Y"}, "2 rue X, Y"),
        ({"modele": "{Ville|minuscules}"}, {"Ville": "BELFORT"}, "belfort"),
        ({"colonne": "Ville", "valeurs": {"bft": "Belfort"}}, {"Ville": "BFT"}, "Belfort"),
        ({"colonne": "Ville", "valeurs": {"x": "y"}, "autres": "garder"}, {"Ville": "Z"}, "Z"),
        ({"colonne": "Ville", "valeurs": {"x": "y"}, "defaut": "D"}, {"Ville": "Z"}, "D"),
        ({"colonne": "Ville", "defaut": "D"}, {}, "D"),
        ("Lieu.ville", {"Lieu": {"ville": "Belfort"}}, "Belfort"),
    ],
)
def test_a_field_comes_as_its_rule_says(rule: Any, row: dict[str, Any], expected: str) -> None:
    (made,) = shape(offer(commune=rule), BASE | row)
    assert made.fields["commune"] == expected
    assert made.kind is Kind.OFFER


def test_a_list_is_cut_and_translated_and_what_is_unknown_is_counted() -> None:
    counts = MappingCounts()
    rule = {"colonne": "Pour", "separateurs": ";/", "valeurs": {"Jeunes": "jeunes", "Tous": ["a", "b"]}}
    (made,) = shape(offer(publics=rule), BASE | {"Pour": "jeunes; TOUS / Martiens"}, counts=counts)
    assert made.fields["publics"] == ["jeunes", "a", "b"]
    assert counts.unknown == {("publics", "Martiens"): 1}


def test_rows_of_one_id_are_one_offer_with_all_its_sessions() -> None:
    counts = MappingCounts()
    mapping = offer() | {"sessions": {"debut": {"modele": "{Date|date}[ {Heure|heure}]"}, "places": "Places"}}
    days = [{"Date": "4/3/2031", "Heure": "9h"}, {"Date": "5 mars 2031", "Places": "8"}, {"Date": "5 mars 2031"}]
    made = shape(mapping, *(BASE | day for day in days), counts=counts)
    assert len(made) == 1
    assert made[0].fields["sessions"][:2] == [
        {"debut": "2031-03-04 09:00"},
        {"debut": "2031-03-05", "places": "8"},
    ]
    assert counts.joined == 2


def test_a_date_that_cannot_be_read_is_said_and_the_offer_stays() -> None:
    mapping = offer() | {"sessions": {"debut": {"modele": "{Date|date}"}}}
    (made,) = shape(mapping, BASE | {"Date": "prochainement"})
    assert "sessions" not in made.fields
    assert "ne se lit pas" in made.remarks[0]


def test_rows_are_kept_or_left_by_their_values_and_counted() -> None:
    counts = MappingCounts()
    mapping = offer() | {"si": {"État": ["ouvert", "complet"]}, "sauf": {"Type": ["Interne"]}}
    rows = [{"État": "OUVERT"}, {"État": "fermé"}, {"État": "complet", "Type": "interne"}]
    assert len(shape(mapping, *(BASE | row for row in rows), counts=counts)) == 1
    assert (counts.rows, counts.unused) == (3, 2)


def test_an_offer_that_is_deduced_says_so() -> None:
    (made,) = shape(offer(description="Note") | {"deduite": True}, BASE | {"Note": "Ouvert."})
    assert made.fields["description"] == f"Ouvert.\n\n{DERIVED}"


def test_a_refused_row_stays_refused() -> None:
    mapping = RecordMapping.model_validate(offer())
    (made,) = build_shape((mapping,))(iter([Row(2, refusal="illisible")]))
    assert made.refusal == "illisible"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("04/03/2031", "2031-03-04"),
        ("mercredi 1er mars 2031 à Belfort", "2031-03-01"),
        ("4-3-31", "2031-03-04"),
        ("47911", "2031-03-04"),
        ("2031-03-04 09:30", "2031-03-04"),
        ("5 févr. 2031", "2031-02-05"),
        ("12 août 2031", "2031-08-12"),
        ("90000", ""),
        ("31/02/2031", ""),
        ("bientôt", ""),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, expected: str) -> None:
    assert date_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9h30 - 11h30", ["09:30", "11:30"]),
        ("de 14 h à 16h", ["14:00", "16:00"]),
        ("0.395833333333333", ["09:30"]),
        ("09:30:00", ["09:30"]),
        ("25h", []),
        ("matin", []),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, expected: list[str]) -> None:
    assert hours_of(text) == expected


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("code_postal", "1000", "01000"),
        ("code_postal", "90 000", "90000"),
        ("nombre", "12,50 € par séance", "12.50"),
        ("identifiant", "L'Été à Évette-Salbert !", "l-ete-a-evette-salbert"),
        ("oui_non", "X", "true"),
        ("oui_non", "Non", "false"),
        ("heure_fin", "9h30 - 11h30", "11:30"),
        ("heure_fin", "9h30", ""),
    ],
)
def test_each_form_shapes_its_value(form: str, text: str, expected: str) -> None:
    assert FORMS[form](text) == expected


@given(st.text(max_size=60))
def test_no_value_breaks_a_form(text: str) -> None:
    for form in FORMS.values():
        assert isinstance(form(text), str)


def test_a_group_is_left_out_when_a_column_in_it_is_empty() -> None:
    values = {"a": "1", "b": ""}
    assert render_template("{a}[ - {b}] fin", lambda name: values[name]) == "1 fin"
    assert render_template("[{a} {b}]", lambda name: values[name]) == ""
    assert render_template("né {b}", lambda name: values[name]) == ""
    assert columns_of("{a}[ {b|date}]") == ("a", "b")


@pytest.mark.parametrize("template", ["{a", "a}", "[a", "a]", "[[a]]", "{a|eval}", "{}"])
def test_a_template_that_is_not_whole_is_refused(template: str) -> None:
    with pytest.raises(ValueError):
        parse_template(template)


@given(st.text(alphabet="{}[]|abc()._ '\"", max_size=20))
def test_a_template_only_ever_gives_text_of_the_row(template: str) -> None:
    try:
        parse_template(template)
    except ValueError:
        return
    made = render_template(template, lambda name: "")
    assert all(character in template for character in made)
