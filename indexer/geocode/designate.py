"""Which commune a record names: by its code, its name and postal code, or its postal code alone."""

from indexer.geocode.commune import Commune
from indexer.geocode.communes import Communes
from indexer.geocode.names import departement_of_postal_code
from indexer.normalise.draft import Draft
from indexer.schema import Severity


def designate(draft: Draft, communes: Communes) -> Commune | None:
    """The commune that the record's words and codes designate; every way but a good code is told as an issue."""
    named = _named(draft, communes)
    coded = _coded(draft, communes)
    if coded is not None:
        if named is not None and not _same_place(coded, named):
            message = f"Le code INSEE est celui de {coded.nom}, mais le nom et le code postal désignent {named.nom}."
            draft.note("code_insee", "code-insee-contredit", f"{message} Le code est gardé : vérifiez-le.")
        elif named is None:
            _check_postal_code(draft, coded, communes)
        return coded
    if named is not None:
        message = f"Code INSEE retrouvé par le nom et le code postal : {named.nom} ({named.code})."
        draft.mend("code_insee", named.code, "commune-par-nom", message)
        return named
    return _by_name_in_departement(draft, communes) or _by_postal_code(draft, communes)


def _coded(draft: Draft, communes: Communes) -> Commune | None:
    """By INSEE code; one of a merged commune becomes that of today, an unknown one is dropped."""
    code = draft.get("code_insee")
    if code is None:
        return None
    commune = communes.resolve(str(code))
    if commune is None:
        draft.drop("code_insee", "code-insee-inconnu", "Ce code INSEE n'est celui d'aucune commune : corrigez-le.")
    elif commune.code != code:
        message = f"Ancien code INSEE : la commune est aujourd'hui {commune.nom} ({commune.code})."
        draft.mend("code_insee", commune.code, "code-insee-ancien", message)
    return commune


def _named(draft: Draft, communes: Communes) -> Commune | None:
    nom, postal = draft.get("commune"), draft.get("code_postal")
    if nom is None or postal is None:
        return None
    return communes.match(str(nom), str(postal))


def _check_postal_code(draft: Draft, coded: Commune, communes: Communes) -> None:
    """A postal code of other communes only; one that no table holds (CEDEX) says nothing."""
    postal = draft.get("code_postal")
    places = () if postal is None else communes.by_postal_code(str(postal))
    if places and postal not in coded.codes_postaux and not any(_same_place(coded, place) for place in places):
        message = f"Ce code postal n'est pas celui de {coded.nom} ({coded.code}), que désigne le code INSEE."
        draft.note("code_postal", "code-postal-contredit", f"{message} Le code INSEE est gardé : vérifiez les deux.")


def _same_place(one: Commune, other: Commune) -> bool:
    """The same, or an arrondissement and its city."""
    return one.code == other.code or one.parent == other.code or other.parent == one.code


def _by_name_in_departement(draft: Draft, communes: Communes) -> Commune | None:
    """For the postal codes that no table holds (CEDEX, large receivers): the name, if one commune there bears it."""
    nom, postal = draft.get("commune"), draft.get("code_postal")
    if nom is None or postal is None or communes.by_postal_code(str(postal)):
        return None
    commune = communes.match_in_departements(str(nom), departement_of_postal_code(str(postal)))
    if commune is not None:
        message = f"Code postal inconnu : commune trouvée par son nom dans le département, {commune.nom}"
        _tell(draft, commune, "commune-par-departement", message)
    return commune


def _by_postal_code(draft: Draft, communes: Communes) -> Commune | None:
    postal = draft.get("code_postal")
    places = () if postal is None else communes.by_postal_code(str(postal))
    if len(places) != 1:
        return None
    message = f"Nom de commune absent ou inconnu : le code postal {postal} n'est que celui de {places[0].nom}"
    _tell(draft, places[0], "commune-par-code-postal", message)
    return places[0]


def _tell(draft: Draft, commune: Commune, rule: str, message: str) -> None:
    draft.mend("code_insee", commune.code, rule, f"{message} ({commune.code}). Vérifiez-le.", Severity.WARNING)
