"""What work in a domain asks for, and whether a profile allows it: see `rules/secteurs.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer.matching.profile import Profile

_ODD_HOURS = frozenset(("soir", "week-end"))


@dataclass(frozen=True, slots=True)
class SectorRule:
    """`demande` is « permis » or « horaires »; `raison` tells the person."""

    demande: str
    raison: str


@cache
def load_sector_rules() -> dict[str, SectorRule]:
    """By domain: its three signs."""
    text = files("indexer.matching").joinpath("rules", "secteurs.toml").read_text(encoding="utf-8")
    rules = tomllib.loads(text)["regle"]
    return {domain: SectorRule(rule["demande"], rule["raison"]) for rule in rules for domain in rule["domaines"]}


def is_open(domain: str, profile: Profile) -> bool:
    """False only where the profile says that what the domain asks for is not possible."""
    rule = load_sector_rules().get(domain)
    if rule is None:
        return True
    if rule.demande == "permis":
        return profile.mobilite.permis is not False
    available = frozenset(profile.contraintes.disponibilites)
    return not available or bool(available & _ODD_HOURS)
