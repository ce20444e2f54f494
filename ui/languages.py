"""Languages as a page says them."""

from collections.abc import Iterable

from indexer.schema.language_names import LANGUAGE_NAMES


def say_languages(codes: Iterable[str]) -> tuple[str, ...]:
    """French first, then by name; an unknown code as it is."""
    names = {LANGUAGE_NAMES.get(code, code) for code in codes}
    return tuple(sorted(names, key=lambda name: (name != "français", name)))
