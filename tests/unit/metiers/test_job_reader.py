"""Jobs are read where a text speaks of work or names nothing else, and nowhere else."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.metiers.reader import MOST, JobReader
from indexer.metiers.service import Jobs
from tests.support.hashing_encoder import HashingEncoder


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> JobReader:
    missing: Path = tmp_path_factory.mktemp("tables") / "absentes"
    return Jobs(HashingEncoder(), missing).reader


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("je veux bosser avec les vieux", "K1302"),
        ("formation cariste", "N1101"),
        ("je cherche un emploi de caissière à Lille", "D1505"),
        ("j'étais maçon, je cherche du boulot", "F1703"),
        ("devenir coiffeuse", "D1202"),
        ("cuistot", "G1609"),
        ("CAP petite enfance", "K1307"),
        ("travailler avec les animaux", "A1506"),
        ("un métier dans les arbres", "A1209"),
        ("seule avec deux enfants, je voudrais travailler en cuisine, j'ai des dettes de loyer", "G1609"),
        ("trouver un patron pour un apprentissage boulangerie", "D1102"),
        ("une alternance en coiffure", "D1202"),
        ("je suis apprenti maçon", "F1703"),
        ("patron de bar", "G1805"),
        ("j'ai 22 ans et pas le permis ; j'aimerais travailler avec les animaux.", "A1506"),
    ],
)
def test_a_job_that_one_wants_is_read(reader: JobReader, text: str, code: str) -> None:
    assert code in [job.code_rome for job in reader.read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "je n'arrive plus à payer mon loyer",
        "payer mon loyer",
        "je cherche un médecin",
        "je voudrais un médecin",
        "voir une assistante sociale",
        "j'ai besoin d'une nounou",
        "réparer ma voiture",
        "je veux travailler mais je n'ai pas de garde d'enfant",
        "trouver un emploi",
        "garder mon travail",
        "je cherche du travail, ma voiture est en panne et j'ai deux enfants",
        "plus d'emploi depuis un an, des dettes de loyer, une facture de gaz",
        "recherche d'emploi",
        "je cherche un patron",
        "trouver un maître d'apprentissage",
        "l'apprentissage du français",
        "je cherche une alternance",
        "permis de conduire",
        "bonjour",
        "météo demain",
        "🙂",
        "",
    ],
)
def test_a_need_or_anything_else_gives_no_job(reader: JobReader, text: str) -> None:
    assert reader.read(text) == ()


def test_the_words_that_led_to_a_job_are_told(reader: JobReader) -> None:
    (job, *_) = reader.read("je cherche un emploi de femme de chambre le soir")
    assert (job.code_rome, job.words) == ("G1501", ("femme", "chambre"))


def test_two_jobs_of_a_sentence_are_read(reader: JobReader) -> None:
    found = {job.code_rome for job in reader.read("je cherche un travail de caissière ou de plongeur")}
    assert {"D1505", "G1605"} <= found


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(reader: JobReader, text: str) -> None:
    assert len(reader.read(f"travailler {text}")) <= MOST


def test_ten_thousand_characters_are_read(reader: JobReader) -> None:
    assert isinstance(reader.read("je veux bosser " + "dans un garage " * 700), tuple)
