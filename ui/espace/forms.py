"""What a form of the workspace sends: fields, and files where there are some."""

from dataclasses import dataclass
from typing import Final

from fastapi import HTTPException, Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.types import Message

from indexer.typed_text import clean_typed
from ui.posted import parse_fields, read_body, refuse_other_sites

MAX_FIELDS: Final = 1000
MAX_TEXT_BODY: Final = 400_000
"""Bytes of a form without files: a questionnaire filled to the brim is 60 kB."""

MAX_FILES: Final = 5
MAX_FILE_BODY: Final = 16_500_000
"""Bytes of a form with files: three documents of 5 MB (`indexer.relay.attachments`) and their words."""

TOKEN: Final = "jeton_formulaire"  # noqa: S105  a name
"""The field by which a form shows that a page of ours gave it (see `ui.espace.guard`)."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as the browser sent it: its name and type are only what the sender says."""

    field: str
    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """Fields in the order they were sent; texts without control characters, lines ended by `\\n`."""

    pairs: tuple[tuple[str, str], ...] = ()
    files: tuple[Upload, ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """The first value, without spaces around."""
        return next((value.strip() for key, value in self.pairs if key == name), default)

    def all(self, name: str) -> list[str]:
        """Every value, without spaces around."""
        return [value.strip() for key, value in self.pairs if key == name]

    def raw(self, name: str) -> str:
        """The first value as it was typed: a password may begin with a space."""
        return next((value for key, value in self.pairs if key == name), "")

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _ in self.pairs)

    def typed(self) -> tuple[tuple[str, str], ...]:
        """The fields without the token of the form."""
        return tuple(pair for pair in self.pairs if pair[0] != TOKEN)


async def parse_form(request: Request) -> Form:
    """Read once a request. HTTPException 403 from another site, 413 when too long, 422 for what is no form."""
    kept: Form | None = getattr(request.state, "form", None)
    if kept is not None:
        return kept
    kind = request.headers.get("content-type", "").split(";")[0].strip()
    form = await (_parse_files(request) if kind == "multipart/form-data" else _parse_text(request))
    request.state.form = form
    return form


async def _parse_text(request: Request) -> Form:
    fields = parse_fields(await read_body(request, MAX_TEXT_BODY), MAX_FIELDS)
    return Form(tuple((name, clean_typed(value)) for name, values in fields.items() for value in values))


async def _parse_files(request: Request) -> Form:
    refuse_other_sites(request)
    limited = Request(request.scope, _Limited(request))
    try:
        async with limited.form(max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=MAX_TEXT_BODY) as sent:
            pairs = tuple((name, clean_typed(value)) for name, value in sent.multi_items() if isinstance(value, str))
            files = [
                Upload(name, value.filename or "", value.content_type or "", await value.read())
                for name, value in sent.multi_items()
                if isinstance(value, UploadFile) and value.filename
            ]
    except MultiPartException:
        raise HTTPException(422) from None
    return Form(pairs, tuple(files))


class _Limited:
    """The body of a request, refused (413) as soon as it is too long."""

    def __init__(self, request: Request) -> None:
        self._receive, self._left = request.receive, MAX_FILE_BODY

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(413)
        return message
