"""How mail reaches its server: TLS, STARTTLS, sign-in, a second server, broken conversations."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from config import BadSetting, from_environment
from tests.conftest import make_config
from tests.smtp import SENDER, Sink, smtp_server
from tracker.channels import SmtpSender
from tracker.outbox import OutboxMessage, ServerUnavailable, TemporaryFailure


def message(address="a@office.example"):
    at = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
    return OutboxMessage(
        key=f"test:{address}", recipient=address, subject="Việc", body="…", html="", created_at=at
    )


@contextmanager
def talking_server(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """Run a server that lets `answer` talk on every connection; return its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    answer(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mails_go_out_encrypted_and_signed_in_over_one_connection(tmp_path, security):
    sink = Sink()
    with (
        smtp_server(sink, tmp_path, security=security, sign_in=True) as config,
        SmtpSender(config) as sender,
    ):
        for name in "abc":
            assert sender.send(message(f"{name}@office.example")) == "250 taken as 42"

    assert (len(sink.taken), len(sink.sessions)) == (3, 1)
    assert sink.users == {b"tracker"}
    assert security == "tls" or sink.encrypted == {True}


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_with_a_certificate_that_nobody_vouches_for_gets_no_mail(tmp_path, security):
    sink = Sink()
    with smtp_server(sink, tmp_path, security=security) as config:
        stranger = replace(config, smtp_ca="")
        with SmtpSender(stranger) as sender, pytest.raises(ServerUnavailable, match="CERTIFICATE"):
            sender.send(message())

    assert sink.taken == []


def test_a_wrong_password_is_the_offices_fault_not_the_recipients(tmp_path):
    with smtp_server(Sink(), tmp_path, security="starttls", sign_in=True) as config:
        wrong = replace(config, smtp_password="guessed")
        with SmtpSender(wrong) as sender, pytest.raises(ServerUnavailable, match="535"):
            sender.send(message())


def test_the_second_server_takes_over_and_the_first_is_asked_again_next_time(tmp_path):
    first, second = Sink(), Sink()
    port = unused_port()
    with smtp_server(second, tmp_path) as config:
        sender = SmtpSender(
            replace(
                config,
                smtp_port=port,
                smtp_second_host="127.0.0.1",
                smtp_second_port=config.smtp_port,
            )
        )
        with sender:
            sender.send(message())
            sender.send(message())
        with smtp_server(first, tmp_path) as back:
            sender.config = replace(sender.config, smtp_port=back.smtp_port)
            with sender:
                sender.send(message())

    assert (len(second.taken), len(second.sessions), len(first.taken)) == (2, 1, 1)


def test_a_server_that_hangs_up_at_once_is_unavailable(tmp_path):
    with smtp_server(Sink(), tmp_path) as config, talking_server(lambda _: None) as port:
        sender = SmtpSender(replace(config, smtp_port=port))
        with sender, pytest.raises(ServerUnavailable, match="SMTPServerDisconnected"):
            sender.send(message())


def test_a_mail_at_which_the_server_hangs_up_counts_as_tried_and_the_next_one_goes(tmp_path):
    class HangsUp(Sink):
        async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
            if address.startswith("poison"):
                server.transport.close()
                return "250 OK"
            return await super().handle_RCPT(server, session, envelope, address, options)

    sink = HangsUp()
    with smtp_server(sink, tmp_path) as config, SmtpSender(config) as sender:
        with pytest.raises(TemporaryFailure, match="broke"):
            sender.send(message("poison@office.example"))
        assert sender.send(message()) == "250 taken as 42"


def test_a_connection_that_was_closed_while_idle_is_opened_anew(tmp_path):
    sink = Sink()
    with smtp_server(sink, tmp_path) as config, SmtpSender(config) as sender:
        sender.send(message())
        sender._smtp.sock.shutdown(socket.SHUT_RDWR)
        sender.send(message())

    assert (len(sink.taken), len(sink.sessions)) == (2, 2)


def test_a_silent_server_costs_no_more_than_half_the_lease(tmp_path):
    """Nobody else may take the mail up while we still wait for an answer."""
    ended = threading.Event()
    with talking_server(lambda _: ended.wait(5) and None) as port:
        config = replace(make_config("sqlite://", tmp_path), smtp_host="127.0.0.1", smtp_port=port)
        sender = SmtpSender(replace(config, delivery_lease_seconds=0.4, smtp_from=SENDER))
        with sender, pytest.raises(ServerUnavailable, match="timed out"):
            sender.send(message())
        ended.set()


def test_a_name_that_nobody_knows_is_an_unavailable_server(tmp_path, monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    config = replace(
        make_config("sqlite://", tmp_path), smtp_host="mail.office.example", smtp_from=SENDER
    )
    with SmtpSender(config) as sender, pytest.raises(ServerUnavailable, match="not known"):
        sender.send(message())


@pytest.mark.parametrize("name", ["TRACKER_SMTP_SECURITY", "TRACKER_SMTP_SECOND_SECURITY"])
def test_an_unknown_security_is_refused_by_name(monkeypatch, tmp_path, name):
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path))
    monkeypatch.setenv(name, "ssl")

    with pytest.raises(BadSetting, match=name):
        from_environment()
