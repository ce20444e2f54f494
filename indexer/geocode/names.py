"""Names of communes as people, post offices and files write them, brought to one spelling."""

import re
import unicodedata

ARTICLES = frozenset({"le", "la", "les", "l"})
LINKING_WORDS = ARTICLES | {"d", "de", "du", "des", "en", "sur", "sous", "et", "a", "au", "aux", "les", "lez", "pres"}
"""Words that nobody starts to type a name with."""

SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'"})
_SLASHED = ((re.compile(r"\bs/\s*"), "sur "), (re.compile(r"\bss/\s*"), "sous "))
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_CEDEX = re.compile(r"\bcedex\b.*")
_ARRONDISSEMENT = re.compile(
    r"(paris|lyon|marseille) (?:0?(\d{1,2}))(?: ?(?:er|e|eme|ieme|nd|nde))?(?: arr(?:ondissement)?s?)?"
)
_FIRST_ARRONDISSEMENT = {"paris": (75100, 20), "lyon": (69380, 9), "marseille": (13200, 16)}


def fold(text: str) -> str:
    """Lower case, no accent, words apart by one space: « St-Étienne » → « saint etienne ». ASCII only."""
    lowered = text.translate(_LIGATURES).lower()
    if "/" in lowered:
        for pattern, word in _SLASHED:
            lowered = pattern.sub(word, lowered)
    plain = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode()
    words = _NOT_WORD.sub(" ", plain).split()
    return " ".join([SAINTS.get(word, word) for word in words])


def without_article(folded: str) -> str:
    """« la rochelle » → « rochelle »; a name that is only an article is empty."""
    first, _, rest = folded.partition(" ")
    return rest if first in ARTICLES else folded


def without_cedex(folded: str) -> str:
    """« lille cedex 9 » → « lille »."""
    return _CEDEX.sub("", folded).strip()


def arrondissement_code(folded: str) -> str | None:
    """The INSEE code that « paris 10e », « lyon 03 » or « marseille 1er arrondissement » says."""
    said = _ARRONDISSEMENT.fullmatch(folded)
    if said is None:
        return None
    base, count = _FIRST_ARRONDISSEMENT[said[1]]
    number = int(said[2])
    return str(base + number) if 1 <= number <= count else None


def departement_of_postal_code(code: str) -> tuple[str, ...]:
    """The département that a postal code, even unknown or of a CEDEX, begins with; two for none can tell Corsica."""
    if len(code) != 5 or not code.isdigit():
        return ()
    if code.startswith(("97", "98")):
        return (code[:3],)
    if code.startswith("20"):
        return ("2A", "2B")
    return (code[:2],)
