"""The numbers to call when it cannot wait: free in France, by day and by night."""

from dataclasses import dataclass
from typing import Final

from ui import urls


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """`when` says what it is for."""

    number: str
    when: str

    @property
    def url(self) -> str:
        return urls.phone(self.number)


EMERGENCY_NUMBERS: Final = (
    EmergencyNumber("115", "Vous êtes à la rue, ou vous n’avez nulle part où dormir"),
    EmergencyNumber("3919", "Vous subissez des violences dans votre couple ou votre famille"),
    EmergencyNumber("119", "Un enfant est en danger"),
    EmergencyNumber("3114", "Vous pensez au suicide, ou vous avez peur pour un proche"),
    EmergencyNumber("17", "Vous êtes en danger : police ou gendarmerie"),
    EmergencyNumber("15", "Quelqu’un est gravement malade ou blessé"),
    EmergencyNumber("112", "Toute autre urgence, partout en Europe"),
)
