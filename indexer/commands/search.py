"""`maillage search`: a search from the command line, as the page would answer it."""

from typing import Annotated

import orjson
import typer
from rich.console import Console

from indexer.embeddings.encoder import load_encoder
from indexer.engines.factory import build_engine
from indexer.errors import QueryError
from indexer.geocode.communes import load_communes
from indexer.language.needs import load_need_reader
from indexer.metiers.service import Jobs
from indexer.search import Item, SearchAnswer, SearchRequest, build_offer_search
from indexer.search.same_encoder import check_encoder
from indexer.settings import load_settings

app = typer.Typer()


@app.command()
def search_command(
    text: Annotated[str, typer.Argument(metavar="MOTS", help="Le besoin, en quelques mots.")],
    commune: Annotated[str | None, typer.Option("--commune", help="Code INSEE, code postal ou nom.")] = None,
    rayon: Annotated[float, typer.Option("--rayon", help="En kilomètres.")] = 50.0,
    nombre: Annotated[int, typer.Option("--nombre", help="Offres montrées.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Pour les machines.")] = False,
) -> None:
    """Cherche dans l'index en service, comme la page le ferait."""
    settings = load_settings()
    encoder = load_encoder(settings)
    engine = build_engine(settings, encoder.dimensions)
    check_encoder(engine, encoder)  # before minutes of learning the lexicon with an encoder that is new
    needs = load_need_reader(encoder, settings.encoder_dir)
    jobs = Jobs(encoder, settings.loaded_reference_dir).reader
    search = build_offer_search(engine, encoder, needs=needs, jobs=jobs)
    code = None if commune is None else _code_of(commune)
    answer = search.search(SearchRequest(q=text, code_commune=code, rayon_km=rayon, size=nombre))
    if as_json:
        typer.echo(orjson.dumps([orjson.Fragment(item.offre) for item in answer.items]).decode())
    else:
        _show(answer)


def _code_of(commune: str) -> str:
    found = load_communes().search(commune, 1)
    if not found:
        raise QueryError("commune", f"La commune « {commune} » est inconnue. Essayez son code postal.")
    return found[0].code


def _show(answer: SearchAnswer) -> None:
    console = Console()
    where = "" if answer.lieu is None else f" autour de {answer.lieu.nom}"
    how = " (aucune ne contient ces mots : voici les plus proches par le sens)" if answer.par_sens else ""
    console.print(f"{answer.total} offres{where}{how}", markup=False)
    for item in answer.items:
        _show_item(console, item)


def _show_item(console: Console, item: Item) -> None:
    offre = orjson.loads(item.offre)
    structure = (offre["structure"] or {}).get("nom", "")
    console.print(f"{item.score:.2f}  {offre['nom']}", markup=False, style="bold")
    console.print(f"      {structure} · {offre['commune'] or ''} · {' · '.join(item.raisons)}", markup=False)
