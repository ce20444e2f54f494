"""Which rules the groups come from: after a change of their code, all is compared anew by itself."""

import hashlib
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final

from indexer.dedupe import blocking, card, compare, rule, words

_RULES: Final[tuple[ModuleType, ...]] = (words, card, blocking, compare, rule)


@cache
def build_rules_version() -> str:
    """16 hexadecimal digits of the text of the modules that make cards, blocks and verdicts."""
    texts = (Path(str(module.__file__)).read_bytes() for module in _RULES)
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:16]
