"""`tables_dir` is a folder of small, valid reference files; `wkb_square` an outline."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

Square = Callable[[float, float, float], str]


@pytest.fixture
def tables_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "apport"
    folder.mkdir()
    (folder / "rome4_mobilites.csv").write_text(
        "code_rome,code_rome_cible,numero_ordre\nA1101,A1201,1\nA1101,A1202,2\n", encoding="utf-8"
    )
    (folder / "bmo_2024.csv").write_text(
        "annee,code_metier_bmo,nom_metier_bmo,dept,be24,met_projets,xmet_difficiles,smet_saisonniers\n"
        "2024,A0X40,Agriculteurs,90,9001,*,*,*\n",
        encoding="utf-8-sig",
    )
    (folder / "inconnu.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    return folder


@pytest.fixture
def wkb_square() -> Square:
    def build(longitude: float, latitude: float, side: float) -> str:
        """A square from its lower left corner, degrees, as a WKB multi-polygon."""
        corners = [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]
        points = [value for x, y in corners for value in (longitude + x * side, latitude + y * side)]
        head = struct.pack("<BII", 1, 6, 1) + struct.pack("<BIII", 1, 3, 1, len(corners))
        return (head + struct.pack(f"<{len(points)}d", *points)).hex().upper()

    return build
