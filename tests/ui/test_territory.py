"""A territory's file: what is read of it, what is refused and how it is told, and what pages show of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indexer.errors import SettingError
from indexer.settings import Settings
from tests.support.pages import PagesWorld
from tests.ui.pages_content import Page
from ui.colours import contrast, iter_weak_pairs, read_tokens
from ui.site import Site, load_site
from ui.territory_file import SHIPPED, find_territory, read_territory

ROOT = Path(__file__).parents[2]
RIGHT = """
nom = "Le Fil"
territoire = "Haute-Saône"
departements = ["70"]
code_commune = "70550"

[textes]
accueil = "Bienvenue en Haute-Saône."

[[contacts]]
nom = "Accueil du département"
pour = "Pour toute question."
telephone = "03 84 00 00 00"
courriel = "accueil@exemple.test"

[mentions]
editeur = "Département fictif, 1 rue du Test"
directeur = "Une directrice"
hebergeur = "Un hébergeur"
contact = "ecrire@exemple.test"
"""
PURPLE = '[couleurs.clair]\naction = "#6B1F7A"\naction-strong = "#4a1256"\n'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def written(folder: Path, text: str) -> Path:
    path = folder / "essai.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(SettingError) as error:
        read_territory(path)
    return str(error.value)


def test_every_shipped_territory_is_right() -> None:
    names = [read_territory(path)[0].nom for path in SHIPPED.glob("*.toml")]
    assert "Maillage" in names


def test_phones_are_read_as_people_write_them(tmp_path: Path) -> None:
    contact = read_territory(written(tmp_path, RIGHT))[0].contacts[0]
    assert (contact.phone_url, contact.phone_label) == ("tel:+33384000000", "03 84 00 00 00")


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('nom = "Le Fil"', 'nom = ""', "nom : «  » refusé. Attendu : le nom du site"),
        ('nom = "Le Fil"', "", "nom : absent. Attendu : le nom du site"),
        ('nom = "Le Fil"', 'nom = "x"\ncouleur = 1', "couleur : « 1 » refusé. Attendu : un champ connu, peut-être"),
        ('"70"]', '"99"]', "departements n° 1 : « 99 » refusé. Attendu : une liste de codes"),
        ('"70550"', '"70000"', "code_commune : « 70000 » refusé. Attendu : le code Insee d'une commune"),
        ('"70550"', '"90010"', "code_commune : « 90010 (Belfort) » refusé. Attendu : une commune du territoire (70)"),
        ('"03 84 00 00 00"', '"appelez-nous"', "contacts n° 1, telephone : « appelez-nous » refusé"),
        ('"accueil@exemple.test"', '"accueil"', "contacts n° 1, courriel : « accueil » refusé"),
        ('hebergeur = "Un hébergeur"', "", "mentions.hebergeur : absent. Attendu : qui héberge le site"),
        ('nom = "Le Fil"', 'nom = "x"\nbase_url = "exemple.fr"', "base_url : « exemple.fr » refusé"),
        ('nom = "Le Fil"', 'nom = "x"\nbase_url = "https://exemple.fr/offres"', "sans chemin"),
        ('nom = "Le Fil"', 'nom = "x"\nlogo = "absent.png"', "logo : « absent.png ne peut pas être lu » refusé"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_with_its_field_and_what_is_expected(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    assert told in refusal(written(tmp_path, RIGHT.replace(right, wrong, 1)))


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    message = refusal(written(tmp_path, '[couleurs.clair]\naction = "red"\nrouge = "#ff0000"\n'))
    fields = {line.split(" : ")[0].strip() for line in message.splitlines()[1:]}
    assert fields == {
        "nom", "territoire", "departements", "code_commune", "mentions",
        "couleurs.clair.action", "couleurs.clair.rouge",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"nom = ", "n'est pas du TOML"), (b'nom = "\xe9"', "n'est pas en UTF-8")],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "essai.toml"
    path.write_bytes(content)
    assert told in refusal(path)


def test_a_colour_too_close_to_its_ground_is_refused_with_its_worst_pair(tmp_path: Path) -> None:
    message = refusal(written(tmp_path, RIGHT + '[couleurs.sombre]\naction = "#333333"\n'))
    assert "couleurs.sombre.action : « #333333 » refusé. Attendu : un contraste d'au moins 4,5 avec" in message
    assert message.count("couleurs.sombre.action") == 1


def test_our_own_tokens_have_no_weak_pair() -> None:
    assert list(iter_weak_pairs(read_tokens())) == []


def test_contrast_is_that_of_the_standard() -> None:
    assert (contrast("#000000", "#ffffff"), round(contrast("#777777", "#ffffff"), 2)) == (21, 4.48)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (SVG.replace(b"<path", b"<script>alert(1)</script><path"), "contient « <script> »"),
        (SVG.replace(b"<path", b'<path onload="x()"'), "contient un programme (« onload »)"),
        (SVG.replace(b"<path", b'<image href="https://exemple.test/a.png"/><path'), "appelle une autre adresse"),
        (SVG.replace(b"<path", b'<a href="javascript:x()"/><path'), "appelle une autre adresse"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "déclare des entités"),
        (SVG[:-3], "n'est pas un SVG lisible"),
        (b"<html/>", "n'est pas un SVG lisible"),
        (SVG + b" " * 70_000, "pèse 70 ko"),
    ],
)
def test_a_logo_that_is_not_only_a_picture_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "logo.svg").write_bytes(content)
    assert told in refusal(written(tmp_path, 'logo = "logo.svg"\n' + RIGHT))


def test_a_picture_under_a_false_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(SVG)
    assert "n'est ni un PNG ni un SVG" in refusal(written(tmp_path, 'logo = "logo.png"\n' + RIGHT))


def test_a_name_is_looked_up_in_the_deployments_folder_then_in_ours(tmp_path: Path) -> None:
    own = written(tmp_path, RIGHT)
    assert find_territory("essai", tmp_path) == own
    assert find_territory("belfort", tmp_path) == SHIPPED / "belfort.toml"
    assert find_territory(str(own), None) == own


@pytest.mark.parametrize(
    ("name", "told"),
    [("atlantide", "un de ces noms : belfort"), ("/nulle/part.toml", "« /nulle/part.toml » n'existe pas")],
)
def test_a_territory_that_is_nowhere_is_told(name: str, told: str) -> None:
    with pytest.raises(SettingError, match=told):
        find_territory(name, None)


def test_a_wrong_territory_stops_the_server_with_a_sentence(tmp_path: Path) -> None:
    path = written(tmp_path, RIGHT.replace('"70550"', '"70000"'))
    command = [sys.executable, "-c", "from indexer.cli import main; main()", "serve", "--port", "1"]
    environment = os.environ | {"MAILLAGE_DATA_DIR": str(tmp_path), "MAILLAGE_TERRITOIRE": str(path)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "code_commune : « 70000 » refusé" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("address", ["exemple.fr", "https://", "https://a@b.fr", "https://b.fr/x", "https://b.fr?x=1"])
def test_a_wrong_public_address_is_refused(address: str) -> None:
    with pytest.raises(SettingError, match="MAILLAGE_BASE_URL"):
        load_site(Settings(base_url=address))


def test_the_setting_wins_over_the_files_address(tmp_path: Path) -> None:
    path = written(tmp_path, 'base_url = "https://fichier.exemple.test"\n' + RIGHT)
    assert load_site(Settings(territoire=str(path))).base_url == "https://fichier.exemple.test"
    chosen = load_site(Settings(territoire=str(path), base_url="https://reglage.exemple.test/"))
    assert chosen.base_url == "https://reglage.exemple.test"


@pytest.fixture
def own_client(tmp_path: Path) -> TestClient:
    (tmp_path / "logo.svg").write_bytes(SVG)
    territory, logo = read_territory(written(tmp_path, 'logo = "logo.svg"\n' + RIGHT + PURPLE))
    return TestClient(PagesWorld(tmp_path, site=Site(territory, logo, None)).app)


def test_pages_bear_the_territorys_name_and_logo(own_client: TestClient) -> None:
    page = Page.read(own_client.get("/a-propos").text)
    logo = page.all("img")[0].get("src")
    assert page.text("title") == "À propos de ce site – Le Fil"
    assert "Haute-Saône (70)" in page.text()
    assert "Maillage" not in page.text("header")
    assert (own_client.get(logo).content, own_client.get(logo).headers["content-type"]) == (SVG, "image/svg+xml")


def test_its_colours_are_a_style_sheet_after_ours_for_screens_only(own_client: TestClient) -> None:
    sheets = [e.get("href") for e in Page.read(own_client.get("/a-propos").text).all("link", rel="stylesheet")]
    style = own_client.get(sheets[1]).text
    assert style.startswith("@media screen{:root{--action:#6b1f7a;")
    assert f"dark){{:root{{--action:{read_tokens()['sombre']['action']};" in style
    assert ":root{" not in style.replace("@media screen{:root{", "").replace("dark){:root{", "")


def test_its_contacts_and_notices_are_told(own_client: TestClient) -> None:
    about, legal = Page.read(own_client.get("/a-propos").text), Page.read(own_client.get("/mentions-legales").text)
    assert about.links()["Appeler le 03 84 00 00 00"] == "tel:+33384000000"
    assert about.links()["Écrire à accueil@exemple.test"] == "mailto:accueil@exemple.test"
    assert "Bienvenue en Haute-Saône." in about.text()
    assert all(told in legal.text() for told in ("Département fictif", "Une directrice", "Un hébergeur"))


def test_a_territory_without_colours_asks_for_no_second_style_sheet(client: TestClient) -> None:
    assert len(Page.read(client.get("/a-propos").text).all("link", rel="stylesheet")) == 1
