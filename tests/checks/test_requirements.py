"""What the pinned requirements promise: complete, within pyproject's bounds, free of any address."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

CORE, DEV, ASSETS = "requirements.txt", "requirements-dev.txt", "requirements-assets.txt"
TORCH = "requirements-sentence-transformers.txt"
EXTRAS = {CORE: (), DEV: ("dev", "postgres"), TORCH: ("sentence-transformers",)}


def read_project(root: Path) -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    return project


def read_wanted(root: Path, file: str) -> list[Requirement]:
    """What pyproject asks for in one of the files."""
    project = read_project(root)
    extras = project["optional-dependencies"]
    return [
        Requirement(line) for line in [*project["dependencies"], *(r for name in EXTRAS[file] for r in extras[name])]
    ]


def read_pins(root: Path, file: str) -> dict[str, set[Version]]:
    """Versions by name: several where a pin depends on the Python."""
    pins: dict[str, set[Version]] = {}
    for line in (root / file).read_text().splitlines():
        pin = Requirement(line)
        (only,) = pin.specifier
        assert only.operator == "==", line
        pins.setdefault(canonicalize_name(pin.name), set()).add(Version(only.version))
    return pins


@pytest.mark.parametrize("file", EXTRAS)
def test_every_library_of_pyproject_is_pinned_within_its_bounds(root: Path, file: str) -> None:
    pins = read_pins(root, file)
    wrong = {
        str(wanted): sorted(map(str, pins.get(canonicalize_name(wanted.name), ())))
        for wanted in read_wanted(root, file)
        if not pins.get(canonicalize_name(wanted.name))
        or not all(wanted.specifier.contains(version) for version in pins[canonicalize_name(wanted.name)])
    }
    assert wrong == {}, "lancez « make pins »"


@pytest.mark.parametrize("file", [CORE, DEV, TORCH, ASSETS])
def test_no_pin_names_an_address_or_a_hash(root: Path, file: str) -> None:
    lines = (root / file).read_text().splitlines()
    assert [line for line in lines if line.startswith("-") or "://" in line or "@" in line or "--hash" in line] == []


def test_the_tools_come_on_top_of_the_very_same_core(root: Path) -> None:
    core, dev = read_pins(root, CORE), read_pins(root, DEV)
    assert {name: dev.get(name) for name in core} == core


def test_torch_comes_on_top_of_the_very_same_tools(root: Path) -> None:
    dev, torch = read_pins(root, DEV), read_pins(root, TORCH)
    shared = dev.keys() & torch.keys()
    assert {name: torch[name] for name in shared} == {name: dev[name] for name in shared}


def test_the_core_and_the_tools_stay_light(root: Path) -> None:
    heavy = {"torch", "sentence-transformers", "transformers"}
    assert (heavy | {"pytest", "playwright"}) & read_pins(root, CORE).keys() == set()
    assert heavy & read_pins(root, DEV).keys() == set()


def test_the_node_of_the_pages_is_pinned_within_its_bounds(root: Path) -> None:
    (wanted,) = tomllib.loads((root / "pyproject.toml").read_text())["dependency-groups"]["assets"]
    pins = read_pins(root, ASSETS)
    assert all(Requirement(wanted).specifier.contains(version) for version in pins[Requirement(wanted).name])
