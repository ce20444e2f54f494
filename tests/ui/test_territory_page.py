"""docs/territory.md against the code: its example is a right file, and it names every field."""

import re
from pathlib import Path

from pydantic import BaseModel

from ui.territory import Contact, LegalNotices, Palettes, Territory, Texts
from ui.territory_file import read_territory

PAGE = Path(__file__).parents[2] / "docs" / "territory.md"


def example() -> str:
    return re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)[0]


def test_the_example_is_a_territory(tmp_path: Path) -> None:
    path = tmp_path / "exemple.toml"
    path.write_text(example(), encoding="utf-8")
    territory, _ = read_territory(path)
    assert (territory.nom, territory.base_url) == ("Le Fil", "https://offres.exemple.fr")
    assert territory.couleurs.sombre["action"] == "#e0b0ea"


def test_the_example_shows_every_field() -> None:
    models: tuple[type[BaseModel], ...] = (Territory, Texts, Contact, LegalNotices, Palettes)
    fields = {name for model in models for name in model.model_fields}
    assert {name for name in fields if not re.search(rf"(?m)\b{name}\b", example())} == set()
