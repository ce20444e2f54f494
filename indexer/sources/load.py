"""Reads the declared sources; a wrong one is told with its file, its line and its key, and harms no other."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from indexer.errors import SettingError
from indexer.settings import Settings
from indexer.sources.model import Source

SHIPPED: Final = Path(__file__).parent
MAX_BYTES: Final = 1_000_000
_FLUX = re.compile(r"(?!.*--)[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_MESSAGES: Final = {
    "missing": "cette clé manque",
    "extra_forbidden": "clé inconnue : retirez-la, ou vérifiez son nom",
    "string_type": "un texte est attendu, entre guillemets",
    "bool_type": "true ou false est attendu",
    "int_type": "un nombre entier est attendu",
    "float_type": "un nombre est attendu",
    "list_type": "une liste est attendue, entre crochets",
    "dict_type": "une table est attendue",
    "model_type": "une table est attendue",
    "string_pattern_mismatch": "cette valeur n'a pas la forme attendue",
    "too_short": "il manque des éléments : une fiche a au moins « id » et « nom »",
}

_FORMS: Final[dict[int | str, str]] = {
    "producteur": "un nom court est attendu, en minuscules sans accent ni espace, comme « ccas-valdoie »",
}
"""What is expected, for the keys whose form is not seen at once."""


@dataclass
class Declared:
    """The sources by name; `errors` tells, by file, why the others cannot be used."""

    sources: dict[str, Source] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def choose(self, names: list[str]) -> list[Source]:
        """Those named; the active ones when none is. SettingError for an unknown name, or one with an error."""
        if not names:
            return [source for source in self.sources.values() if source.actif]
        for name in names:
            if name in self.errors:
                raise SettingError(self.errors[name])
            if name not in self.sources:
                known = ", ".join(self.sources) or "aucune"
                raise SettingError(f"Pas de source « {name} ». Sources déclarées : {known}.")
        return [self.sources[name] for name in dict.fromkeys(names)]


def load_sources(settings: Settings) -> Declared:
    """The shipped sources, then the deployment's own, which replace those of the same name."""
    declared = Declared()
    folders = [SHIPPED, settings.own_sources_dir]
    if settings.sources_dir is not None and not settings.sources_dir.is_dir():
        raise SettingError(f"MAILLAGE_SOURCES_DIR : le dossier {settings.sources_dir} n'existe pas. Créez-le.")
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        declared.sources.pop(path.stem, None)
        declared.errors.pop(path.stem, None)
        try:
            declared.sources[path.stem] = read_source(path)
        except SettingError as error:
            declared.errors[path.stem] = str(error)
    return declared


def read_source(path: Path) -> Source:
    """One source from its file. SettingError that tells every fault with its line and its key."""
    if _FLUX.fullmatch(path.stem) is None:
        raise SettingError(f"{path} : le nom du fichier est celui du flux ; prenez des lettres, chiffres et tirets.")
    try:
        text = path.read_bytes()[: MAX_BYTES + 1].decode("utf-8")
        values = tomllib.loads(text)
    except OSError as error:
        raise SettingError(f"{path} : lecture impossible ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise SettingError(f"{path} : enregistrez ce fichier en UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"{path} : TOML illisible ({error}). Cherchez un guillemet ou un crochet oublié.") from error
    return parse_source(values, path, text)


def parse_source(values: dict[str, Any], path: Path, text: str) -> Source:
    """A source from the values of its TOML, whose `text` gives the lines of the faults."""
    own = sorted({"flux", "fichier_toml"} & values.keys())
    if own:
        raise SettingError(f"{path}, ligne {find_line(text, (own[0],))}, {own[0]} : le nom du fichier le dit déjà.")
    try:
        return Source.model_validate({"flux": path.stem, "fichier_toml": path, **values})
    except ValidationError as error:
        faults = " ; ".join(_tell(text, fault) for fault in error.errors())
        raise SettingError(f"{path}, {faults}.") from error


def _tell(text: str, fault: Any) -> str:
    place = tuple(part for part in fault["loc"] if isinstance(part, int) or not part.startswith("function-"))
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in place) or "la source"
    if fault["type"] == "string_pattern_mismatch" and place and place[-1] in _FORMS:
        return f"ligne {find_line(text, place)}, {key} : {_FORMS[place[-1]]}"
    message = _MESSAGES.get(fault["type"]) or str(fault["msg"]).removeprefix("Value error, ").rstrip(".")
    return f"ligne {find_line(text, place)}, {key} : {message}"


def find_line(text: str, place: tuple[int | str, ...]) -> int:
    """The line, from 1, of a key; of the nearest table that is there when the key is not."""
    position = 0
    for name, index in _steps(place):
        pattern = rf'^[ \t]*(?:\[+[^\]\n]*\b)?"?{re.escape(name)}"?(?=[\s.=\]]|$)|[{{,]\s*"?{re.escape(name)}"?\s*='
        found = list(re.compile(pattern, re.MULTILINE).finditer(text, position))
        if not found:
            break
        if index is not None:
            heads = [m for m in found if m[0].lstrip().startswith("[[") and not m[0].strip().endswith(".")] or found
            position = heads[min(index, len(heads) - 1)].end()
        else:
            position = found[0].end()
    return text.count("\n", 0, position) + 1


def _steps(place: tuple[int | str, ...]) -> Iterator[tuple[str, int | None]]:
    for number, part in enumerate(place):
        if isinstance(part, str):
            following = place[number + 1] if number + 1 < len(place) else None
            yield part, following if isinstance(following, int) else None
