"""STARTTLS and sign-in against a real server, with a certificate that is trusted, and one that is not."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from indexer.mail.delivery import Delivered, Delivery
from indexer.mail.letter import Mail
from indexer.mail.outbox import MailState, Outbox
from indexer.mail.smtp import SmtpServer
from indexer.mail.smtp_address import SmtpAddress
from tests.support.clocks import MovedClock
from tests.support.mail_server import Mailboxes, running_mail_server


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A key and a self-signed certificate for this machine."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "courriels")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path / "certificat.pem"
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def strict_boxes(certificate: Path) -> Iterator[Mailboxes]:
    """A server that takes nothing in clear, and only from one user."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
        right = (data.login, data.password) == (b"maillage", b"p@ss")
        return AuthResult(success=right, handled=False)  # the library writes the answer

    options = {"require_starttls": True, "auth_required": True, "authenticator": check}
    with running_mail_server(tls_context=context, **options) as running:
        yield running


def deliver(outbox: Outbox, boxes: Mailboxes, clock: MovedClock, password: str = "p@ss") -> Delivered:
    with outbox.database.writing() as connection:
        outbox.put(connection, Mail("a@b.example", "Bonjour", "Des mots.\n", None, "essai"), "a")
    address = SmtpAddress("127.0.0.1", boxes.port, "maillage", password, encrypted=False, upgraded=True)
    return Delivery(outbox, SmtpServer(address, "m.example"), "m@m.example", clock).run()


def test_a_mail_goes_by_starttls_and_sign_in(
    outbox: Outbox, strict_boxes: Mailboxes, clock: MovedClock, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert deliver(outbox, strict_boxes, clock) == Delivered(sent=1)
    assert strict_boxes.recipients == ["a@b.example"]


def test_a_certificate_that_nobody_vouches_for_gets_no_mail(
    outbox: Outbox, strict_boxes: Mailboxes, clock: MovedClock
) -> None:
    assert "SSLCertVerificationError" in (deliver(outbox, strict_boxes, clock).away or "")
    assert strict_boxes.messages == []


def test_a_wrong_password_makes_mails_wait_and_is_not_told(
    outbox: Outbox, strict_boxes: Mailboxes, clock: MovedClock, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    away = deliver(outbox, strict_boxes, clock, password="autre").away or ""
    assert "SMTPAuthenticationError (535)" in away
    (entry,) = outbox.recent()
    assert (entry.state, entry.reason) == (MailState.WAITING, away)
