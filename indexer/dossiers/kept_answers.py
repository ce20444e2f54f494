"""Answers that someone without an account keeps for eight days, under a code that they bring to their référent."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select

from indexer.accounts import Actor
from indexer.accounts.attempts import check_limits, code_limits, count_attempt
from indexer.dossiers.access import may_follow
from indexer.dossiers.checking import check_answers
from indexer.dossiers.contents import seal_answers, unseal_answers
from indexer.dossiers.errors import NotFound, RefusedAnswers
from indexer.dossiers.store import Dossiers
from indexer.dossiers.tables import kept_answers
from indexer.errors import ExpiredLinkError
from indexer.sealing import hash_token

LIVES: Final = timedelta(days=8)
LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ"
"""Consonants: they make no word, and none is taken for a figure."""

LENGTH: Final = 8
"""20^8 codes: with five tries in 15 minutes and the most that are kept, a référent finds one in 29 years on average."""

MOST: Final = 5_000
"""Kept at once: what a form without account can fill the database with."""

_UNKNOWN: Final = "Ce code n'existe pas, ou ses 8 jours sont passés. Vérifiez ses lettres avec la personne."
_FULL: Final = "Trop de réponses sont gardées en ce moment. Imprimez votre plan, ou revenez demain."


class KeptAnswers:
    """Anyone keeps; only who follows people reads, a few tries at a time."""

    def __init__(self, files: Dossiers) -> None:
        self._files = files

    def keep(self, answers: Mapping[str, str]) -> str:
        """The code, as it is shown: « BCDF-GHJK ». RefusedAnswers."""
        kept = check_answers(answers)
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        now = self._files.clock()
        row = {"code_hash": hash_token(code), "reponses": seal_answers(self._files.sealer, kept)}
        with self._files.database.writing() as connection:
            erase_past_answers(connection, now)
            if (connection.scalar(select(func.count()).select_from(kept_answers)) or 0) >= MOST:
                raise RefusedAnswers({"garder": _FULL})
            connection.execute(insert(kept_answers).values(row | {"expires_at": now + LIVES}))
        return f"{code[:4]}-{code[4:]}"

    def read(self, actor: Actor, typed: str) -> dict[str, str]:
        """The answers of a code, however it is typed. ExpiredLinkError; TooManyAttemptsError; NotFound."""
        if not may_follow(actor):
            raise NotFound
        limits, now = code_limits(f"{actor.user_id} réponses gardées"), self._files.clock()
        live = (kept_answers.c.code_hash == hash_token(read_code(typed))) & (kept_answers.c.expires_at > now)
        with self._files.database.writing() as connection:
            check_limits(connection, limits, now)
            sealed = connection.scalar(select(kept_answers.c.reponses).where(live))
            if sealed is None:
                count_attempt(connection, limits, now)
        if sealed is None:
            raise ExpiredLinkError(_UNKNOWN)
        return unseal_answers(self._files.sealer, sealed)


def read_code(typed: str) -> str:
    """The letters of a code, without what one writes between them."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())[: LENGTH + 1]


def erase_past_answers(connection: Connection, now: datetime) -> int:
    """How many had lived their days."""
    return connection.execute(delete(kept_answers).where(kept_answers.c.expires_at <= now)).rowcount
