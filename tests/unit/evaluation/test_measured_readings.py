"""How a reading is scored, here and on a server; how a set that is wrong is told."""

from pathlib import Path

import httpx
import pytest

from indexer.errors import EvaluationError
from indexer.evaluation.judged import JudgedNeed
from indexer.evaluation.search import measure_search, remote_ranking
from indexer.evaluation.sets import find_sets
from indexer.evaluation.understanding import FIRST, SILENT, THREE, measure_understanding, remote_reading
from indexer.evaluation.understanding_sets import Text, load_texts

RENT, FOOD = "logement-hebergement--reduire-les-impayes-de-loyer", "equipement-et-alimentation--alimentation"
NEED = JudgedNeed("manger", None, "fr", "court", "essai", "dev", {"a": 3})


def text(said: str, *right: str) -> Text:
    return Text("essai", said, right, "dev", "fr", None)


def values(found: list[str], *right: str) -> dict[str, float]:
    (scored,) = measure_understanding([text("x", *right)], lambda said: found, {}).scored
    return dict(scored.values)


def test_any_of_the_right_ones_counts_first_or_among_three() -> None:
    assert values([FOOD, "autre"], RENT, FOOD) == {FIRST: 1, THREE: 1, SILENT: 0}
    assert values(["x", "y", RENT], RENT) == {FIRST: 0, THREE: 1, SILENT: 0}
    assert values(["x", "y", "z", RENT], RENT) == {FIRST: 0, THREE: 0, SILENT: 0}


def test_silence_is_a_miss_for_a_need_and_right_for_what_is_none() -> None:
    assert values([], RENT) == {FIRST: 0, THREE: 0, SILENT: 1}
    assert values([]) == {SILENT: 1}
    assert values([RENT]) == {SILENT: 0}


def test_what_the_lexicon_holds_word_for_word_is_told_apart() -> None:
    run = measure_understanding([text("Mon LOYER !", RENT), text("le loyer", RENT)], lambda said: [], {}, ["mon loyer"])
    assert [one.labels["lexique"] for one in run.scored] == ["mot pour mot", "autrement"]


def client(answer: object, status: int = 200) -> httpx.Client:
    """A server in memory that always says the same."""
    transport = httpx.MockTransport(lambda request: httpx.Response(status, json=answer))
    return httpx.Client(base_url="http://serveur.example", transport=transport)


def test_a_server_is_read_by_its_answers() -> None:
    assert remote_reading(client({"thematiques": [{"code": FOOD}]}))("faim") == [FOOD]
    assert remote_ranking(client({"items": [{"offre": {"id": "a"}}]}))(NEED) == ["a"]


@pytest.mark.parametrize(("answer", "status"), [({}, 200), ({"items": 3, "thematiques": 3}, 200), ({}, 500)])
def test_a_server_that_answers_otherwise_is_told(answer: object, status: int) -> None:
    with pytest.raises(EvaluationError, match=r"serveur\.example"):
        remote_reading(client(answer, status))("faim")
    with pytest.raises(EvaluationError, match=r"serveur\.example"):
        remote_ranking(client(answer, status))(NEED)


def test_a_search_is_scored_by_the_families_of_its_answers() -> None:
    run = measure_search([NEED], lambda need: ["a2", "x"], {"a2": "a"}, {})
    assert run.scored[0].found == ("a (3)", "x (0)")
    assert set(run.scored[0].values.values()) == {1.0}


def test_absent_sets_say_where_they_should_be(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="--jeux"):
        find_sets(tmp_path / "absent", "understanding")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{ dit = "x", attendus = ["inconnue"], part = "dev" }', "inconnue"),
        ('{ dit = "x", attendus = [], part = "tout" }', "part inconnue"),
        ('{ dit = "x", attendus = [] }', "part"),
    ],
)
def test_a_wrong_text_is_told_with_its_file(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "essai.toml").write_text(f'ensemble = "essai"\ntextes = [{line}]\n', "utf-8")
    with pytest.raises(EvaluationError, match=rf"essai\.toml, texte 1.*{told}"):
        load_texts(tmp_path)
