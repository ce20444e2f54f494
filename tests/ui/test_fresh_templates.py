"""A server in production reads its templates once; who writes pages sees each change."""

import shutil
from pathlib import Path

import pytest

import ui.rendering
from ui.asset_files import load_assets
from ui.rendering import Renderer
from ui.site import demonstration_site


@pytest.mark.parametrize("fresh", [False, True])
def test_a_template_that_changed_is_read_again_only_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, fresh: bool
) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(ui.rendering.TEMPLATES, folder)
    monkeypatch.setattr(ui.rendering, "TEMPLATES", folder)
    (folder / "page.html").write_text("avant")
    renderer = Renderer(load_assets(), demonstration_site(), fresh_templates=fresh)
    assert renderer.html("page.html", None) == "avant"
    (folder / "page.html").write_text("après")
    assert renderer.html("page.html", None) == ("après" if fresh else "avant")
