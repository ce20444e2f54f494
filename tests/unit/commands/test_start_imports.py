"""What a server that starts must not import: each name says its cost, or whom it is for. In a process of its own."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

NOT_BEFORE_THE_FIRST_ANSWER = {
    "alembic": "0.2 s, for the one start in a hundred that finds an older schema",
    "apscheduler": "`maillage schedule`",
    "argon2": "passwords",
    "authlib": "signing in with a provider of identity",
    "cryptography": "texts of the workspace",
    "elasticsearch": "the other engine",
    "extruct": "crawlers",
    "geopy": "an import's addresses",
    "httpx": "40 ms, for the services of a deployment that has some",
    "icalendar": "feeds",
    "joserfc": "signing in with a provider of identity",
    "lxml": "feeds",
    "nh3": "texts of an import",
    "onnx": "0.3 s, to write the encoder",
    "openpyxl": "feeds",
    "phonenumbers": "30 ms, for the first page with a phone",
    "pyotp": "second factors",
    "scrapy": "crawlers",
    "segno": "20 ms, for printed pages",
    "indexer.accounts": "the workspace: 0.3 s with what follows",
    "indexer.alerts": "the workspace",
    "indexer.dossiers": "the workspace",
    "indexer.feeds": "imports",
    "indexer.mail": "the workspace",
    "indexer.mobilise": "the workspace",
    "indexer.normalise": "imports, and what is published",
    "indexer.pipeline": "imports, and what is published",
    "indexer.plans": "the workspace",
    "indexer.publish.publications": "what is published",
    "indexer.relay": "the workspace",
    "indexer.workspace": "the workspace",
    "ui.dossiers": "pages of the workspace: 0.3 s together",
    "ui.espace.guard": "pages of the workspace",
    "ui.mobilisation": "pages of the workspace",
    "ui.moderation": "pages of the workspace",
    "ui.publier": "pages of the workspace",
    "ui.workspace_pages": "pages of the workspace",
}

_START = """
import sys
from concurrent.futures import Future
import indexer.cli
import indexer.commands.serve as serve
serve.begin_encoder = Future
serve.build_site()
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The modules of a process that is about to open its catalogue; its encoder is left out."""
    given = os.environ | {"MAILLAGE_DATA_DIR": str(tmp_path_factory.mktemp("donnees"))}
    done = subprocess.run([sys.executable, "-c", _START], env=given, capture_output=True, text=True, check=True)
    return frozenset(done.stdout.split())


def test_a_start_imports_nothing_that_its_first_answers_can_do_without(imported: frozenset[str]) -> None:
    assert {name: why for name, why in NOT_BEFORE_THE_FIRST_ANSWER.items() if name in imported} == {}


def test_what_answers_is_imported(imported: frozenset[str]) -> None:
    """Else the other test would look at a process that serves nothing."""
    assert imported >= {
        "search_api.app",
        "search_api.services",
        "ui.routes",
        "ui.contexts.offer",
        "sqlalchemy",
        "numpy",
    }


def test_the_names_that_are_looked_for_exist() -> None:
    assert [name for name in NOT_BEFORE_THE_FIRST_ANSWER if find_spec(name) is None] == []


def test_the_folder_of_data_is_not_touched_before_the_services_are_opened(tmp_path: Path) -> None:
    given = os.environ | {"MAILLAGE_DATA_DIR": str(tmp_path / "donnees")}
    subprocess.run([sys.executable, "-c", _START], env=given, capture_output=True, check=True)
    assert not (tmp_path / "donnees").exists()
