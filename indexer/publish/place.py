"""Where a publication takes place: a commune chosen, or the likeliest of what was typed."""

from indexer.geocode.communes import Commune, Communes
from indexer.geocode.names import fold
from indexer.publish.answers import MAX_SHORT, Answers, one, one_line


def read_commune(answers: Answers, communes: Communes) -> Commune | None:
    """`code_commune` stands while `lieu` is empty or names it; else `lieu` is read (« Belfort », « 90000 »)."""
    typed = one_line(answers, "lieu")[:MAX_SHORT]
    chosen = communes.resolve(one(answers, "code_commune"))
    if chosen is not None and (not typed or fold(chosen.nom) in fold(typed)):
        return chosen
    found = communes.search(typed, 1) if typed else []
    return found[0] if found else None
