"""What `ui.build_assets` writes and how it is served: by content, compressed ahead, and dispensable."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ui.asset_files import Asset, load_assets
from ui.build_assets import Node, build_assets, find_own_node, find_packaged_node
from ui.routes import mount

NODE = Node("/usr/bin/node", ("/usr/bin/npm",))


class Runs:
    """Commands that were run, and those that fail."""

    def __init__(self, failing: str = "", output: str = "") -> None:
        self.failing, self.output = failing, output
        self.commands: list[list[str]] = []

    def __call__(self, command: Sequence[str | Path]) -> str | None:
        self.commands.append([str(word) for word in command])
        return None if self.failing and self.failing in self.commands[-1] else self.output


def build_folder(folder: Path) -> Path:
    """What a build leaves, in small."""
    script = b"let a = 1;"
    (folder / "portal.ABC.js").write_bytes(script)
    (folder / "portal.ABC.js.gz").write_bytes(gzip.compress(script))
    (folder / "portal.ABC.js.br").write_bytes(b"brotli")
    (folder / "letters.DEF.woff2").write_bytes(b"wOF2")
    (folder / "font.GHI.css").write_bytes(b'@font-face{src:url("/assets/letters.DEF.woff2")}')
    (folder / "manifest.json").write_text(json.dumps({"portal.js": "portal.ABC.js", "font.css": "font.GHI.css"}))
    return folder


def test_a_build_installs_what_the_lock_lists_then_bundles_it() -> None:
    run = Runs()
    assert build_assets(run, lambda: NODE)
    assert [command[:2] for command in run.commands] == [["/usr/bin/npm", "ci"], ["/usr/bin/node", "build.mjs"]]


@pytest.mark.parametrize("failing", ["ci", "build.mjs"])
def test_a_build_that_fails_says_what_the_pages_lack(failing: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert not build_assets(Runs(failing), lambda: NODE)
    assert "les pages marchent, sans leur police" in capsys.readouterr().err


def test_without_node_the_build_says_so_and_runs_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    run = Runs()
    assert not build_assets(run, lambda: None)
    assert (run.commands, "Node 18" in capsys.readouterr().err) == ([], True)


@pytest.mark.parametrize(("version", "taken"), [("v18.0.0\n", True), ("v24.1.0\n", True), ("v16.20.2\n", False)])
def test_the_node_of_the_machine_serves_when_recent_enough(
    monkeypatch: pytest.MonkeyPatch, version: str, taken: bool
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    assert (find_own_node(Runs(output=version)) == NODE) is taken


def test_a_node_without_npm_does_not_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/node" if name == "node" else None)
    assert find_own_node(Runs(output="v20.0.0")) is None


def test_a_packaged_node_that_cannot_be_installed_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.build_assets.find_spec", lambda name: None)
    assert find_packaged_node(Runs("install")) is None


def test_the_lock_names_no_address() -> None:
    lock = (Path("ui/assets") / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock


def test_a_build_brings_the_font_before_the_rest_of_the_style(tmp_path: Path) -> None:
    assets = load_assets(build_folder(tmp_path))
    style = assets.get(assets.name_of("maillage.css"))
    assert style is not None
    assert style.content.startswith(b"@font-face")
    assert assets.get("letters.DEF.woff2") is not None


def test_without_a_build_there_is_a_style_and_no_script(tmp_path: Path) -> None:
    assets = load_assets(tmp_path / "absent")
    assert ("maillage.css" in assets, "portal.js" in assets) == (True, False)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", None), ("zstd", None)],
)
def test_a_browser_gets_the_smallest_form_that_it_takes(tmp_path: Path, accepted: str, encoding: str | None) -> None:
    asset = load_assets(build_folder(tmp_path)).get("portal.ABC.js")
    assert isinstance(asset, Asset)
    assert asset.best_for(accepted)[1] == encoding


def test_pages_without_a_build_are_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, client: TestClient) -> None:
    monkeypatch.setattr("ui.routes.load_assets", lambda: load_assets(tmp_path / "absent"))
    bare = FastAPI()
    bare.state.services = client.app.state.services  # type: ignore[attr-defined]
    mount(bare)
    with TestClient(bare) as without:
        page = without.get("/").text
        assert ("portal." in page, 'name="q"' in page) == (False, True)
        assert without.get("/offres?q=loyer&lieu=Belfort").status_code == 200


def test_the_style_sheet_is_sent_compressed(client: TestClient) -> None:
    address = client.get("/").text.split('rel="stylesheet" href="')[1].split('"')[0]
    response = client.get(address, headers={"accept-encoding": "gzip"})
    assert (response.headers["content-encoding"], response.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert response.text.count("--ground:") > 1
