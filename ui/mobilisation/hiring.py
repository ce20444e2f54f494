"""« Ce métier recrute ici », for the summary of a publication."""

from indexer.mobilise.hiring_words import said_of_hiring
from indexer.publish.reading import Content
from indexer.publish.states import PublicationKind
from ui.services import PageServices


def hiring_around(services: PageServices, content: Content | None) -> str:
    """A sentence for the first job of an immersion that the survey tells something of; "" otherwise."""
    if content is None or content.kind is not PublicationKind.IMMERSION:
        return ""
    codes = content.what.fields.get("metiers", ())
    said = (said_of_hiring(services.labour, code, content.who.commune) for code in codes)
    return next((sentence for sentence in said if sentence is not None), "")
