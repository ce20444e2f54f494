"""Bringing an address: every way a server has of not giving what it should."""

import io
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from indexer.catalogue import Catalogue
from indexer.errors import FeedError, SettingError
from indexer.sources.collect import collect
from indexer.sources.fetch import Fetcher, Seen, Waits, build_client
from indexer.sources.keep import SourceFolder, SourceState
from tests.unit.sources.conftest import Answer, Clock, Declare, Site, Sync, records

GOOD = Answer(body=records(), headers={"ETag": '"un"', "Last-Modified": "Mon, 06 Jan 2031 08:00:00 GMT"})
Fetch = Callable[..., tuple[Seen | None, bytes]]


@pytest.fixture
def fetch(site: Site, declare: Declare, clock: Clock) -> Fetch:
    """Fetches the site's address with more lines of `[acces]`; gives what the server said of it, and the content."""

    def run(more: str = "", seen: Seen | None = None, waits: Waits | None = None) -> tuple[Seen | None, bytes]:
        access = declare(toml(site, more)).acces
        into = io.BytesIO()
        with build_client(access) as client:
            return Fetcher(access, client, waits or clock.waits).fetch(seen or Seen(), into), into.getvalue()

    return run


def toml(site: Site, more: str = "") -> str:
    return f'[acces]\nurl = "{site.url}/offres.json"\n{more}'


def test_what_has_not_changed_is_asked_for_with_its_keys(site: Site, fetch: Fetch) -> None:
    site.say(GOOD, Answer(304))
    seen, body = fetch()
    assert body == records()
    assert fetch(seen=seen) == (None, b"")
    assert "if-none-match" not in site.asked[0]
    assert site.asked[1]["if-none-match"] == '"un"'
    assert site.asked[1]["if-modified-since"] == "Mon, 06 Jan 2031 08:00:00 GMT"


def test_a_sync_of_what_has_not_changed_imports_nothing(site: Site, declare: Declare, sync: Sync) -> None:
    source = declare(toml(site))
    site.say(GOOD, Answer(304), Answer(body=records()))
    assert [sync(source).state for _ in range(3)] == ["importe", "inchange", "inchange"]


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
def test_a_failure_that_may_pass_is_tried_again(site: Site, fetch: Fetch, clock: Clock, status: int) -> None:
    site.say(Answer(status), Answer(status), GOOD)
    assert fetch()[1] == records()
    assert clock.slept == [1.0, 2.0]


def test_the_wait_that_the_server_asks_for_is_kept(site: Site, fetch: Fetch, clock: Clock) -> None:
    busy = Answer(429, headers={"Retry-After": "17"})
    later = Answer(503, headers={"Retry-After": "Mon, 06 Jan 2031 08:00:40 GMT"})
    site.say(busy, later, GOOD)
    assert fetch()[1] == records()
    assert clock.slept == [17.0, 23.0]


def test_a_server_that_asks_for_too_much_patience_is_left_until_next_time(
    site: Site, fetch: Fetch, clock: Clock
) -> None:
    site.say(Answer(429, headers={"Retry-After": "86400"}))
    with pytest.raises(FeedError, match="429"):
        fetch()
    assert (clock.slept, len(site.asked)) == ([], 1)


def test_retries_are_bounded(site: Site, fetch: Fetch) -> None:
    site.say(Answer(500))
    with pytest.raises(FeedError, match="500"):
        fetch("essais = 3")
    assert len(site.asked) == 3


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer(404), "plus rien à cette adresse"),
        (Answer(401), "accès refusé"),
        (Answer(418), "418"),
        (Answer(body=b"  <!DOCTYPE html><html><body>Maintenance</body></html>"), "une page"),
        (Answer(302, headers={"Location": "/offres.json"}), "sans fin"),
        (Answer(body=b"x" * 1_000_001), "1 Mo"),
        (Answer(body=b"[{", headers={"Content-Length": "50"}), "injoignable"),
    ],
    ids=["absent", "refused", "odd", "page with 200", "loop", "huge", "cut short"],
)
def test_each_failure_is_said(site: Site, fetch: Fetch, answer: Answer, told: str) -> None:
    site.say(answer)
    with pytest.raises(FeedError, match=told):
        fetch("taille_max_mo = 1\nessais = 1")


@pytest.mark.parametrize(
    "answer",
    [Answer(500), Answer(body=b'{"error": "database is down"}'), Answer(body=b""), Answer(body=b"[]")],
    ids=["500", "an error with 200", "nothing", "an empty list"],
)
def test_yesterday_s_truth_stays(
    site: Site, declare: Declare, sync: Sync, catalogue: Catalogue, answer: Answer
) -> None:
    source = declare(toml(site, "essais = 1"))
    site.say(GOOD, answer)
    sync(source)
    outcome = sync(source)
    assert outcome.state in ("echoue", "retenu")
    assert outcome.message
    assert catalogue.counts().published == 3


def test_no_more_is_tried_once_the_time_is_over(site: Site, fetch: Fetch, clock: Clock) -> None:
    site.say(Answer(503), GOOD)
    with pytest.raises(FeedError, match="503"):
        fetch("delai_s = 1")
    assert clock.slept == []


def test_a_content_that_drips_beyond_the_limit_is_given_up(site: Site, fetch: Fetch) -> None:
    site.say(GOOD)
    later = count(step=11)
    with pytest.raises(FeedError, match="pas fini en 10 s"):
        fetch("delai_s = 10", waits=Waits(monotonic=lambda: float(next(later))))


def test_the_token_comes_from_its_variable_and_is_never_told(
    site: Site, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = 'jeton = "JETON_ESSAI"\nentete = "X-Api-Key"\nprefixe = ""'
    site.say(Answer(403))
    with pytest.raises(SettingError, match="JETON_ESSAI"):
        fetch(access)
    assert site.asked == []
    monkeypatch.setenv("JETON_ESSAI", "secret-42")
    with pytest.raises(FeedError, match="JETON_ESSAI") as refused:
        fetch(access)
    assert site.asked[0]["x-api-key"] == "secret-42"
    assert "secret-42" not in str(refused.value)


def test_the_token_does_not_follow_to_another_site(site: Site, fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JETON_ESSAI", "secret-42")
    elsewhere = site.url.replace("127.0.0.1", "localhost")
    site.say(Answer(302, headers={"Location": f"{elsewhere}/vol"}), GOOD)
    with pytest.raises(FeedError, match="autre site"):
        fetch('jeton = "JETON_ESSAI"\nentete = "X-Api-Key"')
    assert len(site.asked) == 1


def test_nobody_at_the_address_is_said(declare: Declare, sync: Sync) -> None:
    outcome = sync(declare('[acces]\nurl = "http://127.0.0.1:9/x"\nessais = 1'))
    assert outcome.state == "echoue"
    assert "injoignable" in outcome.message


def test_a_page_is_taken_when_pages_are_what_is_read(
    site: Site, declare: Declare, tmp_path: Path, clock: Clock
) -> None:
    page = b"<!DOCTYPE html><html><body>Programme</body></html>"
    site.say(Answer(body=page))
    source = declare(f'format = "schema-org"\n{toml(site)}')
    folder = SourceFolder(tmp_path, "essai")
    (content,) = collect(source, SourceState(), folder, clock.waits, clock.now).contents
    assert folder.path_of(content).read_bytes() == page
