"""`maillage match`: the local plan of a profile, as the API would answer it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import orjson
import typer
from rich.console import Console

from indexer.commands.match_output import show_plan
from indexer.embeddings.encoder import load_encoder
from indexer.engines.factory import build_engine
from indexer.errors import MaillageError
from indexer.geocode.communes import load_communes
from indexer.language.needs import load_need_reader
from indexer.matching.build import build_matcher, open_around
from indexer.matching.diagnostic_usager import convert_diagnostic, is_diagnostic_usager
from indexer.matching.diagnostic_usager.by_words import words_reader
from indexer.matching.matcher import Matcher
from indexer.matching.profile import Profile
from indexer.matching.reading import read_profile
from indexer.search import build_offer_search
from indexer.search.same_encoder import check_encoder
from indexer.settings import load_settings
from search_api.plan_body import build_plan

app = typer.Typer()

MAX_BYTES: Final = 5_000_000


class ProfileFileError(MaillageError):
    """The file is not a profile that can be read."""


@app.command()
def match_command(
    profil: Annotated[Path, typer.Argument(metavar="PROFIL.json", help="Un profil, ou un diagnostic usager.")],
    as_json: Annotated[bool, typer.Option("--json", help="Pour les machines.")] = False,
) -> None:
    """Construit le plan local d'un profil, ou d'un diagnostic usager de France Travail."""
    body = read_file(profil)  # before the seconds that the encoder takes
    matcher, read_words = _open()
    profile = _read(body, read_words, profil)
    plan = matcher.match(profile)
    if as_json:
        typer.echo(orjson.dumps(build_plan(plan)).decode())
    else:
        show_plan(plan, Console())


def read_file(path: Path) -> dict[str, Any]:
    """The JSON object of a file. ProfileFileError says what is wrong, where, and what to do."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ProfileFileError(f"« {path} » est trop gros pour un profil : {MAX_BYTES // 1_000_000} Mo au plus.")
        raw = path.read_bytes()
    except OSError as error:
        raise ProfileFileError(f"« {path} » ne peut pas être lu ({error.strerror}). Vérifiez son chemin.") from error
    try:
        body = orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise ProfileFileError(_say_unreadable(path, raw, error)) from error
    if not isinstance(body, dict):
        raise ProfileFileError(f"« {path} » n'est pas un profil : un objet {{…}} est attendu.")
    return body


def _say_unreadable(path: Path, raw: bytes, error: orjson.JSONDecodeError) -> str:
    if not raw.strip():
        return f"« {path} » est vide."
    if not raw.rstrip().endswith(b"}"):
        return f"« {path} » est coupé : il ne finit pas par « }} ». Exportez-le de nouveau."
    return f"« {path} » n'est pas du JSON lisible, ligne {error.lineno}, colonne {error.colno}. Corrigez-le là."


def _open() -> tuple[Matcher, Callable[[str], Sequence[str]]]:
    """The matcher over the index in service, and the reader of words."""
    settings = load_settings()
    encoder = load_encoder(settings)
    engine = build_engine(settings, encoder.dimensions)
    check_encoder(engine, encoder)
    around = open_around(settings, encoder)
    needs = load_need_reader(encoder, settings.encoder_dir)
    search = build_offer_search(engine, encoder, needs=needs, jobs=around.metiers.reader)
    return build_matcher(search, engine, encoder, around), words_reader(search.understander)


def _read(body: dict[str, Any], read_words: Callable[[str], Sequence[str]], path: Path) -> Profile:
    if not is_diagnostic_usager(body):
        return read_profile(body)
    typer.echo("Diagnostic usager de France Travail reconnu : il est lu comme un profil.", err=True)
    converted = convert_diagnostic(body, load_communes(), read_words)
    if "lieu" not in converted:
        where = '"lieu": {"code_commune": "90010"}'
        raise ProfileFileError(f"Le diagnostic « {path} » ne dit aucun lieu. Ajoutez-lui {where}.")
    return read_profile(converted)
