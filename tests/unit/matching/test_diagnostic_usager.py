"""France Travail's diagnosis as a profile: every need found, nothing invented, nothing ever fails."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.geocode.communes import load_communes
from indexer.matching.diagnostic_usager import convert_diagnostic, is_diagnostic_usager
from indexer.matching.diagnostic_usager.labels import load_label_book
from indexer.matching.reading import read_profile
from indexer.schema.vocabulary import vocabulary
from tests.unit.matching.diagnosis import constraint, diagnosis, need, whole

LILLE = {"code_commune": "59350"}
FRENCH = "lecture-ecriture-calcul--maitriser-le-francais"


def convert(body: dict[str, Any], words: tuple[str, ...] = ()) -> dict[str, Any]:
    return convert_diagnostic(body, load_communes(), lambda _: words)


def states(profile: dict[str, Any], etat: str) -> dict[str, str]:
    return {own["thematique"]: own["priorite"] for own in profile["besoins"] if own["etat"] == etat}


def needs_of(*constraints: dict[str, Any]) -> dict[str, str]:
    return states(convert({"thematiqueContrainte": {"contraintes": list(constraints)}}), "besoin")


def test_a_whole_diagnosis_becomes_a_profile_that_matching_takes_as_it_is() -> None:
    profile = convert(whole())
    read = read_profile(profile)
    assert (read.lieu.code_commune, read.mobilite.moyens) == ("59350", ("a-pied", "transports-en-commun"))
    assert states(profile, "besoin") == {
        "mobilite--mobilite-douce-partagee-collective": "haute",
        "famille--garde-denfants": "haute",
        FRENCH: "haute",
        "se-former--trouver-sa-formation": "moyenne",
        "remobilisation--bien-etre-confiance-en-soi": "moyenne",
    }
    assert set(states(profile, "point-fort")) == {
        "choisir-un-metier--identifier-ses-points-forts-et-ses-competences",
        "numerique--maitriser-les-fondamentaux-du-numerique",
    }
    assert set(states(profile, "non-explore")) == {
        "preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation",
        "logement-hebergement",
    }
    assert profile["projets"] == [{"priorite": "haute", "code_rome": "D1102", "texte": "Boulanger"}]
    assert set(profile["publics"]) == {"beneficiaires-des-minimas-sociaux", "familles", "personnes-exilees"}
    assert profile["contraintes"] == {"numerique": "autonome"}


def test_what_was_not_understood_is_told_by_its_path() -> None:
    told = convert(whole() | {"jalons": [1]})["non_compris"]
    assert any(line.startswith("jalons : ") for line in told)
    assert any(line.startswith("extra.offreRaisonnableEmploi.typeContratSouhaite : « CDI »") for line in told)
    assert any("30 km sont lus comme" in line and "une estimation" in line for line in told)


@pytest.mark.parametrize(
    ("said", "lieu", "minutes"),
    [
        ("59000 LILLE + 30 KM", LILLE, None),
        ("59000 LILLE", LILLE, None),
        ("59000 + 45 MIN", LILLE, 45),
        ("59000 LILLE + 1 H", LILLE, 60),
        ("90000 belfort + 999 KM", {"code_commune": "90010"}, 240),
        ("69003 LYON 3EME ARRONDISSEMENT + 20 min", {"code_commune": "69383"}, 20),
    ],
)
def test_the_accepted_journey_gives_the_place_and_the_minutes(
    said: str, lieu: dict[str, str], minutes: int | None
) -> None:
    profile = convert({"extra": {"offreRaisonnableEmploi": {"trajetAllerAccepte": said}}})
    assert profile["lieu"] == lieu
    if minutes is not None:
        assert profile["mobilite"]["duree_max_min"] == minutes


@pytest.mark.parametrize("said", ["LILLE", "00000 NULLE PART + 3 KM", "59000 LILLE + 3 LIEUES", "+ 30 KM", "é" * 500])
def test_a_journey_that_cannot_be_read_is_told(said: str) -> None:
    profile = convert({"extra": {"offreRaisonnableEmploi": {"trajetAllerAccepte": said}}})
    assert any(line.startswith("extra.offreRaisonnableEmploi.trajetAllerAccepte") for line in profile["non_compris"])


def test_a_place_given_beside_stands_for_that_of_the_file() -> None:
    wrapped = convert({"diagnostic": whole(), "lieu": {"code_commune": "90010"}})
    inside = convert(whole() | {"lieu": {"code_commune": "90010"}})
    assert wrapped["lieu"] == inside["lieu"] == {"code_commune": "90010"}
    assert wrapped["besoins"] == inside["besoins"] == convert(whole())["besoins"]


def test_without_a_place_the_profile_says_that_one_must_be_added() -> None:
    profile = convert({"pouvoirAgir": {"confiance": "NON"}})
    assert "lieu" not in profile
    assert any(line.startswith("lieu : ") for line in profile["non_compris"])


def test_an_address_of_the_file_is_where_the_person_lives() -> None:
    body = whole() | {"adresses": [{"codePostal": "90000", "libelleCommune": "Belfort", "codeInseeCommune": None}]}
    assert convert(body)["lieu"] == {"code_commune": "90010"}


def test_a_situation_says_more_than_its_constraint_and_stands_for_it() -> None:
    found = needs_of(
        constraint(
            "Faire face à des difficultés financières",
            situations=[{"libelle": "Sans aucune ressource", "valeur": "OUI"}],
            objectifs=[{"libelle": "Mobiliser un dispositif d’aide alimentaire", "valeur": "EN_COURS"}],
        )
    )
    assert set(found) == {
        "difficultes-financieres--prevenir-une-degradation-de-la-situation-financiere",
        "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits",
        "equipement-et-alimentation--alimentation",
    }


def test_a_detail_of_another_kind_does_not_hide_the_constraint() -> None:
    details = [{"libelle": "Faire un point complet sur sa mobilité", "valeur": "EN_COURS"}]
    found = needs_of(constraint("Surmonter ses contraintes familiales", objectifs=details))
    assert set(found) == {"famille", "mobilite--etre-accompagne-dans-son-parcours-mobilite"}


@pytest.mark.parametrize("value", ["NON", "NON_ABORDEE", "REALISE", None])
def test_a_situation_that_does_not_hold_says_nothing(value: str | None) -> None:
    details = [{"libelle": "Hébergé chez un tiers", "valeur": value}]
    assert needs_of(constraint("Faire face à des difficultés de logement", situations=details)) == {
        "logement-hebergement": "moyenne"
    }


@pytest.mark.parametrize(
    ("fields", "priority"),
    [
        ({"impact": "FAIBLE"}, "basse"),
        ({"impact": "MOYEN"}, "moyenne"),
        ({"impact": "FORT"}, "haute"),
        ({"impact": "NON_RENSEIGNE"}, "moyenne"),
        ({"impact": None}, "moyenne"),
        ({"impact": "FAIBLE", "estPrioritaire": True}, "haute"),
    ],
)
def test_impact_and_priority_give_the_priority(fields: dict[str, Any], priority: str) -> None:
    assert needs_of(constraint("Prendre en compte son état de santé", **fields)) == {"sante--acces-aux-soins": priority}


@pytest.mark.parametrize(
    ("level", "priority"),
    [("A.1 non acquis", "haute"), ("A1 acquis", "moyenne"), ("A2", "moyenne"), ("B1 non acquis", "moyenne"),
     ("B1 acquis", "basse"), ("B2 acquis", None), ("C1", None)],
)  # fmt: skip
def test_the_level_of_french_makes_a_need(level: str, priority: str | None) -> None:
    found = states(convert({"extra": {"ofii": {"niveauFLE": level}}}), "besoin")
    assert found == ({} if priority is None else {FRENCH: priority})


def test_a_code_stands_for_a_label_that_is_missing_and_it_is_told() -> None:
    profile = convert({"besoinsParDiagnostic": [diagnosis(need(None, "BESOIN", "9"))]})
    assert set(states(profile, "besoin")) == {"preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation"}
    assert any("le code 9 est lu comme" in line for line in profile["non_compris"])


def test_a_label_that_no_table_holds_is_read_by_its_words_and_it_is_told() -> None:
    body = {"besoinsParDiagnostic": [diagnosis(need("Trouver des habits de travail", "BESOIN", "99"))]}
    profile = convert(body, ("equipement-et-alimentation--habillement",))
    assert set(states(profile, "besoin")) == {"equipement-et-alimentation--habillement"}
    assert any("lu par ses mots" in line for line in profile["non_compris"])
    assert any("nous ne savons pas le lire" in line for line in convert(body)["non_compris"])


def test_a_need_wins_over_a_strength_and_the_contradiction_is_told() -> None:
    both = [need("Développer son réseau", value) for value in ("POINT_FORT", "BESOIN", "POINT_FORT")]
    profile = convert({"besoinsParDiagnostic": [diagnosis(*both)]})
    assert set(states(profile, "besoin")) == {"preparer-sa-candidature--developper-son-reseau"}
    assert any("à la fois besoin et point fort" in line for line in profile["non_compris"])


def test_a_closed_diagnosis_is_not_taken_up() -> None:
    closed = diagnosis(need("Développer son réseau", "BESOIN"), statut="CLOTURE")
    profile = convert({"besoinsParDiagnostic": [closed]})
    assert (profile["besoins"], profile["projets"]) == ([], [])


def test_an_unknown_job_code_leaves_the_words_of_the_job() -> None:
    profile = convert({"besoinsParDiagnostic": [diagnosis(codeRome="Z9999", nomMetier="Boulangère")]})
    assert profile["projets"] == [{"priorite": "haute", "texte": "Boulangère"}]
    assert any("codeRome : « Z9999 »" in line for line in profile["non_compris"])


def test_a_project_to_define_is_the_need_to_choose_a_job() -> None:
    head = {"nomMetier": None, "codeRome": None, "typologie": "Projet à définir", "codeTypologie": "PM"}
    profile = convert({"besoinsParDiagnostic": [diagnosis(**head)]})
    assert profile["projets"] == []
    assert states(profile, "besoin") == {"choisir-un-metier": "haute"}


@pytest.mark.parametrize(
    ("extra", "publics"),
    [
        ({"flags": ["RSA", "DETLD", "Jeune", "QPV", "OETH", "Lune"]},
         {"beneficiaires-des-minimas-sociaux", "demandeurs-emploi", "jeunes", "residents-qpv-frr",
          "personnes-en-situation-de-handicap"}),
        ({"senior": "OUI", "zrr": True, "rsa": False, "boe": "N"}, {"seniors", "residents-qpv-frr"}),
    ],
)  # fmt: skip
def test_flags_say_publics(extra: dict[str, Any], publics: set[str]) -> None:
    assert set(convert({"extra": extra})["publics"]) == publics


def test_accents_that_a_program_damaged_do_not_hide_a_label() -> None:
    assert needs_of(constraint("DEVELOPPER SA MOBILITE")) == {"mobilite": "moyenne"}


def test_a_diagnosis_is_told_from_a_neutral_profile() -> None:
    assert is_diagnostic_usager(whole())
    assert is_diagnostic_usager({"diagnostic": whole()})
    assert not is_diagnostic_usager({"lieu": LILLE, "besoins": []})
    assert not is_diagnostic_usager([whole()])


def test_the_tables_name_only_what_exists() -> None:
    book = load_label_book()
    known = set(vocabulary("thematiques"))
    for kind in ("besoins", "contraintes"):
        for code in map(str, range(1, 40)):
            assert set(book.of_code(kind, code).themes) <= known
    for term in vocabulary("thematiques").values():
        if term.parent is not None:
            assert term.value in book.read(term.label).themes


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**9) | st.text(max_size=9) | st.sampled_from(["BESOIN", "OUI"]),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)  # fmt: skip


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    return [path, *(found for key in keys for found in _paths(value[key], (*path, key)))]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_stands_in_the_place_of_any_part_a_profile_comes_out(data: st.DataObject) -> None:
    body = copy.deepcopy(whole())
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(_paths(body)[1:]))
        held: Any = body
        for key in path[:-1]:
            held = held[key]
        held[path[-1]] = data.draw(JSON)
    read_profile(convert(body) | {"lieu": LILLE})


def test_a_diagnosis_cut_anywhere_still_gives_what_is_left() -> None:
    body = whole()
    for name in list(body):
        left = {other: value for other, value in body.items() if other != name}
        read_profile(convert(left) | {"lieu": LILLE})
        read_profile(convert(body | {name: None}) | {"lieu": LILLE})
