"""Tables of the mailbox: messages both ways and outgoing mail."""

from __future__ import annotations

from django.db import models

from gemeinwerk.apps.municipalities.walls import WalledById


class Message(WalledById):
    """Nachricht: between the office and a person, sealed under the dossier's key."""

    subject = models.UUIDField()
    direction = models.CharField(max_length=12)  # "to_person" | "to_office"
    kind = models.CharField(max_length=20)  # message | request | answer | notice | receipt | system
    sealed_body = models.BinaryField()  # JSON: title, text, file ids
    sent_at = models.DateTimeField()
    sent_by = models.UUIDField(null=True)  # staff id; null: the person or the system
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "subject", "sent_at"], name="message_by_subject")
        ]


class OutgoingMail(WalledById):
    """E-Mail: holds no content of a case, only the hint where to look (S93)."""

    subject = models.UUIDField(null=True)
    template = models.CharField(max_length=60)
    sealed_recipient = models.BinaryField()  # under the dossier's key, or the town's for staff
    sealed_fields = models.BinaryField()
    language = models.CharField(max_length=2, default="de")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "subject"], name="mail_by_subject"),
        ]
