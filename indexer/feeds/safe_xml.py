"""XML from strangers: streamed, without entities, network or DTD, within bounds."""

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from indexer.errors import FeedError
from indexer.feeds.base import FeedFile

Element = Any
"""An lxml element, which has no useful public type."""

MAX_ELEMENT: Final = 20_000_000
"""Bytes read at most for one element: the largest training of a regional catalogue holds some 300 kB."""

_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)


class _Bounded:
    """A stream that refuses to be read for ever without an element."""

    def __init__(self, file: FeedFile) -> None:
        self._stream = file.utf8()
        self._name = file.name
        self.since = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.since += len(data)
        if self.since > MAX_ELEMENT:
            raise FeedError(
                f"{self._name} : un seul élément fait plus de {MAX_ELEMENT // 1_000_000} Mo. Demandez un autre export."
            )
        return data


def iter_elements(file: FeedFile, name: str) -> Iterator[Element]:
    """The elements called `name`, in any namespace, one at a time: each is emptied when the next is asked for.

    FeedError for a document type (where entities and bombs live), for what is not XML, and for an endless element.
    """
    if _DOCTYPE.search(file.head):
        raise FeedError(
            f"{file.name} : une déclaration DOCTYPE ou ENTITY, refusée par sécurité. Retirez-la du fichier."
        )
    stream = _Bounded(file)
    events = etree.iterparse(
        stream, tag=f"{{*}}{name}", encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in events:
            yield element
            stream.since = 0
            _forget(element)
    except etree.XMLSyntaxError as error:
        raise FeedError(
            f"{file.name}, ligne {error.lineno} : XML invalide ou tronqué ({error.msg}). Exportez-le de nouveau."
        ) from error


def _forget(element: Element) -> None:
    """Frees what was read: the element's content and what stands before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def parse_whole(content: bytes, name: str) -> Element:
    """The root of a small document (feeds of a site). FeedError as above."""
    if _DOCTYPE.search(content[:4_000_000].decode("utf-8", "ignore")):
        raise FeedError(f"{name} : une déclaration DOCTYPE ou ENTITY, refusée par sécurité. Retirez-la du fichier.")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = etree.fromstring(content.strip(), parser) if content.strip() else None
    if root is None:
        raise FeedError(f"{name} : ce n'est pas du XML. Vérifiez l'adresse : une page d'erreur, peut-être.")
    return root


def local_name(element: Element) -> str:
    """The name of an element, without its namespace or prefix."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant by names (in any namespace), each a direct child of the one before."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(f"{{*}}{name}"), None)
    return element


def children(element: Element | None, name: str) -> list[Element]:
    """The direct children of that name."""
    return [] if element is None else list(element.iterchildren(f"{{*}}{name}"))


def text_at(element: Element | None, *path: str) -> str:
    """The whole text of a descendant, without blanks at its ends; "" when it is absent."""
    found = child(element, *path)
    if found is None:
        return ""
    return ((found.text or "") if len(found) == 0 else "".join(found.itertext())).strip()
