"""`maillage understand`: what is understood of a text, as the API would answer it."""

from typing import Annotated, Any

import orjson
import typer
from rich.console import Console

from indexer.embeddings.encoder import load_encoder
from indexer.geocode.communes import load_communes
from indexer.language.needs import load_need_reader
from indexer.metiers.service import Jobs
from indexer.settings import load_settings
from indexer.understanding.understander import Understander
from search_api.understood_body import build_understood

app = typer.Typer()


@app.command()
def understand_command(
    text: Annotated[str, typer.Argument(metavar="TEXTE", help="Ce que dit la personne.")],
    as_json: Annotated[bool, typer.Option("--json", help="Pour les machines.")] = False,
) -> None:
    """Dit les besoins, les métiers, les publics, le lieu, les contraintes, la langue et l'urgence d'un texte."""
    settings = load_settings()
    encoder = load_encoder(settings)
    needs = load_need_reader(encoder, settings.encoder_dir)
    jobs = Jobs(encoder, settings.loaded_reference_dir).reader
    body = build_understood(Understander(encoder, needs, load_communes(), jobs).understand(text))
    if as_json:
        typer.echo(orjson.dumps(body).decode())
    else:
        _show(body)


def _show(body: dict[str, Any]) -> None:
    console = Console()
    urgency = body["urgence"]
    if urgency is not None:
        numbers = " · ".join(f"{line['numero']} {line['nom']}" for line in urgency["numeros"])
        console.print(f"URGENCE : {urgency['message']} {numbers}", markup=False, style="bold red")
    for title, name in (("Besoins", "thematiques"), ("Pour qui", "publics"), ("Contraintes", "contraintes")):
        for sign in body[name]:
            console.print(f"{title} : {sign['label']} ({sign['score']:.2f}) {', '.join(sign['mots'])}", markup=False)
    for job in body["metiers"]:
        console.print(f"Métier : {job['libelle']} {job['code_rome']} ({job['score']:.2f})", markup=False)
    if body["lieu"] is not None:
        console.print(f"Lieu : {body['lieu']['nom']} ({body['lieu']['code_commune']})", markup=False)
    console.print(f"Langue : {body['langue']}", markup=False)
    for warning in body["avertissements"]:
        console.print(warning, markup=False)
