"""Notes read by the real reader: what is only told of a person opens no need, what is asked beside it does."""

from collections.abc import Callable
from functools import partial

import pytest

from indexer.embeddings.encoder import load_encoder
from indexer.geocode.communes import load_communes
from indexer.language.needs import load_need_reader
from indexer.matching.needs import LEAST_SURE
from indexer.matching.note import read_note
from indexer.understanding.understander import Understander
from tests.support.judged import real_settings

Read = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """The thématiques of a note that the plan takes."""
    settings = real_settings(tmp_path_factory.mktemp("faits"))
    encoder = load_encoder(settings)
    understander = Understander(encoder, load_need_reader(encoder, settings.encoder_dir), load_communes())
    understand = partial(understander.understand, look_for_place=False)

    def needs_of(note: str) -> list[str]:
        return [need.thematique for need in read_note(note, understand).needs if need.score >= LEAST_SURE]

    return needs_of


@pytest.mark.parametrize(
    "note",
    [
        "Problème d'épaule",
        "au RSA",
        "Veuve",
        "Divorcé, deux enfants.",
        "Célibataire sans enfant.",
        "Touche l'allocation adulte handicapé.",
        "Ancienne secrétaire dans un cabinet d'avocats.",
        "Titulaire d'un CAP coiffure.",
        "Niveau bac.",
        "Diabétique, suivi à l'hôpital.",
        "Reconnu travailleur handicapé.",
        "Locataire HLM.",
        "A le permis B et une voiture.",
        "Monsieur, 52 ans, marié, bénéficiaire du RSA. Ancien maçon. Problème d'épaule.",
    ],
)
def test_facts_alone_open_no_need(read: Read, note: str) -> None:
    assert read(note) == []


@pytest.mark.parametrize(
    ("note", "theme"),
    [
        ("Au RSA, elle n'arrive plus à payer son loyer.", "logement-hebergement--reduire-les-impayes-de-loyer"),
        ("Veuve, elle se sent très seule.", "remobilisation--lien-social"),
        ("Divorcée, elle n'a personne pour garder les enfants.", "famille--garde-denfants"),
        ("Ancien maçon, il veut changer de métier.", "choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite"),
        ("Diabétique, il n'a plus de mutuelle.", "sante--acces-aux-soins"),
        ("Vit chez ses parents, voudrait son logement.", "logement-hebergement--louer-un-logement"),
    ],
)
def test_what_is_asked_beside_a_fact_is_the_only_need(read: Read, note: str, theme: str) -> None:
    assert read(note) == [theme]


@pytest.mark.parametrize("note", ["Il veut demander le RSA.", "Ses droits au RSA sont coupés.", "Elle divorce."])
def test_the_same_words_that_ask_open_theirs(read: Read, note: str) -> None:
    assert read(note) != []
