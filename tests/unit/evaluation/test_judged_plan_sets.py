"""Judged profiles: what is refused, and by what name it is told."""

from pathlib import Path

import pytest

from indexer.errors import EvaluationError
from indexer.evaluation.plan_sets import load_plans

FAMILIES = {"exemple--creche": "exemple--creche", "exemple--cv-belfort": "exemple--cv-belfort"}
HEAD = 'prefixe = "exemple--"\n[[profils]]\nnom = "a"\nsituation = "jeune"\nloin_km = 10\n'
PLACE = 'profil.lieu.code_commune = "90010"\n'


def load(folder: Path, text: str) -> object:
    (folder / "profils.toml").write_text(text, "utf-8")
    return load_plans(folder, FAMILIES)


def test_a_profile_is_read_with_its_families_of_offers(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(f'{HEAD}{PLACE}bonnes.famille--garde-denfants = ["creche"]\n', "utf-8")
    (plan,) = load_plans(tmp_path, FAMILIES)
    assert plan.right == {"famille--garde-denfants": frozenset({"exemple--creche"})}
    assert plan.needs == ("famille--garde-denfants",)
    assert plan.profile.lieu.code_commune == "90010"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('bonnes.famille = ["absente"]\n', "absente"),
        ('bonnes.jardinage = ["creche"]\n', "jardinage"),
        ("bonnes.famille = []\n", "jamais les deux"),
        ('bonnes.famille = ["creche"]\nsans_offre = ["famille"]\n', "jamais les deux"),
        ("", "aucun besoin attendu"),
        ('sans_offre = ["famille"]\nprofil.age = 7\n', "pas un profil"),
        ('sans_offre = ["famille"]\navant = [["seule"]]\n', "mal écrit"),
    ],
)
def test_a_judgement_that_means_nothing_is_refused_by_name(tmp_path: Path, lines: str, said: str) -> None:
    with pytest.raises(EvaluationError, match=said) as refused:
        load(tmp_path, HEAD + PLACE + lines)
    assert "profils.toml, profil 1" in str(refused.value)


def test_two_profiles_of_one_name_are_refused(tmp_path: Path) -> None:
    one = f'{HEAD}{PLACE}sans_offre = ["famille"]\n'
    with pytest.raises(EvaluationError, match="Deux profils"):
        load(tmp_path, one + one.replace('prefixe = "exemple--"\n', ""))
