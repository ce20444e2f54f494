"""Official identifiers: SIRET, RNA, INSEE and postal codes."""

import re
from typing import Final

from stdnum.fr import siret as siret_rules

from indexer.normalise.draft import Draft
from indexer.normalise.values import as_text
from indexer.schema import Kind

_NOT_DIGIT = re.compile(r"[\s.\-_\u00a0\u202f]")
_RNA = re.compile(r"W[0-9A-Z]\d{8}")
_CODE_AND_NAME = re.compile(
    r"(?:(?P<before>[0-9]{5})[\s,/-]+(?P<second>[^\W\d_][^\d]*)|(?P<first>[^\W\d_][^\d]*?)[\s,/(-]+(?P<after>[0-9]{5})\)?)"
)
_CODE: Final = {"code_insee": re.compile(r"\d[\dAB]\d{3}"), "code_postal": re.compile(r"\d{5}")}


def parse_siret(text: str) -> tuple[str | None, str]:
    """(SIRET of 14 digits, "") or (None, why not, in French). La Poste's own rule is known."""
    digits = _NOT_DIGIT.sub("", text)
    if re.fullmatch(r"[\d.,]+[eE]\+?\d+", text.strip()):
        return None, "SIRET arrondi par un tableur : mettez la colonne au format texte."
    if digits.isascii() and digits.isdigit() and len(digits) == 9:
        return None, "SIREN (9 chiffres) au lieu d'un SIRET (14 chiffres)."
    if not (digits.isascii() and digits.isdigit() and len(digits) in (13, 14)):
        return None, "SIRET illisible : 14 chiffres attendus."
    if not siret_rules.is_valid(digits.zfill(14)):
        return None, "SIRET faux : sa clé de contrôle ne correspond pas."
    return digits.zfill(14), ""


def normalise_identifiers(draft: Draft) -> None:
    """SIRET and RNA of a structure."""
    if draft.kind is not Kind.STRUCTURE:
        return
    if "siret" in draft.fields:
        siret, reason = parse_siret(as_text(draft.fields["siret"]) or "")
        if siret is None:
            draft.drop("siret", "siret", f"{reason} Valeur ignorée.")
        else:
            draft.set("siret", siret)
    if "rna" in draft.fields:
        rna = _NOT_DIGIT.sub("", as_text(draft.fields["rna"]) or "").upper()
        if _RNA.fullmatch(rna) and rna.isascii():
            draft.set("rna", rna)
        else:
            draft.drop("rna", "rna", "Numéro RNA illisible (« W » et 9 chiffres attendus), ignoré.")


def part_commune(draft: Draft) -> None:
    """« 90300 Valdoie », « Valdoie (90300) »: a code and a name in one field, as tables of partners have them."""
    found = _CODE_AND_NAME.fullmatch(str(draft.fields.get("commune", "")))
    if found is None:
        return
    code, name = found["before"] or found["after"], found["second"] or found["first"]
    draft.mend("commune", name.strip(), "commune-et-code", "Code postal et commune dans un même champ, séparés.")
    draft.fields.setdefault("code_postal", code)


def normalise_codes(draft: Draft) -> None:
    """INSEE and postal codes have five characters; a lost first zero is given back."""
    for field, shape in _CODE.items():
        if field not in draft.fields:
            continue
        code = _NOT_DIGIT.sub("", as_text(draft.fields[field]) or "").upper()
        code = code[:-1] if re.fullmatch(r"\d{4,5}\.0", as_text(draft.fields[field]) or "") else code
        if re.fullmatch(r"[1-9]\d{3}", code) and code.isascii():
            draft.mend(field, f"0{code}", "zero-perdu", "Premier zéro perdu, rendu.")
        elif shape.fullmatch(code) and code.isascii():
            draft.set(field, code)
        else:
            draft.drop(field, "code-illisible", "Code de 5 caractères attendu ; valeur ignorée.")
