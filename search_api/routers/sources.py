"""`/v1/sources`: who the catalogue's records come from."""

from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from indexer.catalogue.stored import SourceSummary
from search_api.answers import RECORD, answer_json
from search_api.documented import documented
from search_api.parameters import read_parameters
from search_api.schemas.others import SourcesResponse
from search_api.services import services_of

router = APIRouter(tags=["Sources"])


@router.get("/v1/sources", **documented("Lister les sources", SourcesResponse, "Une ligne par producteur et par flux."))
def list_sources(request: Request) -> Response:
    """D'où viennent les fiches, sous quelle licence, de quand, et à quel point elles sont complètes."""
    read_parameters(request.scope["query_string"], ())
    items = [_source(summary) for summary in services_of(request).sources.get()]
    return answer_json(request, orjson.dumps({"items": items}), RECORD)


def _source(summary: SourceSummary) -> dict[str, Any]:
    return {
        "source": summary.source,
        "flux": summary.flux,
        "licence": summary.licence,
        "url": summary.url,
        "structures": summary.structures,
        "offres": summary.offers,
        "publiees": summary.published,
        "part_localisee": summary.located_share,
        "part_avec_thematique": summary.themed_share,
        "dernier_import": summary.last_import_at,
        "dernier_changement": summary.last_change_at,
    }
