"""The numbers to call when it cannot wait, as every page shows them: free in France, by day and by night."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from indexer import emergency
from ui import urls


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """`when` says what it is for; `hours` is empty when they are not known, or day and night."""

    number: str
    when: str
    name: str = ""
    hours: str = ""

    @property
    def url(self) -> str:
        return urls.phone(self.number)


def build_numbers(lines: Iterable[emergency.EmergencyNumber]) -> tuple[EmergencyNumber, ...]:
    """Numbers to show, in the order given."""
    return tuple(
        EmergencyNumber(line.number, line.when, line.name, "" if line.hours in (None, emergency.ALWAYS) else line.hours)
        for line in lines
    )


EMERGENCY_NUMBERS: Final = build_numbers(emergency.EMERGENCY_NUMBERS[number] for number in emergency.MAIN_NUMBERS)
