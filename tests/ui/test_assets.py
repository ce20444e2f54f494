"""What `ui.build_assets` writes and how it is served: by content, compressed ahead, and dispensable."""

import gzip
import json
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ui.asset_files import Asset, load_assets
from ui.build_assets import PACKAGED_NODE, Node, build_assets, find_node, find_own_node, find_packaged_node
from ui.routes import build_pages, mount
from ui.site import demonstration_site

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


OWN = ("/usr/bin/node", "/usr/bin/npm")


def answering(**versions: str | None) -> Callable[[Sequence[str | Path]], str | None]:
    """Programs by the end of their name, and what each says to `--version`; the others fail."""
    return lambda command: versions.get(Path(command[0]).name) if command[-1] == "--version" else None


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Says which programs the machine has."""

    def has(*paths: str) -> None:
        monkeypatch.setattr("shutil.which", {Path(path).name: path for path in paths}.get)

    return has


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Node:
    """The Python package that carries Node, installed, in small."""
    node, npm = tmp_path / "bin" / "node", tmp_path / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    for path in (node, npm):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.setattr("ui.build_assets.find_spec", lambda name: ModuleSpec(name, None, origin=str(tmp_path / "x.py")))
    return Node(str(node), (str(node), str(npm)))


@pytest.mark.parametrize(("version", "taken"), [("v18.0.0\n", True), ("v24.1.0\n", True), ("v16.20.2\n", False)])
def test_the_node_of_the_machine_serves_when_recent_enough(
    machine: Callable[..., None], version: str, taken: bool
) -> None:
    machine(*OWN)
    assert (find_own_node(answering(node=version, npm="10.8.0\n")) == NODE) is taken


def test_a_node_without_npm_or_whose_npm_does_not_start_does_not_serve(machine: Callable[..., None]) -> None:
    machine("/usr/bin/node")
    assert find_own_node(answering(node="v20.0.0\n")) is None
    machine(*OWN)
    assert find_own_node(answering(node="v20.0.0\n", npm=None)) is None


def test_the_node_of_the_machine_goes_before_the_packaged_one(machine: Callable[..., None], package: Node) -> None:
    run = answering(node="v20.0.0\n", npm="10.8.0\n")
    machine(*OWN)
    assert find_node(run) == NODE
    machine()
    assert find_node(run) == package


def test_the_packaged_node_brings_its_own_npm(package: Node) -> None:
    run = Runs(output="v24.19.0\n")
    assert find_packaged_node(run) == package
    assert not [command for command in run.commands if "pip" in command]


def test_a_packaged_node_that_does_not_start_is_none(package: Node) -> None:
    assert find_packaged_node(answering(node=None)) is None


def test_a_packaged_node_is_installed_when_it_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.build_assets.find_spec", lambda name: None)
    run = Runs()
    assert find_packaged_node(run) is None
    assert run.commands[0][-3:] == ["install", "-r", str(PACKAGED_NODE)]


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
    mount(bare, build_pages(demonstration_site()))
    with TestClient(bare) as without:
        page = without.get("/").text
        assert ("portal." in page, 'name="q"' in page) == (False, True)
        assert without.get("/offres?q=loyer&lieu=Belfort").status_code == 200


def test_the_style_sheet_is_sent_compressed(client: TestClient) -> None:
    address = client.get("/").text.split('rel="stylesheet" href="')[1].split('"')[0]
    response = client.get(address, headers={"accept-encoding": "gzip"})
    assert (response.headers["content-encoding"], response.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert response.text.count("--ground:") > 1
