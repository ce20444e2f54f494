"""A territory's logo: read once, and refused when it could carry a program or weigh on a phone."""

from pathlib import Path
from typing import Final
from xml.etree import ElementTree

MAX_BYTES: Final = 60_000
_PNG = b"\x89PNG\r\n\x1a\n"
_ACTIVE = {"script", "foreignobject", "iframe", "embed", "object", "handler", "set", "animate", "audio", "video"}


class LogoError(ValueError):
    """Says what is wrong, in French, to be followed by what is expected."""


def read_logo(path: Path) -> tuple[bytes, str]:
    """Content and media type. LogoError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise LogoError("ne peut pas être lu") from error
    if len(content) > MAX_BYTES:
        raise LogoError(f"pèse {len(content) // 1000} ko")
    if path.suffix.lower() == ".png" and content.startswith(_PNG):
        return content, "image/png"
    if path.suffix.lower() != ".svg":
        raise LogoError("n'est ni un PNG ni un SVG")
    _check_svg(content)
    return content, "image/svg+xml"


def _check_svg(content: bytes) -> None:
    if b"<!DOCTYPE" in content.upper() or b"<!ENTITY" in content.upper():
        raise LogoError("déclare des entités (DOCTYPE)")
    try:
        root = ElementTree.fromstring(content)  # noqa: S314  entities are refused above
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise LogoError("n'est pas un SVG lisible") from error
    if _local(root.tag) != "svg":
        raise LogoError("n'est pas un SVG lisible")
    for element in root.iter():
        _check_element(element)


def _check_element(element: ElementTree.Element) -> None:
    if _local(element.tag) in _ACTIVE:
        raise LogoError(f"contient « <{_local(element.tag)}> »")
    for name, value in element.attrib.items():
        if _local(name).startswith("on"):
            raise LogoError(f"contient un programme (« {_local(name)} »)")
        if _local(name) == "href" and not value.strip().startswith("#"):
            raise LogoError("appelle une autre adresse (« href »)")


def _local(name: object) -> str:
    """The name without its namespace; comments and instructions have none."""
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""
