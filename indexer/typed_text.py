"""Text as people type it in a form, before anything reads it."""

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean_typed(text: str) -> str:
    """Lines end one way, and characters that could be neither stored nor shown are spaces."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n"))
