"""Reads the address of a list of offers: cut, altered or old ones give what can still be given."""

from typing import Final

from starlette.datastructures import QueryParams

from ui.lookups import may_be_id

MAX_KEPT: Final = 50
"""Offers of one list: more is no list that a person goes through, and no address that a mail carries."""


def read_kept(params: QueryParams) -> tuple[tuple[str, ...], int]:
    """The ids in their order, each once, and how many values were left out for being no id or too many."""
    given = list(dict.fromkeys(value for value in params.getlist("ids") if value))
    ids = tuple(value for value in given if may_be_id(value))[:MAX_KEPT]
    return ids, len(given) - len(ids)
