"""For tests of what scripts and font bring: they need what `ui.build_assets` writes."""

import os

import pytest

from ui.asset_files import load_assets

_MISSING = "Scripts des pages absents : lancez « python -m ui.build_assets »"


def require_scripts() -> None:
    """Skips where they are not built; fails in continuous integration, which must not pass for lack of them."""
    if "portal.js" not in load_assets():
        pytest.fail(_MISSING) if os.environ.get("CI") == "true" else pytest.skip(_MISSING)
