"""Declared sources: what is wrong is told with its file, its line and its key, and harms no other."""

from datetime import datetime
from pathlib import Path

import pytest

from indexer.errors import SettingError
from indexer.settings import Settings
from indexer.sources.declare import NewSource, add_source, build_toml, toml_text
from indexer.sources.load import load_sources, read_source
from indexer.sources.planning import ZONE, build_trigger, next_sync
from tests.unit.sources.conftest import Declare

GOOD = '[acces]\nfichier = "a.json"\n'
FICHE = '[[fiches]]\ngenre = "offre"\n[fiches.champs]\nid = "N"\nnom = "Nom"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "ligne 1, acces : cette clé manque"),
        ('[acces]\nfichier = "a"\nurl = "http://x/y"', "ligne 1, acces : il faut une seule de ces clés"),
        (GOOD + "delai_s = 'vite'", "ligne 3, acces.delai_s : un nombre entier est attendu"),
        ('licnce = "LO"\n' + GOOD, "ligne 1, licnce : clé inconnue"),
        ('format = "xls"\n' + GOOD, "ligne 1, format : format inconnu. Formats connus"),
        (
            GOOD + FICHE + 'adrese = "A"',
            "ligne 3, fiches.1 : champ inconnu : « adrese ». Vouliez-vous dire « adresse",
        ),
        (GOOD + FICHE + 'commune = { colonne = "V", forme = "zut" }', "ligne 8, fiches.1.champs.commune.forme"),
        (GOOD + FICHE + 'commune = { modele = "{V" }', "mal placé"),
        (GOOD + FICHE.replace('id = "N"\n', 'commune = "V"\n'), "il manque le champ « id »"),
        ('flux = "x"\n' + GOOD, "ligne 1, flux : le nom du fichier le dit déjà"),
        (GOOD + "oups", "TOML illisible"),
        (GOOD + 'jeton = "secret en clair"', "ligne 3, acces.jeton"),
        ('producteur = "CCAS de Valdoie"\n' + GOOD, "ligne 1, producteur : un nom court est attendu"),
        ('planning = "demain"\n' + GOOD, "ligne 1, planning"),
    ],
)
def test_a_fault_is_told_with_its_place(declare: Declare, text: str, told: str) -> None:
    with pytest.raises(SettingError) as refused:
        declare(text)
    assert told in str(refused.value)
    assert "essai.toml" in str(refused.value)


def test_one_wrong_file_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "bon.toml").write_text(GOOD)
    (tmp_path / "inactif.toml").write_text("actif = false\n" + GOOD)
    (tmp_path / "faux.toml").write_text("oups")
    declared = load_sources(Settings(data_dir=tmp_path, sources_dir=tmp_path))
    assert "bon" in [source.flux for source in declared.choose([])]
    assert "inactif" not in [source.flux for source in declared.choose([])]
    assert list(declared.errors) == ["faux"]
    assert [source.flux for source in declared.choose(["inactif"])] == ["inactif"]
    with pytest.raises(SettingError, match="Pas de source « absent »"):
        declared.choose(["absent"])
    with pytest.raises(SettingError, match="TOML illisible"):
        declared.choose(["faux"])


def test_the_folder_of_the_setting_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="MAILLAGE_SOURCES_DIR"):
        load_sources(Settings(data_dir=tmp_path, sources_dir=tmp_path / "absent"))


def test_one_line_declares_a_source_that_can_be_read_again(tmp_path: Path) -> None:
    new = NewSource("ccas", "https://exemple.fr/a.csv", "csv", "ccas", 'LO "2.0" \\ \n', "Été")
    source = read_source(add_source(tmp_path, "ccas", build_toml(new)))
    assert (source.acces.url, source.format, source.producteur) == ("https://exemple.fr/a.csv", "csv", "ccas")
    assert (source.licence, source.titre) == ('LO "2.0" \\ \n', "Été")


def test_a_name_that_is_taken_or_a_wrong_source_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    add_source(tmp_path, "un", GOOD)
    with pytest.raises(SettingError, match="existe déjà"):
        add_source(tmp_path, "un", GOOD)
    for flux, text in (("deux", "[acces]"), ("trois", "oups"), ("deux--tirets", GOOD)):
        with pytest.raises(SettingError):
            add_source(tmp_path, flux, text)
    assert [path.name for path in tmp_path.iterdir()] == ["un.toml"]


def test_toml_text_escapes_what_would_end_it() -> None:
    assert toml_text('a"b\\c\n') == '"a\\"b\\\\c\\u000a"'


@pytest.mark.parametrize(
    ("planning", "expected"),
    [
        ("30 5 * * *", datetime(2031, 1, 7, 5, 30, tzinfo=ZONE)),
        ("0 6 * * 0", datetime(2031, 1, 12, 6, tzinfo=ZONE)),  # 0 is Sunday, as in cron
        ("0 6 * * 1-5", datetime(2031, 1, 7, 6, tzinfo=ZONE)),
    ],
)
def test_a_planning_is_read_as_cron_reads_it(declare: Declare, planning: str, expected: datetime) -> None:
    source = declare(f'planning = "{planning}"\n{GOOD}')
    assert next_sync(source, datetime(2031, 1, 6, 8, tzinfo=ZONE)) == expected


def test_a_planning_that_no_clock_follows_is_refused(declare: Declare) -> None:
    with pytest.raises(SettingError, match="n'est pas un planning"):
        build_trigger(declare(f'planning = "99 5 * * *"\n{GOOD}'))


def test_shipped_sources_are_sound_and_ask_nothing_by_themselves(tmp_path: Path) -> None:
    declared = load_sources(Settings(data_dir=tmp_path))
    assert declared.errors == {}
    assert declared.choose([]) == []
    assert declared.sources
