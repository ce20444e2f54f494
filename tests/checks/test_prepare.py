"""What the first lines of `make test` say of the parts that tests need."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from tests.prepare import Part, prepare


class Machine:
    """A machine that has some packages, and can install those of its archive."""

    def __init__(self, present: set[str], archive: set[str]) -> None:
        self.present, self.archive = present, archive
        self.asked: list[str] = []

    def part(self, name: str) -> Part:
        return Part(name, lambda: f"/usr/bin/{name}" if name in self.present else None, (name,))

    def install(self, packages: Iterable[str]) -> None:
        self.asked = list(packages)
        self.present |= self.archive & set(self.asked)


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_a_part_that_is_there_is_found_and_nothing_is_installed(capsys: pytest.CaptureFixture[str]) -> None:
    machine = Machine({"chromium"}, {"chromium"})
    assert prepare([machine.part("chromium")], machine.install, strict=True) == 0
    assert said(capsys) == ["chromium : trouvé (/usr/bin/chromium)"]
    assert machine.asked == []


def test_a_missing_part_is_installed_where_that_can_be(capsys: pytest.CaptureFixture[str]) -> None:
    machine = Machine({"postgresql"}, {"chromium"})
    parts = [machine.part("postgresql"), machine.part("chromium")]
    assert prepare(parts, machine.install, strict=True) == 0
    assert said(capsys)[1] == "chromium : installé (/usr/bin/chromium)"
    assert machine.asked == ["chromium"]


@pytest.mark.parametrize("installer", ["none", "failing"])
def test_a_part_that_stays_missing_is_told_with_how_to_get_it(
    capsys: pytest.CaptureFixture[str], installer: str
) -> None:
    machine = Machine(set(), set())
    install: Callable[[Iterable[str]], None] | None = machine.install if installer == "failing" else None
    assert prepare([machine.part("chromium")], install, strict=False) == 0
    (line,) = said(capsys)
    assert line.startswith("chromium : manquant, ses tests seront sautés.")
    assert line.endswith("apt-get install chromium")


def test_what_no_package_holds_is_fetched_where_it_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    machine = Machine(set(), set())
    found = replace(machine.part("elasticsearch"), fetch=lambda: machine.present.add("elasticsearch"))
    assert prepare([found], None, strict=True) == 0
    assert said(capsys) == ["elasticsearch : installé (/usr/bin/elasticsearch)"]


@pytest.mark.parametrize(("archive", "used"), [({"chromium-shell-of-tests"}, "shell"), (set(), "whole")])
def test_a_quicker_program_is_installed_where_there_is_one(
    capsys: pytest.CaptureFixture[str], archive: set[str], used: str
) -> None:
    machine = Machine({"chromium"}, archive)
    part = Part(
        "Chromium",
        lambda: "shell" if "chromium-shell-of-tests" in machine.present else "whole",
        ("chromium",),
        quicker="chromium-shell-of-tests",
    )
    assert prepare([part], machine.install, strict=True) == 0
    assert said(capsys) == [f"Chromium : trouvé ({used})"]
    assert machine.asked == ["chromium-shell-of-tests"]


def test_a_missing_part_is_an_error_in_continuous_integration() -> None:
    machine = Machine({"postgresql"}, set())
    assert prepare([machine.part("postgresql"), machine.part("chromium")], machine.install, strict=True) == 1
