"""From France Travail's « diagnostic usager » to the neutral profile.

The shape is that of the service « Diagnostic usager, dossier agrégé ». Every part may be absent or null; what has the
wrong type, what no table holds and what the plan cannot use are told in `non_compris`, by the path of the field.
"""

from collections.abc import Mapping
from typing import Any, Final

from indexer.geocode.communes import Commune, Communes
from indexer.matching.diagnostic_usager.extra import (
    find_place,
    read_digital,
    read_flags,
    read_french,
    read_journey,
    read_offer,
    read_power,
)
from indexer.matching.diagnostic_usager.gathered import Gathered, ReadWords
from indexer.matching.diagnostic_usager.labels import load_label_book
from indexer.matching.diagnostic_usager.needs import read_constraints, read_diagnoses
from indexer.matching.diagnostic_usager.parts import Part
from indexer.matching.profile import MAX_AGE, MIN_AGE, Mobilite
from indexer.matching.reach import build_travel, density_at

PARTS: Final = ("besoinsParDiagnostic", "thematiqueContrainte", "pouvoirAgir", "autonomieNumerique", "extra")
"""What makes an object a « diagnostic usager »: one of these is there."""

BESIDE: Final = ("diagnostic", "lieu")
_STEP_MIN, _LEAST_MIN, _MOST_MIN = 5, 5, 240
_ADDRESSES: Final = ("adresse", "adresses")


def is_diagnostic_usager(body: object) -> bool:
    """Whether a JSON value is one, alone or under `diagnostic`."""
    if not isinstance(body, Mapping):
        return False
    inner = body.get("diagnostic")
    return any(name in body for name in PARTS) or (isinstance(inner, Mapping) and any(n in inner for n in PARTS))


def convert_diagnostic(
    body: Mapping[str, Any], communes: Communes, read_words: ReadWords | None = None
) -> dict[str, Any]:
    """The profile as JSON values, as `match` takes it; without `lieu` where the file names none, which is told.

    `body` is the diagnosis itself, or `{diagnostic, lieu}`: a `lieu` given stands for that of the file, as it is.
    `read_words` reads the labels that no table holds.
    """
    inner = body.get("diagnostic")
    wrapped = isinstance(inner, Mapping) or (inner is not None and not any(name in body for name in PARTS))
    gathered = Gathered(load_label_book(), read_words or (lambda _: ()))
    around = Part({"diagnostic": inner} if wrapped else {}, "", gathered.notes)
    root = around.part("diagnostic") if wrapped else Part(body, "", gathered.notes)
    _tell_unknown(root, wrapped=wrapped)
    read_diagnoses(root, gathered)
    read_constraints(root, gathered)
    read_digital(root, gathered)
    read_power(root, gathered)
    read_french(root, gathered)
    read_offer(root, gathered)
    read_flags(root, gathered)
    profile = _place_and_journey(root, body.get("lieu"), communes, gathered)
    return profile | _rest(root, gathered)


def _tell_unknown(root: Part, *, wrapped: bool) -> None:
    known = PARTS if wrapped else (*PARTS, *BESIDE)
    if not any(name in root.value for name in PARTS):
        root.notes.add("diagnostic", "aucune des parties attendues n'est là : " + ", ".join(PARTS) + ".")
    for name in root.value:
        if name not in known and name not in _ADDRESSES and not root.path.endswith(str(name)):
            root.tell(str(name)[:80], "cette partie n'est pas lue.")


def _place_and_journey(root: Part, given: object, communes: Communes, gathered: Gathered) -> dict[str, Any]:
    commune, km, minutes = read_journey(root, communes)
    commune = _home(root, communes) or commune
    profile: dict[str, Any] = {}
    if given is not None:
        profile["lieu"] = given
    elif commune is not None:
        profile["lieu"] = {"code_commune": commune.code}
    else:
        gathered.notes.add("lieu", "aucun lieu n'est dit : ajoutez « lieu » avant de demander un plan.")
    means: dict[str, Any] = {"moyens": list(gathered.moyens)} if gathered.moyens else {}
    means |= {} if gathered.permis is None else {"permis": gathered.permis}
    if km is not None and commune is not None:
        minutes = _minutes(km, commune, communes, gathered)
    means |= {} if minutes is None else {"duree_max_min": min(max(minutes, _LEAST_MIN), _MOST_MIN)}
    return profile | ({"mobilite": means} if means else {})


def _minutes(km: float, commune: Commune, communes: Communes, gathered: Gathered) -> int:
    """The file says km of road, the profile minutes: those of the means that goes farthest."""
    density = density_at(communes, commune.latitude, commune.longitude)
    travel = build_travel(Mobilite(moyens=tuple(gathered.moyens), permis=gathered.permis), density)
    moyen = travel.reached.moyen
    pace = next(pace for means, pace in travel.paces.items() if means == moyen)
    minutes = pace.fixed_min + km / pace.speed_kmh * 60
    rounded = int(-(-minutes // _STEP_MIN) * _STEP_MIN)
    path = "extra.offreRaisonnableEmploi.trajetAllerAccepte"
    gathered.notes.add(path, f"{km:g} km sont lus comme {rounded} minutes ({moyen}) : une estimation.")
    return rounded


def _home(root: Part, communes: Communes) -> Commune | None:
    """Where the person lives, when the file says it."""
    for holder in (root, root.part("extra")):
        for name in _ADDRESSES:
            if not isinstance(holder.value.get(name), dict | list):
                continue
            for address in holder.parts(name):
                code = address.text("codeInseeCommune") or address.text("codeInsee")
                found = communes.resolve(code) if code else None
                found = found or find_place(communes, address.text("codePostal"), address.text("libelleCommune"))
                if found is not None:
                    return found
    return None


def _rest(root: Part, gathered: Gathered) -> dict[str, Any]:
    rest: dict[str, Any] = {
        "publics": list(gathered.publics),
        "besoins": gathered.needs(),
        "projets": gathered.projects,
    }
    age = root.part("extra").value.get("age", root.value.get("age"))
    if isinstance(age, int) and not isinstance(age, bool) and MIN_AGE <= age <= MAX_AGE:
        rest["age"] = age
    if gathered.numerique is not None:
        rest["contraintes"] = {"numerique": gathered.numerique}
    return rest | {"non_compris": list(gathered.notes.lines())}
