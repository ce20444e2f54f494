"""Reading the names of all structures, for whoever types one."""

from collections.abc import Iterator

import orjson
from sqlalchemy import func, select

from indexer.catalogue.database import Database
from indexer.catalogue.queries import PAGE, listed
from indexer.catalogue.stored import StructureName
from indexer.catalogue.tables import offers, structures
from indexer.schema import Statut


def iter_structure_names(database: Database) -> Iterator[StructureName]:
    """Structures that some flux still lists, in the order of ids; short reads, as all long walks."""
    with database.reading() as connection:
        published = offers.c.statut == Statut.PUBLIEE
        counted = select(offers.c.structure_id, func.count().label("number")).where(published)
        numbers = {row.structure_id: row.number for row in connection.execute(counted.group_by(offers.c.structure_id))}
    last = ""
    while True:
        query = select(structures.c.id, structures.c.body).where(listed(structures), structures.c.id > last)
        with database.reading() as connection:
            page = connection.execute(query.order_by(structures.c.id).limit(PAGE)).all()
        if not page:
            return
        for row in page:
            body = orjson.loads(row.body)
            yield StructureName(row.id, body["nom"], body.get("commune"), numbers.get(row.id, 0))
        last = page[-1].id
