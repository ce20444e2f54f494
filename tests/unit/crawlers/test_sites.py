"""Descriptions of sites: rules that hold for every one of them."""

from pathlib import Path
from typing import Any

import pytest

from crawlers.handover import clean_fields
from crawlers.politeness import build_settings
from crawlers.site import SHIPPED, SLOWEST, Site, SiteError, find_site, load_site

GOOD: dict[str, Any] = {
    "name": "ville", "kind": "agenda", "domains": ("ville.example.org",), "start": ("https://ville.example.org/",),
    "licence": "LO", "producer": "ville",
}  # fmt: skip


def test_every_site_that_ships_can_be_followed_and_is_polite() -> None:
    for path in sorted(SHIPPED.glob("*.toml")):
        settings = build_settings(load_site(path), "contact")
        assert settings["ROBOTSTXT_OBEY"]
        assert settings["AUTOTHROTTLE_ENABLED"]
        assert settings["DOWNLOAD_DELAY"] >= SLOWEST
    assert list(SHIPPED.glob("*.toml")) != []


def test_a_list_is_bounded_by_its_pages_and_a_site_by_its_depth() -> None:
    fields = {"id": "ref", "nom": "titre"}
    listed = build_settings(Site(**{**GOOD, "kind": "api", "fields": fields, "max_pages": 30}), "contact")
    assert (listed["DEPTH_LIMIT"], listed["CLOSESPIDER_PAGECOUNT"]) == (0, 30)
    assert build_settings(Site(**GOOD), "contact")["DEPTH_LIMIT"] == 5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": "Ma Ville"}, "minuscules"),
        ({"kind": "pages"}, "genre « pages » inconnu"),
        ({"domains": ()}, "domains"),
        ({"start": ()}, "sitemaps"),
        ({"licence": ""}, "licence"),
        ({"delay": 0.1}, "au moins 1.0 s"),
        ({"max_pages": 10**6}, "5000 pages"),
        ({"kind": "fiches"}, "sélecteur de « nom »"),
        ({"kind": "fiches", "fields": {"nom": "h1::text", "courriel": "a::text"}}, "personnes"),
        ({"kind": "api", "fields": {"nom": "titre"}}, "« id » et de « nom »"),
        ({"follow": ("(",)}, "illisible"),
    ],
)
def test_what_cannot_be_followed_is_said(change: dict[str, Any], message: str) -> None:
    with pytest.raises(SiteError, match=message):
        Site(**{**GOOD, **change}).check()


@pytest.mark.parametrize(
    ("content", "message"),
    [("kind = ", "illisible"), ('couleur = "bleu"', "clé inconnue « couleur »"), ('kind = "agenda"', "manque une clé")],
)
def test_a_bad_file_is_said_with_its_name(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "ville.toml"
    path.write_text(content)
    with pytest.raises(SiteError, match=message):
        load_site(path)


def test_an_unknown_site_names_those_that_are_known() -> None:
    with pytest.raises(SiteError, match=r"Sites connus : .*reseau-alpha"):
        find_site("inconnu")


def test_e_mail_addresses_and_stray_blanks_leave_the_fields() -> None:
    assert clean_fields({"nom": " A \t B ", "description": "Écrire à a.b@c.example.org\n\n ici", "x": ""}) == {
        "nom": "A B",
        "description": "Écrire à\nici",
    }
