"""Agendas: OpenAgenda, RSS and Atom, schema.org; what is kept, what is refused."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from indexer.errors import FeedError
from indexer.feeds.base import REFUSAL_KEY, REFUSAL_RULE_KEY, FeedOptions
from indexer.feeds.french_dates import parse_french_days
from indexer.feeds.postal_line import split_address
from indexer.feeds.registry import FORMATS
from indexer.schema import Kind, RawRecord

Read = Callable[..., list[RawRecord]]

API_EVENT: dict[str, Any] = {
    "uid": 12,
    "title": {"fr": "Job dating de l'hôtellerie", "en": "Job dating"},
    "description": {"fr": "Dix employeurs recrutent."},
    "keywords": {"fr": ["emploi"]},
    "timings": [{"begin": "2027-03-02T09:00:00+01:00", "end": "2027-03-02T12:00:00+01:00"}],
    "location": {"name": "Maison de l'emploi", "address": "1 rue A, 86000 Poitiers", "city": "Poitiers",
                 "insee": "86194", "latitude": 46.5, "longitude": 0.3},
    "conditions": {"fr": "Gratuit"},
    "originAgenda": {"title": "Agenda de l'emploi"},
    "canonicalUrl": "https://agenda.example.org/e/12",
}  # fmt: skip


def offers(records: list[RawRecord]) -> list[dict[str, Any]]:
    return [record.fields for record in records if record.kind is Kind.OFFER and REFUSAL_KEY not in record.fields]


def refusals(records: list[RawRecord]) -> list[str]:
    return [record.fields[REFUSAL_KEY] for record in records if REFUSAL_KEY in record.fields]


def test_an_event_of_the_api_is_an_offer_held_by_its_agenda(read: Read) -> None:
    structure, offer = read(json.dumps({"total": 1, "events": [API_EVENT]}))
    assert structure.fields == {"id": "agenda-agenda-de-l-emploi", "nom": "Agenda de l'emploi", "source": "openagenda"}
    assert offer.fields["structure_id"] == structure.fields["id"]
    assert offer.fields["nom"] == "Job dating de l'hôtellerie"
    assert offer.fields["sessions"] == [{"debut": "2027-03-02T09:00:00+01:00", "fin": "2027-03-02T12:00:00+01:00"}]
    assert offer.fields["validite"] == {"fin": "2027-03-02"}
    assert (offer.fields["commune"], offer.fields["frais"], offer.fields["id"]) == ("Poitiers", "gratuit", "12")


def test_the_columns_of_the_open_data_export_are_read_too(read: Read) -> None:
    row = {
        "uid": "7",
        "title_fr": "Atelier CV",
        "description_fr": "Refaire son CV",
        "timings": json.dumps(API_EVENT["timings"]),
        "location_city": "Albi",
        "location_coordinates": {"lat": 43.9, "lon": 2.1},
        "originagenda_title": "Ville",
    }
    (offer,) = offers(read(json.dumps([row])))
    assert (offer["commune"], offer["latitude"], len(offer["sessions"])) == ("Albi", 43.9, 1)


def test_a_flea_market_is_refused_and_said(read: Read) -> None:
    market = {**API_EVENT, "uid": 13, "title": {"fr": "Brocante du dimanche"}, "keywords": None,
              "description": {"fr": "Cinquante stands"}}  # fmt: skip
    records = read(json.dumps({"events": [market, API_EVENT]}))
    assert len(offers(records)) == 1
    assert "hors du champ" in refusals(records)[0]
    assert [r.fields[REFUSAL_RULE_KEY] for r in records if REFUSAL_KEY in r.fields] == ["hors-insertion"]


def test_the_filter_can_be_put_aside_for_an_agenda_that_is_all_about_insertion(read: Read) -> None:
    lunch = {**API_EVENT, "title": {"fr": "Repas partagé"}, "description": None, "keywords": None}
    assert offers(read(json.dumps({"events": [lunch]}))) == []
    free = FeedOptions(values={"filtre": "aucun"})
    assert len(offers(read(json.dumps({"events": [lunch]}), options=free))) == 1


def test_an_unknown_filter_is_said(read: Read) -> None:
    with pytest.raises(FeedError, match="filtre : « tout » est inconnu"):
        read(json.dumps({"events": [API_EVENT]}), options=FeedOptions(values={"filtre": "tout"}))


def test_an_event_without_date_is_refused_unless_its_words_give_the_day(read: Read) -> None:
    undated = {**API_EVENT, "timings": []}
    spoken = {**undated, "uid": 14, "dateRange": {"fr": "18 - 23 juillet 2027"}}
    records = read(json.dumps({"events": [undated, spoken]}), "openagenda")
    assert offers(records)[0]["validite"] == {"fin": "2027-07-23"}
    assert "sans date" in refusals(records)[0]


@pytest.mark.parametrize("change", [{"status": 6}, {"title": ""}])
def test_cancelled_or_untitled_events_are_refused(read: Read, change: dict[str, Any]) -> None:
    records = read(json.dumps({"events": [{**API_EVENT, **change}]}), "openagenda")
    assert offers(records) == []
    assert len(refusals(records)) == 1


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("18 - 23 juillet 2021", date(2021, 7, 18), date(2021, 7, 23)),
        ("Samedi 15 octobre 2022, 17h00", date(2022, 10, 15), date(2022, 10, 15)),
        ("Du 1er décembre 2019 au 11 janvier 2020", date(2019, 12, 1), date(2020, 1, 11)),
        ("5, 7 et 9 août 2026 à 14h30", date(2026, 8, 5), date(2026, 8, 9)),
    ],
)
def test_days_written_in_french_are_read(text: str, first: date, last: date) -> None:
    assert parse_french_days(text) == (first, last)


@pytest.mark.parametrize("text", ["16 mars - 24 juin", "bientôt", "31 février 2026", "2026"])
def test_days_without_year_or_that_do_not_exist_are_not_guessed(text: str) -> None:
    assert parse_french_days(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 rue des Écoles, 86000 Poitiers, France", ("3 rue des Écoles", "86000", "Poitiers")),
        ("Salle B - 93100 - MONTREUIL", ("Salle B", "93100", "MONTREUIL")),
        ("Médiathèque", ("Médiathèque", None, None)),
    ],
)
def test_a_one_line_address_is_split(text: str, expected: tuple[str | None, ...]) -> None:
    parts = split_address(text)
    assert (parts.get("adresse"), parts.get("code_postal"), parts.get("commune")) == expected


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><title>Ville : agenda</title>
<item><guid>n-1</guid><title>Forum de l'emploi</title><link>https://v.example.org/1</link>
<pubDate>Fri, 11 Feb 2027 00:00:00 +0100</pubDate>
<ev:startdate>2027-03-02T09:00:00+01:00</ev:startdate><ev:enddate>2027-03-02T17:00:00+01:00</ev:enddate>
<description><![CDATA[<p>Des <b>entreprises</b> recrutent</p>]]></description></item>
<item><title>Atelier recherche d'emploi</title><date_from>01/05/2027</date_from><date_to>24/06/2027</date_to>
<description>CV et entretiens</description></item>
<item><title>Atelier CV sans date</title><pubDate>Fri, 11 Feb 2027 00:00:00 +0100</pubDate></item>
</channel></rss>"""


