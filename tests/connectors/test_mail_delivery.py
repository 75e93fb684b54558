"""Mail leaves over a real SMTP server on loopback, or into a folder."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from gemeinwerk.connectors.mail_delivery import (
    FileMailbox,
    MailFailedError,
    SmtpDelivery,
    from_address,
)


@dataclass(frozen=True)
class Letter:
    message_id: str = "0190-abc@gemeinwerk"
    sender: str = "rathaus@lindenau.example"
    sender_name: str = "Stadt Lindenau, Bürgerbüro"
    recipient: str = "anna@example.org"
    subject: str = "Ihr Antrag ist eingegangen – Straße geändert"
    text: str = "Guten Tag,\n\nbitte öffnen Sie Ihre Statusseite.\n.\nEnde\n"


class Peer:
    """An SMTP server that keeps what it gets; `reply` refuses recipients."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.reply = ""

    async def handle_RCPT(  # aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.reply:
            return self.reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.got.append(envelope)
        return "250 taken"


@pytest.fixture
def peer() -> Iterator[tuple[Peer, SmtpDelivery]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    handler = Peer()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, SmtpDelivery("127.0.0.1", port, security="none")
    controller.stop()


def test_a_mail_arrives_whole(peer: tuple[Peer, SmtpDelivery]) -> None:
    handler, delivery = peer
    delivery.deliver(Letter())
    [envelope] = handler.got
    assert (envelope.mail_from, envelope.rcpt_tos) == (Letter.sender, [Letter.recipient])
    message = message_from_bytes(envelope.content, policy=default)
    assert message["Subject"] == Letter.subject
    assert message["From"].addresses[0].display_name == Letter.sender_name
    assert message["Message-ID"] == "<0190-abc@gemeinwerk>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().replace("\r\n", "\n") == Letter.text


def test_a_second_delivery_has_the_same_id(peer: tuple[Peer, SmtpDelivery]) -> None:
    handler, delivery = peer
    delivery.deliver(Letter(message_id="42"))
    delivery.deliver(Letter(message_id="42"))
    ids = {message_from_bytes(each.content)["Message-ID"] for each in handler.got}
    assert ids == {"<42@lindenau.example>"}


@pytest.mark.parametrize(
    ("reply", "temporary"), [("450 later", 1), ("550 no such mailbox", 0), ("421 bye", 1)]
)
def test_a_refusal_says_whether_to_try_again(
    peer: tuple[Peer, SmtpDelivery], reply: str, temporary: int
) -> None:
    handler, delivery = peer
    handler.reply = reply
    with pytest.raises(MailFailedError) as failure:
        delivery.deliver(Letter())
    assert failure.value.params["temporary"] == temporary
    assert handler.got == []


def test_nobody_listening_is_temporary() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        delivery = SmtpDelivery("127.0.0.1", probe.getsockname()[1], security="none")
        with pytest.raises(MailFailedError) as failure:
            delivery.deliver(Letter())
    assert failure.value.params["temporary"] == 1


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_peer_without_tls_gets_nothing(peer: tuple[Peer, SmtpDelivery], security: str) -> None:
    handler, delivery = peer
    wanting = SmtpDelivery("127.0.0.1", delivery._port, security=security)
    with pytest.raises(MailFailedError):
        wanting.deliver(Letter())
    assert handler.got == []


@pytest.mark.parametrize("field", ["subject", "sender_name", "recipient", "message_id"])
def test_a_line_end_in_a_header_is_refused(tmp_path: Path, field: str) -> None:
    letter = replace(Letter(), **{field: "x@example.org\r\nBcc: all@example.org"})
    with pytest.raises(MailFailedError):
        FileMailbox(tmp_path).deliver(letter)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("recipient", ["", "anna", "a@b@c", "anna@", "a b@example.org"])
def test_a_broken_address_is_refused_for_good(tmp_path: Path, recipient: str) -> None:
    with pytest.raises(MailFailedError) as failure:
        FileMailbox(tmp_path).deliver(replace(Letter(), recipient=recipient))
    assert failure.value.params["temporary"] == 0


def test_the_file_mailbox_keeps_one_file_per_mail(tmp_path: Path) -> None:
    mailbox = FileMailbox(tmp_path / "mail")
    for number in (1, 2, 2):
        mailbox.deliver(Letter(message_id=f"{number}@x"))
    files = sorted((tmp_path / "mail").iterdir())
    assert len(files) == 2
    assert all(file.suffix == ".eml" and file.stat().st_mode & 0o077 == 0 for file in files)
    assert message_from_bytes(files[0].read_bytes(), policy=default)["Subject"] == Letter.subject


def test_the_setting_names_the_delivery(tmp_path: Path) -> None:
    assert isinstance(from_address("", tmp_path), FileMailbox)
    smtp = from_address("smtps://user:p%40ss@mail.example", tmp_path)
    assert isinstance(smtp, SmtpDelivery)
    assert (smtp._port, smtp._password, smtp._security) == (465, "p@ss", "tls")
    starttls = from_address("smtp://mail.example", tmp_path)
    assert isinstance(starttls, SmtpDelivery)
    assert (starttls._port, starttls._security) == (587, "starttls")


@pytest.mark.parametrize("url", ["mail.example", "http://x", "smtp://", "smtp://x?security=maybe"])
def test_a_wrong_setting_is_loud(tmp_path: Path, url: str) -> None:
    with pytest.raises(ValueError, match="GEMEINWERK_MAIL_URL"):
        from_address(url, tmp_path)
