"""`maillage crawl`: each site in a process of its own, then its hand-over through the same import as any feed."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console

from indexer.commands.import_ import ImportOptions, import_and_tell
from indexer.commands.index_changes import index_changes
from indexer.errors import FeedError
from indexer.settings import Settings, load_settings

SITES = "sites"
"""The folder of a deployment's own sites, in that of its sources."""

TOO_LONG = 5 * 3600
"""Seconds: a crawl ends by itself after four hours."""

app = typer.Typer()


@app.command()
def crawl_command(
    names: Annotated[list[str], typer.Argument(metavar="SITE…", help="Noms de sites, ou fichiers .toml.")],
    contact: Annotated[str, typer.Option("--contact", help="À qui un site peut écrire : courriel ou page.")],
    keep: Annotated[bool, typer.Option("--sans-import", help="Récolter seulement, sans importer.")] = False,
    accept_loss: Annotated[bool, typer.Option("--accept-loss", help="Accepter une récolte bien plus maigre.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Pour les machines.")] = False,
) -> None:
    """Récolte des sites sans export, poliment, puis importe ce qui a été trouvé."""
    settings = load_settings()
    failed = [name for name in names if not _crawl_one(settings, name, contact, keep, accept_loss, as_json)]
    if failed:
        raise FeedError(f"Récolte vide ou échouée : {', '.join(failed)}. Le catalogue garde ce qu'il avait.")


def _crawl_one(settings: Settings, name: str, contact: str, keep: bool, accept_loss: bool, as_json: bool) -> bool:
    """Whether the site brought something. A site that fails harms no other."""
    flux = Path(name).stem
    folder = settings.data_dir / "crawls"
    folder.mkdir(parents=True, exist_ok=True)
    output, report = folder / f"{flux}.jsonl", folder / f"{flux}.rapport.json"
    if not run_crawler(name, contact, output, report, folder / "cache", settings.own_sources_dir / SITES):
        return False
    told: dict[str, Any] = orjson.loads(report.read_bytes())
    _tell(told, as_json)
    if not keep:
        licence = str(orjson.loads(output.read_text(encoding="utf-8").partition("\n")[0])["licence"])
        options = ImportOptions((str(output),), f"site-{flux}", licence, "recolte", accept_loss=accept_loss)
        import_and_tell(options, as_json, index_changes)
    return True


def run_crawler(name: str, contact: str, output: Path, report: Path, cache: Path, sites: Path) -> bool:
    """Runs one crawl of a site that ships, of a file, or of the folder `sites`; False when it brought nothing.

    FeedError, with its reason, for a site that cannot be followed.
    """
    command = [sys.executable, "-m", "crawlers", name, "--contact", contact, "--output", str(output)]
    command += ["--report", str(report), "--cache", str(cache), "--folder", str(sites)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TOO_LONG, check=False)  # noqa: S603
    if done.returncode == 2:
        raise FeedError(done.stderr.strip().splitlines()[-1])
    return done.returncode == 0


def _tell(report: dict[str, Any], as_json: bool) -> None:
    if as_json:
        typer.echo(orjson.dumps(report, option=orjson.OPT_INDENT_2).decode())
        return
    Console().print(
        f"{report['site']} : {report['pages']} pages lues, {report['lignes']} lignes, "
        f"{report['interdites_par_robots']} pages interdites par le site, {sum(report['refusees'].values())} refusées.",
        markup=False,
    )
