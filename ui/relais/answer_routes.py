"""`/demande/…`: links of mails. Opening one changes nothing: mail programs open links by themselves."""

from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from indexer.errors import RequestError
from indexer.relay.model import Reply
from indexer.relay.relay import ANSWER, CONFIRM
from indexer.relay.states import Answer
from ui.espace.forms import Form, parse_form
from ui.espace.guard import workspace_of
from ui.relais import urls
from ui.relais.answer_page import build_answer, build_follow
from ui.rendering import NEVER, Renderer

Typed = Annotated[Form, Depends(parse_form)]


def add_answer_routes(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.REQUEST_ROUTE, _show(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.REQUEST_ROUTE, _take(renderer), methods=["POST"])
    router.add_api_route(urls.DOCUMENT_ROUTE, _document, methods=["GET"])


def _show(renderer: Renderer) -> Callable[[Request, str], Response]:
    def show(request: Request, token: str) -> Response:
        return _page(request, renderer, token)

    return show


def _take(renderer: Renderer) -> Callable[..., Response]:
    def take(request: Request, token: str, form: Typed) -> Response:
        relay = workspace_of(request).relay
        _, purpose = relay.open_link(token)
        try:
            done = _answer(request, token, form) if purpose == ANSWER else _follow(request, token, purpose, form)
        except RequestError as error:
            return _page(request, renderer, token, error, form)
        return RedirectResponse(urls.request(token, done), 303, {"Cache-Control": NEVER})

    return take


def _answer(request: Request, token: str, form: Form) -> str:
    answer = next((each for each in Answer if each == form.get("reponse")), None)
    if answer is None:
        raise HTTPException(422)
    workspace_of(request).relay.answer(token, answer, Reply(form.get("note"), form.get("date")))
    return answer


def _follow(request: Request, token: str, purpose: str, form: Form) -> str:
    relay, what = workspace_of(request).relay, form.get("action")
    if what == "confirmer" and purpose == CONFIRM:
        relay.confirm(token)
    elif what == "convient":
        relay.agree(None, token)
    elif what == "retirer":
        relay.close(None, token)
    else:
        raise HTTPException(422)
    return what


def _page(
    request: Request, renderer: Renderer, token: str, error: RequestError | None = None, form: Form | None = None
) -> Response:
    workspace, query = workspace_of(request), request.query_params
    found, purpose = workspace.relay.open_link(token)
    status = 200 if error is None else 422
    if purpose == ANSWER:
        wanted = form.get("reponse") if form else query.get("reponse", "")
        page = build_answer(found, token, wanted, error, form.get("date") if form else "")
        return renderer.response("relais/answer.html", page, NEVER, status)
    follow = build_follow(found, purpose, token, workspace.clock(), query.get("fait", ""))
    return renderer.response("relais/follow.html", follow, NEVER, status)


def _document(request: Request, token: str, document_id: str) -> Response:
    """Always to be saved, never shown: what somebody sent is no page of ours."""
    document, content = workspace_of(request).relay.read_attachment(token, document_id)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(document.name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": NEVER,
    }
    return Response(content, media_type=document.media_type, headers=headers)
