"""A real SMTP server for tests: plain or with TLS, with sign-in, refusing whom it is told to."""

import datetime
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from config import Config
from tests.conftest import make_config

SENDER = "tracker@office.example"


class Sink:
    """Keeps what it takes; `refuse` maps an address to the answer that it gets."""

    def __init__(self, refuse: dict[str, str] | None = None) -> None:
        self.refuse = refuse or {}
        self.sessions: set[int] = set()
        self.encrypted: set[bool] = set()
        self.users: set[bytes] = set()
        self.taken: list[tuple[str, bytes]] = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self.sessions.add(id(session))
        self.encrypted.add(session.ssl is not None)
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.taken.extend((address, envelope.content) for address in envelope.rcpt_tos)
        return "250 taken as 42"

    def authenticate(self, server, session, envelope, mechanism, data):
        """Know one password."""
        self.users.add(data.login)
        return AuthResult(success=data.password == b"open sesame", handled=False)


@contextmanager
def smtp_server(
    sink: Any, folder: Path, *, security: str = "none", sign_in: bool = False
) -> Iterator[Config]:
    """Run an SMTP server; return settings that lead to it."""
    certificate = certificate_in(folder) if security != "none" else None
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options: dict[str, Any] = {}
    if sign_in:
        options["authenticator"] = sink.authenticate
        options["auth_require_tls"] = security == "starttls"
    if certificate and security == "starttls":
        options |= {"tls_context": server_context(certificate), "require_starttls": True}
    elif certificate:
        options["ssl_context"] = server_context(certificate)
    controller = Controller(sink, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield replace(
            make_config("sqlite://", folder),
            smtp_host="127.0.0.1",
            smtp_port=port,
            smtp_from=SENDER,
            smtp_security=security,
            smtp_user="tracker" if sign_in else "",
            smtp_password="open sesame" if sign_in else "",
            smtp_ca=str(certificate) if certificate else "",
        )
    finally:
        controller.stop()


def server_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def certificate_in(folder: Path) -> Path:
    """Write key and certificate of 127.0.0.1 into one file, valid for a day."""
    path = folder / "server.pem"
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail server of a test")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
