"""The jobs and the sectors of a plan, on small tables."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.geocode.communes import load_communes
from indexer.labour.service import Labour
from indexer.matching.jobs import JobMatcher
from indexer.matching.plan import JobSetting, PlanOffer, WantedJob
from indexer.matching.reading import read_profile
from indexer.matching.sector_rules import load_sector_rules
from indexer.metiers.service import Jobs
from indexer.reference.shipped import rome_labels
from tests.support.hashing_encoder import HashingEncoder
from tests.support.labour_tables import LEVELS, load_labour


def setting(*codes: str, commune: str | None = "90010", **said: Any) -> JobSetting:
    profile = read_profile({"lieu": {"code_commune": commune or "90010"}} | said)
    wanted = tuple(WantedJob(code, rome_labels()[code], "explicite", "haute") for code in codes)
    needs = tuple(need.thematique for need in profile.besoins if need.thematique is not None)
    return JobSetting(profile, None if commune is None else load_communes().get(commune), wanted, needs)


def matcher(folder: Path, without: tuple[str, ...] = (), **changed: str) -> JobMatcher:
    labour = load_labour(folder, without, **changed)
    return JobMatcher(labour, Jobs(HashingEncoder(), folder / "ref"))


def offer(name: str) -> PlanOffer:
    return PlanOffer(name, b"{}", name, "immersion", 3.0, 10, 0.5, (), (), None)


def test_each_job_and_each_sector_is_asked_immersions_then_trainings(tmp_path: Path) -> None:
    asks = matcher(tmp_path).asks(setting("G1602"))
    kinds = [sorted(ask.types_offre) for ask in asks]
    assert kinds == [["immersion"], ["formation"]] * (len(asks) // 2)
    assert asks[0].metiers == ("G1602", "G1609", "G1803", "N4101")  # itself, the finer one, then the close ones
    assert len(asks) == 2 * (1 + 3)  # G16, its own domain, then G18 and N41


def test_a_job_is_told_with_its_shortage_its_hiring_and_its_close_jobs(tmp_path: Path) -> None:
    planner, asked = matcher(tmp_path), setting("G1602")
    found = [(offer(f"o{n}"),) for n in range(len(planner.asks(asked)))]
    (job,), sectors = planner.prospects(asked, found)
    assert job.tension is not None
    assert (job.tension.niveau, job.tension.millesime, job.tension.territoire) == (
        5, "2021", "bassin Belfort et Alentours",
    )  # fmt: skip
    assert job.embauches is not None
    assert (job.embauches.famille, job.embauches.projets, job.embauches.difficiles) == ("Cuisiniers", 30, 0.67)
    assert [(one.code_rome, one.tension and one.tension.niveau) for one in job.proches] == [("G1803", 4), ("N4101", 5)]
    assert (job.immersions[0].id, job.formations[0].id) == ("o0", "o1")
    assert (sectors[0].immersions[0].id, sectors[0].formations[0].id) == ("o2", "o3")


def sectors_of(planner: JobMatcher, asked: JobSetting, offers: bool = False) -> list[str]:
    found = [(offer("o"),) if offers else () for _ in planner.asks(asked)]
    return [sector.domaine for sector in planner.prospects(asked, found)[1]]


def test_the_domain_of_the_project_goes_before_those_of_close_jobs(tmp_path: Path) -> None:
    assert sectors_of(matcher(tmp_path), setting("G1602")) == ["G16", "N41", "G18"]  # then from the scarcest


def test_each_sector_says_why_and_where(tmp_path: Path) -> None:
    planner, asked = matcher(tmp_path), setting("G1602")
    _, sectors = planner.prospects(asked, [()] * len(planner.asks(asked)))
    (driving,) = [sector for sector in sectors if sector.domaine == "N41"]
    assert driving.libelle == "Route"
    assert any("Métier proche" in reason for reason in driving.raisons)
    assert any("bassin Belfort et Alentours, 2021" in reason for reason in driving.raisons)
    assert any("permis" in reason for reason in driving.raisons)


def test_a_domain_that_asks_for_a_licence_is_not_told_without_one(tmp_path: Path) -> None:
    assert "N41" not in sectors_of(matcher(tmp_path), setting("G1602", mobilite={"permis": False}))


def test_a_domain_of_evenings_is_not_told_to_who_works_by_day_only(tmp_path: Path) -> None:
    by_day = setting("G1602", contraintes={"disponibilites": ["journee"]})
    assert sectors_of(matcher(tmp_path), by_day) == ["N41"]


def test_a_domain_without_shortage_is_not_told(tmp_path: Path) -> None:
    easy = LEVELS + "2021,G1602,B019,10,3,4,3,2,1,5,1\n2021,G1803,B019,10,1,4,3,2,1,5,4\n"
    assert sectors_of(matcher(tmp_path, tension_rome_bassin_2021=easy), setting("G1602")) == []


def test_who_looks_for_work_without_a_project_is_told_only_domains_with_an_offer(tmp_path: Path) -> None:
    planner = matcher(tmp_path)
    asked = setting(besoins=[{"thematique": "trouver-un-emploi"}])
    assert sectors_of(planner, asked) == []
    assert sorted(sectors_of(planner, asked, offers=True)) == ["G16", "G18", "N41"]


def test_work_read_in_words_tells_domains_as_a_given_need_does(tmp_path: Path) -> None:
    planner = matcher(tmp_path)
    read = replace(setting(texte="Je veux travailler."), needs=("choisir-un-metier--decouvrir-un-metier",))
    assert sorted(sectors_of(planner, read, offers=True)) == ["G16", "G18", "N41"]


def test_who_speaks_of_no_work_is_told_no_domain(tmp_path: Path) -> None:
    asked = setting(besoins=[{"thematique": "logement-hebergement"}])
    assert matcher(tmp_path).asks(asked) == ()


@pytest.mark.parametrize("commune", ["90010", None])
def test_without_any_table_a_job_is_told_with_its_offers_alone(tmp_path: Path, commune: str | None) -> None:
    planner = JobMatcher(Labour(tmp_path / "ref"), Jobs(HashingEncoder(), tmp_path / "ref"))
    asked = setting("G1602", commune=commune)
    (job,), sectors = planner.prospects(asked, [(offer("a"),), (offer("b"),)])
    assert (job.tension, job.embauches, job.proches, sectors) == (None, None, (), ())
    assert (job.immersions[0].id, job.formations[0].id) == ("a", "b")


def test_a_finer_job_has_the_close_jobs_of_the_one_it_comes_from(tmp_path: Path) -> None:
    planner, asked = matcher(tmp_path), setting("G1609")
    assert planner.asks(asked)[0].metiers == ("G1609", "G1602", "G1803", "N4101")


def test_without_close_jobs_those_with_the_same_skills_stand_for_them(tmp_path: Path) -> None:
    asks = matcher(tmp_path, without=("rome4_mobilites",)).asks(setting("G1602"))
    assert asks[0].metiers == ("G1602", "G1609", "G1601")


def test_rules_of_domains_name_domains_of_the_rome() -> None:
    assert set(load_sector_rules()) <= {code[:3] for code in rome_labels()}
    assert {rule.demande for rule in load_sector_rules().values()} == {"permis", "horaires"}
