"""The contact sheet of the README: there, light, and made of views that are photographed."""

from pathlib import Path

import pytest

from tests.screenshots import ON_SHEET, SHEET, VIEWS, sheet_html

MOST_BYTES = 400_000


def test_the_readme_shows_a_light_sheet(root: Path) -> None:
    assert str(SHEET.relative_to(root)) in (root / "README.md").read_text()
    content = SHEET.read_bytes()
    assert (content[:4], content[8:12]) == (b"RIFF", b"WEBP")
    assert len(content) < MOST_BYTES


def test_a_view_has_one_name_and_the_sheet_shows_only_images_that_are_taken() -> None:
    taken = [(view.name, width) for view in VIEWS for width in view.widths]
    assert len(taken) == len(set(taken))
    assert {(name, width) for width, names in ON_SHEET.items() for name in names} <= set(taken)


def test_a_sheet_holds_each_image_under_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.screenshots.FOLDER", tmp_path)
    for width, names in ON_SHEET.items():
        for name in names:
            (tmp_path / f"{name}-{width}.png").write_bytes(b"image")
    html = sheet_html()
    assert html.count("<img") == html.count("<figcaption>") == sum(map(len, ON_SHEET.values()))
