"""Plugs connectors into the ports of the apps (Verdrahtung): one line per partner."""

from __future__ import annotations

from django.conf import settings

from gemeinwerk.apps import ports
from gemeinwerk.connectors import mail_delivery, virus_scan
from gemeinwerk.connectors.audit_heads import HeadFolder
from gemeinwerk.connectors.file_store import FileStore
from gemeinwerk.connectors.key_store import KeyStore
from gemeinwerk.connectors.typesetting import Typesetter
from gemeinwerk.project import content, reactions
from gemeinwerk.web.ui import render


def plug() -> None:
    """Plug everything; called once per process after Django has started."""
    environment = settings.ENVIRONMENT
    data = environment.data
    ports.reactions.plug(reactions.names_by_event())
    ports.shared_blocks.plug(content.blocks())
    ports.key_store.plug(KeyStore(data / "keys", town_keys=environment.town_keys))
    ports.file_store.plug(FileStore(data / "files"))
    ports.audit_heads.plug(HeadFolder(data / "audit-heads"))
    ports.mail_delivery.plug(mail_delivery.from_address(environment.mail_url, data / "mail"))
    ports.scanner.plug(virus_scan.from_address(environment.scanner_url))
    ports.typesetter.plug(Typesetter())
    if environment.mode != "production":
        render.TEMPLATE_FOLDERS.append(content.DEMO_TEMPLATES)
