"""What a note says of a person without asking for anything opens no need; what it asks for beside does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.base import Need
from indexer.matching.facts import drop_facts
from indexer.matching.note import merge_pieces
from indexer.understanding.understood import Understood
from indexer.understanding.urgency import Urgency
from indexer.understanding.words import read_words

THEME = "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits"

FACTS = (
    "Problème d'épaule",
    "Au RSA",
    "Veuve",
    "Monsieur est au RSA depuis 2019.",
    "Bénéficiaire du RSA, 32 ans, deux enfants.",
    "Il a un problème d'épaule depuis son accident du travail.",
    "Madame est veuve, 54 ans.",
    "Âgé de 47 ans.",
    "Divorcé, deux enfants.",
    "Célibataire sans enfant.",
    "Mère de trois enfants.",
    "Touche l'allocation adulte handicapé.",
    "Perçoit l'ASS.",
    "Ancien maçon.",
    "Ancienne secrétaire dans un cabinet d'avocats.",
    "A travaillé dix ans comme aide-soignante.",
    "Titulaire d'un CAP coiffure.",
    "Niveau bac.",
    "Elle a un BTS comptabilité.",
    "Diabétique, suivi à l'hôpital.",
    "Reconnu travailleur handicapé.",
    "Hypertension traitée.",
    "Opérée du genou en mars.",
    "Marié, sa femme travaille.",
    "Vit chez ses parents.",
    "Propriétaire de son logement.",
    "Locataire HLM.",
    "Inscrit à France Travail.",
    "Suivi par la mission locale.",
    "A le permis B et une voiture.",
    "Parle arabe et français.",
    "Arrêt maladie de trois mois l'an dernier.",
    "J'ai 47 ans et je suis au RSA.",
)

ASKED = (
    "RSA",
    "divorce",
    "Elle divorce.",
    "En instance de divorce.",
    "Il veut demander le RSA.",
    "Ses droits au RSA sont coupés.",
    "Au RSA sans ressources ce mois-ci.",
    "Je suis seule avec deux enfants.",
    "Ancienne détenue.",
    "Ancien logement insalubre.",
    "Sa voiture est en panne.",
    "Il lui faudrait un logement et une voiture.",
    "Elle veut apprendre l'anglais et le français.",
    "N'a pas le permis.",
    "Sans diplôme.",
    "Elle a été frappée pendant des années.",
    "Il garde deux enfants.",
    "Problème d'épaule qui l'empêche de dormir.",
    "Mon mari est violent.",
    "Locataire HLM menacé d'expulsion.",
)


def said_by(sentence: str) -> Need:
    """A need that all the words of a sentence led to."""
    return Need(THEME, 0.9, read_words(sentence.lower()).words)


@pytest.mark.parametrize("sentence", FACTS)
def test_a_fact_alone_opens_no_need(sentence: str) -> None:
    assert drop_facts(sentence, [said_by(sentence)]) == ()


@pytest.mark.parametrize("sentence", ASKED)
def test_words_that_ask_or_tell_a_trouble_open_theirs(sentence: str) -> None:
    need = said_by(sentence)
    assert drop_facts(sentence, [need]) == (need,)


@pytest.mark.parametrize(
    ("fact", "asked"),
    [
        ("Au RSA", "elle n'arrive plus à payer son loyer"),
        ("Veuve", "elle se sent très seule"),
        ("Divorcée", "elle n'a personne pour garder les enfants"),
        ("Ancien maçon", "il veut changer de métier"),
        ("Titulaire d'un CAP coiffure", "elle cherche un emploi"),
        ("Diabétique", "il n'a plus de mutuelle"),
        ("Vit chez ses parents", "voudrait son logement"),
        ("Problème d'épaule", "il cherche un médecin"),
        ("A le permis", "il n'a pas de voiture"),
    ],
)
def test_beside_a_fact_only_what_is_asked_is_kept(fact: str, asked: str) -> None:
    of_fact, of_both, need = said_by(fact), said_by(f"{fact} {asked}"), said_by(asked)
    assert drop_facts(f"{fact}, {asked}.", [of_fact, need, of_both]) == (need, of_both)


def test_a_need_read_without_words_stays_beside_what_is_asked_and_not_beside_facts_alone() -> None:
    need = Need(THEME, 0.9)
    assert drop_facts("Veuve, elle cherche un logement.", [need]) == (need,)
    assert drop_facts("Veuve, 54 ans.", [need]) == ()


def test_a_distress_is_never_taken_for_a_fact() -> None:
    told = Understood(needs=(said_by("Veuve"),), urgency=Urgency("suicide", "", (), ()))
    assert [need.thematique for need in merge_pieces([("Veuve", told)]).needs] == [THEME]


@given(st.text(max_size=120))
def test_any_text_keeps_or_drops_what_was_read_and_adds_nothing(text: str) -> None:
    need = said_by(text)
    assert drop_facts(text, [need]) in ((), (need,))
    assert drop_facts(text, []) == ()
