"""`maillage sync`: every declared source, or those named, from where they are to the live index."""

from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.markup import escape

from indexer.catalogue import open_catalogue
from indexer.commands.index_changes import index_changes
from indexer.geocode.service import build_address_service
from indexer.settings import Settings, load_settings
from indexer.sources.load import load_sources
from indexer.sources.sync import Syncing, SyncOutcome, SyncState, sync_sources

LABELS = {
    SyncState.IMPORTED: "[green]importé[/green]",
    SyncState.UNCHANGED: "inchangé",
    SyncState.HELD: "[red]retenu[/red]",
    SyncState.FAILED: "[red]échoué[/red]",
    SyncState.BUSY: "[yellow]déjà en cours[/yellow]",
}

app = typer.Typer()


@app.command()
def sync_command(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NOM]…", help="Sources ; toutes par défaut.")] = None,
    replay: Annotated[bool, typer.Option("--replay", help="Relire ce qui est gardé, sans réseau.")] = False,
    accept_loss: Annotated[bool, typer.Option("--accept-loss", help="Passer les gardes de perte et de rejet.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Importer même si rien n'a changé.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Pour les machines.")] = False,
) -> None:
    """Met à jour le catalogue depuis vos sources. Chacune à part : une panne n'arrête pas les autres."""
    settings = load_settings()
    console = Console(stderr=as_json)
    outcomes = run_sync(settings, names or [], console, replay=replay, accept_loss=accept_loss, force=force)
    if as_json:
        told = [outcome.as_dict() for outcome in outcomes]
        typer.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())
    if not all(outcome.is_well for outcome in outcomes):
        raise typer.Exit(1)


def run_sync(
    settings: Settings,
    names: list[str],
    console: Console,
    *,
    replay: bool = False,
    accept_loss: bool = False,
    force: bool = False,
) -> list[SyncOutcome]:
    """Syncs, tells each source as it ends, then brings what changed to the live index. Declared faults are told too."""
    declared = load_sources(settings)
    sources = declared.choose(names)
    catalogue = open_catalogue(settings.catalogue_url)
    try:
        work = Syncing(
            catalogue,
            settings.sync_dir,
            replay=replay,
            accept_loss=accept_loss,
            force=force,
            addresses=build_address_service(settings),
        )
        outcomes = sync_sources(work, sources, lambda outcome: tell_outcome(outcome, console))
    finally:
        catalogue.close()
    if not names:
        outcomes += [SyncOutcome(flux, message=fault) for flux, fault in declared.errors.items()]
        for outcome in outcomes[len(sources) :]:
            tell_outcome(outcome, console)
    if not outcomes:
        console.print("Aucune source active. « maillage sources add » en déclare une.")
    changed = [
        o.report for o in outcomes if o.report is not None and o.state is SyncState.IMPORTED and o.report.changed
    ]
    if changed:
        index_changes(changed[-1])
    return outcomes


def tell_outcome(outcome: SyncOutcome, console: Console) -> None:
    """One line, and the reason when it did not go well."""
    figures = ""
    if outcome.report is not None and outcome.state is SyncState.IMPORTED:
        report = outcome.report
        figures = (
            f" : {report.read} fiches lues, {report.created} créées, {report.updated} modifiées, "
            f"{report.retired} retirées, {report.rejected} rejetées"
        )
    console.print(f"[bold]{escape(outcome.flux)}[/bold] {LABELS[outcome.state]}{figures} ({outcome.seconds:.1f} s)")
    for line in (outcome.message, *outcome.remarks):
        if line:
            console.print(f"  {escape(line)}", highlight=False, soft_wrap=True)
