"""What a file of a person refuses."""

from collections.abc import Mapping

from indexer.errors import MaillageError, NotFoundError


class NotFound(NotFoundError):
    """No such file, or not for this reader: who may not read it must not learn that it exists."""

    def __init__(self) -> None:
        super().__init__(
            "Ce dossier n'existe pas, ou n'est pas partagé avec vous. Voyez la liste des personnes suivies."
        )


class RefusedAnswers(MaillageError):
    """Some answers cannot be kept; `errors` tell why, by field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors
