"""The lexicon of jobs: real codes, every domain, many phrases, nothing said twice of one job nor of too many."""

from collections import Counter, defaultdict

import pytest

from indexer.metiers.neutral import job_key, job_words
from indexer.metiers.sayings import load_sayings
from indexer.reference.shipped import rome_labels

DOMAINS = "ABCDEFGHIJKLMN"
COMMON = (
    "A1203 A1403 A1416 D1101 D1102 D1202 D1214 D1408 D1505 D1507 F1602 F1603 F1606 F1703 F1704 G1203 G1501 G1602 G1603 "
    "G1605 G1609 G1803 H2206 H2906 H2913 H3302 I1203 I1604 J1301 J1501 J1506 K1302 K1303 K1304 K1310 K2106 K2204 K2205 "
    "K2303 K2503 M1203 M1601 M1602 M1607 M1805 N1101 N1103 N1105 N4101 N4105"
).split()
MOST_JOBS_A_PHRASE = 4


def test_every_code_is_in_the_rome_and_in_the_file_of_its_domain() -> None:
    assert set(load_sayings()) <= set(rome_labels())


def test_there_are_many_phrases_over_all_domains() -> None:
    phrases = Counter(code[0] for code, own in load_sayings().items() for _ in own)
    assert sum(phrases.values()) >= 5000
    assert sorted(phrases) == list(DOMAINS)
    assert min(phrases.values()) >= 100


def test_nine_sub_domains_in_ten_are_covered() -> None:
    said = {code[:3] for code in load_sayings()}
    known = {code[:3] for code in rome_labels()}
    assert len(said) / len(known) >= 0.9


@pytest.mark.parametrize("code", COMMON)
def test_a_common_job_is_said_in_many_ways(code: str) -> None:
    own = load_sayings()[code]
    assert len(own.noms) >= 3
    assert len(own.noms) + len(own.envies) >= 8


def test_no_job_is_said_twice_in_the_same_words() -> None:
    for code, own in load_sayings().items():
        for said in ((*own.noms, *own.envies), *(own.langues or {}).values()):
            assert [phrase for phrase, count in Counter(said).items() if count > 1] == [], code


def test_a_phrase_leads_to_few_jobs() -> None:
    jobs = defaultdict(set)
    for code, own in load_sayings().items():
        for phrase in own:
            jobs[phrase].add(code)
    assert {phrase: codes for phrase, codes in jobs.items() if len(codes) > MOST_JOBS_A_PHRASE} == {}


def test_a_phrase_says_something_in_few_words() -> None:
    for code, own in load_sayings().items():
        for phrase in own:
            assert 2 <= len(phrase) <= 80, (code, phrase)
            assert phrase == phrase.strip(), (code, phrase)
            assert job_key(job_words(phrase)), (code, phrase)


def test_the_most_common_jobs_are_said_in_other_languages() -> None:
    languages = Counter(code for own in load_sayings().values() for code in own.langues or {})
    assert set(languages) == {"en", "es", "pt", "ar", "tr", "uk"}
    assert min(languages.values()) >= 25
