"""The report: every issue counted by rule, with its rows, all of them in the file."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import orjson
import pytest
from rich.console import Console

from indexer.catalogue import Catalogue, open_catalogue
from indexer.commands.import_summary import print_summary
from indexer.errors import ImportHeldError
from indexer.issue_log import EXAMPLES, IssueLog
from indexer.report import ImportReport, ImportState
from indexer.schema import Issue, Kind, Offer, RawRecord, Severity, Structure
from tests.support.small_feeds import NOON, bring, build_issue, least_normalise, offer, small_feed, structure


def _doubtful(raw: RawRecord) -> tuple[Offer | Structure | None, list[Issue]]:
    """Drops every telephone, mends every name, doubts every description."""
    fields = dict(raw.fields)
    issues = [build_issue(raw, "nom", "nom-mal-ecrit", Severity.INFO, fields["nom"])]
    if fields.pop("telephone", None):
        issues.append(build_issue(raw, "telephone", "telephone-invalide", Severity.WARNING, "00"))
    if "description" in fields:
        issues.append(build_issue(raw, "description", "description-courte", Severity.WARNING, "bref"))
    record, _ = least_normalise(RawRecord(raw.kind, raw.flux, raw.file, raw.row, fields))
    return record, issues


def _new_report() -> ImportReport:
    return ImportReport("a", ("exemple.json",), None, NOON)


def test_dropped_values_mended_ones_and_doubts_are_told_apart(catalogue: Catalogue) -> None:
    records = [structure(), offer(1, telephone="00"), offer(2, description="bref")]
    report = bring(catalogue, records, normalise=_doubtful)
    assert (report.dropped_fields, report.mended, report.issues.total) == (1, 3, 5)


def test_a_point_replaced_by_the_centre_of_its_commune_counts_as_dropped(sqlite_url: str) -> None:
    def set_aside(raw: RawRecord) -> tuple[Offer | Structure | None, list[Issue]]:
        record, _ = least_normalise(raw)
        return record, [build_issue(raw, "latitude", "point-eloigne", Severity.WARNING, "9, 9")]

    placed = structure(latitude=47.6, longitude=6.8, position_approximative=True)
    assert bring(open_catalogue(sqlite_url), [placed], normalise=set_aside).dropped_fields == 1


def test_rejected_records_are_counted_and_the_rest_comes_in(catalogue: Catalogue) -> None:
    report = bring(catalogue, [structure(), offer(1, nom=""), offer(2)])
    tally = report.tallies[Kind.OFFER]
    assert (tally.read, tally.rejected, tally.accepted, tally.created) == (2, 1, 1, 1)
    (rule,) = report.issues.by_rule()
    assert (rule.rule, rule.severity, rule.examples[0].ligne) == ("nom-absent", Severity.REJECTION, 2)


def test_the_file_holds_the_figures_and_every_issue(catalogue: Catalogue, tmp_path: Path) -> None:
    many = [structure(), *(offer(number, telephone="00") for number in range(1, 40))]
    report = bring(catalogue, many, normalise=_doubtful)
    report.write(tmp_path / "rapport.json")
    told = orjson.loads((tmp_path / "rapport.json").read_bytes())
    assert told["etat"] == "fini"
    assert told["offres"]["lues"] == told["offres"]["creees"] == 39
    assert told["champs_ecartes"] == 39
    assert len(told["anomalies"]) == 40 + 39
    assert told["anomalies"][1]["regle"] == "nom-mal-ecrit"
    assert [rule["regle"] for rule in told["regles"]] == ["telephone-invalide", "nom-mal-ecrit"]
    assert [example["ligne"] for example in told["regles"][0]["exemples"]] == [2, 3, 4, 5, 6]
    kept = catalogue.imports()[0]
    assert (kept.state, kept.report) == ("fini", {k: v for k, v in told.items() if k != "anomalies"})


def test_a_report_without_issues_is_json_too(catalogue: Catalogue) -> None:
    report = bring(catalogue, small_feed(1))
    assert orjson.loads(b"".join(report.iter_json()))["anomalies"] == []


def test_after_a_held_import_the_report_tells_what_was_read_and_claims_no_change(catalogue: Catalogue) -> None:
    bring(catalogue, small_feed(40))
    report = _new_report()
    with pytest.raises(ImportHeldError):
        bring(catalogue, small_feed(5), report=report)
    assert (report.state, report.read, report.created, report.unchanged, report.retired) == ("retenu", 6, 0, 0, 0)
    assert "--accept-loss" in report.message


def test_the_log_gives_issues_back_in_order_while_more_arrive() -> None:
    log = IssueLog()
    raw = RawRecord(Kind.OFFER, "a", "f.json", 1, {"id": "a--1"})
    for number in range(EXAMPLES + 2):
        log.add(build_issue(raw, f"champ{number}", "regle", Severity.WARNING))
        assert [orjson.loads(line)["champ"] for line in log.iter_lines()][-1] == f"champ{number}"
    assert log.total == log.count("regle") == EXAMPLES + 2
    assert len(log.by_rule()[0].examples) == EXAMPLES


def test_the_screen_shows_figures_rules_rows_and_where_the_rest_is() -> None:
    report = _new_report()
    report.tallies[Kind.OFFER].created = 12
    raw = RawRecord(Kind.OFFER, "a", "/dossier/f.json", 7, {"id": "a--1"})
    report.note(build_issue(raw, "nom", "nom-[étrange]", Severity.WARNING))
    report.end(ImportState.DONE, "", datetime(2026, 5, 4, 12, 0, 3, tzinfo=UTC))
    screen = StringIO()
    print_summary(report, Console(file=screen, width=80), None)
    text = screen.getvalue()
    assert "Import du flux « a » : terminé en 3,0 s." in text
    assert "• 1 × nom-[étrange] (avertissement), f.json : 7" in text
    assert "--report FICHIER.json" in text
    assert "12" in next(line for line in text.splitlines() if line.startswith("offres"))
