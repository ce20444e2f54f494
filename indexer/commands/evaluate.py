"""`maillage evaluate`: what the product is worth on the judged sets, and what a change gained or lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal

import httpx
import typer
from rich.console import Console
from rich.markup import escape
from typer.core import TyperGroup

from indexer.commands.evaluate_catalogues import Catalogue, fill_from
from indexer.commands.evaluate_dedupe import evaluate_dedupe
from indexer.commands.evaluate_output import Output, tell
from indexer.embeddings.encoder import load_encoder
from indexer.evaluation import planning, search, understanding
from indexer.evaluation.catalogue import build_search, families_of, open_judged_catalogue
from indexer.evaluation.families import Families
from indexer.evaluation.judged import load_needs
from indexer.evaluation.matching import open_judged_matcher
from indexer.evaluation.plan_sets import load_plans
from indexer.evaluation.pooling import iter_unread, key_of, load_read, write_read
from indexer.evaluation.scored import read_run
from indexer.evaluation.sets import find_sets
from indexer.evaluation.understanding_sets import load_texts
from indexer.evaluation.views import VIEWS, View
from indexer.geocode.communes import load_communes
from indexer.language.needs import load_need_reader
from indexer.rebuild import Indexing
from indexer.settings import Settings, load_settings
from indexer.understanding.understander import Understander


class Parts(TyperGroup):
    """`--match` asks for the part `match`, as the plans' figures are usually asked for."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        told: list[str] = super().parse_args(ctx, ["match", *args[1:]] if args[:1] == ["--match"] else args)
        return told


app = typer.Typer(cls=Parts, no_args_is_help=True)

PATIENCE_S = 30.0

Sets = Annotated[Path | None, typer.Option("--jeux", help="Dossier des jeux jugés ; celui du dépôt si rien n'est dit.")]
OnlyPart = Annotated[
    Literal["dev", "test"] | None, typer.Option("--part", help="dev : pour régler ; test : pour juger.")
]
Address = Annotated[str | None, typer.Option("--url", help="Mesurer un serveur qui tourne, à cette adresse.")]
Engine = Annotated[
    Literal["embedded", "elasticsearch"] | None, typer.Option("--engine", help="Le moteur mesuré ; celui des réglages.")
]
Json = Annotated[bool, typer.Option("--json", help="Écrire la mesure, texte par texte, pour comparer plus tard.")]
Compare = Annotated[
    Path | None, typer.Option("--compare", help="Une mesure d'avant, écrite par --json : dire ce qui a changé.")
]
Html = Annotated[Path | None, typer.Option("--html", help="Écrire aussi une page, avec les plus mauvaises réponses.")]
Reference = Annotated[
    Path | None, typer.Option("--reference", help="Écrire les valeurs seules : la référence que les tests tiennent.")
]
Judged = Annotated[Catalogue, typer.Option("--catalogue", help="Le catalogue sur lequel les besoins sont jugés.")]
Data = Annotated[Path | None, typer.Option("--donnees", help="Dossier des fichiers réels, qui ne sont pas livrés.")]


@app.command("understanding")
def understanding_command(
    sets: Sets = None,
    part: OnlyPart = None,
    url: Address = None,
    as_json: Json = False,
    compare: Compare = None,
    html: Html = None,
    reference: Reference = None,
) -> None:
    """La bonne thématique vient-elle en premier, parmi trois ? Ce qui n'est pas un besoin est-il laissé de côté ?"""
    before = None if compare is None else read_run(compare, understanding.KIND)
    texts = load_texts(find_sets(sets, "understanding"))
    with _reading(url) as (read, about):
        run = understanding.measure_understanding(texts, read, about, understanding.load_learned()).only(part)
    output = Output("Comprendre un besoin", understanding.GROUPINGS, understanding.FIRST, as_json, html, reference)
    tell(run, before, output)


