"""What a document must be: told by its bytes, never by its name."""

import pytest

from indexer.errors import RequestError
from indexer.relay.attachments import MAX_BYTES, NewAttachment, check_attachments, media_type_of

PDF, PNG, JPEG = b"%PDF-1.4 x", b"\x89PNG\r\n\x1a\nx", b"\xff\xd8\xff\xe0x"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.mark.parametrize(
    ("content", "media_type"), [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")]
)
def test_three_kinds_are_taken(content: bytes, media_type: str) -> None:
    assert media_type_of(NewAttachment("nom.exe", content)) == media_type


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"MZ\x90", "n'est ni un PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "n'est ni un PDF"),
        (b"", "n'est ni un PDF"),
        (EICAR, "programme"),
        (b"%PDF-1.4 " + EICAR, "programme"),
        (b"%PDF-1.4 /OpenAction << /S /JavaScript >>", "programme"),
        (PDF + b"0" * MAX_BYTES, "trop lourd"),
    ],
)
def test_everything_else_is_refused_with_its_name(content: bytes, why: str) -> None:
    with pytest.raises(RequestError, match=why) as refused:
        check_attachments([NewAttachment("cv.pdf", content)])
    assert "cv.pdf" in str(refused.value)


def test_three_documents_at_most() -> None:
    with pytest.raises(RequestError, match="3 documents"):
        check_attachments([NewAttachment(f"{number}.pdf", PDF) for number in range(4)])


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "document.png"), ("C:\\Mes documents\\CV été.exe", "CV été.png"), ('a"\r\nb.pdf', "a_b.png")],
)
def test_a_name_is_made_safe_and_ends_as_what_the_file_is(name: str, kept: str) -> None:
    assert check_attachments([NewAttachment(name, PNG)])[0].name == kept
