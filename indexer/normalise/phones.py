"""Telephone numbers, to E.164."""

import re
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberMatcher

from indexer.normalise.draft import Draft
from indexer.normalise.territory import phone_region
from indexer.normalise.values import as_text

# Numbers for help and for administrations, which no country code precedes: 15, 115, 119, 3949, 39 19, 118 712…
_SHORT = re.compile(r"1\d|1\d\d|10 ?\d\d|116 ?\d{3}|118 ?\d{3}|3\d ?\d\d")
# National numbers of overseas départements mean the same everywhere in France.
_OVERSEAS_PREFIXES: Final = {
    "0262": "RE", "0263": "RE", "0692": "RE", "0693": "RE", "0269": "YT", "0639": "YT", "0590": "GP", "0690": "GP",
    "0691": "GP", "0594": "GF", "0694": "GF", "0596": "MQ", "0696": "MQ", "0697": "MQ",
}  # fmt: skip


@lru_cache(maxsize=8192)
def parse_phones(text: str, region: str) -> tuple[str, ...]:
    """The numbers of a text, E.164, in order; a short number is kept as written. Empty when there is none."""
    text = text.strip()[:250]
    if _SHORT.fullmatch(text):
        return (text,)
    whole = _parse_one(text, region)
    if whole is not None:
        return (whole,)
    found: list[str] = []
    for match in PhoneNumberMatcher(text, region):
        number = _parse_one(match.raw_string, region)
        if number is not None and number not in found:
            found.append(number)
    return tuple(found)


def _parse_one(text: str, region: str) -> str | None:
    if not re.fullmatch(r"[\s\d.()+/\-–]+", text):
        return None
    digits = re.sub(r"\D", "", text)
    tried = [_OVERSEAS_PREFIXES.get(digits[:4], region), region, "FR"]
    for candidate in dict.fromkeys(tried):
        try:
            number = phonenumbers.parse(text, candidate)
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return None


def normalise_phone(draft: Draft) -> None:
    """Several numbers in one field: the first is kept."""
    if "telephone" not in draft.fields:
        return
    text = as_text(draft.fields["telephone"])
    numbers = () if text is None else parse_phones(text, phone_region(draft.fields))
    if not numbers:
        draft.drop("telephone", "telephone", "Numéro de téléphone incompréhensible, ignoré.")
    elif len(numbers) > 1:
        draft.note("telephone", "plusieurs-telephones", "Plusieurs numéros ; seul le premier est gardé.")
        draft.set("telephone", numbers[0])
    else:
        draft.set("telephone", numbers[0])