@app.command("search")
def search_command(
    catalogue: Judged = "demonstration",
    sets: Sets = None,
    data: Data = None,
    part: OnlyPart = None,
    view: Annotated[
        View, typer.Option("--vue", help="Toute la recherche, ou les mots seuls, ou le sens seul.")
    ] = "complete",
    engine: Engine = None,
    url: Address = None,
    as_json: Json = False,
    compare: Compare = None,
    html: Html = None,
    reference: Reference = None,
) -> None:
    """Les offres qui répondent viennent-elles en premier ? Besoins jugés en lisant les offres."""
    before = None if compare is None else read_run(compare, search.KIND)
    folder = find_sets(sets, f"judged/{catalogue}")
    settings = _with_engine(engine)
    about = {"catalogue": catalogue, "vue": view, "moteur": settings.engine, "encodeur": settings.encoder}
    with _judged_catalogue(settings, catalogue, data) as (work, families):
        needs = load_needs(folder, families)
        if url is None:
            rank = search.local_ranking(build_search(work, settings, view))
            run = search.measure_search(needs, rank, families, about)
        else:
            with httpx.Client(base_url=url, timeout=PATIENCE_S) as client:
                run = search.measure_search(needs, search.remote_ranking(client), families, {"serveur": url})
    output = Output("Trouver les offres qui répondent", search.GROUPINGS, "nDCG@10", as_json, html, reference)
    tell(run.only(part), before, output)


@app.command("dedupe")
def dedupe_command(sets: Sets = None, data: Data = None, part: OnlyPart = None, as_json: Json = False) -> None:
    """Deux fiches qui disent la même chose sont-elles réunies, et elles seules ? Paires jugées en lisant les fiches."""
    evaluate_dedupe(sets, data, part, as_json)


@app.command("match")
def match_command(
    catalogue: Judged = "demonstration",
    sets: Sets = None,
    data: Data = None,
    engine: Engine = None,
    as_json: Json = False,
    compare: Compare = None,
    html: Html = None,
    reference: Reference = None,
) -> None:
    """Les plans répondent-ils ? Besoins trouvés, offres permises et à portée, bonnes offres, manques dits, ordre."""
    before = None if compare is None else read_run(compare, planning.KIND)
    folder = find_sets(sets, f"plans/{catalogue}")
    settings = _with_engine(engine)
    about = {"catalogue": catalogue, "moteur": settings.engine, "encodeur": settings.encoder}
    with _judged_catalogue(settings, catalogue, data) as (work, families):
        plans = load_plans(folder, families)
        with open_judged_matcher(work, settings) as matcher:
            run = planning.measure_plans(plans, matcher.match, families, about)
    output = Output("Du diagnostic au plan", planning.GROUPINGS, planning.PRECISION, as_json, html, reference)
    tell(run, before, output)


@app.command("pool")
def pool_command(
    catalogue: Judged = "demonstration",
    sets: Sets = None,
    data: Data = None,
    as_read: Annotated[
        bool, typer.Option("--lus", help="Noter comme lues, et sans intérêt, les offres qui restent.")
    ] = False,
) -> None:
    """Ce qui reste à juger : les dix premières offres, par les mots, par le sens et par la recherche entière."""
    folder = find_sets(sets, f"judged/{catalogue}")
    settings = load_settings()
    read = load_read(folder)
    console = Console(soft_wrap=True, highlight=False)
    with _judged_catalogue(settings, catalogue, data) as (work, families):
        rankings = [search.local_ranking(build_search(work, settings, view)) for view in VIEWS]
        for unread in iter_unread(load_needs(folder, families), rankings, families, read):
            console.print(escape(f"{key_of(unread.need)} : {', '.join(unread.offers)}"))
            read.setdefault(key_of(unread.need), []).extend(unread.offers)
    if as_read:
        write_read(folder, read)


def _with_engine(engine: str | None) -> Settings:
    settings = load_settings()
    return settings if engine is None else settings.model_copy(update={"engine": engine})


@contextmanager
def _reading(url: str | None) -> Iterator[tuple[understanding.Reading, dict[str, str]]]:
    if url is not None:
        with httpx.Client(base_url=url, timeout=PATIENCE_S) as client:
            yield understanding.remote_reading(client), {"serveur": url}
        return
    settings = load_settings()
    encoder = load_encoder(settings)
    reader = load_need_reader(encoder, settings.encoder_dir)
    understander = Understander(encoder, reader, load_communes())
    yield understanding.local_reading(understander), {"encodeur": encoder.name}


@contextmanager
def _judged_catalogue(
    settings: Settings, catalogue: Catalogue, data: Path | None
) -> Iterator[tuple[Indexing, Families]]:
    with open_judged_catalogue(settings, fill_from(catalogue, data)) as work:
        yield work, families_of(work)
