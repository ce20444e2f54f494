"""Controlled values: today's, forgiven, translated, or named and dropped."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.normalise.v0_vocabulary import V0_VALUES
from indexer.normalise.vocabulary_values import translate_value
from indexer.schema.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("field", "raw", "kept", "rules"),
    [
        ("thematiques", ["mobilite", "numerique--acceder-a-une-connexion-internet"], 2, []),
        ("thematiques", ["Mobilité"], ("mobilite",), []),
        ("thematiques", "mobilite; sante", ("mobilite", "sante"), []),
        ("thematiques", ["MOBILITE--PREPARER_UN_PERMIS"], ("mobilite--preparer-un-permis",), []),
        (
            "thematiques",
            ["mobilite--comprendre-et-utiliser-les-transports-en-commun"],
            ("mobilite--mobilite-douce-partagee-collective",),
            ["vocabulaire-v0"],
        ),
        ("thematiques", ["mobilite--n-importe-quoi"], ("mobilite",), ["vocabulaire-v0"]),
        (
            "thematiques",
            ["acces-aux-droits-et-citoyennete--jamais-vu"],
            ("difficultes-administratives-ou-juridiques",),
            ["vocabulaire-v0"],
        ),
        (
            "thematiques",
            ["numerique--s-equiper-en-materiel-informatique"],
            ("numerique--acquerir-un-equipement",),
            ["vocabulaire-v0"],
        ),
        (
            "thematiques",
            ["apprendre-francais--x"],
            ("lecture-ecriture-calcul--maitriser-le-francais",),
            ["vocabulaire-v0"],
        ),
        ("thematiques", ["handicap"], None, ["vocabulaire-v0"]),
        (
            "thematiques",
            ["mobilité réduite", 12, {"x": 1}],
            None,
            ["valeur-illisible", "valeur-inconnue", "valeur-inconnue"],
        ),
        ("publics", ["jeunes-16-26", "Demandeurs d’emploi"], ("demandeurs-emploi", "jeunes"), ["vocabulaire-v0"]),
        ("publics", ["beneficiaires-rsa"], ("beneficiaires-des-minimas-sociaux",), ["vocabulaire-v0"]),
        ("publics", ["jeunes", "tous-publics"], ("tous-publics",), ["tous-publics"]),
        ("frais", ["gratuit"], "gratuit", []),
        ("frais", "Payant", "payant", []),
        ("frais", ["gratuit", "payant"], None, ["plusieurs-valeurs"]),
        ("frais", "adhesion", "payant", ["vocabulaire-v0"]),
        ("frais", "pass-numerique", None, ["vocabulaire-v0"]),
        ("type", ["atelier"], "atelier", []),
        ("type", "financement", "aide-financiere", ["vocabulaire-v0"]),
        ("modes_accueil", "en-présentiel|à distance", ("a-distance", "en-presentiel"), []),
        ("modes_mobilisation", ["envoyer-un-mail"], ("envoyer-un-courriel",), ["vocabulaire-v0"]),
        ("mobilisable_par", ["usagers"], ("usagers",), []),
    ],
)
def test_values(offer: Any, field: str, raw: Any, kept: Any, rules: list[str]) -> None:
    record, issues = offer(**{field: raw})
    value = getattr(record, field)
    assert (len(value) if isinstance(kept, int) else value) == kept
    assert sorted(i.regle for i in issues if i.champ == field) == rules


def test_an_unknown_value_is_told_with_the_closest_known_one(offer: Any) -> None:
    (issue,) = offer(thematiques=["mobilité-prépare-un-permi"])[1]
    assert "mobilite--preparer-un-permis" in issue.message
    assert issue.valeur == "mobilité-prépare-un-permi"


def test_what_an_old_cost_said_stays_readable(offer: Any) -> None:
    assert offer(frais=["gratuit-sous-conditions"])[0].frais_precisions == "Gratuit sous conditions."


def test_networks_of_a_structure(structure: Any) -> None:
    record, issues = structure(typologie="CCAS", reseaux_porteurs=None)
    assert record.reseaux_porteurs == ("ccas-cias",)
    assert [i.regle for i in issues] == ["champ-v0", "vocabulaire-v0"]


def test_fields_of_the_older_schema_are_read_under_their_names_of_today(offer: Any) -> None:
    record, issues = offer(
        presentation_resume="court", presentation_detail="long", types=["atelier"], profils=["femmes"],
        modes_orientation_accompagnateur=["envoyer-un-mail"], modes_orientation_beneficiaire=["telephoner"],
    )  # fmt: skip
    assert (record.description, record.type, record.publics) == ("long", "atelier", ("femmes",))
    assert record.modes_mobilisation == ("envoyer-un-courriel", "telephoner")
    assert record.mobilisable_par == ("professionnels", "usagers")
    assert {"champ-v0"} <= {i.regle for i in issues}


@pytest.mark.parametrize("name", sorted(V0_VALUES))
def test_every_translation_leads_to_a_value_of_today(name: str) -> None:
    assert {new for values in V0_VALUES[name].values() for new in values} <= vocabulary(name).keys()
    assert not V0_VALUES[name].keys() & vocabulary(name).keys()


@pytest.mark.parametrize("name", ["thematiques", "publics", "types", "reseaux_porteurs"])
def test_every_value_and_label_of_today_is_known_as_is(name: str) -> None:
    for value in vocabulary(name):
        assert translate_value(name, value) == ((value,), None)
        assert translate_value(name, value.upper().replace("-", "_").replace("__", "--")) == ((value,), None)


@given(st.text(max_size=40))
def test_any_text_is_translated_to_known_values(text: str) -> None:
    assert set(translate_value("thematiques", text)[0]) <= vocabulary("thematiques").keys()


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (
            ["59350", "59", "2A", "974", "200093201", "99131", "France"],
            ("200093201", "2A", "59", "59350", "974", "99131", "france"),
        ),
        ([1], ("01",)),
        ("59;62", ("59", "62")),
        (["Lille", "96", "123456"], None),
    ],
)
def test_zones(offer: Any, raw: Any, kept: Any) -> None:
    assert offer(zone_eligibilite=raw)[0].zone_eligibilite == kept
