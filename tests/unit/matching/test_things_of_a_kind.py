"""An offer about another thing of the same kind than what a person says answers for want of better."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.matching.things import is_of_other_thing, read_things
from indexer.schema.vocabulary import vocabulary

REPAIR = "mobilite--entretenir-reparer-son-vehicule"
ABROAD = "souvrir-a-linternational--connaitre-les-opportunites-demploi-a-letranger"
ADDICTIONS = "sante--addictions"
DISABILITY = "sante--constituer-un-dossier-mdph-invalidite"
JUSTICE = "difficultes-administratives-ou-juridiques--prendre-en-compte-une-problematique-judiciaire"
PAPERS = "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives"
LICENCE = "mobilite--preparer-un-permis"


@pytest.mark.parametrize(
    ("said", "title", "theme"),
    [
        ("Ma voiture est en panne.", "Réparer son vélo", REPAIR),
        ("Mon vélo a une roue cassée.", "Le garage solidaire : réparer sa voiture", REPAIR),
        ("Je voudrais travailler en Suisse.", "Travailler en Allemagne", ABROAD),
        ("Il boit trop.", "Arrêter de fumer", ADDICTIONS),
        ("Notre fils est autiste.", "RQTH : aménager son poste de travail", DISABILITY),
        ("Je ne peux plus faire mon travail.", "Le dossier d'un enfant handicapé", DISABILITY),
        ("Il sort de détention.", "Aide aux victimes", JUSTICE),
        ("Elle n'a plus de carte d'identité.", "Déclarer ses impôts", PAPERS),
        ("Je veux passer le permis B.", "Permis poids lourd", LICENCE),
    ],
)
def test_what_is_about_another_thing_than_the_one_said_is_told_apart(said: str, title: str, theme: str) -> None:
    assert is_of_other_thing(read_things([said]), {"nom": title}, theme)


@pytest.mark.parametrize(
    ("said", "title", "theme"),
    [
        ("Ma voiture est en panne.", "Réparer sa voiture", REPAIR),
        ("Ma voiture est en panne.", "Un prêt pour réparer", REPAIR),  # names none
        ("Je ne sais pas réparer.", "Réparer son vélo", REPAIR),  # says none
        ("Ma voiture et mon vélo sont cassés.", "Réparer son vélo", REPAIR),
        ("Je n'ai pas de voiture.", "Louer un vélo", "mobilite--acceder-a-un-vehicule"),  # a bicycle may do
        ("Je n'ai pas de voiture.", "Louer un vélo", "mobilite"),
        ("Je bois trop.", "Alcool, tabac, drogues : en parler", ADDICTIONS),
        (
            "J'ai deux enfants, je voudrais un dossier.",
            "RQTH et travail",
            DISABILITY,
        ),  # who has children may ask for oneself
        ("Notre fils est autiste.", "Le dossier d'un enfant handicapé", DISABILITY),
        ("Je veux passer le permis.", "Permis B, à votre rythme", LICENCE),
    ],
)
def test_what_may_answer_is_not(said: str, title: str, theme: str) -> None:
    assert not is_of_other_thing(read_things([said]), {"nom": title}, theme)


def test_a_thing_said_of_a_category_holds_for_its_parts() -> None:
    named = read_things(["Je loue, mon loyer est trop cher."])
    assert is_of_other_thing(named, {"nom": "Acheter son logement"}, "logement-hebergement--louer-un-logement")


def test_kinds_are_told_apart_under_needs_of_the_vocabulary_each_once() -> None:
    read = tomllib.loads(files("indexer.matching").joinpath("rules", "choses.toml").read_text("utf-8"))["especes"]
    needs = [need for kind in read for need in kind["besoins"]]
    assert set(needs) <= set(vocabulary("thematiques"))
    assert len(needs) == len(set(needs))
    assert all(len(kind) > 2 for kind in read)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_and_titles_are_read(said: str, title: str) -> None:
    assert not is_of_other_thing(read_things([said]), {"nom": said}, REPAIR)
    assert is_of_other_thing({}, {"nom": title}, REPAIR) is False
