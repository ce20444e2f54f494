"""What pages ask of the search, with what they do when it cannot answer."""

from dataclasses import replace

import structlog

from indexer.catalogue import RetiredSummary
from indexer.errors import EncoderError, EngineError
from indexer.search import SearchAnswer, SearchRequest
from indexer.understanding.places import SaidPlace
from ui.contexts.cards import Card, build_card
from ui.contexts.home import NearHome, coming
from ui.contexts.offer import Visit
from ui.contexts.results import last_page
from ui.params import Reading
from ui.places import commune_label
from ui.services import PageServices
from ui.state import COUNTED, SearchState
from ui.wording import say_count, say_of

SIMILAR = 3
SESSIONS = 3
MAX_ID = 512

log = structlog.get_logger(__name__)


def may_be_id(text: str) -> bool:
    """Whether the catalogue can be asked: PostgreSQL refuses a NUL."""
    return "--" in text and len(text) <= MAX_ID and "\0" not in text


def run_search(services: PageServices, reading: Reading) -> tuple[Reading, SearchAnswer]:
    """The answer, and the search that it answers: a page beyond the last gives the last, and says so.

    A place that the words name becomes that of the search, which says so and can be taken back.
    """
    answer = services.search.search(reading.state.request(COUNTED))
    reading = _around_said_place(reading, answer)
    last = last_page(answer.total, reading.state.size)
    if reading.state.page <= last:
        return reading, answer
    notice = f"Cette liste n’a que {say_count(last, 'page')} : voici la dernière."
    reading = replace(reading, state=reading.state.on_page(last), notices=(*reading.notices, notice))
    return reading, services.search.search(reading.state.request(COUNTED))


def _around_said_place(reading: Reading, answer: SearchAnswer) -> Reading:
    place, state = answer.compris.place, reading.state
    if place is None:
        return reading
    if state.has_place:
        return _beside_said_place(reading, place)
    label, page = commune_label(place.commune), state.page
    said = "vous l’avez écrit" if place.precision == "commune" else "vous avez écrit son département"
    notice = f"Nous cherchons autour {say_of(label)}, car {said}. Pour un autre lieu, écrivez-le dans « Où ? »."
    state = replace(state.near(place.commune.code, label), sans_lieu=True, page=page)
    return replace(reading, state=state, commune=place.commune, notices=(*reading.notices, notice))


def _beside_said_place(reading: Reading, place: SaidPlace) -> Reading:
    """The place chosen stays; that of the words, when it is another commune, is proposed."""
    chosen, said = reading.commune, place.commune
    if chosen is None or place.precision != "commune" or said.code in {c.code for c in (chosen, *reading.others)}:
        return reading
    return replace(reading, others=(said, *reading.others))


def near_home(services: PageServices, state: SearchState) -> NearHome:
    """Counts by theme and next sessions; the home page is whole without them, while the index cannot answer."""
    try:
        themes = services.search.search(replace(state, size=1).request(("thematiques",)))
        sessions = services.search.search(replace(coming(state, services.search.today()), size=SESSIONS).request())
    except EngineError as error:
        log.warning("offres-autour-indisponibles", error=str(error))
        return NearHome(None, None)
    return NearHome(themes, sessions)


def similar_cards(services: PageServices, offer_id: str, visit: Visit) -> tuple[Card, ...]:
    """The nearest by meaning; none while the index cannot answer, for the page is worth reading without them."""
    code = None if visit.near is None else visit.near.code
    try:
        answer = services.search.similar(offer_id, SIMILAR)
    except EngineError as error:
        log.warning("offres-proches-indisponibles", error=str(error))
        return ()
    return () if answer is None else tuple(build_card(item, visit.today, code) for item in answer.items)


def cards_instead(services: PageServices, gone: RetiredSummary) -> tuple[Card, ...]:
    """Offers on the same themes around an offer that is gone."""
    request = SearchRequest(
        lat=gone.latitude,
        lon=gone.longitude,
        filtres={"thematiques": gone.thematiques} if gone.thematiques else {},
        size=SIMILAR,
    )
    try:
        answer = services.search.search(request)
    except (EngineError, EncoderError) as error:
        log.warning("autres-offres-indisponibles", error=str(error))
        return ()
    return tuple(build_card(item, services.search.today()) for item in answer.items)
