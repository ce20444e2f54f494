"""Telephones, mails, sites, official identifiers."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.normalise.identifiers import parse_siret
from indexer.normalise.links import first_link, parse_link
from indexer.normalise.mails import parse_mails
from indexer.normalise.phones import parse_phones


@pytest.mark.parametrize(
    ("text", "region", "numbers"),
    [
        ("03 84 54 24 24", "FR", ("+33384542424",)),
        ("03.84.54.24.24", "FR", ("+33384542424",)),
        ("+33 (0)3 84 54 24 24", "FR", ("+33384542424",)),
        ("0033384542424", "FR", ("+33384542424",)),
        ("384542424", "FR", ("+33384542424",)),
        ("0262 40 00 00", "FR", ("+262262400000",)),
        ("0692 12 34 56", "RE", ("+262692123456",)),
        ("06 12 34 56 78", "RE", ("+33612345678",)),
        ("0596 60 00 00", "MQ", ("+596596600000",)),
        ("3949", "FR", ("3949",)),
        ("39 19", "FR", ("39 19",)),
        ("115", "FR", ("115",)),
        ("Tél : 03 84 54 24 24 (accueil)", "FR", ("+33384542424",)),
        ("03 84 54 24 24 / 06 12 34 56 78", "FR", ("+33384542424", "+33612345678")),
        ("03 84", "FR", ()),
        ("sur place", "FR", ()),
        ("00 00 00 00 00", "FR", ()),
    ],
)
def test_telephone_numbers(text: str, region: str, numbers: tuple[str, ...]) -> None:
    assert parse_phones(text, region) == numbers


def test_the_territory_of_the_record_decides_its_region(offer: Any) -> None:
    assert offer(telephone="40 43 42 42", code_postal="98713")[0].telephone == "+68940434242"


def test_of_several_numbers_the_first_is_kept_and_it_is_said(offer: Any) -> None:
    record, issues = offer(telephone="03 84 54 24 24 / 06 12 34 56 78")
    assert (record.telephone, issues[0].regle) == ("+33384542424", "plusieurs-telephones")


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Jean.Dupont@Exemple.FR", ["Jean.Dupont@exemple.fr"]),
        ("mailto:a@b.fr?subject=x", ["a@b.fr"]),
        ("a [at] b.fr", ["a@b.fr"]),
        ("a(at)b(point)fr", ["a@b.fr"]),
        ("a at b.fr", ["a@b.fr"]),
        ("a@b.fr ; c@d.fr", ["a@b.fr", "c@d.fr"]),
        ("Accueil <a@b.fr>", ["a@b.fr"]),
        ("a@b", []),
        ("a..b@c.fr", []),
        ("@b.fr", []),
        ("a@-b.fr", []),
    ],
)
def test_mail_addresses(text: str, addresses: list[str]) -> None:
    assert parse_mails(text) == addresses


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://exemple.fr/a?b=c#d", "https://exemple.fr/a?b=c#d"),
        ("www.exemple.fr", "https://www.exemple.fr"),
        ("exemple.fr/page", "https://exemple.fr/page"),
        ("HTTP://Exemple.FR/Page", "http://exemple.fr/Page"),
        ("http//exemple.fr", "http://exemple.fr"),
        ("https:/exemple.fr", "https://exemple.fr"),
        ("https://exemple.fr/été à lire", "https://exemple.fr/%C3%A9t%C3%A9%20%C3%A0%20lire"),
        ("https://exemple.fr/a%20b", "https://exemple.fr/a%20b"),
        ("https://exemple.fr/100%", "https://exemple.fr/100%25"),
        ("https://école.fr", "https://xn--cole-9oa.fr"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:a@b.fr", None),
        ("ftp://exemple.fr", None),
        ("https://", None),
        ("https://localhost/x", None),
        ("https://moi:secret@exemple.fr", None),
        ("https://[::1", None),
        ("aucun", None),
        ("https://exemple.fr:abc", None),
    ],
)
def test_addresses_of_sites(text: str, link: str | None) -> None:
    assert parse_link(text) == link


def test_of_several_sites_the_first_usable_is_kept() -> None:
    assert first_link("http://a.fr ; www.b.fr") == ("http://a.fr", True)


@given(st.text(max_size=60))
def test_a_link_read_again_is_the_same(text: str) -> None:
    link = parse_link(text)
    assert link is None or first_link(link) == (link, False)


@given(st.text(max_size=60))
def test_mails_and_telephones_read_again_are_the_same(text: str) -> None:
    for address in parse_mails(text):
        assert parse_mails(address) == [address]
    for number in parse_phones(text, "FR"):
        assert parse_phones(number, "FR") == (number,)


@pytest.mark.parametrize(
    ("text", "siret"),
    [
        ("732 829 320 00074", "73282932000074"),
        ("73282932000074", "73282932000074"),
        ("35600000049837", "35600000049837"),  # La Poste: the sum of its digits is a multiple of 5
        ("73282932000075", None),
        ("732829320", None),
        ("7,32829E+13", None),
        ("", None),
    ],
)
def test_sirets(text: str, siret: str | None) -> None:
    found, reason = parse_siret(text)
    assert found == siret
    assert bool(reason) is (siret is None)


def test_a_siren_or_a_bad_rna_is_dropped_and_the_structure_stays(structure: Any) -> None:
    record, issues = structure(siret="732829320", rna="123")
    assert (record.siret, record.rna) == (None, None)
    assert "SIREN" in issues[0].message
    assert structure(rna="w751 234 567")[0].rna == "W751234567"


@pytest.mark.parametrize(
    ("given_code", "code"), [(1004, "01004"), ("1004", "01004"), ("2A004", "2A004"), (59000.0, "59000")]
)
def test_a_code_gets_its_zero_back(offer: Any, given_code: Any, code: str) -> None:
    assert offer(code_insee=given_code)[0].code_insee == code
