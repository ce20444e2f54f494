"""HTML and light Markdown to plain text: no tag survives, « Aide < 25 ans » does."""

import html
import re

import nh3

_TAG = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9:-]*(?=[\s/>])[^<>]*>|!--|!doctype)", re.IGNORECASE)
_OPEN_ENDED = re.compile(
    r"</?(?:script|style|img|iframe|object|embed|svg|math|link|meta|form|input|video|audio|a|body|base)(?=[\s/>]|$)",
    re.IGNORECASE,
)
_LONE_BRACKET = re.compile(r"<(?![/!]?[a-zA-Z][a-zA-Z0-9:-]*(?:[\s/>]|$)|!--)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_ITEM = re.compile(r"<li(?=[\s/>])[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(
    r"</?(?:br|p|div|ul|ol|tr|table|section|article|h[1-6]|blockquote|hr)(?=[\s/>])[^<>]*>", re.IGNORECASE
)
_CELL = re.compile(r"</(?:td|th)\s*>", re.IGNORECASE)
_SCRIPT = re.compile(r"<(?:script|style)(?=[\s/>]|$)", re.IGNORECASE)
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)
_ESCAPED = re.compile(r"\\([-*_#.!()\[\]+>])")


def holds_markup(text: str) -> bool:
    """Whether a text holds tags or entities, and not only a lone « < » or « & »."""
    if "<" in text and (_TAG.search(text) or _OPEN_ENDED.search(text)):
        return True
    return "&" in text and _ENTITY.search(text) is not None


def holds_script(text: str) -> bool:
    return "<" in text and _SCRIPT.search(text) is not None


def html_to_text(text: str) -> str:
    """Breaks and paragraphs become lines, items « - » lines; scripts and styles go with their content."""
    if "<" in text and (_TAG.search(text) or _OPEN_ENDED.search(text)):
        text = _LONE_BRACKET.sub("&lt;", text)
        text = _CELL.sub(" ", _BREAK.sub("\n", _ITEM.sub("\n- ", text)))
        text = nh3.clean(text, tags=set(), clean_content_tags={"script", "style"})
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def strip_markdown(text: str) -> str:
    """The words without the marks of bold, titles and escapes."""
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    if "**" in text or "__" in text:
        text = _BOLD.sub(r"\2", text)
    return _HEADING.sub("", text) if "#" in text else text
