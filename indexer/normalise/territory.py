"""What a département changes in reading a record: its telephone region and its clock."""

from typing import Any, Final
from zoneinfo import ZoneInfo

_OVERSEAS: Final[dict[str, tuple[str, str]]] = {
    "971": ("GP", "America/Guadeloupe"),
    "972": ("MQ", "America/Martinique"),
    "973": ("GF", "America/Cayenne"),
    "974": ("RE", "Indian/Reunion"),
    "975": ("PM", "America/Miquelon"),
    "976": ("YT", "Indian/Mayotte"),
    "977": ("BL", "America/St_Barthelemy"),
    "978": ("MF", "America/Marigot"),
    "986": ("WF", "Pacific/Wallis"),
    "987": ("PF", "Pacific/Tahiti"),
    "988": ("NC", "Pacific/Noumea"),
}
MAINLAND_ZONE: Final = "Europe/Paris"


def overseas_department(fields: dict[str, Any]) -> str | None:
    """The overseas département or collectivity of a record, by INSEE code, else by postal code; None: mainland."""
    for field in ("code_insee", "code_postal"):
        code = fields.get(field)
        if isinstance(code, str) and code:
            return code[:3] if code[:3] in _OVERSEAS else None
    return None


def phone_region(fields: dict[str, Any]) -> str:
    department = overseas_department(fields)
    return "FR" if department is None else _OVERSEAS[department][0]


def time_zone(fields: dict[str, Any]) -> ZoneInfo:
    department = overseas_department(fields)
    return ZoneInfo(MAINLAND_ZONE if department is None else _OVERSEAS[department][1])
