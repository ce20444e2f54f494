"""The one error tree. A message is in French, for people: what is wrong, where, and what to do."""


class MaillageError(Exception):
    """Base of every error that is told to a person."""


class SettingError(MaillageError):
    """A setting is missing, wrong, or contradicts another."""


class FeedError(MaillageError):
    """A file or an address cannot be read as the feed that it was said to be."""


class ImportHeldError(MaillageError):
    """A guard holds the import back; the catalogue is as it was."""


class CatalogueError(MaillageError):
    """The catalogue's database cannot be read or written."""


class GeocoderError(MaillageError):
    """The address service cannot be reached, or answers nonsense."""


class LinkCheckError(MaillageError):
    """The links cannot be checked from here."""


class BusyError(MaillageError):
    """The same long work already runs."""


class ReferenceDataError(MaillageError):
    """A reference table is absent, or not in the layout that was expected."""


class EncoderError(MaillageError):
    """The encoder is absent, or is not the one that the index was built with."""


class EngineError(MaillageError):
    """The engine cannot answer."""


class NoActiveVersionError(EngineError):
    """Nothing has been indexed yet."""


class VersionGoneError(EngineError):
    """The index version that a cursor names is no longer kept."""


class GateError(MaillageError):
    """The index just built failed its checks; the live one stays."""


class QueryError(MaillageError):
    """A search asks for something impossible. `parameter` names what to mend."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter


class EvaluationError(MaillageError):
    """A judged set, or an earlier measure, is absent or cannot be read."""


class BenchmarkError(MaillageError):
    """A measure cannot be made as it was asked, or its result cannot be read."""


class WorkspaceError(MaillageError):
    """The workspace cannot be opened: its key is absent, or is not the one that sealed what it holds."""


class SealError(MaillageError):
    """A sealed text cannot be read: it was altered, or its key is gone."""


class ExpiredLinkError(MaillageError):
    """A link was altered, is too old, was used, or was taken back."""


class NotFoundError(MaillageError):
    """What is asked for does not exist, or must not be known to whoever asks."""


class AccountError(MaillageError):
    """What is asked of accounts is impossible. `field` names what to mend, when there is one."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class ProviderError(MaillageError):
    """The provider of identity cannot be reached, or answers what it must not."""


class TooManyAttemptsError(MaillageError):
    """Too many attempts from here, or at this account. `seconds` is when to come back."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class PlanError(MaillageError):
    """What was asked of a plan cannot be done: the message says what to mend."""


class MailError(MaillageError):
    """A mail cannot be written as it was asked: its address is not one."""


class RequestError(MaillageError):
    """A request to a structure cannot be made, or answered, as it was asked. `field` names what to mend."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
