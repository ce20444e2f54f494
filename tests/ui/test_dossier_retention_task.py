"""The daily tasks end the files of people too."""

from datetime import UTC, datetime
from pathlib import Path

from indexer.dossiers import NewDossier
from indexer.dossiers.model import Consent
from indexer.upkeep.tasks import TASKS
from tests.support.workspace import sign_in, workspace_site


def test_the_daily_tasks_warn_the_referent_then_erase_the_file_and_its_plan(tmp_path: Path) -> None:
    (task,) = [task for task in TASKS if task.name == "dossiers"]
    with workspace_site(tmp_path) as site:
        actor = sign_in(site.client)
        files = site.workspace.dossiers
        files.create(actor, NewDossier("Z.", Consent.ORAL, {"code_commune": "90010"}))
        site.clock.now = datetime(2028, 2, 10, tzinfo=UTC)
        assert task.run(site.workspace, site.clock()) == 1
        assert [entry.mail.subject for entry in site.workspace.outbox.recent() if entry.mail] == [
            "Un dossier va être effacé"
        ]
        site.clock.now = datetime(2028, 3, 20, tzinfo=UTC)
        assert task.run(site.workspace, site.clock()) == 1
        assert list(files.iter_for(actor)) == []
