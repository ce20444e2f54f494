"""What a référent pastes to start a file: a note, a diagnosis of France Travail, or a profile of ours."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson

from indexer.dossiers.errors import RefusedAnswers
from indexer.dossiers.fields import MAX_TEXT
from indexer.dossiers.profile import read_profile_answers
from indexer.geocode.communes import load_communes
from indexer.matching.diagnostic_usager import convert_diagnostic, is_diagnostic_usager
from indexer.matching.reading import ProfileError, read_profile

ReadWords = Callable[[str], Sequence[str]]
FIELD = "colle"


def read_pasted(text: str, home: str, read_words: ReadWords) -> dict[str, str]:
    """The answers that a pasted text gives; a note goes to the note. RefusedAnswers for JSON that is neither.

    `home` is the commune put where a diagnosis names none: the profile asks for one, and it is then left out.
    """
    text = text.strip()
    if not text.startswith("{"):
        return {"note": text} if text else {}
    body = _read_object(text)
    if not is_diagnostic_usager(body):
        return _answers(body)
    converted = convert_diagnostic(body, load_communes(), read_words)
    nowhere = "lieu" not in converted
    answers = _answers({"lieu": {"code_commune": home}} | converted)
    return {name: value for name, value in answers.items() if not (nowhere and name == "code_commune")}


def _read_object(text: str) -> Mapping[str, Any]:
    try:
        body = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        said = f"Ce diagnostic n’est pas lisible, ligne {error.lineno}. Copiez-le en entier, ou collez une note."
        raise RefusedAnswers({FIELD: said}) from error
    if not isinstance(body, dict):
        raise RefusedAnswers({FIELD: "Ce texte n’est pas un diagnostic. Collez-le en entier, ou collez une note."})
    return body


def _answers(body: Mapping[str, Any]) -> dict[str, str]:
    try:
        answers = read_profile_answers(read_profile(body))
    except ProfileError as error:
        raise RefusedAnswers({FIELD: f"Ce diagnostic n’a pas pu être repris : {error}"}) from error
    if "note" in answers:
        answers["note"] = answers["note"][:MAX_TEXT]
    return answers
