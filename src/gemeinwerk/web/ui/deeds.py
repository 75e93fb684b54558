"""The German of the record (Protokoll): a sentence for every verb, names of rights and actors."""

from __future__ import annotations

from typing import Final

from gemeinwerk.web.ui.roles import ROLE_NAMES

DEEDS: Final[dict[str, str]] = {
    "access.access_reset": "Zugang zurückgesetzt",
    "access.enrolled": "Zugang eingerichtet",
    "access.passkey_added": "Passkey hinzugefügt",
    "access.passkey_removed": "Passkey entfernt",
    "access.password": "Passwort geändert",
    "access.recovery_asked": "Neuen zweiten Faktor verlangt",
    "access.recovery_released": "Neuen zweiten Faktor freigegeben",
    "access.totp": "Code-App eingerichtet",
    "access_code.renewed": "Neuer Zugangscode erstellt",
    "api_key.added": "API-Schlüssel angelegt",
    "api_key.revoked": "API-Schlüssel zurückgezogen",
    "application.received_by_api": "Antrag über die Schnittstelle angenommen",
    "application.submitted": "Antrag eingegangen",
    "archive.accepted": "Archiv: archivwürdig",
    "archive.declined": "Archiv: nicht archivwürdig",
    "archive.exported": "Paket für das Archiv geladen",
    "archive.handed_over": "Dem Archiv übergeben",
    "archive.lapsed": "Archiv hat nicht geantwortet",
    "archive.offered": "Dem Archiv angeboten",
    "audit.listed": "Protokoll angesehen",
    "case.asked_documents": "Unterlagen angefordert",
    "case.asked_hearing": "Anhörung eröffnet",
    "case.assigned": "Vorgang zugeteilt",
    "case.claimed": "Vorgang übernommen",
    "case.decided": "Entschieden",
    "case.decision_proposed": "Entscheidung vorgeschlagen",
    "case.gap_found": "Vorgang nachträglich angelegt",
    "case.listed": "Liste mit Vorgängen angesehen",
    "case.message_sent": "Nachricht gesendet",
    "case.noted": "Internen Vermerk geschrieben",
    "case.opened": "Vorgang angelegt",
    "case.read": "Vorgang gelesen",
    "case.released": "Vorgang zurückgegeben",
    "case.request_withdrawn": "Anforderung zurückgenommen",
    "case.sent_back": "Vorschlag zurückgegeben",
    "case.shredded": "Vorgang gelöscht",
    "code_list.loaded": "Codeliste geladen",
    "decision.confirmed": "Entscheidung bestätigt",
    "draft.discarded": "Entwurf verworfen",
    "file.read": "Datei geöffnet",
    "job.retried": "Auftrag erneut gestartet",
    "key.rotated": "Schlüssel der Kommune gewechselt",
    "message.received": "Nachricht eingegangen",
    "notice.download_lapsed": "Bescheid nicht abgerufen, Brief veranlasst",
    "notice.issued": "Bescheid erlassen",
    "notice.printed": "Brief gedruckt und aufgegeben",
    "notice.retrieved": "Bescheid abgerufen",
    "parameter.set": "Wert festgelegt",
    "person.answered": "Weitere Person ist fertig",
    "person.declined": "Weitere Person lehnt ab",
    "person.invited": "Weitere Person eingeladen",
    "person.reopened": "Weitere Person ändert ihre Angaben",
    "person.replaced": "Weitere Person ersetzt",
    "recovery.released": "Neuen zweiten Faktor freigegeben",
    "request.answered": "Antwort eingegangen",
    "schema.loaded": "Datenschema geladen",
    "rule.confirmed": "Regel bestätigt",
    "rule.corrected": "Regel berichtigt und bestätigt",
    "rule.rejected": "Regel abgelehnt",
    "rule.reopened": "Entscheidung über eine Regel zurückgenommen",
    "rules.confirmed": "Eindeutig übersetzte Regeln bestätigt",
    "rules.left_open": "Leistung mit offenen Regeln veröffentlicht",
    "paper.drafted": "Aus einem Papierformular ein Schema gemacht",
    "paper.loaded": "Papierformular eingelesen",
    "paper.proposals_taken": "Vorschläge zu einem Papierformular übernommen",
    "service.draft_begun": "Entwurf einer Leistung begonnen",
    "service.draft_saved": "Entwurf einer Leistung gespeichert",
    "service.published": "Leistung veröffentlicht",
    "service.retired": "Leistung zurückgezogen",
    "session.began": "Angemeldet",
    "session.ended": "Abgemeldet",
    "staff.added": "Person aufgenommen",
    "staff.changed": "Rollen oder Stellen einer Person geändert",
    "staff.left": "Person ausgeschieden",
    "town.added": "Kommune aufgenommen",
    "town.law_confirmed": "Rechtliche Annahmen bestätigt",
    "unit.changed": "Stelle geändert",
    "unit.closed": "Stelle geschlossen",
    "unit.opened": "Stelle angelegt",
}
"""Verb of an entry: what it says; a guard asks for a sentence for each verb of the source."""

RIGHTS: Final[dict[str, str]] = {
    "edit_draft": "Entwurf bearbeiten",
    "fill_part": "Eigenen Teil ausfüllen",
    "answer_request": "Auf Anforderungen antworten",
    "retrieve_notice": "Bescheid abrufen",
    "withdraw_case": "Antrag zurücknehmen",
    "see_inbox": "Eingang sehen",
    "read_case": "Vorgang lesen",
    "claim_case": "Vorgang übernehmen",
    "assign_case": "Vorgang zuteilen",
    "write_note": "Vermerk schreiben",
    "send_message": "Nachricht senden",
    "request_documents": "Unterlagen anfordern",
    "capture_application": "Antrag erfassen",
    "transfer_case": "Vorgang abgeben",
    "export_case_file": "Akte herausgeben",
    "decide_case": "Entscheiden",
    "confirm_decision": "Entscheidung bestätigen",
    "issue_notice": "Bescheid erlassen",
    "print_letter": "Brief drucken",
    "record_objection": "Widerspruch aufnehmen",
    "shred_case": "Vorgang löschen",
    "load_schema": "Datenschema laden",
    "edit_service": "Leistung bearbeiten",
    "publish_service": "Leistung veröffentlichen",
    "edit_town": "Werte der Kommune festlegen",
    "see_figures": "Zahlen sehen",
    "read_audit": "Protokoll lesen",
    "see_alarms": "Alarme sehen",
    "retry_job": "Aufträge wiederholen",
    "manage_staff": "Personen verwalten",
    "manage_keys": "API-Schlüssel verwalten",
    "reset_second_factor": "Zweiten Faktor zurücksetzen",
}
"""Right an entry quotes: what it allows."""


ACTORS: Final[dict[str, str]] = {
    "citizen": "Bürgerin oder Bürger",
    "anonymous": "Jemand ohne Anmeldung",
    "system": "Gemeinwerk selbst",
    "staff": "Verwaltung",
}
"""Who acted, where no name is known."""


def deed(verb: str) -> str:
    """Return the German of a verb; one of an older version that is gone stays as it was stored."""
    return DEEDS.get(verb, verb)


def right(name: str) -> str:
    """Return the German of a right as an entry quotes it."""
    return RIGHTS.get(name, name)


def actor(label: str) -> str:
    """Return the German of an entry's label: the kind of actor, or the roles of a person."""
    names = {**ACTORS, **ROLE_NAMES}
    return ", ".join(names.get(one, one) for one in label.split(", "))
