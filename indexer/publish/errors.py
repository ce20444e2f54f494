"""What may go wrong with a publication, besides links that expired and what is not found."""

from collections.abc import Mapping

from indexer.errors import MaillageError, NotFoundError


class PublicationError(MaillageError):
    """Something must be mended. `errors` has a French sentence by field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


class StateError(MaillageError):
    """What is asked cannot be done to a publication in its present state."""


class AlreadyDecidedError(MaillageError):
    """Another moderator decided, or the publisher changed the text, since the page was opened."""


class TooManyError(MaillageError):
    """Too many publications from one place or one mail address. `seconds` is when to come back."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


__all__ = ["AlreadyDecidedError", "NotFoundError", "PublicationError", "StateError", "TooManyError"]
