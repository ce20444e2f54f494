"""Training catalogues in LHÉO."""

import csv
import io
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from indexer.errors import FeedError
from indexer.feeds.base import REFUSAL_KEY, FeedFile
from indexer.feeds.formacodes import build_formacodes
from indexer.feeds.lheo import iter_lheo
from indexer.feeds.lheo_dates import day_of
from indexer.schema import Kind, RawRecord
from tests.support.lheo_samples import build_catalogue, build_formation, build_session

Read = Callable[..., list[RawRecord]]


def offers(records: list[RawRecord]) -> list[dict[str, Any]]:
    return [record.fields for record in records if record.kind is Kind.OFFER]


def test_a_catalogue_is_recognised_by_its_content(read: Read) -> None:
    records = read(build_catalogue())
    assert [record.kind for record in records] == [Kind.STRUCTURE, Kind.OFFER]


def test_an_action_becomes_a_training_with_its_place_and_conditions(read: Read) -> None:
    (offer,) = offers(read(build_catalogue(), "lheo"))
    assert offer["id"] == "F1-A1"
    assert offer["type_offre"] == "formation"
    assert offer["nom"] == "Français langue étrangère, niveau A2"
    assert offer["description"] == "Se faire comprendre au travail.\n\nOral, écrit & phonétique.\n\nDurée : 120 heures."
    assert (offer["commune"], offer["code_insee"], offer["latitude"]) == ("Poitiers", "86194", "46.58")
    assert offer["modes_accueil"] == ["a-distance", "en-presentiel"]
    assert offer["date_maj"] == "2026-09-01"
    assert "Mme Durand" not in str(offer)


def test_sessions_bear_their_dates_and_what_recruitment_leaves(read: Read) -> None:
    sessions = build_session() + build_session("20270901", "20271217", state="2")
    (offer,) = offers(read(build_catalogue(build_formation(sessions=sessions)), "lheo"))
    assert offer["sessions"] == [
        {"debut": "2027-01-04", "fin": "2027-03-31", "lieu": "Poitiers"},
        {"debut": "2027-09-01", "fin": "2027-12-17", "lieu": "Poitiers", "places_restantes": "0"},
    ]
    assert offer["validite"] == {"fin": "2027-12-17"}


def test_an_entry_at_any_time_gives_no_session_and_no_end(read: Read) -> None:
    (offer,) = offers(read(build_catalogue(build_formation(sessions=build_session("00000000", "99991231"))), "lheo"))
    assert "sessions" not in offer
    assert "validite" not in offer


def test_an_organisation_is_given_once_for_all_its_trainings(read: Read) -> None:
    records = read(build_catalogue(build_formation(1), build_formation(2)), "lheo")
    (structure,) = [record for record in records if record.kind is Kind.STRUCTURE]
    assert structure.fields["id"] == "12345678900011"
    assert {offer["structure_id"] for offer in offers(records)} == {"12345678900011"}


def test_a_training_without_action_is_refused_and_counted(read: Read) -> None:
    records = read(build_catalogue("<formation numero='9'><intitule-formation>Rien</intitule-formation></formation>"))
    assert "sans action" in records[0].fields[REFUSAL_KEY]


def test_the_metiers_given_win_over_those_of_the_formacode(opened: Callable[[str], FeedFile]) -> None:
    table = {"15041": ("K1801",)}
    stated = build_catalogue(build_formation(rome="<code-ROME>N1103</code-ROME>"))
    for content, expected in ((build_catalogue(), ["K1801"]), (stated, ["N1103"])):
        rows = list(iter_lheo(opened(content), table))
        assert rows[1].fields["metiers"] == expected


def test_a_formacode_keeps_the_metiers_of_a_third_of_its_certifications() -> None:
    lines = [
        "Code_FormaCode,Code_Rome_1,Code_Rome_2",
        "1,A1201,",
        "1,A1201,B1101",
        "1,A1201,",
        "1,A1201,",
        "1,A1201,",
        "2,,",
    ]
    assert build_formacodes(csv.DictReader(lines)) == {"1": ("A1201",)}


@pytest.mark.parametrize("namespace", ["http://lheo.gouv.fr/2.2", "https://www.lheo.org/3.0"])
def test_every_version_of_the_format_is_read(read: Read, namespace: str) -> None:
    assert len(offers(read(build_catalogue(namespace=namespace)))) == 1


@pytest.mark.parametrize("text", ["", "00000000", "19000101", "99991231", "20271340", "bientôt", "２０２７0101"])
def test_what_means_no_date_is_none(text: str) -> None:
    assert day_of(text) is None


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE lheo [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE lheo [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE lheo SYSTEM "http://127.0.0.1:9/lheo.dtd">',
    ],
)
def test_entities_and_document_types_are_refused(read: Read, prologue: str) -> None:
    content = build_catalogue().replace("?><lheo", f"?>{prologue}<lheo")
    with pytest.raises(FeedError, match="DOCTYPE"):
        read(content, "lheo")


def test_a_truncated_file_says_its_line(read: Read) -> None:
    with pytest.raises(FeedError, match="XML invalide ou tronqué"):
        read(build_catalogue()[:-40], "lheo")


def test_a_latin_file_keeps_its_accents_whatever_it_declares(read: Read) -> None:
    content = build_catalogue().replace("UTF-8", "ISO-8859-1").encode("cp1252")
    assert offers(read(content, "lheo"))[0]["nom"].startswith("Français")


class _Endless:
    """A catalogue of `count` trainings that never exists as a whole."""

    def __init__(self, count: int) -> None:
        self._parts = self._content(count)

    def _content(self, count: int) -> Iterator[bytes]:
        head, tail = build_catalogue("@").encode().split(b"@")
        yield head
        for number in range(count):
            yield build_formation(number).encode()
        yield tail

    def read(self, size: int = -1) -> bytes:
        return next(self._parts, b"")


def test_memory_does_not_grow_with_the_catalogue() -> None:
    def peak(count: int) -> int:
        file = FeedFile("flux", _Endless(count), "utf-8", "", whole=False)  # type: ignore[arg-type]
        tracemalloc.start()
        try:
            assert sum(1 for _ in iter_lheo(file, {})) == count + 1
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(600) < peak(100) + 200_000


def test_one_endless_training_is_refused() -> None:
    stream = io.BytesIO(f"<lheo><formation><contenu>{'<p>x</p>' * 3_000_000}".encode())
    with pytest.raises(FeedError, match="un seul élément"):
        list(iter_lheo(FeedFile("flux", stream, "utf-8", "", whole=False), {}))
