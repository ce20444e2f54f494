"""The clock of a place: overseas départements and collectivities have their own."""

from typing import Final
from zoneinfo import ZoneInfo

MAINLAND_ZONE: Final = "Europe/Paris"
MAINLAND: Final = ZoneInfo(MAINLAND_ZONE)
_OVERSEAS: Final = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}


def zone_of(code: str | None) -> ZoneInfo:
    """`code` is an INSEE or a postal code; the mainland's clock when it is absent or says nothing."""
    return ZoneInfo(_OVERSEAS.get((code or "")[:3], MAINLAND_ZONE))
