"""Writes a new source: one line of a coordinator, or a file that was prepared, checked before it is kept."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import SettingError
from indexer.sources.load import parse_source, read_source


@dataclass(frozen=True, slots=True)
class NewSource:
    """What a one-line declaration says. `place` is an address, or a path (made absolute)."""

    flux: str
    place: str
    format: str = "auto"
    producer: str | None = None
    licence: str | None = None
    title: str = ""


def toml_text(text: str) -> str:
    """A TOML string: what would end it, or the line, is escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'


def build_toml(new: NewSource) -> str:
    """The file of a source without a mapping."""
    address = new.place.startswith(("http://", "https://"))
    place = new.place if address else str(Path(new.place).resolve())
    lines = [
        ("titre", new.title or None),
        ("producteur", new.producer),
        ("licence", new.licence),
        ("format", new.format),
    ]
    head = [f"{key} = {toml_text(value)}" for key, value in lines if value is not None]
    return "\n".join([*head, "", "[acces]", f"{'url' if address else 'fichier'} = {toml_text(place)}", ""])


def add_source(folder: Path, flux: str, text: str) -> Path:
    """Keeps a source under its name. SettingError when it is wrong, or when that name is taken."""
    target = folder / f"{flux}.toml"
    if target.exists():
        raise SettingError(f"La source « {flux} » existe déjà : modifiez {target}.")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        parse_source(tomllib.loads(text), target, text)
        target.write_text(text, "utf-8")
        read_source(target)  # the name of the file, too
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"{flux} : TOML illisible ({error}).") from error
    except SettingError:
        target.unlink(missing_ok=True)
        raise
    return target
