"""Commands that the documents show exist, with the options that they show; links lead somewhere."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from indexer.cli import COMMANDS, build_app

PAGES = ("README.md", "docs/*.md", "docs/sources/*.md")


def iter_pages(root: Path) -> Iterator[Path]:
    for pattern in PAGES:
        yield from sorted(root.glob(pattern))


def iter_code(page: Path) -> Iterator[str]:
    """Lines of code blocks, and code within sentences."""
    for place, part in enumerate(re.split(r"(?m)^```.*$", page.read_text())):
        if place % 2:
            yield from part.splitlines()
        else:
            yield from re.findall(r"`([^`\n]+)`", part)


def iter_uses(root: Path, program: str) -> Iterator[tuple[str, list[str]]]:
    """(page, words after the program) for each use of a program with a command of its own."""
    for page in iter_pages(root):
        for code in iter_code(page):
            found = re.search(rf"(?<![\w./=-])(?:\.venv/bin/)?{program} +([a-z].*)$", code)
            if found is not None:
                yield page.name, shlex.split(found[1], comments=True)


def explain(words: list[str]) -> str | None:
    """What is wrong with the words of a command of Maillage; None when nothing is."""
    if words[0] not in COMMANDS:
        return f"no command {words[0]}"
    command: Any = typer.main.get_command(build_app([words[0]]))
    rest = list(words)
    while hasattr(command, "commands"):
        if not rest:
            return None  # a group named as a whole
        if rest[0].startswith("-"):
            break  # a group that does something by itself
        name = rest.pop(0)
        if name not in command.commands:
            return f"no command {name} in {' '.join(words)}"
        command = command.commands[name]
    options = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    unknown = [word for word in rest if word.startswith("--") and word not in options]
    return f"no option {unknown} of {words[0]}" if unknown else None


def test_every_command_of_maillage_that_is_shown_exists_with_its_options(root: Path) -> None:
    uses = list(iter_uses(root, "maillage"))
    wrong = [(page, words, why) for page, words in uses if (why := explain(words)) is not None]
    assert wrong == []
    assert {words[0] for _, words in uses} >= {"import", "reindex", "rollback", "search", "serve", "status"}


def test_every_make_target_that_is_shown_exists(root: Path) -> None:
    rules = re.findall(r"(?m)^([\w./$()-]+):(?!=)", (root / "Makefile").read_text())
    targets = {rule.replace("$(VENV)", ".venv") for rule in rules}
    shown = {(page, words[0]) for page, words in iter_uses(root, "make") if words}
    shown |= {
        (page.name, name)
        for page in iter_pages(root)
        for name in re.findall(r"make (\.venv/\S+?)[`\n]", page.read_text())
    }
    assert {(page, name) for page, name in shown if name not in targets} == set()
    assert ("README.md", "run") in shown


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "docs"])
def test_every_relative_link_leads_to_a_file(root: Path, name: str) -> None:
    pages = sorted((root / name).glob("*.md")) if name == "docs" else [root / name]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#\s]+)", page.read_text())]
    broken = [
        (page.name, link) for page, link in links if "://" not in link and not (page.parent / link).resolve().exists()
    ]
    assert broken == []
