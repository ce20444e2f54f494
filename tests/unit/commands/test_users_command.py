"""`maillage users`, as an administrator types it."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from indexer.catalogue import open_catalogue
from indexer.commands.users import app
from indexer.errors import AccountError, WorkspaceError
from tests.support.pages import KEY
from tests.support.small_feeds import bring, small_feed

Maillage = Callable[..., Result]


@pytest.fixture
def users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maillage:
    """Runs a command on a data folder of its own, with a key."""
    monkeypatch.setenv("MAILLAGE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MAILLAGE_SECRET_KEY", KEY)
    monkeypatch.setenv("MAILLAGE_BASE_URL", "https://insertion.exemple.fr")

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, list(words), catch_exceptions=False)

    return run


@pytest.fixture
def camille(users: Maillage) -> Maillage:
    users("organisations", "add", "Maison de l’emploi", "--siret", "73282932000074")
    users("add", "camille@exemple.fr", "--name", "Camille", "--organisation", "maison de l’emploi")
    return users


def test_an_account_is_opened_by_a_link_and_nothing_secret_is_listed(users: Maillage) -> None:
    users("organisations", "add", "Maison de l’emploi")
    words = ("--name", "Camille", "--organisation", "Maison de l’emploi", "--role", "coordinateur")
    made = users("add", "camille@exemple.fr", *words)
    link = made.stdout.strip()
    assert link.startswith("https://insertion.exemple.fr/connexion/mot-de-passe/")
    listed = users("list", "--json").stdout
    (user,) = json.loads(listed)
    assert (user["email"], user["role"], user["invited"]) == ("camille@exemple.fr", "coordinateur", True)
    assert link.rpartition("/")[2] not in listed
    assert "hash" not in listed


def test_an_invitation_by_mail_shows_no_link(users: Maillage) -> None:
    users("organisations", "add", "A")
    sent = users("add", "camille@exemple.fr", "--name", "Camille", "--organisation", "A", "--mail")
    assert "mot-de-passe" not in sent.output
    assert "Invitation" in sent.stdout


def test_role_closing_and_opening_are_told_and_kept(camille: Maillage) -> None:
    assert camille("role", "camille@exemple.fr", "administrateur").stdout == "camille@exemple.fr : Administrateur.\n"
    camille("disable", "camille@exemple.fr")
    assert "Camille, Administrateur, Maison de l’emploi (fermé)" in camille("list").stdout
    camille("enable", "camille@exemple.fr")
    assert "(jamais venu)" in camille("list").stdout
    assert "mot-de-passe/" in camille("reset-password", "camille@exemple.fr").stdout
    assert "arrêtée" in camille("reset-second-factor", "camille@exemple.fr").stdout
    assert "Rien dans le journal" in camille("log").stdout


@pytest.mark.parametrize("command", ["disable", "enable", "reset-password", "reset-second-factor"])
def test_an_unknown_address_is_told_with_where_to_look(users: Maillage, command: str) -> None:
    with pytest.raises(AccountError, match="maillage users list"):
        users(command, "personne@exemple.fr")


def test_an_unknown_organisation_is_told_with_where_to_look(users: Maillage) -> None:
    with pytest.raises(AccountError, match="maillage users organisations list"):
        users("add", "a@exemple.fr", "--name", "A", "--organisation", "inconnue")


def test_a_key_is_new_each_time_and_long_enough(users: Maillage) -> None:
    first, second = (users("new-key").stdout.strip() for _ in range(2))
    assert first != second
    assert len(first) >= 32


def test_a_key_is_changed_from_the_command_line(camille: Maillage, monkeypatch: pytest.MonkeyPatch) -> None:
    new = camille("new-key").stdout.strip()
    monkeypatch.setenv("MAILLAGE_SECRET_KEY", new)
    with pytest.raises(WorkspaceError, match="Remettez l'ancienne clé"):
        camille("list")
    monkeypatch.setenv("MAILLAGE_SECRET_KEY", f"{new},{KEY}")
    assert "chiffrés avec la première clé" in camille("reseal").stdout
    monkeypatch.setenv("MAILLAGE_SECRET_KEY", new)
    assert "Camille" in camille("list").stdout


def test_without_a_key_examples_get_their_own_and_real_offers_get_none(
    users: Maillage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAILLAGE_SECRET_KEY")
    users("list")
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    catalogue = open_catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    bring(catalogue, small_feed(1), flux="un-partenaire")
    catalogue.close()
    with pytest.raises(WorkspaceError, match="MAILLAGE_SECRET_KEY"):
        users("list")


def test_a_referent_is_let_moderate_and_stopped(camille: Maillage) -> None:
    camille("moderator", "camille@exemple.fr")
    assert "Référent, modère" in camille("list").stdout
    camille("moderator", "camille@exemple.fr", "--stop")
    assert "modère" not in camille("list").stdout
