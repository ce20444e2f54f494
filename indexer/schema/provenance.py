"""Where a record comes from."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Provenance(BaseModel):
    """`source` produced the record, `flux` brought it; `recupere_le` is when this content was first seen."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    flux: str
    source: str
    licence: str | None = None
    url: str | None = None
    recupere_le: datetime
    hash_contenu: str
