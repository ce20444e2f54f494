"""Rules that hold for every file of the project."""

import ast
import re
from pathlib import Path

import pytest

PACKAGES = ("indexer", "crawlers", "search_api", "ui")
LONGEST = 400

# In two halves, so that this file does not hold what it looks for.
REGISTRIES = tuple(
    ".".join(halves)
    for halves in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("maven", "org"),
        ("maven.apache", "org"),
        ("debian", "org"),
        ("ubuntu", "com"),
        ("docker", "io"),
        ("docker.elastic", "co"),
        ("ghcr", "io"),
        ("quay", "io"),
        ("crates", "io"),
        ("golang", "org"),
        ("huggingface", "co"),
    )
)


@pytest.fixture(scope="module")
def modules(root: Path, tracked: list[Path]) -> list[Path]:
    """The modules of the four packages."""
    return [path for path in tracked if path.suffix == ".py" and path.relative_to(root).parts[0] in PACKAGES]


def test_every_module_says_what_it_is_for(root: Path, modules: list[Path]) -> None:
    mute = [path for path in modules if not ast.get_docstring(ast.parse(path.read_text()))]
    assert [str(path.relative_to(root)) for path in mute] == []
    assert len(modules) > len(PACKAGES)


def test_no_module_outgrows_its_name(root: Path, modules: list[Path]) -> None:
    lengths = {str(path.relative_to(root)): len(path.read_text().splitlines()) for path in modules}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_file_names_the_host_of_a_registry(root: Path, tracked: list[Path]) -> None:
    pattern = re.compile("|".join(rf"(?<![\w-]){re.escape(host)}" for host in REGISTRIES).encode())
    found = [(str(path.relative_to(root)), hit) for path in tracked for hit in pattern.findall(path.read_bytes())]
    assert found == []


def test_every_script_of_the_project_can_be_run(root: Path) -> None:
    assert (root / ".ci" / "run").stat().st_mode & 0o111


def test_browser_stories_wait_for_what_they_look_for(root: Path, tracked: list[Path]) -> None:
    """A click returns before the next page is drawn: `expect` tries again, a value read at once does not."""
    at_once = re.compile(
        r"assert .*(\.is_(visible|hidden|checked|enabled)\(|\.count\(\)|\.input_value\(|\bpage\.url\b)"
    )
    stories = [path for path in tracked if path.parent == root / "tests" / "e2e" and path.suffix == ".py"]
    hasty = [
        f"{path.name}:{number}"
        for path in stories
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if at_once.search(line)
    ]
    assert hasty == []
    assert stories