def test_dates_of_an_rss_agenda_come_from_its_modules_never_from_its_publication(read: Read) -> None:
    records = read(RSS)
    first, second = offers(records)
    assert first["sessions"] == [{"debut": "2027-03-02T09:00:00+01:00", "fin": "2027-03-02T17:00:00+01:00"}]
    assert (first["id"], first["description"]) == ("n-1", "Des entreprises recrutent")
    assert second["sessions"] == [{"debut": "01/05/2027", "fin": "24/06/2027"}]
    assert "sans date" in refusals(records)[0]


def test_an_undeclared_prefix_does_not_lose_the_feed(read: Read) -> None:
    content = RSS.replace("<pubDate>", "<dc:creator>x</dc:creator><pubDate>")
    assert len(offers(read(content))) == 2


def test_an_atom_feed_is_read(read: Read) -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Asso</title><entry><id>urn:1</id>
    <title>Permanence de l'écrivain public le 3 mars 2027</title><link href="https://a.example.org/1"/>
    <updated>2026-11-01T10:00:00Z</updated></entry></feed>"""
    (offer,) = offers(read(atom))
    assert (offer["lien_source"], offer["validite"]) == ("https://a.example.org/1", {"fin": "2027-03-03"})
    assert offer["date_maj"] == "2026-11-01T10:00:00Z"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<html><body>Erreur 500</body></html>", "pas un flux"),
        ("Service indisponible", "pas du XML|pas un flux"),
        ("<!DOCTYPE rss [<!ENTITY a 'x'>]><rss><channel/></rss>", "DOCTYPE"),
    ],
)
def test_what_is_no_feed_is_said(read: Read, content: str, message: str) -> None:
    with pytest.raises(FeedError, match=message):
        read(content, "rss")


PAGE = """<!doctype html><html><head><script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "Event", "name": "Atelier recherche d'emploi", "startDate": "2027-03-02T09:00+01:00", "@id": "e1",
 "location": {"@type": "Place", "name": "MJC", "address": {"streetAddress": "1 rue B", "postalCode": "35000",
 "addressLocality": "Rennes"}}, "organizer": {"name": "Les Pas"}},
{"@type": "Course", "name": "Remise à niveau", "provider": {"@type": "Organization", "name": "OF"},
 "hasCourseInstance": [{"@type": "CourseInstance", "startDate": "2027-05-03", "endDate": "2027-06-04"}]},
{"@type": "Organization", "name": "Site"}]}</script>
<script type="application/ld+json">{ cassé </script></head><body>
<div itemscope itemtype="https://schema.org/GovernmentService"><span itemprop="name">Domiciliation</span>
<p itemprop="description">Une adresse pour vos droits</p>
<div itemprop="provider" itemscope itemtype="https://schema.org/Organization">
<span itemprop="name">CCAS</span></div></div>
</body></html>"""


def test_a_page_gives_its_events_courses_and_public_services(read: Read) -> None:
    found = {offer["nom"]: offer for offer in offers(read(PAGE, "schema-org"))}
    assert found.keys() == {"Atelier recherche d'emploi", "Remise à niveau", "Domiciliation"}
    assert found["Atelier recherche d'emploi"]["commune"] == "Rennes"
    assert found["Remise à niveau"]["type_offre"] == "formation"
    assert found["Remise à niveau"]["validite"] == {"fin": "2027-06-04"}
    assert found["Domiciliation"]["description"] == "Une adresse pour vos droits"


def test_nodes_in_a_file_are_read_one_by_one(read: Read) -> None:
    node = {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": "Cap petite enfance",
        "@page": "https://o.example.org/c",
    }
    (offer,) = offers(read(json.dumps(node)))
    assert offer["lien_source"] == "https://o.example.org/c"


def test_a_page_without_any_node_gives_nothing(read: Read) -> None:
    assert read("<html><body>Bonjour</body></html>", "schema-org") == []


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_registered_format_has_a_reader_and_a_label(name: str) -> None:
    assert callable(FORMATS[name].load())
    assert FORMATS[name].label
