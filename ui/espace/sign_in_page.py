"""What the page of sign-in shows."""

from dataclasses import dataclass

from indexer.errors import AccountError, MaillageError
from ui.contexts.report import FieldError
from ui.espace import urls
from ui.services import PageServices


@dataclass(frozen=True, slots=True)
class SignInPage:
    """`held` is what was typed before the session ended, sealed; `then` where to go. `provider` is its name."""

    title: str
    description: str
    email: str
    then: str
    held: str
    told: str
    errors: tuple[FieldError, ...]
    provider: str | None
    provider_url: str
    demonstration: tuple["DemonstrationAccount", ...]


@dataclass(frozen=True, slots=True)
class DemonstrationAccount:
    """An account that one enters by one click, in the demonstration only."""

    user_id: str
    label: str


def build_sign_in(
    services: PageServices,
    *,
    then: str = urls.SPACE,
    held: str = "",
    email: str = "",
    told: str = "",
    error: MaillageError | None = None,
    demonstration: tuple[DemonstrationAccount, ...] = (),
) -> SignInPage:
    settings = services.settings
    title = "Se connecter" if not held else "Reconnectez-vous"
    return SignInPage(
        title=title,
        description="L’espace de travail des référents et des coordinateurs.",
        email=email,
        then=then,
        held=held,
        told=told,
        errors=field_errors(error),
        provider=settings.oidc_name if settings.oidc_issuer else None,
        provider_url=urls.provider(then),
        demonstration=demonstration,
    )


def field_errors(error: MaillageError | None) -> tuple[FieldError, ...]:
    """What to mend, and the id of its field."""
    if error is None:
        return ()
    field = error.field if isinstance(error, AccountError) else None
    return (FieldError(field or "contenu", str(error)),)
