"""docs/settings.md against the code: every setting, with its default and its meaning in the same words."""

import re
from pathlib import Path

from pydantic.fields import FieldInfo

from indexer.settings import Settings


def read_rows(root: Path) -> dict[str, tuple[str, str]]:
    """(default, meaning) by variable, as the table tells them."""
    page = (root / "docs" / "settings.md").read_text()
    rows = re.findall(r"(?m)^\| `(MAILLAGE_[A-Z_]+)` \| (.*?) \| (.*) \|$", page)
    return {name: (default, meaning) for name, default, meaning in rows}


def told_default(name: str, field: FieldInfo) -> str:
    if name == "data_dir":
        return "`~/.local/share/maillage`"
    return "none" if field.default in (None, "") else f"`{field.default}`"


def test_the_page_tells_every_setting_as_the_code_has_it(root: Path) -> None:
    fields = Settings.model_fields
    expected = {
        f"MAILLAGE_{name.upper()}": (told_default(name, field), field.description) for name, field in fields.items()
    }
    assert read_rows(root) == expected


def test_every_variable_named_anywhere_is_a_setting(root: Path) -> None:
    pages = [root / "README.md", root / "Dockerfile", root / "docker-compose.yml", *(root / "docs").glob("*.md")]
    known = {f"MAILLAGE_{name.upper()}" for name in Settings.model_fields} | {"MAILLAGE_PORT"}  # the composition's own
    unknown = {
        (page.name, name) for page in pages for name in re.findall(r"MAILLAGE_[A-Z_]+[A-Z]", page.read_text())
    } - {(page.name, name) for page in pages for name in known}
    assert unknown == set()
