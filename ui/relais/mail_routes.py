"""`/courriels`: the mails, where no server sends them. For who is at this machine, and for administrators."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from indexer.accounts import Role
from indexer.mail.outbox import Entry, Outbox
from ui.doors import is_here
from ui.espace.guard import current_actor, workspace_of
from ui.relais import urls
from ui.relais.wording import say_moment
from ui.rendering import NEVER, Renderer

_ADDRESS: Final = re.compile(r"(?:https?://[^\s<>\"]+|(?<!\S)/[a-z][\w\-/?=&%.]*)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text; `url` when it is an address."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class MailLine:
    url: str
    subject: str
    to: str
    when: str


@dataclass(frozen=True, slots=True)
class MailsPage:
    title: str
    description: str
    lines: tuple[MailLine, ...]


@dataclass(frozen=True, slots=True)
class MailPage:
    title: str
    description: str
    to: str
    when: str
    pieces: tuple[Piece, ...]
    back: str = urls.MAILS


def add_mail_routes(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.MAILS, _show_list(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.MAIL_ROUTE, _show_one(renderer), methods=["GET", "HEAD"])


def _show_list(renderer: Renderer) -> Callable[[Request], Response]:
    def show(request: Request) -> Response:
        outbox = _allowed_outbox(request)
        now = workspace_of(request).clock()
        lines = tuple(
            MailLine(urls.mail(entry.id), entry.mail.subject, entry.mail.to, say_moment(entry.created_at, now))
            for entry in outbox.recent()
            if entry.mail is not None
        )
        page = MailsPage("Courriels", "Les courriels que le site a écrits.", lines)
        return renderer.response("relais/mails.html", page, NEVER)

    return show


def _show_one(renderer: Renderer) -> Callable[[Request, int], Response]:
    def show(request: Request, mail_id: int) -> Response:
        entry = _allowed_outbox(request).get(mail_id)
        if entry is None or entry.mail is None:
            raise HTTPException(404)
        page = _build(entry, say_moment(entry.created_at, workspace_of(request).clock()))
        return renderer.response("relais/mail.html", page, NEVER)

    return show


def split_addresses(text: str) -> tuple[Piece, ...]:
    """The text, whole, in runs: addresses of the site and others apart."""
    pieces, end = [], 0
    for found in _ADDRESS.finditer(text):
        pieces += [Piece(text[end : found.start()], None), Piece(found[0], found[0])]
        end = found.end()
    return tuple(piece for piece in (*pieces, Piece(text[end:], None)) if piece.text)


def _build(entry: Entry, when: str) -> MailPage:
    mail = entry.mail
    if mail is None:
        raise HTTPException(404)
    return MailPage(mail.subject, "Un courriel que le site a écrit.", mail.to, when, split_addresses(mail.text))


def _allowed_outbox(request: Request) -> Outbox:
    """HTTPException 404 for anyone else: mails hold links that act in somebody's name."""
    workspace = workspace_of(request)
    if workspace.delivery is None and (is_here(request) or _keeps_the_site(request)):
        return workspace.outbox
    raise HTTPException(404)


def _keeps_the_site(request: Request) -> bool:
    actor = current_actor(request)
    return actor is not None and actor.role is Role.ADMINISTRATEUR
