"""Writes the proposal as the TOML of a source, with « ? » on each line that a person must look at."""

from collections.abc import Iterable, Iterator
from typing import Final

from indexer.sources.declare import toml_text
from indexer.sources.guess import Guess, Match
from indexer.sources.guess_values import find_separator, translate_values

VOCABULARIES: Final = ("thematiques", "publics", "frais", "modes_accueil")
_FORMS: Final = {"code_postal": "code_postal", "date_maj": "date", "age_min": "nombre", "age_max": "nombre"}
_PLAIN: Final = (
    "description", "adresse", "complement_adresse", "code_postal", "commune", "code_insee", "latitude", "longitude",
    "telephone", "courriel", "lien_source", "lien_mobilisation", "contact_nom_prenom", "publics_precisions",
    "conditions_acces", "horaires_accueil", "age_min", "age_max", "date_maj",
)  # fmt: skip


def build_guess_toml(guess: Guess, flux: str) -> str:
    """The whole file. It can be used as it is when no line bears « ? »."""
    return "\n".join(
        [*_head(guess, flux), *_structure(guess, flux), *_offer(guess, flux), *_sessions(guess), *_left(guess), ""]
    )


def count_doubts(text: str) -> int:
    """How many lines a person must look at."""
    return sum("# ?" in line for line in text.splitlines())


def _head(guess: Guess, flux: str) -> Iterator[str]:
    yield f"# Proposé d'après {guess.path.name}. Regardez chaque ligne marquée « # ? », puis essayez :"
    yield f"# maillage sources check {flux} --lire"
    yield 'titre = ""                      # ? le nom de cette source pour le public'
    yield f"producteur = {toml_text(flux.lower().replace('.', '-'))}   # un nom court, sans espace"
    yield '# licence = "Licence Ouverte 2.0"   # ? demandez-la au partenaire'
    yield 'format = "tableur"'
    yield ""
    yield "[acces]"
    yield f"fichier = {toml_text(str(guess.path.resolve()))}"
    if guess.sheet or guess.copied:
        yield ""
        yield "[options]"
    if guess.sheet:
        yield f"feuille = {toml_text(guess.sheet)}"
    if guess.copied:
        yield f"recopier = {_list(guess.copied)}   # ? leurs cases vides veulent-elles dire « comme au-dessus » ?"


def _structure(guess: Guess, flux: str) -> Iterator[str]:
    yield ""
    yield "[[fiches]]"
    yield 'genre = "structure"'
    yield "[fiches.champs]"
    found = guess.matches.get("structure")
    if found is None:
        yield f"id = {{ valeur = {toml_text(flux.lower())} }}"
        yield f"nom = {{ valeur = {toml_text(flux)} }}   # ? le nom de la structure : aucune colonne ne le dit"
        yield '# commune = { valeur = "" }   # ? où elle est'
        yield '# code_postal = { valeur = "" }'
    else:
        yield f'id = {{ colonne = {toml_text(found.column.name)}, forme = "identifiant" }}'
        yield _line("nom", found)
    if "siret" in guess.matches:
        yield _line("siret", guess.matches["siret"])
    commune = guess.matches.get("commune")
    if commune is not None and found is not None:
        yield f"commune = {toml_text(commune.column.name)}   # ? celle de l'offre : est-ce celle de la structure ?"


def _offer(guess: Guess, flux: str) -> Iterator[str]:
    yield ""
    yield "[[fiches]]"
    yield 'genre = "offre"'
    yield "[fiches.champs]"
    yield _identity(guess)
    structure = guess.name_of("structure")
    yield (
        f"structure_id = {{ valeur = {toml_text(flux.lower())} }}"
        if structure is None
        else f'structure_id = {{ colonne = {toml_text(structure)}, forme = "identifiant" }}'
    )
    name = guess.matches.get("nom")
    yield 'nom = ""   # ? aucune colonne ne ressemble à un intitulé : nommez-la' if name is None else _line("nom", name)
    for field in _PLAIN:
        if field in guess.matches:
            yield _line(field, guess.matches[field])
    if "frais" in guess.matches:  # before the tables that follow: a key after them would be one of theirs
        yield f"frais_precisions = {toml_text(guess.matches['frais'].column.name)}"
    for field in VOCABULARIES:
        if field in guess.matches:
            yield from _vocabulary(field, guess.matches[field])


def _identity(guess: Guess) -> str:
    own = guess.matches.get("id")
    if own is not None and len(set(own.column.filled)) == len(own.column.filled):
        return _line("id", own)
    parts = [name for field in ("nom", "structure", "commune") if (name := guess.name_of(field)) is not None]
    why = "aucune colonne n'a d'identifiant : deux lignes de mêmes valeurs sont une offre, avec ses dates"
    return f'id = {{ colonnes = {_list(parts)}, forme = "identifiant" }}   # ? {why}'


def _vocabulary(field: str, match: Match) -> Iterator[str]:
    separator = None if field == "frais" else find_separator(match.column.filled)
    cut = "" if separator is None else f"separateurs = {toml_text(separator)}, "
    listed = translate_values(field, match.column.filled, separator)
    known = [t for t in listed if t.code is not None]
    yield f"[fiches.champs.{field}]" + ("" if match.sure else f"   # ? {match.why}")
    yield f"colonne = {toml_text(match.column.name)}"
    if cut:
        yield f"separateurs = {toml_text(separator or '')}"
    yield f"[fiches.champs.{field}.valeurs]"
    for translation in listed:
        value = toml_text(translation.value)
        if translation.code is None:
            yield f'# {value} = ""   # ? {translation.count} fois : rien ne lui ressemble'
        else:
            doubt = "" if translation.sure else f"   # ? {translation.count} fois"
            yield f"{value} = {toml_text(translation.code)}{doubt}"
    if not known:
        yield "# ? tant qu'aucune valeur n'est traduite, ce champ reste vide"


def _sessions(guess: Guess) -> Iterator[str]:
    start = guess.matches.get("debut")
    if start is None:
        return
    hour, end_hour, end = (guess.name_of(field) for field in ("heure", "heure_fin", "fin"))
    day = start.column.name
    yield ""
    yield "[fiches.sessions]"
    begins = f"{{{day}|date}}" + (f"[ {{{hour}|heure}}]" if hour else "")
    yield f"debut = {{ modele = {toml_text(begins)} }}" + ("" if start.sure else f"   # ? {start.why}")
    last = f"{{{end_hour}|heure}}" if end_hour else f"{{{hour}|heure_fin}}" if hour else None
    if last is not None:
        yield f"fin = {{ modele = {toml_text(f'[{{{end or day}|date}} {last}]')} }}"
    elif end is not None:
        yield f"fin = {{ modele = {toml_text(f'{{{end}|date}}')} }}"
    for field, form in (("lieu", ""), ("places", "nombre"), ("places_restantes", "nombre")):
        if field in guess.matches:
            yield _line(field, guess.matches[field], form)


def _left(guess: Guess) -> Iterator[str]:
    if guess.left:
        yield ""
        yield "# Colonnes dont rien n'a été fait :"
    for column in guess.left:
        example = next(iter(column.filled), "")
        yield f"# ? {column.name!r} (par exemple {example[:60]!r})"


def _line(field: str, match: Match, form: str = "") -> str:
    form = form or _FORMS.get(field, "")
    name = toml_text(match.column.name)
    value = f'{{ colonne = {name}, forme = "{form}" }}' if form else name
    return f"{field} = {value}" + ("" if match.sure else f"   # ? {match.why}")


def _list(names: Iterable[str]) -> str:
    return "[" + ", ".join(toml_text(name) for name in names) + "]"
