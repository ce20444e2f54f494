"""A trial reading of a source, on a screen."""

import orjson
from rich.console import Console
from rich.markup import escape

from indexer.schema import Kind
from indexer.sources.model import Source
from indexer.sources.trial import Trial

RULES_SHOWN = 12


def print_trial(source: Source, trial: Trial, console: Console) -> None:
    """Figures, what is wrong by rule, values without translation, then the first records."""
    kinds = ((Kind.STRUCTURE, "structures"), (Kind.OFFER, "offres"))
    figures = ", ".join(f"{trial.accepted[kind]} {label} sur {trial.read[kind]} lues" for kind, label in kinds)
    console.print(f"[bold]{escape(source.flux)}[/bold] : {figures}.", highlight=False)
    for rule in trial.issues.by_rule()[:RULES_SHOWN]:
        first = rule.examples[0]
        console.print(f"  {rule.count} × {escape(rule.rule)}, d'abord ligne {first.ligne} : {escape(first.message)}")
    mapping = trial.mapping
    if mapping.unused or mapping.joined:
        console.print(f"  {mapping.joined} lignes regroupées sous un même id, {mapping.unused} dont rien n'est fait.")
    for (field, value), count in mapping.unknown.most_common(RULES_SHOWN):
        console.print(f"  {field} : « {escape(value)} » n'est pas traduit ({count} fois)")
    for record in trial.examples:
        shown = orjson.dumps(record.model_dump(mode="json", exclude_none=True, exclude_defaults=True))
        console.print(f"  {escape(shown.decode()[:600])}", highlight=False, soft_wrap=True)
