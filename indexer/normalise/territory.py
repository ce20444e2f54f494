"""What a département changes in reading a record: its telephone region and its clock."""

from typing import Any, Final
from zoneinfo import ZoneInfo

from indexer.geocode.clocks import zone_of

_PHONE_REGIONS: Final = {
    "971": "GP", "972": "MQ", "973": "GF", "974": "RE", "975": "PM", "976": "YT", "977": "BL", "978": "MF",
    "986": "WF", "987": "PF", "988": "NC",
}  # fmt: skip


def overseas_department(fields: dict[str, Any]) -> str | None:
    """The overseas département or collectivity of a record, by INSEE code, else by postal code; None: mainland."""
    for field in ("code_insee", "code_postal"):
        code = fields.get(field)
        if isinstance(code, str) and code:
            return code[:3] if code[:3] in _PHONE_REGIONS else None
    return None


def phone_region(fields: dict[str, Any]) -> str:
    department = overseas_department(fields)
    return "FR" if department is None else _PHONE_REGIONS[department]


def time_zone(fields: dict[str, Any]) -> ZoneInfo:
    return zone_of(overseas_department(fields))
