"""Two people changed one line at once: both versions side by side, and the choice."""

from indexer.plans.errors import StaleLine
from indexer.plans.merge import to_values
from indexer.plans.model import Change
from ui.dossiers.frame import build_frame
from ui.plans import urls
from ui.plans.base import Visit
from ui.plans.lines import build_form
from ui.plans.plan_page import ConflictField, ConflictPage
from ui.plans.words import FIELD_LABELS, say_value
from ui.wording import sentence


def build_conflict_page(visit: Visit, stale: StaleLine) -> ConflictPage:
    """Without any field, the line was to be taken off: it is shown as it is now."""
    line, dossier = stale.current, visit.dossier
    theirs, mine = to_values(stale.current.fields), to_values(stale.wanted)
    today = visit.today
    return ConflictPage(
        title="Deux personnes ont changé cette étape",
        description="Choisissez ce qui reste.",
        espace=visit.frame,
        dossier=build_frame(dossier, "plan"),
        who=_who(visit.plans.history(visit.actor, dossier.id), line.id),
        line_title=line.fields.titre,
        fields=tuple(
            ConflictField(
                name=name,
                label=sentence(FIELD_LABELS[name]),
                theirs=say_value(name, theirs[name], today),
                mine=say_value(name, mine[name], today),
                mine_value="" if mine[name] is None else str(mine[name]),
            )
            for name in stale.fields
        ),
        form=build_form(line.id, urls.line(dossier.id, line.id), line.version, stale.merged),
        remove_url=None if stale.fields else urls.remove(dossier.id, line.id),
        back=urls.plan(dossier.id),
    )


def _who(changes: list[Change], line_id: str) -> str:
    """Who changed the line last."""
    return next((change.author.name for change in changes if change.line_id == line_id), "")
