"""`/docs`: the OpenAPI document as a page, without script nor anything from another site."""

import html
from functools import cache
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#161616;background:#fff}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid #767676;padding:.4rem;text-align:left;vertical-align:top}
code,pre{font-family:ui-monospace,monospace;background:#f3f3f3}pre{padding:.8rem;overflow:auto}
section{border-top:2px solid #161616;margin-top:2rem}td{overflow-wrap:anywhere}
"""

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def docs(request: Request) -> Response:
    """For people who write a program."""
    page = _render(orjson.dumps(request.app.openapi()))
    headers = {
        "Cache-Control": "public, max-age=300",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    }
    return Response(page, headers=headers, media_type="text/html; charset=utf-8")


@cache
def _render(document: bytes) -> str:
    api = orjson.loads(document)
    sections = [
        _section(path, method, operation)
        for path, methods in api["paths"].items()
        for method, operation in methods.items()
    ]
    about = "".join(f"<p>{html.escape(line)}</p>" for line in api["info"]["description"].split("\n") if line)
    title = html.escape(api["info"]["title"])
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><main><h1>{title}</h1>'
        f'{about}<p>Le même document, pour les machines : <a href="/openapi.json">openapi.json</a>.</p>'
        f"{''.join(sections)}</main></body></html>"
    )


def _section(path: str, method: str, operation: dict[str, Any]) -> str:
    parameters = "".join(_parameter(parameter) for parameter in _parameters(operation))
    head = "<tr><th>Paramètre</th><th>Ce qu'il dit</th><th>Valeurs</th><th>Exemple</th></tr>"
    table = f"<table><thead>{head}</thead><tbody>{parameters}</tbody></table>" if parameters else ""
    answers = "".join(
        f"<li><code>{html.escape(status)}</code> {html.escape(answer['description'])}</li>"
        for status, answer in operation["responses"].items()
    )
    return (
        f"<section><h2>{html.escape(operation['summary'])}</h2><p><code>{method.upper()} {html.escape(path)}</code></p>"
        f"<p>{html.escape(operation.get('description', ''))}</p>{table}<h3>Réponses</h3><ul>{answers}</ul></section>"
    )


def _parameters(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Those of the address, then the members of the body."""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    members = body.get("schema", {}).get("properties", {})
    return [
        *operation.get("parameters", []),
        *(
            {"name": n, "description": s["description"], "schema": s, "example": body["example"].get(n, "")}
            for n, s in members.items()
        ),
    ]


def _parameter(parameter: dict[str, Any]) -> str:
    schema = parameter["schema"].get("items", parameter["schema"])
    values = ", ".join(map(str, schema.get("enum", []))) or schema.get("format") or schema.get("type", "")
    example = parameter.get("example", "")
    shown = ", ".join(map(_shown, example)) if isinstance(example, list) else _shown(example)
    repeated = " (se répète)" if parameter["schema"].get("type") == "array" else ""
    cells = (parameter["description"], values, shown)
    name = f"<td><code>{html.escape(parameter['name'])}</code>{repeated}</td>"
    return f"<tr>{name}{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells)}</tr>"


def _shown(example: object) -> str:
    return orjson.dumps(example).decode() if isinstance(example, dict | list) else str(example)
