"""From `MAILLAGE_TERRITOIRE` to a territory; a wrong file is refused with the field, the value and what is expected."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process

from indexer.errors import SettingError
from indexer.geocode.communes import load_communes
from indexer.settings import Settings
from ui.colours import WeakPair, iter_weak_pairs
from ui.territory import Territory
from ui.territory_logo import MAX_BYTES, LogoError, read_logo

SHIPPED: Final = Path(__file__).parent / "territoires"
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Logo:
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """`value` is None for a field that is absent."""

    field: str
    value: str | None
    expected: str

    def __str__(self) -> str:
        given = "absent" if self.value is None else f"« {self.value[:_SHOWN]} » refusé"
        return f"  {self.field} : {given}. Attendu : {self.expected}."


def load_territory(settings: Settings) -> tuple[Territory, Logo | None]:
    """The territory that the settings name. SettingError."""
    return read_territory(find_territory(settings.territoire, settings.territoires_dir))


def find_territory(name: str, folder: Path | None) -> Path:
    """The file of a territory, from its path or its name. SettingError."""
    if name.endswith(".toml") or "/" in name:
        path = Path(name).expanduser()
        if path.is_file():
            return path
        raise SettingError(f"MAILLAGE_TERRITOIRE : le fichier « {name} » n'existe pas.")
    folders = [SHIPPED] if folder is None else [folder, SHIPPED]
    for path in (folder / f"{name}.toml" for folder in folders):
        if path.is_file():
            return path
    known = ", ".join(sorted({path.stem for folder in folders for path in folder.glob("*.toml")}))
    raise SettingError(
        f"MAILLAGE_TERRITOIRE : « {name} » est inconnu. "
        f"Donnez le chemin d'un fichier .toml, ou un de ces noms : {known}."
    )


def read_territory(path: Path) -> tuple[Territory, Logo | None]:
    """SettingError with every mistake of the file at once."""
    table = _read_table(path)
    try:
        territory = Territory.model_validate(table)
    except ValidationError as error:
        raise _refused(path, [_mistake(found) for found in error.errors()]) from None
    logo, mistakes = _read_logo(path.parent, territory.logo)
    mistakes += [*_iter_place_mistakes(territory), *_iter_colour_mistakes(territory)]
    if mistakes:
        raise _refused(path, mistakes)
    return territory, logo


def _read_table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingError(f"Le fichier du territoire ne peut pas être lu : {path}.") from error
    except UnicodeDecodeError as error:
        raise SettingError(f"Le fichier du territoire n'est pas en UTF-8 : {path}. Enregistrez-le en UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"Le fichier du territoire n'est pas du TOML : {path}. Voyez : {error}.") from error


def _refused(path: Path, mistakes: list[Mistake]) -> SettingError:
    lines = "\n".join(map(str, mistakes))
    return SettingError(f"Le fichier du territoire est à corriger : {path}\n{lines}")


def _mistake(error: ErrorDetails) -> Mistake:
    names = [str(part) for part in error["loc"] if part != "[key]"]
    if error["type"] == "extra_forbidden":
        return Mistake(_told(names), str(error["input"]), _closest(names))
    value = None if error["type"] == "missing" else str(error["input"])
    return Mistake(_told(names), value, _description(names))


def _told(names: list[str]) -> str:
    """« contacts n° 1, telephone », « couleurs.clair.action »."""
    path = ".".join(f"n° {int(name) + 1}," if name.isdigit() else name for name in names)
    return path.replace(".n°", " n°").replace(",.", ", ").rstrip(",")


def _closest(names: list[str]) -> str:
    known = list(_fields(names[:-1]))
    nearest = process.extractOne(names[-1], known, score_cutoff=60)
    return f"un champ connu, peut-être « {nearest[0]} »" if nearest else f"un champ connu ({', '.join(known)})"


def _description(names: list[str]) -> str:
    """What the field of a path takes; for an item of a list, what the list takes."""
    while names:
        found = _fields(names[:-1]).get(names[-1])
        if found is not None and found.description:
            return str(found.description)
        names = names[:-1]
    return "une autre valeur"


def _fields(names: list[str]) -> Mapping[str, Any]:
    model: type[BaseModel] = Territory
    for name in names:
        if name.isdigit():
            continue
        inner = model.model_fields.get(name)
        found = None if inner is None else next(_iter_models(inner.annotation), None)
        if found is None:
            return {}
        model = found
    return model.model_fields


def _iter_models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that a type holds, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _iter_models(inner)


def _read_logo(folder: Path, name: str | None) -> tuple[Logo | None, list[Mistake]]:
    if name is None:
        return None, []
    try:
        return Logo(*read_logo(folder / name)), []
    except LogoError as error:
        expected = f"un PNG ou un SVG de {MAX_BYTES // 1000} ko au plus, sans programme ni adresse extérieure"
        return None, [Mistake("logo", f"{name} {error}", expected)]


def _iter_place_mistakes(territory: Territory) -> Iterator[Mistake]:
    commune = load_communes().resolve(territory.code_commune)
    if commune is not None and commune.departement not in territory.departements:
        where = ", ".join(territory.departements)
        yield Mistake("code_commune", f"{commune.code} ({commune.nom})", f"une commune du territoire ({where})")


def _iter_colour_mistakes(territory: Territory) -> Iterator[Mistake]:
    """One a colour: its worst pair."""
    palettes = territory.couleurs.by_scheme()
    told: set[tuple[str, str]] = set()
    for pair in sorted(iter_weak_pairs(palettes), key=lambda pair: pair.contrast):
        role = pair.ink if pair.ink in palettes[pair.scheme] else pair.ground
        if (pair.scheme, role) not in told:
            told.add((pair.scheme, role))
            yield Mistake(f"couleurs.{pair.scheme}.{role}", palettes[pair.scheme][role], _stronger(pair, role))


def _stronger(pair: WeakPair, role: str) -> str:
    other = pair.ground if role == pair.ink else pair.ink
    least, found = (f"{ratio:.1f}".replace(".", ",") for ratio in (pair.least, pair.contrast))
    return f"un contraste d'au moins {least} avec « {other} » (il est de {found})"
