"""One mail of ours: checked addresses, and a body written once that gives both the plain text and the HTML."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final

from indexer.errors import MailError
from indexer.normalise.mails import parse_one_mail

MAX_SUBJECT: Final = 150
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Mail:
    """What goes out. MailError for an address that is not exactly one; a subject is made one line.

    `about` is the id of what must be told of a refusal; `stop_url` the page where one says « no more of these ».
    """

    to: str
    subject: str
    text: str
    html: str | None
    kind: str
    about: str | None = None
    stop_url: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "to", check_address(self.to))
        object.__setattr__(self, "subject", _CONTROL.sub(" ", self.subject).strip()[:MAX_SUBJECT])


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values; empty values are left out."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody else, shown as such."""

    text: str


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to do, by a link."""

    label: str
    url: str


Part = Paragraph | Facts | Quote | Button


@dataclass(frozen=True, slots=True)
class Body:
    text: str
    html: str


def check_address(address: str) -> str:
    """The address, its domain in lower case. MailError for anything but exactly one: nothing may slip into a header."""
    found = parse_one_mail(address)
    if found is None:
        raise MailError("Cette adresse de courriel n'est pas complète. Écrivez-la comme « prenom.nom@exemple.fr ».")
    return found


def build_body(parts: Iterable[Part]) -> Body:
    """The same words in plain text and in HTML; whatever people typed is escaped."""
    parts = tuple(parts)
    text = "\n\n".join(_text(part) for part in parts)
    inner = "\n".join(_html(part) for part in parts)
    return Body(f"{text}\n", _PAGE.format(inner=inner))


_PAGE: Final = (
    '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"></head>\n'
    '<body style="font-family:Verdana,Arial,sans-serif;font-size:16px;line-height:1.5;color:#1b1b18;max-width:38em">\n'
    "{inner}\n</body></html>\n"
)
_BUTTON_STYLE: Final = (
    "display:inline-block;padding:10px 16px;border-radius:8px;background:#0b5d5b;color:#ffffff;text-decoration:none"
)


def _text(part: Part) -> str:
    match part:
        case Paragraph(text):
            return clean(text)
        case Facts(lines):
            return "\n".join(f"{name} : {clean(value)}" for name, value in lines if value)
        case Quote(text):
            return "\n".join(f"> {line}" for line in clean(text).splitlines())
        case Button(label, url):
            return f"{label} :\n{url}"


def _html(part: Part) -> str:
    match part:
        case Paragraph(text):
            return f"<p>{_lines(text)}</p>"
        case Facts(lines):
            items = "".join(
                f"<li>{escape(name)} : <strong>{_lines(value)}</strong></li>" for name, value in lines if value
            )
            return f"<ul>{items}</ul>"
        case Quote(text):
            return f'<blockquote style="border-left:3px solid #999;padding-left:12px">{_lines(text)}</blockquote>'
        case Button(label, url):
            return f'<p><a href="{escape(url)}" style="{_BUTTON_STYLE}">{escape(label)}</a></p>'


def _lines(text: str) -> str:
    return escape(clean(text)).replace("\n", "<br>")


def clean(text: str) -> str:
    """Without the characters that no letter holds; line ends are plain."""
    return _UNWANTED.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
