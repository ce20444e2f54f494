"""A body is written once, and is safe in both forms."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.mail.letter import Button, Facts, Mail, Paragraph, Quote, build_body
from indexer.mail.message import build_message
from tests.support.clocks import MovedClock


def test_text_and_html_say_the_same() -> None:
    body = build_body(
        [Paragraph("Bonjour,"), Facts((("Qui", "A. B."), ("Vide", ""))), Button("Répondre", "https://m.example/x")]
    )
    assert body.text == "Bonjour,\n\nQui : A. B.\n\nRépondre :\nhttps://m.example/x\n"
    assert "<li>Qui : <strong>A. B.</strong></li>" in body.html
    assert 'href="https://m.example/x"' in body.html
    assert "Vide" not in body.html


def test_what_people_type_is_escaped() -> None:
    body = build_body([Quote('<script>alert("x")</script>')])
    assert "<script>" not in body.html
    assert "&lt;script&gt;" in body.html


@given(subject=st.text(), text=st.text(), words=st.text())
def test_no_text_can_add_a_header(subject: str, text: str, words: str) -> None:
    body = build_body([Paragraph(text), Quote(words)])
    mail = Mail("a@b.example", subject, body.text, body.html, "essai")
    message = build_message(mail, "m@m.example", "<1@m.example>", MovedClock()())
    written = message.as_bytes().partition(b"\r\n\r\n")[0]
    names = {line.partition(b":")[0] for line in written.split(b"\r\n") if line and line[:1] not in (b" ", b"\t")}
    allowed = {b"From", b"To", b"Subject", b"Date", b"Message-ID", b"Auto-Submitted", b"MIME-Version", b"Content-Type"}
    assert names <= allowed
