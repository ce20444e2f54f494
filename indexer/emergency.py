"""The public numbers to call when it cannot wait: the one list, for the pages and for what a search answers."""

from dataclasses import dataclass
from typing import Final

ALWAYS: Final = "24 h sur 24, 7 jours sur 7"


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """`when` says what it is for, to the person who calls. `hours` is None where they are not the same every day."""

    number: str
    name: str
    when: str
    hours: str | None = ALWAYS


_ALL: Final = (
    EmergencyNumber("115", "Samu social", "Vous êtes à la rue, ou vous n’avez nulle part où dormir"),
    EmergencyNumber("3919", "Violences Femmes Info", "Vous subissez des violences dans votre couple ou votre famille"),
    EmergencyNumber("119", "Allô Enfance en danger", "Un enfant est en danger"),
    EmergencyNumber(
        "3114", "Numéro national de prévention du suicide", "Vous pensez au suicide, ou vous avez peur pour un proche"
    ),
    EmergencyNumber("17", "Police secours", "Vous êtes en danger : police ou gendarmerie"),
    EmergencyNumber("15", "Samu", "Quelqu’un est gravement malade ou blessé"),
    EmergencyNumber("112", "Numéro d’urgence européen", "Toute autre urgence, partout en Europe"),
    EmergencyNumber("114", "Urgence par SMS", "Vous ne pouvez pas parler ou entendre : envoyez un SMS"),
    EmergencyNumber(
        "3018",
        "Harcèlement et violences en ligne",
        "On vous harcèle à l’école ou en ligne",
        "Tous les jours de 9 h à 23 h",
    ),
    EmergencyNumber("3977", "Contre les maltraitances", "Une personne âgée ou handicapée est maltraitée", None),
)

EMERGENCY_NUMBERS: Final[dict[str, EmergencyNumber]] = {line.number: line for line in _ALL}

MAIN_NUMBERS: Final = ("115", "3919", "119", "3114", "17", "15", "112")
"""Those that every page shows."""
