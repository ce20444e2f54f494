"""`maillage import`: one command, one flux, one transaction."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from indexer.catalogue import Catalogue, open_catalogue
from indexer.catalogue.store import utc_now
from indexer.commands.import_summary import print_summary
from indexer.commands.index_changes import index_changes
from indexer.errors import SettingError
from indexer.feeds.data_inclusion import iter_raw_records
from indexer.feeds.download import is_address, shown_address
from indexer.feeds.registry import FORMAT_NAMES
from indexer.geocode.communes import load_communes
from indexer.geocode.locate import locate
from indexer.geocode.precise import AddressService, Preciser
from indexer.geocode.service import build_address_service
from indexer.normalise.normalise import normalise
from indexer.pipeline import run_import
from indexer.report import ImportReport, ImportState
from indexer.settings import load_settings

AfterCommit = Callable[[ImportReport], None]
"""Told of an import once it is committed: the live index learns its changes there."""

_FLUX = re.compile(r"(?!.*--)[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the command line asks for."""

    files: tuple[str, ...]
    flux: str
    licence: str | None = None
    format: str = "auto"
    report: Path | None = None
    accept_loss: bool = False


def build_import_command(after_commit: AfterCommit | None = None) -> Callable[..., None]:
    """The function that Typer runs, with what is to happen after a commit."""

    def import_command(
        files: Annotated[list[str], typer.Argument(metavar="FICHIER…", help="Fichiers ou adresses du flux, tous.")],
        flux: Annotated[str, typer.Option("--flux", help="Nom du flux : le même à chaque import.")],
        licence: Annotated[str | None, typer.Option("--licence", help="Licence des données.")] = None,
        format: Annotated[str, typer.Option("--format", help=" | ".join(FORMAT_NAMES))] = "auto",
        report: Annotated[Path | None, typer.Option("--report", help="Écrire le rapport complet (JSON).")] = None,
        accept_loss: Annotated[
            bool, typer.Option("--accept-loss", help="Accepter que le flux perde plus de 30 % de ses fiches.")
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help="Pour les machines.")] = False,
    ) -> None:
        """Importe un flux : ce qui est nouveau, ce qui a changé, ce qui n'y est plus. Tout, ou rien en cas d'erreur."""
        options = ImportOptions(tuple(files), flux, licence, format, report, accept_loss)
        import_and_tell(options, as_json, after_commit)

    return import_command


app = typer.Typer()
app.command()(build_import_command(index_changes))


def import_and_tell(options: ImportOptions, as_json: bool, after_commit: AfterCommit | None) -> None:
    """Imports, writes the report asked for (after a failure too), and shows the summary on the standard output."""
    check_options(options)
    settings = load_settings()
    catalogue = open_catalogue(settings.catalogue_url)
    report = ImportReport(options.flux, _names(options.files), options.licence, utc_now())
    try:
        with _progress() as on_progress:
            import_files(catalogue, options, report, on_progress, build_address_service(settings))
    except BaseException:
        _tell_failure(report, options, as_json)
        raise
    finally:
        catalogue.close()
    _write_report(report, options.report)
    if as_json:
        _print_json(report)
    else:
        print_summary(report, Console(), options.report)
    if after_commit is not None:
        after_commit(report)


def _tell_failure(report: ImportReport, options: ImportOptions, as_json: bool) -> None:
    """What was read before the error: often its cause. The error itself is told by the caller, and comes first."""
    if report.state is ImportState.RUNNING:
        return  # it had not begun
    with suppress(SettingError):
        _write_report(report, options.report)
    if as_json:
        _print_json(report)


def _print_json(report: ImportReport) -> None:
    typer.echo(orjson.dumps(report.as_dict(), option=orjson.OPT_INDENT_2).decode())


def import_files(
    catalogue: Catalogue,
    options: ImportOptions,
    report: ImportReport,
    on_progress: Callable[[int], None] | None = None,
    addresses: AddressService | None = None,
) -> ImportReport:
    """Reads, normalises, locates and commits the files of one flux. Raises what `run_import` does."""
    communes = load_communes()
    precise = None if addresses is None else Preciser(addresses, catalogue.database, communes, report.started_at)
    return run_import(
        catalogue,
        iter_raw_records(options.files, options.flux, options.format),
        flux=options.flux,
        licence=options.licence,
        files=report.files,
        normalise=partial(normalise, locate=partial(locate, communes=communes), now=report.started_at),
        now=report.started_at,
        accept_loss=options.accept_loss,
        on_progress=on_progress,
        report=report,
        precise=precise,
    )


def check_options(options: ImportOptions) -> None:
    """Raises SettingError before anything is read."""
    if _FLUX.fullmatch(options.flux) is None:
        raise SettingError(
            f"Le nom de flux « {options.flux} » ne convient pas. Prenez de 1 à 64 lettres sans accent, chiffres, "
            "points, tirets ou soulignés, sans deux tirets de suite, comme « partenaire-2026 »."
        )
    if options.report is not None and not options.report.resolve().parent.is_dir():
        raise SettingError(f"--report : le dossier {options.report.resolve().parent} n'existe pas. Créez-le d'abord.")


def _names(files: tuple[str, ...]) -> tuple[str, ...]:
    """Files as they are told and kept: an address without its password or its query."""
    return tuple(shown_address(name) if is_address(name) else name for name in files)


def _write_report(report: ImportReport, path: Path | None) -> None:
    if path is None:
        return
    try:
        report.write(path)
    except OSError as error:
        raise SettingError(
            f"L'import est « {report.state} », mais son rapport ne peut pas être écrit dans {path} : {error.strerror}."
        ) from error


@contextmanager
def _progress() -> Iterator[Callable[[int], None] | None]:
    """A count of rows on a terminal, nothing elsewhere. How many there will be is not known: files are streamed."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Lecture…", total=None)
        yield lambda read: progress.update(task, description=f"{read} fiches lues")
