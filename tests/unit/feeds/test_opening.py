"""Opening a path or an address: what cannot be read is said, with what to do."""

import gzip
import os
from pathlib import Path

import pytest

from indexer.errors import FeedError
from indexer.feeds.download import shown_address
from indexer.feeds.opening import open_feed


def opened(path: Path | str, limit: int = 1_000_000) -> tuple[str, str]:
    with open_feed(str(path), limit) as file:
        return file.encoding, file.text(newline="").read()


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("é".encode(), "utf-8"),
        ("é".encode("utf-8-sig"), "utf-8"),
        (b"\xff\xfe" + "é".encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + "é".encode("utf-16-be"), "utf-16-be"),
        ("é".encode("cp1252"), "cp1252"),
        (gzip.compress("é".encode(), mtime=0), "utf-8"),
    ],
)
def test_an_encoding_is_told_by_the_content(tmp_path: Path, content: bytes, encoding: str) -> None:
    path = tmp_path / "f"
    path.write_bytes(content)
    assert opened(path) == (encoding, "é")


def test_a_letter_cut_by_the_block_that_was_read_is_not_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"x" * ((1 << 20) - 1) + "é".encode() * 3)
    assert opened(path, 2_000_000)[0] == "utf-8"


def test_windows_1252_is_a_remark_on_the_file(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes("déjà".encode("cp1252"))
    with open_feed(str(path)) as file:
        assert "UTF-8" in file.remarks[0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "vide"),
        (b" \n\n", "vide"),
        (b"\xef\xbb\xbf", "vide"),
        ("été".encode() * 4 + b"\xe9t\xe9", "l'octet 20 n'est pas de l'UTF-8"),
        (b"ab\0c", "octet nul à la position 2"),
        (b"\x81\xe9", "0x81 n'existe pas"),
        (gzip.compress(b"abc" * 100, mtime=0)[:-12], "gzip"),
        (b"x" * 2_000, "plus de"),
        (gzip.compress(b"x" * 20_000, mtime=0), "plus de"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "f"
    path.write_bytes(content)
    with pytest.raises(FeedError, match=message) as caught:
        opened(path, 1_000)
    assert str(path) in str(caught.value)


def test_absent_folder_and_pipe_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, message in (("absent", "absent"), (".", "dossier"), ("pipe", "ordinaire"), ("\0", "chemin")):
        with pytest.raises(FeedError, match=message):
            opened(tmp_path / name)


def test_an_address_is_read_and_its_redirections_followed(site: str) -> None:
    assert opened(f"{site}/moved")[1].startswith("[{")


def test_http_errors_and_large_answers_are_said(site: str) -> None:
    with pytest.raises(FeedError, match="404"):
        opened(f"{site}/nowhere")
    with pytest.raises(FeedError, match="plus de"):
        opened(f"{site}/large", 1_000)


def test_an_unreachable_or_broken_address_is_said() -> None:
    with pytest.raises(FeedError, match="injoignable"):
        opened("http://127.0.0.1:9/")
    with pytest.raises(FeedError):
        opened("http://[::1")


def test_neither_password_nor_query_of_an_address_is_shown() -> None:
    assert shown_address("https://moi:secret@exemple.fr:8443/f.json?cle=abc") == "https://exemple.fr:8443/f.json"
