"""Our own wording of the thématiques, for people who do not speak the administration's language."""

from typing import Final

PLAIN_CATEGORY_LABELS: Final[dict[str, str]] = {}
PLAIN_THEMATIQUE_LABELS: Final[dict[str, str]] = {}
