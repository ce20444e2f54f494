"""A text understood as a whole: the clauses, what is denied, and any text at all."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indexer.embeddings.encoder import load_encoder
from indexer.engines.base import Need, Vector
from indexer.geocode.communes import load_communes
from indexer.language.needs import load_need_reader
from indexer.settings import Settings
from indexer.understanding.clauses import split_clauses
from indexer.understanding.merging import MOST, merge_needs
from indexer.understanding.understander import MEANT, Understander
from indexer.understanding.understood import Understood
from indexer.understanding.wants import wanted_clauses
from indexer.understanding.words import MAX_CHARACTERS, clean_text, read_words
from tests.support.encoder import build_test_encoder_dir, default_cache_root
from tests.support.hashing_encoder import HashingEncoder

NASTY = Path(__file__).with_name("nasty.txt").read_text("utf-8").splitlines()
SEVERAL = Path(__file__).parents[2] / "relevance" / "understanding" / "plusieurs.toml"


class Spy(HashingEncoder):
    """Tells what it was asked to encode."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.batches.append(list(texts))
        return super().encode_queries(texts)


class WordReader:
    """Each word is a need of its own."""

    def read(self, texts: Sequence[str], vectors: Vector) -> Sequence[tuple[Need, ...]]:
        return [tuple(Need(word, 0.9) for word in read_words(text).words[-1:]) for text in texts]

    def says_no_need(self, text: str, vector: Vector) -> bool:
        return False


def understander(encoder: HashingEncoder | None = None) -> Understander:
    return Understander(encoder or HashingEncoder(), WordReader(), load_communes())


def understand(text: str) -> Understood:
    return understander().understand(text)


def needs(text: str) -> set[str]:
    return {need.thematique for need in understand(text).needs}


def wanted(text: str) -> list[str]:
    said = read_words(clean_text(text)[0])
    return [said.written(c.start, c.stop) for c in wanted_clauses(said, split_clauses(said))]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("plus de logement et mon fils est malade", ["plus de logement", "mon fils est malade"]),
        ("j'ai déjà un logement, il me faut un travail", ["il me faut un travail"]),
        ("je n'ai pas de logement", ["je n'ai pas de logement"]),
        ("plus d'argent", ["plus d'argent"]),
        ("je n'arrive plus à payer", ["je n'arrive plus à payer"]),
        ("pas besoin de formation, je veux bosser", ["je veux bosser"]),
        ("je ne cherche pas un logement mais un travail", ["un travail"]),
        ("j'ai un appart mais pas de taf", ["pas de taf"]),
        ("j'ai une voiture mais elle est en panne", ["j'ai une voiture mais elle est en panne"]),
        ("j'ai déjà trois mois de loyer en retard", ["j'ai déjà trois mois de loyer en retard"]),
        ("j'ai déjà un logement trop petit", ["j'ai déjà un logement trop petit"]),
        ("je cherche un travail, pas une formation", ["je cherche un travail"]),
        ("le logement c'est bon, il me reste la crèche", ["il me reste la crèche"]),
        ("ya tengo trabajo, necesito casa", ["necesito casa"]),
        ("g plu de logement je veux un taf", ["g plu de logement", "je veux un taf"]),
        ("cours de l'or", ["cours de l'or"]),
        ("il y a du moisi chez moi", ["il y a du moisi chez moi"]),
    ],
)
def test_what_is_had_or_refused_is_no_need(text: str, kept: list[str]) -> None:
    assert wanted(text) == kept


def test_each_clause_gives_its_need_in_one_batch() -> None:
    spy = Spy()
    found = understander(spy).understand("plus de logement et plus de voiture")
    assert {need.thematique for need in found.needs} == {"logement", "voiture"}
    assert spy.batches == [["plus de logement et plus de voiture", "plus de logement", "plus de voiture"]]


def test_what_is_denied_is_not_searched_unless_there_is_nothing_else() -> None:
    assert understand("j'ai déjà un logement, il me faut un travail").searched == "il me faut un travail"
    alone = understand("j'ai déjà un logement")
    assert (alone.searched, alone.needs) == ("j'ai déjà un logement", ())


def test_a_place_is_taken_out_of_what_is_searched_but_not_out_of_a_name() -> None:
    assert understand("permis à Belfort").searched == "permis"
    assert understand("mission locale de Lille").searched == "mission locale de Lille"
    assert understand("je cherche à Roubaix").searched == ""
    assert understander().understand("permis à Belfort", look_for_place=False).searched == "permis à Belfort"


def test_words_that_only_ask_say_no_need() -> None:
    assert needs("bonjour je cherche") == set()


def test_a_lone_small_word_is_left_to_the_reader() -> None:
    assert needs("sous") == {"sous"}
    assert needs("a") == set()


def test_a_text_that_is_all_wanted_is_searched_as_it_was_said() -> None:
    said = "Accompagnement vers et dans le logement"
    assert understand(said).searched == said


