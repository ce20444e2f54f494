"""The report of a source: figures, an e-mail, and rows at fault that a spreadsheet opens without running them."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest

from indexer.catalogue import Catalogue
from indexer.errors import SettingError
from indexer.sources.keep import SourceFolder
from indexer.sources.quality import build_email, build_source_report, iter_csv, iter_issues, safe_cell, write_csv
from tests.unit.sources.conftest import Clock, Declare, Sync, records

TOML = 'titre = "Ateliers"\nfraicheur_jours = 30\n[acces]\nfichier = "depot.json"\n[gardes]\nrejets_max = 0.9\n'


def drop(tmp_path: Path, *more: dict[str, object]) -> None:
    (tmp_path / "sources").mkdir(exist_ok=True)
    rows = json.loads(records(3)) + list(more)
    (tmp_path / "sources" / "depot.json").write_text(json.dumps(rows))


def test_a_report_tells_figures_freshness_and_trend(
    tmp_path: Path, declare: Declare, sync: Sync, catalogue: Catalogue, clock: Clock
) -> None:
    drop(tmp_path, {"id": "ex--9", "source": "ex", "structure_id": "ex--s"})
    source = declare(TOML)
    sync(source)
    clock.now += timedelta(days=40)
    sync(source)
    state = SourceFolder(tmp_path / "sync", "essai").read()
    values = build_source_report(source, catalogue, state, clock.now).as_dict()
    assert (values["lues"], values["rejetees"], values["offres_publiees"]) == (5, 1, 3)
    assert (values["age_jours"], values["en_retard"]) == (40, True)
    assert [run["lues"] for run in values["evolution"]] == [5, 5]
    assert values["part_localisee"] == 1.0


def test_the_e_mail_says_what_to_mend_and_where(
    tmp_path: Path, declare: Declare, sync: Sync, catalogue: Catalogue, clock: Clock
) -> None:
    drop(tmp_path, {"id": "ex--9", "source": "ex", "structure_id": "ex--s"})
    source = declare(TOML)
    sync(source)
    state = SourceFolder(tmp_path / "sync", "essai").read()
    text = build_email(build_source_report(source, catalogue, state, clock.now))
    assert text.startswith("Objet : Ateliers")
    assert "5 fiches, dont 1 que nous n'avons pas pu prendre" in text
    assert "1 fois (lignes 5) : Nom absent" in text


def test_rows_at_fault_are_kept_after_a_held_import_too(tmp_path: Path, declare: Declare, sync: Sync) -> None:
    drop(tmp_path, *({"id": f"ex--n{n}", "structure_id": "ex--s"} for n in range(9)))
    assert sync(declare(TOML.replace("0.9", "0.5"))).state == "retenu"
    rows = list(
        csv.DictReader(
            io.StringIO("".join(iter_csv(iter_issues(SourceFolder(tmp_path / "sync", "essai"))))), delimiter=";"
        )
    )
    assert sum(row["regle"] == "nom-absent" for row in rows) == 9


def test_a_value_that_would_be_a_formula_is_made_text(tmp_path: Path, declare: Declare, sync: Sync) -> None:
    formula = '=HYPERLINK("http://mal.example";"cliquez")'
    drop(tmp_path, {"id": formula, "source": "ex", "structure_id": "ex--s", "date_maj": "+cmd|' /C calc'!A0"})
    sync(declare(TOML))
    count = write_csv(SourceFolder(tmp_path / "sync", "essai"), tmp_path / "fautes.csv")
    text = (tmp_path / "fautes.csv").read_text("utf-8")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert text.startswith("\ufefffichier;ligne")
    assert len(rows) == count + 1
    cells = [cell for row in rows for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "  =1", "＝1"])
def test_what_begins_like_a_formula_is_escaped(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["texte", "12", 12, None, "a=b"])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert safe_cell(value) == ("" if value is None else str(value))


def test_a_source_never_read_says_what_to_run(
    tmp_path: Path, declare: Declare, catalogue: Catalogue, clock: Clock
) -> None:
    source = declare(TOML)
    folder = SourceFolder(tmp_path / "sync", "essai")
    with pytest.raises(SettingError, match="maillage sync essai"):
        build_source_report(source, catalogue, folder.read(), clock.now)
    with pytest.raises(SettingError, match="maillage sync"):
        list(iter_issues(folder))
