"""A dated session of an offer."""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator


class Session(BaseModel):
    """Dates bear the offset of the session's place. `places` seats in all, `places_restantes` still free."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    debut: AwareDatetime
    fin: AwareDatetime | None = None
    lieu: Annotated[str | None, Field(max_length=500)] = None
    places: Annotated[int | None, Field(ge=0)] = None
    places_restantes: Annotated[int | None, Field(ge=0)] = None

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> "Session":
        if self.fin is not None and self.fin < self.debut:
            raise ValueError("la fin précède le début")
        return self