def test_what_the_whole_text_says_first_stays_first_when_a_clause_says_it_too() -> None:
    merged = merge_needs([Need("w", 0.3), Need("x", 0.2)], [[Need("c", 0.9)], [Need("w", 0.3)]])
    assert [need.thematique for need in merged] == ["w", "c", "x"]
    assert [need.score for need in merged] == sorted((need.score for need in merged), reverse=True)


def test_a_need_is_explained_by_the_words_of_its_clause() -> None:
    [need] = understand("je voudrais une voiture").needs
    assert need.words == ("voiture",)


def test_merging_keeps_the_first_need_of_each_clause_when_room_is_short() -> None:
    clauses = [[Need(f"a{i}", 0.3), Need(f"b{i}", 0.29)] for i in range(4)]
    kept = merge_needs([Need("w", 0.9)], clauses)
    assert len(kept) == MOST
    assert {f"a{i}" for i in range(4)} <= {need.thematique for need in kept}


def test_a_long_text_is_read_at_its_beginning_and_says_so() -> None:
    spy = Spy()
    found = understander(spy).understand("je cherche une voiture. " * 500)
    assert found.warnings == ("Votre texte est long : nous avons lu les 2 000 premiers caractères.",)
    assert sum(len(text.encode()) for batch in spy.batches for text in batch) <= 2 * MEANT


def test_addresses_and_telephone_numbers_are_not_read() -> None:
    found = understand("appelez jean@exemple.test au 06 12 34 56 78 pour un logement")
    told = repr((found.needs, found.searched, found.publics, found.constraints))
    assert "exemple" not in told
    assert "12 34" not in told


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_is_answered(text: str) -> None:
    found = understand(text)
    assert len(found.searched) <= MAX_CHARACTERS + 2 * MOST
    assert found.vector is None or np.isfinite(found.vector).all()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from([*NASTY, "j'ai déjà", "et", "mais", "à", "59100", "17 ans"])).map(" ".join)
)
def test_any_text_is_answered(text: str) -> None:
    found = understand(text)
    assert len(found.needs) <= MOST
    assert all(0 <= sign.score <= 1 for sign in (*found.publics, *found.constraints))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Understander:
    """With the encoder and what is shipped of the lexicon."""
    folder = tmp_path_factory.mktemp("lexique")
    (folder / "encoder").symlink_to(build_test_encoder_dir(default_cache_root()))
    encoder = load_encoder(Settings(data_dir=folder))
    return Understander(encoder, load_need_reader(encoder, folder), load_communes())


def test_real_sentences_with_several_needs_are_mostly_understood(real: Understander) -> None:
    """Measured: 90 needs of 95, one denied of 15. Three are left to other processors and lexicons."""
    found = asked = denied = 0
    for row in tomllib.loads(SEVERAL.read_text("utf-8"))["phrase"]:
        names = [need.thematique for need in real.understand(row["dit"]).needs]
        asked += len(row["veut"])
        found += sum(any(name.startswith(tuple(right)) for name in names) for right in row["veut"])
        denied += sum(any(name.startswith(wrong) for name in names) for wrong in row.get("refuse", ()))
    assert found / asked >= 0.9
    assert denied <= 3


@pytest.mark.parametrize(
    "said", ["bonjour", "Bonjour !", "quelle météo demain", "connard", "sale con", "merci au revoir"]
)
def test_what_is_no_need_is_told_from_what_is_one(real: Understander, said: str) -> None:
    assert real.understand(said).no_need


@pytest.mark.parametrize("said", ["bonjour je cherche un toit", "loyer", "PASS'ENTREPRISES", "aide", "j'ai faim"])
def test_a_need_or_a_name_is_not_taken_for_no_need(real: Understander, said: str) -> None:
    assert not real.understand(said).no_need


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("nounou gratuite sans voiture", "famille--garde-denfants"),
        ("cours de français le soir sans voiture", "lecture-ecriture-calcul--maitriser-le-francais"),
        ("un dentiste gratuit le samedi, je n'ai pas de voiture", "sante--acces-aux-soins"),
    ],
)
def test_a_condition_said_beside_a_need_does_not_outweigh_it(real: Understander, said: str, need: str) -> None:
    understood = real.understand(said)
    assert understood.needs[0].thematique == need
    assert "sans-voiture" in {sign.code for sign in understood.constraints}


def test_a_condition_beside_a_need_is_not_among_the_words_searched(real: Understander) -> None:
    assert real.understand("nounou gratuite sans voiture").searched == "nounou"


@pytest.mark.parametrize("said", ["je n'ai pas de voiture", "aller travailler sans voiture", "sans voiture à Belfort"])
def test_what_would_be_a_condition_is_the_need_where_nothing_else_is_one(real: Understander, said: str) -> None:
    assert real.understand(said).needs[0].thematique.startswith("mobilite--")
